"""A large variable that stands in a prompt more than once: each call sends what fills it again."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import Final

import msgspec

from scrimp.checks.context import Context
from scrimp.checks.hits import Hit, settings
from scrimp.checks.sending import where
from scrimp.checks.view import Arms
from scrimp.config.cards import Card
from scrimp.expressions import compiled_late
from scrimp.model.measured import MeasuredPrompt
from scrimp.model.segments import (
    BranchSegment,
    InlineSegment,
    LoopSegment,
    MemberSegment,
    Segment,
    VariableSegment,
)

_WORD: Final = compiled_late(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+")
_BRACKETS: Final = 8
"""The most characters that the marks of a hole take: where more stands in it, it isn't the variable as it is."""

_NUMBERS: Final = frozenset({"max", "min", "num", "number", "n", "total", "target", "top"})
"""First words of names that hold a number of something."""


class Options(msgspec.Struct, frozen=True):
    """``words``: last words of the names of variables that hold much; ``min_tokens`` of others, where they are told."""

    words: list[str]
    min_tokens: int


def check(measured: MeasuredPrompt, card: Card, context: Context) -> Iterator[Hit]:  # noqa: ARG001
    """One hit for each such variable, at the second place that is sent with the first."""
    options = settings(card, Options)
    if measured.prompt.inlined:
        return
    sizes = {each.name: each.tokens for each in measured.variables if each.told}
    places: defaultdict[str, list[tuple[VariableSegment, Arms]]] = defaultdict(list)
    for hole, arms in _holes(measured.prompt.segments, (), iter(range(1_000_000))):
        places[hole.name].append((hole, arms))
    for name, found in places.items():
        size = sizes.get(name)
        if not (_is_large(name, options) if size is None else size >= options.min_tokens):
            continue
        together = _together(found)
        if len(together) < 2:
            continue
        path, start, end = where(measured, together[1])
        yield Hit(
            path=path,
            start=start,
            end=end,
            message=f"`{name}` is put in {len(together)} times, and each call pays for all of them",
            identity=name,
            tokens_saved=None if size is None else size * (len(together) - 1),
        )


def _holes(
    segments: tuple[Segment, ...], arms: Arms, numbers: Iterator[int]
) -> Iterator[tuple[VariableSegment, Arms]]:
    """The holes that are a variable as it is, with the alternatives around them; those of loops hold one item each."""
    for segment in segments:
        match segment:
            case VariableSegment(name=name, start=start, end=end, fillers=fillers):
                if name and not fillers and 0 < end - start <= len(name) + _BRACKETS:
                    yield segment, arms
            case BranchSegment():
                number = next(numbers)
                for arm, alternative in enumerate(segment.alternatives):
                    yield from _holes(alternative, (*arms, (number, arm)), numbers)
            case InlineSegment() | MemberSegment():
                yield from _holes(segment.body, arms, numbers)
            case LoopSegment():
                pass


def _together(found: Sequence[tuple[VariableSegment, Arms]]) -> list[VariableSegment]:
    """The first hole, and those that one call sends with it and with each other."""
    kept: list[tuple[VariableSegment, Arms]] = []
    for hole, arms in found:
        if not any(_exclude(arms, other) or hole == known for known, other in kept):
            kept.append((hole, arms))
    return [hole for hole, _ in kept]


def _exclude(one: Arms, other: Arms) -> bool:
    taken = dict(one)
    return any(taken.get(branch, arm) != arm for branch, arm in other)


def _is_large(name: str, options: Options) -> bool:
    """Whether the last word of a name says that much may fill it."""
    words = [word.lower() for word in _WORD.findall(name)]
    if not words or words[0] in _NUMBERS or "per" in words:
        return False
    return not {words[-1], words[-1].removesuffix("s")}.isdisjoint(options.words)
