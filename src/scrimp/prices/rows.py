"""What a row of a price list holds, while it is made of a published table."""

from __future__ import annotations

from typing import Any, TypeAlias

FIELDS = (
    "source",
    "input",
    "output",
    "cached_input",
    "cache_write",
    "cache_write_hour",
    "batch",
    "flex",
    "priority",
    "context_window",
    "max_output",
    "cache_minimum",
    "tiers",
)
"""The members of a row; ``source`` indexes the sources.

``batch``, ``flex`` and ``priority`` are the prices of other ways to be served, in the order of ``TIERED``. ``tiers``
are ``[above, *TIERED]``: the prices of a request with a longer input.
"""

TIERED = ("input", "output", "cached_input", "cache_write")
"""The prices that depend on the input's length or on the way to be served; unknown ones at the end are left out."""

Row: TypeAlias = dict[str, Any]
"""A model's figures by the names of ``FIELDS``; money as ``Decimal`` in USD per million tokens."""


def service(prices: list[Any], usual: list[Any]) -> list[Any] | None:
    """The prices of a way to be served, if it has prices of its own for input and output."""
    return shortened(prices) if None not in prices[:2] and prices != usual else None


def shortened(prices: list[Any]) -> list[Any]:
    """Prices without unknown ones at the end."""
    last = max((index for index, price in enumerate(prices) if price is not None), default=-1)
    return prices[: last + 1]


def listed(row: Row, source: int) -> list[Any]:
    """A row as a list keeps it, from the source of that index."""
    return [source, *(row.get(field) for field in FIELDS[1:])]
