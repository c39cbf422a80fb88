"""What is too large, or not a regular file, to be read."""

from __future__ import annotations

from pathlib import Path

import pytest

from scrimp.tree.limits import NotRegularError, read_regular

GROWING = Path("/proc/self/status")
"""A regular file that has more bytes than it says."""


@pytest.mark.parametrize("size", [0, 1, 99, 100, 101, 5000])
def test_at_most_one_byte_above_the_limit_is_read(tmp_path: Path, size: int) -> None:
    (tmp_path / "a.md").write_bytes(b"x" * size)
    assert read_regular(str(tmp_path / "a.md"), 100) == b"x" * min(size, 101)


@pytest.mark.skipif(not GROWING.exists(), reason="needs a file that is larger than its size, as Linux has")
def test_a_file_that_grew_is_read_up_to_the_limit() -> None:
    assert read_regular(str(GROWING), 10**6).startswith(b"Name:")
    assert len(read_regular(str(GROWING), 20)) == 21


def test_only_regular_files_are_read(tmp_path: Path) -> None:
    with pytest.raises(NotRegularError):
        read_regular(str(tmp_path), 100)
    (tmp_path / "link").symlink_to("a.md")
    with pytest.raises(OSError, match="symbolic links"):
        read_regular(str(tmp_path / "link"), 100)
