"""Tables that come with scrimp in TOML, which people read well, and Python fifty times as slowly as what is kept."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import msgspec

from scrimp.store import shared


def table(file: Path) -> dict[str, Any]:
    """What a TOML file of the package holds. Dates are text (YYYY-MM-DD), and no two files have the same name."""
    kept = shared.recalled(file.name)
    if kept is not None:
        try:
            return msgspec.msgpack.decode(kept, type=dict[str, Any])
        except msgspec.MsgspecError:
            pass
    import tomllib  # noqa: PLC0415  a warm run reads none

    content = msgspec.msgpack.encode(tomllib.loads(file.read_text("utf-8")))
    shared.keep(file.name, content)
    return msgspec.msgpack.decode(content, type=dict[str, Any])
