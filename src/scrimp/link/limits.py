"""How much one text or one name may hold, so that a few lines that double each other stay small."""

from __future__ import annotations

from collections.abc import Callable, Collection
from itertools import chain
from operator import attrgetter
from typing import Any

from msgspec.structs import replace

from scrimp.link.values import Choice, Entries, Hole, Items, Value, Written
from scrimp.model.segments import (
    BranchSegment,
    InlineSegment,
    LoopSegment,
    Segment,
    TextSegment,
    VariableSegment,
)

MOST_CHARACTERS = 1_000_000
"""Of one text with all that is put into it: about as much as the longest context of a model holds."""
SEGMENT_WEIGHT = 100  # characters that a segment counts on top of its own, since it costs work even if empty
MOST_NESTED = 32  # texts within texts, branches and loops counted too
MOST_PARTS = 50_000  # of what one name holds: members of its lists and dictionaries, segments of its texts
PARTS: dict[type, Callable[[Any], Collection[Value | Segment]]] = {
    Items: attrgetter("values"),
    Choice: attrgetter("values"),
    Entries: lambda entries: entries.values.values(),
    Written: attrgetter("segments"),
    LoopSegment: attrgetter("body"),
    BranchSegment: lambda branch: tuple(chain.from_iterable(branch.alternatives)),
}
"""What the parts of values and segments are that have any."""


def bounded_value(value: Value) -> Value:
    """What a name holds if that is small enough, else a hole; texts that are inlined in it count as one part."""
    waiting: list[Any] = [value]
    count = 1
    while waiting:
        whole = waiting.pop()
        if type(whole) in PARTS:
            parts = PARTS[type(whole)](whole)
            count += len(parts)
            if count > MOST_PARTS:
                return Hole("…")
            waiting += parts
    return value


def bounded(segments: tuple[Segment, ...]) -> tuple[Segment, ...]:
    """Segments as they are if they are small enough, else with holes in place of what is inlined in them."""
    return _own(segments) if _is_too_large(segments) else segments


def _is_too_large(segments: tuple[Segment, ...]) -> bool:
    waiting = [(segments, 0)]
    size = 0
    while waiting:
        parts, depth = waiting.pop()
        size += SEGMENT_WEIGHT * len(parts)
        if size > MOST_CHARACTERS or depth > MOST_NESTED:
            return True
        for part in parts:
            match part:
                case TextSegment():
                    size += len(part.value)
                case InlineSegment() | LoopSegment():
                    waiting.append((part.body, depth + 1))
                case BranchSegment():
                    waiting += ((alternative, depth + 1) for alternative in part.alternatives)
    return False


def _own(segments: tuple[Segment, ...]) -> tuple[Segment, ...]:
    result: list[Segment] = []
    for segment in segments:
        match segment:
            case InlineSegment():
                result.append(VariableSegment("…", "", 0, 0))
            case LoopSegment():
                result.append(replace(segment, body=_own(segment.body)))
            case BranchSegment():
                alternatives = tuple(_own(alternative) for alternative in segment.alternatives)
                result.append(BranchSegment(segment.condition, alternatives))
            case _:
                result.append(segment)
    return tuple(result)
