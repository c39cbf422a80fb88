"""Values that hold while a block lasts."""

from __future__ import annotations

from contextvars import ContextVar

import pytest

from scrimp.ambient import holding

VARIABLE: ContextVar[str] = ContextVar("of these tests", default="none")


def test_a_value_holds_in_its_block_and_the_one_before_it_again_behind() -> None:
    with holding(VARIABLE, "outer"):
        with holding(VARIABLE, "inner"):
            assert VARIABLE.get() == "inner"
        assert VARIABLE.get() == "outer"
    assert VARIABLE.get() == "none"


def test_it_ends_with_what_is_raised_in_the_block() -> None:
    with pytest.raises(KeyError), holding(VARIABLE, "inner"):
        raise KeyError
    assert VARIABLE.get() == "none"
