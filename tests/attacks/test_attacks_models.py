"""Growth behind a model that a condition chooses: the dearest counts, and one without a price doesn't pass."""

from __future__ import annotations

import pytest
from attacks.gated import GROWN, gated, refused
from command_line import Project, call

__all__ = ["gated"]


def sent_to(expression: str) -> str:
    return call(GROWN).replace('model="gpt-4o"', f"model={expression}")


@pytest.mark.parametrize(
    "expression",
    [
        '"gpt-4.1-nano" if question else "gpt-4o"',
        '{"usual": "gpt-4.1-nano", "never": "gpt-4o"}[question]',
        '("gpt-4.1-nano" if question else None) or "gpt-4o"',
    ],
)
def test_a_cheap_model_in_front_of_the_one_that_is_used(gated: Project, expression: str) -> None:
    refused(gated.write("app.py", sent_to(expression)))


def test_a_model_without_a_price_behind_a_cheap_one(gated: Project) -> None:
    gated.write("app.py", sent_to('"gpt-4.1-nano" if question else "our-own"'))

    refused(gated, key="unknown", actual="1")
