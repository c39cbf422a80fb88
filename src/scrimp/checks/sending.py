"""Prompts in the order in which they are sent, as caches of providers see them."""

from __future__ import annotations

from collections.abc import Iterator

from scrimp.model.measured import MeasuredPrompt
from scrimp.model.segments import BranchSegment, Segment, TextSegment, VariableSegment, walk


def sent(segments: tuple[Segment, ...]) -> Iterator[TextSegment | VariableSegment]:
    """Text and variables in order; of a branch, whose text isn't always sent, only the variables."""
    for segment in segments:
        match segment:
            case TextSegment() | VariableSegment():
                yield segment
            case BranchSegment():
                yield from (part for part in walk((segment,)) if isinstance(part, VariableSegment))
            case _:
                yield from sent(segment.body)


def where(measured: MeasuredPrompt, variable: VariableSegment) -> tuple[str, int, int]:
    """Where the variable is written; the prompt where it is written nowhere."""
    if variable.end > variable.start:
        return variable.path, variable.start, variable.end
    return measured.prompt.path, measured.prompt.start, measured.prompt.end
