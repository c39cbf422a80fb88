from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from readers_examples import assert_written, found, strings

from scrimp.readers.json import parse

values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
    max_leaves=15,
)


@given(values, st.booleans(), st.sampled_from([None, 1, "\t"]))
def test_strings_equal_those_of_the_standard_library(value: object, ascii_only: bool, indent: Any) -> None:
    source = json.dumps(value, ensure_ascii=ascii_only, indent=indent)

    document = parse(source)

    assert found(document) == strings(json.loads(source))
    assert document.faults == ()
    for scalar in document.scalars:
        assert_written(scalar.text, source)
        assert json.loads(source[scalar.start : scalar.end]) == json.loads(
            json.dumps(scalar.text.value) if scalar.kind == "string" else scalar.text.value
        )


@pytest.mark.parametrize(
    "escaped", [r"\"\\\/\b\f\n\r\t", r"\u0041\u00e9", r"\ud83d\ude00", r"\ud83d", r"\ude00x", r"a\u6f22b"]
)
def test_escapes_are_decoded(escaped: str) -> None:
    source = f'{{"a": "{escaped}"}}'

    assert found(parse(source)) == {("a",): json.loads(source)["a"]}


def test_comments_and_trailing_commas_are_read() -> None:
    source = '{ // one\n "a": "x", /* two */ "b": ["y", ], }'

    assert found(parse(source)) == {("a",): "x", ("b", 0): "y"}
    assert parse(source).faults == ()


@pytest.mark.parametrize(
    "source", ['{"a": "x"', '{"a": "x}', '["a"}', "{'a': 1}", '{"a" "b"}', "]", '{"a": "x\ny"}']
)
def test_a_malformed_text_gives_a_fault_and_no_error(source: str) -> None:
    faults = parse(source).faults

    assert [(fault.code, fault.incomplete) for fault in faults] == [("syntax", True)]


def test_what_stands_before_and_behind_a_malformed_place_is_kept() -> None:
    document = parse('{"a": "x", oops: 1, "b": "y"}')

    assert {"x", "y"} <= set(found(document).values())


@given(st.text('{}[]:,"\\ab1 \n', max_size=60))
def test_no_text_raises_and_places_are_true(source: str) -> None:
    for scalar in parse(source).scalars:
        assert_written(scalar.text, source)
