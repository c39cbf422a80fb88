"""A loop of a template over all there is: nothing says how many items a prompt may get."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from scrimp.checks.context import Context
from scrimp.checks.hits import Hit
from scrimp.config.cards import Card
from scrimp.expressions import compiled_late
from scrimp.model.measured import MeasuredPrompt
from scrimp.model.segments import LoopSegment, Segment, TextSegment, VariableSegment, walk

_BOUND: Final = compiled_late(
    r"\[[^\]]*:[^\]]*\]|\b(?:range|limit|first|last|slice|truncate|top_?k|top_?n|max_\w+)\b|^\["
)
"""What in the source of a loop's list bounds it: a slice, a filter, a name that says so, or items written out."""

_OF_PYTHON: Final = "for "
"""How the source of a comprehension begins that puts a template together."""


def check(measured: MeasuredPrompt, card: Card, context: Context) -> Iterator[Hit]:  # noqa: ARG001
    """One hit for each loop of a Jinja template whose list has no bound."""
    if measured.prompt.template != "jinja":
        return
    for segment in walk(measured.prompt.segments):
        if not isinstance(segment, LoopSegment) or segment.items is not None:
            continue
        if segment.over.startswith(_OF_PYTHON) or _BOUND.search(segment.over):
            continue
        path, start, end = _place(segment.body) or (
            measured.prompt.path,
            measured.prompt.start,
            measured.prompt.end,
        )
        yield Hit(path, start, end, f"nothing bounds how many of `{segment.over}` are put in", segment.over)


def _place(body: tuple[Segment, ...]) -> tuple[str, int, int] | None:
    """Where the first thing stands that a loop repeats."""
    for segment in walk(body):
        match segment:
            case VariableSegment(path=path, start=start, end=end) if end > start:
                return path, start, end
            case TextSegment(path=path, pieces=((_, _, start, end), *_)) if segment.value.strip():
                return path, start, end
    return None
