"""What a prompt is carried by: the requests that send it, as a part of their own or inside of one, and its files."""

from __future__ import annotations

from collections.abc import Iterator

from scrimp.model.prompts import Prompt
from scrimp.model.segments import InlineSegment, TextSegment, VariableSegment, walk


def inside(prompt: Prompt) -> Iterator[str]:
    """The ids of the prompts that are sent with one: its own, and those that stand in it, as often as they do."""
    yield prompt.id
    yield from (each.prompt for each in walk(prompt.segments) if isinstance(each, InlineSegment))


def written_in(prompt: Prompt) -> Iterator[str]:
    """The paths of all files in which anything of a prompt is written, or of what fills its holes; some repeatedly."""
    yield prompt.path
    for each in walk(prompt.segments):
        if isinstance(each, TextSegment | VariableSegment):
            yield each.path
        if isinstance(each, VariableSegment):
            yield from (call.path for filler in each.fillers for call in filler.chain())
