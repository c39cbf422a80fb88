"""Schemas that calls build, as those of zod and its like: ``z.object({label: z.enum(["a", "b"])})``."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import TypeAlias

from scrimp.link.answers.limits import limited
from scrimp.link.evaluation import Evaluator
from scrimp.link.values import Environment, Items, Made, Number, Value, literal
from scrimp.model import answers
from scrimp.model.algebra import Argument, Call, Expression, Item, Mapping, Reference
from scrimp.model.answers import Anything, Either, Many, Members, Nothing, Options, Shape, Text, Truth

MOST_NESTED = 40  # calls of one schema within each other
BASIC: dict[str, Shape] = {
    "string": Text(),
    "number": answers.Number(),
    "int": answers.Number(),
    "bigint": answers.Number(),
    "boolean": Truth(),
    "null": Nothing(),
    "date": Text(32),
    "uuid": Text(36),
    "email": Text(),
    "url": Text(),
}
LIMITS = {"max": "max", "min": "min", "length": "length", "lte": "max", "lt": "max", "nonempty": "min"}
"""Methods that limit what they are called on."""

Within: TypeAlias = Callable[[Expression], Shape]


def shape_of(made: Made, evaluator: Evaluator) -> Shape | None:
    """The shape of a schema that a call makes; ``None`` for what is no schema."""
    found = _Reading(evaluator, made.path, made.given).shape(made.call, 0)
    return None if isinstance(found, Anything) else found


class _Reading:
    """Reads the schema of one call."""

    def __init__(self, evaluator: Evaluator, path: str, given: Environment) -> None:
        self._evaluator, self._path, self._given = evaluator, path, given

    def shape(self, expression: Expression, depth: int) -> Shape:
        """The shape of an expression, names followed."""
        if depth > MOST_NESTED:
            return Anything()
        match expression:
            case Call():
                return self._call(expression, depth)
            case Reference():
                value = self._value(expression)
                if isinstance(value, Made):
                    return _Reading(self._evaluator, value.path, value.given).shape(value.call, depth + 1)
        return Anything()

    def _call(self, call: Call, depth: int) -> Shape:
        """What one call of a chain makes: the schema itself, or what it is called on with a limit."""
        of, name = _receiver(call.function)
        if isinstance(of, Call):
            shape = self.shape(of, depth + 1)
            if name in LIMITS:
                return _limited(shape, LIMITS[name], self._number(call))
            if name in ("optional", "nullable", "nullish"):
                return Either((shape, Nothing()))
            return Many(shape) if name == "array" else shape
        arguments = call.arguments
        match name:
            case "object" | "strictObject" | "looseObject":
                return self._object(arguments, depth)
            case "array" | "set" if arguments:
                return Many(self.shape(arguments[0].value, depth + 1))
            case "enum" | "picklist" if arguments:
                return self._options(arguments[0].value)
            case "literal" if arguments:
                written = _json(self._value(arguments[0].value))
                return Options((written,)) if written is not None else Anything()
            case "union" | "discriminatedUnion" if arguments:
                return self._union(arguments[-1].value, depth)
            case "optional" | "nullable" | "nullish" if arguments:
                return Either((self.shape(arguments[0].value, depth + 1), Nothing()))
        return BASIC.get(name, Anything())

    def _object(self, arguments: tuple[Argument, ...], depth: int) -> Shape:
        """An object's members, which JavaScript's readers give as keywords."""
        named = [(each.name, each.value) for each in arguments if each.name]
        if not named and arguments and isinstance(arguments[0].value, Mapping):
            named = [(key, value) for key, value in arguments[0].value.entries if key is not None]
        members = tuple((name, self.shape(value, depth + 1)) for name, value in named)
        return Members(members) if members else Anything()

    def _options(self, expression: Expression) -> Shape:
        value = self._value(expression)
        written = [_json(each) for each in value.values] if isinstance(value, Items) else []
        return Options(tuple(each for each in written if each is not None)) if written else Anything()

    def _union(self, expression: Expression, depth: int) -> Shape:
        parts = getattr(expression, "items", ())
        return Either(tuple(self.shape(part, depth + 1) for part in parts)) if parts else Anything()

    def _number(self, call: Call) -> int | None:
        value = self._value(call.arguments[0].value) if call.arguments else None
        known = value.value if isinstance(value, Number) else None
        return known if isinstance(known, int) and not isinstance(known, bool) else None

    def _value(self, expression: Expression) -> Value:
        return self._evaluator.evaluate(expression, self._path, self._given)


def _receiver(function: Expression) -> tuple[Expression | None, str]:
    """What a method is called on if that is a call, and the method's name."""
    match function:
        case Item(of=of, key=key):
            return of, str(key)
        case Reference(name=name):
            return None, name.rpartition(".")[2]
    return None, ""


def _limited(shape: Shape, limit: str, number: int | None) -> Shape:
    if number is None:
        return shape
    most, least = {"maxLength": number, "maxItems": number, "maximum": number}, {"minItems": number}
    return limited(shape, {"max": most, "min": least, "length": {**most, **least}}[limit])


def _json(value: Value) -> str | None:
    if isinstance(value, Number):
        return json.dumps(value.value)
    text = literal(value)
    return None if text is None else json.dumps(text, ensure_ascii=False)
