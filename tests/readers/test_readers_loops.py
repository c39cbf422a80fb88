"""Calls know the loop that makes them once for each item of something."""

from __future__ import annotations

import pytest
from readers_examples import read

from scrimp.model.facts import Each


def call_of_ask(path: str, text: str) -> tuple[bool, Each | None]:
    """Whether a loop is around the call of ``ask``, and what it goes through."""
    (found,) = [each for each in read(path, text).calls if each.callee == "ask"]
    return found.loop, found.each


@pytest.mark.parametrize(
    ("loop", "expected"),
    [
        ("for item in items:\n    {}", Each("items", ("item",))),
        ("for number, item in enumerate(items):\n    {}", Each("enumerate(items)", ("number", "item"))),
        ("for i in range(len(items)):\n    {}", Each("range(len(items))", ("i",))),
        ("while True:\n    for item in items:\n        if item:\n            {}", Each("items", ("item",))),
        ("answers = [{} for item in items]", Each("items", ("item",))),
        ("answers = [{} for row in rows for cell in row]", Each("row", ("cell",))),
        ("answers = {{key: {} for key, item in items.items()}}", Each("items.items()", ("key", "item"))),
    ],
)
def test_python_calls_for_each_item(loop: str, expected: Each) -> None:
    text = 'PROMPT = "Say in a few words what this is about."\n' + loop.format("ask(PROMPT)")

    assert call_of_ask("a.py", text) == (True, expected)


@pytest.mark.parametrize(
    ("loop", "repeats"),
    [
        ("for chunk in {}:\n    print(chunk)", False),
        ("for item in items:\n    print(item)\nelse:\n    {}", False),
        ("for attempt in range(3):\n    {}", True),
        ("for _ in items:\n    {}", True),
        ("while True:\n    {}", True),
        ("for item in items:\n    while item:\n        {}", True),
        ("for item in items:\n    for turn in range(3):\n        {}", True),
        ("for item in items:\n    def later():\n        {}", False),
    ],
)
def test_python_calls_for_no_item(loop: str, repeats: bool) -> None:
    text = 'PROMPT = "Say in a few words what this is about."\n' + loop.format("ask(PROMPT)")

    assert call_of_ask("a.py", text) == (repeats, None)


@pytest.mark.parametrize(
    ("loop", "expected"),
    [
        ("for (const item of items) {{ {} }}", Each("items", ("item",))),
        ("for (const item of items) {};", Each("items", ("item",))),
        ("for (const [key, item] of items) {{ {} }}", Each("items", ("key", "item"))),
        ("items.forEach((item) => {{ {} }});", Each("items", ("item",))),
        ("const answers = items.map((item) => {});", Each("items", ("item",))),
        ("const answers = items.map(async ({{ name }}) => {{ return {} }});", Each("items", ("name",))),
        ("const answers = items.map(async function (item) {{ return {} }});", Each("items", ("item",))),
    ],
)
def test_javascript_calls_for_each_item(loop: str, expected: Each) -> None:
    text = 'const PROMPT = "Say in a few words what this is about.";\n' + loop.format("ask(PROMPT)")

    assert call_of_ask("a.ts", text)[1] == expected


@pytest.mark.parametrize(
    "loop",
    [
        "for await (const chunk of {}) {{ console.log(chunk) }}",
        "for (let attempt = 0; attempt < 3; attempt++) {{ {} }}",
        "for (const key in items) {{ {} }}",
        "while (true) {{ {} }}",
        "for (const item of items) {{ while (item.open) {{ {} }} }}",
        "retry(async (attempt) => {});",
    ],
)
def test_javascript_calls_for_no_item(loop: str) -> None:
    text = 'const PROMPT = "Say in a few words what this is about.";\n' + loop.format("ask(PROMPT)")

    assert call_of_ask("a.ts", text)[1] is None
