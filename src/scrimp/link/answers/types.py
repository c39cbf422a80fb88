"""Python's types as shapes: what annotations of fields say, with the limits that pydantic puts beside them.

Annotations come as source. They are parsed by Python's own parser, which runs nothing, and are short.
"""

from __future__ import annotations

import ast
import json
from collections.abc import Callable
from typing import TypeAlias

from msgspec import Struct

from scrimp.link.answers.limits import limited
from scrimp.model.answers import Anything, Either, Many, Members, Nothing, Number, Options, Shape, Text, Truth

NAMED: dict[str, Shape] = {
    **dict.fromkeys(("str", "bytes", "EmailStr", "HttpUrl", "AnyUrl", "SecretStr", "Path"), Text()),
    **dict.fromkeys(("int", "float", "Decimal", "PositiveInt", "NonNegativeInt", "PositiveFloat"), Number()),
    **dict.fromkeys(("datetime", "AwareDatetime", "NaiveDatetime"), Text(32)),  # ISO 8601 with an offset
    "date": Text(10),
    "time": Text(21),
    "UUID": Text(36),
    "UUID4": Text(36),
    "bool": Truth(),
    "None": Nothing(),
    "NoneType": Nothing(),
}
"""Types that need no looking up, by their last name."""
LISTS = frozenset(
    ("list", "List", "set", "Set", "frozenset", "Sequence", "Iterable", "tuple", "Tuple", "conlist")
)
PASSED = frozenset(("Annotated", "Required", "NotRequired", "ReadOnly", "Final", "ClassVar"))
"""Types around another one that say nothing of it."""
LIMITED: dict[str, Shape] = {
    "constr": Text(),
    "conint": Number(),
    "confloat": Number(),
    "condecimal": Number(),
}
FIELDS = frozenset(("Field", "field", "Meta", "StringConstraints", "InputField", "OutputField"))

Resolve: TypeAlias = Callable[[str], Shape | None]
"""The shape of a class by its dotted name, ``None`` if the tree has none of that name."""


def shape_of(annotation: str, value: str, resolve: Resolve) -> Shape:
    """The shape of a field by its annotation and what it is set to, both as written."""
    parsed, default = _parsed(annotation), _parsed(value)
    if parsed is None:
        return Anything()
    shape = _Reading(resolve).shape(parsed)
    return limited(shape, _limits(default)) if isinstance(default, ast.Call) else shape


def option(value: str) -> str | None:
    """A member of an enumeration as JSON writes it; ``None`` for what isn't written down."""
    parsed = _parsed(value)
    return _written(parsed) if parsed is not None else None


def _parsed(source: str) -> ast.expr | None:
    """An expression; ``None`` for what is none."""
    try:
        return ast.parse(source.strip(), mode="eval").body if source.strip() else None
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return None


class _Reading(Struct, frozen=True):
    """Reads one annotation."""

    resolve: Resolve

    def shape(self, node: ast.expr) -> Shape:
        """The shape that a type stands for."""
        match node:
            case ast.Constant(value=None):
                return Nothing()
            case ast.Constant(value=str() as forward):
                inner = _parsed(forward)
                return Anything() if inner is None else self.shape(inner)
            case ast.BinOp(left=left, op=ast.BitOr(), right=right):
                return self._either((left, right))
            case ast.Subscript(value=of, slice=inside):
                return self._subscript(_last(of), inside)
            case ast.Call(func=function, args=arguments):
                known: Shape | None = LIMITED.get(_last(function))
                if known is None and _last(function) in LISTS:
                    known = Many(self.shape(arguments[0]) if arguments else Anything())
                return limited(known, _limits(node)) if known is not None else Anything()
            case ast.Name() | ast.Attribute():
                return self._named(node)
        return Anything()

    def _named(self, node: ast.expr) -> Shape:
        last = _last(node)
        if last in NAMED:
            return NAMED[last]
        return Many(Anything()) if last in LISTS else self.resolve(ast.unparse(node)) or Anything()

    def _subscript(self, name: str, inside: ast.expr) -> Shape:
        parts = inside.elts if isinstance(inside, ast.Tuple) else [inside]
        if name == "Literal":
            values = [_written(part) for part in parts]
            return Options(tuple(value for value in values if value is not None))
        if name in ("Optional", "Union"):
            none: list[ast.expr] = [ast.Constant(None)] if name == "Optional" else []
            return self._either((*parts, *none))
        if name in LISTS:
            return Many(self.shape(parts[0]))
        if name in PASSED:
            shape = self.shape(parts[0])
            for part in parts[1:]:
                shape = limited(shape, _limits(part)) if isinstance(part, ast.Call) else shape
            return shape
        return Anything()

    def _either(self, parts: tuple[ast.expr, ...]) -> Shape:
        flat: list[Shape] = []
        for part in parts:
            found = self.shape(part)
            flat += found.alternatives if isinstance(found, Either) else (found,)
        return Either(tuple(dict.fromkeys(flat)))


def _limits(call: ast.expr) -> dict[str, object]:
    """The limits that a call of ``Field`` and its like states."""
    if not isinstance(call, ast.Call) or _last(call.func) not in (*FIELDS, *LIMITED, *LISTS):
        return {}
    return {
        each.arg: each.value.value
        for each in call.keywords
        if each.arg is not None and isinstance(each.value, ast.Constant)
    }


def _last(node: ast.expr) -> str:
    return node.id if isinstance(node, ast.Name) else node.attr if isinstance(node, ast.Attribute) else ""


def _written(node: ast.expr) -> str | None:
    """A literal as JSON writes it."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str | int | float | bool | None):
        return json.dumps(node.value, ensure_ascii=False)
    return None


def object_of(fields: tuple[tuple[str, Shape], ...]) -> Shape:
    """An object of fields; without any, anything may be in it."""
    return Members(fields) if fields else Anything()
