"""Which requests send a prompt: as a part of their own, or inside of one."""

from __future__ import annotations

from collections.abc import Iterator

from scrimp.model.prompts import InlineSegment, Prompt, walk


def inside(prompt: Prompt) -> Iterator[str]:
    """The ids of the prompts that are sent with one: its own, and those that stand in it, as often as they do."""
    yield prompt.id
    yield from (each.prompt for each in walk(prompt.segments) if isinstance(each, InlineSegment))
