"""JavaScript's string and template literals: decoded text with exact spans, substitutions as variables."""

from __future__ import annotations

import re
from collections.abc import Callable

from tree_sitter import Node

from scrimp.model.algebra import Expression, Join, Text, Variable
from scrimp.model.pieces import Writer
from scrimp.readers.offsets import Offsets

SIMPLE_ESCAPES = {"n": "\n", "t": "\t", "b": "\b", "v": "\v", "f": "\f", "r": "\r"}
_BREAK = "\r\n|[\n\r\u2028\u2029]"
SPECIAL = re.compile(
    rf"\r\n?|\\(?:u[dD][89abAB][0-9a-fA-F]{{2}}\\u[dD][c-fC-F][0-9a-fA-F]{{2}}|u\{{[0-9a-fA-F]{{1,6}}\}}"
    rf"|u[0-9a-fA-F]{{4}}|x[0-9a-fA-F]{{2}}|[0-3]?[0-7]{{1,2}}|{_BREAK}|[\s\S])"
)
"""What isn't written as it is: breaks in templates, surrogate pairs before single units, other escapes."""
REPLACEMENT = "\ufffd"


def string_expression(
    node: Node, offsets: Offsets, text: str, inner: Callable[[Node], Expression], *, raw: bool = False
) -> Expression:
    """The value of a string or template literal. ``inner`` evaluates what is substituted.

    In a ``raw`` template escapes stand for themselves.
    """
    writer = Writer()
    parts: list[Expression] = []
    at, end = offsets.char(node.start_byte) + 1, offsets.char(node.end_byte) - 1
    for child in node.named_children:
        if child.type != "template_substitution":
            continue
        start, after = offsets.char(child.start_byte), offsets.char(child.end_byte)
        decode(text, at, start, writer, raw=raw)
        if writer:
            parts.append(writer.take())
        parts.append(_variable(child, start, after, text, inner))
        at = after
    decode(text, at, end, writer, raw=raw)
    if writer or not parts:
        parts.append(writer.take())
    return parts[0] if len(parts) == 1 else Join(tuple(parts))


def literal_value(node: Node, offsets: Offsets, text: str) -> str | None:
    """The value of a literal without substitutions; ``None`` for anything else."""
    if node.type not in ("string", "template_string"):
        return None
    value = string_expression(node, offsets, text, lambda _: Text(""))
    return value.value if isinstance(value, Text) else None


def decode(text: str, start: int, end: int, writer: Writer, *, raw: bool) -> None:
    """Decode ``text[start:end]``, the inside of a literal, as JavaScript does."""
    content = text[start:end]
    if "\\" not in content and "\r" not in content:
        writer.copy(text, start, end)
        return
    at = 0
    for match in SPECIAL.finditer(content):
        written = match[0]
        if raw and written[0] == "\\":
            continue
        writer.copy(text, start + at, start + match.start())
        writer.unit(_special(written), start + match.start(), start + match.end())
        at = match.end()
    writer.copy(text, start + at, end)


def _special(written: str) -> str:
    """What a special sequence stands for. Half a surrogate pair is sent as U+FFFD, as UTF-8 has none."""
    if written[0] == "\r":
        return "\n"
    body = written[1:]
    if body in SIMPLE_ESCAPES:
        return SIMPLE_ESCAPES[body]
    if len(body) > 1 and body[0] in "ux":
        return _character(body)
    if body[0] in "01234567":
        return chr(int(body, 8))
    return "" if body[0] in "\r\n\u2028\u2029" else body


def _character(body: str) -> str:
    if len(body) > 8 and body[0] == "u" and body[1] != "{":
        high, low = int(body[1:5], 16), int(body[7:], 16)
        return chr(0x10000 + ((high - 0xD800) << 10) + (low - 0xDC00))
    number = int(body[1:].strip("{}"), 16)
    return chr(number) if number <= 0x10FFFF and not 0xD800 <= number <= 0xDFFF else REPLACEMENT


def _variable(node: Node, start: int, end: int, text: str, inner: Callable[[Node], Expression]) -> Expression:
    """A substitution: ``${expression}``."""
    expression = next((child for child in node.named_children if child.type != "comment"), None)
    name = " ".join(text[start + 2 : end - 1].split())
    return Variable(name, start, end, None if expression is None else inner(expression))
