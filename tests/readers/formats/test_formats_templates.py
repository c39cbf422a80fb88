"""Template languages that only some formats use."""

from __future__ import annotations

import pytest
from readers_examples import assert_written, filled, fixed, variables, whole

from scrimp.model.algebra import Include
from scrimp.readers.templates import language_of, scan, sniff


@pytest.mark.parametrize(
    ("language", "value", "text", "names"),
    [
        ("semantic-kernel", "A {{$x}} {{ $y }} {{p.f $x}} {{f}}", "A    ", ["x", "y", "p.f", "f"]),
        ("semantic-kernel", "{{'it'}} {{\"is\"}} { {x} }", "it is { {x} }", []),
        (
            "dify",
            "A {{#1711.text#}} {{#sys.query#}} {{name}} { }",
            "A    { }",
            ["1711.text", "sys.query", "name"],
        ),
        ("n8n", "=A {{ $json.x }} {{ $('B').item.json.y }}", "A  ", ["$json.x", "$('B').item.json.y"]),
        ("n8n", "A {{ $json.x }}", "A {{ $json.x }}", []),
        (
            "ragflow",
            'A {sys.query} {Agent:Blue@content} {x} {"a": 1}',
            'A    {"a": 1}',
            ["sys.query", "Agent:Blue@content", "x"],
        ),
        ("angle", "A <<NAME>> <<b>> <<SYS>> << x", "A   <<SYS>> << x", ["NAME", "b"]),
        (
            "input",
            "A $ARGUMENTS $1 ${input:x:a hint} $HOME",
            "A    $HOME",
            ["ARGUMENTS", "1", "input:x:a hint"],
        ),
    ],
)
def test_holes(language: str, value: str, text: str, names: list[str]) -> None:
    expression = scan(language, whole(value))

    assert_written(expression, value)
    assert fixed(expression) == text
    assert variables(expression) == names


def test_liquid_branches_and_loops() -> None:
    value = "{% if a %}A{% elsif b %}B{% else %}C{% endif %}{% unless d %}D{% endunless %}{% comment %}no{% endcomment %}"
    expression = scan("liquid", whole(value))

    assert_written(expression, value)
    assert filled(expression, {"a": False, "b": True, "d": True}) == "BD"


def test_liquid_renders_other_templates() -> None:
    assert scan("liquid", whole("{% render 'footer' %}")) == Include("footer", 0, 21)


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Say {{#start.x#}}", "dify"),
        ("Say {{$x}}", "semantic-kernel"),
        ("Say $ARGUMENTS", "input"),
        ("Say ${input:topic}", "input"),
        ("Say <<TOPIC>> now", "angle"),
        ("<<SYS>>You are kind<</SYS>>", "none"),
        ("a << b", "none"),
        ("{{#if x}}a{{/if}}", "mustache"),
    ],
)
def test_a_text_shows_its_language(text: str, language: str) -> None:
    assert sniff(text) == language


@pytest.mark.parametrize(
    ("word", "language"),
    [("f-string", "format"), ("Jinja2", "jinja"), ("handlebars", "mustache"), ("none", "none"), ("erb", "")],
)
def test_words_of_formats_name_languages(word: str, language: str) -> None:
    assert language_of(word) == language


@pytest.mark.parametrize(
    "language", ["semantic-kernel", "dify", "n8n", "ragflow", "angle", "input", "liquid"]
)
@pytest.mark.parametrize(
    "value",
    [
        "{{" * 40_000,
        "={{" * 40_000,
        "{a:" * 40_000,
        "<<a" * 40_000,
        "${input:" * 40_000,
        "{% if a %}" * 10_000,
    ],
)
def test_hostile_templates_cost_nothing(language: str, value: str) -> None:
    assert_written(scan(language, whole(value)), value)
