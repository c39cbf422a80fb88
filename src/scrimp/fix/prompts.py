"""Whether prompts still say the same around what fixes replace, once the tree is linked anew.

A file alone doesn't tell all that a fix may change: which braces are holes is decided where a template is filled, and
a margin is taken off where the text is used, maybe in another file.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import zip_longest
from typing import Final

from scrimp.fix.outline import Atom, of_text
from scrimp.fix.shift import Shift
from scrimp.model.algebra import Text
from scrimp.model.findings import Edit
from scrimp.model.measured import MeasuredPrompt
from scrimp.model.prompts import Confidence, Prompt
from scrimp.model.segments import (
    BranchSegment,
    InlineSegment,
    LoopSegment,
    MemberSegment,
    Segment,
    TextSegment,
    VariableSegment,
    walk,
)

GONE: Final = "without it the text would no longer be found to be a prompt"
OTHER: Final = "the fix would change what the prompt says elsewhere, or its variables"
REPEATED: Final = "the same text stands in the prompt again, where the fix would change it, too"
LARGER: Final = "the fix would add tokens"

_NOTHING: Final = Shift.of(())


def broken(
    before: Sequence[MeasuredPrompt], after: Sequence[MeasuredPrompt], edits: Iterable[Edit]
) -> dict[str, str]:
    """The prompts that some edits do more to than replace text, by id, and the reason not to make the edits."""
    by_path: dict[str, list[Edit]] = {}
    for edit in edits:
        by_path.setdefault(edit.path, []).append(edit)
    shifts = {path: Shift.of(inside) for path, inside in by_path.items()}
    back = {path: shift.back for path, shift in shifts.items()}
    now = {each.prompt.id: each for each in after}
    reasons: dict[str, str] = {}
    for each in before:
        other = now.get(each.prompt.id)
        if other is None:
            if each.prompt.confidence is not Confidence.LOW:
                reasons[each.prompt.id] = GONE
        elif _is_repeated(each.prompt, shifts):
            reasons[each.prompt.id] = REPEATED
        elif not _same(each.prompt, other.prompt, shifts, back):
            reasons[each.prompt.id] = OTHER
        elif other.static > each.static:
            reasons[each.prompt.id] = LARGER
    return reasons


def paths_of(prompt: Prompt) -> frozenset[str]:
    """The files that a prompt's texts and variables stand in."""
    parts = (part for part in walk(prompt.segments) if isinstance(part, (TextSegment, VariableSegment)))
    return frozenset(part.path for part in parts)


def _is_repeated(prompt: Prompt, shifts: Mapping[str, Shift]) -> bool:
    """Whether anything that is replaced is written once and stands in the prompt twice, as what lists are joined by.

    The texts of prompts that stand inside are left out: what is wasteful there is so wherever they stand.
    """
    seen: set[tuple[str, int]] = set()
    for segment in _own_texts(prompt.segments):
        shift = shifts.get(segment.path, _NOTHING)
        for _, _, start, end in segment.pieces:
            for low, high in shift.between(start, end):
                place = segment.path, max(start, low)
                if place in seen and low < high:
                    return True
                seen.add(place)
    return False


def _own_texts(segments: Iterable[Segment]) -> Iterator[TextSegment]:
    for segment in segments:
        match segment:
            case TextSegment():
                yield segment
            case BranchSegment(_, alternatives):
                for alternative in alternatives:
                    yield from _own_texts(alternative)
            case LoopSegment(body=body) | MemberSegment(body=body):
                yield from _own_texts(body)


def _same(one: Prompt, other: Prompt, shifts: Mapping[str, Shift], back: Mapping[str, Shift]) -> bool:
    if shifts.keys().isdisjoint(paths_of(one)):
        return one.segments == other.segments
    atoms = zip_longest(_outline(one.segments, shifts), _outline(other.segments, back))
    return all(first == second for first, second in atoms)


def _outline(segments: Iterable[Segment], replaced: Mapping[str, Shift]) -> Iterator[Atom]:
    """The characters and marks of a prompt that aren't replaced, in order."""
    for segment in segments:
        match segment:
            case TextSegment(value, path, pieces):
                yield from of_text(Text(value, pieces), replaced.get(path, _NOTHING))
            case VariableSegment(name, path, start, end):
                changed = replaced.get(path, _NOTHING).stands_in(start, end)
                yield ("variable", "" if changed else name)
            case BranchSegment(condition, alternatives):
                yield "branch", condition
                for alternative in alternatives:
                    yield from _outline(alternative, replaced)
                    yield ("or",)
            case LoopSegment(over, body):
                yield "loop", over
                yield from _outline(body, replaced)
                yield ("end",)
            case MemberSegment(body):
                yield ("member",)
                yield from _outline(body, replaced)
                yield ("end",)
            case InlineSegment(prompt, body):
                yield "prompt", prompt
                yield from _outline(body, replaced)
                yield ("end",)
