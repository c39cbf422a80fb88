"""The units that stand in values and segments."""

from __future__ import annotations

from collections.abc import Iterator

from scrimp.link.values import Choice, Hole, Items, SiteKey, Value, Written
from scrimp.model.arrangement import OneOf, Together
from scrimp.model.segments import (
    BranchSegment,
    InlineSegment,
    LoopSegment,
    Segment,
    TextSegment,
    VariableSegment,
)


def top_units(value: Value) -> Iterator[SiteKey]:
    """The units that a value consists of, those inlined in others left out."""
    return arranged(value).leaves()


def arranged(value: Value) -> Together[SiteKey]:
    """The same units, with those that exclude each other as alternatives; one without text is a part from outside."""
    match value:
        case Written():
            return Together(tuple(_pieces_in(value.segments)))
        case Choice():
            return Together((OneOf("", tuple(map(_alternative, value.values))),))
        case Items():
            return Together(tuple(piece for each in value.values for piece in arranged(each).pieces))
    return Together()


def _alternative(value: Value) -> Together[SiteKey]:
    return Together(open_parts=1) if isinstance(value, Hole) else arranged(value)


def outermost_units(value: Value) -> list[SiteKey]:
    """The units that a value consists of; of a text put together in steps the one that holds all of them."""
    segments = value.segments if isinstance(value, Written) else ()
    whole = [each.prompt for each in segments if isinstance(each, InlineSegment)]
    return whole or list(top_units(value))


def framing(segments: tuple[Segment, ...]) -> Iterator[SiteKey]:
    """The outermost units among segments, those included that only hold others."""
    for segment in segments:
        match segment:
            case InlineSegment():
                yield segment.prompt
            case BranchSegment():
                for alternative in segment.alternatives:
                    yield from framing(alternative)
            case LoopSegment():
                yield from framing(segment.body)


def arranged_in(segments: tuple[Segment, ...]) -> Together[SiteKey]:
    """The same units, with those that exclude each other as alternatives."""
    return Together(tuple(_pieces_in(segments)))


def _pieces_in(segments: tuple[Segment, ...]) -> Iterator[SiteKey | OneOf[SiteKey]]:
    for segment in segments:
        match segment:
            case InlineSegment() if _only_holds(segment.body):
                yield from _pieces_in(segment.body)
            case InlineSegment():
                yield segment.prompt
            case BranchSegment():
                several = tuple(map(_way, segment.alternatives))
                if any(each.pieces for each in several):
                    yield OneOf(segment.condition, several)
            case LoopSegment():
                yield from _pieces_in(segment.body)


def _way(segments: tuple[Segment, ...]) -> Together[SiteKey]:
    """An alternative; one that is nothing but a hole comes from outside."""
    pieces = tuple(_pieces_in(segments))
    is_hole = not pieces and any(isinstance(each, VariableSegment) for each in segments)
    return Together(pieces, open_parts=int(is_hole))


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
