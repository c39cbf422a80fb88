"""Whether a fixed file still says the same around its strings.

Two readings of a file, before and after, become *outlines*: marks that must be equal, and between each two of
them the text of strings, from which a fix may only have deleted. An escape counts as one character: where
deleting blanks makes a new escape (a backslash that comes to stand before a line end), the text after is no
longer part of the text before, and the fix is refused.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING, TypeAlias

import msgspec

from scrimp.model.algebra import Join, Node, Template, Text
from scrimp.model.facts import Entry, Facts
from scrimp.model.source import Source

if TYPE_CHECKING:
    import tree_sitter

Verify: TypeAlias = Callable[[Source, str], str | None]
"""From a source and its new text to the reason not to write it, ``None`` if there is none."""


@dataclass(slots=True)
class Outline:
    """Marks, and the characters and escapes of strings before, between and after them."""

    marks: list[str] = field(default_factory=list)
    texts: list[list[str]] = field(default_factory=lambda: [[]])

    def mark(self, mark: str) -> None:
        """Add a mark, after which another text begins."""
        self.marks.append(mark)
        self.texts.append([])

    def text(self, characters: Sequence[str]) -> None:
        """Add characters to the text after the last mark."""
        self.texts[-1].extend(characters)


def verifier(read: Callable[[Source], Facts]) -> Verify:
    """A verification that reads the new text as the old one was read, by ``read``."""

    def verify(before: Source, after: str) -> str | None:
        facts = read(before)
        if facts.language == "python":
            codes = _code(before.path, before.text), _code(before.path, after)
            return difference(*map(python_outline, codes))
        changed = Source(before.path, after, "", before.encoding, before.mark)
        return difference(entries_outline(facts.entries), entries_outline(read(changed).entries))

    return verify


def _code(path: str, text: str) -> str:
    """The Python code of a file: all of it, or the cells of a notebook."""
    if not path.endswith(".ipynb"):
        return text
    from scrimp.readers import notebook  # noqa: PLC0415 - few projects mend notebooks

    return notebook.code(text)


def difference(before: Outline, after: Outline) -> str | None:
    """Why a fix that leads from one outline to another can't be trusted, ``None`` if it can."""
    if before.marks != after.marks:
        return "the fix would change more than the text of strings"
    if not all(map(_is_part, after.texts, before.texts)):
        return "the fix would change what an escape in a string means"
    return None


def python_outline(text: str) -> Outline:
    """The outline of Python code: the whole syntax tree without the contents of its string literals."""
    outline = Outline()
    raw = text.encode("utf-8", "surrogatepass")
    for node, leaving in _nodes(_parser().parse(raw).root_node):
        if leaving:
            outline.mark(f"end {node.type}")
        elif node.type == "string_content":
            outline.text(_characters(node, raw))
        elif node.type in _WHOLE or not node.child_count:
            outline.mark(f"{node.type} {raw[node.start_byte : node.end_byte]!r}")
        else:
            outline.mark(node.type)
    return outline


def entries_outline(entries: Sequence[Entry]) -> Outline:
    """The outline of what a file's format declares: entries with holes, branches, loops and includes."""
    outline = Outline()
    for entry in entries:
        for name in entry.__struct_fields__:
            if name not in {"start", "end", "expression"}:
                outline.mark(f"{name} {getattr(entry, name)!r}")
        _add_expression(outline, entry.expression)
        outline.mark("end")
    return outline


_WHOLE = frozenset({"format_specifier", "string_start", "string_end", "comment"})
"""Nodes whose text isn't that of their children."""


@cache
def _parser() -> tree_sitter.Parser:
    import tree_sitter_python  # noqa: PLC0415  only needed to fix Python
    from tree_sitter import Language, Parser  # noqa: PLC0415

    return Parser(Language(tree_sitter_python.language()))


def _nodes(root: tree_sitter.Node) -> Iterator[tuple[tree_sitter.Node, bool]]:
    """Each node when entered, and those with children when left; string contents are not entered."""
    cursor = root.walk()
    while True:
        node = cursor.node
        assert node is not None
        yield node, False
        inside = node.type != "string_content" and node.type not in _WHOLE
        if inside and cursor.goto_first_child():
            continue
        while not cursor.goto_next_sibling():
            if not cursor.goto_parent():
                return
            assert cursor.node is not None
            yield cursor.node, True


def _characters(node: tree_sitter.Node, raw: bytes) -> list[str]:
    """The characters and escapes of a string's content."""
    characters: list[str] = []
    at = node.start_byte
    for child in node.children:
        characters.extend(raw[at : child.start_byte].decode("utf-8", "surrogatepass"))
        characters.append(raw[child.start_byte : child.end_byte].decode("utf-8", "surrogatepass"))
        at = child.end_byte
    characters.extend(raw[at : node.end_byte].decode("utf-8", "surrogatepass"))
    return characters


def _add_expression(outline: Outline, node: object) -> None:
    """Add a node of the algebra; joins and templates leave no mark: an emptied text may vanish from them."""
    if isinstance(node, Text):
        outline.text(node.value)
    elif isinstance(node, (list, tuple)):
        for part in node:
            _add_expression(outline, part)
    elif isinstance(node, msgspec.Struct):
        quiet = isinstance(node, (Join, Template))
        if not quiet:
            outline.mark(type(node).__name__)
        for name in node.__struct_fields__:
            if name not in {"start", "end", "site"}:
                _add_expression(outline, getattr(node, name))
        if not quiet and isinstance(node, Node):
            outline.mark("end")
    else:
        outline.mark(repr(node))


def _is_part(part: Sequence[str], whole: Sequence[str]) -> bool:
    """Whether one sequence is another with nothing but deletions."""
    rest = iter(whole)
    return all(character in rest for character in part)
