"""Packs of which the larger one is left alone while little is new."""

from __future__ import annotations

from pathlib import Path

from scrimp.store.layered import LayeredPack

KEYS = [bytes([number]) * 16 for number in range(100)]
NEW, OTHER = b"n" * 16, b"o" * 16


def layered(file: Path) -> LayeredPack:
    first = LayeredPack(file)
    for key in KEYS:
        first.put(key, key * 10)
    assert first.save()
    return LayeredPack(file)


def test_a_little_that_is_new_leaves_the_rest_alone(tmp_path: Path) -> None:
    file = tmp_path / "facts"
    pack = layered(file)
    before = file.stat()
    pack.put(NEW, b"value")

    assert pack.save()

    after = LayeredPack(file)
    assert [after.get(key) for key in (NEW, KEYS[0], KEYS[-1], OTHER)] == [
        b"value",
        KEYS[0] * 10,
        KEYS[-1] * 10,
        None,
    ]
    assert (before.st_ino, before.st_mtime_ns) == (file.stat().st_ino, file.stat().st_mtime_ns)


def test_little_after_little_becomes_one_with_the_rest(tmp_path: Path) -> None:
    file = tmp_path / "facts"
    layered(file).close()
    for number in range(40):
        pack = LayeredPack(file)
        pack.put(b"new %d" % number, b"v" * 160)
        assert pack.save()

    after = LayeredPack(file)
    assert all(after.get(key) == key * 10 for key in KEYS)
    assert all(after.get(b"new %d" % number) == b"v" * 160 for number in range(40))
    recent = file.with_name("facts-recent")
    assert not recent.exists() or recent.stat().st_size < file.stat().st_size / 2


def test_a_new_value_goes_before_the_one_that_was_there(tmp_path: Path) -> None:
    file = tmp_path / "facts"
    pack = layered(file)
    pack.put(KEYS[3], b"another")
    assert pack.get(KEYS[3]) == b"another"
    pack.save()
    assert LayeredPack(file).get(KEYS[3]) == b"another"


def test_what_is_damaged_costs_only_what_it_held(tmp_path: Path) -> None:
    file = tmp_path / "facts"
    pack = layered(file)
    pack.put(NEW, b"value")
    pack.save()
    file.with_name("facts-recent").write_bytes(b"damaged")
    after = LayeredPack(file)
    assert (after.get(NEW), after.get(KEYS[0])) == (None, KEYS[0] * 10)


def test_nothing_new_writes_nothing(tmp_path: Path) -> None:
    pack = layered(tmp_path / "facts")
    assert pack.get(KEYS[0]) is not None
    assert not pack.save()


def test_what_has_no_file_keeps_nothing() -> None:
    nowhere = LayeredPack(None)
    nowhere.put(NEW, b"value")
    assert nowhere.get(NEW) == b"value"
    assert not nowhere.save()
