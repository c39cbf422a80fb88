"""The units that stand in values and segments."""

from __future__ import annotations

from collections.abc import Iterator

from scrimp.link.values import Choice, Items, SiteKey, Value, Written
from scrimp.model.prompts import (
    BranchSegment,
    InlineSegment,
    LoopSegment,
    Segment,
    TextSegment,
    VariableSegment,
)


def top_units(value: Value) -> Iterator[SiteKey]:
    """The units that a value consists of, those inlined in others left out."""
    match value:
        case Written():
            yield from units_in(value.segments)
        case Choice() | Items():
            for each in value.values:
                yield from top_units(each)


def outermost_units(value: Value) -> list[SiteKey]:
    """The units that a value consists of; of a text put together in steps the one that holds all of them."""
    segments = value.segments if isinstance(value, Written) else ()
    whole = [each.prompt for each in segments if isinstance(each, InlineSegment)]
    return whole or list(top_units(value))


def units_in(segments: tuple[Segment, ...]) -> Iterator[SiteKey]:
    """The outermost units among segments."""
    for segment in segments:
        match segment:
            case InlineSegment() if _only_holds(segment.body):
                yield from units_in(segment.body)
            case InlineSegment():
                yield segment.prompt
            case BranchSegment():
                for alternative in segment.alternatives:
                    yield from units_in(alternative)
            case LoopSegment():
                yield from units_in(segment.body)


def holes_beside(segments: tuple[Segment, ...]) -> Iterator[VariableSegment]:
    """The holes among segments that stand in none of their outermost units."""
    for segment in segments:
        match segment:
            case VariableSegment():
                yield segment
            case InlineSegment() if _only_holds(segment.body):
                yield from holes_beside(segment.body)
            case BranchSegment():
                for alternative in segment.alternatives:
                    yield from holes_beside(alternative)
            case LoopSegment():
                yield from holes_beside(segment.body)


def _only_holds(segments: tuple[Segment, ...]) -> bool:
    """Whether a text has no word of its own and is there to put others together (``f"{ROLE} {TASK}"``)."""
    own = list(_flat_parts(segments))
    words = (segment.value for segment in own if isinstance(segment, TextSegment))
    return any(isinstance(segment, InlineSegment) for segment in own) and not any(
        character.isalnum() for value in words for character in value
    )


def _flat_parts(segments: tuple[Segment, ...]) -> Iterator[Segment]:
    """Segments and those within branches and loops, but not what is inlined."""
    for segment in segments:
        yield segment
        match segment:
            case BranchSegment():
                for alternative in segment.alternatives:
                    yield from _flat_parts(alternative)
            case LoopSegment():
                yield from _flat_parts(segment.body)
