"""A table put into a TOML file: behind its like, and nothing else changes."""

from __future__ import annotations

import tomllib

import pytest

from scrimp.model.errors import UserError
from scrimp.starting.table import with_table

OURS = '[tool.scrimp]\n# what is said\nmodel = "m"  # why\n\n[[tool.scrimp.prompts]]\nmatch = "a/**"\n'


def put_in(text: str) -> str:
    return with_table("p.toml", text, ("tool", "scrimp"), OURS)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        pytest.param("", OURS, id="an empty file"),
        pytest.param(
            '[project]\nname = "x" # c\n', f'[project]\nname = "x" # c\n\n{OURS}', id="without tools"
        ),
        pytest.param("[project]\n", f"[project]\n\n{OURS}", id="an empty table"),
        pytest.param(
            "[tool.ruff]\na = 1\n\n[tool.ruff.lint]\nb = [\n  1, # one\n]\n\n[build-system]\nc = 1\n",
            f"[tool.ruff]\na = 1\n\n[tool.ruff.lint]\nb = [\n  1, # one\n]\n\n{OURS}\n[build-system]\nc = 1\n",
            id="behind other tools",
        ),
        pytest.param("[tool]\nruff.a = 1", f"[tool]\nruff.a = 1\n\n{OURS}", id="dotted keys, no line end"),
        pytest.param(
            "[tool.a]\r\nb = 1\r\n",
            "[tool.a]\r\nb = 1\r\n\r\n" + OURS.replace("\n", "\r\n"),
            id="line ends of Windows",
        ),
    ],
)
def test_the_table_stands_behind_its_like(before: str, after: str) -> None:
    assert put_in(before) == after
    assert tomllib.loads(after)["tool"]["scrimp"] == {"model": "m", "prompts": [{"match": "a/**"}]}


@pytest.mark.parametrize(
    ("text", "place"),
    [
        pytest.param("tool = {ruff = {a = 1}}\n", "p.toml:1:1:", id="a parent in braces"),
        pytest.param('tool = "none"\n', "p.toml:1:1:", id="a parent that is a text"),
        pytest.param("[tool.scrimp]\na = 1\n", "p.toml:1:1:", id="there already"),
        pytest.param("[project]\nname = x\n", "p.toml:2:8:", id="no TOML"),
    ],
)
def test_where_it_has_no_place_that_is_an_error_with_one(text: str, place: str) -> None:
    with pytest.raises(UserError) as caught:
        put_in(text)

    assert caught.value.message.startswith(place)
