"""LiteLLM's price table, one JSON file in its wheel."""

from __future__ import annotations

import zipfile
from pathlib import Path

from scrimp.prices.litellm import Table, parsed, table_of

SOURCE = {"package": "litellm", "version": "1.109.1", "date": "2026-11-12", "licence": "MIT"}
"""The version to read, and the day on which it was published."""

TABLE = "litellm/model_prices_and_context_window_backup.json"


def table_in(wheel: Path) -> Table:
    """The rows of a wheel."""
    with zipfile.ZipFile(wheel) as archive:
        return table_of(parsed(archive.read(TABLE)))
