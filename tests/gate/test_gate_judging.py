"""Budgets, with figures computed by hand: the small model costs a dollar for a million words in, four out."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from measured_trees import Call, Text, alone, tree
from msgspec.structs import replace

from scrimp.compare import pair
from scrimp.config.globs import Pattern
from scrimp.config.owners import Owner
from scrimp.config.quantities import Money, Percent
from scrimp.config.schema import Budget, BudgetException
from scrimp.gate import incomplete, judge, notices
from scrimp.model.changes import Breach, Verdict
from scrimp.model.measured import Measured
from scrimp.model.prompts import Confidence

TODAY = date(2026, 11, 23)
SYSTEM = Text(
    "src/search/a.py", "SYSTEM", "You answer questions about trains and the weather in Bern", owner="search"
)
LONGER = replace(SYSTEM, text=f"{SYSTEM.text} and in Geneva too")  # 14 words instead of 10
OTHER = Text("src/mail/b.py", "MAIL", "Write a letter that is polite", owner="mail")  # 6 words


def _diff(budget: Budget, base: Measured, head: Measured) -> Verdict:
    return judge([budget], base, head, pair(base, head), TODAY)


def _breach(verdict: Verdict) -> Breach:
    (breach,) = verdict.breaches
    return breach


@pytest.mark.parametrize(("limit", "outcome"), [("3.99", "fail"), ("4", "pass")])
def test_growth_in_dollars(limit: str, outcome: str) -> None:
    budget = Budget(name="all", max_monthly_increase=Money(limit))

    assert _diff(budget, tree(alone(SYSTEM)), tree(alone(LONGER))).outcome == outcome


def test_a_breach_says_limit_actual_and_what_grew() -> None:
    budget = Budget(name="all", max_monthly_increase=Money("3.50"))

    breach = _breach(_diff(budget, tree(alone(SYSTEM)), tree(alone(LONGER))))

    assert (breach.budget, breach.limit, breach.actual, breach.level) == ("all", "+$3.50", "+$4.00", "fail")
    assert breach.reason == "src/search/a.py::SYSTEM +$4.00"
    assert (breach.key, bool(breach.advice)) == ("max_monthly_increase", True)


@pytest.mark.parametrize(("limit", "actual"), [("24", "+25.0%"), ("25", None)])
def test_growth_in_percent_of_what_was_spent(limit: str, actual: str | None) -> None:
    budget = Budget(name="all", max_monthly_increase_percent=Percent(limit))
    base, head = tree(alone(SYSTEM), alone(OTHER)), tree(alone(LONGER), alone(OTHER))  # 16 -> 20

    verdict = _diff(budget, base, head)

    assert [breach.actual for breach in verdict.breaches] == ([actual] if actual else [])


def test_from_nothing_any_growth_breaks_a_percentage() -> None:
    budget = Budget(name="all", max_monthly_increase_percent=Percent("500"))

    assert _breach(_diff(budget, tree(), tree(alone(SYSTEM)))).actual == "+$10.00 from $0"


def test_savings_elsewhere_count_against_growth() -> None:
    budget = Budget(name="all", max_monthly_increase=Money("0"))
    base, head = tree(alone(SYSTEM), alone(OTHER)), tree(alone(LONGER))  # +4 and -6

    assert _diff(budget, base, head).outcome == "pass"


@pytest.mark.parametrize(
    ("limit", "outcome"), [("9", "pass"), ("10", "fail"), ("13.99", "fail"), ("14", "pass")]
)
def test_a_total_is_broken_only_when_the_change_crosses_it(limit: str, outcome: str) -> None:
    budget = Budget(name="all", max_monthly=Money(limit))  # 10 -> 14

    assert _diff(budget, tree(alone(SYSTEM)), tree(alone(LONGER))).outcome == outcome


@pytest.mark.parametrize(("limit", "outcome"), [("9.99", "fail"), ("10", "pass")])
def test_without_a_base_a_total_always_counts(limit: str, outcome: str) -> None:
    verdict = judge([Budget(name="all", max_monthly=Money(limit))], None, tree(alone(SYSTEM)), (), TODAY)

    assert verdict.outcome == outcome


def test_without_a_base_growth_is_nobody_s_concern() -> None:
    budget = Budget(name="all", max_monthly_increase=Money(0), max_monthly_increase_percent=Percent(0))

    assert judge([budget], None, tree(alone(SYSTEM)), (), TODAY).outcome == "pass"


@pytest.mark.parametrize(
    ("scope", "outcome"),
    [
        ({"owner": "search"}, "fail"),
        ({"owner": "mail"}, "pass"),
        ({"match": Pattern("src/search/**")}, "fail"),
        ({"match": Pattern("MAIL")}, "pass"),
        ({"match": Pattern("src/search/**"), "owner": "mail"}, "pass"),
    ],
)
def test_a_budget_speaks_of_its_scope(scope: dict[str, object], outcome: str) -> None:
    growth = Budget(name="part", max_monthly_increase=Money(1), **scope)  # type: ignore[arg-type]
    total = Budget(name="part", max_monthly=Money(10), **scope)  # type: ignore[arg-type]
    base, head = tree(alone(SYSTEM), alone(OTHER)), tree(alone(LONGER), alone(OTHER))

    assert _diff(growth, base, head).outcome == outcome
    assert _diff(total, base, head).outcome == outcome


def test_a_request_counts_once_in_a_total_however_many_prompts_it_sends() -> None:
    budget = Budget(name="all", max_monthly=Money("27.99"))
    head = tree(Call("c", (SYSTEM, OTHER), output=3))  # 10 + 6 + 12

    assert _breach(judge([budget], None, head, (), TODAY)).actual == "$28.00"


def test_moving_a_prompt_into_a_scope_breaks_no_budget_of_it() -> None:
    budget = Budget(
        name="mail", match=Pattern("src/mail/**"), max_monthly=Money(8), max_monthly_increase=Money(0)
    )
    moved = replace(SYSTEM, path="src/mail/a.py", owner="mail")
    base, head = tree(alone(SYSTEM), alone(OTHER)), tree(alone(moved), alone(OTHER))

    assert _diff(budget, base, head).outcome == "pass"


def test_a_prompt_of_low_confidence_never_counts() -> None:
    budget = Budget(
        name="all", max_monthly=Money(0), max_monthly_increase=Money(0), max_prompt_tokens=5, unknown="fail"
    )
    doubtful = replace(LONGER, confidence=Confidence.LOW)

    assert _diff(budget, tree(), tree(also=(doubtful,))).outcome == "pass"
    assert judge([budget], None, tree(also=(doubtful,)), (), TODAY).outcome == "pass"


def test_a_call_counts_though_it_sends_hardly_any_text() -> None:
    budget = Budget(name="all", max_monthly=Money(0))
    short = replace(SYSTEM, confidence=Confidence.LOW)

    assert judge([budget], None, tree(alone(short)), (), TODAY).outcome == "fail"


def test_raising_the_confidence_does_not_hide_growth() -> None:
    short = Text("src/search/c.py", "SHORT", "three words here", confidence=Confidence.LOW)
    longer = replace(short, text="three words here and more", confidence=Confidence.HIGH)
    budget = Budget(name="all", max_monthly_increase=Money("5.50"))
    base, head = tree(alone(short), alone(SYSTEM)), tree(alone(longer), alone(LONGER))

    assert _breach(_diff(budget, base, head)).actual == "+$6.00"
    assert _breach(_diff(budget, tree(alone(short)), tree(alone(short), alone(SYSTEM)))).actual == "+$10.00"


def test_lowering_the_confidence_does_not_hide_growth() -> None:
    budget = Budget(name="all", max_monthly_increase=Money(0))
    doubtful = replace(LONGER, confidence=Confidence.LOW)

    assert _diff(budget, tree(alone(SYSTEM)), tree(alone(doubtful))).outcome == "fail"


@pytest.mark.parametrize(
    ("limit", "base", "outcome"),
    [(13, SYSTEM, "fail"), (14, SYSTEM, "pass"), (13, None, "fail"), (13, LONGER, "pass")],
    ids=["grown", "kept", "added", "not touched"],
)
def test_prompt_tokens_count_where_a_change_adds_some(limit: int, base: Text | None, outcome: str) -> None:
    budget = Budget(name="size", max_prompt_tokens=limit)
    before = tree(alone(base)) if base else tree()

    assert _diff(budget, before, tree(alone(LONGER))).outcome == outcome


def test_a_prompt_that_shrinks_but_is_still_too_long_is_let_through() -> None:
    budget = Budget(name="size", max_prompt_tokens=5)

    assert _diff(budget, tree(alone(LONGER)), tree(alone(SYSTEM))).outcome == "pass"


def test_without_a_base_every_long_prompt_is_a_breach() -> None:
    verdict = judge(
        [Budget(name="size", max_prompt_tokens=5)], None, tree(alone(SYSTEM), alone(OTHER)), (), TODAY
    )

    assert [(breach.limit, breach.actual, breach.reason) for breach in verdict.breaches] == [
        ("5 tokens", "10 tokens", "src/search/a.py::SYSTEM"),
        ("5 tokens", "6 tokens", "src/mail/b.py::MAIL"),
    ]


@pytest.mark.parametrize(
    ("unknown", "level", "outcome"),
    [("fail", "fail", "fail"), ("warn", "fail", "warn"), ("fail", "warn", "warn")],
)
def test_a_money_budget_that_meets_a_change_without_price_is_broken(
    unknown: str, level: str, outcome: str
) -> None:
    budget = Budget(name="all", max_monthly_increase=Money(1000), unknown=unknown, level=level)  # type: ignore[arg-type]
    base, head = tree(alone(SYSTEM, model="house")), tree(alone(LONGER, model="house"))

    verdict = _diff(budget, base, head)

    assert verdict.outcome == outcome
    assert _breach(verdict).reason == "src/search/a.py::SYSTEM has no price"


@pytest.mark.parametrize(
    "head",
    [tree(), tree(alone(replace(SYSTEM, path="x.py"), model="house")), tree(alone(SYSTEM, model="house"))],
)
def test_what_only_goes_moves_or_stays_needs_no_price(head: Measured) -> None:
    budget = Budget(name="all", max_monthly_increase=Money(0))

    assert _diff(budget, tree(alone(SYSTEM, model="house")), head).outcome == "pass"


def test_a_budget_on_tokens_needs_no_price() -> None:
    budget = Budget(name="size", max_prompt_tokens=100)

    assert _diff(budget, tree(), tree(alone(SYSTEM, model="house"))).outcome == "pass"


def test_a_new_variable_of_unknown_size_is_reported_and_an_old_one_cancels() -> None:
    budget = Budget(name="all", max_monthly_increase=Money(1000))
    old, new = (replace(LONGER, variables=(("docs", None), *more)) for more in ((), (("history", None),)))
    base = tree(alone(replace(SYSTEM, variables=(("docs", None),))))

    assert _diff(budget, base, tree(alone(old))).outcome == "pass"
    assert _breach(_diff(budget, base, tree(alone(new)))).reason == (
        "src/search/a.py::SYSTEM has new variables of unknown size: history"
    )


@pytest.mark.parametrize(("day", "outcome"), [(TODAY, "pass"), (date(2026, 11, 22), "fail")])
def test_an_exception_holds_up_to_its_day(day: date, outcome: str) -> None:
    exception = BudgetException(match=Pattern("src/search/a.py"), until=day, reason="migration")
    budget = Budget(
        name="all",
        max_monthly_increase=Money(0),
        max_prompt_tokens=10,
        max_monthly=Money(12),
        exceptions=(exception,),
    )

    verdict = _diff(budget, tree(alone(SYSTEM)), tree(alone(LONGER)))

    assert verdict.outcome == outcome
    assert sum(
        "the exception for src/search/a.py ended on 2026-11-22" in each.reason for each in verdict.breaches
    ) == (2 if outcome == "fail" else 0)


def test_a_budget_of_level_warn_never_fails() -> None:
    budget = Budget(name="all", max_monthly_increase=Money(0), max_prompt_tokens=1, level="warn")

    verdict = _diff(budget, tree(alone(SYSTEM)), tree(alone(LONGER)))

    assert (verdict.outcome, {breach.level for breach in verdict.breaches}) == ("warn", {"warn"})


def test_one_failing_budget_among_warnings_fails() -> None:
    budgets = [
        Budget(name="soft", max_monthly_increase=Money(0), level="warn"),
        Budget(name="hard", max_monthly_increase=Money(1)),
    ]
    base, head = tree(alone(SYSTEM)), tree(alone(LONGER))

    verdict = judge(budgets, base, head, pair(base, head), TODAY)

    assert (verdict.outcome, [breach.budget for breach in verdict.breaches]) == ("fail", ["soft", "hard"])


def test_requests_without_known_text_count_for_the_whole_tree_only() -> None:
    passthrough = Call("src/chat.py#send", (), output=5)  # $20
    whole, part = (
        Budget(name="all", max_monthly_increase=Money(19)),
        Budget(name="search", owner=Owner("search"), max_monthly_increase=Money(19)),
    )
    base, head = tree(alone(SYSTEM)), tree(alone(SYSTEM), passthrough)

    assert _breach(_diff(whole, base, head)).actual == "+$20.00"
    assert _diff(part, base, head).outcome == "pass"


def test_one_more_request_without_text_or_price_is_unknown() -> None:
    budget = Budget(name="all", max_monthly_increase=Money(0))
    one, two = (Call(f"{name}.py#send", (), model="house") for name in ("a", "b"))

    assert (
        _breach(_diff(budget, tree(one), tree(one, two))).reason
        == "1 more request without known text or price"
    )
    assert _diff(budget, tree(one), tree(two)).outcome == "pass"


def test_only_the_largest_contributions_are_named() -> None:
    budget = Budget(name="all", max_monthly_increase=Money(0))
    head = tree(*(alone(Text("a.py", f"P{number}", "word " * number)) for number in range(1, 6)))

    assert (
        _breach(_diff(budget, tree(), head)).reason
        == "a.py::P5 +$5.00; a.py::P4 +$4.00; a.py::P3 +$3.00; and 2 more"
    )


def test_a_broken_limit_never_looks_kept() -> None:
    budget = Budget(name="all", max_monthly_increase=Money("4"))
    head = tree(alone(LONGER, calls=1_000_001))

    breach = _breach(_diff(budget, tree(alone(SYSTEM)), head))

    assert (breach.limit, breach.actual) == ("+$4", "+$4.01")


def test_an_incomplete_scan_is_no_pass_and_keeps_its_breaches() -> None:
    breach = Breach("all", "+$1", "+$2", "fail")

    assert incomplete(Verdict("pass", ())) == Verdict("incomplete", ())
    assert incomplete(Verdict("fail", (breach,))) == Verdict("incomplete", (breach,))


def test_money_stays_exact() -> None:
    budget = Budget(name="all", max_monthly_increase=Money("0.1"))
    base, head = (
        tree(),
        tree(*(alone(Text("a.py", f"P{number}", "word"), calls=10_000) for number in range(10))),
    )

    assert sum((each.monthly.typical or Decimal(0) for each in head.requests), Decimal(0)) == Decimal("0.1")
    assert _diff(budget, base, head).outcome == "pass"


# Shares of an allowance, calls, models


def _judged(budget: Budget, head: Measured) -> Verdict:
    return judge([budget], None, head, (), TODAY)


@pytest.mark.parametrize(("limit", "actual"), [("0.000009", "$0.000010 a call"), ("0.00001", None)])
def test_a_call_may_cost_so_much(limit: str, actual: str | None) -> None:
    budget = Budget(name="calls", max_per_call=Money(limit))

    verdict = _judged(budget, tree(alone(SYSTEM), alone(OTHER)))

    assert [breach.actual for breach in verdict.breaches] == ([actual] if actual else [])


def test_dear_calls_are_one_breach_that_names_the_dearest() -> None:
    budget = Budget(name="calls", max_per_call=Money("0.000001"))
    calls = (alone(Text("a.py", f"P{number}", "word " * number)) for number in range(1, 7))

    breach = _breach(_judged(budget, tree(*calls)))

    assert breach.limit == "$0.000001 a call"
    assert breach.reason == "a.py#P6 $0.0000060; a.py#P5 $0.0000050; a.py#P4 $0.0000040; and 2 more"


@pytest.mark.parametrize(
    ("base", "head", "outcome"),
    [
        (SYSTEM, LONGER, "fail"),
        (LONGER, LONGER, "pass"),
        (LONGER, replace(LONGER, text=f"{LONGER.text} as well"), "pass"),
        (LONGER, replace(LONGER, path="src/other.py"), "pass"),
        (None, LONGER, "fail"),
    ],
    ids=["grown", "not touched", "above already", "moved", "added"],
)
def test_the_cost_of_a_call_is_the_change_s_where_it_crosses(
    base: Text | None, head: Text, outcome: str
) -> None:
    budget = Budget(name="calls", max_per_call=Money("0.000012"))

    assert _diff(budget, tree(alone(base)) if base else tree(), tree(alone(head))).outcome == outcome


@pytest.mark.parametrize(("percent", "actual"), [("9.9", "10.0%"), ("10", None)])
def test_one_request_may_take_so_much_of_the_allowance(percent: str, actual: str | None) -> None:
    budget = Budget(name="share", allowance=Money(100), max_share_percent=Percent(percent))

    verdict = _judged(budget, tree(alone(SYSTEM), alone(OTHER)))  # 10 and 6

    assert [breach.actual for breach in verdict.breaches] == ([actual] if actual else [])
    assert all(breach.limit == f"{percent}% of $100" for breach in verdict.breaches)
    assert all(breach.reason == "src/search/a.py::SYSTEM $10.00" for breach in verdict.breaches)


@pytest.mark.parametrize(("percent", "actual"), [("3", "+4.0%"), ("4", None)])
def test_one_change_may_take_so_much_of_the_allowance(percent: str, actual: str | None) -> None:
    budget = Budget(name="share", max_monthly=Money(100), max_share_percent=Percent(percent))

    verdict = _diff(budget, tree(alone(SYSTEM)), tree(alone(LONGER)))

    assert [breach.actual for breach in verdict.breaches] == ([actual] if actual else [])


def test_of_an_allowance_of_nothing_everything_is_too_much() -> None:
    budget = Budget(name="share", allowance=Money(0), max_share_percent=Percent(50))

    assert _breach(_judged(budget, tree(alone(SYSTEM)))).actual == "$10.00"
    assert _breach(_diff(budget, tree(), tree(alone(SYSTEM)))).actual == "+$10.00"


@pytest.mark.parametrize(("model", "outcome"), [("small", "pass"), ("large", "fail"), ("LAR*", "fail")])
def test_a_budget_of_a_model_speaks_of_what_goes_to_it(model: str, outcome: str) -> None:
    budget = Budget(name="model", model=model, max_monthly=Money(10))

    assert _judged(budget, tree(alone(SYSTEM), alone(OTHER, model="large"))).outcome == outcome


def test_moving_to_another_model_is_growth_there_and_none_where_it_was() -> None:
    here, there = (
        Budget(name=name, model=name, max_monthly_increase=Money(50)) for name in ("small", "large")
    )
    base, head = tree(alone(SYSTEM)), tree(alone(SYSTEM, model="large"))  # 10 -> 100

    assert _diff(here, base, head).outcome == "pass"
    assert _breach(_diff(there, base, head)).actual == "+$100.00"


def test_calls_without_known_text_count_for_their_model() -> None:
    budget = Budget(name="model", model="small", max_monthly=Money(19))

    assert _judged(budget, tree(Call("src/chat.py#send", (), output=5))).outcome == "fail"
    assert _judged(budget, tree(Call("src/chat.py#send", (), output=5, model="large"))).outcome == "pass"


def test_a_total_names_what_is_dearest_in_it() -> None:
    budget = Budget(name="all", max_monthly=Money(1))

    assert _breach(_judged(budget, tree(alone(OTHER), alone(SYSTEM)))).reason == (
        "src/search/a.py::SYSTEM $10.00; src/mail/b.py::MAIL $6.00"
    )


def test_a_total_that_a_change_crosses_names_what_grew() -> None:
    budget = Budget(name="all", max_monthly=Money(12))

    assert _breach(_diff(budget, tree(alone(SYSTEM)), tree(alone(LONGER)))).reason == (
        "the change takes it there from $10.00; src/search/a.py::SYSTEM +$4.00"
    )


@pytest.mark.parametrize(
    ("day", "said"),
    [
        ("2026-11-22", ["ended on 2026-11-22: remove it, or renew it with a reason"]),
        ("2026-11-23", ["ends on 2026-11-23"]),
        ("2026-12-07", ["ends on 2026-12-07"]),
        ("2026-12-08", []),
    ],
)
def test_exceptions_that_ended_or_soon_will_are_spoken_of(day: str, said: list[str]) -> None:
    exception = BudgetException(match=Pattern("a.py"), until=date.fromisoformat(day), reason="migration")
    budget = Budget(name="all", max_monthly=Money(1), exceptions=(exception,))

    assert list(notices([budget], ["small"], TODAY)) == [
        f"budgets: all: the exception for a.py (migration) {end}" for end in said
    ]


def test_a_budget_of_a_model_that_nothing_goes_to_is_spoken_of() -> None:
    budgets = [Budget(name=name, model=name, max_monthly=Money(1)) for name in ("small", "smol")]

    assert list(notices(budgets, ["small"], TODAY)) == ["budgets: smol: nothing is sent to smol"]
