"""What a file says, as a list in which an edit may take out or put in nothing but what it replaces.

Texts are taken apart into the characters and escapes that they were written with; everything else leaves marks. An
outline leaves out what some edits replace, so the outlines before and after them must be equal.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final, TypeAlias

import msgspec

from scrimp.fix.shift import Shift
from scrimp.model.algebra import Join, Node, Template, Text, Variable
from scrimp.model.facts import Entry

Atom: TypeAlias = str | tuple[str, ...]
"""A character or escape of a text by what it stands for, or a mark."""

CUT: Final = ("cut",)
"""The mark of an escape of which an edit replaces a part."""

_PLACES: Final = frozenset({"start", "end", "site"})


def of_entries(entries: Iterable[Entry], replaced: Shift) -> Iterator[Atom]:
    """The outline of what a file's format declares: entries with holes, branches, loops and includes."""
    for entry in entries:
        for name in entry.__struct_fields__:
            # How sure it is that a text is a prompt may rest on its length, which a fix changes.
            if name not in {"start", "end", "expression", "certainty"}:
                yield name, repr(getattr(entry, name))
        yield from of_expression(entry.expression, replaced)
        yield ("end",)


def of_expression(node: object, replaced: Shift) -> Iterator[Atom]:
    """The outline of a node; joins and templates leave no mark, since an emptied text may vanish from them."""
    if isinstance(node, Text):
        yield from of_text(node, replaced)
    elif isinstance(node, (list, tuple)):
        for part in node:
            yield from of_expression(part, replaced)
    elif isinstance(node, msgspec.Struct):
        quiet = isinstance(node, (Join, Template))
        if not quiet:
            yield (type(node).__name__,)
        for name in node.__struct_fields__:
            if name not in _PLACES and not (name == "name" and _is_changed(node, replaced)):
                yield from of_expression(getattr(node, name), replaced)
        if not quiet and isinstance(node, Node):
            yield ("end",)
    else:
        yield (repr(node),)


def _is_changed(node: msgspec.Struct, replaced: Shift) -> bool:
    """Whether an edit stands in an expression that a hole is named after."""
    return isinstance(node, Variable) and replaced.stands_in(node.start, node.end)


def of_text(text: Text, replaced: Shift) -> Iterator[Atom]:
    """The characters and escapes of a text that aren't replaced."""
    if text.pieces and not replaced.touches(text.pieces[0][2], text.pieces[-1][3]):
        yield from text.value
        return
    at = 0
    for start, end, written, written_end in text.pieces:
        yield from text.value[at:start]
        at = end
        if end - start == written_end - written:
            for offset, character in enumerate(text.value[start:end], written):
                if not replaced.covers(offset, offset + 1):
                    yield character
        elif not replaced.covers(written, written_end):
            yield text.value[start:end]
            if replaced.moved(written, written_end, grows=False) is None:
                yield CUT
    yield from text.value[at:]
