"""Work spread over processes: the same results for any number of them, and nothing lost but what ends one."""

from __future__ import annotations

import os
import re
import signal
import sys
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scrimp.workers import Codec, Limits, Lost, spread

TEXT = Codec[str](str.encode, bytes.decode)
LIMITS = Limits(seconds=0.1, memory=2**28)
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
    assert spread(items, upper, [len(item) for item in items], processes, TEXT, LIMITS) == [
        item.upper() for item in items
    ]


@FORKS
def test_several_processes_leave_nothing_to_this_one() -> None:
    found = spread(range(6), lambda _: str(os.getpid()), [1] * 6, 2, TEXT, LIMITS)

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
    assert spread(["last", "0", "1"], work, [1, 2, 2], 2, TEXT, LIMITS) == ["last", ".", "."]


@FORKS
def test_an_item_that_ends_its_process_is_the_only_one_without_a_result() -> None:
    def work(item: str) -> str:
        if item == "deadly":
            os.kill(os.getpid(), signal.SIGKILL)
        return item.upper()

    items = ["deadly", *map(str, range(2500))]
    killed = Lost(signal.SIGKILL, late=False)

    assert spread(items, work, [2, *[1] * 2500], 2, TEXT, LIMITS) == [
        killed,
        *items[1:],
    ]


@FORKS
def test_what_is_left_behind_an_item_that_ends_its_process_is_done_by_another_one() -> None:
    def work(item: int) -> str:
        if item == 0:
            os.kill(os.getpid(), signal.SIGKILL)
        return str(os.getpid())

    found = spread(range(2500), work, [2, *[1] * 2499], 2, TEXT, LIMITS)

    assert found[0] == Lost(signal.SIGKILL, late=False)
    assert (
        found[1000] == found[2000] not in (found[1], found[2])
    )  # of the portion that the first one had taken


@FORKS
def test_a_result_may_be_longer_than_a_pipe_holds() -> None:
    assert spread(["a", "b"], lambda item: item * 3_000_000, [1, 1], 2, TEXT, LIMITS) == [
        "a" * 3_000_000,
        "b" * 3_000_000,
    ]


@FORKS
def test_an_item_that_hangs_is_ended_at_its_limit_even_where_it_is_deaf_to_signals() -> None:
    def work(item: str) -> str:
        if item == "busy":
            signal.signal(signal.SIGPROF, signal.SIG_IGN)
            signal.signal(signal.SIGALRM, signal.SIG_DFL)
        if item in ("busy", "deaf"):
            re.match(r"(a+)+$", "a" * 40 + "b")
        return item.upper()

    *hung, other = spread(["busy", "deaf", "b"], work, [1] * 3, 1, TEXT, LIMITS, {0, 1})

    assert other == "B"
    assert all(isinstance(each, Lost) and each.late for each in hung)


@FORKS
def test_an_item_that_takes_too_much_memory_is_told_so() -> None:
    def work(item: int) -> str:
        try:
            return str(len(bytes(item)))
        except MemoryError:
            return "no memory"

    assert spread([2**29, 2**20], work, [1, 1], 1, TEXT, LIMITS, {0, 1}) == ["no memory", str(2**20)]


@FORKS
def test_what_is_apart_is_never_done_here() -> None:
    found = spread(range(6), lambda _: str(os.getpid()), [1] * 6, 1, TEXT, LIMITS, {1, 4})

    assert [number for number, process in enumerate(found) if process != str(os.getpid())] == [1, 4]


@FORKS
def test_an_item_that_leaves_without_a_signal_is_lost_too() -> None:
    assert spread(["a"], lambda _: os._exit(0), [1], 1, TEXT, LIMITS, {0}) == [Lost(0, late=False)]


@FORKS
def test_no_process_is_left_behind_where_this_one_is_interrupted() -> None:
    def work(item: str) -> str:
        if item == "here":
            raise KeyboardInterrupt
        time.sleep(30)
        return item

    with pytest.raises(KeyboardInterrupt):
        spread(["here", "there"], work, [1, 1], 1, TEXT, LIMITS, {1})
    with pytest.raises(ChildProcessError):
        os.wait()


@FORKS
def test_a_result_that_cannot_cross_is_made_again_here() -> None:
    picky = Codec[str](lambda result: None if result == "B" else result.encode(), bytes.decode)

    assert spread(["a", "b", "c"], upper, [1] * 3, 2, picky, LIMITS, {0, 1}) == ["A", "B", "C"]
