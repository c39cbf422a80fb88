"""Tables are read from what they were compiled to."""

from __future__ import annotations

import tomllib
from datetime import date
from pathlib import Path

import pytest

import scrimp
from scrimp.tables import compiled, table

TABLES = sorted(Path(scrimp.__file__).parent.rglob("*.toml"))


def as_text(value: object) -> object:
    if isinstance(value, dict):
        return {key: as_text(each) for key, each in value.items()}
    if isinstance(value, list):
        return [as_text(each) for each in value]
    return value.isoformat() if isinstance(value, date) else value


@pytest.mark.parametrize("file", TABLES, ids=lambda file: file.name)
def test_a_table_says_what_is_written_in_its_file(file: Path) -> None:
    same = file.with_suffix(".json").read_bytes() == compiled(file)
    assert same, "run python scripts/compile_data.py"

    assert table(file) == as_text(tomllib.loads(file.read_text("utf-8")))
