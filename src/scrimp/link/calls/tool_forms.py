"""What a call declares of its tools besides their descriptions: names and schemas, and whether one must be used.

Descriptions are prompts of their own; what is around them is framing, which providers charge for as well.
"""

from __future__ import annotations

import json
from collections.abc import Iterator

from msgspec import Struct, field

from scrimp.link.values import Choice, Entries, Items, Number, Value, literal

DESCRIPTION = "description"
MOST_NODES = 2_000  # of the schema of one tool
FORCED = frozenset(("any", "required", "tool", "function", "ANY"))
"""Choices by which a model must use a tool: of OpenAI, Anthropic, Google and others."""
CHOICES = ("tool_choice", "toolChoice")
"""Arguments that say which tool is used, beside the one that has the tools."""
KINDS = ("type", "mode")
"""Where a choice that is written as a dictionary says what it is; one without these names its tool."""


def declared(tool: Value) -> str:
    """A tool that is written out as JSON, its descriptions left empty; ``""`` if it isn't written out."""
    if not isinstance(tool, Entries):
        return ""
    return json.dumps(_Writer().plain(tool), ensure_ascii=False, sort_keys=False)


def is_forced(choice: Value) -> bool:
    """Whether a model must use a tool by what an argument says."""
    if isinstance(choice, Entries):
        kinds = [literal(choice.values[key]) for key in KINDS if key in choice.values]
        return any(kind in FORCED for kind in kinds)
    return literal(choice) in FORCED


class _Writer(Struct):
    """Makes plain data of values, of so many nodes at most: what is shared in the source is written out each time."""

    left: int = field(default=MOST_NODES)

    def plain(self, value: Value) -> object:
        self.left -= 1
        if self.left < 0:
            return None
        match value:
            case Entries():
                return dict(self._entries(value))
            case Items():
                return [self.plain(each) for each in value.values]
            case Choice() if value.values:
                return self.plain(value.values[0])
            case Number():
                return value.value
        return literal(value) or ""

    def _entries(self, value: Entries) -> Iterator[tuple[str, object]]:
        for key, each in value.values.items():
            # A property may be called so too; then it is a schema.
            described = key == DESCRIPTION and not isinstance(each, Entries)
            yield key, "" if described else self.plain(each)
