"""Rules about JSON that code makes at run time, beyond what their cards' examples show."""

from __future__ import annotations

import json
from decimal import Decimal

import pytest
from checks.written import CALLS, SETTINGS, Files
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from scrimp.checks import Results, shipped_cards
from scrimp.checks.serialised import laid_out
from scrimp.config.cards import card_named
from scrimp.config.globs import Pattern
from scrimp.config.schema import PromptEntry, Settings
from scrimp.fix import rewrite, verifier
from scrimp.model.findings import Safety
from scrimp.model.source import Source
from scrimp.tokens.counting import count

CARDS = shipped_cards()
ASK = """
import json

def ask(rows, indent, options, text: str):
    prompt = f"Answer the question from the rows below and from nothing else: {%s}"
    return prompt
"""


def sized(sizes: dict[str, int]) -> Settings:
    """Settings that tell the tokens of variables, by their names."""
    return replace(SETTINGS, prompts=(PromptEntry(match=Pattern("**"), variables=dict(sizes)),))


def checked(rule: str, call: str, **sizes: int) -> Results:
    return Files({"ask.py": ASK % call}, settings=sized(sizes)).checked(card_named(CARDS, rule))


def reasons(results: Results) -> list[str]:
    return [each.reason for each in results.abstained]


@pytest.mark.parametrize(
    ("call", "rules"),
    [
        ("json.dumps(rows)", ["DAT004", "DAT006"]),
        ("json.dumps(rows, indent=2)", ["DAT001", "DAT004"]),
        ("json.dumps(rows, indent=2).replace('a', 'b').strip()", ["DAT001", "DAT004"]),
        ("json.dumps(rows, ensure_ascii=False)", ["DAT006"]),
        ("json.dumps(rows, separators=(',', ':'))", ["DAT004"]),
        ("json.dumps(rows, ensure_ascii=False, separators=(',', ':'))", []),
        ("json.dumps(text, indent=2)", ["DAT004"]),
        ("rows.model_dump_json()", []),
        ("rows.json(indent=2)", ["DAT001"]),
        ("rows.to_json(orient='records', indent=2)", ["DAT001", "DAT007"]),
        ("rows.json()", []),
        ("len(json.dumps(rows, indent=2))", []),
    ],
)
def test_each_rule_finds_its_own_waste(call: str, rules: list[str]) -> None:
    wanted = [card for card in CARDS if card.kind.endswith("-json") or card.kind == "json-rows"]
    wanted = [card for card in wanted if card.id.startswith("DAT") and card.id != "DAT002"]
    found = Files({"ask.py": ASK % call}).checked(*wanted)
    assert sorted(each.rule for each in found.findings) == rules


@pytest.mark.parametrize(
    ("call", "reason"),
    [
        ("json.dumps(rows, indent=indent)", "whether JSON is indented is told by a variable"),
        ("json.dumps(rows, **options)", "how JSON is laid out is in unpacked arguments"),
        ("json.dumps(rows, indent=2)[:500]", "only a part of the JSON is sent"),
    ],
)
def test_what_the_code_does_not_decide_is_no_finding(call: str, reason: str) -> None:
    results = checked("DAT001", call)
    assert results.findings == ()
    assert reasons(results) == [reason]


def test_without_a_size_nothing_is_claimed() -> None:
    (finding,) = checked("DAT001", "json.dumps(rows, indent=2)").findings
    assert finding.tokens_saved is None
    assert not any(character.isdigit() for character in finding.message.replace("indent=2", ""))


def test_of_a_known_size_the_least_share_is_saved() -> None:
    call = "json.dumps(rows, indent=2)"
    (finding,) = checked("DAT001", call, **{call: 3000}).findings
    assert finding.tokens_saved == 450
    assert finding.monthly_saved == Decimal(450 * CALLS) * 10 / 1_000_000
    assert finding.message.endswith("at least 15% of its 3,000 tokens")


def test_of_a_small_size_nothing_is_told() -> None:
    call = "json.dumps(rows, indent=2)"
    assert checked("DAT001", call, **{call: 5}).findings == ()


def test_of_a_hole_that_something_else_may_fill_no_size_is_known() -> None:
    text = ASK.replace(
        "    prompt", "    data = json.dumps(rows, indent=2) if rows else options.text()\n    prompt"
    )
    (finding,) = (
        Files({"ask.py": text % "data"}, settings=sized({"data": 3000}))
        .checked(card_named(CARDS, "DAT001"))
        .findings
    )
    assert finding.tokens_saved is None


def test_a_call_that_fills_two_prompts_is_found_once() -> None:
    text = (
        ASK % "json.dumps(rows, indent=2)" + "\n    other = f'Summarise the rows in one sentence: {prompt}'\n"
    )
    assert len(Files({"ask.py": text}).checked(card_named(CARDS, "DAT001")).findings) == 1


def test_a_comment_beside_the_argument_is_not_taken_away() -> None:
    call = "json.dumps(\n        rows,  # newest first\n        indent=2,\n    )"
    text = ASK.replace('f"', 'f"""').replace('%s}"', '%s}"""') % call
    (finding,) = Files({"ask.py": text}).checked(card_named(CARDS, "DAT001")).findings
    assert finding.fix is None


@pytest.mark.parametrize(
    ("rule", "before", "after"),
    [
        ("DAT001", "rows.model_dump_json(indent=2, by_alias=True)", "rows.model_dump_json(by_alias=True)"),
        ("DAT001", "json.dumps(rows, indent=2, default=str)", "json.dumps(rows, default=str)"),
        ("DAT001", "json.dumps(obj=rows, indent=2)", "json.dumps(obj=rows)"),
        ("DAT004", "json.dumps(rows, default=str)", "json.dumps(rows, default=str, ensure_ascii=False)"),
    ],
)
def test_fixes_leave_the_other_arguments(rule: str, before: str, after: str) -> None:
    text = ASK % before
    files = Files({"ask.py": text})
    source = Source("ask.py", text, "")
    outcome = rewrite(
        files.checked(card_named(CARDS, rule)).findings,
        frozenset(Safety),
        lambda _path: source,
        verifier(lambda changed: Files({"ask.py": changed.text}).tree.files["ask.py"]),
    )
    assert [each.text for each in outcome.rewrites] == [ASK % after]


@pytest.mark.parametrize(
    ("data", "saved"),
    [
        ('{"error": f"No rows of {text}"}', []),
        ('{"error": text, "of": "rows"}', []),
        ('{"error": f"No rows of {text}", "status": "none", "rows": 0}', [4]),
        ('{"a": "one", "b": text + "!", "c": "three", "d": 4, "e": "the last"}', [6]),
        ('{"error": f"No rows of {text}", "rows": rows}', [None]),
        ('{"error": f"No rows of {text}", "rows": []}', [None]),
        ('{"error": f"No rows of {text}", **options}', [None]),
        ("{}", [None]),
    ],
)
def test_layout_of_an_object_of_texts_is_counted(data: str, saved: list[int | None]) -> None:
    findings = checked("DAT001", f"json.dumps({data}, indent=2)").findings

    assert [each.tokens_saved for each in findings] == saved
    for each in findings:
        assert each.message.endswith(
            "for people" if each.tokens_saved is None else f"at least {each.tokens_saved} tokens"
        )


SCALARS = st.sampled_from(
    ["It is 8 of them.", "x", "a (b)", "日本", "", 'say "no"', "one\n", 7, 0.5, True, None]
)


@pytest.mark.parametrize("vocabulary", ["o200k_base", "cl100k_base"])
@settings(max_examples=40, deadline=None)
@given(values=st.lists(SCALARS, min_size=1, max_size=8), indent=st.sampled_from([2, 4]))
def test_layout_is_at_least_a_token_a_pair_and_one_more(
    vocabulary: str, values: list[object], indent: int
) -> None:
    data = {f"name{number}": value for number, value in enumerate(values)}

    added = count(json.dumps(data, indent=indent), vocabulary) - count(json.dumps(data), vocabulary)

    assert added >= laid_out(len(values))


TYPESCRIPT = """
export function buildPrompt(rows: Row[], replacer: Replacer): string {
  const prompt = `Answer the question from the rows below and from nothing else: ${%s}`;
  return prompt;
}
"""


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("JSON.stringify(rows, null, 2)", "JSON.stringify(rows)"),
        ('JSON.stringify(rows, undefined, "\\t")', "JSON.stringify(rows)"),
        ("JSON.stringify((rows as any), replacer, 2)", "JSON.stringify((rows as any), replacer)"),
        ("JSON.stringify(rows, null, 0)", None),
        ("JSON.stringify({ error: `No rows of ${rows.name}` }, null, 2)", None),
        ("JSON.stringify(rows, null, 2).slice(0, 900)", None),
    ],
)
def test_indented_json_of_typescript(before: str, after: str | None) -> None:
    text = TYPESCRIPT % before
    findings = Files({"ask.ts": text}).checked(card_named(CARDS, "DAT001")).findings
    assert bool(findings) == (after is not None)
    for finding in findings:
        assert finding.fix is not None
        (edit,) = finding.fix.edits
        assert text[: edit.start] + edit.text + text[edit.end :] == TYPESCRIPT % after


def test_a_filter_of_a_template_is_found_without_a_fix() -> None:
    template = (
        "Answer the question from the rows below and from nothing else.\n{{ rows | tojson(indent=2) }}\n"
    )
    (finding,) = Files({"prompts/rows.jinja2": template}).checked(card_named(CARDS, "DAT001")).findings
    assert (finding.place.line, finding.fix) == (2, None)


def test_a_tools_answer_and_a_whole_message_are_found() -> None:
    text = '''
import json
from langchain_core.messages import HumanMessage
from langchain_core.tools import tool

@tool
def find(name: str) -> str:
    """Finds the rows of somebody in the table of people."""
    return json.dumps(search(name), indent=2)

def ask(rows):
    return HumanMessage(content=json.dumps(rows, indent=4))
'''
    found = Files({"ask.py": text}).checked(card_named(CARDS, "DAT001")).findings
    assert [each.message.split(" in ")[1].split(":")[0] for each in found] == [
        "the answer of a tool",
        "a message of role user",
    ]
