"""Python string literals: decoded text with exact spans, f-strings as joins of text and variables."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from functools import lru_cache
from itertools import pairwise

from msgspec import Struct
from tree_sitter import Node

from scrimp.model.algebra import EMPTY, Argument, Call, Expression, Join, Text, Unknown, Variable
from scrimp.model.pieces import Writer
from scrimp.readers.offsets import Offsets
from scrimp.readers.python.grammar import FIELD

SIMPLE_ESCAPES = {
    "\\": "\\",
    "'": "'",
    '"': '"',
    "a": "\a",
    "b": "\b",
    "f": "\f",
    "n": "\n",
    "r": "\r",
    "t": "\t",
    "v": "\v",
    "\n": "",  # a backslash at the end of a line joins the lines
    "\r": "",
}
QUOTES = {"'": "'''", '"': '"""'}
"""What opens a literal without a prefix, with what does so where it may go over several lines."""
PREFIXES = "bBfFrRtTuU"
MOST_OPENINGS = 512
"""Ways to open a literal that are known: there are few."""
RAW = re.compile(r"\r\n?|\{\{|\}\}")
COOKED = re.compile(
    RAW.pattern
    + r"|\\(?:N\{[^}]{1,100}\}|x[0-9a-fA-F]{2}|u[0-9a-fA-F]{4}|U[0-9a-fA-F]{8}|[0-7]{1,3}|\r\n|[^{}])"
)
"""What may stand for something else in a literal, raw or not."""
CONVERSIONS = {"r": "repr", "s": "str", "a": "ascii"}
"""The functions that the conversions of an interpolation call."""


def string_expression(
    nodes: list[Node], offsets: Offsets, text: str, inner: Callable[[Node], Expression]
) -> Expression | None:
    """The value of one literal or of several that stand side by side; ``None`` for bytes.

    ``inner`` evaluates what is interpolated.
    """
    plain = _plain(nodes[0], offsets, text) if len(nodes) == 1 else None
    if plain is not None:
        return plain
    literals = [_Literal.of(node, offsets, text) for node in nodes]
    writer = Writer()
    parts: list[Expression] = []
    for node, literal in zip(nodes, literals, strict=True):
        if literal is None:
            return None
        # Text lies between the interpolations: the grammar gives some of it to no node, or to the closing quote.
        done = literal.start
        for child in node.children if literal.formatted else ():
            if child.type == "interpolation":
                start = offsets.char(child.start_byte)
                literal.decode(done, start, writer)
                writer.copy(text, start + 1, offsets.char(_spoken_end(child)))
                if writer:
                    parts.append(writer.take())
                parts.append(_variable(child, offsets, text, inner))
                done = offsets.char(child.end_byte)
        literal.decode(done, literal.end, writer)
    if writer or not parts:
        parts.append(writer.take())
    return parts[0] if len(parts) == 1 else Join(tuple(parts))


def _plain(node: Node, offsets: Offsets, text: str) -> Text | None:
    """The value of a literal in which all that is written stands for itself, as in most; ``None`` for others."""
    start, end = offsets.char(node.start_byte), offsets.char(node.end_byte)
    written = text[start:end]
    quotes = QUOTES.get(written[:1])
    if quotes is None or "\\" in written or "\r" in written:
        return None
    width = len(quotes) if written.startswith(quotes) else 1
    if len(written) < 2 * width or not written.endswith(quotes[:width]):
        return None
    value = written[width:-width]
    return Text(value, ((0, len(value), start + width, end - width),)) if value else EMPTY


class _Literal(Struct, frozen=True):
    """The inside of a literal, from ``start`` to ``end``, and what its prefix says."""

    text: str
    start: int
    end: int
    raw: bool
    formatted: bool

    @classmethod
    def of(cls, node: Node, offsets: Offsets, text: str) -> _Literal | None:
        """The literal of a node; ``None`` for bytes."""
        children = node.children
        if not children or children[0].type != "string_start":
            return None
        start, end = offsets.char(children[0].end_byte), offsets.char(node.end_byte)
        prefix, quotes = _parted(text[offsets.char(node.start_byte) : start])
        if children[-1].type == "string_end":
            end -= quotes
        return None if "b" in prefix else cls(text, start, end, "r" in prefix, "f" in prefix or "t" in prefix)

    def decode(self, start: int, end: int, writer: Writer) -> None:
        """Append what ``text[start:end]`` stands for, as Python decodes it."""
        done = start
        for match in (RAW if self.raw else COOKED).finditer(self.text, start, end):
            value = self._special(match[0])
            if value is None:
                continue
            writer.copy(self.text, done, match.start())
            writer.unit(value, match.start(), match.end())
            done = match.end()
        writer.copy(self.text, done, end)

    def _special(self, sequence: str) -> str | None:
        """What a special sequence stands for; ``None`` if it stands for itself."""
        if sequence[0] == "\r":
            return "\n"
        if sequence in ("{{", "}}"):
            return sequence[0] if self.formatted else None
        return _escape(sequence[1:])


@lru_cache(MOST_OPENINGS)
def _parted(opening: str) -> tuple[str, int]:
    """The prefix of a literal in lower case, and how many quotes stand behind it."""
    quotes = opening.lstrip(PREFIXES)
    return opening.removesuffix(quotes).lower(), len(quotes)


def _escape(body: str) -> str | None:
    """What an escape stands for, by what follows its backslash; ``None`` if it stands for itself."""
    if body == "\r\n":
        return ""
    if body[0] in SIMPLE_ESCAPES:
        return SIMPLE_ESCAPES[body[0]]
    if body[0] in "xuU" and len(body) > 1:
        return _character(int(body[1:], 16))
    if body[0] == "N" and len(body) > 1:
        try:
            return unicodedata.lookup(body[2:-1])
        except KeyError:
            return None
    if body[0] in "01234567":
        return chr(int(body, 8))
    return None


def _character(number: int) -> str | None:
    return chr(number) if number <= 0x10FFFF else None


def _spoken_end(node: Node) -> int:
    """The byte behind the part of an interpolation that is text too: ``x = `` of ``{x = }``."""
    for this, following in pairwise(node.children):
        if this.type == "=":
            return following.start_byte
    return node.start_byte + 1


def _variable(node: Node, offsets: Offsets, text: str, inner: Callable[[Node], Expression]) -> Expression:
    """An interpolation: ``{expression!r:spec}``, filled by ``format(repr(expression), spec)``."""
    expression = node.child_by_field_id(FIELD.expression)
    start, end = offsets.char(node.start_byte), offsets.char(node.end_byte)
    if expression is None:
        return Variable(text[start + 1 : end - 1].strip(), start, end)
    name = text[offsets.char(expression.start_byte) : offsets.char(expression.end_byte)]
    of = inner(expression)
    for child in node.children:
        if child.type == "type_conversion":
            letter = text[offsets.char(child.end_byte) - 1]
            of = Call(Unknown(CONVERSIONS.get(letter, "str")), (Argument("", of),), start, end)
        elif child.type == "format_specifier":
            spec = Text(text[offsets.char(child.start_byte) + 1 : offsets.char(child.end_byte)])
            of = Call(Unknown("format"), (Argument("", of), Argument("", spec)), start, end)
    return Variable(" ".join(name.split()), start, end, of)
