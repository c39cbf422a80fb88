"""The files on disk."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest
from tree.privileges import NOBODY, give_away, without_privileges
from tree.repository import Repository

from scrimp.model.errors import UserError
from scrimp.model.source import Skipped
from scrimp.tree import walk
from scrimp.tree.worktree import Worktree

WALK = walk.on_disk
"""Imported before privileges are dropped: a process without them may not reach the interpreter's files."""

POINTER = "version https://git-lfs.github.com/spec/v1\noid sha256:4d7a\nsize 12345\n"

HOSTILE = (
    "a\nb.md",
    "c\rd.md",
    "e\tf.md",
    "-rf",
    "$(id).md",
    "`id`",
    ' "quoted"',
    "ünï.md",
    b"\xff\xfe.md",
    ":(top)x",
    "[a]*.md",
)


def paths(root: Path) -> list[str]:
    return [file.path for file in Worktree(root).files()]


def skipped(root: Path) -> dict[str, tuple[str, bool]]:
    return {each.path: (each.code, each.incomplete) for each in Worktree(root).skipped()}


@pytest.fixture(params=["git", "walk"])
def either(request: pytest.FixtureRequest, repository: Repository, plain: Repository) -> Repository:
    """A repository and a plain folder: what both have to show."""
    return repository if request.param == "git" else plain


def test_tracked_and_untracked_files_are_listed_but_not_ignored_ones(repository: Repository) -> None:
    repository.write("tracked.py").write("kept.log").commit()
    repository.write(".gitignore", "*.log\n").write("untracked.py").write("ignored.log")
    assert paths(repository.root) == [".gitignore", "kept.log", "tracked.py", "untracked.py"]


def test_deleted_files_are_left_out(repository: Repository) -> None:
    repository.write("gone.py").write("folder/gone.py").write("here.py").commit()
    (repository.root / "gone.py").unlink()
    shutil.rmtree(repository.root / "folder")
    tree = Worktree(repository.root)
    assert list(tree.paths()) == ["here.py"]
    assert tree.skipped() == ()


def test_a_file_in_conflict_is_listed_once(repository: Repository) -> None:
    repository.write("a.md", "one").commit()
    repository.git("checkout", "-q", "-b", "other")
    repository.write("a.md", "two").commit()
    repository.git("checkout", "-q", "main")
    repository.write("a.md", "three").commit()
    with pytest.raises(Exception, match="merge"):
        repository.git("merge", "other")
    assert paths(repository.root) == ["a.md"]


def test_nested_ignore_files_are_honoured_and_can_bring_back(either: Repository) -> None:
    either.write(".gitignore", "*.log\n/build/\n").write("a.log").write("build/x.py").write("sub/build/y.py")
    either.write("sub/.gitignore", "!kept.log\n/secret.py\n").write("sub/kept.log").write("sub/other.log")
    either.write("sub/secret.py").write("secret.py")
    assert paths(either.root) == [
        ".gitignore",
        "secret.py",
        "sub/.gitignore",
        "sub/build/y.py",
        "sub/kept.log",
    ]


def test_hostile_names_are_listed_and_read(either: Repository) -> None:
    for name in HOSTILE:
        either.write(b"folder/" + os.fsencode(name), os.fsencode(name))
    tree = Worktree(either.root)
    assert sorted(tree.paths()) == sorted(f"folder/{os.fsdecode(name)}" for name in HOSTILE)
    for name in HOSTILE:
        assert tree.read(f"folder/{os.fsdecode(name)}") == os.fsencode(name)


def test_sizes_are_those_on_disk_and_line_ends_stay(either: Repository) -> None:
    either.write("a.md", b"one\r\ntwo\r\n")
    tree = Worktree(either.root)
    (file,) = tree.files()
    assert (file.path, file.size) == ("a.md", 10)
    assert tree.read("a.md") == b"one\r\ntwo\r\n"


def test_a_folder_of_a_repository_is_listed_from_that_folder(repository: Repository) -> None:
    repository.write("top.py").write("sub/a.py").commit()
    repository.write("sub/deep/b.py")
    assert paths(repository.root / "sub") == ["a.py", "deep/b.py"]


def test_an_ignored_folder_that_is_asked_for_is_walked(repository: Repository) -> None:
    repository.write(".gitignore", "vendor/\n").write("vendor/package/a.py").commit()
    assert paths(repository.root) == [".gitignore"]
    assert paths(repository.root / "vendor") == ["package/a.py"]
    repository.write("vendor/package/tracked.py").git("add", "--force", "vendor/package/tracked.py")
    assert paths(repository.root / "vendor") == ["package/tracked.py"]


def test_an_empty_repository_has_no_files(repository: Repository) -> None:
    tree = Worktree(repository.root)
    assert (tree.files(), tree.skipped()) == ((), ())


def test_without_git_installed_ignore_files_still_count(
    repository: Repository, monkeypatch: pytest.MonkeyPatch
) -> None:
    repository.write(".gitignore", "*.log\n").write("a.log").write("a.py")
    monkeypatch.setenv("PATH", str(repository.root))
    assert paths(repository.root) == [".gitignore", "a.py"]


def test_a_walk_passes_over_histories_packages_and_caches(plain: Repository) -> None:
    for folder in (".git", ".venv", "node_modules", "sub/__pycache__"):
        plain.write(f"{folder}/a.py")
    plain.write("sub/a.py")
    assert paths(plain.root) == ["sub/a.py"]


def test_links_are_listed_as_skipped_and_never_followed(either: Repository, tmp_path: Path) -> None:
    outside = tmp_path / "outside"
    outside.mkdir()
    (outside / "secret.md").write_text("secret")
    either.write("real/a.md")
    for name, target in {
        "inner.md": "real/a.md",
        "outer.md": str(outside / "secret.md"),
        "folder": str(outside),
        "cycle": "cycle",
        "up": "..",
        "dangling": "nowhere",
    }.items():
        (either.root / name).symlink_to(target)
    assert paths(either.root) == ["real/a.md"]
    names = ("cycle", "dangling", "folder", "inner.md", "outer.md", "up")
    assert skipped(either.root) == dict.fromkeys(names, ("link", False))


@pytest.mark.parametrize(
    "path", ["outer.md", "folder/secret.md", "folder/../a.md", "../outside/secret.md", "cycle"]
)
def test_nothing_is_read_through_a_link_or_out_of_the_folder(
    either: Repository, tmp_path: Path, path: str
) -> None:
    outside = tmp_path / "outside"
    outside.mkdir()
    (outside / "secret.md").write_text("secret")
    (either.root / "outer.md").symlink_to(outside / "secret.md")
    (either.root / "folder").symlink_to(outside)
    (either.root / "cycle").symlink_to("cycle")
    answer = Worktree(either.root).read(path)
    assert isinstance(answer, Skipped)
    assert answer.code in {"link", "missing"}


def test_a_file_that_is_named_behind_a_linked_folder_is_said_to_be_one(either: Repository) -> None:
    either.write("real/a.md")
    (either.root / "folder").symlink_to("real")
    tree = Worktree(either.root, named=("folder/a.md",))
    assert [file.path for file in tree.files()] == ["real/a.md"]
    assert {each.path: each.code for each in tree.skipped()} == {"folder": "link", "folder/a.md": "link"}


def test_a_tracked_folder_that_became_a_link_is_not_entered(repository: Repository, tmp_path: Path) -> None:
    repository.write("folder/secret.md", "public").commit()
    outside = tmp_path / "outside"
    (repository.root / "folder").rename(outside)
    (repository.root / "folder").symlink_to(outside)
    tree = Worktree(repository.root)
    assert tree.files() == ()
    assert [each.code for each in tree.skipped()] == ["link"]
    assert isinstance(tree.read("folder/secret.md"), Skipped)


def test_a_pipe_in_place_of_a_file_is_special_and_does_not_block(
    repository: Repository, plain: Repository
) -> None:
    repository.write("a.md").commit()
    (repository.root / "a.md").unlink()
    for root in (repository.root, plain.root):
        os.mkfifo(root / "a.md")
        assert skipped(root) == {"a.md": ("special", False)}
        answer = Worktree(root).read("a.md")
        assert isinstance(answer, Skipped)
        assert answer.code == "special"


def test_a_pipe_in_place_of_an_ignore_file_does_not_block(plain: Repository) -> None:
    plain.write("a.md")
    os.mkfifo(plain.root / ".gitignore")
    assert paths(plain.root) == ["a.md"]


def test_a_file_above_the_size_limit_is_listed_but_not_read(either: Repository) -> None:
    either.write("large.md", b"x" * 101).write("fits.md", b"x" * 100)
    tree = Worktree(either.root, size_limit=100)
    assert [(file.path, file.size) for file in tree.files()] == [("fits.md", 100), ("large.md", 101)]
    assert tree.read("fits.md") == b"x" * 100
    answer = tree.read("large.md")
    assert isinstance(answer, Skipped)
    assert (answer.code, answer.incomplete) == ("size", True)


def test_a_pointer_to_large_file_storage_is_not_taken_for_the_file(either: Repository) -> None:
    either.write("a.md", POINTER).write("about.md", POINTER + "x" * 1024)
    tree = Worktree(either.root)
    answer = tree.read("a.md")
    assert isinstance(answer, Skipped)
    assert (answer.code, answer.incomplete) == ("lfs", True)
    assert isinstance(tree.read("about.md"), bytes)


def test_a_file_that_vanished_or_never_was_is_missing(either: Repository) -> None:
    for path in ("a.md", "no/folder/a.md", "", "a\0b", "\ud800", "a/" * 5000 + "a", "a" * 5000):
        answer = Worktree(either.root).read(path)
        assert isinstance(answer, Skipped), path
        assert (answer.code, answer.incomplete) == ("missing", True)


def test_repositories_inside_are_submodules(repository: Repository, tmp_path: Path) -> None:
    other = Repository(tmp_path / "other").init()
    other.write("a.md").commit()
    repository.git("submodule", "--quiet", "add", other.root.as_uri(), "sub")
    repository.commit()
    other.clone(repository.root / "clones" / "untracked")
    assert paths(repository.root) == [".gitmodules"]
    assert skipped(repository.root) == {"clones/untracked": ("submodule", False), "sub": ("submodule", False)}


def test_a_tracked_file_that_became_a_folder_gives_way_to_its_files(repository: Repository) -> None:
    repository.write("a").commit()
    (repository.root / "a").unlink()
    repository.write("a/b.md")
    assert paths(repository.root) == ["a/b.md"]
    assert skipped(repository.root) == {}


def test_files_that_a_sparse_checkout_leaves_out_make_a_run_incomplete(repository: Repository) -> None:
    repository.write("in/a.md").write("out/b.md").commit()
    repository.git("sparse-checkout", "set", "in")
    assert paths(repository.root) == ["in/a.md"]
    assert skipped(repository.root) == {"out/b.md": ("missing", True)}


@pytest.mark.parametrize("kind", ["git", "walk"])
def test_what_may_not_be_read_makes_a_run_incomplete(
    ceded: Repository, kind: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", os.devnull)
    top = ceded.root / "top"
    inner = Repository(top / "sub")
    inner.root.mkdir(parents=True)
    if kind == "git":
        Repository(top).init()
    inner.write("locked/a.md").write("in\nner/it's/a.md").write("closed.md").write("open.md")
    give_away(ceded.root)
    for name in ("locked", "in\nner/it's", "closed.md"):
        (inner.root / name).chmod(0)

    def question() -> str:
        tree = Worktree(inner.root)
        forbidden = [
            each.path for each in tree.skipped() if (each.code, each.incomplete) == ("permission", True)
        ]
        return repr((list(tree.paths()), forbidden, tree.read("closed.md")))

    answer = without_privileges(question)
    for name in ("locked", "in\nner/it's"):
        (inner.root / name).chmod(0o755)
    closed = Skipped("closed.md", "permission", "no permission to read it", incomplete=True)
    assert answer == repr((["closed.md", "open.md"], ["in\nner/it's/", "locked/"], closed))


def test_a_tracked_file_in_a_locked_folder_makes_a_run_incomplete(
    ceded: Repository, monkeypatch: pytest.MonkeyPatch
) -> None:
    ceded.init().write("locked/a.md").commit()
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", os.devnull)
    give_away(ceded.root)
    (ceded.root / "locked").chmod(0)
    answer = without_privileges(lambda: repr(skipped(ceded.root)["locked/a.md"]))
    (ceded.root / "locked").chmod(0o755)
    assert answer == repr(("permission", True))


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can make a repository that belongs to another user")
def test_a_repository_of_another_user_names_the_remedy(repository: Repository) -> None:
    repository.write("a.md")
    os.chown(repository.root, NOBODY, NOBODY)
    os.chown(repository.root / ".git", NOBODY, NOBODY)
    with pytest.raises(UserError) as caught:
        Worktree(repository.root).files()
    assert f"safe.directory {repository.root}" in caught.value.hint


def test_a_root_that_is_no_folder_is_refused(plain: Repository) -> None:
    plain.write("a.py")
    with pytest.raises(UserError, match=r"a\.py is a file") as caught:
        Worktree(plain.root / "a.py")
    assert "scrimp check" in caught.value.hint
    with pytest.raises(UserError, match="there is no such folder"):
        Worktree(plain.root / "b")


def test_a_bare_repository_has_no_files_to_list(tmp_path: Path) -> None:
    bare = Repository(tmp_path / "bare").init("--bare")
    with pytest.raises(UserError, match="no working tree"):
        Worktree(bare.root).files()


def test_a_repository_found_through_a_hooks_variables_is_not_taken(
    repository: Repository, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = Repository(tmp_path / "other").init().write("other.md")
    repository.write("a.md")
    monkeypatch.setenv("GIT_DIR", str(other.root / ".git"))
    monkeypatch.setenv("GIT_WORK_TREE", str(other.root))
    assert paths(repository.root) == ["a.md"]


def test_no_program_named_in_a_repositorys_settings_is_run(repository: Repository) -> None:
    repository.write("a.md").commit()
    program = repository.root / ".git" / "program"
    program.write_text("#!/bin/sh\ntouch .git/ran\n")
    program.chmod(0o755)
    repository.git("config", "core.fsmonitor", str(program))
    assert paths(repository.root) == ["a.md"]
    assert not (repository.root / ".git" / "ran").exists()
    repository.git("status")
    assert (repository.root / ".git" / "ran").exists(), "the trap doesn't work"
