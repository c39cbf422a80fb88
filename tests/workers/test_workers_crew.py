"""Work done by other processes: the same results for any number of them, and nothing lost but what ends one."""

from __future__ import annotations

import gc
import os
import re
import signal
import sys
import threading
import time
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scrimp.workers import Codec, Crew, Limits, Lost

TEXT = Codec[str](str.encode, bytes.decode)
LIMITS = Limits(seconds=0.1, memory=2**28)
FORKS = pytest.mark.skipif(
    not hasattr(os, "fork") or sys.platform == "darwin", reason="processes are forked only where that is safe"
)


@pytest.fixture(autouse=True)
def without_garbage_of_other_tests() -> Iterator[None]:
    """No process looks for garbage in what all tests before left, which takes longer than an item may."""
    gc.freeze()
    yield
    gc.unfreeze()


def upper(item: str) -> str:
    return item.upper()


def done(
    items: Sequence[str],
    work: Callable[[str], str],
    processes: int,
    results: Codec[str] = TEXT,
    limits: Limits = LIMITS,
) -> list[str | Lost]:
    """What other processes make of some items."""
    crew = Crew[str, str](work, TEXT, results, limits)
    try:
        assert all(crew.give(item, processes) for item in items)
        found = defaultdict[str, list[str | Lost]](list)
        for item, result in crew.done():
            found[item].append(result)
        return [found[item].pop() for item in items]
    finally:
        crew.end()


@FORKS
@settings(max_examples=15, deadline=None)
@given(st.lists(st.text(alphabet="aßc\n", max_size=5), max_size=9), st.integers(1, 4))
def test_each_item_has_its_result_for_any_number_of_processes(items: list[str], processes: int) -> None:
    assert done(items, upper, processes) == [item.upper() for item in items]


@FORKS
def test_items_are_done_as_they_come_up_by_processes_that_wait_for_them() -> None:
    crew = Crew[str, str](lambda _: str(os.getpid()), TEXT, TEXT, LIMITS)
    try:
        for number in range(3):
            crew.give(str(number), 1)
        first = dict(crew.done())
        crew.give("7", 1)
        second = dict(crew.done())
    finally:
        crew.end()

    assert sorted(first) == ["0", "1", "2"]
    assert second == {"7": first["0"]}
    assert first["0"] != str(os.getpid())


@FORKS
def test_processes_that_are_hired_ahead_prepare_themselves_once() -> None:
    prepared: list[str] = []
    crew = Crew[str, str](
        lambda item: item + "".join(prepared), TEXT, TEXT, LIMITS, lambda: prepared.append("!")
    )
    try:
        crew.hire(1)
        for item in "ab":
            crew.give(item, 1)
        assert dict(crew.done()) == {"a": "a!", "b": "b!"}
    finally:
        crew.end()

    assert not prepared


@FORKS
def test_more_may_be_given_while_results_are_taken() -> None:
    crew = Crew[str, str](upper, TEXT, TEXT, LIMITS)
    found: list[str | Lost] = []
    try:
        crew.give("a", 2)
        for item, result in crew.done():
            found.append(result)
            if len(item) < 5:
                crew.give(item + "a", 2)
    finally:
        crew.end()

    assert found == ["A", "AA", "AAA", "AAAA", "AAAAA"]


@FORKS
def test_what_is_given_to_processes_that_were_dismissed_is_done_by_others() -> None:
    crew = Crew[str, str](lambda _: str(os.getpid()), TEXT, TEXT, LIMITS)
    try:
        crew.give("a", 1)
        first = dict(crew.done())
        crew.dismiss()
        crew.give("b", 1)
        second = dict(crew.done())
    finally:
        crew.end()

    assert isinstance(second["b"], str)
    assert second["b"] not in (first["a"], str(os.getpid()))


@FORKS
def test_nothing_is_done_before_it_is_given() -> None:
    crew = Crew[str, str](upper, TEXT, TEXT, LIMITS)

    assert dict(crew.done()) == {}
    crew.end()


@FORKS
def test_each_process_takes_the_next_item_when_it_is_done_with_one() -> None:
    def work(item: str) -> str:
        if item == "last":
            return item
        os.write(pipes[int(item)][1], b".")
        return os.read(
            pipes[1 - int(item)][0], 1
        ).decode()  # ends when the other process has begun the other one

    pipes = [os.pipe(), os.pipe()]
    assert done(["0", "1", "last"], work, 2) == [".", ".", "last"]


@FORKS
def test_an_item_that_ends_its_process_is_the_only_one_without_a_result() -> None:
    def work(item: str) -> str:
        if item == "deadly":
            os.kill(os.getpid(), signal.SIGKILL)
        return item.upper()

    items = [*map(str, range(4000)), "deadly", "a", "deadly", "b"]
    killed = Lost(signal.SIGKILL, late=False)

    assert done(items, work, 2) == [*items[:4000], killed, "A", killed, "B"]


@FORKS
def test_what_is_left_behind_an_item_that_ends_its_process_is_done_by_another_one() -> None:
    def work(item: str) -> str:
        if item == "1":
            os.kill(os.getpid(), signal.SIGKILL)
        return str(os.getpid())

    before, lost, *behind = done([*map(str, range(99))], work, 1)

    assert lost == Lost(signal.SIGKILL, late=False)
    assert set(behind).isdisjoint({before, str(os.getpid())})


@FORKS
def test_what_a_process_may_have_taken_that_ended_between_two_items_is_done_again() -> None:
    def work(item: str) -> str:
        return f"{item} {os.getpid()}"

    crew = Crew[str, str](work, TEXT, TEXT, LIMITS)
    try:
        crew.give("a", 1)
        (first,) = crew.done()
        os.kill(int(str(first[1]).split()[1]), signal.SIGKILL)
        for item in "bcd":
            crew.give(item, 1)
        found = dict(crew.done())
    finally:
        crew.end()

    assert [str(found[item]).split()[0] for item in "bcd"] == ["b", "c", "d"]


@FORKS
def test_a_process_that_waits_long_for_its_next_item_is_not_ended_for_that() -> None:
    crew = Crew[str, str](lambda _: str(os.getpid()), TEXT, TEXT, Limits(seconds=0.02, memory=2**28))
    try:
        crew.give("", 1)
        ((_, before),) = crew.done()
        time.sleep(0.2)
        crew.give("", 1)
        ((_, after),) = crew.done()
    finally:
        crew.end()

    assert after == before


@FORKS
def test_a_result_may_be_longer_than_a_pipe_holds() -> None:
    assert done(["a", "b"], lambda item: item * 3_000_000, 2) == ["a" * 3_000_000, "b" * 3_000_000]


@FORKS
def test_an_item_that_hangs_is_ended_at_its_limit_even_where_it_is_deaf_to_signals() -> None:
    def work(item: str) -> str:
        if item == "busy":
            signal.signal(signal.SIGPROF, signal.SIG_IGN)
            signal.signal(signal.SIGALRM, signal.SIG_DFL)
        if item in ("busy", "deaf"):
            re.match(r"(a+)+$", "a" * 40 + "b")
        return item.upper()

    *hung, other = done(["busy", "deaf", "b"], work, 1)

    assert other == "B"
    assert all(isinstance(each, Lost) and each.late for each in hung)


@FORKS
def test_an_item_that_takes_too_much_memory_is_told_so() -> None:
    def work(item: str) -> str:
        try:
            return str(len(bytes(int(item))))
        except MemoryError:
            return "no memory"

    # More than tests before may have left free in this process, which a forked one may fill.
    much, little = str(2**32), str(2**20)
    assert done([much, little], work, 1, limits=Limits(seconds=10, memory=2**28)) == ["no memory", little]


@FORKS
def test_an_item_that_leaves_without_a_signal_is_lost_too() -> None:
    assert done(["a"], lambda _: os._exit(0), 1) == [Lost(0, late=False)]


@FORKS
def test_no_process_is_left_behind_where_this_one_is_interrupted() -> None:
    crew = Crew[str, str](lambda _: time.sleep(30) or "", TEXT, TEXT, LIMITS)  # type: ignore[func-returns-value]
    crew.give("", 2)
    crew.end()

    with pytest.raises(ChildProcessError):
        os.wait()


@FORKS
def test_a_result_that_cannot_cross_is_made_again_here() -> None:
    picky = Codec[str](lambda result: None if result == "B" else result.encode(), bytes.decode)

    assert done(["a", "b", "c"], upper, 2, picky) == ["A", "B", "C"]


def test_nothing_is_given_to_others_where_a_fork_would_cut_off_a_thread() -> None:
    crew = Crew[str, str](upper, TEXT, TEXT, LIMITS)
    goes_on = threading.Event()
    thread = threading.Thread(target=goes_on.wait)
    thread.start()
    try:
        assert not crew.give("a", 2)
    finally:
        goes_on.set()
        thread.join()
