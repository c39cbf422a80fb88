"""Lines of one repeated sign that part a prompt: three of it do as well as forty.

All of a prompt are one finding, so that lines that belong together stay alike.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, Final

import msgspec
from msgspec import Meta

from scrimp.checks.context import Context
from scrimp.checks.hits import Hit, place_of_first, removals, settings
from scrimp.checks.view import MARKS
from scrimp.config.cards import Card
from scrimp.expressions import compiled_late
from scrimp.model.measured import MeasuredPrompt

_KEPT: Final = 3
_LINE: Final = compiled_late(
    rf"(?:^|(?<=[\n{MARKS}]))[ \t]*+(([=\-_*#])\2{{{_KEPT},}}+)(?=[ \t]*+(?:\r?\n|\Z|[{MARKS}]))"
)


class Options(msgspec.Struct, frozen=True):
    """``min_length``: the fewest signs of a line that is told of."""

    min_length: Annotated[int, Meta(gt=_KEPT)]


def check(measured: MeasuredPrompt, card: Card, context: Context) -> Iterator[Hit]:  # noqa: ARG001
    """One hit a prompt, for all its long separators."""
    least = settings(card, Options).min_length
    long = [
        found.span(1) for found in _LINE.finditer(context.unprotected(card.protect)) if len(found[1]) >= least
    ]
    changes = removals(context.view, ((start + _KEPT, end) for start, end in long))
    if changes:
        path, start, end = place_of_first(changes, context)
        what = "a separator is" if len(changes) == 1 else f"{len(changes)} separators are"
        yield Hit(path, start, end, f"{what} longer than {_KEPT} signs", "", changes=changes)
