"""What a prompt's text consists of, in order: text, variables, alternatives, loops, and other prompts' text."""

# Annotations are not postponed: msgspec would evaluate them at every start (see ``model.algebra``).

from collections.abc import Iterator
from typing import TypeAlias, Union

from msgspec import Struct

from scrimp.model.algebra import Piece
from scrimp.model.fillers import Filler


class TextSegment(Struct, tag=True, frozen=True, gc=False):
    """Fixed text, written in file ``path`` where ``pieces`` map it (see ``algebra.Piece``)."""

    value: str
    path: str
    pieces: tuple[Piece, ...]


class VariableSegment(Struct, tag=True, frozen=True, eq=False, gc=False):
    """A hole at offsets ``start`` to ``end`` of file ``path``; both are 0 where it is written nowhere.

    ``fillers`` are the calls whose value may fill it, as far as they are known; what fills a hole doesn't make it
    another one.
    """

    name: str
    path: str
    start: int
    end: int
    fillers: tuple[Filler, ...] = ()

    def __eq__(self, other: object) -> bool:
        return isinstance(other, VariableSegment) and self._place() == other._place()

    def __hash__(self) -> int:
        return hash(self._place())

    def _place(self) -> tuple[str, str, int, int]:
        return self.name, self.path, self.start, self.end


class BranchSegment(Struct, tag=True, frozen=True, gc=False):
    """Exclusive alternatives."""

    condition: str
    alternatives: "tuple[tuple[Segment, ...], ...]"


class LoopSegment(Struct, tag=True, frozen=True, gc=False):
    """A body sent once for each of ``over``; ``items`` is their number where it is written down."""

    over: str
    body: "tuple[Segment, ...]"
    items: int | None = None


class InlineSegment(Struct, tag=True, frozen=True, gc=False):
    """The text of another prompt, by its id, that stands inside this one."""

    prompt: str
    body: "tuple[Segment, ...]"


class MemberSegment(Struct, tag=True, frozen=True, gc=False):
    """One of the texts that a tool or a schema consists of: its own description, or that of a field.

    They are sent together and apart from each other, so text never runs from one into another.
    """

    body: "tuple[Segment, ...]"


Segment: TypeAlias = Union[  # noqa: UP007  the names below are strings until the module is whole
    TextSegment, VariableSegment, BranchSegment, LoopSegment, InlineSegment, MemberSegment
]


def walk(segments: tuple[Segment, ...]) -> Iterator[Segment]:
    """All segments, outer before inner, in the order of the text."""
    waiting = [*reversed(segments)]
    while waiting:
        segment = waiting.pop()
        yield segment
        match segment:
            case TextSegment() | VariableSegment():  # as most are
                pass
            case BranchSegment():
                for alternative in reversed(segment.alternatives):
                    waiting += reversed(alternative)
            case LoopSegment() | InlineSegment() | MemberSegment():
                waiting += reversed(segment.body)
