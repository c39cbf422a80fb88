"""How many tokens the segments of a prompt have for one model: at least, typically, at most.

A join is as large as its parts; exclusive alternatives are at least as large as the smallest and typically as large
as the largest, so that a gate errs on the safe side; a loop is as large as its items are many. What nothing tells
leaves the upper bound open and counts as nothing below it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from msgspec import Struct, field
from msgspec.structs import replace

from scrimp.catalog.models import Model
from scrimp.link.volatility import CONSTANT, volatility
from scrimp.measure.variables import VariableSize, VariableSizes, looped
from scrimp.model.amounts import Grade, Interval
from scrimp.model.segments import (
    BranchSegment,
    InlineSegment,
    LoopSegment,
    MemberSegment,
    Segment,
    TextSegment,
    VariableSegment,
)
from scrimp.tokens.tokenizers import Tokenizers


class Size(Struct, frozen=True):
    """Tokens of a sequence of segments. ``static`` is what is always sent; ``high`` is open if a part has no bound.

    ``prefix`` counts the tokens before the first hole that may change, which ``closed`` tells the absence of.
    ``guessed`` is the part of ``typical`` that rests on examples.
    """

    static: int
    low: int
    typical: int
    high: int | None
    grade: Grade
    prefix: int
    closed: bool
    guessed: int = 0

    @property
    def interval(self) -> Interval[int]:
        """As an interval of tokens."""
        return Interval(self.low, self.typical, self.high, self.grade)

    @property
    def told(self) -> Interval[int]:
        """As an interval without what rests on examples."""
        return Interval(self.low, self.typical - self.guessed, self.high, self.grade)


EMPTY_SIZE = Size(0, 0, 0, 0, Grade.EXACT, 0, closed=True)
OPEN = Size(0, 0, 0, None, Grade.EXACT, 0, closed=False)
"""A part of which nothing is known."""


def followed_by(one: Size, other: Size) -> Size:
    """The size of both, one after the other."""
    return Size(
        one.static + other.static,
        one.low + other.low,
        one.typical + other.typical,
        None if one.high is None or other.high is None else one.high + other.high,
        Grade.worst(one.grade, other.grade),
        one.prefix + (other.prefix if one.closed else 0),
        one.closed and other.closed,
        one.guessed + other.guessed,
    )


class Sizer(Struct, frozen=True):
    """Counts segments for one model, with what is known of the variables."""

    model: Model | None
    variables: VariableSizes
    tokenizers: Tokenizers = field(default_factory=Tokenizers)

    def size(self, segments: Sequence[Segment]) -> Size:
        """Runs of text are joined and counted together; a run ends at a hole, branch or loop, and at a member's end."""
        total = EMPTY_SIZE
        for each in _joined(segments):
            total = followed_by(total, self._run(each) if isinstance(each, str) else self._part(each))
        return total

    def _run(self, text: str) -> Size:
        tokens = self.tokenizers.count(text, self.model)
        typical = tokens.typical or 0
        return Size(typical, tokens.low or 0, typical, tokens.high, tokens.grade, typical, closed=True)

    def _part(self, segment: Segment) -> Size:
        match segment:
            case VariableSegment():
                size = _filled(self.variables.of(segment.name))
                return _kept(size) if volatility(segment.name) == CONSTANT else size
            case BranchSegment():
                return self._branch(segment)
            case LoopSegment():
                return self._loop(segment)
            case MemberSegment():
                return self.size(segment.body)
        return EMPTY_SIZE

    def _branch(self, branch: BranchSegment) -> Size:
        """One of the alternatives; of a hole and its default, that is what the hole is known to hold."""
        hole = hole_with_default(branch)
        known = None if hole is None else self.variables.of(hole.name)
        if known is not None and known.tokens is not None:
            return _filled(known)
        return _either([self.size(each) for each in branch.alternatives])

    def _loop(self, loop: LoopSegment) -> Size:
        """The body for each item; the size of what a loop goes over is that of all that its items put into it."""
        known = self.variables.of(looped(loop.over))
        items = known.items if known is not None and known.items is not None else loop.items
        if known is not None and known.tokens is not None:
            frame = self.size(_without_holes(loop.body))
            framed = _repeated(frame, max(items or 1, 1), counted=items is not None)
            return followed_by(framed, _filled(known))
        body = self.size(loop.body)
        if items is None:
            return Size(0, 0, body.typical, None, body.grade, 0, closed=False, guessed=body.guessed)
        size = _repeated(body, items, counted=True)
        if items == loop.items:
            return size
        return replace(size, static=0, grade=Grade.worst(size.grade, known.grade if known else Grade.EXACT))


def runs(segments: Sequence[Segment]) -> Iterator[str]:
    """The texts that are counted of segments, those of alternatives and of what loops repeat included."""
    for each in _joined(segments):
        match each:
            case str():
                yield each
            case BranchSegment():
                for alternative in each.alternatives:
                    yield from runs(alternative)
            case LoopSegment() | MemberSegment():
                yield from runs(each.body)


def hole_with_default(branch: BranchSegment) -> VariableSegment | None:
    """The hole of a branch that is sent as it is given, or else as a text that the template names."""
    lone = [each[0] for each in branch.alternatives if len(each) == 1]
    named = (each for each in lone if isinstance(each, VariableSegment) and each.name == branch.condition)
    return next(named, None)


def _filled(known: VariableSize | None) -> Size:
    """A hole with what is known of its size."""
    if known is None or known.tokens is None:
        return OPEN
    guessed = known.tokens if known.grade is Grade.HEURISTIC else 0
    # A token may merge or split at the border of a hole: at most one of error.
    high = None if known.high is None else known.high + 1
    return Size(0, known.low, known.tokens, high, known.grade, 0, closed=False, guessed=guessed)


def _kept(size: Size) -> Size:
    """A hole whose value is the same in each request: it doesn't end what can be cached."""
    return replace(size, prefix=size.low, closed=True)


def _repeated(body: Size, times: int, *, counted: bool) -> Size:
    """A body so many times, or at least once where it isn't ``counted``; each break may cost a token."""
    return Size(
        body.static * times if counted else 0,
        body.low * times if counted else 0,
        body.typical * times,
        None if body.high is None or not counted else body.high * times + max(times - 1, 0),
        body.grade,
        0,
        closed=False,
        guessed=body.guessed * times,
    )


def _either(sizes: list[Size]) -> Size:
    """One of several: at least the smallest, typically the largest, so that a gate errs on the safe side."""
    if not sizes:
        return EMPTY_SIZE
    highs = [size.high for size in sizes]
    typical = max(size.typical for size in sizes)
    return Size(
        min(size.static for size in sizes),
        min(size.low for size in sizes),
        typical,
        None if None in highs else max(high for high in highs if high is not None),
        Grade.worst(*(size.grade for size in sizes)),
        0,
        closed=False,
        guessed=typical - max(size.typical - size.guessed for size in sizes),
    )


def _without_holes(segments: Sequence[Segment]) -> tuple[Segment, ...]:
    """Segments with the variables taken out."""
    kept: list[Segment] = []
    for segment in segments:
        match segment:
            case VariableSegment():
                continue
            case BranchSegment():
                kept.append(
                    BranchSegment(segment.condition, tuple(map(_without_holes, segment.alternatives)))
                )
            case LoopSegment() | InlineSegment() | MemberSegment():
                kept.append(replace(segment, body=_without_holes(segment.body)))
            case _:
                kept.append(segment)
    return tuple(kept)


def _joined(segments: Sequence[Segment]) -> Iterator[str | Segment]:
    """Segments with inlined prompts as what they consist of, and each run of texts as one; none is empty."""
    run = ""
    for segment in _opened(segments):
        if isinstance(segment, TextSegment):
            run += segment.value
            continue
        if run:
            yield run
            run = ""
        yield segment
    if run:
        yield run


def _opened(segments: Sequence[Segment]) -> Iterable[Segment]:
    """Segments with inlined prompts as what they consist of."""
    for segment in segments:
        if isinstance(segment, InlineSegment):
            yield from _opened(segment.body)
        else:
            yield segment
