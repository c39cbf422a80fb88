"""Text is found through every way in which Python names it, across modules too."""

from __future__ import annotations

import pytest
from linked_repository import explicit, linked, prompt, sent, shown

SYSTEM = 'SYSTEM = "You answer questions about birds."\n'
CALL = "import openai\nopenai.OpenAI().responses.create(input={})\n"


@pytest.mark.parametrize(
    ("importing", "name"),
    [
        ("from app.prompts import SYSTEM", "SYSTEM"),
        ("from app.prompts import SYSTEM as S", "S"),
        ("from app.prompts import *", "SYSTEM"),
        ("from app import prompts", "prompts.SYSTEM"),
        ("from app import prompts as p", "p.SYSTEM"),
        ("import app.prompts", "app.prompts.SYSTEM"),
        ("import app.prompts as p", "p.SYSTEM"),
        ("from .prompts import SYSTEM", "SYSTEM"),
        ("from . import prompts", "prompts.SYSTEM"),
        ("from ..app.prompts import SYSTEM", "SYSTEM"),
    ],
)
def test_an_import_leads_to_the_text(importing: str, name: str) -> None:
    found = linked(
        {
            "src/app/__init__.py": "",
            "src/app/prompts.py": SYSTEM,
            "src/app/main.py": f"{importing}\n{CALL.format(name)}",
        }
    )

    (request,) = explicit(found)
    assert [part.prompt for part in request.parts] == ["src/app/prompts.py::SYSTEM"]


def test_an_import_inside_of_a_function_leads_to_the_text() -> None:
    found = linked(
        {
            "prompts.py": SYSTEM,
            "main.py": """
            import openai

            def ask():
                from prompts import SYSTEM

                openai.OpenAI().responses.create(input=SYSTEM)
            """,
        }
    )

    assert sent(explicit(found)[0]) == [("user", "SYSTEM")]


@pytest.mark.parametrize(
    "init",
    [
        "from .texts.birds import SYSTEM\n",
        "from .texts import SYSTEM\n",
        "from .texts import *\n",
        "from .texts.birds import SYSTEM as ORIGINAL\nSYSTEM = ORIGINAL\n",
    ],
)
def test_a_re_export_leads_to_the_text(init: str) -> None:
    found = linked(
        {
            "app/__init__.py": init,
            "app/texts/__init__.py": "from .birds import SYSTEM\n",
            "app/texts/birds.py": SYSTEM,
            "main.py": "from app import SYSTEM\n" + CALL.format("SYSTEM"),
        }
    )

    assert [part.prompt for part in explicit(found)[0].parts] == ["app/texts/birds.py::SYSTEM"]


def test_of_several_modules_with_a_name_the_nearest_is_meant() -> None:
    found = linked(
        {
            "one/prompts.py": 'SYSTEM = "You answer questions about birds."\n',
            "one/main.py": "from prompts import SYSTEM\n" + CALL.format("SYSTEM"),
            "two/prompts.py": 'SYSTEM = "You answer questions about trees."\n',
            "two/main.py": "from prompts import SYSTEM\n" + CALL.format("SYSTEM"),
        }
    )

    carried = {request.path: [part.prompt for part in request.parts] for request in explicit(found)}
    assert carried == {"one/main.py": ["one/prompts.py::SYSTEM"], "two/main.py": ["two/prompts.py::SYSTEM"]}


def test_modules_that_import_each_other_end() -> None:
    found = linked(
        {
            "one.py": "from two import *\nfrom two import A as B\nfrom two import C\n" + CALL.format("B + C"),
            "two.py": "from one import *\nfrom one import B as A\nfrom one import C\n",
        }
    )

    assert explicit(found)[0].parts == ()


def test_an_attribute_set_in_the_initializer_is_found_in_a_method() -> None:
    found = linked(
        {
            "bot.py": """
            import openai

            class Bot:
                style = "Speak like a bird would."

                def __init__(self, client: openai.OpenAI, language):
                    self.client = client
                    self.system = f"You answer questions in {language}."

                def ask(self, question):
                    return self.client.chat.completions.create(
                        model="gpt-5-mini",
                        messages=[
                            {"role": "system", "content": self.system},
                            {"role": "system", "content": Bot.style},
                            {"role": "user", "content": f"Answer this: {question}"},
                        ],
                    )
            """
        }
    )

    (request,) = found.requests
    assert sent(request) == [
        ("system", "Bot.__init__.system"),
        ("system", "Bot.style"),
        ("user", "Bot.ask.messages.content"),
    ]
    assert shown(prompt(found, "bot.py::Bot.__init__.system")) == "You answer questions in {language}."


def test_an_attribute_of_a_base_class_in_another_module_is_found() -> None:
    found = linked(
        {
            "base.py": 'class Agent:\n    system = "You answer questions about birds."\n',
            "bot.py": """
            import openai
            from base import Agent

            class Bot(Agent):
                def ask(self):
                    openai.OpenAI().responses.create(instructions=self.system, input="Go on, please, and ask.")
            """,
        }
    )

    assert sent(explicit(found)[0]) == [("system", "Agent.system"), ("user", "Bot.ask.input")]


def test_an_attribute_of_the_class_itself_hides_that_of_its_base() -> None:
    found = linked(
        {
            "bot.py": """
            import openai

            class Agent:
                system = "You answer questions about trees."

            class Bot(Agent):
                system = "You answer questions about birds."

                def ask(self):
                    openai.OpenAI().responses.create(input=self.system)
            """,
        }
    )

    assert sent(explicit(found)[0]) == [("user", "Bot.system")]


def test_a_dictionary_of_prompts_in_another_module_is_found_by_key() -> None:
    found = linked(
        {
            "prompts.py": """
            PROMPTS = {
                "bird": "You answer questions about birds.",
                "tree": "You answer questions about trees.",
            }
            """,
            "main.py": "from prompts import PROMPTS\n" + CALL.format('PROMPTS["tree"]'),
        }
    )

    assert [part.prompt for part in explicit(found)[0].parts] == ["prompts.py::PROMPTS.tree"]


def test_a_key_that_only_the_run_knows_may_be_any() -> None:
    found = linked(
        {
            "main.py": """
            import openai
            PROMPTS = {"bird": "You answer questions about birds.", "tree": "You answer questions about trees."}

            def ask(kind):
                openai.OpenAI().responses.create(input=PROMPTS[kind])
            """,
        }
    )

    assert sent(explicit(found)[0]) == [("user", "PROMPTS.bird"), ("user", "PROMPTS.tree")]


def test_a_name_of_a_function_hides_that_of_the_module() -> None:
    found = linked(
        {
            "main.py": """
            import openai
            text = "You answer questions about trees."

            def ask():
                text = "You answer questions about birds."
                openai.OpenAI().responses.create(input=text)

            def other(text):
                openai.OpenAI().responses.create(input=text)
            """,
        }
    )

    one, other = explicit(found)
    assert sent(one) == [("user", "ask.text")]
    assert (other.parts, other.text) == ((), "passthrough")


def test_a_function_of_another_module_gives_its_text() -> None:
    found = linked(
        {
            "prompts.py": """
            def birds(language):
                text = "You answer questions about birds."
                return text + f" Always speak the language {language}."
            """,
            "main.py": "from prompts import birds\n" + CALL.format("birds('English')"),
        }
    )

    (request,) = explicit(found)
    assert [part.prompt for part in request.parts] == ["prompts.py::birds"]
    assert (
        shown(prompt(found, "prompts.py::birds"))
        == "You answer questions about birds. Always speak the language {language}."
    )


@pytest.mark.parametrize("factory", ["lambda: [SYSTEM]", "make"])
def test_a_field_holds_what_its_factory_gives(factory: str) -> None:
    found = linked(
        {
            "bot.py": f"""
            import openai
            from dataclasses import dataclass, field

            SYSTEM = {{"role": "system", "content": "Speak like a bird would."}}

            def make():
                return [SYSTEM]

            @dataclass
            class Bot:
                opening: list = field(default_factory={factory})

                def ask(self):
                    return openai.OpenAI().chat.completions.create(model="gpt-5-mini", messages=self.opening)
            """
        }
    )

    (request,) = found.requests
    assert sent(request) == [("system", "SYSTEM.content")]
