"""Names of blocks: behind a block that declares a name anew, the name is what it was before.

A name that ``let`` or ``const`` declares in a block hides the one around it until the block ends. Bindings know only
functions, so one more at the end of the block says that the name is again what it stood for at its start.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator

from msgspec import Struct
from tree_sitter import Node

from scrimp.model.algebra import Reference
from scrimp.model.facts import Binding, Function, Import
from scrimp.readers.javascript.index import FUNCTIONS


class Declared(Struct, frozen=True):
    """A name that a block within a function or module declares, and where the block begins and ends."""

    scope: str
    name: str
    start: int
    end: int


def block_around(declaration: Node | None) -> Node | None:
    """The block that ``let`` or ``const`` declares names for; ``None`` where that is the whole function."""
    block = None if declaration is None or declaration.type != "lexical_declaration" else declaration.parent
    if block is None or block.type != "statement_block" or block.parent is None:
        return None
    return None if block.parent.type in FUNCTIONS else block


def restored(
    declared: Iterable[Declared],
    bindings: Iterable[Binding],
    functions: Iterable[Function],
    imports: Iterable[Import],
) -> Iterator[Binding]:
    """A binding at the end of each block that hides a name of the same function, or of one around it."""
    blocks = list(declared)
    if not blocks:
        return
    known: dict[tuple[str, str], list[int]] = defaultdict(list)
    for each in bindings:
        known[each.scope, each.name].append(each.start)
    for function in functions:
        for parameter in function.parameters:
            known[function.name, parameter.name.lstrip("*")].append(function.start)
    for one in imports:
        known[one.scope, one.alias].append(-1)
    for block in blocks:
        ended = [each for each in blocks if each.name == block.name and each.end <= block.start]
        scope = _hidden(block, known, ended)
        if scope is not None:
            value = Reference(block.name, scope, block.start)
            yield Binding(block.scope, block.name, "=", value, block.end, block.end, (), loop=False)


def _hidden(block: Declared, known: dict[tuple[str, str], list[int]], ended: list[Declared]) -> str | None:
    """The scope of what a block hides; names of blocks that have ended before are nobody's any more."""
    scope = block.scope
    while True:
        starts = [
            start
            for start in known.get((scope, block.name), ())
            if not any(each.scope == scope and each.start <= start < each.end for each in ended)
        ]
        if any(start < block.start for start in starts) or (starts and scope != block.scope):
            return scope
        if not scope:
            return None
        scope = scope.rpartition(".")[0]
