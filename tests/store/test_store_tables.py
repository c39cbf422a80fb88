import tomllib
from datetime import date
from pathlib import Path

import pytest

import scrimp
from scrimp.store import sealed
from scrimp.store.shared import sharing
from scrimp.store.tables import table

TABLES = sorted(Path(scrimp.__file__).parent.rglob("*.toml"))


def as_text(value: object) -> object:
    if isinstance(value, dict):
        return {key: as_text(each) for key, each in value.items()}
    if isinstance(value, list):
        return [as_text(each) for each in value]
    return value.isoformat() if isinstance(value, date) else value


@pytest.mark.parametrize("file", TABLES, ids=lambda file: file.name)
def test_a_table_says_the_same_whether_it_is_kept_or_not(file: Path, tmp_path: Path) -> None:
    expected = as_text(tomllib.loads(file.read_text("utf-8")))

    with sharing(tmp_path):
        first, second = table(file), table(file)

    assert table(file) == first == second == expected
    assert sealed.read(tmp_path / file.name) is not None


def test_no_two_tables_are_kept_under_one_name() -> None:
    assert len({file.name for file in TABLES}) == len(TABLES)


def test_a_table_is_read_anew_where_what_is_kept_of_it_makes_no_sense(tmp_path: Path) -> None:
    sealed.write(tmp_path / TABLES[0].name, b"\xc1")

    with sharing(tmp_path):
        found = table(TABLES[0])

    assert found == table(TABLES[0])
