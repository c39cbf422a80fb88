"""Examples that a class of a prompt shows a model: all text in its ``examples``, whatever objects hold it."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from typing import TYPE_CHECKING, TypeAlias

from scrimp.link.evaluation import Evaluator
from scrimp.link.symbols import Module, plain
from scrimp.link.values import ClassValue, SiteKey

if TYPE_CHECKING:
    from scrimp.link.index import Index

EXAMPLES = re.compile(
    r"_?(?:few_?shots?(?:_examples)?|examples?|demonstrations|demos|exemplars)", re.IGNORECASE
)
"""Names of attributes that hold examples."""
PROMPT_CLASS = re.compile(r"Prompt|FewShot|Signature")
"""Names of classes that are prompts."""


Shown: TypeAlias = dict[str, list[tuple[int, int]]]
"""The ranges of what holds examples, by the name of the class."""


def shown(module: Module) -> Shown:
    """Where the classes of a file hold what is named like examples."""
    ranges: Shown = defaultdict(list)
    for (scope, name), bindings in module.bindings.items():
        if scope in module.classes and EXAMPLES.fullmatch(name):
            ranges[scope] += ((each.start, each.end) for each in bindings)
    return dict(ranges)


def examples(evaluator: Evaluator, index: Index) -> Iterator[tuple[SiteKey, str]]:
    """The units that stand in examples of prompts, each with the name of its class."""
    for path, module in evaluator.symbols.modules.items():
        ranges = {
            scope: found
            for scope, found in index.examples[path].items()
            if _is_prompt(evaluator, ClassValue(path, module.classes[scope]))
        }
        for unit in index.units[path] if ranges else ():
            name = plain(unit.first.scope)
            if any(start <= unit.first.start < end for start, end in ranges.get(name, ())):
                yield unit.key, name


def _is_prompt(evaluator: Evaluator, value: ClassValue) -> bool:
    """Whether a class is named as prompts are, or derived from one that is."""
    names = (value.definition.name, *value.definition.bases)
    return any(PROMPT_CLASS.search(name) for name in names) or any(
        PROMPT_CLASS.search(base.definition.name) for base in evaluator.bases(value)
    )
