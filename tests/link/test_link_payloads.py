"""What a model gets that fills no hole of a prompt: values of calls that are a message, or a tool's answer."""

from __future__ import annotations

from textwrap import indent

import pytest
from linked_trees import linked

from scrimp.model.fillers import Payload

PYTHON = """
import json
import logging
import openai
import requests
from langchain_core.messages import HumanMessage
from langchain_core.tools import BaseTool, tool

client = openai.OpenAI()
SYSTEM = "You answer questions from the rows that you are given."

def ask(rows):
%s
"""


def payloads(files: dict[str, str]) -> list[Payload]:
    return list(linked(files).payloads)


def in_function(body: str) -> dict[str, str]:
    return {"app.py": PYTHON % indent(body, "    ")}


@pytest.mark.parametrize(
    ("body", "role"),
    [
        ('client.responses.create(model="gpt-5", input=json.dumps(rows))', "user"),
        ('client.responses.create(model="gpt-5", input=f"{SYSTEM} {json.dumps(rows)}")', "user"),
        ('client.responses.create(model="gpt-5", input=f"Rows: {json.dumps(rows)}")', "user"),
        ('client.responses.create(model="gpt-5", instructions=SYSTEM + json.dumps(rows), input="?")', "system"),
        (
            'client.responses.create(model="gpt-5", input=[{"role": "user", "content": json.dumps(rows)}])',
            "user",
        ),
        ('data = json.dumps(rows)\nclient.responses.create(model="gpt-5", input=data)', "user"),
        ('messages.append({"role": "tool", "content": json.dumps(rows)})', "tool"),
        ('messages.append({"role": "user", "content": [{"type": "text", "text": json.dumps(rows)}]})', "user"),
        ('messages.append({"role": "user", "content": "Rows: " + json.dumps(rows)})', "user"),
        ("messages.append(HumanMessage(json.dumps(rows)))", "user"),
    ],
)  # fmt: skip
def test_a_call_that_is_all_of_a_message_or_stands_among_few_words_is_a_payload(body: str, role: str) -> None:
    (found,) = payloads(in_function(body))
    assert (found.filler.function, found.role) == ("json.dumps", role)


@pytest.mark.parametrize(
    "body",
    [
        "print(json.dumps(rows))",
        'logging.info(f"Rows: {json.dumps(rows)}")',
        'requests.post("https://example.com/rows", data=json.dumps(rows))',
        'open("rows.json", "w").write(json.dumps(rows))',
        'messages.append({"role": "assistant", "content": json.dumps(rows)})',
        'client.responses.create(model="gpt-5", input=rows)',
        'client.responses.create(model="gpt-5", input=f"Answer from these rows only: {json.dumps(rows)}")',
    ],
)
def test_what_goes_elsewhere_or_fills_a_hole_of_a_prompt_is_none(body: str) -> None:
    assert payloads(in_function(body)) == []


@pytest.mark.parametrize(
    "tool",
    [
        "@tool\ndef rows(name: str) -> str:\n    return json.dumps(found(name))\n",
        '@tool\ndef rows(name: str) -> str:\n    return f"Found: {json.dumps(found(name))}"\n',
        "class Rows(BaseTool):\n    def _run(self, name):\n        data = json.dumps(found(name))\n        return data\n",
    ],
)
def test_what_a_tool_answers_is_a_payload(tool: str) -> None:
    (found,) = payloads({"app.py": f"{PYTHON % '    pass'}\n{tool}"})
    assert (found.filler.function, found.role) == ("json.dumps", "tool")


def test_other_functions_answer_nobody() -> None:
    code = "def rows(name):\n    return json.dumps(found(name))\n\nclass Rows:\n    def run(self):\n        return json.dumps(1)\n"
    assert payloads({"app.py": f"{PYTHON % '    pass'}\n{code}"}) == []


def test_messages_of_tests_go_to_stand_ins() -> None:
    (path, text), *_ = in_function('messages.append({"role": "user", "content": json.dumps(rows)})').items()
    assert payloads({f"tests/test_{path}": text}) == []


def test_a_payload_of_typescript() -> None:
    code = """
    import OpenAI from "openai";
    const client = new OpenAI();
    export async function ask(rows: Row[]) {
      await client.responses.create({
        model: "gpt-5", input: [{ role: "user", content: JSON.stringify(rows, null, 2) }],
      });
    }
    """
    (found,) = payloads({"app.ts": code})
    assert (found.filler.function, found.role) == ("JSON.stringify", "user")
