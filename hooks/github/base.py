"""Which commit a change is compared with, and getting hold of it; nothing is ever checked out.

An event tells the base only together with what is checked out: of a pull request that is, by default, its merge
into the base, whose first parent then is the base as it is now. A clone with one commit of history is enough.
"""

from __future__ import annotations

from event import Event
from git import Clone
from problem import Problem

DEPTHS = ("--deepen=50", "--deepen=500", "--unshallow")
"""How a shallow clone is given more history until two commits have an ancestor in common."""


def base_of(event: Event, clone: Clone) -> str | None:
    """The hash of the commit that HEAD is compared with; ``None`` if the event is no change, but a time or a call.

    Raises ``Problem`` if there is one that this clone lacks and that can't be fetched.
    """
    if not event.is_change:
        return None
    if clone.commit("HEAD") is None:
        raise Problem(
            f"there is no commit in {clone.root} that git would show",
            "check the repository out before this step; in a container git must trust its folder (safe.directory)",
        )
    if event.pull_request:
        return _of_pull_request(event, clone)
    if event.merge_group_base:
        return _here(event.merge_group_base, clone)
    return _of_push(event, clone)


def named(revision: str, clone: Clone) -> str:
    """The commit that the workflow names as base: a revision of the clone, or a branch, tag or hash of the remote."""
    if revision.startswith("-"):
        raise Problem(f"{revision} is not a revision", "give the input base a branch, a tag or a commit")
    found = clone.commit(revision) or clone.fetch(revision, depth="--depth=1")
    if found is None:
        raise _unavailable(revision)
    return found


def _of_pull_request(event: Event, clone: Clone) -> str:
    parents = clone.parents("HEAD")
    # A branch may end in a merge of its own, whose first parent is its own, too: the second must be the branch.
    if len(parents) == 2 and parents[1] == event.pull_request_head:
        return _here(parents[0], clone)
    return _where_it_left(event.pull_request_base, clone)


def _of_push(event: Event, clone: Clone) -> str | None:
    to_default = event.pushed_branch == event.default_branch
    if event.before and (to_default or not event.forced):
        return _here(event.before, clone)
    if to_default:
        return None  # the first commit of a repository changes nothing
    tip = clone.fetch(f"refs/heads/{event.default_branch}", depth="--depth=1")
    if tip is None:
        raise _unavailable(event.default_branch)
    return _where_it_left(tip, clone)


def _here(commit: str, clone: Clone) -> str:
    if clone.has(commit) or clone.fetch(commit, depth="--depth=1"):
        return commit
    raise _unavailable(commit)


def _where_it_left(branch: str, clone: Clone) -> str:
    """The last commit that HEAD has in common with a branch: what was done there since is not HEAD's change."""
    _here(branch, clone)
    head = clone.commit("HEAD") or "HEAD"
    found = clone.merge_base(branch, head)
    for depth in DEPTHS:
        if found or not clone.is_shallow():
            break
        clone.fetch(branch, head, depth=depth)
        found = clone.merge_base(branch, head)
    if found is None:
        raise Problem(
            f"what is checked out has no commit in common with the base {branch}",
            "check out the pull request's merge, which actions/checkout does by default, or with fetch-depth: 0",
        )
    return found


def _unavailable(revision: str) -> Problem:
    return Problem(
        f"the base {revision} is not in this clone and can't be fetched",
        "let actions/checkout persist credentials, or fetch more: fetch-depth: 2 for a pull request's merge, else 0",
    )
