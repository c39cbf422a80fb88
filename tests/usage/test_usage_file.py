"""The usage file: what it says, and what is wrong with it, with its place."""

import json
from datetime import date
from decimal import Decimal
from importlib.resources import files
from typing import Any

import pytest
from jsonschema import Draft202012Validator
from ruamel.yaml import YAML

from scrimp.config.globs import Target
from scrimp.model.errors import UserError
from scrimp.usage.book import Period
from scrimp.usage.edit import Editor
from scrimp.usage.file import UsageFile, period
from scrimp.usage.measured import Measured

FILE = """\
# ours
version: 1
match:
  - to: "search/**"
    project: proj_x*
    model: gpt-4o
prompts:
  a.py::ASK: # the dear one
    calls_per_month: 5_000
    variables: {docs: 3000, question: }
    measured:
      calls_per_month: 4812
      calls_from: tokens
      input_tokens: 3100
      hit_rate: 0.25
      period: 2026-10-01..2026-10-31
      source: openai by model
  a.py::OLD:
    gone: 2026-11-01
"""


def read(text: str) -> UsageFile:
    return UsageFile("scrimp-usage.yaml", text.encode())


def test_what_people_wrote_goes_before_what_was_measured() -> None:
    entry = read(FILE).book.entries["a.py::ASK"]
    assert (entry.calls_per_month, entry.calls_estimated) == (5000, False)
    assert (entry.input_tokens, entry.hit_rate) == (3100, Decimal("0.25"))
    assert entry.variables == {"docs": 3000}
    assert entry.period == Period(date(2026, 10, 1), date(2026, 10, 31))
    assert entry.source == "openai by model"


@pytest.fixture(scope="module")
def schema() -> Draft202012Validator:
    """The schema that editors use."""
    shipped = json.loads(files("scrimp.usage").joinpath("scrimp-usage.schema.json").read_text("utf-8"))
    Draft202012Validator.check_schema(shipped)
    return Draft202012Validator(shipped)


def as_an_editor_sees_it(text: str) -> Any:
    return json.loads(json.dumps(YAML(typ="safe", pure=True).load(text), default=str))


def test_editors_accept_what_is_accepted(schema: Draft202012Validator) -> None:
    schema.validate(as_an_editor_sees_it(FILE))
    editor = Editor(None)
    editor.measure({"a.py::ASK": MEASURED}, {"openai"})
    schema.validate(as_an_editor_sees_it(editor.text()))


@pytest.mark.parametrize(
    "text",
    [
        "prompts:\n  a:\n    calls: 3\n",
        "prompts:\n  a: {calls_per_month: -3}\n",
        "prompts:\n  a: {hit_rate: 1.5}\n",
        "prompts:\n  a:\n    measured: {calls_from: guess}\n",
        "match:\n  - {model: gpt-4o}\n",
        "version: 2\n",
    ],
)
def test_editors_refuse_what_is_refused(schema: Draft202012Validator, text: str) -> None:
    assert not schema.is_valid(as_an_editor_sees_it(text))
    with pytest.raises(UserError):
        read(text)


def test_an_empty_file_says_nothing() -> None:
    assert not read("").book.entries
    assert not read("# later\n").book.entries


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("prompts:\n  a:\n    calls: 3\n", ':3:5: unknown key "calls"'),
        ("prompts:\n  a: {calls_per_month: -3}\n", ":2:24: calls_per_month: "),
        ("prompts:\n  a: {hit_rate: 1.5}\n", ":2:17: hit_rate: 1.5 is out of range"),
        ("prompts:\n  a: {calls_per_month: 1e40}\n", ":2:24: "),
        ("prompts:\n  a:\n    variables: {docs: -1}\n", ":3:23: docs: "),
        ("prompts:\n  a:\n    measured: {period: soon}\n", ':3:24: period: "soon" is no period'),
        ("prompts: {a: {}, a: {}}\n", ":1:18: the key `a` stands here twice"),
        ('match:\n  - to: "x"\n', ":2:5: a rule that every row fits"),
        ("version: 2\n", ":1:10: version: "),
        ("prompts: [\n", "this is not valid YAML"),
    ],
)
def test_what_is_wrong_is_told_with_its_place(text: str, message: str) -> None:
    with pytest.raises(UserError) as caught:
        read(text)
    assert message in caught.value.message
    assert caught.value.message.startswith("scrimp-usage.yaml:")


def test_entries_and_rules_that_name_nothing_are_told_with_their_places() -> None:
    told = list(read(FILE).unknown({"b.py::X"}, [Target("b.py::X", "b.py", "X")]))
    assert told == [
        "scrimp-usage.yaml:8:3: no prompt is called a.py::ASK: `scrimp usage sync` marks what is gone",
        "scrimp-usage.yaml:4:9: search/** matches no prompt",
    ]
    assert not list(read(FILE).unknown({"a.py::ASK"}, [Target("search/a.py::ASK", "search/a.py", "ASK")]))


@pytest.mark.parametrize(
    ("written", "first", "last"),
    [
        ("2026-10", date(2026, 10, 1), date(2026, 10, 31)),
        ("2026-12", date(2026, 12, 1), date(2026, 12, 31)),
        ("2026-10-05..2026-10-05", date(2026, 10, 5), date(2026, 10, 5)),
    ],
)
def test_periods(written: str, first: date, last: date) -> None:
    assert period(written) == Period(first, last)


@pytest.mark.parametrize("written", ["", "october", "2026-13", "2026-10-31..2026-10-01", "2026-10-01.."])
def test_what_is_no_period(written: str) -> None:
    with pytest.raises(ValueError, match=r"period|ends before"):
        period(written)


MEASURED = Measured(
    calls_per_month=4900,
    calls_estimated=False,
    input_tokens=3000,
    unsized_tokens=None,
    output_tokens=200,
    reasoning_tokens=None,
    hit_rate=Decimal("0.500"),
    write_rate=None,
    split=1,
    period=Period(date(2026, 11, 1), date(2026, 11, 20)),
    source="openai by model",
)


class TestEditing:
    @pytest.mark.parametrize(
        "text",
        [
            "match:\n- to: a.py\n  model: x\nprompts:\n    a.py::ASK:\n        calls_per_month: 3 # ours\n",
            "match:\n    - to: a.py\n      model: x\n\nprompts:\n  # the first\n  a.py::ASK: {output_tokens: 3}\n",
        ],
    )
    def test_indentation_stays_as_it_is(self, text: str) -> None:
        editor = Editor(text.encode())
        editor.measure({"b.py::B": MEASURED}, {"openai"})
        assert editor.text().startswith(text)

    def test_an_import_changes_what_was_measured_and_nothing_else(self) -> None:
        editor = Editor(FILE.encode())
        editor.measure({"a.py::ASK": MEASURED}, {"openai"})
        text = editor.text()
        assert text.startswith("# ours\nversion: 1\n")
        assert "  a.py::ASK: # the dear one\n    calls_per_month: 5_000\n" in text
        assert "      calls_per_month: 4900\n      input_tokens: 3000\n" in text
        entry = read(text).book.entries["a.py::ASK"]
        assert (entry.calls_per_month, entry.input_tokens, entry.output_tokens) == (5000, 3000, 200)

    def test_writing_the_same_again_changes_no_byte(self) -> None:
        editor = Editor(None)
        editor.measure({"a.py::ASK": MEASURED}, {"openai"})
        once = editor.text()
        again = Editor(once.encode())
        again.measure({"a.py::ASK": MEASURED}, {"openai"})
        assert again.text() == once

    def test_what_no_row_supports_any_more_is_taken_out(self) -> None:
        editor = Editor(FILE.encode())
        editor.measure({}, {"openai"})
        assert "measured" not in editor.text()
        other = Editor(FILE.encode())
        other.measure({}, {"litellm"})
        assert other.text() == FILE

    def test_gone_prompts_are_marked_once_and_unmarked_when_they_are_back(self) -> None:
        editor = Editor(FILE.encode())
        assert editor.mark({"b.py::X"}, date(2026, 11, 24)) == (["a.py::ASK"], [])
        text = editor.text()
        assert "gone: 2026-11-24" in text
        assert "gone: 2026-11-01" in text
        back = Editor(text.encode())
        assert back.mark({"a.py::ASK", "a.py::OLD"}, date(2026, 11, 25)) == ([], ["a.py::ASK", "a.py::OLD"])
        assert "gone" not in back.text()
