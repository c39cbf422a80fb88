"""Changes that grow a prompt and loosen, in the same change, the configuration that judges it."""

from __future__ import annotations

import json

import pytest
from attacks.gated import BUDGET, GROWN, gated, loosened, refused
from command_line import EIGHT, PRICED, Project, call

from scrimp.prices import lock

__all__ = ["gated"]


def test_without_an_attack_the_growth_is_refused(gated: Project) -> None:
    document = refused(gated.write("app.py", call(GROWN)))

    assert document["policy"]["source"] == "base"
    assert document["policy"]["loosened"] == document["policy"]["concealed"] == []


@pytest.mark.parametrize(
    ("settings", "setting", "values"),
    [
        pytest.param(
            PRICED + BUDGET.replace("$5", "$5000"),
            "budgets.all.max_monthly_increase",
            ("$5", "$5,000"),
            id="raised",
        ),
        pytest.param(PRICED, "budgets.all", ("a budget", "none"), id="removed"),
        pytest.param(
            PRICED + BUDGET.replace("}", ", level: warn}"), "budgets.all.level", ("fail", "warn"), id="warns"
        ),
        pytest.param(
            PRICED + BUDGET.replace("}", ", owner: nobody}"),
            "budgets.all.owner",
            ("none", "nobody"),
            id="another scope",
        ),
        pytest.param(
            PRICED
            + BUDGET.replace("}", ", exceptions: [{match: app.py, until: 2999-01-01, reason: because}]}"),
            "budgets.all.exceptions.app.py",
            ("none", "until 2999-01-01"),
            id="exception",
        ),
    ],
)
def test_a_budget(gated: Project, settings: str, setting: str, values: tuple[str, str]) -> None:
    gated.write("scrimp.yaml", settings).write("app.py", call(GROWN))

    assert loosened(refused(gated)) == {setting: values}


@pytest.mark.parametrize(
    ("arguments", "revisions"),
    [
        pytest.param(["diff"], {}, id="by itself"),
        pytest.param(["diff", "--staged"], {}, id="before a commit"),
        pytest.param(
            ["diff", "--staged"],
            {"PRE_COMMIT_FROM_REF": "main", "PRE_COMMIT_TO_REF": "topic"},
            id="before a push",
        ),
    ],
)
def test_a_branch_from_before_there_was_a_budget(
    project: Project, monkeypatch: pytest.MonkeyPatch, arguments: list[str], revisions: dict[str, str]
) -> None:
    """Without BASE the change is compared with where it left the branch, and judged by what that has now."""
    project.init().write("app.py", call()).commit()
    project.git("branch", "topic")
    project.write("scrimp.yaml", PRICED + BUDGET).commit()
    project.git("switch", "--quiet", "topic")
    monkeypatch.setenv("CI", "true")
    project.write("app.py", call(GROWN)).write("scrimp.yaml", PRICED + BUDGET.replace("$5", "$500")).commit()

    for name, revision in revisions.items():
        monkeypatch.setenv(name, revision)

    document = project.report(*arguments, code=1)

    assert [each["actual"] for each in document["verdict"]["breaches"]] == ["+$16.00"]
    assert (document["policy"]["source"], document["policy"]["name"]) == ("base", "main")


def test_the_whole_configuration_removed(gated: Project) -> None:
    gated.write("app.py", call(GROWN))
    (gated.root / "scrimp.yaml").unlink()

    assert "budgets.all" in loosened(refused(gated))


def test_the_configuration_moved_to_another_file(gated: Project) -> None:
    gated.write("app.py", call(GROWN)).write("pyproject.toml", '[tool.scrimp]\nmodel = "gpt-4o"\n')
    (gated.root / "scrimp.yaml").unlink()

    refused(gated)


def test_an_exclude(gated: Project) -> None:
    gated.write("scrimp.yaml", f'exclude: ["app.py"]\n{PRICED}{BUDGET}').write("app.py", call(GROWN))

    assert loosened(refused(gated)) == {"exclude": ("none", "app.py")}


@pytest.mark.parametrize(
    ("settings", "setting"),
    [
        pytest.param(
            PRICED.replace("1_000_000", "1"), "prompts.**.calls_per_month", id="calls of an old entry"
        ),
        pytest.param(
            PRICED.replace("prompts:\n", "prompts:\n  - {match: app.py, calls_per_month: 0}\n"),
            None,
            id="an entry in front",
        ),
        pytest.param(PRICED.replace("input: 1.00", "input: 0.01"), "prices.gpt-4o", id="price"),
        pytest.param(PRICED + "owners: {'app.py': nobody}\n", "owners", id="owners"),
    ],
)
def test_volumes_prices_and_owners(gated: Project, settings: str, setting: str | None) -> None:
    gated.write("scrimp.yaml", settings + BUDGET).write("app.py", call(GROWN))

    assert setting is None or setting in loosened(refused(gated))
    refused(gated)


def test_sizes_that_shrink_to_make_room(gated: Project) -> None:
    """A variable or an answer that is said to be smaller would pay for the growth."""
    smaller = PRICED.replace("question: 40", "question: 1").replace("output_tokens: 100", "output_tokens: 1")
    gated.write("scrimp.yaml", smaller + BUDGET).write("app.py", call(GROWN))

    assert set(loosened(refused(gated))) == {"prompts.**.output_tokens", "prompts.**.variables.question"}


RARE = f'''


RARE = "{GROWN}"


def rarely():
    return OpenAI().chat.completions.create(model="gpt-4o", messages=[{{"role": "system", "content": RARE}}])
'''


class TestCallsThatSendSomethingElse:
    """The volume is told by the prompts' names; the call remains the same."""

    @pytest.fixture
    def two_calls(self, gated: Project) -> Project:
        gated.git("switch", "--quiet", "main")
        rare = "prompts:\n  - {match: RARE, calls_per_month: 1}\n"
        gated.write("scrimp.yaml", PRICED.replace("prompts:\n", rare) + BUDGET)
        gated.write("app.py", call() + RARE).commit()
        gated.git("switch", "--quiet", "topic")
        gated.git("merge", "--quiet", "main")
        return gated

    def test_what_another_call_sends_rarely(self, two_calls: Project) -> None:
        text = call().replace('"content": SYSTEM', '"content": RARE')

        refused(two_calls.write("app.py", text + RARE))

    def test_the_text_of_another_prompt_under_the_name_of_this(self, two_calls: Project) -> None:
        two_calls.write("app.py", call(GROWN)).commit()

        document = two_calls.report("diff", "main", "HEAD", code=1)

        assert {each["calls_per_month"]["value"] for each in document["requests"]} == {1_000_000}

    def test_new_prompts_of_other_names(self, gated: Project) -> None:
        entry = "prompts:\n  - {match: 'NEW*', calls_per_month: 0}\n"
        text = call("all of this is quite other than what was here, and much longer at that, for all we know")
        text = text.replace(
            "{question} nine ten eleven twelve", "tell me now of {question}, if you please, and why"
        )
        gated.write("scrimp.yaml", PRICED.replace("prompts:\n", entry) + BUDGET)
        gated.write("app.py", text.replace("SYSTEM", "NEW_SYSTEM").replace("USER", "NEW_USER")).commit()

        document = gated.report("diff", "main", "HEAD", code=1)

        assert {each["calls_per_month"]["value"] for each in document["requests"]} == {1_000_000}


def test_a_cache_that_is_claimed_to_be_hit(gated: Project) -> None:
    cached = PRICED.replace("    output_tokens", "    cache: {hit_rate: 1.0}\n    output_tokens")
    prices = cached.replace("input: 1.00,", "input: 1.00, cached_input: 0.01,")
    gated.write("scrimp.yaml", prices + BUDGET).write("app.py", call(GROWN))

    assert "prompts.**.cache" in loosened(refused(gated))


def test_a_usage_file(gated: Project) -> None:
    """The volume is a real one on BASE, and made up in HEAD."""
    gated.git("switch", "--quiet", "main")
    settings = PRICED.replace("    calls_per_month: 1_000_000\n", "") + BUDGET
    gated.write("scrimp.yaml", settings)
    usage = "prompts:\n  {name}: {{calls_per_month: {calls}}}\n"
    gated.write("scrimp-usage.yaml", usage.format(name="app.py::SYSTEM", calls=1_000_000)).commit()
    gated.git("switch", "--quiet", "topic")
    gated.git("merge", "--quiet", "main")
    gated.write("scrimp-usage.yaml", usage.format(name="app.py::SYSTEM", calls=1)).write(
        "app.py", call(GROWN)
    )

    assert "scrimp-usage.yaml" in loosened(refused(gated))


def test_a_price_lock(gated: Project) -> None:
    """A lock with lower prices and the right hash of them."""
    gated.git("switch", "--quiet", "main")
    gated.write("scrimp.yaml", PRICED.partition("\n")[2] + BUDGET)
    assert gated.scrimp("prices", "--lock").code == 0
    gated.commit()
    gated.git("switch", "--quiet", "topic")
    gated.git("merge", "--quiet", "main")
    gated.write(lock.FILE, _cheaper(gated.text(lock.FILE).encode())).write("app.py", call(GROWN))

    # At $2.50 for a million tokens, sixteen tokens more are $40.
    document = refused(gated, actual="+$40.00")

    assert loosened(document) == {lock.FILE: ("as the policy has it", "another")}


def _cheaper(content: bytes) -> str:
    locked = lock.read_lock(content)
    rows = {name: {**(locked.row(name) or {}), "input": "0.01", "output": "0.01"} for name in locked.rows}
    entries = {name: lock.Entry(row, locked.sources[row["source"]]) for name, row in rows.items()}
    return json.dumps(lock.Lock(entries).document)


def test_a_new_model_with_a_price_of_the_attackers_own(gated: Project) -> None:
    settings = PRICED.replace("10.00}}", "10.00}, cheap-4: {input: 0, output: 0}}")
    gated.write("scrimp.yaml", settings + BUDGET).write("app.py", call(GROWN, model="cheap-4"))

    document = refused(gated, key="unknown", actual="2")

    assert loosened(document) == {"prices.cheap-4": ("none", "0 in, 0 out")}


def test_codeowners(gated: Project) -> None:
    gated.git("switch", "--quiet", "main")
    gated.write("CODEOWNERS", "* @acme/search\n")
    gated.write("scrimp.yaml", PRICED + BUDGET.replace("}", ", owner: acme/search}")).commit()
    gated.git("switch", "--quiet", "topic")
    gated.git("merge", "--quiet", "main")
    gated.write("CODEOWNERS", "* @acme/nobody\n").write("more.py", call(GROWN))

    gated.commit()
    document = gated.report("diff", "main", "HEAD", code=1)

    assert "owners" in loosened(document)
    assert {each["owner"] for each in document["prompts"]} == {"acme/search"}


@pytest.mark.parametrize(
    "nested",
    ["exclude: ['*']\n", "prompts: [{match: '**', calls_per_month: 1}]\n", "calls_per_month: 0\n"],
    ids=["exclude", "entry", "default"],
)
def test_a_nested_configuration(gated: Project, nested: str) -> None:
    gated.git("switch", "--quiet", "main")
    gated.write("inner/app.py", call()).commit()
    gated.git("switch", "--quiet", "topic")
    gated.git("merge", "--quiet", "main")
    gated.write("inner/scrimp.yaml", nested).write("inner/app.py", call(GROWN))

    refused(gated)


def test_a_format_that_reads_nothing_of_prompt_files(gated: Project) -> None:
    gated.git("switch", "--quiet", "main")
    gated.write("prompts/a.prompty", _prompty(EIGHT)).commit()
    gated.git("switch", "--quiet", "topic")
    gated.git("merge", "--quiet", "main")
    gated.write("adapters.toml", '[[formats]]\nname = "nothing"\nfiles = ["prompts/*.prompty"]\n')
    gated.write("scrimp.yaml", f"formats: [adapters.toml]\n{PRICED}{BUDGET}")

    assert "formats" in loosened(refused(gated.write("prompts/a.prompty", _prompty(GROWN))))


def _prompty(text: str) -> str:
    return f"---\nmodel: {{configuration: {{name: gpt-4o}}}}\n---\nsystem:\n{text}\n"


def test_a_calibration_that_counts_less(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    priced = "prices: {gpt-6-sol: {input: 1, output: 1}}\ncalls_per_month: 1_000_000\n"
    project.init().write("scrimp.yaml", priced + BUDGET).write("app.py", call(model="gpt-6-sol")).commit()
    project.git("switch", "--quiet", "--create", "topic")
    monkeypatch.setenv("CI", "true")
    measured = "encoding: o200k_base, texts: 5, tokens: 900, model: m, date: 2026-11-24"
    few = f"{{low: 0.01, typical: 0.01, high: 0.01, {measured}}}"
    calibrated = f"schema: scrimp-calibration/1\nfamilies:\n  gpt-6:\n    prose: {few}\n"
    project.write(".scrimp/calibration.yaml", calibrated)
    project.write("app.py", call(GROWN, model="gpt-6-sol"))
    project.commit()

    document = project.report("diff", "main", "HEAD", code=1)

    assert document["changes"][0]["tokens"]["delta"] >= 16
    assert ".scrimp/calibration.yaml" in loosened(document)
