"""Which model a call names: by constants of packages and enumerations of the tree, in each language."""

from __future__ import annotations

import pytest
from linked_trees import explicit, linked
from sdk_examples import csharp, go, java, python, rust

SAY = "You are a pirate who answers in rhymes."


@pytest.mark.parametrize(
    ("path", "code", "literal", "constant", "model"),
    [
        ("a.go", go.EXAMPLES["go-openai"].code, '"gpt-4o-mini"', "openai.GPT4oMini", "gpt-4o-mini"),
        (
            "a.go",
            go.EXAMPLES["openai-go chat"].code,
            '"gpt-5-mini"',
            "openai.ChatModelGPT5Mini",
            "gpt-5-mini",
        ),
        (
            "a.go",
            go.EXAMPLES["anthropic-go"].code,
            '"claude-sonnet-4-6"',
            "anthropic.ModelClaudeSonnet4_6",
            "claude-sonnet-4-6",
        ),
        (
            "A.java",
            java.EXAMPLES["openai-java chat"].code,
            '"gpt-5-mini"',
            "ChatModel.GPT_5_MINI",
            "gpt-5-mini",
        ),
        (
            "A.java",
            java.EXAMPLES["openai-java chat"].code,
            '"gpt-5-mini"',
            'ChatModel.of("gpt-5-nano")',
            "gpt-5-nano",
        ),
        ("A.cs", csharp.EXAMPLES["openai-dotnet"].code, '"gpt-4o-mini"', "Models.Gpt4oMini", "gpt-4o-mini"),
        ("src/a.rs", rust.EXAMPLES["rig"].code, '"gpt-5-mini"', "openai::GPT_5_MINI", "gpt-5-mini"),
        (
            "a.py",
            python.EXAMPLES["openai chat"].code,
            '"gpt-5-mini"',
            "models.ChatModel.GPT_5_MINI",
            "gpt-5-mini",
        ),
        ("a.py", python.EXAMPLES["openai chat"].code, '"gpt-5-mini"', "pick('gpt-5-nano')", "gpt-5-nano"),
    ],
)
def test_a_constant_of_a_package_names_the_model(
    path: str, code: str, literal: str, constant: str, model: str
) -> None:
    assert literal in code
    (request,) = explicit(linked({path: code.replace(literal, constant)}))
    assert (request.model, request.model_source) == (model, "call")


def test_the_value_of_an_enumeration_of_the_tree_is_what_it_says() -> None:
    code = f"""
        import enum
        from openai import OpenAI
        class Model(enum.Enum):
            GPT_4O = "gpt-4.1-nano"
        OpenAI().responses.create(model=Model.GPT_4O.value, input="{SAY}")
        """
    (request,) = explicit(linked({"a.py": code}))
    assert request.model == "gpt-4.1-nano"


@pytest.mark.parametrize(
    "model", ["settings.MODEL", "get_model()", "pick('small', 'gpt-5', 'gpt-5-mini')", "model"]
)
def test_a_model_that_is_not_told_is_not_guessed(model: str) -> None:
    code = f"""
        from openai import OpenAI
        from app_settings import get_model, pick, settings
        def ask(model):
            return OpenAI().responses.create(model={model}, input="{SAY}")
        """
    (request,) = explicit(linked({"a.py": code}))
    assert request.model == ""
