"""Running rules: what becomes a finding, in which order, and what a broken rule costs."""

from __future__ import annotations

import pkgutil
from collections.abc import Iterator, Sequence
from decimal import Decimal

import msgspec
import pytest
from checks.written import CALLS, Files
from msgspec.structs import replace

from scrimp import suppress
from scrimp.checks import (
    KINDS,
    Abstention,
    Context,
    Hit,
    OfComments,
    OfPrompts,
    OfRequests,
    OfTree,
    RequestContext,
    TokenLimit,
    TreeContext,
    kinds,
    make_ready,
    run,
    shipped_cards,
)
from scrimp.config.cards import Card, card_named
from scrimp.model.findings import Finding, Severity
from scrimp.model.measured import Measured, MeasuredPrompt, MeasuredRequest
from scrimp.model.prompts import Confidence

CARDS = shipped_cards()
BLANKS = card_named(CARDS, "FMT002")
BUDGET = card_named(CARDS, "BUD001")

WASTEFUL = '''\
SUMMARY_PROMPT = """Summarise the report in three sentences.   \t
Keep every name and number as it is.   \t
"""
REVIEW_PROMPT = """
    Review the change that is given below.\t \t \t
    Name each problem only once.
    Say which line it is in.
    Leave out what is a matter of taste.
"""
'''


def found(files: Files, *cards: Card) -> tuple[Finding, ...]:
    results = files.checked(*(cards or CARDS))
    assert results.skipped == ()
    return results.findings


def with_prompts(files: Files, prompts: tuple[MeasuredPrompt, ...]) -> TreeContext:
    return replace(files.tree, measured=replace(files.tree.measured, prompts=prompts))


def test_every_module_of_a_kind_is_in_the_table() -> None:
    modules = {name for _, name, _ in pkgutil.iter_modules(kinds.__path__)}
    assert {kind.replace("-", "_") for kind, of in KINDS.items() if not isinstance(of, OfComments)} == modules
    assert {kind for kind, of in KINDS.items() if isinstance(of, OfComments)} == suppress.KINDS.keys()


def test_every_card_has_a_kind() -> None:
    assert {card.kind for card in CARDS} <= set(KINDS)


@pytest.mark.parametrize("rule", ["WRD001", "RED003"])  # one has phrases, one has patterns
def test_what_was_made_ready_compiles_nothing_where_it_finds_nothing(
    rule: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    files = Files({"a.py": 'NOTE_PROMPT = """Say in three sentences what the report below holds.\n"""\n'})
    assert files.prompts
    make_ready(CARDS)

    monkeypatch.delattr("re.compile")
    assert found(files, card_named(CARDS, rule)) == ()


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
    low = tuple(replace(one, prompt=replace(one.prompt, confidence=Confidence.LOW)) for one in files.prompts)
    assert run(with_prompts(files, low), CARDS).findings == ()


def test_rules_can_be_kept_from_prompts() -> None:
    files = Files({"a.py": WASTEFUL, "b.py": WASTEFUL})
    results = run(files.tree, [BLANKS], lambda card, path: None if path == "a.py" else card)
    assert {finding.path for finding in results.findings} == {"b.py"}


def test_fingerprints_outlive_moves_of_the_line_and_tell_findings_apart() -> None:
    before = found(Files({"a.py": WASTEFUL}))
    after = found(Files({"a.py": "# moved\n\n" + WASTEFUL}))
    assert [one.fingerprint for one in before] == [one.fingerprint for one in after]
    assert [one.place for one in before] != [one.place for one in after]
    assert len({one.fingerprint for one in before}) == len(before)


def test_equal_waste_in_one_prompt_has_fingerprints_of_its_own() -> None:
    text = 'PROMPT = """' + 'Answer in the format\n{\n"a": 1,\n"b": [1,\n2]\n}\n\n' * 2 + '"""\n'
    card = msgspec.structs.replace(card_named(CARDS, "DAT002"), min_saving=1)
    findings = found(Files({"a.py": text}), card)
    assert len(findings) == len({one.fingerprint for one in findings}) == 2


def test_a_broken_rule_costs_its_own_result_only(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(measured: MeasuredPrompt, card: Card, context: Context) -> Iterator[Hit]:
        yield Hit(measured.prompt.path, 0, 1, "half a result", "", 5)
        raise ValueError("no idea")

    files = Files({"a.py": WASTEFUL})
    expected = found(files, BLANKS)
    monkeypatch.setitem(KINDS, "budget", OfPrompts(broken))
    results = files.checked(BUDGET, BLANKS)

    assert results.findings == expected
    assert [(one.code, one.incomplete) for one in results.skipped] == [("crash", True)] * 2
    assert "BUD001" in results.skipped[0].reason
    assert "no idea" in results.skipped[0].reason


def test_hits_that_save_nothing_are_no_findings(monkeypatch: pytest.MonkeyPatch) -> None:
    def useless(measured: MeasuredPrompt, card: Card, context: Context) -> Iterator[Hit]:
        yield Hit(measured.prompt.path, 0, 1, "saves nothing", "", 0)
        yield Hit(measured.prompt.path, 0, 1, "costs more", "", -1)
        yield Hit(measured.prompt.path, 0, 1, "names something else", "", None)

    monkeypatch.setitem(KINDS, "blanks", OfPrompts(useless))
    messages = {one.message for one in found(Files({"a.py": WASTEFUL}), BLANKS)}
    assert messages == {"names something else"}


def test_one_text_in_two_prompts_is_one_finding_of_the_dearest_worth_both() -> None:
    files = Files({"a.py": WASTEFUL})
    (measured, *_) = files.prompts
    (request, *_) = files.tree.measured.requests
    twin = replace(measured, prompt=replace(measured.prompt, id="z"))
    parts = (replace(request.request.parts[0], prompt="z"),)
    dearer = replace(request, request=replace(request.request, id="z!", parts=parts), calls=9 * CALLS)
    tree = replace(files.tree, measured=Measured((measured, twin), (request, dearer)))

    (finding,) = run(tree, [BLANKS]).findings

    assert finding.prompt == "z"
    assert finding.monthly_saved == Decimal(10 * (finding.tokens_saved or 0)) / 100
    assert {waste.prompt for waste in finding.waste} == {"z", "a.py::SUMMARY_PROMPT"}


def test_each_broken_budget_is_a_finding_of_its_level() -> None:
    texts = {"a.py": WASTEFUL.partition("REVIEW")[0]}
    (measured,) = Files(texts).prompts
    limits = (TokenLimit("team", 5), TokenLimit("soft", 6, "warn"), TokenLimit("wide", measured.static))
    findings = found(Files(texts, limits), BUDGET)
    assert {(one.message.rpartition("limit of ")[2], one.severity) for one in findings} == {
        ("budget 'team'", Severity.ERROR),
        ("budget 'soft'", Severity.WARNING),
    }
    assert {one.tokens_saved for one in findings} == {None}
    assert f"{measured.static - 5:,} over" in findings[0].message + findings[1].message


def test_a_rule_about_calls_stands_at_the_call_and_costs_what_the_call_does(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def capless(measured: MeasuredRequest, card: Card, context: RequestContext) -> Iterator[Hit]:
        request = measured.request
        if not request.implicit:
            names = ", ".join(prompt.prompt.name for prompt in context.prompts)
            yield Hit(request.path, request.start, request.end, f"no cap on {names}", "cap", 7)

    call = 'openai.OpenAI().chat.completions.create(model="test-model", messages=[{"role": "user", "content": ASK}])'
    text = f'import openai\nASK = "Answer the question in two sentences."\n\nreply = {call}\nprint(reply)\n'
    monkeypatch.setitem(KINDS, "price", OfRequests(capless))
    (finding,) = found(Files({"a.py": text}), card_named(CARDS, "PRC001"))

    assert (finding.message, finding.prompt, finding.request) == ("no cap on ASK", "a.py::ASK", "a.py#1")
    place = finding.place
    assert text.split("\n")[place.line - 1][place.column - 1 : place.end_column - 1] == call
    assert finding.monthly_saved == Decimal("0.07")


def test_a_rule_about_the_tree_sees_all_prompts_for_which_it_runs(monkeypatch: pytest.MonkeyPatch) -> None:
    def crowd(prompts: Sequence[MeasuredPrompt], card: Card, context: TreeContext) -> Iterator[Hit]:
        for each in prompts:
            at = each.prompt
            yield Hit(at.path, at.start, at.end, f"one of {len(prompts)}", at.name, None, prompt=at.id)

    files = Files({"a.py": WASTEFUL, "b.py": WASTEFUL})
    monkeypatch.setitem(KINDS, "blanks", OfTree(crowd))
    results = run(files.tree, [BLANKS], lambda card, path: None if path == "a.py" else card)

    assert [(one.path, one.prompt, one.message) for one in results.findings] == [
        ("b.py", "b.py::SUMMARY_PROMPT", "one of 2"),
        ("b.py", "b.py::REVIEW_PROMPT", "one of 2"),
    ]


def test_what_a_rule_cannot_decide_is_counted_and_no_finding(monkeypatch: pytest.MonkeyPatch) -> None:
    def unsure(measured: MeasuredPrompt, card: Card, context: Context) -> Iterator[Hit | Abstention]:
        yield Abstention("the arguments come from elsewhere")

    monkeypatch.setitem(KINDS, "blanks", OfPrompts(unsure))
    results = Files({"a.py": WASTEFUL}).checked(BLANKS)
    assert results.findings == ()
    assert [(one.rule, one.path, one.reason) for one in results.abstained] == [
        ("FMT002", "a.py", "the arguments come from elsewhere")
    ] * 2


def test_the_text_of_a_prompt_is_joined_once_for_all_rules() -> None:
    files = Files({"a.py": WASTEFUL})
    (prompt, *_) = files.prompts
    assert files.tree.of(prompt).view is files.tree.of(prompt).view
