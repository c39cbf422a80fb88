"""Sums over several documents, and how they are written. What is unknown anywhere is unknown in the sum."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from decimal import Decimal

from msgspec import Struct

from scrimp.model import written
from scrimp.model.amounts import Grade
from scrimp.model.written import UNKNOWN, dollars, leading, percent, signed_dollars
from scrimp.reporters.review.document import Document, Request
from scrimp.reporters.review.totals import Totals, usd

OUTCOMES = ("pass", "warn", "fail", "incomplete")
"""From good to bad."""


class Growth(Struct, frozen=True):
    """US dollars a month and static tokens before and after; money is ``None`` where it is unknown."""

    before: Decimal | None
    after: Decimal | None
    tokens: tuple[int, int]
    lead: str
    """What is said before the amounts: ``about ``, ``at least ``, or nothing."""
    unpriced: int
    """Requests whose cost is unknown."""

    @property
    def monthly(self) -> Decimal | None:
        """What it costs a month."""
        return None if self.before is None or self.after is None else self.after - self.before

    def written(self) -> str:
        """A line of Markdown."""
        old, new = self.tokens
        monthly = self.monthly
        said = f"**{signed_dollars(monthly)} a month**" if monthly is not None else "**cost unknown**"
        if monthly is not None and self.before:
            said += f" ({percent(monthly * 100 / self.before, sign='+')})"
        if monthly is not None and self.unpriced:
            said += f" and what {counted(self.unpriced, 'request')} of unknown cost may add"
        said += f": {self.lead}{step(self.before, self.after)}"
        return f"{said}; static tokens {old:,} → {new:,} ({new - old:+,})"


def growth(documents: Iterable[Document]) -> Growth:
    """What the changes of some documents add up to; a document without a BASE has no part in it."""
    pairs = [(each.base_totals, each.totals) for each in documents if each.base_totals is not None]
    bases, heads = [base for base, _ in pairs], [head for _, head in pairs]
    return Growth(
        summed(usd(base.monthly_usd.typical) for base in bases),
        summed(usd(head.monthly_usd.typical) for head in heads),
        (sum(base.static_tokens for base in bases), sum(head.static_tokens for head in heads)),
        leading(*(each.monthly for each in (*bases, *heads))),
        sum(head.requests_unpriced for head in heads),
    )


def summed(amounts: Iterable[Decimal | None]) -> Decimal | None:
    """A sum; unknown if a part of it is."""
    total = Decimal(0)
    for amount in amounts:
        if amount is None:
            return None
        total += amount
    return total


def outcome(documents: Iterable[Document]) -> str:
    """The worst verdict; a scan that isn't complete is none to pass."""
    found = {each.verdict.outcome for each in documents}
    if any(skipped.incomplete for each in documents for skipped in each.skipped):
        found.add("incomplete")
    return max(found, key=OUTCOMES.index, default="pass")


def basis(totals: Sequence[Totals]) -> str:
    """What the monthly cost rests on: ``$446.75 on configured volumes``; empty if nothing is spent."""
    said = []
    for grade in Grade:
        amount = summed(usd(each.monthly_usd_by_grade.get(grade, "0.00")) for each in totals)
        if amount:
            said.append(f"{dollars(amount)} on {written.basis(grade)}")
    unpriced = sum(each.requests_unpriced for each in totals)
    if unpriced:
        said.append(f"{counted(unpriced, 'request')} of unknown cost not included")
    return ", ".join(said)


def assumed(requests: Sequence[Request]) -> str:
    """How many requests have a default: ``the volume of 2, the model of 1 of 3 requests``; empty if none has."""
    found = Counter(
        what
        for each in requests
        for what, is_assumed in (
            ("the volume", each.calls_per_month.grade is Grade.ASSUMED),
            ("the model", each.model.source == "default"),
            ("the answer", each.output_tokens.grade is Grade.ASSUMED),
        )
        if is_assumed
    )
    said = ", ".join(f"{what} of {number:,}" for what, number in found.items())
    return f"{said} of {counted(len(requests), 'request')}" if said else ""


def counted(number: int, noun: str) -> str:
    """``1 prompt``, ``2 prompts``."""
    return f"{number:,} {noun}{'' if number == 1 else 's'}"


def step(before: Decimal | None, after: Decimal | None) -> str:
    """``0.0043 → 0.0045``, in US dollars; the one amount if both are the same."""
    old, new = dollars(before), dollars(after)
    return f"{old} → {new}" if old != new or UNKNOWN in (old, new) else new
