"""Facts come in the order of the text, however the reader found its way to them."""

from __future__ import annotations

import pytest
from readers_examples import read

PYTHON = """
def greet(person):
    name = person.title()
    mood = guess(name)
    show("one two three four", mood)
    ask(mood)
"""
JAVASCRIPT = """
function greet(person) {
  const name = person.title();
  const mood = guess(name);
  show("one two three four", mood);
  ask(mood);
}
"""


@pytest.mark.parametrize(
    ("path", "text"), [("a.py", PYTHON), ("a.js", JAVASCRIPT)], ids=["python", "javascript"]
)
def test_calls_and_bindings_come_in_the_order_of_the_text(path: str, text: str) -> None:
    facts = read(path, text)

    assert [call.callee for call in facts.calls] == ["person.title", "guess", "show", "ask"]
    assert [binding.name for binding in facts.bindings] == ["name", "mood"]
