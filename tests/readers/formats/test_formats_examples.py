"""Each format is read as its documentation says, and every piece of text is where the facts say it is."""

from __future__ import annotations

import pytest
from format_examples import EXAMPLES, rows
from readers_examples import assert_written, lines_of, read

from scrimp.model.algebra import File
from scrimp.readers import wanted
from scrimp.readers.presets import presets


@pytest.mark.parametrize("name", EXAMPLES)
def test_a_format_is_read_as_its_documentation_says(name: str) -> None:
    path, text, expected = EXAMPLES[name]

    assert rows(read(path, text)) == expected


@pytest.mark.parametrize("name", EXAMPLES)
@pytest.mark.parametrize("line_end", ["\n", "\r\n"])
def test_every_piece_is_where_it_is_said_to_be(name: str, line_end: str) -> None:
    path, text, expected = EXAMPLES[name]
    text = text.replace("\n", line_end)
    facts = read(path, text)

    for entry in facts.entries:
        assert_written(entry.expression, text)
        assert 0 <= entry.start <= entry.end <= len(text)
    if path.endswith(".json"):
        return  # line breaks in strings are escapes there
    assert [row[:2] for row in rows(facts)] == [row[:2] for row in expected]


@pytest.mark.parametrize("name", EXAMPLES)
def test_a_file_of_a_format_is_wanted(name: str) -> None:
    path, text, _ = EXAMPLES[name]

    assert wanted(path, text.encode())


def test_every_format_has_an_example() -> None:
    known = {row.name for row in presets().formats}
    examples = {
        *(
            "github-models",
            "dotprompt",
            "dotprompt-partial",
            "prompty",
            "semantic-kernel",
            "semantic-kernel-yaml",
        ),
        *(
            "langchain",
            "langchain-object",
            "promptfoo",
            "prompt-flow",
            "rasa",
            "autogen",
            "dify",
            "flowise",
            "n8n",
        ),
        *("ragflow",),
    }

    assert known - examples == {
        "semantic-kernel-settings",
        "rasa-endpoints",
        "scrimp-report",
    }  # tested with what they refer to, or with what writes them


@pytest.mark.parametrize("path", ["a.baml", "a.poml", "a.prompt", "a.prompty", "skprompt.txt"])
@pytest.mark.parametrize(
    "text",
    [
        *(
            'function F() -> X { prompt #"' * 5_000,
            '#"' * 40_000,
            "{//" * 40_000,
            "/*" * 40_000,
            '##"#' * 20_000,
        ),
        *(
            "<poml>" * 20_000,
            "<a b=" * 20_000,
            "<!--" * 20_000,
            "<?" * 40_000,
            "<![CDATA[" * 20_000,
            "{{" * 40_000,
        ),
        *(
            '{{role "x"}}' * 5_000,
            "---\n" * 20_000,
            "#\n" * 40_000,
            "\n" * 100_000 + "{{>",
            'class A { b c @description("',
        ),
        *("</a>" * 20_000, "<task caption='" * 10_000, "\0", "\ud800", ""),
    ],
)
def test_hostile_files_cost_nothing(path: str, text: str) -> None:
    for entry in read(path, text).entries:
        assert_written(entry.expression, text)


def test_messages_have_their_lines() -> None:
    path, text, _ = EXAMPLES["prompty_1"]
    facts = read(path, text)

    assert [lines_of(facts, entry) for entry in facts.entries] == [(23, 29), (32, 32)]


def test_references_name_files() -> None:
    path, text, _ = EXAMPLES["promptfoo"]
    named = [entry.expression for entry in read(path, text).entries if isinstance(entry.expression, File)]

    assert [getattr(each.path, "value", "") for each in named] == [
        "prompts/customer_service.txt",
        "prompts/chat.json",
    ]


def test_prompts_of_one_request_are_one_group() -> None:
    groups = {
        name: {entry.group for entry in read(path, text).entries if entry.certainty == "format"}
        for name, (path, text, _) in EXAMPLES.items()
    }

    assert groups["github_models"] == {"messages"}
    assert groups["promptfoo"] == {"prompts[0]", "prompts[1]", "prompts[3].id", "prompts[4]"}
    assert groups["langchain_object"] == {"kwargs"}
    assert groups["langchain_few_shot"] == {""}
    assert groups["dify"] == {"workflow.graph.nodes[0]", "workflow.graph.nodes[2]"}
    assert groups["ragflow"] == {"dsl.components.Agent:Blue"}
    assert groups["baml"] == {"ExtractResume", "Context", "Sum"}
    assert groups["poml"] == {""}


@pytest.mark.parametrize(
    ("path", "text"),
    [
        (
            "config.json",
            '{"schema": 1, "description": "A configuration of something else that has words in it"}',
        ),
        ("config.yml", "pipeline:\n- name: lint\n  prompt: Are you sure about all of this?\n"),
        ("k8s.yaml", "template:\n  metadata: {}\nexecution_settings: {}\n"),
        (
            "nodes.json",
            '{"nodes": [{"type": "n8n-nodes-base.x", "parameters": {"text": "Words for people to read"}}]}',
        ),
        ("app.yml", "app:\n  mode: production\n  prompt_template: []\n"),
        ("a.json", '{"lc": 1, "type": "other", "kwargs": {"template": "Words for people to read"}}'),
        ("flow.json", '{"nodes": [{"data": {"inputs": {"template": "Words for people to read"}}}]}'),
    ],
)
def test_files_that_only_look_like_a_format_hold_no_prompts(path: str, text: str) -> None:
    declared = [entry for entry in read(path, text).entries if entry.certainty != "none"]

    assert [entry for entry in declared if not isinstance(entry.expression, File)] == []
