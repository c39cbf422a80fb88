"""Which model a name means: its family, who provides it and which vocabulary counts its text.

The table is data (``models.json``); it speaks of families by prefixes, so that a new release of a family is
known before its name is. What matches no prefix stays unknown: nothing is guessed.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path

from msgspec import Struct, field
from msgspec.structs import replace

from scrimp.catalog.names import parse
from scrimp.expressions import compiled_late

_NAME = compiled_late(r"[\w.:/@-]+")


class Model(Struct, frozen=True):
    """A known model, by its normalised ``name``.

    ``provider`` is who bills: the host if the name tells one, else the maker.

    ``encoding`` is the vocabulary that counts its text, ``None`` where none is published; ``provisional``
    tells that the family is believed to use it, without the maker having said so, and ``stated`` that the
    project says so.
    """

    name: str
    provider: str
    family: str
    encoding: str | None
    provisional: bool = False
    stated: bool = False


class Own(Struct, frozen=True):
    """What a project says of a model: its vocabulary, or another model's name that it is counted like."""

    encoding: str = ""
    like: str = ""


class Models(Struct, frozen=True):
    """Resolves names of models; ``own`` are the project's, by name."""

    own: Mapping[str, Own] = field(default_factory=dict)

    def resolve(self, name: str) -> Model | None:
        """The model that a name means for this project; ``None`` if nothing tells."""
        own = self.own.get(name) or self.own.get(normalise(name))
        if own is None:
            return resolve(name)
        model = resolve(own.like or name)
        if not own.encoding:
            return model
        if model is None:
            model = Model(normalise(name), parse(name).provider, "", None)
        return replace(model, encoding=own.encoding, provisional=False, stated=True)


def normalise(name: str) -> str:
    """A model's own name, without the provider, zone, packaging and spelling that hosts add to it."""
    return parse(name).bare


@lru_cache(maxsize=4096)
def resolve(name: str) -> Model | None:
    """The model that a name means, by the longest prefix in the table; ``None`` if there is none."""
    parsed = parse(name)
    for prefix, family in _prefixes():
        if begins(parsed.bare, prefix):
            return Model(
                name=parsed.bare,
                provider=parsed.provider or family.provider,
                family=family.family,
                encoding=family.encoding,
                provisional=family.provisional,
            )
    return None


def names_model(text: str) -> bool:
    """Whether a text is the name of a model of a known family, and not one that only starts with it."""
    return _NAME.fullmatch(text) is not None and resolve(text) is not None


class _Family(Struct, frozen=True):
    family: str
    provider: str
    prefixes: tuple[str, ...]
    encoding: str | None = None
    provisional: bool = False


def begins(name: str, prefix: str) -> bool:
    """Whether the name starts with the prefix as a word: ``gpt-4`` begins ``gpt-4-32k``, not ``gpt-4o``."""
    if not name.startswith(prefix):
        return False
    following = name[len(prefix) : len(prefix) + 1]
    return not following.isalpha() and not (following.isdigit() and prefix[-1].isdigit())


@lru_cache(maxsize=1)
def _prefixes() -> tuple[tuple[str, _Family], ...]:
    """All prefixes with their families, longest first."""
    rows = json.loads(Path(__file__).with_name("models.json").read_bytes())["families"]
    families = [_Family(**{**row, "prefixes": tuple(row["prefixes"])}) for row in rows]
    pairs = [(prefix, family) for family in families for prefix in family.prefixes]
    return tuple(sorted(pairs, key=lambda pair: -len(pair[0])))
