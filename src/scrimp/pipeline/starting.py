"""What ``scrimp init`` would write: files with their texts before and after, from what is found in a tree."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import PurePosixPath

from msgspec import Struct

from scrimp.config.checked import check_root
from scrimp.config.load import TABLE
from scrimp.config.owners import PLACES
from scrimp.config.quantities import Money
from scrimp.config.read_yaml import read_yaml
from scrimp.link import CODE_LANGUAGES
from scrimp.model.errors import UserError
from scrimp.pipeline.audit import read_tree
from scrimp.pipeline.scan import Progress
from scrimp.pipeline.setup import Setup
from scrimp.readers import missing_extra
from scrimp.starting import hooks, workflow
from scrimp.starting.origin import Origin
from scrimp.starting.outline import outline
from scrimp.starting.stack import Stack, stack
from scrimp.starting.table import with_table
from scrimp.starting.written import as_toml, as_yaml
from scrimp.tree import git
from scrimp.tree.worktree import Worktree

CONFIGURATION = "scrimp.yaml"
PROJECT = "pyproject.toml"
MARK = "\ufeff"
MAIN = "main"
"""The branch of a repository that has none yet."""


class Wanted(Struct, frozen=True):
    """What the user wants: beside a configuration, hooks and a workflow.

    ``budget`` is what a change may add a month, in US dollars. With ``in_project`` the configuration becomes a table of
    ``pyproject.toml``.
    """

    hooks: bool = False
    workflow: bool = False
    in_project: bool = False
    budget: str | None = None


class Proposal(Struct, frozen=True):
    """A file as it is (``None``: it isn't there) and as it would be."""

    path: str
    before: str | None
    after: str


class Proposed(Struct, frozen=True):
    """What was found, what would be written, and what is left as it is, each with the reason."""

    found: Stack
    files: tuple[Proposal, ...]
    left: tuple[str, ...]


def found_in(tree: Worktree, setup: Setup, progress: Progress | None = None) -> Stack:
    """The stack of a tree."""
    audited = read_tree(tree, setup, None, progress)
    languages = (each.language for each in audited.scan.files.values() if each.language in CODE_LANGUAGES)
    extras = {extra for each in audited.scan.skipped if (extra := missing_extra(each.path))}
    owners = next((place for place in PLACES if isinstance(tree.read(place), bytes)), None)
    return stack(audited.measured, languages, owners, extras)


def propose(tree: Worktree, setup: Setup, found: Stack, wanted: Wanted, origin: Origin | None) -> Proposed:
    """What would be written; ``origin`` is the repository that hooks and workflow name. Raises ``UserError``."""
    made: list[Proposal | str] = [_configuration(tree, setup, found, wanted)]
    if wanted.hooks or wanted.workflow:
        _refuse_folder(tree)
    if wanted.hooks:
        made.append(_hooks(tree, _known(origin), with_budget=_has_budget(setup, wanted)))
    if wanted.workflow:
        made.append(_workflow(tree, _known(origin)))
    return Proposed(
        found,
        tuple(each for each in made if isinstance(each, Proposal)),
        tuple(each for each in made if isinstance(each, str)),
    )


def workflows_with_scrimp(tree: Worktree) -> Iterator[str]:
    """The workflows that speak of scrimp."""
    for path in tree.paths():
        name = PurePosixPath(path)
        if name.parent == PurePosixPath(".github/workflows") and name.suffix in {".yml", ".yaml"}:
            raw = tree.read(path)
            if isinstance(raw, bytes) and b"scrimp" in raw:
                yield path


def _configuration(tree: Worktree, setup: Setup, found: Stack, wanted: Wanted) -> Proposal | str:
    """The configuration, unless there is one."""
    if setup.loaded.path is not None:
        if wanted.budget is not None:
            hint = "add it there, under budgets, or leave --budget out"
            raise UserError(f"{setup.loaded.path} is there, and is never written over", hint)
        return f"{setup.loaded.path} is there: nothing in it is changed"
    sections = outline(found, _amount(wanted.budget))
    if wanted.in_project:
        before = _text(tree, PROJECT)
        if before is None:
            raise UserError(
                f"there is no {PROJECT} here", "leave --pyproject out: the configuration is scrimp.yaml"
            )
        written = as_toml(sections, ".".join(TABLE))
        return _edited(PROJECT, before, lambda text: with_table(PROJECT, text, TABLE, written))
    text = as_yaml(sections)
    check_root(read_yaml(CONFIGURATION, text.encode()))
    return _new(tree, CONFIGURATION, text)


def _amount(budget: str | None) -> str | None:
    """An amount as it stands in a budget. Raises ``UserError`` for what is none."""
    if budget is None:
        return None
    try:
        Money.parse(budget)
    except ValueError as error:
        raise UserError(
            f"--budget {budget}: {error}", "write US dollars a month, such as --budget 200"
        ) from None
    return budget if budget.startswith("$") else f"${budget}"


def _has_budget(setup: Setup, wanted: Wanted) -> bool:
    return wanted.budget is not None or bool(setup.settings.budgets)


def _hooks(tree: Worktree, origin: Origin, *, with_budget: bool) -> Proposal | str:
    before = _text(tree, hooks.PLACE)
    if before is not None and hooks.runs_scrimp(before):
        return f"{hooks.PLACE} runs scrimp already: nothing in it is changed"
    names = (hooks.HOOK, hooks.BUDGET_HOOK) if with_budget else (hooks.HOOK,)
    if before is None:
        return _new(tree, hooks.PLACE, hooks.with_hooks("", origin, names))
    return _edited(hooks.PLACE, before, lambda text: hooks.with_hooks(text, origin, names))


def _workflow(tree: Worktree, origin: Origin) -> Proposal | str:
    there = next(iter(sorted(workflows_with_scrimp(tree))), None)
    if there is not None:
        return f"{there} speaks of scrimp already: nothing in it is changed"
    if origin.on_github is None:
        hint = "name where your clone of it lives there: --source https://github.com/OWNER/scrimp"
        raise UserError(
            f"a workflow can only use a repository on GitHub, and scrimp came from {origin.address}", hint
        )
    try:
        branch = git.default_branch(tree.root).removeprefix("origin/")
    except UserError:
        branch = MAIN
    return _new(tree, workflow.PLACE, workflow.workflow(origin.on_github, origin.commit, branch))


def _new(tree: Worktree, path: str, text: str) -> Proposal:
    """A file that isn't there yet. Raises ``UserError`` if something else stands in its place."""
    if _text(tree, path) is not None:
        raise UserError(f"{path} is there, and is never written over", "move it away first")
    return Proposal(path, None, text)


def _edited(path: str, before: str, edit: Callable[[str], str]) -> Proposal:
    """A file that becomes another; a byte order mark stays in front."""
    mark = MARK if before.startswith(MARK) else ""
    return Proposal(path, before, mark + edit(before.removeprefix(MARK)))


def _text(tree: Worktree, path: str) -> str | None:
    """The text of a file, ``None`` if there is none. Raises ``UserError`` for what can't be edited: a link, bytes."""
    raw = tree.read(path)
    if isinstance(raw, bytes):
        try:
            return raw.decode()
        except UnicodeDecodeError:
            raise UserError(f"{path}:1:1: is not UTF-8", "save it in the encoding UTF-8") from None
    if raw.code == "missing" and not (tree.root / path).exists():
        return None
    raise UserError(f"{path} can't be edited: {raw.reason}", "edit it by hand, or move it away")


def _refuse_folder(tree: Worktree) -> None:
    """Hooks and workflows stand at the top of a repository, and nowhere else."""
    if not git.is_top(tree.root):
        raise UserError(
            f"{tree.root} is a folder of a repository, whose hooks and workflows stand at its top",
            "run scrimp init there for them; a folder's own scrimp.yaml is written without these options",
        )


def _known(origin: Origin | None) -> Origin:
    if origin is None:
        hint = "name it: --source https://github.com/OWNER/scrimp --rev COMMIT"
        raise UserError("nothing tells in which repository this scrimp lives", hint)
    return origin
