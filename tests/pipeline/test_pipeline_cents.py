"""What a call costs, by hand (see ``command_line``): an input token is $1 a month, an output token $10."""

from __future__ import annotations

from typing import Any

import pytest
from command_line import EIGHT, PRICED, Project, call

from scrimp.tokens.counting import count

QUESTION = 40
"""Tokens of the variable, as configured."""
TEMPLATE = " nine ten eleven twelve"
MESSAGES = 3 + 2 * (3 + 1)
"""OpenAI's framing: 3 once, 3 a message and 1 for its role."""
THREE_TOOLS = 12 + 3 * 7
"""OpenAI's framing of tools: 12 once, 7 a tool."""
NAMES = 3
"""Names of three tools that are written out: a token each."""
OUTPUT = 100 * 10
"""100 tokens of output, in dollars a month."""


def by_id(rows: list[dict[str, Any]]) -> dict[str, dict[str, Any]]:
    return {row["id"]: row for row in rows}


def monthly(row: dict[str, Any]) -> str:
    return str(row["cost"]["monthly_usd"]["typical"])


def test_the_words_of_the_example_are_tokens() -> None:
    assert count(EIGHT, "o200k_base") == 8
    assert count(TEMPLATE, "o200k_base") == 4


def test_a_system_prompt_and_a_user_template_add_up_to_their_call(project: Project) -> None:
    document = project.write("app.py", call()).write("scrimp.yaml", PRICED).report("audit")

    prompts, (request,) = by_id(document["prompts"]), document["requests"]
    assert monthly(prompts["app.py::SYSTEM"]) == "8.00"
    assert monthly(prompts["app.py::USER"]) == "44.00"  # 4 words and a question
    assert request["overhead_tokens"] == MESSAGES == 11
    assert request["input_tokens"]["typical"] == 8 + 4 + QUESTION + MESSAGES == 63
    assert request["cost"]["per_call_usd"]["typical"] == "0.001063"  # 63 at $1 and 100 at $10, a million each
    assert monthly(request) == "1063.00"  # 8 + 44 + 11 + 1000: overhead and output once
    assert document["totals"]["monthly_usd"]["typical"] == "1063.00"
    assert document["totals"]["monthly_usd_by_grade"]["configured"] == "1063.00"
    assert document["totals"]["static_tokens"] == 8 + 4


def test_three_tools_are_framed_once_in_the_call_that_sends_them(project: Project) -> None:
    tools = "\n        tools=[FIND, CANCEL, REFUND],"
    text = "from shop import CANCEL, FIND, REFUND\n" + call(more=tools)
    document = project.write("app.py", text).write("scrimp.yaml", PRICED).report("audit")

    (request,) = document["requests"]
    assert request["overhead_tokens"] == MESSAGES + THREE_TOOLS == 44
    assert monthly(request) == "1096.00"  # 8 + 44 + 44 + 1000
    assert document["totals"]["monthly_usd"]["typical"] == "1096.00"


def test_the_texts_of_three_tools_are_part_of_the_call_that_sends_them(project: Project) -> None:
    tools = [
        {"type": "function", "function": {"name": name, "description": f"{name} the order with this number"}}
        for name in ("find", "cancel", "refund")
    ]
    text = f"TOOLS = {tools!r}\n" + call(more="\n        tools=TOOLS,")
    document = project.write("app.py", text).write("scrimp.yaml", PRICED).report("audit")

    (request,) = document["requests"]
    shares = sum(float(part["per_call_usd"]["typical"]) * 1_000_000 for part in request["prompts"])
    assert [part["role"] for part in request["prompts"]].count("tool") == 3
    assert float(monthly(request)) == pytest.approx(shares + MESSAGES + THREE_TOOLS + NAMES + OUTPUT)
    assert document["totals"]["monthly_usd"]["typical"] == monthly(request)


def test_of_tools_without_known_texts_only_the_least_is_known(project: Project) -> None:
    tools = "\n        tools=[FIND, CANCEL, REFUND],"
    text = "from shop import CANCEL, FIND, REFUND\n" + call(more=tools)
    document = project.write("app.py", text).write("scrimp.yaml", PRICED).report("audit")

    (request,) = document["requests"]
    assert request["input_tokens"]["low"] == 8 + 4 + QUESTION + 44
    assert request["input_tokens"]["high"] is None


def test_a_text_inlined_into_a_prompt_is_paid_once_in_all(project: Project) -> None:
    rules = 'RULES = "answer in two short plain words"\n'  # 6 tokens
    text = rules + call().replace('SYSTEM = """', 'SYSTEM = f"""{RULES} ')
    assert count(f"answer in two short plain words {EIGHT}", "o200k_base") == 6 + 8

    document = project.write("app.py", text).write("scrimp.yaml", PRICED).report("audit")

    prompts, (request,) = by_id(document["prompts"]), document["requests"]
    assert prompts["app.py::RULES"]["inlined"]
    assert monthly(prompts["app.py::SYSTEM"]) == "14.00"  # 6 + 8
    assert monthly(request) == "1069.00"  # 14 + 44 + 11 + 1000
    assert document["totals"]["monthly_usd"]["typical"] == "1069.00"
    assert document["totals"]["static_tokens"] == 14 + 4


def test_a_prompt_that_two_calls_send_is_paid_in_both(project: Project) -> None:
    second = call().split("def answer")[1].replace("(question):", "_again(question):", 1)
    text = f"{call()}\n\ndef answer{second}"
    document = project.write("app.py", text).write("scrimp.yaml", PRICED).report("audit")

    prompts = by_id(document["prompts"])
    assert [monthly(request) for request in document["requests"]] == ["1063.00", "1063.00"]
    assert monthly(prompts["app.py::SYSTEM"]) == "16.00"
    assert document["totals"]["monthly_usd"]["typical"] == "2126.00"
    assert document["totals"]["static_tokens"] == 8 + 4


def test_prompts_of_one_file_that_no_known_call_sends_make_one_request(project: Project) -> None:
    text = f"model: gpt-4o\nsystem_prompt: {EIGHT}\nuser_prompt: nine ten eleven twelve\n"
    document = project.write("prompts/triage.yaml", text).write("scrimp.yaml", PRICED).report("audit")

    (request,) = document["requests"]
    assert request["implicit"]
    assert [part["role"] for part in request["prompts"]] == ["system", "user"]
    assert monthly(request) == "1023.00"  # 8 + 4 + 11 + 1000


def test_a_file_that_an_agent_loads_answers_nothing(project: Project) -> None:
    document = project.write("AGENTS.md", f"{EIGHT}\n").write("scrimp.yaml", PRICED).report("audit")

    (request,) = document["requests"]
    assert request["output_tokens"]["typical"] == 0


def test_tools_that_no_known_call_sends_answer_nothing_on_their_own(project: Project) -> None:
    text = '''\
from langchain_core.tools import tool


@tool
def find(number):
    """Finds an order of the shop by its number."""
'''
    document = project.write("tools.py", text).write("scrimp.yaml", PRICED).report("audit")

    (request,) = document["requests"]
    assert [part["role"] for part in request["prompts"]] == ["tool"]
    assert request["output_tokens"]["typical"] == 0
    assert request["overhead_tokens"] == 12 + 7


def test_a_cached_prefix_is_paid_at_the_cached_price_for_its_share_of_hits(project: Project) -> None:
    settings = PRICED.replace("input: 1.00,", "input: 1.00, cached_input: 0.10,")
    document = (
        project.write("app.py", call(" ".join([EIGHT] * 160)))
        .write("scrimp.yaml", f"{settings}    cache: {{hit_rate: 0.5}}\n")
        .report("audit")
    )

    (request,) = document["requests"]
    assert request["cached"] == 0.5
    assert request["cache"]["read_tokens"] == 640
    assert monthly(request) == "1759.00"  # of the 1,280 dollars before the question, half save 90 %: 576


def test_a_prefix_below_the_minimum_is_not_cached(project: Project) -> None:
    settings = PRICED.replace("input: 1.00,", "input: 1.00, cached_input: 0.10,")
    document = (
        project.write("app.py", call())
        .write("scrimp.yaml", f"{settings}    cache: {{hit_rate: 0.5}}\n")
        .report("audit")
    )

    (request,) = document["requests"]
    assert (request["cache"]["prefix_tokens"], request["cache"]["cacheable_tokens"]) == (8, 0)
    assert monthly(request) == "1063.00"


def test_a_cap_bounds_the_output(project: Project) -> None:
    text = call(more="\n        max_tokens=60,")
    document = project.write("app.py", text).write("scrimp.yaml", PRICED).report("audit")

    (request,) = document["requests"]
    output = request["output_tokens"]
    assert (output["typical"], output["maximum"], output["grade"]) == (60, 60, "configured")
    assert monthly(request) == "663.00"  # 8 + 44 + 11 + 600


def test_a_variable_of_unknown_size_leaves_the_upper_bound_unknown(project: Project) -> None:
    settings = PRICED.replace("    variables: {question: 40}\n", "")
    document = project.write("app.py", call()).write("scrimp.yaml", settings).report("audit")

    (request,) = document["requests"]
    assert request["cost"]["monthly_usd"] == {"low": "23.00", "typical": "1023.00", "high": None}
    assert document["totals"]["monthly_usd"]["high"] is None


class TestAModelWithoutAPrice:
    @pytest.fixture
    def unpriced(self, project: Project) -> Project:
        return project.write("app.py", call(model="house-model")).write("scrimp.yaml", PRICED)

    def test_costs_an_unknown_amount_and_never_zero(self, unpriced: Project) -> None:
        document = unpriced.report("audit")

        nothing = {"low": None, "typical": None, "high": None}
        (request,) = document["requests"]
        assert request["cost"] == {"per_call_usd": nothing, "monthly_usd": nothing, "grade": "unknown"}
        assert all(prompt["cost"]["monthly_usd"] == nothing for prompt in document["prompts"])
        assert document["totals"]["monthly_usd"] == nothing
        assert document["totals"]["requests_unpriced"] == 1

    def test_is_named_with_the_call_that_uses_it(self, unpriced: Project) -> None:
        said = unpriced.scrimp("audit").out

        assert "app.py:8: no price is known for house-model" in said
        assert "Cost per month unknown" in said
        assert "$0" not in said

    def test_leaves_the_total_of_the_others_open(self, unpriced: Project) -> None:
        document = unpriced.write("other.py", call()).report("audit")

        assert document["totals"]["monthly_usd"] == {"low": "63.00", "typical": "1063.00", "high": None}

    def test_is_priced_by_the_configuration(self, unpriced: Project) -> None:
        settings = PRICED.replace("gpt-4o", "house-model")
        document = unpriced.write("scrimp.yaml", settings).report("audit")

        assert document["totals"]["monthly_usd"]["typical"] is not None
        assert not [said for said in document["warnings"] if "no price" in said]
