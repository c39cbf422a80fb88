from __future__ import annotations

import io
import json
from itertools import takewhile
from typing import Any

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from readers_examples import assert_written, found, strings
from ruamel.yaml import YAML

from scrimp.readers.yaml import parse

printable = st.characters(
    min_codepoint=0x20, exclude_categories=["Cs", "Cc", "Zl", "Zp"], exclude_characters="\ufeff\ufffe\uffff"
)
words = st.text(printable | st.sampled_from("\n\t :#-'\"|>"), max_size=25)
values = st.recursive(
    words,
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.text("abc d:é", min_size=1, max_size=5), inner, max_size=3)
    ),
    max_leaves=8,
)


def loaded(source: str) -> Any:
    """What ruamel.yaml reads; None where it refuses."""
    try:
        return YAML(typ="safe", pure=True).load(source)
    except Exception:  # noqa: BLE001 - it raises more than its own errors
        return None


def dumped(value: object, style: Any, flow: bool, width: int) -> str:
    yaml = YAML(typ="safe", pure=True)
    yaml.default_style = style
    yaml.default_flow_style = flow
    yaml.width = width
    yaml.allow_unicode = True
    stream = io.StringIO()
    yaml.dump(value, stream)
    return stream.getvalue()


def assert_agrees(source: str, expected: object) -> None:
    document = parse(source)
    assert found(document) == {
        path: text
        for path, text in strings(expected).items()
        if all(isinstance(key, str | int) for key in path)
    }
    assert document.faults == ()
    for scalar in document.scalars:
        assert_written(scalar.text, source)


@settings(max_examples=80, deadline=None)
@given(values, st.sampled_from([None, '"', "'", "|", ">"]), st.booleans(), st.sampled_from([20, 80]))
def test_what_ruamel_writes_is_read_as_ruamel_reads_it(
    value: object, style: Any, flow: bool, width: int
) -> None:
    source = dumped({"top": value}, style, flow, width)
    expected = loaded(source)
    assume(expected is not None)

    assert_agrees(source, expected)


@settings(max_examples=150, deadline=None)
@given(
    st.sampled_from("|>"),
    st.sampled_from(["", "-", "+", "2", "1-", "+3", " # remark"]),
    st.lists(
        st.sampled_from(["", "a", "b c", " d", "  e", "\tf", "- g", "# h", " ", "   ", "é漢 x"]), max_size=8
    ),
    st.sampled_from(["k: {}", "- {}", "a:\n  b: {}", "- k: {}", "a:\n- {}", "a:\n  - - {}"]),
    st.integers(1, 4),
    st.sampled_from(["\n", "\r\n"]),
    st.sampled_from(["", "\n", "\nz"]),
)
def test_block_scalars_are_read_as_ruamel_reads_them(
    mark: str, header: str, lines: list[str], frame: str, deeper: int, end_of_line: str, end: str
) -> None:
    leading = takewhile(lambda line: not line.strip(), lines)
    assume(not any(leading))  # more blanks than the first line has are an error
    column = len(frame.rsplit("\n", 1)[-1]) - len(frame.rsplit("\n", 1)[-1].lstrip(" -"))
    indented = "".join(f"\n{' ' * (column + deeper)}{line}" if line else "\n" for line in lines)
    source = (frame.format(mark + header) + indented + end.replace("z", "zz: 1")).replace("\n", end_of_line)
    expected = loaded(source)
    assume(expected is not None)
    assume(not parse(source).faults)

    assert_agrees(source, expected)


@settings(max_examples=150, deadline=None)
@given(
    st.sampled_from(["'{}'", '"{}"', "{}"]),
    st.lists(
        st.sampled_from(
            [
                "a",
                "b c",
                " ",
                "\n  ",
                "\n\n  ",
                "\n \n  ",
                "''",
                "\\n",
                "\\\n  ",
                "\\\n\n  ",
                "\\x41",
                "\\u00e9",
                "\\\\",
                "\t",
                "é",
                "\r\n  ",
            ]
        ),
        min_size=1,
        max_size=8,
    ),
    st.sampled_from(["k: {}\n", "- {}\n", "k: [x, {}]\n", "a:\n  b: {}\nc: d\n"]),
)
def test_flow_scalars_are_read_as_ruamel_reads_them(quotes: str, parts: list[str], frame: str) -> None:
    source = frame.format(quotes.format("".join(parts)))
    expected = loaded(source)
    assume(expected is not None)
    assume(not parse(source).faults)

    assert_agrees(source, expected)


@pytest.mark.parametrize("escape", [*'0abtnvfre "/\\N_LP', "x7f", "u263a", "U0001F600"])
def test_escapes_are_decoded(escape: str) -> None:
    source = f'k: "a\\{escape}b"\n'

    assert found(parse(source)) == {("k",): loaded(source)["k"]}


def test_json_is_yaml_surrogate_pairs_included() -> None:
    source = json.dumps({"a": ["😀", {"b": "x\ny"}]})

    assert found(parse(source)) == {("a", 0): "😀", ("a", 1, "b"): "x\ny"}


def test_numbers_truth_and_nothing_are_no_strings() -> None:
    document = parse("a: 1\nb: true\nc:\nd: ~\ne: 1.5\nf: 'x'\n")

    assert found(document) == {("f",): "x"}


def test_aliases_are_not_followed() -> None:
    document = parse("a: &x some text\nb: *x\nc:\n  <<: *x\n")

    assert [(scalar.keys, scalar.kind, scalar.text.value) for scalar in document.scalars] == [
        (("a",), "string", "some text"),
        (("b",), "alias", "*x"),
        (("c", "<<"), "alias", "*x"),
    ]


def test_a_block_scalar_ends_with_its_last_line_that_is_not_blank() -> None:
    source = "a: |-\n  one\n  two\n\n\nb: x\n"
    scalar = parse(source).scalars[0]

    assert source[scalar.start : scalar.end] == "|-\n  one\n  two"


def test_all_documents_of_a_stream_are_read() -> None:
    assert [scalar.text.value for scalar in parse("---\na: x\n---\n- y\n...\n").scalars] == ["x", "y"]


def test_malformed_yaml_gives_a_fault() -> None:
    faults = parse("a: 'x\nb: [1, 2\nc: }\n").faults

    assert faults
    assert all(fault.code == "syntax" and fault.incomplete for fault in faults)


def test_a_template_of_a_manifest_is_no_reason_to_fail() -> None:
    source = "{{- if .Values.rbac }}\nkind: Role\nname: {{ .Values.name }}\n{{- end }}\n"

    assert [fault.incomplete for fault in parse(source).faults] == [False]
    assert [fault.incomplete for fault in parse(source + "system_prompt: {{ .Values.prompt }}").faults] == [
        True
    ]


@settings(deadline=None)
@given(st.text("ab:-?|>[]{},#&*!'\"\\ \n\t%@", max_size=50))
def test_no_text_raises_and_places_are_true(source: str) -> None:
    for scalar in parse(source).scalars:
        assert_written(scalar.text, source)
