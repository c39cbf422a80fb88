"""What is staged, whatever lies in the working tree."""

from __future__ import annotations

from subprocess import CalledProcessError

import pytest
from tree.repository import Repository
from tree.test_tree_git import NAMES, contents

from scrimp.model.errors import UserError
from scrimp.tree.git import GitTree
from scrimp.tree.staged import StagedTree


def test_it_is_what_the_next_commit_holds(repository: Repository) -> None:
    repository.write("kept.md", "old").write("edited.md", "old").write("gone.md").commit()
    repository.write("edited.md", "staged").git("add", "edited.md")
    repository.write("edited.md", "not staged").write("untracked.md").git(
        "rm", "--quiet", "--cached", "gone.md"
    )

    tree = StagedTree(repository.root)

    assert contents(tree) == {"edited.md": b"staged", "kept.md": b"old"}
    assert (tree.revision.kind, tree.revision.commit) == ("staged", None)


def test_it_needs_no_commit(repository: Repository) -> None:
    repository.write("a.md", "one").git("add", "--all")

    assert contents(StagedTree(repository.root)) == {"a.md": b"one"}


def test_all_names_and_kinds_are_as_once_committed(repository: Repository) -> None:
    for name in NAMES:
        repository.write(name, name)
    (repository.root / "link").symlink_to("a\nb.md")
    repository.git("add", "--all")
    staged = StagedTree(repository.root)
    before = contents(staged), [(each.path, each.code) for each in staged.skipped()]
    repository.commit()
    tree = GitTree(repository.root, "HEAD")

    assert before == (contents(tree), [(each.path, each.code) for each in tree.skipped()])


def test_a_folder_of_a_repository_is_listed_from_that_folder(repository: Repository) -> None:
    repository.write("top.md").write("sub/a.md", "one").git("add", "--all")

    assert contents(StagedTree(repository.root / "sub")) == {"a.md": b"one"}


def test_the_index_that_git_is_about_to_commit_counts(
    repository: Repository, monkeypatch: pytest.MonkeyPatch
) -> None:
    """``git commit FILE`` leaves out what else is staged, and tells its hooks so."""
    repository.write("a.md", "old").write("b.md", "old").commit()
    repository.write("a.md", "new").write("b.md", "new").git("add", "b.md")
    monkeypatch.setenv("GIT_INDEX_FILE", str(repository.root / ".git" / "partial"))
    repository.git("read-tree", "HEAD")
    repository.git("add", "a.md")

    assert contents(StagedTree(repository.root)) == {"a.md": b"new", "b.md": b"old"}


def test_while_files_are_unmerged_nothing_is_judged(repository: Repository) -> None:
    repository.write("a.md", "base").commit()
    repository.git("branch", "topic")
    repository.write("a.md", "ours").commit()
    repository.git("checkout", "--quiet", "topic")
    repository.write("a.md", "theirs").commit()
    with pytest.raises(CalledProcessError):
        repository.git("merge", "main")

    with pytest.raises(UserError, match=r"a\.md is not merged yet"):
        StagedTree(repository.root).files()


def test_a_blob_that_a_partial_clone_lacks_is_missing(repository: Repository) -> None:
    repository.write("a.md", "one").write("sub/b.md", "two").commit()
    clone = repository.clone(repository.root.parent / "clone", "--filter=blob:none", "--no-checkout")
    clone.git("read-tree", "HEAD")

    found = StagedTree(clone.root).read("a.md")

    assert not isinstance(found, bytes)
    assert (found.code, found.incomplete) == ("missing", True)
