"""Examples that a class of a prompt shows a model: all text in its ``examples``, whatever objects hold it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from scrimp.link.evaluation import Evaluator
from scrimp.link.symbols import plain
from scrimp.link.units import CodeUnit
from scrimp.link.values import ClassValue, SiteKey

EXAMPLES = re.compile(
    r"_?(?:few_?shots?(?:_examples)?|examples?|demonstrations|demos|exemplars)", re.IGNORECASE
)
"""Names of attributes that hold examples."""
PROMPT_CLASS = re.compile(r"Prompt|FewShot|Signature")
"""Names of classes that are prompts."""


def examples(evaluator: Evaluator, units: Iterable[CodeUnit]) -> Iterator[tuple[SiteKey, str]]:
    """The units that stand in examples of prompts, each with the name of its class."""
    spans: dict[tuple[str, str], list[tuple[int, int]]] = {}
    for path, module in evaluator.symbols.modules.items():
        for (scope, name), bindings in module.bindings.items():
            definition = module.classes.get(scope)
            if definition is None or not EXAMPLES.fullmatch(name):
                continue
            if _is_prompt(evaluator, ClassValue(path, definition)):
                spans.setdefault((path, scope), []).extend((each.start, each.end) for each in bindings)
    for unit in units if spans else ():
        name = plain(unit.first.scope)
        if any(start <= unit.first.start < end for start, end in spans.get((unit.path, name), ())):
            yield unit.key, name


def _is_prompt(evaluator: Evaluator, value: ClassValue) -> bool:
    """Whether a class is named as prompts are, or derived from one that is."""
    names = (value.definition.name, *value.definition.bases)
    return any(PROMPT_CLASS.search(name) for name in names) or any(
        PROMPT_CLASS.search(base.definition.name) for base in evaluator.bases(value)
    )
