"""Which models think before they answer unless a call says otherwise; thoughts are billed as output.

The table is data (``reasoning.json``), each row with its source. What matches no prefix isn't known to think.
"""

from __future__ import annotations

import json
from functools import lru_cache
from pathlib import Path

from scrimp.catalog.models import begins, normalise


@lru_cache(maxsize=4096)
def thinks(name: str) -> bool:
    """Whether a model, by its name in any spelling, thinks by default: by the longest prefix in the table."""
    bare = normalise(name)
    return next((found for prefix, found in _prefixes() if begins(bare, prefix)), False)


@lru_cache(maxsize=1)
def _prefixes() -> tuple[tuple[str, bool], ...]:
    """All prefixes, longest first."""
    rows = json.loads(Path(__file__).with_name("reasoning.json").read_bytes())["rows"]
    pairs = [(prefix, row["thinks"]) for row in rows for prefix in row["prefixes"]]
    return tuple(sorted(pairs, key=lambda pair: -len(pair[0])))
