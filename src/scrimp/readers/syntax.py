"""The syntax of code: all its nodes and the texts in its strings, each at its place in the file.

It is what proves that a change of some text left everything around it as it was. All grammars are walked alike:
what stands in a string has one of a few names in each of them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from importlib import import_module
from typing import TYPE_CHECKING, Final, NamedTuple, Protocol, cast

from msgspec import Struct

from scrimp.model.source import Source
from scrimp.readers.offsets import Offsets

if TYPE_CHECKING:
    from tree_sitter import Node, Tree


class Part(NamedTuple):
    """A node of the syntax, or a text, at offsets of the file."""

    kind: str
    start: int
    end: int


class Syntax(Struct, frozen=True):
    """What code is made of, each in the order of the file.

    ``nodes`` are all but the contents of strings, outer before inner; ``texts`` are these, from one hole or quote to
    the next; ``escapes`` stand in them.
    """

    nodes: tuple[Part, ...]
    texts: tuple[Part, ...]
    escapes: tuple[Part, ...]


class _CodeReader(Protocol):
    """What the reader of a language has besides a reader's names."""

    def tree(self, data: bytes) -> Tree:
        """The syntax tree of UTF-8 source; errors are nodes in it."""


def syntax(source: Source, language: str) -> Syntax | None:
    """The syntax of a file in a language, as its facts name it; ``None`` of what is no code."""
    if language == "python" and source.path.endswith(".ipynb"):
        return _of_notebook(source)
    offsets = Offsets(source.text)
    tree = _tree(source, language, offsets.bytes)
    return (
        None
        if tree is None
        else _of_tree(tree, offsets.bytes, lambda start, end: (offsets.char(start), offsets.char(end)))
    )


def _tree(source: Source, language: str, data: bytes) -> Tree | None:
    if language in ("javascript", "typescript"):
        from scrimp.readers import javascript  # noqa: PLC0415  (as with all grammars, loaded when needed)

        return javascript.tree(source.path, data)
    if language not in _LANGUAGES:
        return None
    return cast("_CodeReader", import_module(f"{__package__}.{language}")).tree(data)


def _of_notebook(source: Source) -> Syntax | None:
    """The syntax of a notebook's cells, at their places in its file."""
    from json import JSONDecodeError  # noqa: PLC0415  (few projects mend notebooks)

    from scrimp.readers import notebook, python  # noqa: PLC0415
    from scrimp.readers.remap import Remap  # noqa: PLC0415

    try:
        module = notebook.parse(source.text).module()
    except (JSONDecodeError, RecursionError):
        return None
    offsets, remap = Offsets(module.value), Remap(module)

    def place(start: int, end: int) -> tuple[int, int]:
        return remap.start(offsets.char(start)), remap.end(offsets.char(end))

    return _of_tree(python.tree(offsets.bytes), offsets.bytes, place)


_LANGUAGES: Final = frozenset({"csharp", "go", "java", "php", "python", "ruby", "rust"})
_CONTENTS: Final = frozenset(
    {
        *("string_content", "string_fragment", "multiline_string_fragment", "string_literal_content"),
        *("interpreted_string_literal_content", "raw_string_literal_content", "raw_string_content"),
        *("heredoc_content", "nowdoc_body", "nowdoc_string"),
    }
)
_ESCAPES: Final = frozenset({"escape_sequence", "escape_interpolation"})
_QUOTED: Final = frozenset({"verbatim_string_literal"})
"""Literals whose contents their grammar doesn't tell from the quotes."""


def _of_tree(tree: Tree, data: bytes, place: Callable[[int, int], tuple[int, int]]) -> Syntax:
    nodes: list[Part] = []
    texts: list[Part] = []
    escapes: list[Part] = []
    goes_on = False  # whether the node before was text
    for node in _nodes(tree):
        kind, start, end = node.type, node.start_byte, node.end_byte
        if kind in _ESCAPES:
            escapes.append(Part(kind, *place(start, end)))
        if kind in _CONTENTS or kind in _ESCAPES:
            if (
                goes_on and not data[texts[-1].end : start].strip()
            ):  # a blank line is no node in some heredocs
                start = min(start, texts[-1].end)
            _extend(texts, start, end)
            goes_on = bool(texts)
            continue
        goes_on = False
        nodes.append(Part(kind, *place(start, end)))
        if kind in _QUOTED:
            _extend(texts, data.index(b'"', start) + 1, end - 1)
    placed = (Part("text", *place(text.start, text.end)) for text in texts)
    return Syntax(tuple(nodes), tuple(placed), tuple(escapes))


def _extend(texts: list[Part], start: int, end: int) -> None:
    """Add a stretch of text: to the one before if it goes on there or stands in it."""
    if texts and texts[-1].start <= start <= texts[-1].end:
        texts[-1] = Part("text", texts[-1].start, max(end, texts[-1].end))
    elif end > start:
        texts.append(Part("text", start, end))


def _nodes(tree: Tree) -> Iterator[Node]:
    """All nodes, outer before inner."""
    cursor = tree.walk()
    while True:
        if cursor.node is not None:
            yield cursor.node
        if cursor.goto_first_child():
            continue
        while not cursor.goto_next_sibling():
            if not cursor.goto_parent():
                return
