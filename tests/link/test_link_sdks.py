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
