"""The files of a revision, and what only git knows."""

from __future__ import annotations

import hashlib
import os
from pathlib import Path

import pytest
from tree.repository import Repository

from scrimp.model.errors import UserError
from scrimp.model.source import Skipped
from scrimp.tree import git
from scrimp.tree.decode import blob_hash
from scrimp.tree.files import Tree
from scrimp.tree.git import ChangedFile, GitTree
from scrimp.tree.worktree import Worktree

POINTER = "version https://git-lfs.github.com/spec/v1\noid sha256:4d7a\nsize 12345\n"

NAMES = (
    "a\nb.md",
    "c\rd.md",
    "e\tf.md",
    "-rf",
    "$(id).md",
    ' "q"',
    "ünï.md",
    b"\xff\xfe.md",
    ":(top)x",
    "[a]*.md",
)


def contents(tree: Tree) -> dict[str, bytes | Skipped]:
    return {file.path: tree.read(file.path) for file in tree.files()}


def test_a_revision_is_read_as_it_was_committed(repository: Repository) -> None:
    first = repository.write("a.md", b"one\r\n").write("sub/b.md", "two").commit()
    repository.write("a.md", "changed").write("c.md").commit()
    tree = GitTree(repository.root, first)
    assert contents(tree) == {"a.md": b"one\r\n", "sub/b.md": b"two"}
    assert [(file.size, file.blob) for file in tree.files()] == [
        (5, blob_hash(b"one\r\n")),
        (3, blob_hash(b"two")),
    ]
    assert list(tree.paths()) == ["a.md", "sub/b.md"]
    assert (tree.revision.kind, tree.revision.commit) == ("commit", first)


def test_head_equals_a_clean_working_tree_whatever_the_names(repository: Repository) -> None:
    for name in NAMES:
        repository.write(b"folder/" + os.fsencode(name), os.fsencode(name))
    repository.write("empty", b"").write("large", b"\0\n" * 200_000).commit()
    tree, worktree = GitTree(repository.root, "HEAD"), Worktree(repository.root)
    assert contents(tree) == contents(worktree)
    assert [(file.path, file.size) for file in tree.files()] == [
        (file.path, file.size) for file in worktree.files()
    ]
    assert len(tree.paths()) == len(NAMES) + 2


@pytest.mark.parametrize("folder", ["sub", "[s]*", "s\nb", "ünï"])
def test_a_folder_of_a_repository_is_listed_from_that_folder(repository: Repository, folder: str) -> None:
    repository.write("top.py").write("sib/a.py").write(f"{folder}/a.py").write(f"{folder}/deep/b.py").commit()
    assert list(GitTree(repository.root / folder, "HEAD").paths()) == ["a.py", "deep/b.py"]
    assert list(Worktree(repository.root / folder).paths()) == ["a.py", "deep/b.py"]


def test_a_folder_that_a_revision_lacks_is_empty_there(repository: Repository) -> None:
    old = repository.write("a.py").commit()
    repository.write("new/b.py").commit()
    assert GitTree(repository.root / "new", old).files() == ()


def test_links_and_submodules_are_skipped(repository: Repository, tmp_path: Path) -> None:
    other = Repository(tmp_path / "other").init().write("a.md")
    other.commit()
    repository.git("submodule", "--quiet", "add", other.root.as_uri(), "sub")
    (repository.root / "link.md").symlink_to("/etc/passwd")
    repository.write("a.md").commit()
    tree = GitTree(repository.root, "HEAD")
    assert list(tree.paths()) == [".gitmodules", "a.md"]
    assert [(each.path, each.code, each.incomplete) for each in tree.skipped()] == [
        ("link.md", "link", False),
        ("sub", "submodule", False),
    ]
    answer = tree.read("link.md")
    assert isinstance(answer, Skipped)
    assert answer.code == "missing"


def test_limits_hold_for_blobs_too(repository: Repository) -> None:
    repository.write("large.md", "x" * 101).write("fits.md", "x" * 100).write("pointer.md", POINTER).commit()
    answers = contents(GitTree(repository.root, "HEAD", size_limit=100))
    assert answers.pop("fits.md") == b"x" * 100
    found = {
        path: (each.code, each.incomplete) for path, each in answers.items() if isinstance(each, Skipped)
    }
    assert found == {"large.md": ("size", True), "pointer.md": ("lfs", True)}


def test_closing_ends_the_process_and_reading_starts_another(repository: Repository) -> None:
    repository.write("a.md", "one").commit()
    tree = GitTree(repository.root, "HEAD")
    tree.close()
    assert tree.read("a.md") == b"one"
    tree.close()
    tree.close()
    assert tree.read("a.md") == b"one"


@pytest.mark.parametrize("kept", [0, 200])
def test_a_damaged_blob_is_missing_and_the_others_are_still_read(repository: Repository, kept: int) -> None:
    content = b"".join(hashlib.sha256(bytes([number])).digest() for number in range(100))
    repository.write("a.md", "one").write("b.md", content).write("c.md", "three").commit()
    blob = blob_hash(content)
    path = repository.root / ".git" / "objects" / blob[:2] / blob[2:]
    tree = GitTree(repository.root, "HEAD")
    assert len(tree.files()) == 3
    path.chmod(0o644)
    path.write_bytes(path.read_bytes()[:kept] + b"damaged")
    answers = contents(tree)
    damaged = answers.pop("b.md")
    assert isinstance(damaged, Skipped)
    assert (damaged.code, damaged.incomplete) == ("missing", True)
    assert answers == {"a.md": b"one", "c.md": b"three"}


def test_a_partial_clone_reports_what_it_lacks_and_fetches_nothing(
    repository: Repository, tmp_path: Path
) -> None:
    repository.write("a.md", "one").write("b.md", "two").commit()
    clone = repository.clone(tmp_path / "clone", "--filter=blob:none", "--no-checkout")
    clone.git("cat-file", "blob", blob_hash(b"one"))  # fetched by hand
    tree = GitTree(clone.root, "HEAD")
    assert list(tree.paths()) == ["a.md", "b.md"]
    assert tree.read("a.md") == b"one"
    answer = tree.read("b.md")
    assert isinstance(answer, Skipped)
    assert (answer.code, answer.incomplete) == ("missing", True)


def test_a_repository_with_longer_hashes_is_read(tmp_path: Path) -> None:
    repository = Repository(tmp_path / "sha256").init("--object-format=sha256").write("a.md", "one")
    commit = repository.commit()
    tree = GitTree(repository.root, "HEAD")
    assert contents(tree) == {"a.md": b"one"}
    (file,) = tree.files()
    assert len(commit) == len(tree.commit) == len(file.blob or "") == 64


def test_a_bare_repository_has_revisions_all_the_same(repository: Repository, tmp_path: Path) -> None:
    repository.write("a.md", "one").commit()
    assert contents(GitTree(repository.clone(tmp_path / "bare", "--bare").root, "main")) == {"a.md": b"one"}


def test_a_replaced_object_does_not_stand_in_for_another(repository: Repository) -> None:
    repository.write("a.md", "one").write("b.md", "two").commit()
    repository.git("replace", blob_hash(b"one"), blob_hash(b"two"))
    assert GitTree(repository.root, "HEAD").read("a.md") == b"one"


@pytest.mark.parametrize("revision", ["", "-x", "--all", "a\0b"])
def test_what_git_could_take_for_an_option_is_no_revision(repository: Repository, revision: str) -> None:
    repository.commit()
    with pytest.raises(UserError, match="is not a revision"):
        git.resolve(repository.root, revision)


@pytest.mark.parametrize("revision", ["mian", "HEAD~5", "0" * 40, "main..HEAD", "main:a.md", "HEAD^{tree}"])
def test_a_revision_that_names_no_commit_is_a_user_error(repository: Repository, revision: str) -> None:
    repository.write("a.md").commit()
    with pytest.raises(UserError, match="there is no such revision") as caught:
        git.resolve(repository.root, revision)
    assert caught.value.hint


def test_a_misspelt_or_remote_branch_is_suggested(repository: Repository, tmp_path: Path) -> None:
    repository.write("a.md").commit()
    repository.git("branch", "feature/search")
    clone = repository.clone(tmp_path / "clone")
    for said, meant in {"mian": "main", "feature/search": "origin/feature/search"}.items():
        with pytest.raises(UserError) as caught:
            git.resolve(clone.root, said)
        assert caught.value.hint == f"did you mean {meant}?"


def test_tags_and_abbreviations_name_commits(repository: Repository) -> None:
    commit = repository.write("a.md").commit()
    repository.git("tag", "--annotate", "v1", "--message=first")
    assert {git.resolve(repository.root, name) for name in ("v1", "HEAD", "main", commit[:8])} == {commit}


def test_a_repository_without_a_commit_says_so(repository: Repository) -> None:
    with pytest.raises(UserError, match="no commit yet") as caught:
        GitTree(repository.root, "HEAD")
    assert "commit something first" in caught.value.hint


def test_outside_of_a_repository_there_are_no_revisions(
    plain: Repository, monkeypatch: pytest.MonkeyPatch
) -> None:
    with pytest.raises(UserError, match="is not in a git repository"):
        GitTree(plain.root, "HEAD")
    monkeypatch.setenv("PATH", str(plain.root))
    with pytest.raises(UserError, match="git is not installed"):
        GitTree(plain.root, "HEAD")


def test_the_merge_base_is_where_branches_parted(repository: Repository) -> None:
    base = repository.write("a.md").commit()
    repository.git("checkout", "-q", "-b", "topic")
    repository.write("b.md").commit()
    repository.git("checkout", "-q", "main")
    repository.write("c.md").commit()
    assert git.merge_base(repository.root, "main", "topic") == base
    repository.git("checkout", "-q", "--orphan", "unrelated")
    repository.commit()
    with pytest.raises(UserError, match="no common ancestor") as caught:
        git.merge_base(repository.root, "main", "unrelated")
    assert caught.value.hint == "name the base revision"


def test_a_shallow_clone_is_read_but_tells_what_its_history_lacks(
    repository: Repository, tmp_path: Path
) -> None:
    old = repository.write("a.md", "one").commit()
    repository.git("checkout", "-q", "-b", "topic")
    repository.write("a.md", "two").commit()
    repository.git("checkout", "-q", "main")
    repository.write("b.md").commit()
    clone = repository.clone(tmp_path / "clone", "--depth=1", "--no-single-branch")
    assert contents(GitTree(clone.root, "origin/topic")) == {"a.md": b"two"}
    with pytest.raises(UserError) as lost:
        git.resolve(clone.root, old)
    with pytest.raises(UserError) as apart:
        git.merge_base(clone.root, "main", "origin/topic")
    for caught in (lost, apart):
        assert "fetch-depth: 0" in caught.value.hint


def test_the_default_branch_is_the_remotes_choice_then_main_then_master(
    repository: Repository, tmp_path: Path
) -> None:
    with pytest.raises(UserError, match="no default branch") as caught:
        git.default_branch(repository.root)
    assert caught.value.hint == "name the base revision"
    repository.write("a.md").commit()
    repository.git("branch", "--move", "trunk")
    repository.git("config", "init.defaultBranch", "trunk")
    assert git.default_branch(repository.root) == "trunk"
    repository.git("branch", "master")
    assert git.default_branch(repository.root) == "master"
    repository.git("branch", "main")
    assert git.default_branch(repository.root) == "main"
    clone = repository.clone(tmp_path / "clone")
    assert git.default_branch(clone.root) == "origin/HEAD"
    assert git.resolve(clone.root, "origin/HEAD") == git.resolve(clone.root, "origin/trunk")
    clone.git("remote", "set-head", "origin", "--delete")
    assert git.default_branch(clone.root) == "origin/main"


def test_changed_files_are_named_with_their_blobs(repository: Repository) -> None:
    repository.write("sub/changed.md", "one").write("sub/gone.md", "two").write("sub/same.md").write("top.md")
    repository.commit()
    repository.write("sub/changed.md", "three").write("sub/n\new.md", "four").write("top.md", "else")
    (repository.root / "sub" / "gone.md").unlink()
    (repository.root / "sub" / "link").symlink_to("same.md")
    repository.commit()
    assert git.changed(repository.root / "sub", "HEAD~1", "HEAD") == (
        ChangedFile("changed.md", blob_hash(b"one"), blob_hash(b"three")),
        ChangedFile("gone.md", blob_hash(b"two"), None),
        ChangedFile("n\new.md", None, blob_hash(b"four")),
    )


def test_a_hooks_variables_do_not_lead_to_another_repository(
    repository: Repository, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    commit = repository.write("a.md").commit()
    other = Repository(tmp_path / "other").init().write("b.md")
    other.commit()
    monkeypatch.setenv("GIT_DIR", str(other.root / ".git"))
    monkeypatch.setenv("GIT_INDEX_FILE", str(other.root / ".git" / "index"))
    assert git.resolve(repository.root, "HEAD") == commit


def test_settings_that_the_user_gives_in_variables_hold(
    repository: Repository, monkeypatch: pytest.MonkeyPatch
) -> None:
    repository.write("a.md").commit()
    repository.git("branch", "--move", "trunk")
    monkeypatch.setenv("GIT_CONFIG_COUNT", "1")
    monkeypatch.setenv("GIT_CONFIG_KEY_0", "init.defaultBranch")
    monkeypatch.setenv("GIT_CONFIG_VALUE_0", "trunk")
    assert git.default_branch(repository.root) == "trunk"
