"""Tools of a framework of the tree's own: what their methods say of themselves, where a base of theirs reads it."""

from __future__ import annotations

from collections.abc import Iterator

from scrimp.link.evaluation import Evaluator
from scrimp.link.symbols import plain
from scrimp.link.values import ClassValue, SiteKey

MOST_BASES = 8  # classes that are derived from one another


def reflected(evaluator: Evaluator, tool: ClassValue) -> Iterator[tuple[SiteKey, str]]:
    """The docstrings of a tool's methods, each with the method's name, if its class or a base reads docstrings."""
    if not _reads_docs(evaluator, tool):
        return
    own = plain(tool.definition.name)
    for name, function in evaluator.symbols.modules[tool.path].functions.items():
        if name.rpartition(".")[0] == own and function.docstring >= 0 and not function.decorators:
            yield f"{tool.path}:{function.docstring}", name


def _reads_docs(evaluator: Evaluator, value: ClassValue, depth: int = 0) -> bool:
    return value.definition.reads_docs or (
        depth < MOST_BASES and any(_reads_docs(evaluator, base, depth + 1) for base in evaluator.bases(value))
    )
