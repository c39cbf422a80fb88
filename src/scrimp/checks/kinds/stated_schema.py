"""A schema that the call declares and the prompt writes out again: the model is given it twice.

Providers put the schema of a response format or a forced tool in front of the prompt and hold the model to it. What the
prompt adds in words is not the waste, only the object with the same names.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

import msgspec

from scrimp.checks.context import Context, RequestContext
from scrimp.checks.hits import Hit, Span, place_of, removals, settings
from scrimp.checks.view import EDGE
from scrimp.config.cards import Card
from scrimp.expressions import compiled_late
from scrimp.model.answers import Either, Many, Members, Shape
from scrimp.model.measured import MeasuredRequest

_KEY: Final = compiled_late(r"[\"'](\w+)[\"'][ \t]*:")
_BRACKET: Final = compiled_late(rf"[{{}}{EDGE}]")


class Options(msgspec.Struct, frozen=True):
    """``min_share`` of the schema's names that are written out again, and ``min_names`` that it must have."""

    min_share: float
    min_names: int


def check(measured: MeasuredRequest, card: Card, context: RequestContext) -> Iterator[Hit]:
    """One hit for each prompt that writes out an object with the names of the schema."""
    asked, options = measured.request.answer, settings(card, Options)
    names = set() if asked is None else set(_names(asked.shape))
    if asked is None or len(names) < options.min_names:
        return
    for prompt in context.prompts:
        own = context.tree.of(prompt)
        for span in _objects(own.view.text):
            again = names & set(_KEY.findall(own.view.text, *span))
            if prompt.prompt.kind != "tool" and len(again) >= options.min_share * len(names):
                yield _hit(own, span, len(again), asked.name)
                break


def _names(shape: Shape) -> Iterator[str]:
    """The names of members, those within other members included."""
    match shape:
        case Members():
            for name, inner in shape.members:
                yield name
                yield from _names(inner)
        case Many():
            yield from _names(shape.of)
        case Either():
            for each in shape.alternatives:
                yield from _names(each)


def _objects(text: str) -> Iterator[Span]:
    """The outermost pairs of braces that hold names, as they are written in a prompt, doubled braces too."""
    depth = start = 0
    for found in _BRACKET.finditer(text):
        if found[0] == "{":
            start = start if depth else found.start()
            depth += 1
        elif found[0] == "}" and depth:
            depth -= 1
            if not depth and _KEY.search(text, start, found.end()):
                yield start, found.end()
        elif found[0] == EDGE:
            depth = 0


def _hit(own: Context, span: Span, names: int, schema: str) -> Hit:
    path, start, end = place_of(own, span)
    told = f" {schema}" if schema else ""
    return Hit(
        path=path,
        start=start,
        end=end,
        message=f"{names} names of the schema{told} that the call declares are written out again",
        identity=schema,
        changes=removals(own.view, (span,)),
        advice=True,
        prompt=own.measured.prompt.id,
    )
