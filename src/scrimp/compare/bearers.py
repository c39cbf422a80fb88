"""Which prompt bears what a request costs beyond its prompts' shares, so that no money wanders between prompts."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from msgspec import Struct

from scrimp.compare.calls import paired
from scrimp.model.measured import Measured, MeasuredRequest
from scrimp.model.prompts import Confidence


class Borne(Struct, frozen=True):
    """Who bears the rest of one request of a side, whose name on both sides is ``key``.

    ``framing`` is a prompt that the other side's request doesn't send, which bears ``framed`` tokens of the overhead.
    """

    key: str
    bearer: str
    framing: str = ""
    framed: int = 0


class Sides(Struct, frozen=True):
    """Who bears what on each side, by the ids of requests; those without known prompts are left out."""

    base: dict[str, Borne]
    head: dict[str, Borne]


def sides(base: Measured, head: Measured, carried: Mapping[str, str]) -> Sides:
    """Who bears what; ``carried`` are the ids in BASE of HEAD's prompts."""
    one, other = _Side.of(base, {name: name for name in carried.values()}), _Side.of(head, carried)
    pairs = paired(one.requests.values(), other.requests.values(), carried)
    both = set(pairs.values())
    found = Sides(
        {name: Borne(name, one.bearer(each)) for name, each in one.requests.items() if name not in both},
        {
            name: Borne(f"+{name}", other.bearer(each))
            for name, each in other.requests.items()
            if name not in pairs
        },
    )
    for name, known in pairs.items():
        before, after = one.requests[known], other.requests[name]
        found.base[known], found.head[name] = _both(before, after, one, other)
    return found


class _Side(Struct, frozen=True):
    """One side: its requests with known prompts by id, its unsure prompts, and what prompts are called in BASE."""

    requests: Mapping[str, MeasuredRequest]
    unsure: frozenset[str]
    known_as: Mapping[str, str]

    @classmethod
    def of(cls, measured: Measured, known_as: Mapping[str, str]) -> _Side:
        """A side of a comparison."""
        requests = {each.request.id: each for each in measured.requests if each.request.parts}
        low = (each.prompt.id for each in measured.prompts if each.prompt.confidence is Confidence.LOW)
        return cls(requests, frozenset(low), known_as)

    def bearer(self, request: MeasuredRequest) -> str:
        """Of a request's prompts one that can change a verdict, if possible one that both sides have."""
        return self.first(_parts(request))

    def first(self, names: Iterable[str]) -> str:
        """The first of some prompts in that order."""
        return min(
            names,
            key=lambda name: (name in self.unsure, name not in self.known_as, self.known_as.get(name, name)),
        )


def _both(before: MeasuredRequest, after: MeasuredRequest, one: _Side, other: _Side) -> tuple[Borne, Borne]:
    """Who bears a request that both sides have: the same prompt, if either of its sides can change a verdict.

    Where none of those that both have can, though another one of the request can, each side has its own.
    """
    names, theirs = _parts(before), {other.known_as.get(name, ""): name for name in _parts(after)}
    shared = [name for name in names if name in theirs]
    sure = [name for name in shared if name not in one.unsure or theirs[name] not in other.unsure]
    is_unsure = one.unsure.issuperset(names) and other.unsure.issuperset(_parts(after))
    if sure or is_unsure:
        old = min(sure or shared)
        new = theirs[old]
    else:
        old, new = one.bearer(before), other.bearer(after)
    key, grown = before.request.id, after.overhead - before.overhead
    if before.rates is None or after.rates is None:  # nobody tells what the marks around a message cost
        return Borne(key, old), Borne(key, new)
    gone = [name for name in names if name not in theirs]
    added = [name for name in _parts(after) if other.known_as.get(name, "") not in names]
    return (
        _borne(key, old, one.first(gone) if gone else "", -grown),
        _borne(key, new, other.first(added) if added else "", grown),
    )


def _parts(request: MeasuredRequest) -> list[str]:
    """The prompts of a request, each once."""
    return list(dict.fromkeys(part.prompt for part in request.request.parts))


def _borne(key: str, bearer: str, alone: str, more: int) -> Borne:
    """``alone`` is a prompt that this side alone sends, ``more`` are the tokens of framing that it has more."""
    return Borne(key, bearer, alone, more) if alone not in ("", bearer) and more > 0 else Borne(key, bearer)
