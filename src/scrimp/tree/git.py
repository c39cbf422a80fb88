"""The files of a git revision, and what else only git knows: revisions, branches, changed and listed files.

Nothing is ever checked out: blobs are read as they were committed, so neither line end conversion nor
filters apply.
"""

from __future__ import annotations

import re
from functools import cached_property
from pathlib import Path

from msgspec import Struct

from scrimp.model.errors import UserError
from scrimp.model.revision import Revision
from scrimp.tree.command import ask, decoded, records, run, run_with_warnings
from scrimp.tree.files import OnDisk, folder
from scrimp.tree.limits import SIZE_LIMIT
from scrimp.tree.objects import SUBMODULE, ObjectTree, TreeEntry

UNREADABLE = re.compile(r"^warning: could not open directory '(.*?)': ", re.MULTILINE | re.DOTALL)
"""How git says that it left a folder out; its listing succeeds all the same."""


REGULAR = "H 100"
"""How ``git ls-files -t --stage`` begins the record of a file that is tracked, as nearly all are."""


class NoDefaultBranchError(UserError):
    """None of the branches is one that changes are usually merged into."""


class ChangedFile(Struct, frozen=True):
    """A path whose content differs: the blob hashes before and after, ``None`` where it doesn't exist."""

    path: str
    before: str | None
    after: str | None


class GitTree(ObjectTree):
    """The files of one revision, below ``root`` if that is a folder of the repository.

    Raises ``UserError`` if the root is in no repository, or the revision doesn't exist.
    """

    def __init__(self, root: Path, revision: str, size_limit: int = SIZE_LIMIT) -> None:
        self.commit = resolve(folder(root), revision)
        super().__init__(root, Revision("commit", self.commit), size_limit)

    @cached_property
    def entries(self) -> tuple[TreeEntry, ...]:
        """What git lists of the revision."""
        # Git lists only what is below the folder it runs in, and names it from there.
        return tuple(map(_entry, records(run(self.root, "ls-tree", "-r", "-z", self.commit))))

    @property
    def objects(self) -> str:
        """The commit."""
        return self.commit

    @property
    def place(self) -> str:
        """As in a message."""
        return f"commit {self.commit[:12]}"


def _entry(line: str) -> TreeEntry:
    """A line of ``git ls-tree``: ``<mode> <kind> <hash>``, a tab, and the path as it is."""
    fields, _, path = line.partition("\t")
    mode, _, name = fields.split(" ")
    return TreeEntry(mode, name, path)


def resolve(root: Path, revision: str) -> str:
    """The hash of the commit that a revision names; raises ``UserError`` with a suggestion if none does."""
    if not revision or revision.startswith("-") or "\0" in revision:
        raise UserError(f"{revision!r} is not a revision", "name a branch, a tag or a commit")
    commit = ask(root, "rev-parse", "--verify", "--quiet", f"{revision}^{{commit}}")
    if commit is None:
        raise _no_such_revision(root, revision)
    _refuse_twins(root, revision)
    return commit


def is_top(root: Path) -> bool:
    """Whether a folder is the top of its repository. Raises ``NoRepositoryError`` where there is none around it."""
    return ask(root, "rev-parse", "--show-prefix") == ""


def remote(root: Path) -> str | None:
    """The address of the remote ``origin``, ``None`` if there is none."""
    return ask(root, "config", "--get", "remote.origin.url")


def has_commits(root: Path) -> bool:
    """Whether the branch that is checked out has a commit."""
    return ask(root, "rev-parse", "--verify", "--quiet", "HEAD^{commit}") is not None


def _refuse_twins(root: Path, revision: str) -> None:
    """Raise ``UserError`` for a name that a tag, a branch and a remote branch have at once, for different commits.

    Git would take the tag. Whoever may push one, or a branch called ``origin/main``, would choose what is compared.
    """
    names = [f"refs/{place}/{revision}" for place in ("tags", "heads", "remotes")]
    listed = decoded(run(root, "for-each-ref", "--format=%(refname)", *names)).splitlines()
    twins = [name for name in names if name in listed]
    if len({ask(root, "rev-parse", "--verify", "--quiet", f"{name}^{{commit}}") for name in twins}) > 1:
        raise UserError(
            f"{revision} is ambiguous: it is {' and '.join(twins)}", "name one of them in full, or a commit"
        )


def merge_base(root: Path, one: str, other: str) -> str:
    """The best common ancestor of two revisions; raises ``UserError`` if there is none in this clone."""
    base = ask(root, "merge-base", resolve(root, one), resolve(root, other))
    if base is None:
        raise UserError(
            f"{one} and {other} have no common ancestor here", _deepen(root) or "name the base revision"
        )
    return base


def default_branch(root: Path) -> str:
    """The branch that changes are merged into: the remote's choice, else main, master or the user's own.

    The answer is a revision; a branch of the remote ``origin`` comes before a local one of the same name.
    Raises ``NoDefaultBranchError`` if none exists.
    """
    configured = ask(root, "config", "--get", "init.defaultBranch")
    names = list(dict.fromkeys(filter(None, ("main", "master", configured))))
    wanted = [f"refs/{place}/{name}" for name in names for place in ("remotes/origin", "heads")]
    listed = run(root, "for-each-ref", "--format=%(refname)", "refs/heads", "refs/remotes/origin")
    existing = set(decoded(listed).splitlines())
    for reference in ("refs/remotes/origin/HEAD", *wanted):
        if reference in existing:
            return reference.removeprefix("refs/remotes/").removeprefix("refs/heads/")
    raise NoDefaultBranchError(
        f"{root}: no default branch was found (tried origin/HEAD, {', '.join(names)})",
        "name the base revision",
    )


def changed(root: Path, base: str, head: str) -> tuple[ChangedFile, ...]:
    """The regular files below ``root`` that differ between two revisions, in git's order; a rename is two."""
    commits = (resolve(root, base), resolve(root, head))
    output = run(root, "diff-tree", "-r", "-z", "--raw", "--no-renames", "--relative", *commits)
    fields = iter(records(output))
    differing = (_difference(meta, path) for meta, path in zip(fields, fields, strict=True))
    return tuple(each for each in differing if each.before or each.after)


def on_disk(root: Path) -> OnDisk:
    """What git lists below a folder of a working tree: tracked files, and untracked ones not ignored.

    Raises ``NoRepositoryError`` outside of a repository and without git, and ``UserError`` where git refuses.
    """
    output, warnings = run_with_warnings(
        root, "ls-files", "-z", "-t", "--stage", "--cached", "--others", "--exclude-standard"
    )
    listed = dict(map(_listed, records(output)))
    odd = {path: fields for path, fields in listed.items() if not fields.startswith(REGULAR)}
    inner = {path for path, fields in odd.items() if fields[2:8] == SUBMODULE or path.endswith("/")}
    return OnDisk(
        paths=tuple(path for path in listed if path not in inner) if inner else tuple(listed),
        repositories=tuple(path.rstrip("/") for path in inner),
        sparse=tuple(path for path, fields in odd.items() if fields.startswith("S ")),
        unreadable=_unreadable(root, warnings),
    )


def is_ignored(root: Path) -> bool:
    """Whether a folder of a working tree is itself among what git ignores."""
    return ask(root, "check-ignore", ".") is not None


def _listed(line: str) -> tuple[str, str]:
    """A record of ``git ls-files -t --stage``: the path, and ``?`` or ``<tag> <mode> <hash> <stage>``."""
    fields, tab, path = line.partition("\t")
    return (path, fields) if tab and fields[0] != "?" else (line[2:], "?")


def _unreadable(root: Path, warnings: str) -> tuple[str, ...]:
    """The folders that git could not list, each ending with a slash."""
    named = UNREADABLE.findall(warnings)  # from the top of the repository
    prefix = (ask(root, "rev-parse", "--show-prefix") or "") if named else ""
    return tuple(path.removeprefix(prefix) or "./" for path in named)


def _difference(meta: str, path: str) -> ChangedFile:
    """A record of ``git diff-tree --raw``: ``:<mode> <mode> <hash> <hash> <status>``."""
    mode_before, mode_after, before, after, _ = meta.removeprefix(":").split(" ")
    return ChangedFile(path, _regular(mode_before, before), _regular(mode_after, after))


def _regular(mode: str, blob: str) -> str | None:
    return blob if mode.startswith("100") else None


def _no_such_revision(root: Path, revision: str) -> UserError:
    from difflib import get_close_matches  # noqa: PLC0415  only this error needs it

    if revision == "HEAD":
        return UserError(
            f"{root}: the repository has no commit yet", "commit something first, or run: scrimp audit"
        )
    names = decoded(run(root, "for-each-ref", "--format=%(refname:short)")).splitlines()
    remote = [name for name in names if name.endswith(f"/{revision}")]
    close = remote or get_close_matches(revision, names, n=1)
    suggestion = f"did you mean {close[0]}?" if close else _deepen(root)
    return UserError(
        f"{revision}: there is no such revision in {root}",
        suggestion or "git branch --all lists what there is",
    )


def _deepen(root: Path) -> str:
    """What to do in a shallow clone; empty elsewhere."""
    if ask(root, "rev-parse", "--is-shallow-repository") != "true":
        return ""
    return "this clone is shallow: run git fetch --unshallow, or check out with fetch-depth: 0"
