"""A prompt as it would be sent without what is wasted: its segments with changes of its text made."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from msgspec import Struct
from msgspec.structs import replace

from scrimp.checks.view import Stretch, view
from scrimp.model.prompts import Prompt
from scrimp.model.savings import Change
from scrimp.model.segments import (
    BranchSegment,
    InlineSegment,
    LoopSegment,
    MemberSegment,
    Segment,
    TextSegment,
)


def without(prompts: Sequence[Prompt], wasted: Mapping[str, Sequence[Change]]) -> tuple[Prompt, ...]:
    """Prompts with changes made in their texts, by id, also where they stand in others.

    Changes must not overlap. Where a prompt stands in another with another text than its own, it stays as it is.
    """
    lean: dict[str, tuple[tuple[Segment, ...], tuple[Segment, ...]]] = {}
    for prompt in prompts:
        changes = wasted.get(prompt.id)
        if changes:
            ordered = sorted(changes, key=lambda change: change.start)
            lean[prompt.id] = (
                prompt.segments,
                _Writer(iter(view(prompt).stretches), ordered).written(prompt.segments),
            )
    return tuple(
        replace(prompt, segments=_inlined(lean[prompt.id][1] if prompt.id in lean else prompt.segments, lean))
        for prompt in prompts
    )


def _inlined(
    segments: tuple[Segment, ...], lean: Mapping[str, tuple[tuple[Segment, ...], tuple[Segment, ...]]]
) -> tuple[Segment, ...]:
    """Segments with the lean text of the prompts that stand in them."""
    made: list[Segment] = []
    for segment in segments:
        match segment:
            case InlineSegment(prompt=name, body=body):
                full, short = lean.get(name, ((), ()))
                made.append(replace(segment, body=_inlined(short if body == full else body, lean)))
            case LoopSegment(body=body) | MemberSegment(body=body):
                made.append(replace(segment, body=_inlined(body, lean)))
            case BranchSegment(alternatives=alternatives):
                arms = tuple(_inlined(each, lean) for each in alternatives)
                made.append(replace(segment, alternatives=arms))
            case _:
                made.append(segment)
    return tuple(made)


class _Writer(Struct, frozen=True):
    """Writes segments anew. Those with text come in the order of ``stretches``, which tell where each stands."""

    stretches: Iterator[Stretch]
    changes: Sequence[Change]

    def written(self, segments: tuple[Segment, ...]) -> tuple[Segment, ...]:
        """The segments with the changes made in their texts."""
        made: list[Segment] = []
        for segment in segments:
            match segment:
                case TextSegment(value=value) if value:
                    made.append(replace(segment, value=self._text(next(self.stretches)), pieces=()))
                case LoopSegment(body=body) | MemberSegment(body=body):
                    made.append(replace(segment, body=self.written(body)))
                case BranchSegment(alternatives=alternatives):
                    arms = tuple(self.written(each) for each in alternatives)
                    made.append(replace(segment, alternatives=arms))
                case _:
                    made.append(segment)
        return tuple(made)

    def _text(self, stretch: Stretch) -> str:
        """What becomes of a text; what replaces more than it stands where the first of that was."""
        text, parts, at = stretch.segment.value, [], stretch.start
        for change in self.changes:
            start, end = max(change.start, stretch.start), min(change.end, stretch.end)
            if start < end:
                parts.append(text[at - stretch.start : start - stretch.start])
                parts.append(change.text if change.start >= stretch.start else "")
                at = end
        return "".join((*parts, text[at - stretch.start :]))
