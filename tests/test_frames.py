"""However deep a loop stands in a run, its calls ask the system for no memory."""

from __future__ import annotations

import pytest

from scrimp.frames import with_room

resource = pytest.importorskip("resource")

CALLS = 300
DEPTHS = 300
"""Frames of a few words each: a piece of 16 KiB is full after a hundred or two."""


def _called() -> None:
    return


def _calls_at_all_depths(depth: int) -> None:
    for _ in range(CALLS):
        _called()
    if depth:
        _calls_at_all_depths(depth - 1)


def _faults(depth: int) -> int:
    """Pages that this process gets while functions are called."""
    before = int(resource.getrusage(resource.RUSAGE_SELF).ru_minflt)
    _calls_at_all_depths(depth)
    return int(resource.getrusage(resource.RUSAGE_SELF).ru_minflt) - before


def test_calls_behind_a_frame_with_room_take_no_new_memory() -> None:
    assert with_room(_faults)(DEPTHS) < CALLS
