"""Python string literals: decoded text with exact spans, f-strings as joins of text and variables."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass

from tree_sitter import Node

from scrimp.model.algebra import Expression, Join, Variable
from scrimp.readers.code import TextBuilder
from scrimp.readers.offsets import Offsets

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
SPECIAL = re.compile(
    r"\r\n?|\{\{|\}\}|\\(?:N\{[^}]*\}|x[0-9a-fA-F]{2}|u[0-9a-fA-F]{4}|U[0-9a-fA-F]{8}|[0-7]{1,3}|\r\n|[\s\S])"
)


def string_expression(
    nodes: list[Node], offsets: Offsets, text: str, inner: Callable[[Node], Expression]
) -> Expression | None:
    """The value of one literal or of several that stand side by side; ``None`` for bytes.

    ``inner`` evaluates what is interpolated.
    """
    builder = TextBuilder()
    parts: list[Expression] = []
    for node in nodes:
        children = node.children
        if not children or children[0].type != "string_start":
            return None
        opening = text[offsets.char(children[0].start_byte) : offsets.char(children[0].end_byte)].lower()
        if "b" in opening:
            return None
        literal = _Literal(text, raw="r" in opening, formatted="f" in opening or "t" in opening)
        for child in children[1:]:
            if child.type == "string_content":
                literal.decode(offsets.char(child.start_byte), offsets.char(child.end_byte), builder)
            elif child.type == "interpolation":
                if builder.length:
                    parts.append(builder.take())
                parts.append(_variable(child, offsets, text, inner))
    if builder.length or not parts:
        parts.append(builder.take())
    return parts[0] if len(parts) == 1 else Join(tuple(parts))


@dataclass(frozen=True, slots=True)
class _Literal:
    """The inside of a literal with its prefix."""

    text: str
    raw: bool
    formatted: bool

    def decode(self, start: int, end: int, builder: TextBuilder) -> None:
        """Append what ``text[start:end]`` stands for, as Python decodes it."""
        done = start
        for match in SPECIAL.finditer(self.text, start, end):
            value = self._special(match[0])
            if value is None:
                continue
            builder.verbatim(self.text[done : match.start()], done)
            builder.unit(value, match.start(), match.end())
            done = match.end()
        builder.verbatim(self.text[done:end], done)

    def _special(self, sequence: str) -> str | None:
        """What a special sequence stands for; ``None`` if it stands for itself."""
        if sequence[0] == "\r":
            return "\n"
        if sequence in ("{{", "}}"):
            return sequence[0] if self.formatted else None
        return None if self.raw else _escape(sequence[1:])


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


def _variable(node: Node, offsets: Offsets, text: str, inner: Callable[[Node], Expression]) -> Expression:
    """An interpolation: ``{expression!r:spec}``."""
    expression = node.child_by_field_name("expression")
    start, end = offsets.char(node.start_byte), offsets.char(node.end_byte)
    if expression is None:
        return Variable(text[start + 1 : end - 1].strip(), start, end)
    name = text[offsets.char(expression.start_byte) : offsets.char(expression.end_byte)]
    plain = all(child.type not in ("type_conversion", "format_specifier") for child in node.children)
    return Variable(" ".join(name.split()), start, end, inner(expression) if plain else None)
