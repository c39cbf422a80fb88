"""Numbers as programs read them: money as decimal strings, ratios with as many digits as mean something."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Context, Decimal
from functools import cache

from scrimp.model.amounts import Interval

SIGNIFICANT_DIGITS = 6
MOST_DECIMALS = 15
"""A token of the cheapest models costs some 1e-8 USD; what is below 1e-15 USD is noise of a division."""
_WIDE = Context(prec=80)


@cache
def money(amount: Decimal | None) -> str | None:
    """USD without exponent: at least to the cent, with six significant digits; unknown is ``None``.

    Most amounts stand in several places: of one model a report's prices are few, and what is likely is often certain.
    """
    if amount is None:
        return None
    decimals = min(max(2, SIGNIFICANT_DIGITS - 1 - amount.adjusted()), MOST_DECIMALS)
    rounded = amount.quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP, _WIDE)
    whole, _, fraction = format(rounded, "f").partition(".")
    text = f"{whole}.{fraction.rstrip('0'):0<2}"
    return text.removeprefix("-") if not text.strip("-0.") else text


def usd(amount: Interval[Decimal]) -> dict[str, str | None]:
    """An interval of money."""
    return {"low": money(amount.low), "typical": money(amount.typical), "high": money(amount.high)}


def number(value: Decimal | None) -> str | None:
    """A ratio or percentage without exponent, with six significant digits; unknown is ``None``."""
    if value is None:
        return None
    text = format(Decimal(f"{value:.{SIGNIFICANT_DIGITS}g}"), "f")
    return text.rstrip("0").rstrip(".") if "." in text else text
