"""Writing: bytes around the fix, mode and links stay; whatever changed meanwhile is not overwritten."""

from __future__ import annotations

import os
import stat
from pathlib import Path

import pytest

from scrimp.fix import FileRefusedError, reread, write
from scrimp.tree.decode import blob_hash

BYTES = {
    "plain": b"x = 'a  b'\n",
    "crlf": b"x = 'a  b'\r\ny = 1\n\r\n",
    "mark": b"\xef\xbb\xbfx = 'a  b'",
    "cookie": "# coding: latin-1\nx = 'a  é'\n".encode("latin-1"),
    "wide": "\ufeffx = 'a  é'\n".encode("utf-16-le"),
}


def save(folder: Path, raw: bytes, name: str = "a.py") -> str:
    (folder / name).write_bytes(raw)
    return blob_hash(raw)


@pytest.mark.parametrize("raw", BYTES.values(), ids=BYTES)
def test_only_the_changed_characters_change(tmp_path: Path, raw: bytes) -> None:
    source = reread(tmp_path, "a.py", save(tmp_path, raw))
    write(tmp_path, source, source.text.replace("  ", " "))
    blanks, blank = (
        ("  ".encode("utf-16-le"), " ".encode("utf-16-le")) if raw is BYTES["wide"] else (b"  ", b" ")
    )
    assert (tmp_path / "a.py").read_bytes() == raw.replace(blanks, blank)
    assert [path.name for path in tmp_path.iterdir()] == ["a.py"]


def test_mode_and_links_are_kept(tmp_path: Path) -> None:
    blob = save(tmp_path, BYTES["plain"], "real.py")
    (tmp_path / "real.py").chmod(0o751)
    (tmp_path / "a.py").symlink_to("real.py")
    write(tmp_path, reread(tmp_path, "a.py", blob), "new")
    assert (tmp_path / "a.py").is_symlink()
    assert (tmp_path / "real.py").read_text() == "new"
    assert stat.S_IMODE((tmp_path / "real.py").stat().st_mode) == 0o751


def test_a_file_that_changed_since_the_scan_is_refused(tmp_path: Path) -> None:
    blob = save(tmp_path, BYTES["plain"])
    source = reread(tmp_path, "a.py", blob)
    save(tmp_path, b"somebody was quicker")
    with pytest.raises(FileRefusedError, match="changed"):
        reread(tmp_path, "a.py", blob)
    with pytest.raises(FileRefusedError, match="changed"):
        write(tmp_path, source, "new")
    assert (tmp_path / "a.py").read_bytes() == b"somebody was quicker"
    assert [path.name for path in tmp_path.iterdir()] == ["a.py"]


def test_hashes_of_either_kind_are_understood(tmp_path: Path) -> None:
    save(tmp_path, b"hello\n")
    for blob in (
        "ce013625030ba8dba906f756967f9e9ca394464a",
        "2cf8d83d9ee29543b34a87727421fdecb7e3f3a183d337639025de576db9ebb4",
    ):
        assert reread(tmp_path, "a.py", blob).text == "hello\n"


def test_hard_links_are_not_separated(tmp_path: Path) -> None:
    source = reread(tmp_path, "a.py", save(tmp_path, BYTES["plain"]))
    os.link(tmp_path / "a.py", tmp_path / "b.py")
    with pytest.raises(FileRefusedError, match="hard links"):
        write(tmp_path, source, "new")
    assert (tmp_path / "a.py").read_bytes() == BYTES["plain"]


def test_nothing_outside_of_the_root_is_written(tmp_path: Path) -> None:
    root = tmp_path / "root"
    root.mkdir()
    blob = save(tmp_path, BYTES["plain"], "outside.py")
    (root / "a.py").symlink_to("../outside.py")
    for path in ("a.py", "../outside.py"):
        with pytest.raises(FileRefusedError, match="outside"):
            reread(root, path, blob)


def test_what_is_no_file_is_refused(tmp_path: Path) -> None:
    (tmp_path / "folder").mkdir()
    os.mkfifo(tmp_path / "pipe")
    for path, reason in (
        ("folder", "no regular file"),
        ("pipe", "no regular file"),
        ("gone", "can't be found"),
    ):
        with pytest.raises(FileRefusedError, match=reason):
            reread(tmp_path, path, "")


def test_characters_that_the_encoding_lacks_are_refused(tmp_path: Path) -> None:
    source = reread(tmp_path, "a.py", save(tmp_path, BYTES["cookie"]))
    with pytest.raises(FileRefusedError, match="iso8859-1 has no bytes for '€'"):
        write(tmp_path, source, source.text + "€")
    assert (tmp_path / "a.py").read_bytes() == BYTES["cookie"]


def test_an_interrupted_write_leaves_the_old_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    source = reread(tmp_path, "a.py", save(tmp_path, BYTES["plain"]))

    def interrupted(_handle: int) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(os, "fsync", interrupted)
    with pytest.raises(KeyboardInterrupt):
        write(tmp_path, source, "new")
    assert (tmp_path / "a.py").read_bytes() == BYTES["plain"]
    assert [path.name for path in tmp_path.iterdir()] == ["a.py"]
