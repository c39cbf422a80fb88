"""Which model a constant of a program means: ``openai.GPT4oMini``, ``ChatModel.GPT_4O``, ``ModelClaudeSonnet4_5``.

SDKs offer the names of models as constants, whose values lie in their own packages. A constant is a name without
its punctuation, so it is looked up among the listed names without theirs.
"""

from __future__ import annotations

import re
from collections import defaultdict
from functools import lru_cache

from scrimp.catalog.models import resolve
from scrimp.catalog.names import parse
from scrimp.prices.snapshot import load

_PREFIX = re.compile(r"^(?:chat)?_?model(?:name)?_?(?=.)", re.IGNORECASE)
"""What Go puts before the members of an enumeration: ``ChatModelGPT4o``, ``ModelClaudeOpus4_1``."""
_OF_MODELS = re.compile(r"models?(?:names?|ids?)?", re.IGNORECASE)
"""How enumerations of models are called."""
_POINT = re.compile(r"dot(?<=\ddot)(?=\d)")
"""How ``GPT3Dot5Turbo`` writes the point of 3.5."""
_PUNCTUATION = {code: None for code in range(128) if not chr(code).isalnum() and chr(code) != "\n"}
"""What is left out of names, of one or, line by line, of several."""
_RELEASE = re.compile(r"(?:latest|20\d{6})$")
_SHORTEST = 4
"""Shorter names (``o1``) mean other things as well, unless an enumeration of models has them."""


def model_of(constant: str) -> str:
    """The listed name that a constant means, by its dotted name; ``""`` if it means none, or several.

    A release that isn't listed is the model without its date.
    """
    above, _, own = constant.removesuffix(".value").rpartition(".")
    bare = _PREFIX.sub("", own)
    squashed = _squashed(bare)
    if len(squashed) < _SHORTEST and bare == own and not _OF_MODELS.search(above.rpartition(".")[2]):
        return ""
    return _listed(squashed) or _listed(_RELEASE.sub("", squashed))


def _listed(squashed: str) -> str:
    """The model with these letters and digits that its maker sells, under one name or several of one price."""
    found, prices = set(), set()
    for key in _names().get(squashed, ()):
        provider, _, name = key.partition("/")
        model, row = resolve(name), load().row(key)
        if model is not None and model.provider == provider and row is not None:
            found.add(parse(name).bare)
            prices.add((row["input"], row["output"]))
    return max(found) if len(prices) == 1 else ""  # gpt-5.1 rather than gpt-5-1


def _squashed(name: str) -> str:
    return _POINT.sub("", name.lower().translate(_PUNCTUATION))


@lru_cache(maxsize=1)
def _names() -> dict[str, list[str]]:
    """The keys of all listed models, by their letters and digits."""
    keys = list(load().rows)
    together = "\n".join(key.partition("/")[2] for key in keys)  # much quicker than one by one
    names: dict[str, list[str]] = defaultdict(list)
    for squashed, key in zip(_squashed(together).split("\n"), keys, strict=True):
        names[squashed].append(key)
    return names
