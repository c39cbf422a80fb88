"""Who or what bears the cost of a tree: rows that add up to its totals."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from msgspec import Struct

from scrimp.model.amounts import Grade, Interval


class Figure(Struct, frozen=True):
    """A number to compare rows by; ``value`` is ``None`` where nothing is known.

    ``more`` tells that parts of unknown size come on top, ``low`` is what it can't be below, ``None`` where that isn't
    known. ``from_median`` is the distance from the median of the named rows: in percent of it, or for a value in
    percent in percentage points; ``None`` where there is no median.
    """

    value: Decimal | None
    grade: Grade
    more: bool = False
    from_median: Decimal | None = None
    low: Decimal | None = None

    @property
    def bounds(self) -> Interval[Decimal]:
        """The value between its bounds; one to which nothing comes on top is its own upper bound."""
        return Interval(self.low, self.value, None if self.more else self.value, self.grade)


class AttributionRow(Struct, frozen=True):
    """What one owner, model, provider, folder or file bears; ``name`` is ``""`` where nobody or nothing is known.

    ``monthly`` is in US dollars, rounded so that all rows add up to the total, and so is ``saveable``; ``by_grade``
    adds up to it; ``share`` is in
    percent of the known total. ``calls`` a month are those that the row has any part in: one that sends prompts of two
    owners counts for both. Tokens are per month. ``per_call`` is in US dollars a call, ``saveable_share`` in percent
    of what the row bears.
    """

    name: str
    requests: int
    unpriced: int
    calls: int
    monthly: Interval[Decimal]
    by_grade: Mapping[Grade, Decimal]
    share: Decimal | None
    input_tokens: int
    output_tokens: int
    per_call: Figure
    tokens_per_call: Figure
    output_per_input: Figure
    saveable: Decimal | None
    saveable_share: Figure


class Attribution(Struct, frozen=True):
    """The rows, the dearest first, and their total; ``compared`` is the number of rows that medians are of."""

    by: str
    rows: tuple[AttributionRow, ...]
    total: AttributionRow
    compared: int
