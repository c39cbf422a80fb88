"""Which calls rows belong to, and what is measured of them."""

from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace
from usage_exports import DAY, SECONDS

from scrimp.config.globs import Pattern, Target
from scrimp.usage.book import Period
from scrimp.usage.history import history
from scrimp.usage.join import Matcher, Rule
from scrimp.usage.ledger import Cell, Key, Sums
from scrimp.usage.measured import measure, windows
from scrimp.usage.targets import CallTarget, folded, key_of, provider_of


def target(name: str, path: str, function: str, **said: Any) -> CallTarget:
    request = f"{path}::{function}#1"
    base = CallTarget(
        request,
        f"{path}::{name}",
        path,
        function,
        (Target(request, path, function), Target(f"{path}::{name}", path, name)),
        "gpt-4o",
        "openai",
        "",
        None,
        100,
        open_size=False,
    )
    return replace(base, **said)


ASK = target("ASK", "search/ask.py", "Search.ask")
SUM_UP = target("SUM_UP", "search/sum.py", "sum_up", model="gpt-5-mini")
MAIL = target("MAIL", "growth/mail.ts", "send", owner="")
TARGETS = (ASK, SUM_UP, MAIL)


def key(**said: Any) -> Key:
    return Key(date(2026, 10, 1), "s", "openai", "gpt-4o", "", "", "", "", ())._replace(**said)


def found(said: Key, targets: tuple[CallTarget, ...] = TARGETS, rules: tuple[Rule, ...] = ()) -> list[str]:
    return [targets[number].key for number in Matcher(targets, rules).match(said).numbers]


@pytest.mark.parametrize(
    ("said", "names"),
    [
        ({"prompt": "search/ask.py::ASK"}, ["search/ask.py::ASK"]),
        ({"prompt": "sum-up"}, ["search/sum.py::SUM_UP"]),
        ({"prompt": "Sum up"}, ["search/sum.py::SUM_UP"]),
        ({"path": "/srv/app/search/ask.py"}, ["search/ask.py::ASK"]),
        ({"path": "C:\\app\\search\\ask.py"}, ["search/ask.py::ASK"]),
        ({"path": "/srv/other/ask.py"}, []),
        ({"path": "ask.py"}, ["search/ask.py::ASK"]),
        ({"function": "app.search.Search.ask"}, ["search/ask.py::ASK"]),
        ({"path": "/srv/growth/mail.ts", "function": "send"}, ["growth/mail.ts::MAIL"]),
        ({"tags": ("prod", "growth/mail.ts")}, ["growth/mail.ts::MAIL"]),
        ({"tags": ("prompt=mail",)}, ["growth/mail.ts::MAIL"]),
        ({"tags": ("task:ask",)}, ["search/ask.py::ASK"]),
        ({"model": "gpt-5-mini-2025-08-07"}, ["search/sum.py::SUM_UP"]),
        ({"project": "proj_search"}, ["search/ask.py::ASK"]),
        ({"project": "proj_Xy12"}, ["search/ask.py::ASK", "growth/mail.ts::MAIL"]),
        ({"model": "gpt-4.1", "tags": ("prod",)}, []),
    ],
)
def test_what_a_row_knows_of_its_call(said: dict[str, Any], names: list[str]) -> None:
    model = said.pop("model", "unheard-of" if names == [] or "project" not in said else "gpt-4o")
    assert found(key(model=model, **said)) == names


def test_rules_of_the_user_go_first_and_in_their_order() -> None:
    rules = (
        Rule(Pattern("growth/**"), (("project", "proj_*"), ("tag", "mail*"))),
        Rule(Pattern("search/sum.py"), (("source", "openai"),)),
    )
    assert found(key(prompt="ASK", project="proj_1", tags=("mailing",)), rules=rules) == [
        "growth/mail.ts::MAIL"
    ]
    assert found(key(prompt="ASK", stream="openai:eu"), rules=rules) == ["search/sum.py::SUM_UP"]
    assert found(key(prompt="ASK"), rules=rules) == ["search/ask.py::ASK"]


def test_of_several_the_calls_for_the_row_s_model_are_meant() -> None:
    targets = (ASK, replace(SUM_UP, seen_as=ASK.seen_as))
    assert found(key(path="search/ask.py", model="gpt-5-mini"), targets) == ["search/sum.py::SUM_UP"]


def cell(calls: int | None, *, day: int = 0, tokens: int = 0, usd: str | None = None, **said: Any) -> Cell:
    start = DAY + day * SECONDS
    sums = Sums(calls, tokens, 0, 0, tokens // 10, 0, None if usd is None else Decimal(usd))
    return Cell(key(day=date(2026, 10, 1) + timedelta(day), **said), start, start + SECONDS, sums)


class TestDividing:
    def test_calls_of_one_owner_share_evenly(self) -> None:
        joined = Matcher(TARGETS).join([cell(10)])
        assert {TARGETS[number].key: [share.weight for share in shares] for number, shares in joined.shares.items()} == {
            "search/ask.py::ASK": [Fraction(1, 2)],
            "growth/mail.ts::MAIL": [Fraction(1, 2)],
        }  # fmt: skip

    def test_or_by_their_configured_volumes(self) -> None:
        targets = (replace(ASK, calls=300), replace(MAIL, calls=100))
        joined = Matcher(targets).join([cell(10)])
        assert [joined.shares[number][0].weight for number in (0, 1)] == [Fraction(3, 4), Fraction(1, 4)]

    def test_nobody_decides_who_of_several_owners_pays(self) -> None:
        targets = (replace(ASK, owner="search"), replace(MAIL, owner="growth"))
        joined = Matcher(targets).join([cell(10)])
        assert not joined.shares
        assert [numbers for _, numbers in joined.ambiguous] == [(0, 1)]


MODELS = st.sampled_from(["gpt-4o", "gpt-5-mini", "gpt-4.1", ""])
ROWS = st.lists(
    st.builds(
        cell,
        st.one_of(st.none(), st.integers(0, 50)),
        day=st.integers(0, 40),
        tokens=st.integers(0, 10_000),
        model=MODELS,
        prompt=st.sampled_from(["", "ASK", "nobody"]),
        project=st.sampled_from(["", "growth"]),
    ),
    max_size=30,
)


@given(ROWS, st.booleans())
def test_nothing_is_lost(rows: list[Cell], owned: bool) -> None:
    targets = (replace(ASK, owner="search"), SUM_UP, MAIL) if owned else TARGETS
    joined = Matcher(targets).join(rows)

    def weigh(field: str) -> Fraction:
        shared = sum(
            (
                share.weight * (getattr(share.cell.sums, field) or 0)
                for shares in joined.shares.values()
                for share in shares
            ),
            Fraction(0),
        )
        others = [*joined.unmatched, *joined.bills, *(each for each, _ in joined.ambiguous)]
        return shared + sum(getattr(each.sums, field) or 0 for each in others)

    for field in ("calls", "input", "output"):
        assert weigh(field) == sum(getattr(each.sums, field) or 0 for each in rows)


class TestMeasuring:
    def measured(
        self, *cells: Cell, period: Period | None = None, targets: tuple[CallTarget, ...] = TARGETS
    ) -> Any:
        joined = Matcher(targets).join(cells)
        return measure(joined, targets, windows(cells, period))

    def test_volumes_are_of_an_average_month(self) -> None:
        month = [cell(100, day=day, tokens=5000, prompt="ASK") for day in range(30)]
        (only,) = self.measured(*month).by_target.values()
        assert only.calls_per_month == round(100 * 30.4375)
        assert (only.input_tokens, only.output_tokens, only.hit_rate) == (50, 5, Decimal(0))
        assert only.period == Period(date(2026, 10, 1), date(2026, 10, 30))

    def test_a_rare_call_is_not_taken_for_a_frequent_one(self) -> None:
        others = [cell(1, day=day, prompt="SUM_UP") for day in range(31)]
        measures = self.measured(*others, cell(31, day=3, prompt="ASK"))
        assert measures.by_target[0].calls_per_month == round(30.4375)

    def test_less_than_a_day_is_taken_for_one(self) -> None:
        hour = replace(cell(10, prompt="ASK"), last=DAY + 3600)
        assert self.measured(hour).by_target[0].calls_per_month == round(10 * 30.4375)
        assert windows([hour], None)["s"].is_short

    def test_the_last_31_days_count_or_the_period_that_is_named(self) -> None:
        days = [cell(10 if day < 60 else 20, day=day, prompt="ASK") for day in range(91)]
        assert self.measured(*days).by_target[0].calls_per_month == round(20 * 30.4375)
        october = Period(date(2026, 10, 1), date(2026, 10, 31))
        assert self.measured(*days, period=october).by_target[0].calls_per_month == round(10 * 30.4375)

    def test_calls_that_the_source_does_not_count_come_from_tokens(self) -> None:
        days = [cell(None, day=day, tokens=20_000, prompt="ASK") for day in range(31)]
        only = self.measured(*days).by_target[0]
        assert (only.calls_estimated, only.input_tokens, only.output_tokens) == (True, 100, 10)
        assert only.calls_per_month == round(200 * 30.4375)
        unknown = self.measured(*days, targets=(replace(ASK, input_tokens=None),)).by_target[0]
        assert (unknown.calls_per_month, unknown.input_tokens) == (None, None)

    def test_two_sources_that_tell_of_the_same_calls(self) -> None:
        log = [cell(90, day=day, prompt="ASK", stream="litellm") for day in range(31)]
        own = [cell(100, day=day, model="gpt-4o", project="search", stream="openai") for day in range(31)]
        measures = self.measured(*log, *own)
        assert measures.by_target[0].calls_per_month == round(100 * 30.4375)
        assert {share.cell.key.stream for share in measures.seen_twice} == {"litellm"}

    def test_two_providers_of_one_call_are_added(self) -> None:
        one = [cell(10, day=day, prompt="ASK") for day in range(31)]
        other = [cell(20, day=day, prompt="ASK", provider="azure", stream="litellm") for day in range(31)]
        assert self.measured(*one, *other).by_target[0].calls_per_month == round(30 * 30.4375)


class TestHistory:
    def test_days_by_model_with_money_from_rows_or_bills(self) -> None:
        cells = [
            cell(5, model="gpt-4o", tokens=100),
            cell(None, model="gpt-4o-2024-08-06", usd="0.50"),
            cell(7, model="gpt-5-mini", tokens=100, usd="0.25"),
        ]
        days = history(cells)
        assert [(day.model, day.calls, day.usd) for day in days] == [
            ("gpt-4o", 5, Decimal("0.50")),
            ("gpt-5-mini", 7, Decimal("0.25")),
        ]

    def test_what_two_sources_tell_counts_once(self) -> None:
        (day,) = history([cell(5, stream="litellm"), cell(6, stream="openai")])
        assert day.calls == 6


def test_the_id_that_keeps_when_calls_move() -> None:
    assert key_of("a.py::send#1", ["VOICE", "MAIL"], {"VOICE": 2, "MAIL": 1}) == "MAIL"
    assert key_of("a.py::send#1", ["VOICE"], {"VOICE": 2}) == "a.py::send#1"


def test_names_and_providers_are_compared_as_people_mean_them() -> None:
    assert folded("Summarise ticket") == folded("SUMMARISE_TICKET") == folded("summarise-ticket")
    assert provider_of("azure_openai", "gpt-4o") == "azure"
    assert provider_of("gcp.gemini", "gemini-2.5-flash") == "google"
    assert provider_of("", "claude-sonnet-4-5") == "anthropic"
