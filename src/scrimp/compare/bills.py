"""What each prompt answers for, in US dollars.

A prompt's own cost is its input share. What a request costs on top (overhead, output, parts from outside) belongs to
the call and not to a text, but a change of it must show up by some prompt's name, once. So each request's rest is put
on the bill of one prompt, its *bearer*, which is the same on both sides wherever both have it; the marks around a
message that one side alone has go with that message. The bills of all prompts add up to the totals of the requests
that send any.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from decimal import Decimal

from msgspec import Struct
from msgspec.structs import replace

from scrimp.compare.bearers import Borne
from scrimp.model.amounts import Grade, Interval
from scrimp.model.measured import Measured, MeasuredPrompt, MeasuredRequest

NOTHING: Interval[Decimal] = Interval(Decimal(0), Decimal(0), Decimal(0), Grade.EXACT)
ALONE = ""
"""The key of what a prompt costs that no request sends."""
_MILLION = Decimal(1_000_000)


class Line(Struct, frozen=True):
    """What a prompt answers for of one request, or of what it would cost alone; money is per month.

    ``own`` is its share, ``None`` if the request doesn't send it; ``rest`` what it bears beside, ``None`` if nothing.
    ``overhead`` are the tokens of the request's framing that its bearer bears.
    """

    request: MeasuredRequest | None
    own: Interval[Decimal] | None = None
    rest: Interval[Decimal] | None = None
    overhead: int = 0

    @property
    def total(self) -> Interval[Decimal]:
        """Both together."""
        return (self.own or NOTHING).plus(self.rest or NOTHING)


class Bill(Struct, frozen=True):
    """A prompt with its lines, each by the key that its request has on both sides."""

    prompt: MeasuredPrompt
    lines: Mapping[str, Line]

    @property
    def total(self) -> Interval[Decimal]:
        """All lines together."""
        total = NOTHING
        for line in self.lines.values():
            total = total.plus(line.total)
        return total

    @property
    def sent_by(self) -> list[MeasuredRequest]:
        """The requests that send it."""
        return [line.request for line in self.lines.values() if line.request and line.own is not None]

    @property
    def bears(self) -> list[MeasuredRequest]:
        """The requests whose rest it bears."""
        return [line.request for line in self.lines.values() if line.request and line.rest is not None]

    @property
    def uncounted(self) -> Decimal:
        """US dollars a month that are in no total, as no request sends it."""
        line = self.lines.get(ALONE)
        return (line.total.typical if line else None) or Decimal(0)

    @property
    def measured(self) -> MeasuredPrompt:
        """The prompt with its bill as its cost; per call it is that of the request that is called most."""
        bears = self.bears
        guessed = sum((request.guessed_output for request in bears), self._guessed)
        if not bears:
            return replace(self.prompt, monthly=self.total, guessed=guessed)
        busiest = max(bears, key=lambda request: (request.calls, request.request.id))
        per_call = self.prompt.per_call.plus(_rest_per_call(busiest))
        return replace(self.prompt, monthly=self.total, per_call=per_call, guessed=guessed)

    @property
    def _guessed(self) -> Decimal:
        """What of its own shares is guessed; what it costs inside of other prompts is on their bills."""
        own = sum((line.own.typical or Decimal(0) for line in self.lines.values() if line.own), Decimal(0))
        whole = self.prompt.monthly.typical
        return self.prompt.guessed * own / whole if whole else self.prompt.guessed


def bills(measured: Measured, borne: Mapping[str, Borne]) -> dict[str, Bill]:
    """The bill of each prompt, by its id; ``borne`` tells of each request that sends any who bears what."""
    prompts = {each.prompt.id: each for each in measured.prompts}
    lines: dict[str, dict[str, Line]] = defaultdict(dict)
    for request in sorted(measured.requests, key=lambda each: each.request.id):
        who = borne.get(request.request.id)
        if who is None:
            continue
        for name, own in _own(request).items():
            if name in prompts:
                lines[name][who.key] = Line(request, own)
        frame = _frame(request, who.framed)
        _add(lines[who.bearer], who.key, request, _less(_rest(request), frame), request.overhead - who.framed)
        if who.framed:
            _add(lines[who.framing], who.key, request, frame, who.framed)
    return {name: Bill(each, lines.get(name) or _alone(each)) for name, each in prompts.items()}


def _add(
    lines: dict[str, Line], key: str, request: MeasuredRequest, rest: Interval[Decimal], overhead: int
) -> None:
    lines[key] = replace(lines.get(key, Line(request)), rest=rest, overhead=overhead)


def _alone(measured: MeasuredPrompt) -> dict[str, Line]:
    """A text that only stands inside other prompts costs nothing of its own: they bear it."""
    return {ALONE: Line(None, NOTHING if measured.prompt.inlined else measured.monthly)}


def _own(request: MeasuredRequest) -> dict[str, Interval[Decimal]]:
    """What each prompt of a request costs a month as a part of it."""
    own: dict[str, Interval[Decimal]] = defaultdict(lambda: NOTHING)
    for part, share in zip(request.request.parts, request.shares, strict=True):
        own[part.prompt] = own[part.prompt].plus(_times(share, Decimal(request.calls), request.calls_grade))
    return own


def _frame(request: MeasuredRequest, tokens: int) -> Interval[Decimal]:
    """What tokens of the framing of a request cost a month; nothing where its prices aren't told."""
    if not tokens or request.rates is None:
        return NOTHING
    cost = tokens * request.rates[0] * request.calls / _MILLION
    return Interval(cost, cost, cost, request.calls_grade)


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


def _times(amount: Interval[Decimal], calls: Decimal, grade: Grade = Grade.EXACT) -> Interval[Decimal]:
    def scaled(bound: Decimal | None) -> Decimal | None:
        return None if bound is None else bound * calls

    worst = Grade.worst(amount.grade, grade)
    return Interval(scaled(amount.low), scaled(amount.typical), scaled(amount.high), worst)


def _less(whole: Interval[Decimal], part: Interval[Decimal]) -> Interval[Decimal]:
    """What is left of each bound: both intervals are sums over the same calls, so low belongs to low."""

    def left(one: Decimal | None, other: Decimal | None) -> Decimal | None:
        return None if one is None or other is None else one - other

    typical, high = left(whole.typical, part.typical), left(whole.high, part.high)
    if typical is not None and high is not None:
        high = max(typical, high)  # parts that exclude each other may cost more together than any call
    return Interval(left(whole.low, part.low), typical, high, Grade.worst(whole.grade, part.grade))
