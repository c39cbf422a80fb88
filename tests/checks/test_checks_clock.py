"""CCH002, beyond what its card's examples show: which calls change by themselves, and what that costs."""

from __future__ import annotations

from decimal import Decimal

import pytest
from checks.written import Files, tokens
from msgspec.structs import replace

from scrimp.checks import shipped_cards
from scrimp.config.cards import card_named
from scrimp.model.findings import Finding, Severity
from scrimp.prices.book import Override

CARD = card_named(shipped_cards(), "CCH002")
BEHIND = " Answer from the handbook below, and name the section that you rely on." * 8
LONG = BEHIND * 12
IMPORTS = """
import datetime, random, secrets, time, uuid
from datetime import date, datetime as when
"""


def found(call: str, behind: str = BEHIND, role: str = "", price: Override | None = None) -> list[Finding]:
    prompt = f'f"The case is {{value}}.{behind}"'
    body = (
        f'    return [{{"role": "{role}", "content": {prompt}}}]\n'
        if role
        else f"    prompt = {prompt}\n    return prompt\n"
    )
    text = f"{IMPORTS}\ndef ask(given, rows):\n    value = {call}\n{body}"
    files = Files({"ask.py": text})
    return list((replace(files, price=price) if price else files).checked(CARD).findings)


@pytest.mark.parametrize(
    "call",
    [
        "when.now()",
        "datetime.datetime.utcnow().isoformat()",
        "when.now().strftime('%Y-%m-%d %H:%M')",
        "f'{when.now():%d.%m.%Y %H:%M}'",
        "str(time.time())",
        "int(time.time())",
        "time.strftime('%H:%M')",
        "datetime.datetime.fromtimestamp(time.time()).isoformat()",
        "time.asctime(time.localtime())",
        "uuid.uuid4().hex",
        "secrets.token_hex(8)",
        "random.randint(1, 9)",
    ],
)
def test_times_and_random_values_change_with_each_call(call: str) -> None:
    (finding,) = found(call)
    assert finding.severity is Severity.WARNING
    assert "can't be cached" in finding.message


@pytest.mark.parametrize(
    "call",
    [
        "date.today()",
        "date.today().strftime('%A, %d %B')",
        "when.now().strftime('%B %d, %Y')",
        "f'{when.now():%Y-%m-%d}'",
        "when.now().date().isoformat()",
        "time.strftime('%Y-%m-%d')",
    ],
)
def test_the_day_is_only_told(call: str) -> None:
    (finding,) = found(call)
    assert finding.severity is Severity.INFO
    assert finding.tokens_saved is None


@pytest.mark.parametrize(
    "call",
    [
        "given",
        "given.now()",
        "given.strftime('%H:%M')",
        "uuid.UUID(given)",
        "random.choice(rows)",
        "when.fromisoformat(given)",
        "time.strftime('%H:%M', given)",
        "is_weekend(when.now())",
    ],
)
def test_what_somebody_gives_or_chooses_is_no_clock(call: str) -> None:
    assert found(call) == []


def test_in_what_the_system_says_it_is_an_error() -> None:
    (finding,) = found("when.now()", role="system")
    assert finding.severity is Severity.ERROR
    (finding,) = found("when.now()", role="user")
    assert finding.severity is Severity.WARNING


def test_a_text_too_short_for_a_cache_of_its_own_claims_nothing() -> None:
    (finding,) = found("when.now()")
    assert finding.tokens_saved is None


def test_what_the_discount_would_take_off_is_saved() -> None:
    cached = Override(Decimal(10), Decimal(2), Decimal(40))
    (finding,) = found("when.now()", LONG, price=cached)
    whole = tokens("The case is ") + tokens("." + LONG)
    assert finding.tokens_saved == int(whole * Decimal("0.8"))


def test_with_little_behind_it_nothing_is_found() -> None:
    assert found("when.now()", " Be brief.") == []


def test_a_value_that_may_be_several_calls_is_not_decided() -> None:
    prompt = f'f"The case is {{value}}.{BEHIND}"'
    text = f"{IMPORTS}\ndef ask(given):\n    value = when.now() if given else given.text()\n    prompt = {prompt}\n    return prompt\n"
    results = Files({"ask.py": text}).checked(CARD)
    assert results.findings == ()
    assert [each.reason for each in results.abstained] == [
        "the time is only one of several values that may stand there"
    ]


@pytest.mark.parametrize(
    ("value", "severity"),
    [
        ("new Date().toISOString()", Severity.WARNING),
        ("Date.now()", Severity.WARNING),
        ("Math.random()", Severity.WARNING),
        ("new Date().toISOString().split('T')[0]", Severity.INFO),
        ("new Date().toLocaleDateString()", Severity.INFO),
        ("new Date(given).toISOString()", None),
        ("given.toISOString()", None),
    ],
)
def test_clocks_of_typescript(value: str, severity: Severity | None) -> None:
    text = f"export function buildPrompt(given: Date) {{\n  const prompt = `The case is ${{{value}}}.{BEHIND}`;\n  return prompt;\n}}\n"
    findings = Files({"ask.ts": text}).checked(CARD).findings
    assert [each.severity for each in findings] == ([] if severity is None else [severity])
