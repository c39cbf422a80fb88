"""Each request's cost, shared out among the rows that have a part in it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal

from msgspec import Struct

from scrimp.attribution.keys import Key
from scrimp.model.carriers import inside
from scrimp.model.measured import Measured, MeasuredPrompt, MeasuredRequest
from scrimp.model.savings import Saved


class Portion(Struct, frozen=True):
    """What of a request a row bears: ``weight`` is between 0 and 1, and those of one request add up to 1."""

    row: str
    request: MeasuredRequest
    weight: Decimal
    prompts: frozenset[str]
    """The prompts that it is borne for, those that stand inside others included, by id."""


def portions(measured: Measured, key: Key) -> Iterator[Portion]:
    """All requests of a tree in portions, one a row that has a part in it."""
    prompts = {each.prompt.id: each for each in measured.prompts}
    for request in measured.requests:
        parts = [prompts[part.prompt] for part in request.request.parts]
        if not parts:
            yield Portion(key.of_request(request), request, Decimal(1), frozenset())
            continue
        weights: defaultdict[str, Decimal] = defaultdict(Decimal)
        borne: defaultdict[str, set[str]] = defaultdict(set)
        for part, weight in zip(parts, _weights(request, parts), strict=True):
            row = key.of_part(request, part)
            weights[row] += weight
            borne[row].update(inside(part.prompt))
        for row, weight in weights.items():
            yield Portion(row, request, weight, frozenset(borne[row]))


def _weights(request: MeasuredRequest, parts: Sequence[MeasuredPrompt]) -> list[Decimal]:
    """The parts' shares of the input cost; of the tokens where there is no price, or else equal ones."""
    costs = [share.typical for share in request.shares]
    known = [cost for cost in costs if cost is not None]
    tokens = [Decimal(part.tokens.typical or 0) for part in parts]
    shares = known if len(known) == len(parts) and any(known) else tokens
    if not any(shares):
        shares = [Decimal(1)] * len(parts)
    total = sum(shares, Decimal(0))
    return [share / total for share in shares]


def savings(
    saved: Iterable[Saved], shared: Iterable[Portion], known_rows: Mapping[str, str]
) -> Mapping[str, Decimal]:
    """What could be saved a month, by row: where the cost of the prompt is borne, in its request if one is meant.

    ``known_rows`` tells the rows of prompts, by id, that no request sends. What has no known saving counts nothing.
    """
    bearers: defaultdict[tuple[str, str], dict[str, Decimal]] = defaultdict(dict)
    for portion in shared:
        amount = (portion.request.monthly.typical or Decimal(0)) * portion.weight
        request = portion.request.request.id
        for key in ((prompt, where) for prompt in (*portion.prompts, "") for where in (request, "")):
            rows = bearers[key]
            rows[portion.row] = rows.get(portion.row, Decimal(0)) + amount
    by_row: defaultdict[str, Decimal] = defaultdict(Decimal)
    for each in saved:
        if each.monthly is None:
            continue
        rows = bearers.get((each.prompt, each.request)) or {known_rows.get(each.prompt, ""): Decimal(0)}
        total = sum(rows.values(), Decimal(0))
        for row, amount in rows.items():
            by_row[row] += each.monthly * (amount / total if total else Decimal(1) / len(rows))
    return by_row
