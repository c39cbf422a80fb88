"""What an audit found: the dearest prompts, and who bears the cost."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from scrimp.model.amounts import Grade, Interval
from scrimp.model.written import UNKNOWN, counted, dollars, extent, purposes, sign, spent
from scrimp.reporters.review.document import Bearer, Document, Prompt
from scrimp.reporters.review.fitting import Section
from scrimp.reporters.review.markup import code, header, row
from scrimp.reporters.review.totals import usd

_PROMPTS = ("Prompt", "Static tokens", "$ per call", "$ per month", "Owner", "Grade")
_NUMBERS = ("Static tokens", "$ per call", "$ per month", "Requests")
_UNNAMED = {"owner": "nobody"}


def summary(document: Document) -> str:
    """How much there is and what it costs, as a line of Markdown."""
    totals = document.totals
    assumed = usd(totals.monthly_usd_by_grade.get(Grade.ASSUMED))
    size = extent(
        totals.prompts,
        totals.prompts_low_confidence,
        counted(len(document.requests), "request"),
        totals.static_tokens,
    )
    of = totals.monthly_usd_paid_for
    paid_for = "" if of is None else purposes(Decimal(of.prompts), Decimal(of.answers), Decimal(of.other))
    said = f"**{spent(totals.monthly, assumed)}**: {size}"
    return f"{said}<br>{paid_for}; rows are a prompt's own input" if paid_for else said


def sections(document: Document, most: int | None) -> Iterator[Section]:
    """Its tables."""
    if document.prompts:
        prompts = sorted(document.prompts, key=_dearness)
        yield Section(
            header(_PROMPTS, _NUMBERS), [_cells(each) for each in prompts], most=most, left="cheaper prompt"
        )
    bearers: Sequence[Bearer] = document.attribution.rows if document.attribution else ()
    if document.attribution and any(each.name for each in bearers):
        by = document.attribution.by
        titles = (by.capitalize(), "Requests", "$ per month")
        rows = [
            row(
                (
                    code(each.name or "") or _UNNAMED.get(by, UNKNOWN),
                    f"{each.requests:,}",
                    _money(each.monthly_usd.interval(each.grade)),
                )
            )
            for each in bearers
        ]
        yield Section(header(titles, _NUMBERS), rows, most=most, left=f"cheaper {by}")


def _dearness(prompt: Prompt) -> tuple[bool, bool, Decimal, int, str]:
    cost = usd(prompt.cost.monthly_usd.typical)
    return prompt.confidence == "low", cost is None, -(cost or Decimal(0)), -prompt.tokens.static, prompt.id


def _cells(prompt: Prompt) -> str:
    cost = prompt.cost
    inlined = "inlined" if prompt.inlined else ""
    low = " (low confidence)" if prompt.confidence == "low" else ""
    return row(
        (
            f"{code(prompt.name)}{low}<br>{code(f'{prompt.path}:{prompt.line}')}".removeprefix("<br>"),
            f"{prompt.tokens.static:,}",
            inlined or _money(cost.per_call_usd.interval(prompt.tokens.grade)),
            inlined or _money(cost.monthly_usd.interval(cost.grade)),
            code(prompt.owner or ""),
            f"{prompt.tokens.grade.value} / {cost.grade.value}",
        )
    )


def _money(amount: Interval[Decimal]) -> str:
    """The likeliest amount, with the sign of what it is by its bounds."""
    before = "" if amount.typical is None else sign(amount.typical, amount)
    return f"{before}{dollars(amount.typical)}"
