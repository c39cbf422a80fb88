"""Rules of format: their fixes leave every word where it is, whatever the text."""

from __future__ import annotations

import re
from itertools import groupby

import pytest
from checks.written import Files, facts
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from scrimp.checks import shipped_cards
from scrimp.config.cards import Card, card_named
from scrimp.fix import rewrite, verifier
from scrimp.model.findings import Finding, Safety
from scrimp.model.source import Source

CARDS = tuple(card.configured({}, min_saving=1) for card in shipped_cards())
"""What they look for is asked here, not from how much on it is told."""
FORMAT = tuple(
    card
    for card in CARDS
    if card.id.startswith("FMT") and card.fix != "none" and card.name != "comment-in-instructions"
)


def found(rule: str, text: str, path: str = "a.py", **options: object) -> tuple[Finding, ...]:
    results = Files({path: text}).checked(card_named(CARDS, rule).configured(options))
    assert results.skipped == ()
    return results.findings


def once(path: str, text: str, cards: tuple[Card, ...]) -> str:
    """The text after one pass of fixing."""
    findings = Files({path: text}).checked(*cards).findings
    source = Source(path, text, "")
    outcome = rewrite(findings, frozenset(Safety), lambda _path: source, verifier(facts))
    assert outcome.refused == ()
    return outcome.rewrites[0].text if outcome.rewrites else text


def fixed(path: str, text: str, cards: tuple[Card, ...] = FORMAT) -> str:
    """The text once there is nothing left to fix."""
    for _ in range(6):
        after = once(path, text, cards)
        if after == text:
            return text
        text = after
    raise AssertionError("fixes never come to an end")


def words(path: str, text: str) -> list[str]:
    """The words and signs of a file's prompts without white space and what tables and rules are drawn with.

    Of equal words side by side one is left: a word that somebody has typed twice is no word of the text.
    """
    said = " ".join(each.prompt.text for each in Files({path: text}).prompts)
    return [word for word, _ in groupby(re.sub(r"[-=_*#~|:\s]+", " ", said).split())]


LINES = st.lists(
    st.sampled_from(
        [
            "Review the change that is given below.",
            "    Name each problem once.",
            "- one   two \t",
            "| Name      | Score |",
            "| :-------- | ----: |",
            "| {name}    |     3 |",
            "|a|b|",
            "|---|---|",
            "|  |     | \\| |",
            "| a | b",
            "-" * 40,
            "=" * 12 + "  ",
            "*" * 10,
            "#" * 30,
            "_" * 9,
            "~" * 12,
            "```",
            "````md",
            "say `a  b` to the the user",
            "of of the the",
            "a continued \\",
            "        line,   and",
            "",
            "   ",
            "<!-- a comment for people who read this -->",
            "naïve “quotes” and 日本語 🙂",
        ]
    ),
    min_size=2,
    max_size=10,
)
FEW = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])


@FEW
@given(LINES, st.sampled_from(["", "    ", "\t"]), st.sampled_from(["", "f"]))
def test_fixes_of_format_leave_the_words_of_a_string(lines: list[str], indent: str, prefix: str) -> None:
    body = "".join(f"{indent}{line}\n" for line in ["You review changes that people make.", *lines])
    code = f'def ask(name):\n    prompt = {prefix}"""{body}{indent}"""\n    return prompt\n'
    assert words("a.py", fixed("a.py", code)) == words("a.py", code)


@FEW
@given(LINES, st.sampled_from(["prompts/a.md", "prompts/a.txt", "prompts/a.j2", "AGENTS.md"]))
def test_fixes_of_format_leave_the_words_of_a_file(lines: list[str], path: str) -> None:
    text = "\n".join(["You review changes that people make, one by one.", *lines, ""])
    assert words(path, fixed(path, text)) == words(path, text)


class TestTables:
    HEAD = 'PROMPT = """Recommend one of these plans, and say why you do so:\n'

    def test_a_pipe_in_code_ends_no_cell(self) -> None:
        table = "| Run `a   |   b` | x |\n|-|-|\n| c | d |\n"
        assert found("FMT007", self.HEAD + table + '"""\n') == ()

    def test_an_escaped_pipe_ends_no_cell(self) -> None:
        table = "| a   \\|   b | x |\n|-|-|\n| c | d |\n"
        assert found("FMT007", self.HEAD + table + '"""\n') == ()

    def test_rows_of_another_width_are_no_header(self) -> None:
        table = "| a | b |\n|----------|\n| c | d |\n"
        assert found("FMT006", self.HEAD + table + '"""\n') == ()

    def test_a_fence_ends_at_one_that_is_as_long(self) -> None:
        table = "````md\n```\ncode\n```\n| a | b |\n|----------|------|\n| c | d |\n````\n"
        assert found("FMT006", self.HEAD + table + '"""\n') == ()

    def test_several_tables_are_one_finding(self) -> None:
        table = "| a | b |\n|----------|------|\n| c | d |\n\n"
        (finding,) = found("FMT006", self.HEAD + table * 2 + '"""\n')
        assert finding.message == "the headers of 2 tables have more below than one dash a column"

    @pytest.mark.parametrize("path", ["AGENTS.md", ".claude/skills/plans/SKILL.md", "prompts/plans.md"])
    def test_three_dashes_a_column_stay_in_files_that_are_read_as_markdown(self, path: str) -> None:
        head = "---\nname: plans\ndescription: Recommend plans.\n---\n" if "SKILL" in path else ""
        said = "Recommend one of these plans, and say why:\n\n| Plan | Price | Note |\n{}\n| a | b | c |\n"
        wide = "|" + f" {'-' * 13} |" * 3
        card = card_named(CARDS, "FMT006")

        assert found("FMT006", head + said.format("|---|---|---|"), path) == ()
        assert found("FMT006", head + said.format("|:--|:-:|--:|"), path) == ()
        (finding,) = found("FMT006", head + said.format(wide), path)
        assert finding.message == "a table's header has more below than three dashes a column"
        assert fixed(path, head + said.format(wide), (card,)) == head + said.format("|---|---|---|")
        least = card.configured({"keep_three": False})
        assert fixed(path, head + said.format(wide), (least,)) == head + said.format("|-|-|-|")

    def test_blanks_beside_a_tag_of_a_template_stay(self) -> None:
        text = (
            "Recommend one of these plans, and say why:\n\n| Plan | Price |\n|-|-|\n"
            "| Free |   {% if price %}   {{ price }}{% endif %} |\n"
        )
        assert found("FMT007", text, "prompts/plans.j2") == ()

    @pytest.mark.parametrize("line", ["| " * 40_000, "|" + " " * 80_000, "|" + "-" * 80_000, ":-" * 40_000])
    def test_hostile_lines_take_no_time(self, line: str) -> None:
        text = f"{self.HEAD}{line}\n{line}\n{line}x\n" + '"""\n'
        assert all(found(rule, text) is not None for rule in ("FMT006", "FMT007"))


class TestGaps:
    def test_blanks_before_the_backslash_count(self) -> None:
        code = 'PROMPT = """Write the queries that you need \\\n    in brackets, one for each fact."""\n'
        assert fixed("a.py", code, (card_named(CARDS, "FMT009"),)) == code.replace("    in", "in")

    def test_a_word_is_never_joined_with_the_next(self) -> None:
        code = 'PROMPT = """Write the queries that you need\\\n    in brackets, one for each fact."""\n'
        assert fixed("a.py", code, (card_named(CARDS, "FMT009"),)) == code.replace("    in", " in")

    def test_the_beginning_of_a_line_is_no_gap(self) -> None:
        code = 'PROMPT = """\\\n    Write the queries that you need in brackets.\n"""\n'
        assert found("FMT009", code) == ()


class TestComments:
    TEXT = "# Working here\n\nRun the tests before you commit anything.\n\n"

    @pytest.mark.parametrize(
        "comment",
        [
            "<!-- /commands of the build -->",
            "<!-- prettier-ignore-start for the whole table -->",
            "<!-- Do not edit this part, it is generated -->",
            "<!-- include: docs/commands.md of the build -->",
            "<!-- three words only -->",
            "<!-- a comment that nobody has ever closed",
        ],
    )
    def test_what_may_speak_to_a_tool_stays(self, comment: str) -> None:
        assert found("FMT008", f"{self.TEXT}{comment}\n", "AGENTS.md") == ()

    def test_a_comment_on_a_line_with_text_stays(self) -> None:
        text = self.TEXT + "Be brief. <!-- they complained about long answers -->\n"
        assert found("FMT008", text, "AGENTS.md") == ()

    def test_files_whose_reader_takes_comments_out_are_left_alone(self) -> None:
        text = self.TEXT + "<!-- they complained about long answers -->\n"
        assert found("FMT008", text, "AGENTS.md")
        assert found("FMT008", text, "CLAUDE.md") == ()
        assert found("FMT008", text, "prompts/answer.md") == ()


class TestOuterWhiteSpace:
    CALL = (
        "import openai\nclient = openai.OpenAI()\n"
        'client.chat.completions.create(model="gpt-5", messages=[{{"role": "user", "content": {}}}])\n'
    )

    def test_both_ends_are_one_finding_that_a_person_must_look_at(self) -> None:
        code = self.CALL.format('"""\n  Answer the question in two sentences at most.\n"""')
        (finding,) = found("FMT003", code)
        assert finding.message == "the message begins and ends with white space"
        assert finding.fix is not None
        assert finding.fix.safety is Safety.UNSAFE

    def test_of_a_text_that_no_call_sends_nothing_is_said(self) -> None:
        code = 'PROMPT = """\nAnswer the question in two sentences at most.\n"""\n'
        results = Files({"a.py": code}).checked(card_named(CARDS, "FMT003"))
        assert results.findings == ()
        assert [each.rule for each in results.abstained] == ["FMT003"]

    def test_a_file_is_fixed_safely_and_keeps_its_last_line_end(self) -> None:
        text = "\n\n  Answer the question in two sentences at most.\r\n"
        (finding,) = found("FMT003", text, "prompts/answer.txt")
        assert finding.fix is not None
        assert finding.fix.safety is Safety.SAFE
        assert fixed("prompts/answer.txt", text) == text.lstrip()


class TestSeparators:
    def test_all_of_a_prompt_are_one_finding_so_that_they_stay_alike(self) -> None:
        code = 'PROMPT = f"""Answer from the context below.\n{rule}\n{{context}}\n{rule}\n"""\n'
        text = code.format(rule="-" * 20).replace("{context}", "{context}")
        (finding,) = found("FMT005", text)
        assert finding.message == "2 separators are longer than 3 signs"
        assert fixed("a.py", text, (card_named(CARDS, "FMT005"),)) == text.replace("-" * 20, "---")

    def test_nine_signs_are_left_alone_unless_asked_for(self) -> None:
        text = 'PROMPT = """Answer from the context below, briefly.\n#########\n{context}\n#########\n"""\n'
        assert found("FMT005", text) == ()
        assert found("FMT005", text, min_length=5)

    def test_a_long_line_of_signs_takes_no_time(self) -> None:
        text = 'PROMPT = """Answer from the context below.\n' + "-" * 50_000 + "x\n" + " " * 50_000 + 'y"""\n'
        assert found("FMT005", text) == ()
