"""What parameters and destructuring patterns bind."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct
from tree_sitter import Node

from scrimp.readers.javascript.names import first_child, text_of

_FIELD_MARKS = frozenset(("accessibility_modifier", "readonly", "override_modifier"))
_ANNOTATED = frozenset(("required_parameter", "optional_parameter"))


class Bound(Struct, frozen=True):
    """A name that a pattern binds: which member of the value it is (``()``: the whole), and its default.

    ``is_field`` tells a parameter of a constructor that is a field of the object as well.
    """

    name: str
    members: tuple[str | int, ...]
    default: Node | None = None
    annotation: str = ""
    rest: bool = False
    is_field: bool = False


def bound_by(pattern: Node, members: tuple[str | int, ...] = ()) -> Iterator[Bound]:
    """All names that a pattern binds."""
    match pattern.type:
        case "identifier" | "shorthand_property_identifier_pattern":
            yield Bound(text_of(pattern), members)
        case "assignment_pattern" | "object_assignment_pattern":
            left, right = pattern.child_by_field_name("left"), pattern.child_by_field_name("right")
            if left is not None:
                shorthand = left.type == "shorthand_property_identifier_pattern"
                yield from _with_default(left, (*members, text_of(left)) if shorthand else members, right)
        case "object_pattern":
            for child in pattern.named_children:
                yield from _of_object(child, members)
        case "array_pattern":
            number = 0
            for child in pattern.children:  # a comma without a name before it leaves an item out
                if child.type == ",":
                    number += 1
                elif child.is_named:
                    yield from bound_by(child, (*members, number))
        case "rest_pattern":
            inner = first_child(pattern)
            if inner is not None and inner.type == "identifier":
                yield Bound(text_of(inner), (*members, "*") if members else (), rest=True)


def _of_object(child: Node, members: tuple[str | int, ...]) -> Iterator[Bound]:
    match child.type:
        case "shorthand_property_identifier_pattern":
            yield Bound(text_of(child), (*members, text_of(child)))
        case "pair_pattern":
            key, value = child.child_by_field_name("key"), child.child_by_field_name("value")
            if key is not None and value is not None:
                yield from bound_by(value, (*members, text_of(key).strip("\"'")))
        case _:
            yield from bound_by(child, members)


def _with_default(left: Node, members: tuple[str | int, ...], default: Node | None) -> Iterator[Bound]:
    if left.type in ("identifier", "shorthand_property_identifier_pattern"):
        yield Bound(text_of(left), members, default)
    else:
        yield from bound_by(left, members)


def parameters_of(node: Node) -> list[Bound]:
    """The parameters of a function; those of a destructured object are parameters by their own names."""
    single = node.child_by_field_name("parameter")
    if single is not None:
        return [Bound(text_of(single), ())]
    parameters = node.child_by_field_name("parameters")
    return (
        []
        if parameters is None
        else [each for child in parameters.named_children for each in _parameter(child)]
    )


def _parameter(node: Node) -> Iterator[Bound]:
    if node.type not in _ANNOTATED:
        yield from bound_by(node)
        return
    pattern, value = node.child_by_field_name("pattern"), node.child_by_field_name("value")
    annotation = text_of(node.child_by_field_name("type")).removeprefix(":").strip()
    if pattern is None:
        return
    if pattern.type == "identifier":
        is_field = any(child.type in _FIELD_MARKS for child in node.children)
        yield Bound(text_of(pattern), (), value, annotation, is_field=is_field)
    elif pattern.type != "this":
        yield from bound_by(pattern)
