"""Loops in Python: a loop's names are any of the items that it goes over, and their text is sent with what it makes."""

from __future__ import annotations

import pytest
from linked_repository import explicit, ids, linked, prompt, shown

TABLE = 'TABLE = {"a": "To search the notes of the user.", Kind.B: "To search the news of today."}\n'
PAIRS = 'PAIRS = [("a", "To search the notes of the user."), ("b", "To search the news of today.")]\n'
SHIPS = (
    "class Ship:\n    def __init__(self, name, tells):\n        self.name, self.tells = name, tells\n"
    'SHIPS = [Ship(name="a", tells="To search the notes of the user."), Ship(name="b", tells="To search the news of today.")]\n'
)
TOLD = ["To search the notes of the user.", "To search the news of today."]
SEND = "openai.OpenAI().responses.create(input=f'Choose the best tool of these. {tools}')"


def parts(code: str) -> list[str]:
    """The texts that stand inside the prompt of the one call."""
    found = linked({"app.py": f"import openai\n{code}"})
    return [shown(each) for each in found.prompts if each.kind == "partial" and each.confidence == "high"]


@pytest.mark.parametrize(
    "code",
    [
        f"{TABLE}tools = ''\nfor name, text in TABLE.items():\n    tools += f'- {{name}}: {{text}}'\n{SEND}",
        f"{TABLE}tools = ''\nfor text in TABLE.values():\n    tools += f'- {{text}}'\n{SEND}",
        f"{PAIRS}tools = ''\nfor name, text in PAIRS:\n    tools += f'- {{name}}: {{text}}'\n{SEND}",
        f"{PAIRS}tools = ''\nfor n, (_, text) in enumerate(PAIRS, 1):\n    tools += f'{{n}}. {{text}}'\n{SEND}",
        f"{TABLE}tools = ''\nfor n, text in zip(range(9), sorted(TABLE.values())):\n    tools += f'{{n}}. {{text}}'\n{SEND}",
        f"{SHIPS}tools = ''\nfor each in SHIPS:\n    tools += f'{{each.name}}: {{each.tells}}'\n{SEND}",
        f"{TABLE}tools = '\\n'.join(f'- {{name}}: {{text}}' for name, text in TABLE.items())\n{SEND}",
        f"{TABLE}tools = ', '.join([f'to use ({{text}})' for text in TABLE.values()])\n{SEND}",
    ],
)
def test_text_that_a_loop_takes_from_a_list_is_sent(code: str) -> None:
    assert parts(code) == TOLD


def test_a_name_of_a_comprehension_is_its_own() -> None:
    code = f"""
    text = "Tell me all that you know of ships."
    lengths = [f"{{text}}" for text in {TOLD}]
    openai.OpenAI().responses.create(input=text)
    """
    found = linked({"app.py": "import openai\n" + "\n".join(line.strip() for line in code.splitlines())})

    (request,) = explicit(found)
    assert [part.prompt for part in request.parts] == ["app.py::text"]


def test_a_call_in_the_head_of_a_loop_is_found() -> None:
    found = linked(
        {
            "app.py": "import openai\nfor part in openai.OpenAI().responses.create(input='Tell me all of ships.', stream=True):\n    print(part)\n"
        }
    )

    assert len(explicit(found)) == 1
    assert len(ids(found)) == 1


@pytest.mark.parametrize("put_in", ["PROMPT.format(tools=TOOLS)", 'PROMPT.invoke({"tools": TOOLS})'])
def test_text_that_is_put_into_a_template_object_is_sent(put_in: str) -> None:
    found = linked(
        {
            "app.py": f"""
            from langchain_core.prompts import PromptTemplate
            from langchain_openai import ChatOpenAI
            PROMPT = PromptTemplate.from_template("Choose the best tool of these: {{tools}}")
            TOOLS = "{TOLD[0]}"
            ChatOpenAI(model="gpt-5").invoke({put_in})
            """
        }
    )

    (request,) = explicit(found)
    assert [part.prompt for part in request.parts] == ["app.py::PROMPT", "app.py::TOOLS"]
    assert prompt(found, "TOOLS").confidence == "high"
