"""What the tests of the linker share: small repositories written inline, and texts as a reader sees them."""

from __future__ import annotations

from collections.abc import Mapping
from textwrap import dedent

from scrimp.link import link
from scrimp.model.prompts import Linked, Prompt, Request
from scrimp.model.segments import (
    BranchSegment,
    InlineSegment,
    LoopSegment,
    MemberSegment,
    Segment,
    TextSegment,
    VariableSegment,
)
from scrimp.model.source import Source
from scrimp.readers import reader_for


def linked(files: Mapping[str, str]) -> Linked:
    """The prompts and requests of a repository, its files' common indentation taken off."""
    facts = {}
    for path, text in files.items():
        own = dedent(text).lstrip("\n")
        reader = reader_for(path, own[:1000].encode())
        assert reader is not None, path
        facts[path] = reader.read(Source(path, own, ""))
    return link(facts)


def linked_module(text: str) -> Linked:
    """The prompts and requests of a repository with the one file ``app.py``."""
    return linked({"app.py": text})


def prompt(found: Linked, name: str) -> Prompt:
    """The prompt with this id; ``app.py::`` may be left out."""
    by_id = {each.id: each for each in found.prompts}
    return by_id[name] if name in by_id else by_id[f"app.py::{name}"]


def ids(found: Linked) -> list[str]:
    """The ids of all prompts, in order."""
    return [each.id for each in found.prompts]


def explicit(found: Linked) -> list[Request]:
    """The requests that a call makes."""
    return [each for each in found.requests if not each.implicit]


def implicit(found: Linked) -> list[Request]:
    """The requests that stand for prompts that no known call carries."""
    return [each for each in found.requests if each.implicit]


def sent(request: Request) -> list[tuple[str, str]]:
    """What a request sends: role and name (the part of the id behind ``::``), in order."""
    return [(part.role, part.prompt.rpartition("::")[2]) for part in request.parts]


def shown(one: Prompt) -> str:
    """A prompt's text: variables as ``{name}``, branches as ``<this|that>``, loops as ``(body)*``, members as ``[text]``."""
    return _shown(one.segments)


def _shown(segments: tuple[Segment, ...]) -> str:
    written = []
    for segment in segments:
        match segment:
            case TextSegment():
                written.append(segment.value)
            case VariableSegment():
                written.append(f"{{{segment.name}}}")
            case BranchSegment():
                written.append("<" + "|".join(map(_shown, segment.alternatives)) + ">")
            case LoopSegment():
                written.append(f"({_shown(segment.body)})*")
            case InlineSegment():
                written.append(_shown(segment.body))
            case MemberSegment():
                written.append(f"[{_shown(segment.body)}]")
    return "".join(written)
