"""Real usage, day by day, to what each month cost."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from decimal import Decimal

from msgspec import Struct, field

from scrimp.forecast.outlook import History
from scrimp.forecast.series import Month, Point, checked
from scrimp.model.amounts import Grade
from scrimp.model.errors import UserError
from scrimp.model.report import PriceStamp
from scrimp.usage.book import UsageDay

EDGE_DAYS = 3
"""A month is whole if its usage begins within its first days and ends within its last ones: nobody may have called on
a weekend or a holiday."""


ListPrice = Callable[[UsageDay], Decimal | None]
"""What a day's tokens cost by the price list in force; ``None`` without a price."""


def spent(
    days: Sequence[UsageDay], source: str, list_price: ListPrice, prices: PriceStamp, today: date
) -> History:
    """The whole months of usage that stands in a file, and what the current one cost so far.

    Where usage was not billed, its list price counts. Raises ``UserError``, with the month, for what can't be
    forecast.
    """
    known = [each for each in days if each.day <= today]
    if not known:
        raise UserError(
            f"{source}: there is no history of usage to continue",
            "import some with: scrimp usage import FILE, or continue the prompts' own growth with: --since DATE",
        )
    bills = _Bills.of(_once(known), list_price)
    current = Month.of(today)
    whole = [each for each in bills.whole if each < current]
    parts = [each for each in bills.by_month if each < current and each not in whole]
    left_out = [f"{each} is left out: only a part of it was imported" for each in parts]
    if len(known) < len(days):
        left_out.append(f"what lies after {today} is left out")
    points = [Point(each, bills.by_month[each]) for each in whole]
    series, notes = checked(points, source, notes=left_out)
    so_far = None if bills.are_monthly else bills.by_month.get(current)
    return History(
        series,
        "usage",
        Grade.IMPORTED,
        (*notes, *bills.notes()),
        prices if bills.estimated else None,
        None if so_far is None else (so_far, bills.days[-1]),
    )


def _once(days: Sequence[UsageDay]) -> list[UsageDay]:
    """The days that count: a provider's bill that names no model is for all of its models on that day."""
    whole_bills = {(each.day, each.provider) for each in days if _is_whole_bill(each)}
    return [each for each in days if (each.day, each.provider) not in whole_bills or _is_whole_bill(each)]


def _is_whole_bill(day: UsageDay) -> bool:
    return not day.model and day.usd is not None and not (day.input_tokens or day.output_tokens)


class _Bills(Struct):
    """What each month cost, in order: as billed, or else as estimated by a price list."""

    days: list[date]
    by_month: dict[Month, Decimal] = field(default_factory=dict)
    billed: Decimal = Decimal(0)
    estimated: Decimal = Decimal(0)
    unpriced: Counter[str] = field(default_factory=Counter)

    @classmethod
    def of(cls, days: Sequence[UsageDay], list_price: ListPrice) -> _Bills:
        ordered = sorted(days, key=lambda each: each.day)
        made = cls([each.day for each in ordered])
        sums: Mapping[Month, list[Decimal]] = defaultdict(list)
        for each in ordered:
            sums[Month.of(each.day)].append(made._cost(each, list_price))
        made.by_month = {month: sum(amounts, Decimal(0)) for month, amounts in sums.items()}
        return made

    def _cost(self, day: UsageDay, list_price: ListPrice) -> Decimal:
        if day.usd is not None:
            self.billed += day.usd
            return day.usd
        cost = list_price(day)
        if cost is None:
            self.unpriced[day.model] += day.calls or 0
            return Decimal(0)
        self.estimated += cost
        return cost

    @property
    def are_monthly(self) -> bool:
        """Whether each row is of a whole month, as it bears a first day."""
        return all(each.day == 1 for each in self.days)

    @property
    def whole(self) -> list[Month]:
        """Months that usage is known of from beginning to end."""
        months = list(self.by_month)
        first, last = self.days[0], self.days[-1]
        if self.are_monthly:
            return months
        begun = Month.of(first) if first.day <= EDGE_DAYS else Month.of(first).later(1)
        ended = Month.of(last) if Month.of(last).days - last.day < EDGE_DAYS else Month.of(last).later(-1)
        return [each for each in months if begun <= each <= ended]

    def notes(self) -> list[str]:
        """What the amounts rest on, and what is in none."""
        notes = []
        if self.estimated:
            share = round(100 * self.estimated / (self.estimated + max(self.billed, Decimal(0))))
            notes.append(f"{share} % of the amounts were not billed: their tokens are priced by today's list")
        notes += [
            f"no price is known for {model or 'calls without a model'} ({calls:,} calls), which no month includes: "
            "state it under prices in scrimp.yaml"
            for model, calls in sorted(self.unpriced.items())
        ]
        return notes
