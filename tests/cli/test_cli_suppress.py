"""Comments and exceptions that hide findings."""

from __future__ import annotations

from typing import Any

import pytest
from command_line import Project
from suppression_examples import BLANKS, CLEAN, EXAMPLES, REASON, Example

SAID = f"scrimp: ignore[FMT002] {REASON}"
CLIENT = "import openai\nclient = openai.OpenAI()\n"
PRETTY = 'Respond in this format:\n{\n  "people": [\n    {"name": "string", "age": 0}\n  ],\n  "complete": true\n}\n'


def hidden(document: Any) -> list[tuple[str, str, str]]:
    return [
        (each["rule"], each["suppressed"]["by"], each["suppressed"]["reason"])
        for each in document["findings"]
        if each["suppressed"] is not None
    ]


def shown(document: Any) -> list[str]:
    return [each["rule"] for each in document["findings"] if each["suppressed"] is None]


def messages(document: Any) -> list[str]:
    return [each["message"] for each in document["findings"] if each["rule"].startswith("SUP")]


def module(comment: str = "", text: str = BLANKS) -> str:
    return f'PROMPT = """{text}"""{comment}\n'


@pytest.fixture
def tree(project: Project) -> Project:
    project.init().write("client.py", CLIENT).write("scrimp.yaml", "select: [FMT002, SUP]\n").commit()
    return project


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: f"{example.path}-{example.row[:12]!r}")
class TestInEveryLanguage:
    def test_a_comment_hides_what_a_rule_finds(self, tree: Project, example: Example) -> None:
        document = tree.write(example.path, example.text(BLANKS, SAID)).report("check")

        assert hidden(document) == [("FMT002", "comment", REASON)]
        assert shown(document) == []

    def test_any_other_comment_hides_nothing(self, tree: Project, example: Example) -> None:
        document = tree.write(example.path, example.text(BLANKS, f"prompt: {REASON}")).report("check", code=1)

        assert (hidden(document), shown(document)) == ([], ["FMT002"])

    def test_one_that_hides_nothing_is_found_and_goes(self, tree: Project, example: Example) -> None:
        tree.write(example.path, example.text(CLEAN, SAID))

        assert shown(tree.report("check")) == ["SUP001"]

        tree.scrimp("check", "--fix")
        assert "scrimp:" not in tree.text(example.path)
        assert shown(tree.report("check")) == []


class TestReach:
    @pytest.mark.parametrize("words", ["FMT002", "DAT001, FMT002", "FMT", "F", "ALL"], ids=str)
    def test_rules_are_named_by_id_prefix_or_all(self, tree: Project, words: str) -> None:
        document = tree.write("a.py", module(f"  # scrimp: ignore[{words}]")).report("check")

        assert [rule for rule, *_ in hidden(document)] == ["FMT002"]

    def test_a_comment_speaks_of_no_other_text(self, tree: Project) -> None:
        first, second = module(f"  # {SAID}"), module().replace("PROMPT", "OTHER_PROMPT")
        document = tree.write("a.py", first + second).report("check", code=1)

        assert shown(document) == ["FMT002"]
        assert [each["line"] for each in document["findings"] if each["suppressed"] is None] == [4]

    def test_in_a_table_of_prompts_each_has_its_own(self, tree: Project) -> None:
        table = f'PROMPTS = {{\n    "a": """{BLANKS}""",  # {SAID}\n    "b": """{BLANKS}!""",\n}}\n'
        document = tree.write("a.py", table).report("check", code=1)

        assert [each["suppressed"] is None for each in document["findings"]] == [False, True]

    def test_a_comment_above_a_blank_line_is_of_nothing_below(self, tree: Project) -> None:
        text = f"X = 1\n# {SAID}\n\n\nY = 2\n{module()}"
        document = tree.write("a.py", text).report("check", code=1)

        assert shown(document) == ["SUP001", "FMT002"]

    def test_in_a_template_a_comment_is_of_its_lines(self, tree: Project) -> None:
        text = f"Review the change that is given.\n{{# {SAID} #}}\n\n{BLANKS} {{{{ change }}}}\n"
        document = tree.write("prompts/a.j2", text).report("check", code=1)

        assert shown(document) == ["SUP001", "FMT002"]

    def test_a_block_hides_what_begins_in_it(self, tree: Project) -> None:
        block = f"# scrimp: ignore-start[FMT] {REASON}\n{module()}# scrimp: ignore-end\n"
        document = tree.write("a.py", block + module().replace("PROMPT", "OTHER_PROMPT")).report(
            "check", code=1
        )

        assert hidden(document) == [("FMT002", "comment", REASON)]
        assert [each["line"] for each in document["findings"] if each["suppressed"] is None] == [6]

    def test_blocks_end_by_the_rules_that_they_name(self, tree: Project) -> None:
        text = (
            "# scrimp: ignore-start[FMT002]\n# scrimp: ignore-start[DAT]\n# scrimp: ignore-end[FMT002]\n"
            f"{module()}# scrimp: ignore-end[DAT]\n"
        )
        assert "FMT002" in shown(tree.write("a.py", text).report("check", code=1))

    def test_a_file_is_hidden_from_any_place_of_it(self, tree: Project) -> None:
        text = f"{module()}\nX = 1\n# scrimp: ignore-file[FMT002] {REASON}\n"

        assert hidden(tree.write("a.py", text).report("check")) == [("FMT002", "comment", REASON)]

    def test_what_is_found_about_a_call_is_hidden_at_the_call(self, tree: Project) -> None:
        call = (
            "import openai\n"
            'PROMPT = "Answer from the handbook below, in two sentences at most, and name the section."\n'
            "answer = openai.OpenAI().chat.completions.create(\n"
            '    model="house-model",  # scrimp: ignore[PRC001] billed to another team\n'
            '    messages=[{"role": "user", "content": PROMPT}],\n'
            ")\n"
        )
        tree.write("scrimp.yaml", "select: [PRC001, SUP]\n").write("a.py", call)

        assert hidden(tree.report("check")) == [("PRC001", "comment", "billed to another team")]


class TestSentText:
    @pytest.mark.parametrize(
        ("path", "text"),
        [
            ("prompts/a.md", f"<!-- {SAID} -->\n{BLANKS}\n"),
            ("prompts/a.txt", BLANKS.replace("   \n", f"   {{# {SAID} #}}   \n") + "\n"),
            ("AGENTS.md", f"<!-- scrimp: ignore-file[FMT002] -->\n{BLANKS}\n"),
        ],
    )
    def test_a_comment_that_is_sent_hides_nothing_and_is_said(
        self, tree: Project, path: str, text: str
    ) -> None:
        document = tree.write(path, text).report("check", code=1)

        assert hidden(document) == []
        assert sorted(set(shown(document))) == ["FMT002", "SUP001"]
        assert messages(document) == [
            "it hides nothing, as it is part of the text that is sent: use per_path in the configuration"
        ]

    def test_what_only_looks_like_one_is_text(self, tree: Project) -> None:
        document = tree.write("prompts/a.txt", BLANKS.replace("   \n", f"  # {SAID}.   \n")).report(
            "check", code=1
        )

        assert (hidden(document), shown(document)) == ([], ["FMT002"])


class TestExpiry:
    def test_until_its_day_a_comment_hides_and_the_day_is_told(self, tree: Project) -> None:
        [finding] = tree.write(
            "a.py", module("  # scrimp: ignore[FMT002] evals run until 9999-12-31")
        ).report("check")["findings"]

        assert finding["suppressed"] == {
            "by": "comment",
            "reason": "evals run",
            "until": "9999-12-31",
            "at": "a.py:3",
        }

    def test_after_it_the_finding_is_back_and_the_comment_is_said(self, tree: Project) -> None:
        tree.write("a.py", module("  # scrimp: ignore[FMT002] evals run until 2020-01-31"))
        document = tree.report("check", code=1)

        assert shown(document) == ["FMT002", "SUP003"]
        assert messages(document) == ["it hides nothing since 2020-01-31 has passed (evals run)"]


class TestComments:
    def test_an_unknown_rule_is_said_with_the_nearest(self, tree: Project) -> None:
        document = tree.write("a.py", module("  # scrimp: ignore[FMT02]")).report("check", code=1)

        assert shown(document) == ["FMT002", "SUP002"]
        assert messages(document) == ["no rule is called FMT02 or begins so: did you mean `FMT002`?"]

    @pytest.mark.parametrize(
        ("comment", "message"),
        [
            ("ignore", "it hides nothing: which rules? Write ignore[CCH001], or ignore[ALL] for all"),
            ("ignore-start[FMT002]", "it hides nothing: no ignore-end below closes it"),
            ("ignore-end", "it hides nothing: no ignore-start above it is closed by it"),
        ],
    )
    def test_what_can_not_be_read_hides_nothing(self, tree: Project, comment: str, message: str) -> None:
        document = tree.write("a.py", f"# scrimp: {comment}\n{module()}").report("check", code=1)

        assert "FMT002" in shown(document)
        assert messages(document) == [message]

    def test_rules_that_hide_nothing_go_from_a_comment_that_hides_others(self, tree: Project) -> None:
        tree.write("scrimp.yaml", "select: [FMT, DAT, SUP]\n")
        tree.write("a.py", module("  # scrimp: ignore[DAT001, FMT002, FMT001] kept"))

        assert messages(tree.report("check")) == [
            "DAT001, FMT001 finds nothing here that this comment could hide"
        ]
        tree.scrimp("check", "--fix")
        assert tree.text("a.py") == module("  # scrimp: ignore[FMT002] kept")

    def test_a_run_of_other_rules_does_not_judge_them(self, tree: Project) -> None:
        tree.write("scrimp.yaml", "select: [ALL]\n").write("a.py", module(f"  # {SAID}"))

        assert shown(tree.report("check", "--select", "DAT001,SUP")) == []
        assert shown(tree.report("check", "--select", "DAT001,SUP", "a.py")) == []

    def test_in_a_file_that_was_not_read_whole_none_is_judged(self, tree: Project) -> None:
        tree.write("a.py", f'{module(f"  # {SAID}", CLEAN)}LOST_PROMPT = "Review the change\nand more\n')
        document = tree.report("check", code=3)

        assert shown(document) == []

    def test_their_severity_may_be_set_for_a_path(self, tree: Project) -> None:
        per_path = 'per_path: {"*.py": {rules: {SUP001: {severity: error}}}}\n'
        tree.write("scrimp.yaml", f"select: [FMT002, SUP]\n{per_path}")
        document = tree.write("a.py", module(f"  # {SAID}", CLEAN)).report("check", code=1)

        assert [each["severity"] for each in document["findings"]] == ["error"]

    def test_a_block_goes_with_both_its_ends(self, tree: Project) -> None:
        tree.write("a.py", f"# scrimp: ignore-start[FMT]\n{module(text=CLEAN)}# scrimp: ignore-end\nX = 1\n")
        tree.write("scrimp.yaml", "select: [FMT, SUP]\n").scrimp("check", "--fix")

        assert tree.text("a.py") == module(text=CLEAN) + "X = 1\n"

    def test_all_does_not_hide_what_is_said_of_comments(self, tree: Project) -> None:
        tree.write("scrimp.yaml", "select: [ALL]\n")
        document = tree.write("a.py", f"# scrimp: ignore-file[ALL]\n{module(text=CLEAN)}").report("check")

        assert shown(document) == ["SUP001"]

    def test_what_is_hidden_is_not_fixed(self, tree: Project) -> None:
        tree.write("a.py", module(f"  # {SAID}")).scrimp("check", "--fix")

        assert tree.text("a.py") == module(f"  # {SAID}")


class TestPaths:
    def test_exceptions_for_paths_are_shown_with_their_reason(self, tree: Project) -> None:
        tree.write("scrimp.yaml", 'select: [FMT]\nper_path: {"old/**": {ignore: [FMT], reason: frozen}}\n')
        [finding] = tree.write("old/a.py", module()).report("check")["findings"]

        assert finding["suppressed"] == {
            "by": "config",
            "reason": "frozen",
            "until": None,
            "at": "per_path old/**",
        }

    def test_they_may_end_on_a_day(self, tree: Project) -> None:
        entry = 'per_path: {{"old/**": {{ignore: [FMT], reason: frozen, until: {day}}}}}\n'
        tree.write("scrimp.yaml", f"select: [FMT]\n{entry.format(day='9999-12-31')}").write(
            "old/a.py", module()
        )
        [finding] = tree.report("check")["findings"]
        assert finding["suppressed"]["until"] == "9999-12-31"

        tree.write("scrimp.yaml", f"select: [FMT]\n{entry.format(day='2020-01-31')}")
        document = tree.report("check", code=1)
        assert shown(document) == ["FMT002"]
        assert document["warnings"] == [
            "per_path: old/** (frozen) ended on 2020-01-31: remove it, or renew it with a reason"
        ]

    def test_a_json_file_has_no_comments_but_may_be_excepted(self, tree: Project) -> None:
        text = '{"system": "' + BLANKS.replace("\t", "\\t").replace("\n", "\\n") + '"}'
        tree.write("prompts/a.json", text)
        assert shown(tree.report("check", code=1)) == ["FMT002"]

        tree.write("scrimp.yaml", 'select: [FMT]\nper_path: {"prompts/*.json": {ignore: [FMT002]}}\n')
        assert hidden(tree.report("check")) == [("FMT002", "config", "")]

    def test_a_comment_goes_before_a_path(self, tree: Project) -> None:
        tree.write("scrimp.yaml", 'select: [FMT, SUP]\nper_path: {"*.py": {ignore: [FMT]}}\n')
        document = tree.write("a.py", module(f"  # {SAID}")).report("check")

        assert (hidden(document), shown(document)) == ([("FMT002", "comment", REASON)], [])


class TestEverywhere:
    def test_an_audit_hides_the_same_and_counts_no_saving(self, tree: Project) -> None:
        tree.write("scrimp.yaml", "select: [FMT002, SUP]\n").write("a.py", module(f"  # {SAID}"))
        document = tree.report("audit")

        assert hidden(document) == [("FMT002", "comment", REASON)]
        assert document["totals"]["monthly_usd_saveable"] == "0.00"

    def test_people_see_how_many_are_hidden_and_on_request_by_whom(self, tree: Project) -> None:
        tree.write("a.py", module("  # scrimp: ignore[FMT002] evals until 9999-12-31"))

        assert "1 finding suppressed" in tree.scrimp("check").out
        assert "(suppressed by comment: evals, until 9999-12-31)" in tree.scrimp("check", "--verbose").out
        assert tree.scrimp("check", "--statistics").out == ""

    def test_standard_input_is_read_alike(self, tree: Project) -> None:
        outcome = tree.scrimp(
            "check", "-", "--stdin-filename", "a.py", "--format", "json", stdin=module(f"  # {SAID}").encode()
        )

        assert (outcome.code, hidden(outcome.document)) == (0, [("FMT002", "comment", REASON)])
