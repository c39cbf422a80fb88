"""A forecast as people read it in a terminal, on 80 columns."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from textwrap import wrap

from scrimp.model.outlook import LimitAhead, MonthAhead, Outlook
from scrimp.model.written import percent, rough_dollars
from scrimp.reporters.safe import safe
from scrimp.reporters.terminal import Block, blocks, printed
from scrimp.reporters.terminal.styled import Styled
from scrimp.reporters.view import View

PAST_SHOWN = 12
"""Months that are shown of the past: a year, so that the same month of last year stands there too."""
BAR = 28
SURE, POSSIBLE = "█", "░"
LEAST = Decimal("0.05")
"""The lowest chance that a forecast tells."""
UNLIKELY = Decimal("0.2")
"""The chance below which something is called unlikely."""


def render(outlook: Outlook, view: View) -> str:
    """The page: the total, a row for each month, budgets, and what all of it rests on."""
    return printed(_page(outlook, view), view)


def _page(outlook: Outlook, view: View) -> Iterator[Block]:
    yield _headline(outlook)
    yield _months(outlook, view)
    if outlook.limits:
        yield _limits(outlook, view)
    yield blocks.unread(outlook.skipped, view)
    if not view.quiet:
        yield _ground(outlook, view)


def _headline(outlook: Outlook) -> list[Styled]:
    coming = [each.month for each in outlook.ahead if not each.started]
    total, span = outlook.total, coming[0] if len(coming) == 1 else f"{coming[0]} to {coming[-1]}"
    whose = f"{safe(outlook.owner)}, " if outlook.owner else ""
    return [
        Styled(f"{whose}{span}: about ${rough_dollars(total.typical)}", style="bold"),
        Styled(
            f"  {_percent(outlook.coverage)} range ${rough_dollars(total.low)} to ${rough_dollars(total.high)}"
        ),
    ]


def _months(outlook: Outlook, view: View) -> list[Styled]:
    past = outlook.past if view.verbose else outlook.past[-PAST_SHOWN:]
    most = max(
        *(each.usd.high for each in outlook.ahead), *(each.usd for each in past if each.usd is not None)
    )
    amounts = [rough_dollars(each.usd) if each.usd is not None else "unknown" for each in past]
    rows = [_ahead(each) for each in outlook.ahead]
    widths = [max(len(row[index]) for row in (*rows, _TITLES)) for index in range(3)]
    widths[1] = max(widths[1], *map(len, amounts))
    said = [Styled(_row(_TITLES, widths), style="bold")]
    for each, spent in zip(past, amounts, strict=True):
        bar = "" if each.usd is None else SURE * _length(each.usd, most)
        said.append(Styled(_row((each.month, spent, ""), widths) + bar, style="dim"))
    for month, row in zip(outlook.ahead, rows, strict=True):
        low, high = _length(month.usd.low, most), _length(month.usd.high, most)
        said.append(Styled(_row(row, widths) + SURE * low + POSSIBLE * (high - low)))
    if outlook.so_far is not None and any(each.started for each in outlook.ahead):
        amount, until = outlook.so_far
        said.append(
            Styled(
                f"* under way: ${rough_dollars(amount)} spent up to {until}, which the range doesn't use",
                style="dim",
            )
        )
    return said


_TITLES = ("Month", "$", "Range")


def _row(cells: Sequence[str], widths: Sequence[int]) -> str:
    month, amount, span = (
        f"{cell:{side}{width}}" for cell, side, width in zip(cells, "<>>", widths, strict=True)
    )
    return f"{month}  {amount}  {span}  "


def _ahead(month: MonthAhead) -> tuple[str, str, str]:
    usd = month.usd
    return (
        month.month + "*" * month.started,
        rough_dollars(usd.typical),
        f"{rough_dollars(usd.low)} to {rough_dollars(usd.high)}",
    )


def _length(usd: Decimal, most: Decimal) -> int:
    return round(BAR * usd / most) if most else 0


def _limits(outlook: Outlook, view: View) -> list[Styled]:
    said = [Styled("Budgets", style="bold")]
    for each in outlook.limits:
        said += [Styled(line) for line in _wrapped(_limit(each, outlook), view)]
    return said


def _limit(limit: LimitAhead, outlook: Outlook) -> str:
    last, chance = outlook.ahead[-1].month, limit.chances[-1]
    what = f"{safe(limit.budget)}, ${rough_dollars(limit.limit)} a month: "
    if limit.broken:
        what += f"{outlook.past[-1].month} is above it; "
    if limit.month is not None:
        months = [each.month for each in outlook.ahead]
        then = limit.chances[months.index(limit.month)]
        return f"{what}more likely than not exceeded by {limit.month} (about {_percent(then)})"
    if chance >= UNLIKELY:
        return f"{what}may be exceeded by {last} (about {_percent(chance)}), less likely than not"
    least = f"about {_percent(chance)}" if chance > LEAST else f"{_percent(LEAST)} or less"
    return f"{what}unlikely to be exceeded by {last} ({least})"


def _ground(outlook: Outlook, view: View) -> list[Styled]:
    """What the numbers stand on."""
    known = [each.month for each in outlook.past if each.usd is not None]
    what = "usage" if outlook.basis == "usage" else "the prompts' own history"
    said = [
        f"Rests on {len(known)} months of {what}, {known[0]} to {known[-1]} ({safe(outlook.source)}), grade "
        f"{outlook.grade.value}",
        f"The range holds {_percent(outlook.coverage)} of what may come if things go on as they went; a launch, a new "
        "model or a new price is not foreseen",
    ]
    if not outlook.seasonal:
        said.append("No season is looked for: that takes 24 months")
    said += [safe(note[0].upper() + note[1:]) for note in outlook.notes]
    return [Styled(line, style="dim") for each in said for line in _wrapped(each, view)]


def _wrapped(text: str, view: View) -> list[str]:
    return wrap(text, view.width, subsequent_indent="  ", break_long_words=False)


def _percent(share: Decimal) -> str:
    return percent(share * 100, decimals=0)
