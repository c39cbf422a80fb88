"""What a tree costs less without its waste is what it costs less once that is gone."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

import msgspec
import pytest
from checks.cards_of import card_of
from checks.written import CALLS, MODEL, PRICE, Files
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from scrimp.checks import shipped_cards
from scrimp.config.cards import card_named
from scrimp.config.globs import Pattern
from scrimp.config.quantities import Share
from scrimp.config.schema import CacheEntry, Defaults, PromptEntry, Settings
from scrimp.fix.shift import splice
from scrimp.model.findings import Finding, Suppression
from scrimp.model.savings import Saveable, Saved
from scrimp.pipeline.saveable import overlapping, saved_at_once

CACHED = msgspec.structs.replace(PRICE, cached_input=Decimal(1))
CARDS = tuple(card for card in shipped_cards() if card.fix != "none")

LINES = st.lists(
    st.sampled_from(
        [
            "Return only valid JSON.   ",
            "Return only valid JSON, with no other text.",
            "- Do not include any other text.",
            "Please name each {thing} once. \t",
            '{{"a": 1,\n  "b": [1,\n   2]}}',
            "Answer in this format:",
            "    indented",
            "",
            "{question}",
        ]
    ),
    min_size=2,
    max_size=9,
)


def at_once(files: Files, findings: tuple[Finding, ...]) -> Saveable:
    how = files.measurement
    return saved_at_once(how.linked, how, files.tree.measured, findings)


def saved(files: Files, findings: tuple[Finding, ...]) -> tuple[Saved, ...]:
    return at_once(files, findings).saved


def monthly(files: Files) -> Decimal:
    return sum((each.monthly.typical or Decimal(0) for each in files.tree.measured.requests), Decimal(0))


def without(files: Files, findings: tuple[Finding, ...]) -> Mapping[str, str]:
    """The files with all fixes made that are made at once."""
    again = overlapping(findings)
    done = [finding for finding in findings if finding.fingerprint not in again]
    edits = [edit for finding in done for edit in (finding.fix.edits if finding.fix else ())]
    return {
        path: splice(text, [edit for edit in edits if edit.path == path])
        for path, text in files.texts.items()
    }


def cached(hit_rate: str) -> Settings:
    entry = PromptEntry(match=Pattern("**"), cache=CacheEntry(hit_rate=Share(Decimal(hit_rate))))
    return Settings(defaults=(Defaults("", MODEL, CALLS),), prompts=(entry,))


@given(LINES, LINES, st.sampled_from(["0", "0.5", "0.9"]))
@settings(max_examples=60, deadline=None)
def test_the_sum_is_what_the_bill_falls_by_once_all_of_it_is_fixed(
    lines: list[str], more: list[str], hit_rate: str
) -> None:
    newline = "\n"
    text = f'''\
RULES = """Keep to the rules that are given below.
{newline.join(more)}
"""
ASK = "Answer the question in two sentences. " + RULES + """
{newline.join(lines)}
"""
TELL = f"Tell the story in two sentences. {{RULES}} End with {{ending}}."
'''
    files = Files({"a.py": text}, price=CACHED, settings=cached(hit_rate))
    found = files.checked(*CARDS)
    assert found.skipped == ()
    fixable = tuple(each for each in found.findings if each.fix)
    after = replace(files, texts=without(files, fixable))

    amounts = [each.monthly for each in saved(files, fixable)]

    assert None not in amounts
    assert sum(amount or 0 for amount in amounts) == monthly(files) - monthly(after)
    rows = at_once(files, fixable).by_rule
    assert sum(each.monthly or 0 for each in rows) == sum(amount or 0 for amount in amounts)
    assert sum(each.findings for each in rows) == len(fixable)
    assert sum(each.again for each in rows) == len(overlapping(fixable))


WASTEFUL = (
    'PROMPT = """Classify the ticket. Return only valid JSON. \t \t\nDo not include any other text.   \n"""\n'
)


def test_findings_that_overlap_count_once_and_suppressed_ones_not_at_all() -> None:
    files = Files({"a.py": WASTEFUL})
    first, second = files.checked(card_named(CARDS, "FMT002"), card_named(CARDS, "RED003")).findings
    twin = replace(first, rule="FMT999", fingerprint="t")
    hidden = replace(second, suppressed=Suppression("comment", "known"))

    assert sum(each.monthly or 0 for each in saved(files, (first, twin))) == first.monthly_saved
    assert overlapping((twin, first, second)) == {"t": first.fingerprint}
    assert overlapping((twin, hidden)) == {}
    assert saved(files, (hidden,)) == ()


def test_of_alternatives_that_exclude_each_other_a_call_saves_one() -> None:
    text = """\
{% if short %}Your task is to name the city of the customer.
{% else %}Your task is to name the country of the customer, and its capital.
{% endif %}Say hello to everybody in it.
"""
    files = Files({"prompts/a.jinja": text})
    findings = files.checked(card_named(CARDS, "WRD001")).findings

    (row,) = at_once(files, findings).by_rule

    assert (row.rule, row.findings, row.again) == ("WRD001", 2, 0)
    assert row.monthly == sum(each.monthly or 0 for each in saved(files, findings))
    assert 0 < row.tokens < sum(each.tokens_saved or 0 for each in findings)


def test_rules_share_what_a_prompt_loses_by_what_each_of_them_saves() -> None:
    files = Files({"a.py": WASTEFUL})
    first, second = files.checked(card_named(CARDS, "FMT002"), card_named(CARDS, "RED003")).findings
    twin = replace(first, rule="FMT999", fingerprint="t")

    rows = {each.rule: each for each in at_once(files, (first, second, twin)).by_rule}

    assert rows["FMT999"].again == 1
    assert rows["FMT999"].monthly is None
    assert rows["FMT002"].tokens + rows["RED003"].tokens == (first.tokens_saved or 0) + (
        second.tokens_saved or 0
    )


def test_a_saving_in_front_of_the_first_variable_is_worth_what_the_cache_leaves_of_it() -> None:
    text = 'PROMPT = f"""Classify the ticket.   \nKeep the names.   \n{ticket}\nKeep the places.   \nBe brief."""\n'
    told = [Files({"a.py": text}, price=CACHED, settings=cached(rate)) for rate in ("0", "1")]
    (full,), (cheap,) = (each.checked(*CARDS).findings for each in told)
    assert full.tokens_saved == cheap.tokens_saved == 3
    assert full.monthly_saved == Decimal("0.03")
    assert cheap.monthly_saved == Decimal("0.012")  # two of three for a tenth
    assert cheap.per_call_saved == Decimal("0.000012")


@pytest.mark.parametrize("rate", ["0", "1"])
def test_what_the_order_of_a_prompt_costs_counts_for_what_is_left_of_its_text(rate: str) -> None:
    rules = (
        "Holidays are booked by the fifteenth of the month before, in writing, at the front desk.   \n" * 120
    )
    files = Files({"a.py": f'PROMPT = f"""Answer: {{question}}\n{rules}"""\n'}, settings=cached(rate))
    findings = files.checked(*shipped_cards()).findings
    by_rule = {each.rule: each for each in findings}
    assert {"CCH001", "FMT002"} <= by_rule.keys()
    order, blanks = by_rule["CCH001"].monthly_saved or 0, by_rule["FMT002"].monthly_saved or 0
    total = sum(each.monthly or 0 for each in saved(files, (by_rule["CCH001"], by_rule["FMT002"])))
    assert max(order, blanks) < total < order + blanks


def test_what_another_text_lets_us_think_of_the_answer_is_no_saving() -> None:
    greeting = "With kind regards to the reader, "
    card = card_of(f"kind: substitute\nfix: safe\nmap: {{'{greeting}': ''}}\n")
    files = Files({"prompts/a.txt": f"{greeting}answer the question in two sentences.\n"})
    (finding,) = files.checked(card).findings
    shorter = replace(files, texts={"prompts/a.txt": "Answer the question in two sentences.\n"})
    outputs = [each.tree.measured.requests[0].output_tokens.typical for each in (files, shorter)]
    assert outputs[0] != outputs[1]
    assert sum(each.monthly or 0 for each in saved(files, (finding,))) == finding.monthly_saved
