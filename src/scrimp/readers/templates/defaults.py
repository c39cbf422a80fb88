"""What a template sends whatever is given, and what its variables hold where nothing else is given."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from scrimp.model.algebra import Branch, Expression, Join, Loop, Text, Variable


def with_defaults(expression: Expression, values: Mapping[str, Text]) -> Expression:
    """An expression in which each variable that has a default may be sent as that instead."""
    if not values:
        return expression
    match expression:
        case Variable(name) if name in values:
            return Branch(name, (expression, values[name]))
        case Join(parts):
            return Join(tuple(with_defaults(part, values) for part in parts))
        case Loop(over, body):
            return Loop(over, with_defaults(body, values))
        case Branch(condition, alternatives):
            return Branch(condition, tuple(with_defaults(each, values) for each in alternatives))
    return expression


def texts_of(expression: Expression) -> Iterator[Text]:
    """The fixed texts of a scanned template, in order."""
    match expression:
        case Text():
            yield expression
        case Join(parts) | Branch(_, parts):
            for part in parts:
                yield from texts_of(part)
        case Loop(_, body):
            yield from texts_of(body)
