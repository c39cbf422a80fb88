"""A prompt's text as people read it, with names where its holes are."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from scrimp.model.measured import MeasuredPrompt
from scrimp.model.segments import (
    BranchSegment,
    InlineSegment,
    LoopSegment,
    MemberSegment,
    Segment,
    TextSegment,
    VariableSegment,
)


def readable(measured: MeasuredPrompt) -> str | None:
    """The text, what stands inside of it included; ``None`` for a saved audit's prompt, which has only a hash.

    Holes are ``{name}``, branches ``{if condition}…{else}…{end}``, loops ``{for each of them}…{end}``, and each member
    of a schema ends its line: no template language of any file, but enough to see what changed.
    """
    segments = measured.prompt.segments
    if segments == (TextSegment(measured.text_sha256, "", ()),):
        return None
    return "".join(_parts(segments))


def _parts(segments: Iterable[Segment]) -> Iterator[str]:
    for segment in segments:
        match segment:
            case TextSegment():
                yield segment.value
            case VariableSegment():
                yield f"{{{segment.name}}}"
            case BranchSegment():
                for position, alternative in enumerate(segment.alternatives):
                    yield "{else}" if position else f"{{if {segment.condition}}}"
                    yield from _parts(alternative)
                yield "{end}"
            case LoopSegment():
                yield f"{{for {segment.over}}}"
                yield from _parts(segment.body)
                yield "{end}"
            case InlineSegment():
                yield from _parts(segment.body)
            case MemberSegment():
                yield from _parts(segment.body)
                yield "\n"
