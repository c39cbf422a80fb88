"""Where the cache lies, whose it is, and how it is bounded and emptied."""

from __future__ import annotations

import os
import sys
import time
from pathlib import Path

import pytest

from scrimp.store import place, tidy
from scrimp.store.build import build
from scrimp.store.pack import Pack
from scrimp.store.sealed import TEMPORARY

posix = pytest.mark.skipif(sys.platform == "win32", reason="permissions of POSIX")


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    (tmp_path / "tree").mkdir()
    return tmp_path / "tree"


def kept(folder: Path | None, size: int = 10) -> Path:
    assert folder is not None
    pack = Pack(folder / "facts")
    pack.put(b"key", bytes(size))
    assert pack.save()
    return folder


@pytest.mark.parametrize(
    ("platform", "environment", "expected"),
    [
        ("linux", {"HOME": "/home/u"}, "/home/u/.cache/scrimp/v1"),
        ("linux", {"HOME": "/home/u", "XDG_CACHE_HOME": "/fast"}, "/fast/scrimp/v1"),
        ("linux", {"HOME": "/home/u", "XDG_CACHE_HOME": "relative"}, "/home/u/.cache/scrimp/v1"),
        ("darwin", {"HOME": "/Users/u"}, "/Users/u/Library/Caches/scrimp/v1"),
        ("linux", {"HOME": "/home/u", "SCRIMP_CACHE_DIR": "/own"}, "/own/v1"),
    ],
)
@posix
def test_it_lies_where_the_platform_keeps_caches(
    platform: str, environment: dict[str, str], expected: str
) -> None:
    assert place.base(environment, platform) == Path(expected)


def test_without_a_home_there_is_none() -> None:
    assert place.base({}, "linux") is None


def test_trees_and_builds_share_nothing(cache: Path, tree: Path, tmp_path: Path) -> None:
    (tmp_path / "other").mkdir()
    one, other = place.of_tree(tree), place.of_tree(tmp_path / "other")
    assert one is not None
    assert one.is_relative_to(cache)
    assert build() in one.parts
    assert one != other


def test_it_is_never_inside_of_the_tree(tree: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SCRIMP_CACHE_DIR", str(tree / ".cache"))
    assert place.of_tree(tree) is None
    assert list(tree.iterdir()) == []


def test_a_link_that_leads_into_the_tree_is_no_way_around_that(
    tree: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tree / "inner").mkdir()
    (tmp_path / "link").symlink_to(tree / "inner")
    monkeypatch.setenv("SCRIMP_CACHE_DIR", str(tmp_path / "link"))
    assert place.of_tree(tree) is None


@posix
def test_a_folder_that_others_can_write_to_is_not_used(cache: Path, tree: Path) -> None:
    assert place.of_tree(tree) is not None
    assert (cache / "v1").stat().st_mode & 0o777 == 0o700
    (cache / "v1").chmod(0o777)
    assert place.of_tree(tree) is None


def test_a_folder_that_cannot_be_made_is_not_used(
    tree: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").write_bytes(b"")
    monkeypatch.setenv("SCRIMP_CACHE_DIR", str(tmp_path / "file" / "cache"))
    assert place.of_tree(tree) is None


def test_the_trees_that_were_written_longest_ago_go_when_there_is_no_room(cache: Path) -> None:
    folders = [kept(cache / "v1" / "build" / f"tree{number}", 1000) for number in range(4)]
    for age, folder in enumerate(folders):
        os.utime(folder / "facts", (age, age))
    tidy.trim(cache / "v1", folders[0], most=2500)
    assert [folder.exists() for folder in folders] == [True, False, True, True]


def test_what_an_older_build_shared_among_its_trees_goes_with_the_last_of_them(cache: Path) -> None:
    now, old = (kept(cache / "v1" / build / "tree", 1000) for build in ("now", "old"))
    for folder in (now, old):
        (folder.parent / "cards").write_bytes(b"shared")
    os.utime(old / "facts", (1, 1))
    tidy.trim(cache / "v1", now, most=1500)
    assert (now.parent / "cards").exists()
    assert not old.parent.exists()


def test_what_a_killed_run_left_goes_after_a_while(cache: Path) -> None:
    folder = kept(cache / "v1" / "build" / "tree")
    fresh, old = folder / f"{TEMPORARY}facts-1-a", folder / f"{TEMPORARY}facts-2-b"
    for file in (fresh, old):
        file.write_bytes(b"half")
    past = time.time() - 2 * tidy.ABANDONED
    os.utime(old, (past, past))
    tidy.trim(cache / "v1", folder)
    assert (fresh.exists(), old.exists()) == (True, False)


def test_emptying_removes_what_is_ours_and_tells_its_size(cache: Path, tree: Path) -> None:
    folder = kept(place.of_tree(tree))
    (folder.parent / "cards").write_bytes(b"shared")
    size = (folder / "facts").stat().st_size + len(b"shared")
    (cache / "theirs").write_bytes(b"not ours")
    assert tidy.empty(cache / "v1") == size
    assert [each.name for each in cache.iterdir()] == ["theirs"]
    assert tidy.empty(cache / "v1") == 0
    assert tidy.empty(cache) == 0
    assert (cache / "theirs").exists()
