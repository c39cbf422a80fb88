"""Numbers as people read them, in one place so that a figure looks alike wherever it stands.

US dollars are written to the cent, below a cent with two significant digits; percentages with one decimal. All are
rounded half up (away from zero), unless ``UP`` is asked for. Programs read ``reporters.amounts`` instead.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import ROUND_CEILING, ROUND_HALF_UP, Context, Decimal

from scrimp.model.amounts import Grade, Interval, Number
from scrimp.model.rounding import apportioned

UNKNOWN = "unknown"
FLOOR, ABOUT = "≥", "~"
"""What stands before an amount that can only be more, and before one that is the likeliest."""

SIGNS = {"": "", FLOOR: "at least ", ABOUT: "about "}
"""The signs of amounts in words, the surest first."""

_GUESSES = (Grade.HEURISTIC, Grade.ASSUMED, Grade.UNKNOWN)
UP = ROUND_CEILING
"""For what broke a limit, which must never look kept."""

ROUGH_FROM = 100
"""US dollars from which a forecast is told without cents: it isn't known to a hundredth of itself."""

_WIDE = Context(prec=80)
"""Digits that no sum of ours has: where they don't suffice, decimals raise."""


def amount(usd: Decimal, rounding: str = ROUND_HALF_UP) -> str:
    """US dollars without their sign ``$``: ``1,234.50``, ``0.0012``."""
    return f"{usd.quantize(Decimal(1).scaleb(_finest(usd)), rounding, _WIDE):,f}"


def _finest(usd: Decimal) -> int:
    """The exponent of the last digit that is written of an amount."""
    return min(-2, usd.adjusted() - 1) if usd else -2


def dollars(usd: Decimal | None, rounding: str = ROUND_HALF_UP) -> str:
    """US dollars with their sign, a minus in front: ``-$1.50``."""
    if usd is None:
        return UNKNOWN
    return f"-${amount(-usd)}" if usd < 0 else f"${amount(usd, rounding)}"


def signed_dollars(usd: Decimal | None) -> str:
    """A difference: ``+$1.50``."""
    return f"+{dollars(usd)}" if usd is not None and usd >= 0 else dollars(usd)


def rough_dollars(usd: Decimal) -> str:
    """US dollars without their sign, large ones without cents."""
    return whole(usd) if usd >= ROUGH_FROM else amount(usd)


def whole(number: Decimal) -> str:
    """A number without decimals: ``1,235``."""
    return f"{int(number.to_integral_value(ROUND_HALF_UP)):,}"


def stated_dollars(usd: Decimal) -> str:
    """An amount that somebody states, in all the digits that were stated: ``$12,000``, ``$3.50``."""
    return f"${usd:,f}"


def sign(value: Number, within: Interval[Number]) -> str:
    """What stands before a value, by its bounds: nothing if it is known, ``≥`` if it is their lower one, else ``~``.

    What rests on a guess is no bound, whatever is computed from it.
    """
    if within.low is None or value > within.low or within.grade in _GUESSES:
        return ABOUT
    return "" if value == within.high else FLOOR


def leading(*amounts: Interval[Decimal]) -> str:
    """``about ``, ``at least `` or nothing: what is said before typical amounts, by the least sure of them."""
    signs = [sign(each.typical, each) for each in amounts if each.typical is not None]
    return SIGNS[max(signs, key=list(SIGNS).index, default="")]


def spent(monthly: Interval[Decimal], assumed: Decimal | None) -> str:
    """US dollars a month in words, with their bounds: ``about $9.50 a month; at least $2.10``.

    ``assumed`` is what of it is at volumes or models that are assumed, without which the bounds say nothing.
    """
    low, typical, high = monthly.low, monthly.typical, monthly.high
    if typical is None:
        return "cost per month unknown"
    said = f"{leading(monthly)}{dollars(typical)} a month"
    if low is None or sign(typical, monthly) != ABOUT or low == high:
        return said
    if high is None and low == typical:
        return f"{said} or more"
    bounds = f"at least {dollars(low)}" if high is None else f"{dollars(low)} to {dollars(high)}"
    return f"{said}; {bounds}{' at these volumes and models' if assumed else ''}"


def adding_up(amounts: Sequence[Decimal]) -> list[str]:
    """US dollars, none negative, rounded so that they add up to their sum as it is written."""
    total = sum(amounts, Decimal(0))
    step = Decimal(1).scaleb(_finest(total))
    rounded = zip(amounts, apportioned(amounts, total, step), strict=True)
    return [f"${each:,f}" if each or not exact else f"<${step:f}" for exact, each in rounded]


def basis(grade: Grade) -> str:
    """What a share of the cost rests on, by the grade of its volume."""
    return "assumed volumes or models" if grade is Grade.ASSUMED else f"{grade.value} volumes"


def exact(number: Decimal) -> str:
    """All digits of a number, without exponent and trailing zeros."""
    return format(number.normalize(_WIDE), "f")


def percent(number: Decimal, decimals: int = 1, rounding: str = ROUND_HALF_UP, sign: str = "") -> str:
    """A percentage, as ``4.2`` is ``4.2%``; ``sign`` is ``+`` for a difference.

    What is rounded to nothing has no minus.
    """
    rounded = number.quantize(Decimal(1).scaleb(-decimals), rounding, _WIDE)
    return f"{rounded or abs(rounded):{sign}f}%"


def counted(number: int, noun: str) -> str:
    """``1 prompt``, ``2 prompts``."""
    return f"{number:,} {noun}" if number == 1 else f"{number:,} {noun}s"


def extent(prompts: int, unsure: int, where: str, tokens: int) -> str:
    """How much there is, as in ``2 requests``; prompts of low confidence count apart, and their tokens not at all."""
    low = f" (and {unsure:,} of low confidence)" if unsure else ""
    return f"{counted(prompts, 'prompt')}{low} in {where}, {counted(tokens, 'static token')}"


def purposes(prompts: Decimal, answers: Decimal, other: Decimal) -> str:
    """What a total is paid for, in US dollars that add up to it; what costs nothing is left out."""
    named = ((prompts, "input of prompts"), (answers, "answers"), (other, "other input"))
    costly = [(amount, name) for amount, name in named if amount]
    written = adding_up([amount for amount, _ in costly])
    return ", ".join(f"{usd} {name}" for usd, (_, name) in zip(written, costly, strict=True))
