"""What a configuration means: every key, in YAML and in TOML, at the root and below."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from configured_tree import FULL_TOML, FULL_YAML, Files, loaded

from scrimp.config.checked import check_rules
from scrimp.config.entries import effective, ignored_rules
from scrimp.config.globs import Pattern, Target
from scrimp.config.load import load
from scrimp.config.owners import Owner
from scrimp.config.quantities import Money
from scrimp.config.rule_settings import RuleSettings
from scrimp.config.schema import Budget, BudgetException, Settings
from scrimp.model.errors import UserError
from scrimp.model.findings import Severity


def _target(path: str, name: str = "PROMPT") -> Target:
    return Target(f"{path}::{name}", path, name)


@pytest.fixture(scope="module")
def settings() -> Settings:
    return loaded(yaml=FULL_YAML).settings


def test_toml_says_the_same_as_yaml(settings: Settings) -> None:
    assert loaded(toml=FULL_TOML).settings == settings


def test_budgets(settings: Settings) -> None:
    first, second = settings.budgets

    assert (
        first.name,
        first.max_monthly_increase,
        first.max_monthly_increase_percent,
        first.max_monthly,
    ) == (
        "repository",
        Decimal(200),
        Decimal(5),
        Decimal(12_000),
    )
    assert (first.allowance, first.max_share_percent) == (Decimal(20_000), Decimal(10))
    assert (first.unknown, first.level) == ("warn", "fail")
    assert second == Budget(
        name="search team",
        owner=Owner("search"),
        match=Pattern("src/**"),
        model="claude-*",
        max_per_call=Money("0.05"),
        max_prompt_tokens=4000,
        level="warn",
        exceptions=(
            BudgetException(
                match=Pattern("src/search/legacy.py"), until=date(2027, 3, 1), reason="migration"
            ),
        ),
    )


def test_a_prompt_gets_what_its_entry_says(settings: Settings) -> None:
    found = effective(settings, _target("src/search/a.py"))

    assert (found.model, found.calls_per_month, found.default_calls) == ("claude-sonnet-5", 250_000, 10_000)
    assert (found.output_tokens, found.variables) == (300, {"docs": 3000, "question": 40})
    assert (found.hit_rate, found.owner) == (Decimal("0.8"), "search")


def test_a_prompt_without_an_entry_gets_the_defaults_and_its_path_s_owner(settings: Settings) -> None:
    found = effective(settings, _target("src/mail/a.py"))

    assert (found.model, found.calls_per_month, found.default_calls) == ("gpt-5-mini", None, 10_000)
    assert (found.output_tokens, found.variables, found.hit_rate, found.owner) == (None, {}, None, "post")


def test_rules_keep_their_options_as_written(settings: Settings) -> None:
    assert settings.rules == {"CCH001": RuleSettings(Severity.ERROR, {"least": 3})}
    assert (settings.select, settings.ignore, settings.fail_on) == (("ALL",), ("WRD",), Severity.ERROR)
    assert ignored_rules(settings, "tests/a/b.py") == ("ALL",)
    assert ignored_rules(settings, "src/a.py") == ()


def test_what_is_left_out_and_what_is_priced(settings: Settings) -> None:
    assert settings.excludes.covers("vendor/a/b.py")
    assert not settings.excludes.covers("src/vendor.py")
    price = settings.prices["my-finetune"]
    assert (price.input, price.cached_input, price.output) == (Decimal(3), Decimal("0.3"), Decimal(12))


def test_names_of_other_files(settings: Settings) -> None:
    assert (settings.packs, settings.formats, settings.sdks, settings.usage) == (
        (".scrimp/rules/*.yaml",),
        ("formats.yaml",),
        ("sdks.yaml",),
        "scrimp-usage.yaml",
    )


def test_without_a_configuration_nothing_tells() -> None:
    found = load(Files({"a.py": ""}))

    assert (found.path, found.settings) == (None, Settings())
    told = effective(found.settings, _target("a.py"))
    assert (told.calls_per_month, told.default_calls) == (None, None)


@pytest.mark.parametrize("text", ["", "# nothing yet\n", "---\n"])
def test_an_empty_file_is_a_configuration(text: str) -> None:
    assert loaded(yaml=text).path == "scrimp.yaml"


def test_a_toml_file_without_the_table_is_none() -> None:
    assert loaded(toml="[tool.other]\nname = 'scrimp'\n").path is None


def test_a_broken_toml_file_that_never_names_the_tool_is_not_our_business() -> None:
    assert loaded(toml="[tool.other\n").path is None


def test_another_file_can_be_named() -> None:
    files = Files(
        {"scrimp.yaml": "model: a", "ci/strict.yaml": "model: b", "ci/p.toml": "[tool.scrimp]\nmodel='c'"}
    )

    assert load(files, "ci/strict.yaml").settings.defaults[0].model == "b"
    assert load(files, "ci/p.toml").settings.defaults[0].model == "c"


def test_the_first_entry_that_matches_is_the_only_one_used() -> None:
    text = "prompts: [{match: a.py, model: one}, {match: '*.py', model: two, owner: me}]"

    assert effective(loaded(yaml=text).settings, _target("a.py")).owner is None


def test_aliases_are_followed() -> None:
    text = "prompts: [{match: a, variables: &sizes {docs: 3}}, {match: b, variables: *sizes}]"

    assert [entry.variables for entry in loaded(yaml=text).settings.prompts] == [{"docs": 3}] * 2


@pytest.mark.parametrize("written", ["012", "0xC", "0o14", "1_2", "12"])
def test_whole_numbers_in_all_their_spellings(written: str) -> None:
    assert loaded(yaml=f"calls_per_month: {written}").settings.defaults[0].calls_per_month == 12


NESTED = Files(
    {
        "scrimp.yaml": "model: root\ncalls_per_month: 10\nexclude: [old/, '*.bak']\n"
        "prompts: [{match: 'src/**', owner: everyone}]\nbudgets: [{name: all, max_monthly: 9}]\n"
        "ignore: [AAA]\nper_path: {'*.md': {ignore: [BBB]}}",
        "src/app/scrimp.yml": "model: app\nexclude: ['!keep.bak', 'gen/']\nignore: [CCC]\n"
        "prompts: [{match: /a.py, owner: team}, {match: SYSTEM, owner: names}]\n"
        "budgets: [{name: app, max_monthly: 5}, {name: one, match: a.py, max_prompt_tokens: 3,"
        " exceptions: [{match: a.py, until: 2027-01-01, reason: r}]}]",
        "src/app/deep/pyproject.toml": "[tool.scrimp]\ncalls_per_month = 99\n",
        "old/scrimp.yaml": "nonsense: [",
    }
)


def test_what_is_said_nearer_comes_first() -> None:
    settings = load(NESTED).settings

    assert effective(settings, _target("src/app/a.py")).owner == "team"
    assert effective(settings, _target("src/app/b.py", "SYSTEM")).owner == "names"
    assert effective(settings, _target("src/app/b.py")).owner == "everyone"
    assert effective(settings, _target("a.py", "SYSTEM")).owner is None


def test_each_default_comes_from_the_nearest_file_that_has_it() -> None:
    settings = load(NESTED).settings
    found = [effective(settings, _target(path)) for path in ("a.py", "src/app/a.py", "src/app/deep/a.py")]

    assert [(each.model, each.default_calls) for each in found] == [("root", 10), ("app", 10), ("app", 99)]


def test_excludes_add_and_the_nearer_list_decides() -> None:
    covers = load(NESTED).settings.excludes.covers

    assert [covers(path) for path in ("a.bak", "src/app/a.bak", "src/app/keep.bak")] == [True, True, False]
    assert [covers(path) for path in ("gen/a.py", "src/app/gen/a.py", "src/apple/gen/a.py")] == [
        False,
        True,
        False,
    ]


def test_a_nested_budget_is_about_its_folder() -> None:
    budgets = {budget.name: budget for budget in load(NESTED).settings.budgets}
    today = date(2026, 11, 23)

    assert list(budgets) == ["all", "app", "one"]
    assert budgets["app"].covers(_target("src/app/x.py"), "", today)
    assert not budgets["app"].covers(_target("src/x.py"), "", today)
    assert not budgets["one"].covers(_target("src/app/a.py"), "", today)
    assert budgets["one"].covers(_target("src/app/a.py"), "", date(2027, 1, 2))
    assert not budgets["one"].covers(_target("a.py"), "", date(2027, 1, 2))


def test_nested_ignores_hold_for_their_folder() -> None:
    settings = load(NESTED).settings

    assert settings.ignore == ("AAA",)
    assert ignored_rules(settings, "src/app/x.md") == ("CCC", "BBB")
    assert ignored_rules(settings, "x.py") == ()


def test_all_files_that_were_read_are_named() -> None:
    found = load(NESTED)

    assert found.path == "scrimp.yaml"
    assert [each.folder for each in found.files] == ["src/app/deep", "src/app", ""]


def test_a_nested_file_without_one_at_the_root() -> None:
    settings = load(Files({"a/scrimp.yaml": "model: x"})).settings

    assert effective(settings, _target("a/b.py")).model == "x"
    assert effective(settings, _target("b.py")).model is None


@pytest.mark.parametrize(
    "text",
    [
        "select: [ALL, CCH, FMT001]\nignore: [FMT]\nrules: {FMT001: {}}\nper_path: {'*': {ignore: [CCH001]}}",
        "model: x",
    ],
)
def test_rules_that_exist_pass(text: str) -> None:
    check_rules(loaded(yaml=text).files, {"CCH001", "FMT001"})


@pytest.mark.parametrize(
    ("text", "place", "hint"),
    [
        ("select: [ALL, FMT0O1]", "1:15", 'did you mean "FMT001"? `scrimp rules` lists all'),
        ("ignore:\n  - cch001", "2:5", 'did you mean "CCH001"? `scrimp rules` lists all'),
        ("rules:\n  FMT01: {severity: info}", "2:3", 'did you mean "FMT001"? `scrimp rules` lists all'),
        ("per_path: {'*': {ignore: [X]}}", "1:27", "`scrimp rules` lists all"),
    ],
)
def test_a_misspelt_rule_is_located(text: str, place: str, hint: str) -> None:
    with pytest.raises(UserError) as caught:
        check_rules(loaded(yaml=text).files, {"CCH001", "FMT001"})

    assert caught.value.message.startswith(f"scrimp.yaml:{place}: no rule is called ")
    assert caught.value.hint == hint


@pytest.mark.parametrize("path", [".github/workflows/scrimp.yml", ".gitlab/scrimp.yml"])
def test_a_pipeline_that_is_called_after_scrimp_is_no_configuration(path: str) -> None:
    loaded = load(Files({"scrimp.yaml": "model: root\n", path: "on: push\njobs: {}\n"}))

    assert [each.located.file for each in loaded.files] == ["scrimp.yaml"]
