"""Comments have the last word on what is a prompt, and say what else is known of it."""

from __future__ import annotations

import pytest
from linked_repository import explicit, linked, linked_module, prompt, shown

CALL = "import openai\nopenai.OpenAI().responses.create(input={})\n"


def test_a_marked_text_is_a_prompt_with_all_that_the_comment_says() -> None:
    found = linked_module(
        """
        # scrimp: prompt name=triage model=gpt-5 calls=20k role=system
        TEXT = load("Sort these")
        """
    )
    one = prompt(found, "app.py::triage")
    [request] = found.requests

    assert (one.name, one.role, one.confidence, one.kind) == ("triage", "system", "high", "message")
    assert (one.declared_model, one.declared_calls) == ("gpt-5", 20_000)
    assert one.evidence == ("comment at app.py:1",)
    assert shown(one) == "Sort these"
    assert (request.id, request.model, request.model_source) == ("app.py::triage!", "gpt-5", "file")


@pytest.mark.parametrize(
    "text",
    [
        'A = "one"\n# scrimp: prompt name=x\nB = "two"\n\nC = "three"',
        'A = "one"\nB = "two"  # scrimp: prompt name=x\nC = "three"',
        'A = "one"\nB = """\ntwo"""  # scrimp: prompt name=x\nC = "three"',
        'A = "one"\n# scrimp: prompt name=x\n\n# more of it\nB = "two"',
        'A = "one"\nB = (\n    "t"  # scrimp: prompt name=x\n    "wo"\n)\nC = "three"',
        'A = "one"\n# scrimp: prompt name=x\nB = f(\n    1,\n    more="two",\n)\nC = "three"',
        'A = "one"\n# scrimp: prompt name=x\ndef f():\n    return "two"',
    ],
)
def test_a_comment_speaks_of_the_text_beside_it(text: str) -> None:
    found = linked({"app.py": text})

    assert [(each.id, shown(each).strip()) for each in found.prompts] == [("app.py::x", "two")]


def test_a_comment_beside_no_text_is_listed() -> None:
    found = linked_module('# scrimp: prompt name=x\nB = f(1)\n\nC = "You are a kind helper"\n')

    assert found.prompts == ()
    assert [(each.path, each.line, each.what, each.reason) for each in found.unresolved] == [
        ("app.py", 1, "scrimp: prompt", "no text stands on its line or right behind it")
    ]


def test_what_is_marked_as_none_is_none_though_a_call_sends_it() -> None:
    found = linked_module(
        'import openai\nTEXT = "You are a kind helper"  # scrimp: not-a-prompt\n'
        "openai.OpenAI().responses.create(input=TEXT)\n"
    )

    assert found.prompts == ()
    assert explicit(found)[0].parts == ()


def test_what_is_marked_as_none_is_plain_text_in_others() -> None:
    found = linked_module(
        'import openai\nHEAD = "You are a kind helper. "  # scrimp: not-a-prompt\n'
        'TEXT = f"{HEAD}Answer in one sentence."\n'
        "openai.OpenAI().responses.create(input=TEXT)\n"
    )

    assert [each.id for each in found.prompts] == ["app.py::TEXT"]
    assert shown(prompt(found, "TEXT")) == "You are a kind helper. Answer in one sentence."


def test_a_name_like_a_prompts_needs_no_more_than_the_comment_to_be_none() -> None:
    files = {"llm.py": CALL.format("x"), "app.py": 'PROMPT = "What is your name, please?"'}
    marked = {**files, "app.py": "# scrimp: not-a-prompt -- asked at the terminal\n" + files["app.py"]}

    assert [each.id for each in linked(files).prompts] == ["app.py::PROMPT"]
    assert linked(marked).prompts == ()


def test_a_call_that_tells_no_model_has_the_one_that_the_comment_tells() -> None:
    text = (
        '# scrimp: prompt model=gpt-5\nTEXT = "You are a kind helper"\n'
        "import openai\nopenai.OpenAI().responses.create(input=TEXT{})\n"
    )

    [told] = explicit(linked({"app.py": text.format(", model='o3'")}))
    [untold] = explicit(linked({"app.py": text.format("")}))
    assert (told.model, told.model_source) == ("o3", "call")
    assert (untold.model, untold.model_source) == ("gpt-5", "file")


def test_the_role_that_a_comment_tells_is_the_prompts() -> None:
    found = linked_module('# scrimp: prompt role=human\nPROMPT = "You are a kind helper"\n')

    assert prompt(found, "PROMPT").role == "user"


@pytest.mark.parametrize(
    ("path", "text", "name", "sent"),
    [
        ("a.yaml", "x: 1\n# scrimp: prompt\ntext: Sort this\nmore: that\n", "a.yaml::text", "Sort this"),
        ("a.yaml", "text: Sort this # scrimp: prompt\n", "a.yaml::text", "Sort this"),
        ("a.toml", "[a]\n# scrimp: prompt\ntext = 'Sort this'\n", "a.toml::a.text", "Sort this"),
        ("notes.txt", "<!-- scrimp: prompt -->Sort this", "notes.txt", "<!-- scrimp: prompt -->Sort this"),
        ("a.j2", "Sort {{ this }}{# scrimp: prompt #}", "a.j2", "Sort {this}"),
        ("a.ts", "// scrimp: prompt name=x\nconst text = `Sort this`;\n", "a.ts::x", "Sort this"),
        (
            "a.go",
            'package a\n// scrimp: prompt name=x\nconst T = "Sort this now"\n',
            "a.go::x",
            "Sort this now",
        ),
    ],
)
def test_texts_of_all_languages_can_be_marked(path: str, text: str, name: str, sent: str) -> None:
    found = linked({path: text})

    assert [(each.id, shown(each), each.confidence) for each in found.prompts] == [(name, sent, "high")]


@pytest.mark.parametrize("path", ["prompts/a.md", "AGENTS.md"])
def test_files_that_are_prompts_can_be_marked_as_none(path: str) -> None:
    text = "You are a kind helper.\n\nBe brief.\n"

    assert len(linked({path: text}).prompts) == 1
    assert linked({path: f"{text}<!-- scrimp: not-a-prompt -->\n"}).prompts == ()
