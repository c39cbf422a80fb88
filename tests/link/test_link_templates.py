"""Templates that include others, and settings that name templates: their text and their model are found."""

from __future__ import annotations

import pytest
from linked_trees import linked, shown

from scrimp.model.prompts import Linked, Prompt

BODY = "You are a helpful assistant who answers questions."


def one(found: Linked, name: str) -> Prompt:
    return next(prompt for prompt in found.prompts if prompt.id == name)


@pytest.mark.parametrize(
    ("files", "name", "text"),
    [
        (
            {"prompts/main.j2": f"{BODY} {{% include 'parts/tone.j2' %}}", "prompts/parts/tone.j2": "Be kind to people."},
            "prompts/main.j2",
            f"{BODY} Be kind to people.",
        ),
        (
            {
                "prompts/deep/main.j2": f"{{% extends 'base.j2' %}}{{% block a %}}{BODY}{{% endblock %}}",
                "prompts/base.j2": "Be kind to people. ",
            },
            "prompts/deep/main.j2",
            f"Be kind to people. {BODY}",
        ),
        (
            {"prompts/main.hbs": f"{BODY} {{{{> tone a=b}}}}", "prompts/partials/tone.hbs": "Be kind to people."},
            "prompts/main.hbs",
            f"{BODY} Be kind to people.",
        ),
        (
            {"prompts/main.prompt": f'{{{{role "system"}}}}{BODY} {{{{>tone}}}}', "prompts/_tone.prompt": "Be {{kind}} to people."},
            "prompts/main.prompt::messages[0]",
            f"{BODY} Be {{kind}} to people.",
        ),
        (
            {"main.poml": f'<poml><p>{BODY}</p><include src="parts/tone.poml"/></poml>', "parts/tone.poml": "<p>Be kind to people.</p>"},
            "main.poml::messages[0]",
            f"{BODY}\n\nBe kind to people.",
        ),
        (
            {
                "baml_src/main.baml": f'function F(a: string) -> string {{ client "openai/gpt-4o" prompt #"{BODY} {{{{ Tone(a) }}}}"# }}',
                "baml_src/parts/tone.baml": 'template_string Tone(a: string) #"Be kind to {{ a }}."#',
            },
            "baml_src/main.baml::F",
            f"{BODY} Be kind to {{a}}.",
        ),
        (
            {"prompts/main.j2": f"{{% set tone = 'Be kind to people.' %}}{BODY} {{{{ tone }}}}"},
            "prompts/main.j2",
            f"{BODY} Be kind to people.",
        ),
    ],
)  # fmt: skip
def test_an_included_template_stands_in_its_place(files: dict[str, str], name: str, text: str) -> None:
    found = linked(files)

    assert shown(one(found, name).segments) == text
    included = [prompt for prompt in found.prompts if prompt.id != name]
    assert all(prompt.inlined for prompt in included)
    assert [part.prompt for request in found.requests for part in request.parts] == [name]


@pytest.mark.parametrize("target", ["missing.j2", "../outside.j2", "/etc/passwd", "main.j2"])
def test_what_is_not_in_the_tree_is_a_hole(target: str) -> None:
    found = linked({"prompts/main.j2": f"{BODY} {{% include '{target}' %}}"})

    assert shown(one(found, "prompts/main.j2").segments) == f"{BODY} {{{target}}}"


def test_templates_that_include_each_other_end() -> None:
    found = linked(
        {
            "prompts/a.j2": f"{BODY} A {{% include 'b.j2' %}}{{% include 'b.j2' %}}",
            "prompts/b.j2": f"{BODY} B {{% include 'a.j2' %}}{{% include 'c.j2' %}}",
            "prompts/c.j2": f"{BODY} C {{% include 'c.j2' %}}",
        }
    )

    assert {prompt.id for prompt in found.prompts} == {"prompts/a.j2", "prompts/b.j2", "prompts/c.j2"}


def test_includes_that_double_each_other_stay_small() -> None:
    files = {f"prompts/p{n}.j2": f"{BODY} " + f"{{% include 'p{n + 1}.j2' %}}" * 30 for n in range(12)}

    assert len(linked(files).prompts) == 12


@pytest.mark.parametrize(
    ("files", "name", "role", "model", "cap"),
    [
        (
            {
                "flows/flow.dag.yaml": """
                nodes:
                - name: a
                  type: llm
                  source: {type: code, path: ask.jinja2}
                  inputs: {deployment_name: gpt-4o, max_tokens: "256"}
                """,
                "flows/ask.jinja2": "Tell what you know of {{topic}} now.",
            },
            "flows/ask.jinja2",
            "unknown",
            "gpt-4o",
            256,
        ),
        (
            {
                "evals/promptfooconfig.yaml": """
                prompts: [file://texts/*.txt]
                providers: [{id: "openai:gpt-4o-mini", config: {max_tokens: 64}}]
                """,
                "evals/texts/ask.txt": "Tell what you know of {{topic}} now.",
            },
            "evals/texts/ask.txt",
            "user",
            "openai:gpt-4o-mini",
            64,
        ),
        (
            {
                "plugins/Joke/config.json": '{"schema": 1, "execution_settings": {"default": {"model_id": "gpt-4", "max_tokens": 150}}}',
                "plugins/Joke/skprompt.txt": "Tell a joke about {{$input}}.",
            },
            "plugins/Joke/skprompt.txt::messages[0]",
            "user",
            "gpt-4",
            150,
        ),
        (
            {
                "endpoints.yml": """
                nlg:
                  type: rephrase
                  prompt: texts/rephrase.jinja2
                  llm: {model: gpt-4o, max_tokens: 30}
                """,
                "texts/rephrase.jinja2": "Say it another way: {{text}}",
            },
            "texts/rephrase.jinja2",
            "unknown",
            "gpt-4o",
            30,
        ),
        (
            {
                "baml_src/clients.baml": 'client<llm> Small { provider openai options { model "gpt-4o-mini" max_tokens 80 } }',
                "baml_src/x/f.baml": 'function F() -> string { client Small prompt #"Tell a joke about birds."# }',
            },
            "baml_src/x/f.baml::F",
            "user",
            "gpt-4o-mini",
            80,
        ),
    ],
)  # fmt: skip
def test_settings_of_another_file_are_the_prompts_own(
    files: dict[str, str], name: str, role: str, model: str, cap: int
) -> None:
    found = linked(files)
    [prompt] = found.prompts

    assert (prompt.id, prompt.role, prompt.confidence, prompt.declared_model, prompt.declared_output) == (
        name,
        role,
        "high",
        model,
        cap,
    )
    assert found.unresolved == ()


def test_a_named_file_that_is_missing_is_listed() -> None:
    found = linked({"promptfooconfig.yaml": "prompts: [file://gone.txt]\nproviders: [openai:gpt-4o]\n"})

    assert [(each.path, each.line, each.what) for each in found.unresolved] == [
        ("promptfooconfig.yaml", 1, "gone.txt")
    ]


def test_settings_without_a_template_beside_them_are_nothing() -> None:
    found = linked({"config.json": '{"schema": 1, "execution_settings": {"default": {"max_tokens": 150}}}'})

    assert found.prompts == ()
    assert found.unresolved == ()
