"""What the tests of the linker share: small trees as text, linked, and what their requests send."""

from __future__ import annotations

from dataclasses import dataclass
from textwrap import dedent

from readers_examples import read

from scrimp.link import link
from scrimp.model.prompts import CacheMarker, Linked, Request
from scrimp.model.segments import (
    BranchSegment,
    InlineSegment,
    LoopSegment,
    MemberSegment,
    Segment,
    TextSegment,
    VariableSegment,
)


@dataclass(frozen=True)
class Sends:
    """What a request sends: role and text of each part (variables in braces), the model, the output cap.

    ``tools`` is the number of tools, ``caches`` what it asks to be cached.
    """

    sdk: str
    function: str
    parts: tuple[tuple[str, str], ...]
    model: str = ""
    output_cap: int = 0
    tools: int = 0
    caches: tuple[CacheMarker, ...] = ()


def linked(files: dict[str, str]) -> Linked:
    """A tree of files, linked."""
    return link({path: read(path, dedent(text)) for path, text in files.items()})


def explicit(found: Linked) -> list[Request]:
    """The requests that calls in code make."""
    return [request for request in found.requests if not request.implicit]


def sends(files: dict[str, str]) -> list[Sends]:
    """What the calls of a tree send."""
    found = linked(files)
    texts = {prompt.id: shown(prompt.segments) for prompt in found.prompts}
    return [
        Sends(
            request.sdk,
            request.function,
            tuple((part.role, texts[part.prompt]) for part in request.parts),
            request.model,
            request.output_cap,
            request.tools,
            request.cache_markers,
        )
        for request in explicit(found)
    ]


def shown(segments: tuple[Segment, ...]) -> str:
    """Text with its variables in braces, alternatives in brackets."""
    return "".join(map(_shown, segments))


def _shown(segment: Segment) -> str:
    match segment:
        case TextSegment(value):
            return value
        case VariableSegment(name):
            return "{" + name + "}"
        case InlineSegment(_, body):
            return shown(body)
        case LoopSegment(_, body):
            return shown(body) + "*"
        case BranchSegment(_, alternatives):
            return "[" + "|".join(map(shown, alternatives)) + "]"
        case MemberSegment(body):
            return f"[{shown(body)}]"
