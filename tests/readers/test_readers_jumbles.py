"""Whatever stands in a file, its reader raises nothing and tells no place that isn't there."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from readers.jumbles import PARTS, PATHS, TEXTS, assert_sound


@settings(max_examples=150, deadline=None)
@given(st.sampled_from(PATHS), TEXTS)
def test_no_jumble_raises_or_lies(path: str, text: str) -> None:
    """``benchmarks/fuzz.py`` tries more of them, and learns from what they reach."""
    assert_sound(path, text)


@pytest.mark.parametrize("path", PATHS)
def test_a_text_of_everything_is_read_by_all(path: str) -> None:
    assert_sound(path, "".join(PARTS))
