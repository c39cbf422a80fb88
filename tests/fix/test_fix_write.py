"""Writing: bytes around the fix, mode and links stay; whatever changed meanwhile is not overwritten."""

from __future__ import annotations

import os
import stat
import tempfile
from pathlib import Path

import pytest
from tree.privileges import give_away, without_privileges

from scrimp.fix import FileRefusedError, Rewrite, reread, write
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
    write(tmp_path, [Rewrite(source, source.text.replace("  ", " "))])
    blanks, blank = (
        ("  ".encode("utf-16-le"), " ".encode("utf-16-le")) if raw is BYTES["wide"] else (b"  ", b" ")
    )
    assert (tmp_path / "a.py").read_bytes() == raw.replace(blanks, blank)
    assert [path.name for path in tmp_path.iterdir()] == ["a.py"]


def test_mode_and_links_are_kept(tmp_path: Path) -> None:
    blob = save(tmp_path, BYTES["plain"], "real.py")
    (tmp_path / "real.py").chmod(0o751)
    (tmp_path / "a.py").symlink_to("real.py")
    write(tmp_path, [Rewrite(reread(tmp_path, "a.py", blob), "new")])
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
        write(tmp_path, [Rewrite(source, "new")])
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
        write(tmp_path, [Rewrite(source, "new")])
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
        write(tmp_path, [Rewrite(source, source.text + "€")])
    assert (tmp_path / "a.py").read_bytes() == BYTES["cookie"]


def test_an_interrupted_write_leaves_the_old_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    source = reread(tmp_path, "a.py", save(tmp_path, BYTES["plain"]))

    def interrupted(_handle: int) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(os, "fsync", interrupted)
    with pytest.raises(KeyboardInterrupt):
        write(tmp_path, [Rewrite(source, "new")])
    assert (tmp_path / "a.py").read_bytes() == BYTES["plain"]
    assert [path.name for path in tmp_path.iterdir()] == ["a.py"]


def test_several_files_are_replaced_or_none(tmp_path: Path) -> None:
    one = reread(tmp_path, "a.py", save(tmp_path, BYTES["plain"]))
    other = reread(tmp_path, "b.py", save(tmp_path, BYTES["mark"], "b.py"))
    write(tmp_path, [Rewrite(one, "new"), Rewrite(other, "newer")])
    assert (tmp_path / "a.py").read_bytes() == b"new"
    assert (tmp_path / "b.py").read_bytes() == b"\xef\xbb\xbfnewer"


def test_what_was_replaced_is_put_back_where_another_file_refuses(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    one = reread(tmp_path, "a.py", save(tmp_path, BYTES["plain"]))
    other = reread(tmp_path, "b.py", save(tmp_path, BYTES["plain"], "b.py"))
    move = Path.replace

    def only_a(path: Path, target: Path) -> Path:
        if target.name == "b.py":
            raise PermissionError(13, "Permission denied")
        return move(path, target)

    monkeypatch.setattr(Path, "replace", only_a)
    with pytest.raises(FileRefusedError, match="can't be written: Permission denied") as refused:
        write(tmp_path, [Rewrite(one, "new"), Rewrite(other, "newer")])
    assert refused.value.path == "b.py"
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == {
        "a.py": BYTES["plain"],
        "b.py": BYTES["plain"],
    }


def test_a_write_protected_file_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", os.devnull)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        folder.chmod(0o755)
        source = reread(folder, "a.py", save(folder, BYTES["plain"]))
        (folder / "a.py").chmod(0o444)
        give_away(folder)

        def question() -> str:
            write(folder, [Rewrite(source, "new")])
            return "written"

        assert without_privileges(question) == "FileRefusedError('it is write-protected')"
        assert (folder / "a.py").read_bytes() == BYTES["plain"]


def test_extended_attributes_are_kept(tmp_path: Path) -> None:
    source = reread(tmp_path, "a.py", save(tmp_path, BYTES["plain"]))
    try:
        os.setxattr(tmp_path / "a.py", "user.origin", b"here")
    except (AttributeError, OSError):
        pytest.skip("no extended attributes on this file system")
    write(tmp_path, [Rewrite(source, "new")])
    assert os.getxattr(tmp_path / "a.py", "user.origin") == b"here"
