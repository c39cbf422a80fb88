"""Rules about variables and loops of templates, beyond what their cards' examples show."""

from __future__ import annotations

import pytest
from checks.written import SETTINGS, Files
from msgspec.structs import replace

from scrimp.checks import shipped_cards
from scrimp.config.cards import card_named
from scrimp.config.globs import Pattern
from scrimp.config.schema import PromptEntry, Settings
from scrimp.model.findings import Finding

CARDS = shipped_cards()
TWICE = "Read the {0} and list the risks that it names: {{{0}}}\nOnce more, the {0} as it was given: {{{0}}}"


def found(rule: str, path: str, text: str, settings: Settings = SETTINGS) -> list[Finding]:
    return list(Files({path: text}, settings=settings).checked(card_named(CARDS, rule)).findings)


def sized(sizes: dict[str, int]) -> Settings:
    return replace(SETTINGS, prompts=(PromptEntry(match=Pattern("**"), variables=dict(sizes)),))


def prompt(text: str) -> str:
    return f'def ask(document, name, letter):\n    prompt = f"""{text}"""\n    return prompt\n'


class TestRepeatedVariable:
    def test_a_known_size_is_saved_once_for_each_further_place(self) -> None:
        text = prompt(TWICE.format("document") + " {document}")
        (finding,) = found("TPL001", "a.py", text, sized({"document": 700}))
        assert finding.tokens_saved == 1400
        assert "3 times" in finding.message

    def test_a_told_size_goes_before_a_name(self) -> None:
        assert found("TPL001", "a.py", prompt(TWICE.format("document")), sized({"document": 20})) == []
        (finding,) = found("TPL001", "a.py", prompt(TWICE.format("letter")), sized({"letter": 800}))
        assert finding.tokens_saved == 800

    @pytest.mark.parametrize("name", ["name", "max_rows_per_context", "num_documents"])
    def test_names_that_hold_little_are_left_alone(self, name: str) -> None:
        assert found("TPL001", "a.py", prompt(TWICE.format(name))) == []

    def test_a_loop_and_what_a_filter_makes_are_no_second_place(self) -> None:
        text = "Read the text: {{ text }}\n{% for line in lines %}{{ text }}{% endfor %}\nIt has {{ text | wordcount }} words."
        assert found("TPL001", "prompts/a.jinja2", text) == []

    def test_alternatives_within_alternatives_exclude_each_other(self) -> None:
        text = (
            "Read what follows to its end and say what it is about.\n"
            "{% if a %}{% if b %}{{ text }}{% else %}none{% endif %}{% else %}{{ text }}{% endif %}"
        )
        assert found("TPL001", "prompts/a.jinja2", text) == []
        assert len(found("TPL001", "prompts/a.jinja2", text + " {{ text }}")) == 1


READ = """
import json, requests

def ask(path, url, cursor):
    value = {}
    prompt = f"Answer the question from what follows and from nothing else: {{value}}"
    return prompt
"""


@pytest.mark.parametrize(
    ("value", "is_found"),
    [
        ("open(path).read()", True),
        ("open(path).read().strip()", True),
        ("open(path).read(4000)", False),
        ("open(path).read()[:4000]", False),
        ("json.dumps(requests.get(url).json())", True),
        ("json.dumps(cursor.fetchall())", True),
        ("json.dumps(cursor.fetchmany(20))", False),
        ("summarise(open(path).read())", False),
        ("open(path).readlines()[0]", False),
    ],
)
def test_what_is_read_whole_is_unbounded(value: str, is_found: bool) -> None:
    assert bool(found("TPL002", "a.py", READ.format(value))) == is_found


def test_an_answer_that_is_sent_as_it_is_is_unbounded() -> None:
    text = 'import openai, requests\n\ndef ask(url):\n    openai.OpenAI().responses.create(model="gpt-5", input=requests.get(url).text)\n'
    (finding,) = found("TPL002", "a.py", text)
    assert (
        finding.message
        == "all that `requests.get.text` gives is put into a message of role user, however long it is"
    )


@pytest.mark.parametrize(
    ("over", "is_found"),
    [
        ("rows", True),
        ("rows | sort", True),
        ("rows[:3]", False),
        ("rows | batch(3) | first", False),
        ("range(4)", False),
        ("['a', 'b']", False),
    ],
)
def test_what_bounds_a_loop(over: str, is_found: bool) -> None:
    text = f"Answer the question from the rows below and from nothing else.\n{{% for row in {over} %}}{{{{ row }}}}\n{{% endfor %}}"
    assert bool(found("TPL003", "prompts/a.jinja2", text)) == is_found


@pytest.mark.parametrize(
    ("table", "csv"),
    [
        ("| a | b |\n|---|---|\n| 1 | 2 |", "a,b\n1,2"),
        ("| a | b\n|---|---\n| 1, 2 | 3", 'a,b\n"1, 2",3'),
        ("| a | b |\n|---|---|\n| 1, 2 | 3, 4 |", 'a,b\n"1, 2","3, 4"'),
        ("| a | b |\n|:-:|---|\n|  | 2 |", "a,b\n,2"),
    ],
)
def test_a_table_becomes_csv_cell_by_cell(table: str, csv: str) -> None:
    text = f'PROMPT = """Answer from the prices below and from nothing else.\n\n{table}\n\nBe brief."""\n'
    (finding,) = found("DAT003", "a.py", text)
    assert finding.fix is not None
    for edit in sorted(finding.fix.edits, key=lambda each: -each.start):
        text = text[: edit.start] + edit.text + text[edit.end :]
    assert (
        text == f'PROMPT = """Answer from the prices below and from nothing else.\n\n{csv}\n\nBe brief."""\n'
    )
