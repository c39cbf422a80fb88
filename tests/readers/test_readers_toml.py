from __future__ import annotations

import json
import tomllib
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from readers_examples import assert_written, found, strings

from scrimp.readers.toml import parse

characters = st.characters(exclude_categories=["Cs", "Cc"])
bare = st.text("abcXYZ019_-", min_size=1, max_size=5)


def basic(value: str) -> str:
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")


@st.composite
def written_strings(draw: st.DrawFn) -> str:
    """A string in any of TOML's four forms."""
    match draw(st.sampled_from(["basic", "literal", "long basic", "long literal"])):
        case "basic":
            return basic(draw(st.text(characters)))
        case "literal":
            return "'" + draw(st.text(characters)).replace("'", "") + "'"
        case "long basic":
            parts = st.sampled_from(
                ["\n", "\r\n", "\\\n   ", "\\\r\n\n ", "\\t", "\\u00e9", '"', " ", "\\\\"]
            )
            inner = "".join(
                draw(st.lists(parts | st.text(characters.filter(lambda c: c not in '\\"')), max_size=8))
            )
            return '"""' + draw(st.sampled_from(["", "\n", "\r\n"])) + inner.replace('"""', "") + ' """'
    inner = "".join(
        draw(st.lists(st.sampled_from(["\n", "\r\n", "\\", " "]) | st.text(characters), max_size=8))
    )
    return "'''" + inner.replace("'", "") + "'''"


@given(st.lists(st.tuples(bare, written_strings()), max_size=5, unique_by=lambda pair: pair[0]))
def test_strings_equal_those_of_the_standard_library(pairs: list[tuple[str, str]]) -> None:
    source = "".join(f"{key} = {value}\n" for key, value in pairs)
    try:
        expected = tomllib.loads(source)
    except tomllib.TOMLDecodeError:
        return

    document = parse(source)

    assert found(document) == strings(expected)
    assert document.faults == ()
    for scalar in document.scalars:
        assert_written(scalar.text, source)


@pytest.mark.parametrize(
    "source",
    [
        'a.b."c d" = "x"\n[t.u]\nk = "y"\n',
        "[[p]]\nx = 'a'\n[[p]]\nx = 'b'\n[p.q]\ny = 'c'\n[[p.r]]\nz = 'd'\n[[p.r]]\nz = 'e'\n",
        'a = ["x", {k = "y", n.m = "z"}, [ "w", # remark\n "v" ]]\n',
        "é = 'ü'\n".replace("é", '"é"') + 'k = """\n漢字 \\\n   x"""\n',
        "a = 1\nb = 1979-05-27T07:32:00Z\nc = true\nd = 1.5\n",
        "",
    ],
)
def test_key_paths_equal_those_of_the_standard_library(source: str) -> None:
    expected: dict[str, Any] = tomllib.loads(source)

    assert found(parse(source)) == strings(expected)
    assert parse(source).faults == ()


def test_what_stands_around_a_malformed_place_is_kept() -> None:
    document = parse('a = "x"\nb = = 3\nc = "y"\n')

    assert {"x", "y"} <= set(found(document).values())
    assert [fault.code for fault in document.faults] != []
    assert all(fault.incomplete for fault in document.faults)
