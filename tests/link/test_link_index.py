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
