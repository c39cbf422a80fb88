"""A tree narrowed to what a configuration leaves in."""

from __future__ import annotations

import os

from tree.privileges import give_away, without_privileges
from tree.repository import Repository

from scrimp.model.source import Skipped
from scrimp.tree.git import GitTree
from scrimp.tree.scope import Scoped
from scrimp.tree.worktree import Worktree


def excluded(path: str) -> bool:
    return path.startswith("vendor/")


def in_scope(path: str) -> bool:
    return path.endswith(".md")


def test_excluded_files_are_left_out_of_files_and_skipped_but_can_be_read(repository: Repository) -> None:
    repository.write("a.md").write("vendor/b.md", "other")
    (repository.root / "link").symlink_to("a.md")
    (repository.root / "vendor" / "link").symlink_to("b.md")
    repository.commit()
    for tree in (Worktree(repository.root), GitTree(repository.root, "HEAD")):
        scoped = Scoped(tree, excluded, in_scope)
        assert [file.path for file in scoped.files()] == list(scoped.paths()) == ["a.md"]
        assert [each.path for each in scoped.skipped()] == ["link"]
        assert scoped.read("vendor/b.md") == b"other"
        assert (scoped.root, scoped.revision) == (tree.root, tree.revision)
        scoped.close()


def test_only_files_in_scope_make_a_run_incomplete(plain: Repository) -> None:
    plain.write("large.md", "x" * 11).write("large.bin", "x" * 11)
    scoped = Scoped(Worktree(plain.root, size_limit=10), excluded, in_scope)
    answers = [scoped.read(path) for path in ("large.md", "large.bin")]
    assert [each.incomplete for each in answers if isinstance(each, Skipped)] == [True, False]


def test_what_is_complete_stays_so_in_scope(plain: Repository) -> None:
    os.mkfifo(plain.root / "pipe.md")
    (skipped,) = Scoped(Worktree(plain.root), excluded, in_scope).skipped()
    assert (skipped.path, skipped.code, skipped.incomplete) == ("pipe.md", "special", False)


def test_a_folder_that_cannot_be_listed_is_in_scope_unless_it_is_excluded(ceded: Repository) -> None:
    ceded.write("locked/a.md").write("vendor/locked/a.md")
    give_away(ceded.root)
    locked = [ceded.root / "locked", ceded.root / "vendor" / "locked"]
    for folder in locked:
        folder.chmod(0)

    def question() -> str:
        skipped = Scoped(Worktree(ceded.root), excluded, in_scope).skipped()
        return repr([(each.path, each.incomplete) for each in skipped])

    answer = without_privileges(question)
    for folder in locked:
        folder.chmod(0o755)
    assert answer == repr([("locked/", True)])
