"""A tool's description that documents its parameters, which the tool's schema describes again."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from scrimp.checks.context import Context
from scrimp.checks.hits import Hit, place_of, removals
from scrimp.config.cards import Card
from scrimp.expressions import compiled_late
from scrimp.model.measured import MeasuredPrompt

_SECTION: Final = compiled_late(
    r"(?m)^(?P<margin>[ \t]*)(?:Args|Arguments|Parameters|Params)[ \t]*:?[ \t]*\n(?:[ \t]*-{3,}[ \t]*\n)?"
    r"(?P<body>(?:(?:(?P=margin)[ \t]+\S[^\n]*|[ \t]*)(?:\n|\Z))+)"
)
"""The section of a docstring that names parameters, in Google's style or NumPy's, with what is indented below it."""


def check(measured: MeasuredPrompt, card: Card, context: Context) -> Iterator[Hit]:  # noqa: ARG001
    """At most one hit, for the section that names the parameters."""
    found = _SECTION.search(context.view.text) if measured.prompt.kind == "tool" else None
    if found is None or not found["body"].strip():
        return
    span = (found.start(), found.start() + len(found[0].rstrip()))
    path, start, end = place_of(context, span)
    yield Hit(
        path=path,
        start=start,
        end=end,
        message="the parameters are described here and in the tool's schema",
        identity="",
        changes=removals(context.view, (span,)),
        advice=True,
    )
