"""Build ``src/scrimp/prices/data/prices.json`` from two published price tables.

    python -m scripts.refresh_prices

The tables are those of ``genai-prices`` (first: reviewed, with history) and of LiteLLM (more models, batch
prices, cache minima), taken from their wheels. Where they disagree on input or output, the first one's price
is kept and the disagreement is listed in the data. To refresh, change version and date of both in
``price_sources`` and run this again: the result depends on nothing else, since prices that vary by hour or
day are read at noon UTC of the first source's date. Then put the versions, dates and the hash that it prints
into NOTICE; a test compares them.
"""

from __future__ import annotations

import hashlib
import sys
import tempfile
from pathlib import Path
from typing import Any

from scrimp.prices.rows import FIELDS, Row, listed
from scrimp.prices.snapshot import PACKAGED, SCHEMA, render
from scripts.price_sources import download, genai, install, litellm

PRICED = ("input", "output")
# Where the sources agree on a price they agree on its parts; the prices of long inputs are the first one's
# alone.
COMPLETED = FIELDS[1:-1]
LIMITS = ("context_window", "max_output", "cache_minimum")


def main() -> None:
    """Build the price list and write it."""
    with tempfile.TemporaryDirectory() as folder:
        second = litellm.table_in(download(litellm.SOURCE, Path(folder)))
        install(genai.SOURCE, Path(folder) / "genai")
        sys.path.insert(0, str(Path(folder) / "genai"))
        first = genai.rows_of(second)
    document = merged(first, {name: row for name, (_, row) in second.items()})
    content = render(document).encode()
    PACKAGED.write_bytes(content)
    print(f"{len(document['models'])} models, {len(document['disagreements'])} disagreements")
    print(f"sha256 {hashlib.sha256(content).hexdigest()}")


def merged(first: dict[str, Row], second: dict[str, Row]) -> dict[str, Any]:
    """The price list: the first source's rows, completed by the second's, and the second's alone."""
    models: dict[str, list[Any]] = {}
    disagreements: list[list[Any]] = []
    for name in sorted(first.keys() | second.keys()):
        if name in first and name in second:
            row = completed(first[name], second[name])
            if not agree(first[name], second[name]):
                prices = [side[name][field] for side in (first, second) for field in PRICED]
                disagreements.append([name, *prices])
        else:
            row = first.get(name) or second[name]
        models[name] = listed(row, 0 if name in first else 1)
    return {
        "schema": SCHEMA,
        "date": genai.SOURCE["date"],
        "sources": [genai.SOURCE, litellm.SOURCE],
        "fields": list(FIELDS),
        "models": models,
        "disagreement_fields": ["key", "input", "output", "litellm_input", "litellm_output"],
        "disagreements": disagreements,
    }


def agree(one: Row, other: Row) -> bool:
    """Whether two rows tell the same price."""
    return all(one[field] == other[field] for field in PRICED)


def completed(row: Row, other: Row) -> Row:
    """A row with what it doesn't tell taken from another: all of it if they agree, else only limits."""
    fields = COMPLETED if agree(row, other) else LIMITS
    return row | {field: other.get(field) for field in fields if row.get(field) is None}


if __name__ == "__main__":
    main()
