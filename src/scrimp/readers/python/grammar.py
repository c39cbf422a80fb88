"""Python's grammar, loaded when it is first used, what is parsed by it, and the numbers of its fields.

A node finds a child by the number of its field in half the instructions that it takes by the field's name, which is
compared with all that there are.
"""

from __future__ import annotations

from functools import cache

from msgspec import Struct
from tree_sitter import Language, Parser, Tree

from scrimp.expressions import compiled_late
from scrimp.readers.grammars import load_grammar

MOST_INDENTATIONS = 300
"""Levels of indentation that are parsed. Python itself stops at 100; the grammar's scanner writes past its buffer
of 1,024 bytes at about 500 (tree-sitter-python 0.25.0)."""
INDENTATION = compiled_late(rb"\n((?:[ \t\r\f]++|\\\r?\n)+)")
LONE_RETURN = compiled_late(rb"\r(?!\n)")
LEAST_DEEP = MOST_INDENTATIONS * (MOST_INDENTATIONS + 1) // 2
"""Bytes that lines with more indentations take, if no tab is among their blanks: each is wider than another."""
DEEPENING = (b" " * MOST_INDENTATIONS, b"\t", b"\\\n", b"\\\r\n")
"""Without any of these no line is indented by more columns than there may be widths."""
CONTINUATION = compiled_late(rb"\\\r?\n")


class _Fields(Struct):
    """The numbers of fields by their names; they are known as soon as there is a node."""

    alias: int = 0
    alternative: int = 0
    arguments: int = 0
    attribute: int = 0
    body: int = 0
    condition: int = 0
    consequence: int = 0
    expression: int = 0
    function: int = 0
    guard: int = 0
    key: int = 0
    left: int = 0
    module_name: int = 0
    name: int = 0
    object: int = 0
    operator: int = 0
    parameters: int = 0
    right: int = 0
    subscript: int = 0
    superclasses: int = 0
    type: int = 0
    value: int = 0


FIELD = _Fields()
"""``node.child_by_field_id(FIELD.body)`` is what ``node.child_by_field_name("body")`` is."""


@cache
def language() -> Language:
    """The grammar."""
    loaded = load_grammar("tree_sitter_python")
    for name in FIELD.__struct_fields__:
        setattr(FIELD, name, loaded.field_id_for_name(name))
    return loaded


def is_too_deep(data: bytes) -> bool:
    """Whether lines are indented by more different widths than may be parsed: levels are never more than widths."""
    if len(data) < LEAST_DEEP and data.find(b"\t") < 0:  # most files
        return False
    if not any(each in data for each in DEEPENING):
        return False
    written = set(INDENTATION.findall(data))  # of one width there may be several spellings, never fewer
    return (
        len(written) > MOST_INDENTATIONS and len({_width(blanks) for blanks in written}) > MOST_INDENTATIONS
    )


def _width(blanks: bytes) -> int:
    """The columns of a line's leading blanks as the grammar counts them."""
    last = CONTINUATION.sub(b"", blanks).replace(b"\f", b"\r").rpartition(b"\r")[2]
    return len(last) + 7 * last.count(b"\t")


def parse(data: bytes) -> Tree:
    """The syntax tree of UTF-8 source; errors are nodes in it.

    A carriage return by itself ends a line for Python, but not for the grammar, which would join statements.
    """
    lines = LONE_RETURN.sub(b"\n", data) if b"\r" in data else data
    return Parser(language()).parse(lines)
