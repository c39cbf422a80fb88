"""What the price list makes of a request, to the cent: caching, tiers, long inputs, and prices that change."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from command_line import EIGHT, PRICED, Project, call

LONG = " ".join([EIGHT] * 160)
"""1,280 words and, in the vocabulary of OpenAI's models, as many tokens."""
LISTED = """\
prompts:
  - match: "**"
    calls_per_month: 1_000_000
    output_tokens: 100
    variables: {question: 40}
"""
ALL = 1280 + 44 + 11
"""Tokens of the example call with the long text: the question with its four words, and the overhead."""

CLAUDE = '''\
import anthropic

SYSTEM = """{system}"""


def answer(question):
    return anthropic.Anthropic().messages.create(
        model="claude-sonnet-5",
        max_tokens=100,
        system=[{{"type": "text", "text": SYSTEM{marker}}}],
        messages=[{{"role": "user", "content": question}}],
    )
'''


def request(project: Project, settings: str = LISTED, **files: str) -> Any:
    for name, text in files.items():
        project.write(f"{name}.py", text)
    (found,) = project.write("scrimp.yaml", settings).report("audit")["requests"]
    return found


def monthly(found: Any) -> Decimal:
    return Decimal(found["cost"]["monthly_usd"]["typical"])


def test_nothing_is_read_from_a_cache_unless_somebody_says_so(project: Project) -> None:
    found = request(project, app=call(LONG, model="gpt-4o"))

    assert monthly(found) == Decimal("2.5") * ALL + 10 * 100
    assert found["cache"]["cacheable_tokens"] == 1280
    assert found["cache"]["read_tokens"] == 0
    assert found["cache"]["break_even_calls"] == 2
    assert found["price"] == {"input": "2.5", "output": "10"}


def test_the_scenario_reads_nine_of_ten_calls(project: Project) -> None:
    found = request(project, app=call(LONG, model="gpt-4o"))

    saved = Decimal("0.9") * 1280 * Decimal("1.25")
    assert Decimal(found["cache"]["monthly_usd_if_cached"]) == monthly(found) - saved


def test_a_provider_that_writes_by_itself_charges_all_of_the_input_more(project: Project) -> None:
    long, short = (call(text, model="gpt-5.6") for text in (LONG, EIGHT))

    assert monthly(request(project, app=long)) == 5 * ALL + 20 * 100
    assert monthly(request(project, app=short)) == 4 * (8 + 44 + 11) + 20 * 100


def test_a_request_can_have_it_write_what_is_marked_only(project: Project) -> None:
    mode = '\n        prompt_cache_options={"mode": "explicit"},'
    marked = call(LONG, model="gpt-5.6", more=mode).replace(
        '"content": SYSTEM',
        '"content": [{"type": "text", "text": SYSTEM, "prompt_cache_breakpoint": {"mode": "explicit"}}]',
    )

    nothing = request(project, app=call(LONG, model="gpt-5.6", more=mode))
    written = request(project, app=marked)

    assert monthly(nothing) == 4 * ALL + 20 * 100
    assert written["cache"]["written_tokens"] == 1280
    assert monthly(written) == monthly(nothing) + 1280  # a dollar a million on top


def test_a_marked_prompt_pays_for_its_breakpoint(project: Project) -> None:
    marker = ', "cache_control": {"type": "ephemeral"}'
    plain = request(project, app=CLAUDE.format(system=LONG, marker=""))
    marked = request(project, app=CLAUDE.format(system=LONG, marker=marker))
    hour = request(project, app=CLAUDE.format(system=LONG, marker=marker.replace('l"}', 'l", "ttl": "1h"}')))

    written = marked["cache"]["written_tokens"]
    assert written >= 1024
    assert plain["cache"]["written_tokens"] == 0
    assert monthly(marked) - monthly(plain) == Decimal("0.5") * Decimal(str(written))
    assert monthly(hour) - monthly(plain) == 2 * Decimal(str(written))


def test_hits_are_paid_at_the_cached_price_and_misses_are_written(project: Project) -> None:
    marker = ', "cache_control": {"type": "ephemeral"}'
    settings = LISTED + "    cache: {hit_rate: 0.8}\n"
    plain = request(project, app=CLAUDE.format(system=LONG, marker=""))
    cached = request(project, settings, app=CLAUDE.format(system=LONG, marker=marker))

    prefix = cached["cache"]["cacheable_tokens"]
    assert monthly(cached) - monthly(plain) == prefix * (
        Decimal("0.2") * Decimal("0.5") - Decimal("0.8") * Decimal("1.8")
    )


def test_what_a_provider_reported_is_of_all_input_and_comes_after_what_is_configured(
    project: Project,
) -> None:
    project.write("scrimp-usage.yaml", 'prompts:\n  "app.py::answer#1": {hit_rate: 0.5, write_rate: 0.25}\n')
    app = call(LONG, model="gpt-5.6")
    used = request(project, app=app)

    assert used["cached"] == 0.5
    assert used["cache"]["read_tokens"] == ALL / 2
    # Half at $0.40, a quarter at $5, a quarter at $4.
    assert monthly(used) == ALL * (Decimal("0.2") + Decimal("1.25") + 1) + 20 * 100
    assert request(project, LISTED + "    cache: {hit_rate: 0}\n", app=app)["cache"]["read_tokens"] == 0


def test_each_prompt_tells_what_of_it_can_be_cached(project: Project) -> None:
    project.write("app.py", call(LONG, model="gpt-4o")).write("scrimp.yaml", LISTED)
    prompts = {each["name"]: each for each in project.report("audit")["prompts"]}

    system, user = prompts["SYSTEM"], prompts["USER"]
    assert system["cache"] == {
        "prefix_tokens": 1280, "minimum": 1024, "cacheable_tokens": 1280,
        "per_call_usd_if_cached": "0.00176", "monthly_usd_if_cached": "1760.00",
    }  # fmt: skip
    assert user["cache"]["cacheable_tokens"] == 0
    assert user["cache"]["monthly_usd_if_cached"] == user["cost"]["monthly_usd"]["typical"]


def test_a_text_behind_a_hole_cant_be_cached(project: Project) -> None:
    project.write(
        "app.py",
        call("{question}", user=LONG, model="gpt-4o").replace("SYSTEM}", "SYSTEM.format(question=question)}"),
    )
    prompts = {each["name"]: each for each in project.write("scrimp.yaml", LISTED).report("audit")["prompts"]}

    assert prompts["USER"]["cache"]["prefix_tokens"] >= 1280
    assert prompts["USER"]["cache"]["cacheable_tokens"] == 0


@pytest.mark.parametrize(("tier", "price"), [("batch", 2), ("flex", 2), ("priority", 1 / Decimal("0.5"))])
def test_a_tier_has_its_own_prices(project: Project, tier: str, price: Decimal) -> None:
    usual = request(project, app=call(model="gpt-5"))
    other = request(project, f"{LISTED}    tier: {tier}\n", app=call(model="gpt-5"))

    factor = Decimal(1) / price if tier != "priority" else price
    assert other["tier"] == tier
    assert monthly(other) == monthly(usual) * factor


@pytest.mark.parametrize(
    ("written", "tier"), [("flex", "flex"), ("auto", "standard"), ("default", "standard")]
)
def test_a_call_tells_its_tier_before_the_configuration(project: Project, written: str, tier: str) -> None:
    more = f'\n        service_tier="{written}",'
    found = request(project, f"{LISTED}    tier: batch\n", app=call(model="gpt-5", more=more))

    assert found["tier"] == tier


def test_a_batch_is_charged_at_the_price_of_batches(project: Project) -> None:
    usual = CLAUDE.format(system=EIGHT, marker="")
    batch = usual.replace("messages.create(", "messages.batches.create(requests=[dict(params=dict(")
    batch = batch.rstrip().removesuffix(")") + "))])\n"

    assert request(project, app=batch)["tier"] == "batch"
    assert monthly(request(project, app=batch)) == monthly(request(project, app=usual)) / 2


def test_a_tier_that_nobody_prices_is_unknown_and_not_guessed(project: Project) -> None:
    project.write("app.py", CLAUDE.format(system=EIGHT, marker="")).write(
        "scrimp.yaml", f"{LISTED}    tier: flex\n"
    )
    report = project.report("audit")

    assert report["requests"][0]["cost"]["monthly_usd"]["typical"] is None
    assert report["totals"]["requests_unpriced"] == 1


class TestARegion:
    def test_that_the_configuration_tells_costs_more(self, project: Project) -> None:
        usual = request(project, app=call(model="gpt-5.6"))
        there = request(project, f"{LISTED}    region: eu\n", app=call(model="gpt-5.6"))

        assert (usual["region"], there["region"]) == (None, "eu")
        assert monthly(there) == monthly(usual) * Decimal("1.1")
        assert Decimal(there["price"]["input"]) == Decimal(usual["price"]["input"]) * Decimal("1.1")

    @pytest.mark.parametrize(
        ("client", "factor"),
        [
            ('OpenAI(base_url="https://eu.api.openai.com/v1")', "1.1"),
            ('OpenAI(data_residency="us")', "1.1"),
            ('OpenAI(base_url="https://api.openai.com/v1")', "1"),
        ],
    )
    def test_that_a_client_tells_goes_before(self, project: Project, client: str, factor: str) -> None:
        usual = request(project, app=call(model="gpt-5.6"))
        app = call(model="gpt-5.6").replace("OpenAI()", client)
        there = request(project, app=app)

        assert monthly(there) == monthly(usual) * Decimal(factor)

    def test_that_a_call_of_anthropic_tells(self, project: Project) -> None:
        usual = request(project, app=CLAUDE.format(system=EIGHT, marker=""))
        app = CLAUDE.format(system=EIGHT, marker="").replace("max_tokens", 'inference_geo="us", max_tokens')

        assert monthly(request(project, app=app)) == monthly(usual) * Decimal("1.1")

    def test_that_is_new_is_a_new_price(self, project: Project) -> None:
        project.init().write("app.py", call(model="gpt-5.6")).write("scrimp.yaml", LISTED).commit()
        project.write("scrimp.yaml", f"{LISTED}    region: eu\n")

        changes = project.report("diff", "HEAD")["changes"]

        assert {cause["cause"] for change in changes for cause in change["causes"]} == {"price"}


def test_a_long_input_is_charged_at_its_own_price_as_a_whole(project: Project) -> None:
    settings = LISTED.replace("question: 40", "question: 300_000")
    found = request(project, settings, app=call(model="gpt-5.4"))

    assert monthly(found) == 5 * (8 + 300_004 + 11) + Decimal("22.5") * 100


class TestAPriceThatChanges:
    """In the example one token of input costs $1 a month, one of output $10."""

    @staticmethod
    def causes(project: Project, text: str, settings: str) -> dict[str, dict[str, Decimal]]:
        project.write("app.py", text).write("scrimp.yaml", settings)
        return {
            change["prompt"].partition("::")[2]: {
                cause["cause"]: Decimal(cause["monthly_usd"]) for cause in change["causes"]
            }
            for change in project.report("diff", "HEAD")["changes"]
        }

    def test_is_a_cause_of_its_own(self, committed: Project) -> None:
        found = self.causes(committed, call(), PRICED.replace("input: 1.00", "input: 3.00"))

        assert found == {"SYSTEM": {"price": Decimal(2 * (8 + 11))}, "USER": {"price": Decimal(2 * 44)}}

    def test_is_told_from_the_text_which_comes_first_at_the_old_price(self, committed: Project) -> None:
        found = self.causes(
            committed, call(f"{EIGHT} one two three four"), PRICED.replace("input: 1.00", "input: 2.00")
        )

        assert found["SYSTEM"] == {"text": Decimal(4), "price": Decimal(12 + 11)}

    def test_is_told_from_the_output_price(self, committed: Project) -> None:
        found = self.causes(committed, call(), PRICED.replace("output: 10.00", "output: 20.00"))

        assert found == {"SYSTEM": {"price": Decimal(1000)}}

    def test_is_told_from_caching(self, project: Project) -> None:
        before = PRICED.replace("input: 1.00,", "input: 1.00, cached_input: 0.10,")
        project.init().write("app.py", call(LONG)).write("scrimp.yaml", before).commit()

        after = (
            before.replace("1.00, cached_input: 0.10", "2.00, cached_input: 0.20")
            + "    cache: {hit_rate: 0.5}\n"
        )
        system = self.causes(project, call(LONG), after)["SYSTEM"]

        assert set(system) == {"cache", "price"}
        assert system["cache"] < 0 < system["price"]

    @pytest.mark.parametrize(
        "prices",
        [
            "input: 1.00, cached_input: 0.60, output: 10.00",
            "input: 1.00, cached_input: 0.10, output: 30.00",
            "input: 3.00, cached_input: 0.10, output: 10.00",
        ],
        ids=["the cached price", "the output price", "the input price"],
    )
    def test_is_told_from_the_text_whichever_price_it_is(self, project: Project, prices: str) -> None:
        usual = "input: 1.00, cached_input: 0.10, output: 10.00"
        before = PRICED.replace("input: 1.00, output: 10.00", usual) + "    cache: {hit_rate: 0.5}\n"
        project.init().write("app.py", call(LONG)).write("scrimp.yaml", before).commit()
        longer = call(f"{LONG} {EIGHT}")

        text = self.causes(project, longer, before)["SYSTEM"]
        both = self.causes(project, longer, before.replace(usual, prices))["SYSTEM"]

        assert set(text) == {"text"}
        assert set(both) == {"text", "price"}
        assert both["text"] == text["text"]

    def test_is_told_from_the_model_and_the_volume(self, committed: Project) -> None:
        settings = PRICED.replace("gpt-4o: {", "gpt-4.1: {input: 2.00, output: 20.00}, gpt-4o: {")
        committed.write("scrimp.yaml", settings).commit()
        after = settings.replace("gpt-4.1: {input: 2.00", "gpt-4.1: {input: 5.00").replace(
            "1_000_000", "2_000_000"
        )

        found = self.causes(committed, call(model="gpt-4.1"), after)["USER"]

        assert found == {"volume": Decimal(44), "model": Decimal(88), "price": Decimal(2 * 44 * 3)}

    def test_shows_each_cause_with_its_share(self, committed: Project) -> None:
        committed.write("app.py", call(f"{EIGHT} one two three four"))
        committed.write("scrimp.yaml", PRICED.replace("input: 1.00", "input: 2.00"))

        lines = [line.split() for line in committed.scrimp("diff", "HEAD").out.splitlines()]

        assert ["price", "+0", "+$44.00"] in lines
        assert lines[lines.index(["price", "+$23.00"]) + 1] == ["text", "+$4.00"]

    def test_of_another_tier_is_a_cause_too(self, project: Project) -> None:
        project.init().write("app.py", call(model="gpt-5")).write("scrimp.yaml", LISTED).commit()

        found = self.causes(project, call(model="gpt-5"), f"{LISTED}    tier: batch\n")

        assert {cause for causes in found.values() for cause in causes} == {"price"}


def test_a_verbose_audit_shows_what_caching_would_do(project: Project) -> None:
    project.write("app.py", call(LONG, model="gpt-4o")).write("scrimp.yaml", LISTED)

    verbose, calm = project.scrimp("audit", "--verbose").out, project.scrimp("audit").out

    assert "If cached" in verbose
    assert "1,760.00" in verbose
    assert "1,280 tok" in verbose
    assert "f cached" not in calm
    assert [line for line in verbose.splitlines() if len(line) > 80] == []
