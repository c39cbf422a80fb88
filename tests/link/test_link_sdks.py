"""Calls of each SDK, as its own documentation writes them: what they send, in which roles, to which model, how long."""

from __future__ import annotations

import pytest
from linked_trees import sends
from sdk_examples import csharp, go, java, javascript, php, python, remote, ruby, rust
from sdk_examples.example import ASKED

from scrimp.readers.sdks import sdks

EXAMPLES = {
    f"{module.__name__.rpartition('.')[2]}: {name}": example
    for module in (python, javascript, go, java, csharp, ruby, php, rust)
    for name, example in module.EXAMPLES.items()
}


@pytest.mark.parametrize("name", EXAMPLES)
def test_a_call_is_read_as_its_sdk_documents_it(name: str) -> None:
    example = EXAMPLES[name]
    assert sends({example.path: example.code}) == [example.sends]


def test_every_sdk_has_an_example() -> None:
    sending = {example.sends.sdk for example in EXAMPLES.values()}
    fetching = {what.partition(".")[0] for _, _, (_, _, what) in remote.EXAMPLES.values()}
    assert {sdk.sdk for sdk in sdks()} == sending | fetching


def test_an_sdk_of_one_language_is_not_found_in_another() -> None:
    found = sends(
        {
            "a.py": f'from openai import OpenAI\ndef ask(self):\n    self.api.responses.create(input="{ASKED}")\n'
        }
    )

    assert [each.sdk for each in found] == ["openai"]


NAMED = {
    "imported where it is used": {
        "a.py": f"""
            def ask():
                from openai import OpenAI
                return OpenAI().responses.create(input="{ASKED}")
            """
    },
    "a member of a package that is imported": {
        "a.py": f"""
            import google
            google.genai.Client().models.generate_content(contents="{ASKED}")
            """
    },
    "handed on by another file": {
        "clients.py": "from openai import OpenAI as Client",
        "a.py": f"""
            from clients import Client
            Client().responses.create(input="{ASKED}")
            """,
    },
    "the tree itself": {
        "src/marvin/tasks.py": "class Task:\n    instructions: str\n",
        "src/marvin/a.py": f"""
            from marvin.tasks import Task
            Task(instructions="{ASKED}")
            """,
    },
    "nowhere, but its calls are nobody else's": {
        "a.py": f"""
            def ask(self):
                return self.llm.chat.completions.create(messages=[{{"role": "user", "content": "{ASKED}"}}])
            """
    },
}


@pytest.mark.parametrize("files", NAMED.values(), ids=NAMED)
def test_a_call_is_found_wherever_the_tree_names_its_sdk(files: dict[str, str]) -> None:
    assert [[text for _, text in each.parts] for each in sends(files)] == [[ASKED]]


def test_what_is_called_like_an_sdk_that_the_tree_doesn_t_name_is_none_of_its_calls() -> None:
    assert sends({"a.py": f'from tasks import plan\n\nplan("{ASKED}")\n'}) == []
    assert len(sends({"a.py": f'from marvin import plan\n\nplan("{ASKED}")\n'})) == 1
