"""Counts by another process are the counts of this one."""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Iterator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scrimp.model.errors import UserError
from scrimp.tokens.counting import count
from scrimp.tokens.elsewhere import ELSEWHERE, Elsewhere, counting_elsewhere
from scrimp.tokens.exact import counted

pytestmark = pytest.mark.skipif(
    not hasattr(os, "fork") or sys.platform == "darwin", reason="processes are forked only where that is safe"
)


@pytest.fixture(scope="module")
def other() -> Iterator[Elsewhere]:
    """A process that counts, though this one may have loaded a vocabulary."""
    with pytest.MonkeyPatch.context() as patch, counting_elsewhere():
        patch.setattr("scrimp.tokens.elsewhere.loaded", lambda: False)
        found = ELSEWHERE.get()
        assert found is not None
        found.begin("cl100k_base")
        yield found


@settings(deadline=None)
@given(text=st.text(st.characters(), max_size=60))
def test_counts_are_the_same(other: Elsewhere, text: str) -> None:
    assert other.count(text, "cl100k_base") == counted(text, "cl100k_base")


def test_half_of_a_surrogate_pair_counts_as_here(other: Elsewhere) -> None:
    assert other.count("one \ud800", "cl100k_base") == counted("one \ud800", "cl100k_base")


@settings(deadline=None, max_examples=30)
@given(
    texts=st.lists(st.text(st.characters(), max_size=60), max_size=5), others=st.lists(st.text(max_size=5))
)
def test_what_is_foreseen_is_counted_as_what_is_not(
    other: Elsewhere, texts: list[str], others: list[str]
) -> None:
    other.foresee(texts, "cl100k_base")

    needed = [*others, *texts]
    assert [other.count(text, "cl100k_base") for text in needed] == [
        counted(text, "cl100k_base") for text in needed
    ]


def test_what_is_foreseen_in_vain_is_no_matter(other: Elsewhere) -> None:
    other.foresee(["one two"], "none")
    other.foresee(["three"], "cl100k_base")

    assert other.count("one two", "none") is None
    assert other.count("three", "cl100k_base") == 1
    assert other.count("one two", "cl100k_base") == 2


def test_an_unknown_vocabulary_is_an_error_as_it_is_here(other: Elsewhere) -> None:
    assert other.count("one", "none") is None
    with pytest.raises(UserError, match="no vocabulary is called"):
        count("one", "none")


def test_what_ends_the_other_process_costs_only_time(
    other: Elsewhere,
) -> None:  # the last one that may use it
    assert other.process is not None
    os.kill(other.process.process, signal.SIGKILL)

    other.foresee(["one two three four five"], "cl100k_base")
    assert other.count("one two three four five", "cl100k_base") is None
    assert count("one two three four five", "cl100k_base") == 5
    other.dismiss()
    assert other.count("one", "cl100k_base") is None


def test_nothing_is_counted_elsewhere_until_that_is_begun() -> None:
    assert Elsewhere().count("one", "cl100k_base") is None
