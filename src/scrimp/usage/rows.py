"""The one neutral row that every export is read as, and the values that it is made of."""

from __future__ import annotations

from datetime import UTC, datetime
from decimal import Decimal, InvalidOperation

from msgspec import Struct

MOST_CALLS = 10**9
"""Calls in one row: no organization sends more in a day, so a larger number is a mistake in the export."""
MOST_TOKENS = 10**15
"""Tokens in one row, likewise: at the lowest price in the list it would be millions of dollars."""
MOST_MONEY = Decimal(10**8)
"""US dollars in one row, likewise."""
FIRST, LAST = datetime(2015, 1, 1, tzinfo=UTC).timestamp(), datetime(2100, 1, 1, tzinfo=UTC).timestamp()
"""Moments between which a call can have been made."""


class RowError(ValueError):
    """A row that can't be understood; the message says why, without its place."""


class CurrencyError(RowError):
    """A row with an amount in another currency than US dollars."""


class Row(Struct, frozen=True):
    """Some calls of one model in a span of time: one call of a log, or the sum of a bucket.

    ``identity`` is the same wherever the same row is exported again. ``start`` and ``end`` are Unix seconds, the end
    exclusive. ``calls`` is ``None`` where the source counts none. ``input`` includes the tokens that were read from
    the cache (``cached``) and written to it (``written``), ``output`` those that were thought (``reasoning``). ``usd``
    is what was billed, ``None`` where the row doesn't tell. ``prompt`` is the name that the call itself gives its
    prompt, ``path`` and ``function`` the code that made it, ``tags`` what it was labelled with, ``project`` whom it is
    billed to. ``parent`` is the identity of the row that this one is a part of.
    """

    identity: str
    start: float
    end: float
    provider: str = ""
    model: str = ""
    project: str = ""
    prompt: str = ""
    path: str = ""
    function: str = ""
    tags: tuple[str, ...] = ()
    calls: int | None = 1
    input: int = 0
    cached: int = 0
    written: int = 0
    output: int = 0
    reasoning: int = 0
    usd: Decimal | None = None
    parent: str = ""


class PassedOver(Struct, frozen=True):
    """A row that says nothing of a model's calls, by design: ``reason`` tells why, for counting."""

    reason: str


def whole(value: object, name: str, most: int = MOST_TOKENS) -> int:
    """A count; nothing is 0. Raises ``RowError`` for what isn't a whole number, is negative or absurd."""
    if type(value) is int and 0 <= value <= most:
        return value
    if value is None or value == "":
        return 0
    try:
        number = Decimal(str(value)) if not isinstance(value, bool) else None
    except InvalidOperation:
        number = None
    if number is None or not number.is_finite() or number != number.to_integral_value():
        raise RowError(f"{name}: {_shown(value)} is not a whole number")
    if number < 0:
        raise RowError(f"{name}: {_shown(value)} is negative")
    if number > most:
        raise RowError(f"{name}: {_shown(value)} is absurd")
    return int(number)


def money(value: object, name: str, *, refunds: bool = False) -> Decimal | None:
    """An amount; nothing is ``None``. ``refunds`` admits negative ones. Raises ``RowError``."""
    if value is None or value == "":
        return None
    try:
        amount = Decimal(str(value))
    except InvalidOperation:
        amount = Decimal("NaN")
    if not amount.is_finite():
        raise RowError(f"{name}: {_shown(value)} is not an amount")
    if amount < 0 and not refunds:
        raise RowError(f"{name}: {_shown(value)} is negative")
    if abs(amount) > MOST_MONEY:
        raise RowError(f"{name}: {_shown(value)} is absurd")
    return amount


def in_dollars(currency: object) -> None:
    """Raise ``RowError`` for another currency than US dollars: rates change daily, and nobody stated one."""
    if str(currency or "USD").upper() != "USD":
        raise CurrencyError(f"amounts are in {_shown(currency)}: export them in USD")


def moment(value: object, name: str) -> float:
    """Unix seconds of a number of them, or of a time as ISO 8601 writes it (UTC unless it tells its zone)."""
    try:
        seconds = float(value) if isinstance(value, int | float | Decimal) else _written(str(value))
    except ValueError:
        raise RowError(f"{name}: {_shown(value)} is not a time") from None
    if not FIRST <= seconds < LAST:
        raise RowError(f"{name}: {_shown(value)} is absurd")
    return seconds


def _written(text: str) -> float:
    if text.isdecimal():
        return float(text)
    read = datetime.fromisoformat(text.removesuffix(" UTC"))
    return (read if read.tzinfo else read.replace(tzinfo=UTC)).timestamp()


def text(value: object) -> str:
    """A name; nothing, and what stands for nothing in CSV, is ``""``."""
    if value is None:
        return ""
    written = (value if isinstance(value, str) else str(value)).strip()
    return "" if written in ("null", "None") else written


def _shown(value: object) -> str:
    shown = repr(value) if isinstance(value, str) else str(value)
    return shown if len(shown) <= 60 else shown[:57] + "..."
