"""Tables that come with scrimp in TOML, which people read well, and Python fifty times as slowly as JSON."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import msgspec


def table(file: Path) -> dict[str, Any]:
    """What a TOML file of the package holds, as ``scripts/compile_data.py`` compiled it; dates are YYYY-MM-DD."""
    return msgspec.json.decode(file.with_suffix(".json").read_bytes(), type=dict[str, Any])


def compiled(file: Path) -> bytes:
    """A TOML file as JSON."""
    import tomllib  # noqa: PLC0415  a run reads none

    return msgspec.json.format(msgspec.json.encode(tomllib.loads(file.read_text("utf-8"))), indent=1) + b"\n"
