"""Filters in Jinja tags as calls: ``rows | tojson(indent=2)`` is ``tojson(rows, indent=2)``.

Of arguments only constants are read; whatever else is given to a filter is unknown.
"""

from __future__ import annotations

from collections.abc import Sequence

from scrimp.model.algebra import Argument, Call, Constant, Expression, Text, Unknown
from scrimp.model.pieces import source_range
from scrimp.readers.templates.jinja_tokens import Token

_CONSTANTS = {"true": True, "false": False, "none": None}
MOST_FILTERS = 20  # of one expression; what has more is a hole like any other


def filtered(text: Text, tokens: Sequence[Token], where: tuple[int, int]) -> Call | None:
    """What the filters at the end of an expression make of it; ``None`` if it has none.

    ``where`` is the place of the whole expression, which stands for that of each filter.
    """
    subject, *filters = _split(tokens, "|")
    if not filters or len(filters) > MOST_FILTERS:
        return None
    of: Expression = Unknown(text.value[subject[0].start : subject[-1].end] if subject else "")
    call: Call | None = None
    for each in filters:
        inside = _inside(each)
        if inside is None:
            return None
        arguments = (_argument(text, part) for part in _split(inside, ",") if part)
        call = Call(Unknown(each[0].value), (Argument("", of), *arguments), *where)
        of = call
    return call


def _inside(tokens: Sequence[Token]) -> Sequence[Token] | None:
    """The tokens between the brackets of a filter, none if it has no brackets; ``None`` if it isn't all there is."""
    if len(tokens) == 1 and tokens[0].kind == "name":
        return ()
    if len(tokens) < 3 or tokens[0].kind != "name" or tokens[1].value != "(":
        return None
    depth = 0
    for number, token in enumerate(tokens[1:], start=1):
        depth += (token.kind == "open") - (token.kind == "close")
        if depth == 0:
            return tokens[2:number] if number == len(tokens) - 1 else None
    return None


def _argument(text: Text, tokens: Sequence[Token]) -> Argument:
    where = source_range(text, tokens[0].start, tokens[-1].end) or (0, 0)
    if len(tokens) > 2 and tokens[0].kind == "name" and tokens[1].value == "=":
        return Argument(tokens[0].value, _value(tokens[2:]), *where)
    return Argument("", _value(tokens), *where)


def _value(tokens: Sequence[Token]) -> Expression:
    written = "".join(token.value for token in tokens)
    if len(tokens) == 1 and tokens[0].kind == "string":
        return Text(written[1:-1])
    if written.lower() in _CONSTANTS:
        return Constant(_CONSTANTS[written.lower()])
    return Constant(int(written)) if written.isascii() and written.isdigit() else Unknown(written)


def _split(tokens: Sequence[Token], mark: str) -> list[Sequence[Token]]:
    """Tokens between the marks that stand outside of brackets; ``x or y | f`` filters ``y`` alone, as does Jinja."""
    parts: list[Sequence[Token]] = []
    depth, start = 0, 0
    for number, token in enumerate(tokens):
        depth += (token.kind == "open") - (token.kind == "close")
        if depth == 0 and token.value == mark and token.kind == "other":
            parts.append(tokens[start:number])
            start = number + 1
    return [*parts, tokens[start:]]
