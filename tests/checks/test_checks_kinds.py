"""Kinds of checks, beyond what their cards' examples show."""

from __future__ import annotations

from decimal import Decimal

import pytest
from checks.written import PRICE, Files, tokens
from msgspec.structs import replace

from scrimp.checks import shipped_cards
from scrimp.config.cards import card_named
from scrimp.model.findings import Finding

CARDS = shipped_cards()


def found(rule: str, text: str, path: str = "a.py", **options: object) -> tuple[Finding, ...]:
    files = Files({path: text})
    card = card_named(CARDS, rule).configured(options)
    results = files.checked(card)
    assert results.skipped == ()
    return results.findings


def deleted(text: str, finding: Finding) -> str:
    assert finding.fix is not None
    for edit in sorted(finding.fix.edits, key=lambda edit: -edit.start):
        assert edit.text == ""
        text = text[: edit.start] + text[edit.end :]
    return text


INDENTED = '''\
def ask(report):
    prompt = f"""
        You answer questions about reports.

          - Name the page.
        {report} is the report.
    """
    return prompt
'''


class TestIndentation:
    def test_the_least_common_indentation_goes_and_blank_lines_are_emptied(self) -> None:
        (finding,) = found("FMT001", INDENTED)
        assert (
            deleted(INDENTED, finding)
            == '''\
def ask(report):
    prompt = f"""
You answer questions about reports.

  - Name the page.
{report} is the report.
"""
    return prompt
'''
        )

    def test_the_saving_is_what_the_tokenizer_says(self) -> None:
        (finding,) = found("FMT001", INDENTED)
        before = "\n        You answer questions about reports.\n\n          - Name the page.\n        "
        after = "\nYou answer questions about reports.\n\n  - Name the page.\n"
        rest = tokens(" is the report.\n    ") - tokens(" is the report.\n")
        assert finding.tokens_saved == tokens(before) - tokens(after) + rest

    def test_dedented_text_has_none(self) -> None:
        text = INDENTED.replace('f"""', 'textwrap.dedent(f"""').replace('    """\n', '    """)\n')
        assert found("FMT001", "import textwrap\n" + text) == ()

    def test_tabs_count(self) -> None:
        assert found("FMT001", INDENTED.replace("        ", "\t\t").replace("    ", "\t"))

    def test_a_line_at_the_margin_tells_that_the_others_are_meant(self) -> None:
        assert found("FMT001", INDENTED.replace("        You", "You")) == ()

    def test_a_variable_at_the_margin_tells_the_same(self) -> None:
        assert found("FMT001", INDENTED.replace("        {report}", "{report}")) == ()


class TestBlanks:
    def test_crlf_files_are_understood(self) -> None:
        text = 'PROMPT = """Review the change.   \r\nName each problem once. \t \t\r\nBe brief."""\r\n'
        (finding,) = found("FMT002", text)
        assert deleted(text, finding) == text.replace("   \r", "\r").replace(" \t \t\r", "\r")

    def test_blanks_after_a_backslash_stay(self) -> None:
        text = 'PROMPT = """Review the change that is given below. \\   \nBe brief.\n"""\n'
        assert found("FMT002", text) == ()

    def test_blanks_after_a_variable_go(self) -> None:
        text = (
            'PROMPT = f"""Review this change: {change}\t \t \t \t\nName each problem once. Be brief.\n"""\n'
        )
        (finding,) = found("FMT002", text)
        assert deleted(text, finding) == text.replace("\t \t \t \t\n", "\n")

    def test_blanks_before_a_variable_stay(self) -> None:
        text = 'PROMPT = f"""Review this change and be brief:    {change}\nName each problem once."""\n'
        assert found("FMT002", text) == ()

    def test_a_blank_that_stands_in_for_something_stays(self) -> None:
        text = 'PROMPT = """Review:\r\nbe brief about the change.\n""".replace("\\r", "   ")\n'
        assert found("FMT002", text) == ()

    def test_blanks_before_a_hole_that_may_be_empty_stay(self) -> None:
        text = 'def ask(query=""):\n    return f"""Answer the question as briefly as you can:   {query}\nBe brief."""\n'
        assert found("FMT002", text) == ()

    def test_hard_breaks_go_if_asked_for(self) -> None:
        text = "Roses are red, violets are blue,  \n" * 9 + "and I am colourblind.\n"
        path = "prompts/poem.md"
        assert found("FMT002", text, path) == ()
        assert found("FMT002", text, path, keep_hard_breaks=False)


class TestPrettyJson:
    PRETTY = (
        'PROMPT = """Respond in this format:\n{\n  "a": [\n    1,\n    2\n  ],\n  "b": "x\\\\n  y"\n}\n"""\n'
    )

    def test_strings_in_the_json_stay_as_they_are(self) -> None:
        (finding,) = found("DAT002", self.PRETTY)
        assert deleted(self.PRETTY, finding) == (
            'PROMPT = """Respond in this format:\n{"a": [1,2],"b": "x\\\\n  y"}\n"""\n'
        )

    def test_doubled_braces_of_a_template_stay_doubled(self) -> None:
        json = '{{\n  "a": {{\n    "b": "{kind}"\n  }}\n}}'
        text = f'PROMPT = f"""Topic: {{topic}}. Respond in this format:\n{json}"""\n'
        (finding,) = found("DAT002", text)
        assert deleted(text, finding).endswith('format:\n{{"a": {{"b": "{kind}"}}}}"""\n')

    def test_the_indentation_of_a_yaml_block_goes_with_its_line_ends(self) -> None:
        text = (
            'system_prompt: |-\n  Respond in this format:\n  {\n    "a": 1,\n    "b": 2\n  }\n  Be brief.\n'
        )
        (finding,) = found("DAT002", text, "prompts/a.yaml")
        assert deleted(text, finding) == (
            'system_prompt: |-\n  Respond in this format:\n  {"a": 1,"b": 2}\n  Be brief.\n'
        )

    def test_only_the_outermost_value_is_reported(self) -> None:
        assert len(found("DAT002", self.PRETTY)) == 1

    @pytest.mark.parametrize("lead", ["Here is data", "Example call: curl -d"])
    def test_json_that_is_not_about_the_output_is_left_alone(self, lead: str) -> None:
        assert found("DAT002", self.PRETTY.replace("Respond in this format", lead)) == ()

    def test_hostile_brackets_take_no_time(self) -> None:
        text = (
            'PROMPT = """Respond in this format: ' + "[\n" * 20_000 + "{\n" * 20_000 + "]" * 20_000 + '"""\n'
        )
        assert found("DAT002", text) == ()


class TestCacheOrder:
    HEAD = "Answer from the handbook below, in two sentences, and name the section that you rely on. "
    TAIL = "Holidays are booked by the fifteenth of the month before, in writing, at the front desk. " * 4

    def ask(self, text: str, share: Decimal | None = None) -> tuple[Finding, ...]:
        read = None if share is None else share * PRICE.input
        files = Files({"a.py": f'PROMPT = f"""{text}"""\n'}, price=replace(PRICE, cached_input=read))
        return files.checked(card_named(CARDS, "CCH001").configured({"min_tokens": 50})).findings

    def test_the_saving_is_the_discount_on_all_static_text_below_the_minimum(self) -> None:
        (finding,) = self.ask(self.HEAD + "{question} " + self.TAIL)
        static = tokens(self.HEAD) + tokens(" " + self.TAIL)
        assert tokens(self.HEAD) < 50
        assert finding.tokens_saved == int(Decimal("0.9") * static)
        assert finding.fix is None

    def test_a_prefix_that_is_cached_already_is_no_saving(self) -> None:
        head = self.HEAD * 3
        (finding,) = self.ask(head + "{question} " + self.TAIL)
        assert tokens(head) >= 50
        assert finding.tokens_saved == int(Decimal("0.9") * tokens(" " + self.TAIL))

    def test_the_discount_of_the_model_goes_first(self) -> None:
        (finding,) = self.ask(self.HEAD + "{question} " + self.TAIL, Decimal("0.5"))
        assert finding.tokens_saved == int((tokens(self.HEAD) + tokens(" " + self.TAIL)) / 2)

    @pytest.mark.parametrize("name", ["output_schema", "language", "thing"])
    def test_what_does_not_change_or_is_not_known_to_change_is_left_alone(self, name: str) -> None:
        assert self.ask(self.HEAD + f"{{{name}}} " + self.TAIL) == ()

    def test_a_variable_after_half_of_the_text_is_late_enough(self) -> None:
        assert self.ask(self.TAIL + "{question} " + self.HEAD) == ()


class TestRepetition:
    ONCE = "Classify the ticket by its topic. Return only valid JSON. Use the keys label and score.\n"

    def said(self, again: str) -> tuple[Finding, ...]:
        return found("RED003", f'PROMPT = """{self.ONCE}{again}"""\n')

    @pytest.mark.parametrize(
        "again",
        [
            "Do not include any other text.",
            "Output the JSON object, with no additional commentary.",
            "The response must be only a JSON object.",
            "Respond in JSON only!",
            "Give the object and nothing else.",
        ],
    )
    def test_other_words_for_the_same_are_found(self, again: str) -> None:
        (finding,) = self.said(again)
        assert "line 1" in finding.message
        assert finding.fix is not None

    @pytest.mark.parametrize(
        "again",
        [
            "Use only the text of the ticket.",
            "Do not include any labels that are not listed.",
            "Only tickets in XML may be rejected.",
            "Never answer with more than one label.",
            "`Return only JSON` is what they asked for.",
            'Tickets that say "return only JSON" are spam.',
        ],
    )
    def test_other_instructions_are_not(self, again: str) -> None:
        assert self.said(again) == ()

    def test_a_numbered_line_is_reported_but_not_deleted(self) -> None:
        (finding,) = self.said("1. Be brief.\n2. Do not add any other text.\n3. Be kind.\n")
        assert finding.fix is None
        assert finding.tokens_saved is not None

    def test_a_sentence_on_two_lines_goes_whole(self) -> None:
        text = f'PROMPT = """{self.ONCE}Be brief. Do not include any\n  other text. Be kind."""\n'
        (finding,) = found("RED003", text)
        assert deleted(text, finding) == f'PROMPT = """{self.ONCE}Be brief. Be kind."""\n'

    def test_a_line_of_a_yaml_block_goes_with_its_indentation(self) -> None:
        text = (
            "system_prompt: |\n  Classify it. Return only JSON.\n  - Never add any other text.\n  Be brief.\n"
        )
        (finding,) = found("RED003", text, "prompts/a.yaml")
        assert deleted(text, finding) == text.replace("  - Never add any other text.\n", "")

    def test_exclusive_alternatives_do_not_repeat_each_other(self) -> None:
        text = (
            "Classify the ticket by its topic.\n{% if strict %}\nReturn only JSON. Be quick.\n"
            "{% else %}\nReturn only JSON, and nothing else.\n{% endif %}\n"
        )
        assert found("RED003", text, "prompts/classify.jinja") == ()
        assert found("RED003", text.replace("{% else %}", ""), "prompts/classify.jinja")

    def test_what_was_said_in_one_case_only_may_be_said_again_for_all(self) -> None:
        text = (
            "Classify the ticket by its topic.\n{% if strict %}\nReturn only JSON. Be quick.\n"
            "{% endif %}\nDo not include any other text.\n"
        )
        assert found("RED003", text, "prompts/classify.jinja") == ()
        assert found("RED003", text.replace("{% endif %}", "") + "{% endif %}", "prompts/classify.jinja")


class TestAlternatives:
    LINE = "Say in one short sentence of your own why the ticket belongs there.\t \t \t\n"

    def test_of_exclusive_alternatives_the_largest_saving_counts(self) -> None:
        once = found("FMT002", self.LINE * 2, "prompts/a.jinja")[0].tokens_saved
        branch = "{% if x %}" + self.LINE + "{% else %}" + self.LINE * 2 + "{% endif %}"
        both = found("FMT002", branch + self.LINE, "prompts/a.jinja")[0].tokens_saved
        alone = found("FMT002", self.LINE + "Classify the ticket.\n", "prompts/a.jinja")[0].tokens_saved
        assert once is not None
        assert alone is not None
        assert both == once + alone

    def test_blanks_after_a_tag_stay(self) -> None:
        text = (
            "{% if x %}   \nSay why the ticket belongs there, in one sentence.\n{% endif %}   \nBe brief.\n"
        )
        assert found("FMT002", text, "prompts/a.jinja") == ()
