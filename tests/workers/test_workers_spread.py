"""Work spread over processes: the same results for any number of them, and nothing lost but what ends one."""

from __future__ import annotations

import os
import signal
import sys

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scrimp.workers import Codec, spread

TEXT = Codec[str](str.encode, bytes.decode)
FORKS = pytest.mark.skipif(
    not hasattr(os, "fork") or sys.platform == "darwin", reason="processes are forked only where that is safe"
)


def upper(item: str) -> str:
    return item.upper()


@settings(max_examples=15, deadline=None)
@given(st.lists(st.text(alphabet="aßc\n", max_size=5), max_size=9), st.integers(1, 4))
def test_results_come_in_the_order_of_the_items_for_any_number_of_processes(
    items: list[str], processes: int
) -> None:
    assert spread(items, upper, [len(item) for item in items], processes, TEXT) == [
        item.upper() for item in items
    ]


@FORKS
def test_results_are_made_in_several_processes() -> None:
    found = spread(range(6), lambda _: str(os.getpid()), [1] * 6, 3, TEXT)

    assert len(set(found)) == 3


@FORKS
def test_an_item_that_ends_its_process_is_the_only_one_without_a_result() -> None:
    def work(item: str) -> str:
        if item.startswith("deadly"):
            os.kill(os.getpid(), signal.SIGKILL)
        return item.upper()

    items = ["a", "deadly 1", "b", "c", "deadly 2", "d"]

    # The first process, which is this one, takes the longest item.
    assert spread(["long", *items], work, [100, *[1] * 6], 2, TEXT) == [
        "LONG",
        "A",
        None,
        "B",
        "C",
        None,
        "D",
    ]


@FORKS
def test_a_result_may_be_longer_than_a_pipe_holds() -> None:
    assert spread(["a", "b"], lambda item: item * 3_000_000, [1, 1], 2, TEXT) == [
        "a" * 3_000_000,
        "b" * 3_000_000,
    ]
