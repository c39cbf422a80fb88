"""Which model a call names: by constants of packages and enumerations of the tree, in each language."""

from __future__ import annotations

from textwrap import dedent

import pytest
from linked_trees import explicit, linked
from sdk_examples import csharp, go, java, python, rust

from scrimp.link.evaluation.choices import MOST_ALTERNATIVES
from scrimp.model.prompts import MODEL

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


PREAMBLE = """
import os
from openai import OpenAI
from langchain_openai import ChatOpenAI
from app_settings import chosen
client = OpenAI()
MODELS = {"fast": "gpt-4o-mini", "good": "gpt-4o"}
def pick(cheap):
    if cheap:
        return "gpt-4o-mini"
    return "gpt-4o"
"""
BOTH = ("gpt-4o-mini", "gpt-4o")


def sent_to(code: str, path: str = "a.py") -> tuple[tuple[str, ...], bool]:
    """The models that the one call of a module may go to, and whether it may go to another one."""
    (request,) = explicit(linked({path: (PREAMBLE if path.endswith(".py") else "") + dedent(code)}))
    return request.models or (request.model,), MODEL in request.undecided


@pytest.mark.parametrize(
    ("model", "names", "is_open"),
    [
        ("'gpt-4o-mini' if cheap else 'gpt-4o'", BOTH, False),
        ("('gpt-4o-mini' if cheap else 'gpt-4o') if key else 'gpt-5'", (*BOTH, "gpt-5"), False),
        ("MODELS[key]", BOTH, False),
        ("MODELS['good']", ("gpt-4o",), False),
        ("MODELS.get(key, 'gpt-5')", (*BOTH, "gpt-5"), False),
        ("pick(cheap)", BOTH, False),
        ("f\"gpt-4o{'-mini' if cheap else ''}\"", BOTH, False),
        ("os.getenv('MODEL', 'gpt-4o')", ("gpt-4o",), True),
        ("os.environ.get('MODEL') or 'gpt-4o'", ("gpt-4o",), True),
        ("'gpt-4o' if cheap else chosen()", ("gpt-4o",), True),
        ("None if cheap else 'gpt-4o'", ("gpt-4o",), False),
    ],
)
def test_a_condition_leaves_one_or_another(model: str, names: tuple[str, ...], is_open: bool) -> None:
    code = f"""
        def ask(cheap, key):
            return client.responses.create(model={model}, input="{SAY}")
        """
    assert sent_to(code) == (names, is_open)


@pytest.mark.parametrize(
    "code",
    [
        pytest.param(
            f"""
            def ask(cheap):
                if cheap:
                    model = "gpt-4o-mini"
                else:
                    model = "gpt-4o"
                return client.responses.create(model=model, input="{SAY}")
            """,
            id="assignments",
        ),
        pytest.param(
            f"""
            def ask(model):
                return client.responses.create(model=model, input="{SAY}")
            def between(name):
                return ask(name)
            between("gpt-4o-mini")
            ask("gpt-4o")
            """,
            id="callers",
        ),
        pytest.param(
            f"""
            def ask(model="gpt-4o-mini"):
                return client.responses.create(model=model, input="{SAY}")
            ask()
            ask(model="gpt-4o")
            """,
            id="a default and a caller",
        ),
        pytest.param(
            f"""
            class Agent:
                def __init__(self, model):
                    self.model = model
                def ask(self):
                    return client.responses.create(model=self.model, input="{SAY}")
            agents = Agent("gpt-4o-mini"), Agent(model="gpt-4o")
            """,
            id="constructors",
        ),
        pytest.param(
            f"""
            class Agent:
                def __init__(self, model):
                    self.chat = ChatOpenAI(model=model)
                def ask(self):
                    return self.chat.invoke("{SAY}")
            agents = Agent("gpt-4o-mini"), Agent(model="gpt-4o")
            """,
            id="constructors of objects",
        ),
        pytest.param(
            f"""
            def ask(cheap):
                chat = ChatOpenAI(model="gpt-4o-mini") if cheap else ChatOpenAI(model="gpt-4o")
                return chat.invoke("{SAY}")
            """,
            id="objects",
        ),
        pytest.param(
            f"""
            def ask(cheap):
                options = {{"model": "gpt-4o-mini"}} if cheap else {{"model": "gpt-4o"}}
                return client.responses.create(input="{SAY}", **options)
            """,
            id="options",
        ),
    ],
)
def test_so_do_assignments_callers_and_objects(code: str) -> None:
    assert sent_to(code) == (BOTH, False)


def test_the_constructor_of_a_sibling_tells_nothing() -> None:
    code = f"""
        class Base:
            def __init__(self, model):
                self.model = model
        class Dear(Base):
            def __init__(self, model="gpt-4o"):
                super().__init__(model)
        class Cheap(Base):
            def __init__(self, model="gpt-4o-mini"):
                super().__init__(model)
            def ask(self):
                return client.responses.create(model=self.model, input="{SAY}")
        """
    assert sent_to(code) == (("gpt-4o-mini",), False)


def test_a_default_that_no_caller_changes_is_the_model() -> None:
    code = f"""
        def ask(model="gpt-4o"):
            return client.responses.create(model=model, input="{SAY}")
        ask()
        """
    assert sent_to(code) == (("gpt-4o",), False)


def test_a_default_that_every_caller_changes_is_not_the_model() -> None:
    code = f"""
        def ask(model="gpt-4o"):
            return client.responses.create(model=model, input="{SAY}")
        ask("gpt-4o-mini")
        """
    assert sent_to(code) == (("gpt-4o-mini",), False)


@pytest.mark.parametrize(
    ("model", "names", "is_open"),
    [('cheap ? "gpt-4o-mini" : "gpt-4o"', BOTH, False), ('process.env.MODEL ?? "gpt-4o"', ("gpt-4o",), True)],
)
def test_in_typescript_likewise(model: str, names: tuple[str, ...], is_open: bool) -> None:
    code = f"""
        import OpenAI from "openai";
        const client = new OpenAI();
        export const ask = (cheap: boolean) => client.responses.create({{ model: {model}, input: "{SAY}" }});
        """
    assert sent_to(code, "a.ts") == (names, is_open)


def test_no_more_names_are_followed_than_a_name_has_alternatives() -> None:
    code = f"""
        def ask(key):
            names = {[f"model-{number}" for number in range(40)]}
            return client.responses.create(model=names[key] + ("" if key else "x"), input="{SAY}")
        """
    names, _ = sent_to(code)
    assert len(names) <= MOST_ALTERNATIVES
