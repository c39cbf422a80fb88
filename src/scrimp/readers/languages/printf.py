"""Literals of ``printf``: text with conversions, each filled by its argument."""

from __future__ import annotations

import re
from collections.abc import Iterable

from scrimp.model.algebra import Expression, Join, Text, Variable
from scrimp.model.pieces import slice_text

CONVERSION = re.compile(
    r"%(?:%|(?:(\d+)\$|\[(\d+)\])?[-+# 0,(]*(?:\d+|\*)?(?:\.(?:\d+|\*))?[hlLtT]?[a-zA-Z])"
)
"""A conversion of ``printf`` in C's family: a plain one, or the one of a numbered argument."""


def printed(of: Expression, values: list[Expression]) -> Expression:
    """A literal with the conversions of ``printf`` in it, each filled by its argument."""
    waiting = list(values)
    parts: list[Expression] = []
    for part in of.parts if isinstance(of, Join) else (of,):
        if isinstance(part, Text):
            parts += _filled(part, values, waiting)
        else:
            parts.append(part)
    return parts[0] if len(parts) == 1 else Join(tuple(parts))


def _filled(text: Text, values: list[Expression], waiting: list[Expression]) -> Iterable[Expression]:
    at = 0
    for found in CONVERSION.finditer(text.value):
        if found.start() > at:
            yield slice_text(text, at, found.start())
        at = found.end()
        number = found[1] or found[2]
        if found[0] == "%%":
            yield slice_text(text, found.start(), found.start() + 1)
        elif number and int(number) <= len(values):
            yield values[int(number) - 1]
        elif found[0] == "%n" and not waiting:
            yield Text("\n")
        else:
            yield waiting.pop(0) if waiting else Variable("", *_place(text, found.start(), found.end()))
    if at < len(text.value) or not text.value:
        yield slice_text(text, at, len(text.value))


def _place(text: Text, start: int, end: int) -> tuple[int, int]:
    pieces = slice_text(text, start, end).pieces
    return (pieces[0][2], pieces[-1][3]) if pieces else (0, 0)
