"""How many tokens the segments of a prompt have for one model."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from scrimp.catalog.models import Model
from scrimp.measure.known import Known
from scrimp.model.amounts import Grade, Interval
from scrimp.model.prompts import (
    BranchSegment,
    InlineSegment,
    LoopSegment,
    Prompt,
    Segment,
    TextSegment,
    VariableSegment,
)
from scrimp.tokens.tokenizers import Tokenizers


@dataclass(frozen=True, slots=True)
class Size:
    """Tokens of a sequence of segments. ``static`` is what is always sent; ``open`` if a part has no known size.

    ``prefix`` counts the static tokens before the first hole, which ``closed`` tells the absence of.
    """

    static: int
    low: int
    typical: int
    high: int | None
    grade: Grade
    prefix: int
    closed: bool

    @property
    def interval(self) -> Interval[int]:
        """As an interval of tokens."""
        return Interval(self.low, self.typical, self.high, self.grade)


EMPTY_SIZE = Size(0, 0, 0, 0, Grade.EXACT, 0, closed=True)


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
    )


@dataclass(slots=True)
class Sizer:
    """Counts segments for one model; ``variables`` gives the configured sizes by name."""

    model: Model | None
    variables: Mapping[str, int]
    tokenizers: Tokenizers = field(default_factory=Tokenizers)

    def size(self, segments: Sequence[Segment]) -> Size:
        """Runs of text are joined and counted together; a run ends at a hole, branch or loop."""
        total, run = EMPTY_SIZE, ""
        for segment in _opened(segments):
            if isinstance(segment, TextSegment):
                run += segment.value
                continue
            total = followed_by(followed_by(total, self._run(run)), self._part(segment))
            run = ""
        return followed_by(total, self._run(run))

    def _run(self, text: str) -> Size:
        if not text:
            return EMPTY_SIZE
        tokens = self.tokenizers.count(text, self.model)
        typical = tokens.typical or 0
        return Size(typical, tokens.low or 0, typical, tokens.high, tokens.grade, typical, closed=True)

    def _part(self, segment: Segment) -> Size:
        match segment:
            case VariableSegment():
                known = self.variables.get(segment.name)
                if known is None:
                    return Size(0, 0, 0, None, Grade.EXACT, 0, closed=False)
                # A token may merge or split at the border of a hole: at most one of error.
                return Size(0, known, known, known + 1, Grade.CONFIGURED, 0, closed=False)
            case BranchSegment():
                return _either([self.size(each) for each in segment.alternatives])
            case LoopSegment():
                body = self.size(segment.body)
                return Size(0, 0, body.typical, None, body.grade, 0, closed=False)
        return EMPTY_SIZE


@dataclass(frozen=True, slots=True)
class Sizes:
    """The sizes of prompts by model, each counted once."""

    known: Known
    _counted: dict[tuple[str, str], Size] = field(default_factory=dict)

    def of(self, prompt: Prompt, model: str) -> Size:
        """The size of a prompt for a model, by its name as written."""
        key = (prompt.id, model)
        if key not in self._counted:
            tokenizers = self.known.tokenizers
            sizer = Sizer(tokenizers.resolve(model), self.known.of(prompt).variables, tokenizers)
            self._counted[key] = sizer.size(prompt.segments)
        return self._counted[key]


def _either(sizes: list[Size]) -> Size:
    """One of several: at least the smallest, typically the largest, so that a gate errs on the safe side."""
    if not sizes:
        return EMPTY_SIZE
    highs = [size.high for size in sizes]
    return Size(
        min(size.static for size in sizes),
        min(size.low for size in sizes),
        max(size.typical for size in sizes),
        None if None in highs else max(high for high in highs if high is not None),
        Grade.worst(*(size.grade for size in sizes)),
        0,
        closed=False,
    )


def _opened(segments: Sequence[Segment]) -> Iterable[Segment]:
    """Segments with inlined prompts as what they consist of."""
    for segment in segments:
        if isinstance(segment, InlineSegment):
            yield from _opened(segment.body)
        else:
            yield segment
