"""What each prompt answers for, in US dollars.

A prompt's own cost is its input share. What a request costs on top (overhead, output, parts from outside)
belongs to the call and not to a text, but a change of it must show up by some prompt's name, once. So each
request's rest is put on the bill of one prompt, its *bearer*, and the bills of all prompts add up to the
totals of the requests that send any. The bearer is chosen by the prompts' ids in BASE, so that it is the same
on both sides.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from decimal import Decimal

from msgspec import Struct
from msgspec.structs import replace

from scrimp.model.amounts import Grade, Interval
from scrimp.model.prompts import Confidence, Measured, MeasuredPrompt, MeasuredRequest

NOTHING: Interval[Decimal] = Interval(Decimal(0), Decimal(0), Decimal(0), Grade.EXACT)


class Bill(Struct, frozen=True):
    """A prompt, the requests that send it, and those whose rest it bears; money is per month."""

    prompt: MeasuredPrompt
    sent_by: tuple[MeasuredRequest, ...]
    bears: tuple[MeasuredRequest, ...]
    own: Interval[Decimal]
    rest: Interval[Decimal]

    @property
    def total(self) -> Interval[Decimal]:
        """The input share and the rest of what it bears."""
        return self.own.plus(self.rest)

    @property
    def measured(self) -> MeasuredPrompt:
        """The prompt with its bill as its cost; per call it is that of the request that is called most."""
        guessed = sum((request.guessed_output for request in self.bears), self.prompt.guessed)
        if not self.bears:
            return replace(self.prompt, monthly=self.total, guessed=guessed)
        busiest = max(self.bears, key=lambda request: (request.calls, request.request.id))
        per_call = self.prompt.per_call.plus(_rest_per_call(busiest))
        return replace(self.prompt, monthly=self.total, per_call=per_call, guessed=guessed)


def bills(measured: Measured, known_as: Mapping[str, str]) -> dict[str, Bill]:
    """The bill of each prompt, by its id; ``known_as`` maps ids to those in BASE, for prompts it has."""
    prompts = {each.prompt.id: each for each in measured.prompts}
    sent_by: dict[str, list[MeasuredRequest]] = defaultdict(list)
    bears: dict[str, list[MeasuredRequest]] = defaultdict(list)
    for request in sorted(measured.requests, key=lambda each: each.request.id):
        parts = [part.prompt for part in request.request.parts if part.prompt in prompts]
        for name in dict.fromkeys(parts):
            sent_by[name].append(request)
        if parts:
            bears[_bearer((prompts[name] for name in parts), known_as)].append(request)
    return {name: _bill(prompt, sent_by[name], bears[name]) for name, prompt in prompts.items()}


def _bearer(prompts: Iterable[MeasuredPrompt], known_as: Mapping[str, str]) -> str:
    """Of a request's prompts one that can change a verdict, if possible one that both sides have."""

    def rank(measured: MeasuredPrompt) -> tuple[bool, bool, str]:
        prompt = measured.prompt
        return (
            prompt.confidence is Confidence.LOW,
            prompt.id not in known_as,
            known_as.get(prompt.id, prompt.id),
        )

    return min(prompts, key=rank).prompt.id


def _bill(prompt: MeasuredPrompt, sent_by: list[MeasuredRequest], bears: list[MeasuredRequest]) -> Bill:
    # A text that only stands inside other prompts costs nothing of its own: they bear it.
    own = prompt.monthly if sent_by or not prompt.prompt.inlined else NOTHING
    rest = NOTHING
    for request in bears:
        rest = rest.plus(_rest(request))
    return Bill(prompt, tuple(sent_by), tuple(bears), own, rest)


def _rest(request: MeasuredRequest) -> Interval[Decimal]:
    """What a request costs a month beyond its prompts' shares."""
    return _less(request.monthly, _shares(request, Decimal(request.calls)))


def _rest_per_call(request: MeasuredRequest) -> Interval[Decimal]:
    return _less(request.per_call, _shares(request, Decimal(1)))


def _shares(request: MeasuredRequest, calls: Decimal) -> Interval[Decimal]:
    """What the prompts of a request cost in so many calls."""
    total = NOTHING
    for _, share in zip(request.request.parts, request.shares, strict=True):
        total = total.plus(_times(share, calls))
    return total


def _times(amount: Interval[Decimal], calls: Decimal) -> Interval[Decimal]:
    def scaled(bound: Decimal | None) -> Decimal | None:
        return None if bound is None else bound * calls

    return Interval(scaled(amount.low), scaled(amount.typical), scaled(amount.high), amount.grade)


def _less(whole: Interval[Decimal], part: Interval[Decimal]) -> Interval[Decimal]:
    """What is left of each bound: both intervals are sums over the same calls, so low belongs to low."""

    def left(one: Decimal | None, other: Decimal | None) -> Decimal | None:
        return None if one is None or other is None else one - other

    typical, high = left(whole.typical, part.typical), left(whole.high, part.high)
    if typical is not None and high is not None:
        high = max(typical, high)  # parts that exclude each other may cost more together than any call
    return Interval(left(whole.low, part.low), typical, high, Grade.worst(whole.grade, part.grade))
