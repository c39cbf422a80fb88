"""Which values of YAML, TOML and JSON are prompts."""

from __future__ import annotations

import json

import pytest
from readers_examples import fixed, lines_of, prompts, read, variables

LONG = "Look at the text below and say in one sentence what it is about."
SPOKEN = "You are a careful editor who mends spelling and leaves everything else alone."
MESSAGE = {"role": "system", "content": "Be brief and kind."}
AGENT = f"a:\n  role: Senior Data Researcher for {{topic}}\n  goal: {LONG}\n  backstory: {SPOKEN}"
TASK = f"t:\n  description: {LONG}\n  expected_output: {LONG}\n  agent: a"
CATALOGUE = {"a": SPOKEN, "b": {"system_prompt": SPOKEN, "c": SPOKEN}, "d": LONG}
COMMON = ("description", "title", "content", "goal", "user", "template", "message")


def keys(path: str, text: str) -> list[str]:
    return [entry.key for entry in prompts(read(path, text))]


@pytest.mark.parametrize(
    ("path", "text", "expected"),
    [
        ("app.yaml", "system_prompt: Answer in plain English.", ["system_prompt"]),
        ("app.yaml", "summary_prompt: Answer in plain English.", ["summary_prompt"]),
        ("app.json", '{"systemPrompt": "Answer in plain English."}', ["systemPrompt"]),
        ("app.toml", "[llm]\nsystem-prompt = 'Answer in plain English.'", ["llm.system-prompt"]),
        ("app.yaml", f"prompt: {LONG}", ["prompt"]),
        ("app.yaml", "model: gpt-5\nprompt: Answer in plain English.", ["prompt"]),
        ("app.yaml", f"prompts:\n  a: {LONG}\n  b:\n    c: {LONG}", ["prompts.a", "prompts.b.c"]),
        ("app.json", json.dumps({"messages": [MESSAGE]}), ["messages[0].content"]),
        ("agents.yaml", AGENT, ["a.role", "a.goal", "a.backstory"]),
        ("tasks.yaml", TASK, ["t.description", "t.expected_output"]),
        ("x.yaml", f"template: {SPOKEN}", ["template"]),
        (
            "lc.json",
            json.dumps({"_type": "prompt", "input_variables": ["x"], "template": LONG}),
            ["template"],
        ),
        ("x/prompts/a.yaml", f"anything: {LONG}\ndescription: {LONG}", ["anything"]),
        ("app.toml", f"[a_prompt]\nsystem = '{LONG}'\nuser = '{LONG}'", ["a_prompt.system", "a_prompt.user"]),
        (
            "config/agent.yaml",
            f"agent:\n  system_template: {SPOKEN}\nmodel:\n  format_error_template: {LONG}\n  title: {LONG}",
            ["agent.system_template", "model.format_error_template"],
        ),
        (
            "config/agent.yaml",
            f"steps:\n- templates:\n    instance_template: |-\n      {SPOKEN}\n    next_step_template: {LONG}",
            ["steps[0].templates.instance_template", "steps[0].templates.next_step_template"],
        ),
        ("translations/en.json", json.dumps(CATALOGUE), ["a", "b.system_prompt", "b.c", "d"]),
    ],
)
def test_values_of_prompt_keys_are_prompts(path: str, text: str, expected: list[str]) -> None:
    assert keys(path, text) == expected


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("package.json", json.dumps({"description": LONG, "scripts": {"prompt": LONG}})),
        (".github/workflows/ci.yml", f"jobs:\n  a:\n    prompt: {LONG}"),
        ("api.yaml", f"openapi: 3.1.0\npaths:\n  /a:\n    instructions: {LONG}"),
        ("deploy.yaml", f"apiVersion: v1\nkind: ConfigMap\ndata:\n  prompt: {LONG}"),
        ("x.json", json.dumps({"$schema": "s", "properties": {"prompt": {"description": LONG}}})),
        (
            "locales/en.json",
            json.dumps({"prompt": LONG, "deletePrompt": "Are you sure you want to delete this?"}),
        ),
        ("copier.yml", "name:\n  type: str\n  prompt: What is the name of your new project going to be?"),
        ("app.yaml", "prompt: Enter the name of the project that you want to create"),
        ("app.yaml", "delete_prompt: Are you sure you want to delete it?"),
        ("app.yaml", "".join(f"{key}: {LONG}\n" for key in COMMON)),
        ("app.yaml", "prompt: '>>> '\nsystem_prompt: default"),
        ("data.json", json.dumps([{"prompt": LONG, "completion": "x"} for _ in range(30)])),
        ("mail.yaml", f"welcome_template: {LONG}\nsystem_message: {SPOKEN}\n".replace("system_", "intro_")),
        ("mail.yaml", f"welcome_template: {LONG}\nbody_template: {LONG}\n"),
        ("data/runs.json", json.dumps([{"request": SPOKEN, "response": SPOKEN} for _ in range(4)])),
        ("mkdocs.yml", f"site_name: x\nnav: []\ninstructions: {LONG}"),
    ],
)
def test_values_of_other_files_are_not(path: str, text: str) -> None:
    assert keys(path, text) == []


def test_every_other_string_is_text_that_code_may_load() -> None:
    facts = read("app.yaml", f"a:\n  b: [x, {{c: y}}]\nn: 3\nsystem_prompt: {SPOKEN}\n")

    assert [(entry.key, entry.certainty) for entry in facts.entries] == [
        ("a.b[0]", "none"),
        ("a.b[1].c", "none"),
        ("system_prompt", "key"),
    ]


def test_a_file_of_data_is_not_reported_string_by_string() -> None:
    rows = {f"k{number}": "some text" for number in range(3000)}

    assert read("data.json", json.dumps(rows)).entries == ()
    assert [
        entry.key for entry in read("data.json", json.dumps({**rows, "system_prompt": SPOKEN})).entries
    ] == ["system_prompt"]


def test_system_and_user_of_one_subject_are_sent_together() -> None:
    text = "".join(
        f"{key}: {LONG}\n"
        for key in ("system_prompt", "user_prompt", "judge_system_prompt", "judge_user_prompt")
    )

    entries = prompts(read("app.yaml", text))

    assert [entry.role for entry in entries] == ["system", "user", "system", "user"]
    assert [entry.group for entry in entries] == ["", "", "judge", "judge"]


def test_messages_of_one_list_are_sent_together_in_their_roles() -> None:
    text = json.dumps(
        {"a": {"messages": [{"role": role, "content": LONG} for role in ("system", "human", "assistant")]}}
    )

    entries = prompts(read("app.json", text))

    assert [entry.role for entry in entries] == ["system", "user", "assistant"]
    assert {entry.group for entry in entries} == {"a.messages"}


def test_the_model_and_the_cap_beside_or_above_are_the_prompts_own() -> None:
    entries = prompts(
        read(
            "app.yaml",
            f"model: gpt-5\na:\n  model: gpt-5-mini\n  max_tokens: 300\n  prompt: {LONG}\nprompt: {LONG}\n",
        )
    )

    assert [(entry.key, entry.model, entry.output_cap) for entry in entries] == [
        ("a.prompt", "gpt-5-mini", 300),
        ("prompt", "gpt-5", 0),
    ]


@pytest.mark.parametrize(
    ("settings", "model", "cap"),
    [
        ("model:\n  model_name: gpt-5\n  max_tokens: 90\n", "gpt-5", 90),
        ("agent:\n  llm:\n    name: gpt-5\n    temperature: 0\n", "", 0),
        ("llm_config:\n  model: gpt-5\nmodel_kwargs:\n  max_completion_tokens: 90\n", "gpt-5", 90),
        ("model: ${MODEL}\nllm:\n  name: gpt-5\n", "gpt-5", 0),
        ("model:\n  description: gpt-5\n", "", 0),
    ],
)
def test_settings_in_a_mapping_of_their_own_count_too(settings: str, model: str, cap: int) -> None:
    [entry] = prompts(read("app.yaml", f"{settings}agents:\n- system_prompt: {SPOKEN}\n"))

    assert (entry.model, entry.output_cap) == (model, cap)


def test_an_alias_is_reported_without_text() -> None:
    facts = read("app.yaml", f"a: &base {LONG}\nb:\n  text: *base\n")

    assert [(entry.key, fixed(entry.expression)) for entry in facts.entries] == [("a", LONG), ("b.text", "")]


def test_github_models_prompts() -> None:
    text = """name: Summariser
model: openai/gpt-5-mini
modelParameters:
  temperature: 0.3
  max_tokens: 200
messages:
  - role: system
    content: You summarise.
  - role: user
    content: >-
      Summarise
      {{input}}
testData:
  - input: something
"""
    facts = read("prompts/summary.prompt.yml", text)
    entries = prompts(facts)

    assert [(entry.key, entry.role, entry.model, entry.output_cap) for entry in entries] == [
        ("messages[0].content", "system", "openai/gpt-5-mini", 200),
        ("messages[1].content", "user", "openai/gpt-5-mini", 200),
    ]
    assert {entry.group for entry in entries} == {"messages"}
    assert fixed(entries[1].expression) == "Summarise "
    assert variables(entries[1].expression) == ["input"]
    assert lines_of(facts, entries[1]) == (10, 12)
    assert {entry.certainty for entry in entries} == {"format"}


def test_yaml_prompts_with_templates_stand_on_their_lines() -> None:
    text = """system_prompt: |-
  You are {{ name }}.
  {% if tools %}Use tools.{% endif %}

planning:
  initial_plan: |
    Make a plan for the task that follows here: {{task}}
"""
    facts = read("pkg/prompts/agent.yaml", text)
    entries = prompts(facts)

    assert [(entry.key, entry.template, lines_of(facts, entry)) for entry in entries] == [
        ("system_prompt", "jinja", (1, 3)),
        ("planning.initial_plan", "jinja", (6, 7)),
    ]
    assert [entry.group for entry in entries] == ["", "planning/initial_plan"]


def test_a_malformed_file_is_incomplete_and_keeps_what_can_be_read() -> None:
    facts = read("app.json", '{"system_prompt": "Answer in plain English.", "x": }')

    assert [entry.key for entry in prompts(facts)] == ["system_prompt"]
    assert [fault.incomplete for fault in facts.faults] == [True]


def test_descriptions_under_the_names_of_tools_are_those_of_tools() -> None:
    (found,) = prompts(read("modes/chat.yml", f"tool_description_overrides:\n  find_symbol: |\n    {LONG}\n"))
    assert (found.key, found.kind, found.role) == ("tool_description_overrides.find_symbol", "tool", "tool")
