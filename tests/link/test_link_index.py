"""What is looked up of files as they are read, in whatever order that is."""

from __future__ import annotations

from itertools import permutations
from textwrap import dedent

import pytest
from readers_examples import read

from scrimp.link import link
from scrimp.link.index import Index
from scrimp.model.facts import Facts

TREE = {
    "app/ask.py": """
        from openai import OpenAI

        def ask(system: str, question: str) -> str:
            return OpenAI().chat.completions.create(
                model="gpt-4o",
                messages=[{"role": "system", "content": system}, {"role": "user", "content": question}],
            )
        """,
    "app/first.py": """
        from app.ask import ask as tell

        def first(question: str) -> str:
            return tell("You are a careful reviewer of long contracts.", question)
        """,
    "app/second.py": """
        from functools import partial
        from app.ask import ask

        second = partial(ask, "You are a patient teacher of small children.")

        def reply(question: str) -> str:
            return ask(system="You are a witty writer of short headlines.", question=question)
        """,
}


def _facts(files: dict[str, str]) -> dict[str, Facts]:
    return {path: read(path, dedent(text)) for path, text in files.items()}


@pytest.mark.parametrize("order", list(permutations(TREE)), ids=" ".join)
def test_files_may_come_in_any_order(order: tuple[str, ...]) -> None:
    facts = _facts(TREE)
    index = Index()
    for path in order:
        index.add(path, facts[path])

    assert link(facts, index=index) == link(facts)
    assert len(link(facts, index=index).prompts) == 3


ALONE = {
    "app/roles.py": """
        from openai import OpenAI

        ROLE = "You are a careful reviewer of long contracts."
        RULES = "Name each clause that binds only one of the two sides."
        """,
    "app/prompts.py": """
        from app.roles import ROLE, RULES

        REVIEW_PROMPT = f"{ROLE} {RULES}"

        class SeaPrompt:
            examples = [("What colour is the sea on a calm day?", "It is blue, as everybody knows.")]
        """,
    "app/tools.py": """
        from app.base import Base

        class Search(Base):
            description = "Finds the pages of the archive that hold a word."
        """,
    "app/base.py": """
        class Base(BaseTool):
            pass
        """,
}
"""Texts that are prompts for what stands around them in their files, and in others."""


@pytest.mark.parametrize("order", [[*ALONE], [*reversed(ALONE)]], ids=" ".join)
def test_what_a_file_tells_alone_is_told_in_any_order(order: list[str]) -> None:
    facts = _facts(ALONE)
    index = Index()
    for path in order:
        index.add(path, facts[path])
    found = link(facts, index=index)

    assert found == link(facts)
    assert {(each.kind, each.evidence[0].partition(" ")[0]) for each in found.prompts} == {
        ("message", "part"),
        ("fewshot", "example"),
        ("tool", "tool"),
    }


def test_files_that_were_not_looked_up_are_when_all_are_there() -> None:
    facts = _facts(TREE)
    index = Index()
    index.add("app/second.py", facts["app/second.py"])

    assert link(facts, index=index) == link(facts)


@pytest.mark.parametrize("path", ["app/second.py", "app/gone.py"])
def test_an_index_of_other_files_counts_for_nothing(path: str) -> None:
    facts = _facts(TREE)
    index = Index()
    index.add(path, read(path, 'from app.ask import ask\n\nask("You are a text that is gone.", "?")\n'))

    assert link(facts, index=index) == link(facts)
