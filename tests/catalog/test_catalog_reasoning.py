"""Which models think before they answer, by names as people write them."""

from __future__ import annotations

import json
from collections import Counter
from importlib.resources import files
from typing import Any

import pytest

from scrimp.catalog.reasoning import thinks

TABLE: dict[str, Any] = json.loads(files("scrimp.catalog").joinpath("reasoning.json").read_text("utf-8"))


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("gpt-5-mini", True),
        ("openai/gpt-5-2025-08-07", True),
        ("gpt-5-chat-latest", False),
        ("gpt-5.1", False),
        ("gpt-5.1-chat-latest", False),
        ("gpt-4o", False),
        ("o3-mini", True),
        ("claude-sonnet-4-5", False),
        ("claude-sonnet-5", True),
        ("anthropic/claude-opus-5-5", True),
        ("models/gemini-2.5-flash", True),
        ("gemini-2.5-flash-lite", False),
        ("gemini-2.0-flash", False),
        ("a-model-of-our-own", False),
        ("", False),
    ],
)
def test_a_model_thinks_as_the_longest_prefix_of_its_name_says(name: str, expected: bool) -> None:
    assert thinks(name) is expected


def test_every_row_has_a_source_and_no_prefix_stands_twice() -> None:
    rows = TABLE["rows"]
    prefixes = Counter(prefix for row in rows for prefix in row["prefixes"])

    assert all(row["source"] for row in rows)
    assert TABLE["date"]
    assert max(prefixes.values()) == 1
