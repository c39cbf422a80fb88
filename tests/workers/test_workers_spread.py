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


def other_ended() -> None:
    """Wait until another process has ended, and leave it for whoever asks for it."""
    os.waitid(os.P_ALL, 0, os.WEXITED | os.WNOWAIT)


@FORKS
def test_what_this_process_does_meanwhile_leaves_the_items_to_the_others() -> None:
    found = spread(range(6), lambda _: str(os.getpid()), [1] * 6, 2, TEXT, other_ended)

    assert len(set(found)) == 1
    assert str(os.getpid()) not in found


@FORKS
def test_each_process_takes_the_next_item_when_it_is_done_with_one() -> None:
    def work(item: str) -> str:
        if item == "last":  # the others are begun first, as they are longer
            return item
        os.write(pipes[int(item)][1], b".")
        return os.read(
            pipes[1 - int(item)][0], 1
        ).decode()  # ends when the other process has begun the other one

    pipes = [os.pipe(), os.pipe()]
    assert spread(["last", "0", "1"], work, [1, 2, 2], 2, TEXT) == ["last", ".", "."]


@FORKS
def test_an_item_that_ends_its_process_is_the_only_one_without_a_result() -> None:
    here = os.getpid()

    def work(item: str) -> str:
        if item == "deadly" and os.getpid() != here:
            os.kill(os.getpid(), signal.SIGKILL)
        return item.upper()

    items = ["deadly", *map(str, range(2500))]

    assert spread(items, work, [2, *[1] * 2500], 2, TEXT, other_ended) == [None, *items[1:]]


@FORKS
def test_what_is_left_behind_an_item_that_ends_its_process_is_done_by_another_one() -> None:
    def work(item: int) -> str:
        if item == 0:
            os.kill(os.getpid(), signal.SIGKILL)
        return str(os.getpid())

    found = spread(range(2500), work, [2, *[1] * 2499], 2, TEXT, other_ended)

    assert found[0] is None
    assert (
        len({found[1000], found[2000]} - {str(os.getpid())}) == 1
    )  # of the portion that the first one had taken


@FORKS
def test_a_result_may_be_longer_than_a_pipe_holds() -> None:
    assert spread(["a", "b"], lambda item: item * 3_000_000, [1, 1], 2, TEXT) == [
        "a" * 3_000_000,
        "b" * 3_000_000,
    ]
