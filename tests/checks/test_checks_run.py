"""Running rules: what becomes a finding, in which order, and what a broken rule costs."""

from __future__ import annotations

import pkgutil
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal

import pytest
from checks.written import Files

from scrimp import checks
from scrimp.checks import KINDS, Context, Hit, TokenLimit, run
from scrimp.config.cards import Card, card_named, find_cards, load_cards
from scrimp.model.findings import Finding, Severity
from scrimp.model.prompts import Confidence, MeasuredPrompt

CARDS = load_cards(find_cards())
BLANKS = card_named(CARDS, "FMT002")
BUDGET = card_named(CARDS, "BUD001")

WASTEFUL = '''\
SUMMARY_PROMPT = """Summarise the report in three sentences.   \t
Keep every name and number as it is.   \t
"""
REVIEW_PROMPT = """
    Review the change that is given below.   \t
    Name each problem only once.
"""
'''


def found(files: Files, *cards: Card) -> tuple[Finding, ...]:
    results = run(files.prompts, cards or CARDS, lambda _prompt: files.context())
    assert results.skipped == ()
    return results.findings


def test_every_module_of_a_kind_is_in_the_table() -> None:
    modules = {name for _, name, _ in pkgutil.iter_modules(checks.__path__)}
    helpers = {"context", "hits", "protected", "selection", "view"}
    assert {kind.replace("-", "_") for kind in KINDS} == modules - helpers


def test_every_kind_has_a_card() -> None:
    assert {card.kind for card in CARDS} == set(KINDS)


def test_findings_are_sorted_by_path_place_and_rule() -> None:
    files = Files({"b.py": WASTEFUL, "a.py": WASTEFUL})
    findings = found(files)
    assert [(one.path, one.place.line, one.rule) for one in findings] == [
        (path, line, rule)
        for path in ("a.py", "b.py")
        for line, rule in ((1, "FMT002"), (5, "FMT001"), (5, "FMT002"))
    ]
    assert found(Files({"a.py": WASTEFUL, "b.py": WASTEFUL})) == findings


def test_a_finding_says_what_it_saves() -> None:
    (finding, *_) = found(Files({"a.py": WASTEFUL}), BLANKS)
    assert finding.name == "trailing-blanks"
    assert finding.prompt == "a.py::SUMMARY_PROMPT"
    assert finding.tokens_saved is not None
    assert finding.tokens_saved > 0
    assert finding.monthly_saved == Decimal(finding.tokens_saved) / 100


def test_prompts_of_low_confidence_have_no_findings() -> None:
    files = Files({"a.py": WASTEFUL})
    low = [replace(one, prompt=replace(one.prompt, confidence=Confidence.LOW)) for one in files.prompts]
    assert run(low, CARDS, lambda _prompt: files.context()).findings == ()


def test_rules_can_be_kept_from_prompts() -> None:
    files = Files({"a.py": WASTEFUL, "b.py": WASTEFUL})
    results = run(
        files.prompts,
        [BLANKS],
        lambda _prompt: files.context(),
        lambda card, measured: (card.id, measured.prompt.path) != ("FMT002", "a.py"),
    )
    assert {finding.path for finding in results.findings} == {"b.py"}


def test_fingerprints_outlive_moves_of_the_line_and_tell_findings_apart() -> None:
    before = found(Files({"a.py": WASTEFUL}))
    after = found(Files({"a.py": "# moved\n\n" + WASTEFUL}))
    assert [one.fingerprint for one in before] == [one.fingerprint for one in after]
    assert [one.place for one in before] != [one.place for one in after]
    assert len({one.fingerprint for one in before}) == len(before)


def test_equal_waste_in_one_prompt_has_fingerprints_of_its_own() -> None:
    text = 'PROMPT = """' + 'Answer in the format\n{\n"a": 1,\n"b": [1,\n2]\n}\n\n' * 2 + '"""\n'
    findings = found(Files({"a.py": text}), card_named(CARDS, "DAT002"))
    assert len(findings) == len({one.fingerprint for one in findings}) == 2


def test_a_broken_rule_costs_its_own_result_only(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(measured: MeasuredPrompt, card: Card, context: Context) -> Iterator[Hit]:
        yield Hit(measured.prompt.path, 0, 1, "half a result", "", 5)
        raise ValueError("no idea")

    files = Files({"a.py": WASTEFUL})
    expected = found(files, BLANKS)
    monkeypatch.setitem(KINDS, "budget", broken)
    results = run(files.prompts, [BUDGET, BLANKS], lambda _prompt: files.context())

    assert results.findings == expected
    assert [(one.code, one.incomplete) for one in results.skipped] == [("crash", True)] * 2
    assert "BUD001" in results.skipped[0].reason
    assert "no idea" in results.skipped[0].reason


def test_hits_that_save_nothing_are_no_findings(monkeypatch: pytest.MonkeyPatch) -> None:
    def useless(measured: MeasuredPrompt, card: Card, context: Context) -> Iterator[Hit]:
        yield Hit(measured.prompt.path, 0, 1, "saves nothing", "", 0)
        yield Hit(measured.prompt.path, 0, 1, "costs more", "", -1)
        yield Hit(measured.prompt.path, 0, 1, "names something else", "", None)

    monkeypatch.setitem(KINDS, "blanks", useless)
    messages = {one.message for one in found(Files({"a.py": WASTEFUL}), BLANKS)}
    assert messages == {"names something else"}


def test_one_text_in_two_prompts_is_one_finding_the_dearest() -> None:
    files = Files({"a.py": WASTEFUL})
    (measured, *_) = files.prompts
    twin = replace(measured, prompt=replace(measured.prompt, id="z"))

    def context(one: MeasuredPrompt) -> Context:
        return replace(files.context(), monthly=lambda _saved: Decimal(9) if one is twin else Decimal(1))

    (finding,) = run([measured, twin], [BLANKS], context).findings
    assert (finding.prompt, finding.monthly_saved) == ("z", Decimal(9))


def test_each_broken_budget_is_a_finding_of_its_level() -> None:
    files = Files({"a.py": WASTEFUL.partition("REVIEW")[0]})
    (measured,) = files.prompts
    limits = (TokenLimit("team", 5), TokenLimit("soft", 6, "warn"), TokenLimit("wide", measured.static))
    findings = run(files.prompts, [BUDGET], lambda _prompt: files.context(*limits)).findings
    assert {(one.message.rpartition("limit of ")[2], one.severity) for one in findings} == {
        ("budget 'team'", Severity.ERROR),
        ("budget 'soft'", Severity.WARNING),
    }
    assert {one.tokens_saved for one in findings} == {None}
    assert f"{measured.static - 5:,} over" in findings[0].message + findings[1].message
