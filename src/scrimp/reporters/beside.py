"""What a comparison's totals differ by beside the prompts that it lists, in words."""

from __future__ import annotations

from decimal import Decimal

from scrimp.model.changes import Unlisted
from scrimp.model.written import signed_dollars

_LEAST = Decimal("0.005")
"""What rounds to a cent: less makes no sum look wrong."""


def beside(amounts: Unlisted) -> str:
    """A line without its end; empty where the prompts' differences add up to that of the totals."""
    parts = (
        (amounts.without_text, "of calls without known text"),
        (amounts.not_sent, "of prompts that no call sends, which no total counts"),
        (amounts.unpriced, "of what has a price on one side alone"),
    )
    said = [f"{signed_dollars(amount)} {what}" for amount, what in parts if abs(amount) >= _LEAST]
    return f"Beside the prompts: {'; '.join(said)}" if said else ""
