"""What the cache keeps in files: read whole or not at all, whatever happened to them."""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scrimp.store import sealed
from scrimp.store.answers import MOST_ANSWERS, Answer, Answers, Printed
from scrimp.store.counts import Counts
from scrimp.store.pack import Pack
from scrimp.store.seen import SETTLED, SeenFiles

KEY, OTHER = b"k" * 16, b"o" * 16
LONG_AGO = 1_000_000_000


def kept_in_pack(file: Path) -> object:
    return Pack(file).get(KEY)


def kept_in_counts(file: Path) -> object:
    return Counts(file).get("a text", "o200k_base")


def kept_in_seen(file: Path) -> object:
    source = file.with_name("source")
    return SeenFiles(file).identify("source", source.stat())


def kept_in_answers(file: Path) -> object:
    (only,) = file.iterdir() if file.is_dir() else (file,)
    return Answers(only.parent).get(b"question")


def pack(file: Path) -> Path:
    written = Pack(file)
    written.put(KEY, b"value" * 100)
    assert written.save()
    return file


def counts(file: Path) -> Path:
    written = Counts(file)
    written.put("a text", "o200k_base", 2)
    assert written.save()
    return file


def seen(file: Path) -> Path:
    source = file.with_name("source")
    source.write_bytes(b"text")
    os.utime(source, ns=(LONG_AGO, LONG_AGO))
    written = later(file)
    assert written.identify("source", source.stat()) is None
    written.note("source", "its hash")
    assert written.save()
    return file


def answers(file: Path) -> Path:
    assert Answers(file).put(b"question", Answer({b"a.py": "hash"}, Printed(("printed",), ("warned",), 1)))
    (only,) = file.iterdir()
    return only


def later(file: Path) -> SeenFiles:
    """What a run sees that starts so much later that no file is too young."""
    return SeenFiles(file, time.time_ns() + 2 * SETTLED)


KINDS: dict[str, tuple[Callable[[Path], Path], Callable[[Path], object]]] = {
    "pack": (pack, kept_in_pack),
    "counts": (counts, kept_in_counts),
    "answers": (answers, kept_in_answers),
}


@pytest.mark.parametrize(("write", "read"), KINDS.values(), ids=KINDS)
def test_what_is_kept_is_there_for_the_next_run(
    tmp_path: Path, write: Callable[[Path], Path], read: Callable[[Path], object]
) -> None:
    assert read(write(tmp_path / "kept")) is not None


@pytest.mark.parametrize(("write", "read"), KINDS.values(), ids=KINDS)
def test_no_byte_of_a_file_can_change_without_its_being_noticed(
    tmp_path: Path, write: Callable[[Path], Path], read: Callable[[Path], object]
) -> None:
    file = write(tmp_path / "kept")
    whole = file.read_bytes()
    for at in range(len(whole)):
        file.write_bytes(whole[:at] + bytes((whole[at] ^ 1,)) + whole[at + 1 :])
        assert read(file) is None, f"byte {at}"


@pytest.mark.parametrize(("write", "read"), KINDS.values(), ids=KINDS)
def test_a_file_that_was_cut_off_anywhere_holds_nothing(
    tmp_path: Path, write: Callable[[Path], Path], read: Callable[[Path], object]
) -> None:
    file = write(tmp_path / "kept")
    whole = file.read_bytes()
    for length in range(len(whole)):
        file.write_bytes(whole[:length])
        assert read(file) is None, f"{length} bytes"


@given(content=st.binary(max_size=200))
def test_bytes_that_nobody_sealed_hold_nothing(
    tmp_path_factory: pytest.TempPathFactory, content: bytes
) -> None:
    file = tmp_path_factory.getbasetemp() / "unsealed"
    file.write_bytes(content)
    assert [kept_in_pack(file), kept_in_counts(file), sealed.read(file)] == [None, None, None]


def test_sealed_bytes_of_another_shape_hold_nothing(tmp_path: Path) -> None:
    sealed.write(tmp_path / "kept", b"\x93\x01\x02\x03")
    (tmp_path / "source").write_bytes(b"text")
    assert kept_in_counts(tmp_path / "kept") is None
    assert kept_in_seen(tmp_path / "kept") is None


def test_a_pack_keeps_what_was_there_and_what_is_new(tmp_path: Path) -> None:
    file = pack(tmp_path / "kept")
    more = Pack(file)
    more.put(OTHER, b"other")
    more.save()
    again = Pack(file)
    assert again.get(KEY) == b"value" * 100
    assert again.get(OTHER) == b"other"
    assert again.get(b"x" * 16) is None


def test_a_pack_without_room_lets_go_of_what_was_not_used(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "kept"
    first = Pack(file)
    for number in range(10):
        first.put(bytes([number]) * 16, bytes(100))
    first.save()
    monkeypatch.setattr("scrimp.store.pack.MOST_BYTES", 500)
    second = Pack(file)
    second.get(bytes(16))
    second.put(b"new" * 5, bytes(100))
    second.save()
    kept = Pack(file)
    assert kept.get(bytes(16)) is not None
    assert kept.get(b"new" * 5) is not None
    assert sum(kept.get(bytes([number]) * 16) is not None for number in range(10)) == 4


def test_a_pack_that_is_replaced_while_it_is_read_stays_what_it_was(tmp_path: Path) -> None:
    file = pack(tmp_path / "kept")
    reading = Pack(file)
    other = Pack(file)
    other.put(KEY, b"another value")
    other.save()
    assert reading.get(KEY) == b"value" * 100
    assert Pack(file).get(KEY) == b"another value"


def test_what_has_no_file_keeps_nothing() -> None:
    nowhere = Pack(None)
    nowhere.put(KEY, b"value")
    assert not nowhere.save()
    assert not Counts(None).save()
    assert not SeenFiles(None).save()
    assert Answers(None).get(b"question") is None


def test_files_that_cannot_be_written_are_no_error(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    below_a_file = tmp_path / "file" / "kept"
    written = Pack(below_a_file)
    written.put(KEY, b"value")
    assert not written.save()
    assert not sealed.write(below_a_file, b"content")


def test_only_the_last_answers_are_kept(tmp_path: Path) -> None:
    folder = tmp_path / "kept"
    for number in range(MOST_ANSWERS + 5):
        Answers(folder).put(b"%d" % number, Answer({}, Printed((), (), 0)))
    assert len(list(folder.iterdir())) == MOST_ANSWERS
    assert Answers(folder).get(b"%d" % (MOST_ANSWERS + 4)) is not None


class TestSeenFiles:
    """A file is known unread only as long as nothing can have changed it."""

    def test_a_file_that_is_as_it_was_is_known(self, tmp_path: Path) -> None:
        file = seen(tmp_path / "kept")
        assert later(file).identify("source", (tmp_path / "source").stat()) == "its hash"

    def test_one_of_another_size_or_time_or_inode_is_not(self, tmp_path: Path) -> None:
        file, source = seen(tmp_path / "kept"), tmp_path / "source"
        os.utime(source, ns=(LONG_AGO + 1, LONG_AGO + 1))
        assert later(file).identify("source", source.stat()) is None
        source.unlink()
        source.write_bytes(b"text")
        os.utime(source, ns=(LONG_AGO, LONG_AGO))
        assert later(file).identify("source", source.stat()) is None

    def test_one_that_was_rewritten_and_given_its_old_time_is_not(self, tmp_path: Path) -> None:
        file, source = seen(tmp_path / "kept"), tmp_path / "source"
        with source.open("r+b") as stream:
            stream.write(b"TEXT")
        os.utime(source, ns=(LONG_AGO, LONG_AGO))
        assert later(file).identify("source", source.stat()) is None

    def test_one_that_has_just_changed_is_not_remembered(self, tmp_path: Path) -> None:
        source = tmp_path / "source"
        source.write_bytes(b"text")
        files = SeenFiles(tmp_path / "kept")
        files.identify("source", source.stat())
        files.note("source", "its hash")
        files.save()
        assert later(tmp_path / "kept").identify("source", source.stat()) is None

    def test_names_of_any_bytes_are_kept(self, tmp_path: Path) -> None:
        source, name = tmp_path / "source", os.fsdecode(b"\xff\xfe.py")
        source.write_bytes(b"text")
        files = later(tmp_path / "kept")
        files.identify(name, source.stat())
        files.note(name, "its hash")
        files.save()
        assert later(tmp_path / "kept").identify(name, source.stat()) == "its hash"
