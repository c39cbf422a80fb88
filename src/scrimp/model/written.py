"""Numbers as people read them, in one place so that a figure looks alike wherever it stands.

US dollars are written to the cent, below a cent with two significant digits; percentages with one decimal. All are
rounded half to even, unless ``UP`` is asked for. Programs read ``reporters.amounts`` instead.
"""

from __future__ import annotations

from decimal import ROUND_CEILING, ROUND_HALF_EVEN, Context, Decimal

UNKNOWN = "unknown"
UP = ROUND_CEILING
"""For what broke a limit, which must never look kept."""

ROUGH_FROM = 100
"""US dollars from which a forecast is told without cents: it isn't known to a hundredth of itself."""

_WIDE = Context(prec=80)
"""Digits that no sum of ours has: where they don't suffice, decimals raise."""


def amount(usd: Decimal, rounding: str = ROUND_HALF_EVEN) -> str:
    """US dollars without their sign ``$``: ``1,234.50``, ``0.0012``."""
    finest = min(-2, usd.adjusted() - 1) if usd else -2
    return f"{usd.quantize(Decimal(1).scaleb(finest), rounding, _WIDE):,f}"


def dollars(usd: Decimal | None, rounding: str = ROUND_HALF_EVEN) -> str:
    """US dollars with their sign, a minus in front: ``-$1.50``."""
    if usd is None:
        return UNKNOWN
    return f"-${amount(-usd)}" if usd < 0 else f"${amount(usd, rounding)}"


def signed_dollars(usd: Decimal | None) -> str:
    """A difference: ``+$1.50``."""
    return f"+{dollars(usd)}" if usd is not None and usd >= 0 else dollars(usd)


def rough_dollars(usd: Decimal) -> str:
    """US dollars without their sign, large ones without cents."""
    return f"{usd:,.0f}" if usd >= ROUGH_FROM else amount(usd)


def stated_dollars(usd: Decimal) -> str:
    """An amount that somebody states, in all the digits that were stated: ``$12,000``, ``$3.50``."""
    return f"${usd:,f}"


def exact(number: Decimal) -> str:
    """All digits of a number, without exponent and trailing zeros."""
    return format(number.normalize(_WIDE), "f")


def percent(number: Decimal, decimals: int = 1, rounding: str = ROUND_HALF_EVEN, sign: str = "") -> str:
    """A percentage, as ``4.2`` is ``4.2%``; ``sign`` is ``+`` for a difference."""
    return f"{number.quantize(Decimal(1).scaleb(-decimals), rounding, _WIDE):{sign}f}%"


def counted(number: int, noun: str) -> str:
    """``1 prompt``, ``2 prompts``."""
    return f"{number:,} {noun}" if number == 1 else f"{number:,} {noun}s"
