"""What is not seen is listed with its place and the reason: calls, and prompts that are kept elsewhere."""

from __future__ import annotations

import pytest
from linked_repository import linked

OUTSIDE = "the prompt is kept outside of the repository"

REMOTE = {
    "langchain hub": (
        "a.py",
        'from langchain import hub\n\nprompt = hub.pull("rlm/rag-prompt")\n',
        (3, 10, "langchain-hub.pull rlm/rag-prompt"),
    ),
    "langchain hub, JavaScript": (
        "a.ts",
        'import { pull } from "langchain/hub";\nconst prompt = await pull("rlm/rag-prompt");\n',
        (2, 22, "langchain-hub.pull rlm/rag-prompt"),
    ),
    "langsmith": (
        "a.py",
        'from langsmith import Client\nclient = Client()\nprompt = client.pull_prompt("jokes:3f")\n',
        (3, 10, "langchain-hub.pull_prompt jokes:3f"),
    ),
    "langfuse": (
        "a.py",
        'from langfuse import get_client\nlangfuse = get_client()\nprompt = langfuse.get_prompt("critic", type="chat")\n',
        (3, 10, "langfuse.get_prompt critic"),
    ),
    "langfuse, JavaScript": (
        "a.ts",
        'import { Langfuse } from "langfuse";\nconst langfuse = new Langfuse();\n'
        'const prompt = await langfuse.getPrompt("critic");\n',
        (3, 22, "langfuse.getPrompt critic"),
    ),
    "mlflow": (
        "a.py",
        'import mlflow\nprompt = mlflow.genai.load_prompt("prompts:/summary/2")\n',
        (2, 10, "mlflow.genai.load_prompt prompts:/summary/2"),
    ),
    "braintrust": (
        "a.py",
        'import braintrust\nprompt = braintrust.load_prompt("maps", slug="describe")\n',
        (2, 10, "braintrust.load_prompt describe"),
    ),
    "openai": (
        "a.py",
        "from openai import OpenAI\nclient = OpenAI()\n"
        'client.responses.create(model="gpt-5", prompt={"id": "pmpt_12", "version": "2"})\n',
        (3, 1, "openai.responses.create pmpt_12"),
    ),
    "a name that is not known": (
        "a.py",
        "from langchain import hub\n\ndef load(name):\n    return hub.pull(name)\n",
        (4, 12, "langchain-hub.pull"),
    ),
}


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
