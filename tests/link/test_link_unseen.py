"""What is not seen is listed with its place and the reason: calls, and prompts that are kept elsewhere."""

from __future__ import annotations

import pytest
from linked_repository import linked
from sdk_examples.remote import EXAMPLES as REMOTE

OUTSIDE = "the prompt is kept outside of the repository"


@pytest.mark.parametrize("name", REMOTE)
def test_prompts_kept_elsewhere(name: str) -> None:
    path, text, expected = REMOTE[name]
    found = linked({path: text})

    assert [(each.line, each.column, each.what) for each in found.unresolved] == [expected]
    assert {(each.path, each.kind, each.reason) for each in found.unresolved} == {(path, "remote", OUTSIDE)}


def test_what_only_fetches_is_no_request() -> None:
    assert linked({"a.py": REMOTE["langfuse"][1]}).requests == ()
    [request] = linked({"a.py": REMOTE["openai"][1]}).requests

    assert (request.model, request.text) == ("gpt-5", "unknown")


@pytest.mark.parametrize(
    "text",
    [
        'import git\nrepository.pull("origin")\n',
        'from tools import store\nstore.get_prompt("critic")\n',
        'import langfuse\nrepository.remote.pull("origin")\n',
    ],
)
def test_others_of_the_same_name(text: str) -> None:
    assert linked({"a.py": text}).unresolved == ()


def test_a_call_names_the_parameter_that_brings_its_messages() -> None:
    text = (
        "from openai import OpenAI\n\ndef ask(history):\n"
        '    return OpenAI().chat.completions.create(model="gpt-5", messages=history)\n'
    )
    [found] = linked({"a.py": text}).unresolved

    assert (found.line, found.column, found.kind) == (4, 12, "call")
    assert found.reason == "its messages come from outside: history"
