"""Python's grammar, loaded when it is first used, and the numbers of its fields.

A node finds a child by the number of its field in half the instructions that it takes by the field's name, which is
compared with all that there are.
"""

from __future__ import annotations

from functools import cache

from msgspec import Struct
from tree_sitter import Language

from scrimp.readers.grammars import load_grammar


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
