"""The data files of SDKs: what they may say, and how they are refused."""

from __future__ import annotations

import pytest

from scrimp.model.errors import UserError
from scrimp.readers.sdks import COMPILED, FOLDER, call_names, compiled, knowing, load, sdks, spellings

OWN = b"""
sdk: house
provider: openai
source: our own gateway
modules: [house.llm]
clients: [Gateway]
patterns:
  - functions: [ask]
    texts: [{argument: question, position: 0}]
    model: [model, "1"]
    output: [limits.max_tokens]
"""


def test_a_project_s_own_patterns_are_read_like_ours() -> None:
    (sdk,) = load({"own.yaml": OWN})
    (pattern,) = sdk.patterns
    assert (sdk.sdk, sdk.clients, pattern.functions) == ("house", ("Gateway",), ("ask",))
    assert pattern.models == ("model", "1")


@pytest.mark.parametrize(
    ("wrong", "place", "what"),
    [
        (OWN.replace(b"    model:", b"    modle:"), "own.yaml:10:5:", "modle"),
        (OWN.replace(b"position: 0", b"position: first"), "own.yaml:9", "number"),
        (
            OWN + b"    wire: {address: [url], bodies: [json], shapes: [], endpoints: ['(']}\n",
            "own.yaml:12:",
            "no regular expression",
        ),
        (OWN.replace(b"sdk: house\n", b""), "own.yaml:", "sdk"),
        (OWN + b"  bad: [\n", "own.yaml:", "YAML"),
    ],
)
def test_a_mistake_is_reported_with_its_place(wrong: bytes, place: str, what: str) -> None:
    with pytest.raises(UserError) as caught:
        load({"own.yaml": wrong})
    assert place in str(caught.value)
    assert what in str(caught.value)


def test_every_file_names_its_source_and_is_the_only_one_of_its_sdk() -> None:
    names = [sdk.sdk for sdk in sdks()]
    assert len(set(names)) == len(names)
    assert all(sdk.source and sdk.modules and sdk.patterns for sdk in sdks())


def test_a_name_is_spelt_as_in_python_and_as_in_javascript() -> None:
    assert spellings("system_instruction") == ("system_instruction", "systemInstruction")
    assert spellings("messages") == ("messages",)
    assert {b"create", b"generate_content", b"generateContent", b"OpenAI", b"client"} <= call_names()


def test_what_is_read_is_what_the_files_say() -> None:
    texts = {path.name: path.read_bytes() for path in sorted(FOLDER.glob("*.yaml"))}
    same = (FOLDER / COMPILED).read_bytes() == compiled(load(texts))
    assert same, "run python scripts/compile_data.py"


def test_own_names_are_known_only_while_they_are_asked_for() -> None:
    with knowing(load({"own.yaml": OWN})):
        assert {b"ask", b"Gateway", b"create"} <= call_names()
    assert b"Gateway" not in call_names()
