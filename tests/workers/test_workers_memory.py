"""Memory goes back to the system, however the parsers left it."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from scrimp.workers import give_back

STATUS = Path("/proc/self/statm")


def resident() -> int:
    return int(STATUS.read_text().split()[1]) * 4096


@pytest.mark.skipif(
    sys.platform != "linux", reason="only glibc keeps what is freed, and can be told otherwise"
)
def test_what_is_freed_between_what_is_kept_is_given_back() -> None:
    held = [b"x" * (100_000 + number) for number in range(300)]  # below what is mapped by itself
    held[::2] = [b""] * 150
    before = resident()

    give_back()

    assert before - resident() > 10_000_000
    assert len(held[1]) == 100_001
