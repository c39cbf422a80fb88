"""Ids are names that survive moves: they never hold a line, and they tell duplicates apart by role or number."""

from __future__ import annotations

from textwrap import dedent

import pytest
from hypothesis import given
from hypothesis import strategies as st
from linked_repository import ids, linked, linked_module, prompt, sent

MODULE = dedent(
    '''
    import openai

    SYSTEM_PROMPT = "You know all about birds."


    class Bot:
        persona = """You speak like
        an old owl would."""

        def ask(self, question):
            style = "Be as brief as you can."
            return openai.OpenAI().chat.completions.create(
                model="gpt-5",
                messages=[
                    {"role": "system", "content": f"{SYSTEM_PROMPT} {self.persona} {style} Now go on."},
                    {"role": "user", "content": f"The question is: {question}"},
                ],
            )
    '''
)


@pytest.mark.parametrize(
    ("code", "name"),
    [
        ('SYSTEM_PROMPT = "You know all about birds."', "SYSTEM_PROMPT"),
        ('class Bot:\n    system_prompt = "You know all about birds."', "Bot.system_prompt"),
        ('def ask():\n    prompt = "You know all about birds."', "ask.prompt"),
        ('def ask(prompt="You know all about birds."):\n    pass', "ask.prompt"),
        ('def birds_prompt():\n    return "You know all about birds."', "birds_prompt"),
        ('class Bot:\n    def prompt(self):\n        return "You know all about birds."', "Bot.prompt"),
        ('PROMPTS = {"bird": "You know all about birds."}', "PROMPTS.bird"),
        ('PROMPTS = {"bird": {"system": "You know all about birds."}}', "PROMPTS.bird.system"),
        ('bot = Bot(system_prompt="You know all about birds.")', "system_prompt"),
        ('Bot(system_prompt="You know all about birds.")', "system_prompt"),
        ('def ask():\n    def inner():\n        prompt = "You know all about birds."', "ask.inner.prompt"),
        ('def ask(self):\n    self.prompt = "You know all about birds."', "ask.prompt"),
    ],
)  # fmt: skip
def test_a_prompt_is_called_by_its_qualified_name(code: str, name: str) -> None:
    found = linked({"src/app/prompts.py": f"import openai\n{code}\n"})

    assert ids(found) == [f"src/app/prompts.py::{name}"]


@given(st.lists(st.integers(0, MODULE.count("\n")), max_size=5))
def test_moved_lines_change_no_id(gaps: list[int]) -> None:
    lines = MODULE.split("\n")
    for gap in sorted(gaps, reverse=True):
        lines.insert(gap, "" if _inside_of_a_string(lines, gap) else "# a comment of no consequence")
    before, after = linked({"app.py": MODULE}), linked({"app.py": "\n".join(lines)})

    assert ids(before) == ids(after)
    assert [request.id for request in before.requests] == [request.id for request in after.requests]
    assert [sent(request) for request in before.requests] == [sent(request) for request in after.requests]


def _inside_of_a_string(lines: list[str], gap: int) -> bool:
    return sum(line.count('"""') for line in lines[:gap]) % 2 == 1


def test_no_id_holds_a_line() -> None:
    found = linked({"app.py": "\n" * 4_321 + MODULE})

    for name in [*ids(found), *(request.id for request in found.requests)]:
        assert "432" not in name


def test_another_text_under_the_same_name_keeps_the_id() -> None:
    assert ids(linked({"app.py": MODULE})) == ids(
        linked({"app.py": MODULE.replace("birds", "bats and bees")})
    )


def test_duplicates_are_told_apart_by_their_role() -> None:
    found = linked_module(
        """
        import openai

        def ask(kind):
            openai.OpenAI().chat.completions.create(
                messages=[
                    {"role": "system", "content": "You know all about birds."},
                    {"role": "user", "content": "Tell me about any bird."},
                ]
            )
        """
    )

    assert [name.rpartition("#")[2] for name in ids(found)] == ["system", "user"]


def test_duplicates_of_one_role_are_told_apart_by_their_number() -> None:
    found = linked_module(
        """
        import openai

        def ask(kind):
            if kind == "bird":
                prompt = "You know all about birds."
            elif kind == "tree":
                prompt = "You know all about trees."
            else:
                prompt = "You know all about stones."
            openai.OpenAI().responses.create(input=prompt)
        """
    )

    assert ids(found) == ["app.py::ask.prompt#1", "app.py::ask.prompt#2", "app.py::ask.prompt#3"]


def test_functions_defined_twice_share_a_name() -> None:
    found = linked_module(
        """
        import openai

        if old:
            def prompt():
                return "You know all about birds."
        else:
            def prompt():
                return "You know all about trees."
        """
    )

    assert ids(found) == ["app.py::prompt#1", "app.py::prompt#2"]


def test_requests_are_numbered_within_their_function() -> None:
    found = linked_module(
        """
        import openai
        client = openai.OpenAI()

        def one():
            client.responses.create(input="Tell me about any bird.")
            client.responses.create(input="Tell me about any tree.")

        def two():
            client.responses.create(input="Tell me about any stone.")

        client.responses.create(input="Tell me about any cloud.")
        """
    )

    assert sorted(request.id for request in found.requests) == [
        "app.py#1",
        "app.py::one#1",
        "app.py::one#2",
        "app.py::two#1",
    ]


def test_a_file_is_called_by_its_path_and_an_entry_by_its_keys() -> None:
    found = linked(
        {
            "prompts/bird.md": "You know all about birds.\n",
            "config.yaml": "birds:\n  system_prompt: You know all about birds.\n",
        }
    )

    assert ids(found) == ["config.yaml::birds.system_prompt", "prompts/bird.md"]


def test_the_order_of_files_changes_nothing() -> None:
    files = {
        "a.py": "from b import SYSTEM_PROMPT\nimport openai\nopenai.OpenAI().responses.create(input=SYSTEM_PROMPT)\n",
        "b.py": 'SYSTEM_PROMPT = "You know all about birds."\nUSER_PROMPT = f"{SYSTEM_PROMPT} Tell me about one."\n',
        "c.py": "from b import *\nimport openai\nopenai.OpenAI().responses.create(input=USER_PROMPT)\n",
    }
    one, other = linked(files), linked(dict(reversed(files.items())))

    assert set(one.prompts) == set(other.prompts)
    assert set(one.requests) == set(other.requests)


def test_the_place_of_a_prompt_is_that_of_its_expression() -> None:
    found = linked({"app.py": 'import openai\nSYSTEM_PROMPT = """You know\nall about birds."""\n'})

    place = prompt(found, "SYSTEM_PROMPT").place
    assert (place.line, place.column, place.end_line, place.end_column) == (2, 17, 3, 20)
