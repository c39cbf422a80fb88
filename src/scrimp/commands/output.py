"""Writing reports: to the terminal or, atomically, to files; and what a report means as an exit code."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import Struct

from scrimp.commands.options import OutputTarget
from scrimp.commands.printing import put, say
from scrimp.model.errors import UserError
from scrimp.reporters import reporter
from scrimp.reporters.safe import safe
from scrimp.reporters.view import View
from scrimp.store.answers import Printed

if TYPE_CHECKING:
    from scrimp.model.report import Report
    from scrimp.pipeline.setup import Setup
    from scrimp.tree.files import Tree

NARROW = 80

BY_CHANCE = frozenset({"crash", "memory", "permission", "timeout"})
"""Codes of what is skipped for a reason that isn't all in the scanned files."""


class Output(Struct, frozen=True):
    """What the user asked of the output: formats, each with its file or ``None`` for standard output.

    ``root`` is the folder that is reported on.
    """

    targets: Sequence[OutputTarget]
    quiet: bool
    verbose: bool
    color: str
    lists: frozenset[str] = frozenset()
    root: Path = Path()

    def write(self, report: Report, code: int) -> Printed | None:
        """Render a report in each format that was asked for; whatever is asked for, warnings reach people.

        ``code`` is what the process ends with. What was printed is ``None`` if another run may well print something
        else, as one on a machine that is less busy.
        """
        texts = self.put(lambda name, view: reporter(name).render(report, view))
        warnings = [f"warning: {safe(each)}" for each in report.warnings] if self._warns else ()
        say(*warnings, err=True)
        if any(each.code in BY_CHANCE for each in report.skipped):
            return None
        return Printed(tuple(texts), tuple(warnings), code)

    def make_ready(self) -> None:
        """Load the reporters that will be asked for."""
        for name, _ in self.targets:
            reporter(name)

    def completed(self, report: Report, tree: Tree, setup: Setup) -> Report:
        """The report of a tree, with what only some formats need: suggestions, each of which takes a proof."""
        if all(name != "rdjson" for name, _ in self.targets):
            return report
        from scrimp.pipeline.suggesting import suggested  # noqa: PLC0415  heavy

        return suggested(report, tree, setup)

    def repeat(self, printed: Printed) -> int:
        """Write what another run wrote, which was asked for the same; its exit code."""
        texts = iter(printed.texts)
        self.put(lambda _name, _view: next(texts))
        say(*printed.warnings, err=True)
        return printed.code

    def put(self, render: Callable[[str, View], str]) -> list[str]:
        """Write what is rendered, by the name of its format, in each that was asked for; what was written."""
        texts = []
        for name, target in self.targets:
            text = render(name, self._view(target))
            texts.append(text)
            if target is None:
                put(text)
            else:
                write_atomically(Path(target), text)
        return texts

    def views(self) -> list[str]:
        """How each of the formats is to be shown, in words."""
        return [f"{name} {self._view(target)}" for name, target in self.targets]

    @property
    def _warns(self) -> bool:
        """Whether warnings are said apart: a text on the terminal holds them."""
        return not self.quiet and ("text", None) not in self.targets

    def _view(self, target: str | None) -> View:
        terminal = target is None and sys.stdout.isatty()
        auto = terminal and not os.environ.get("NO_COLOR")
        color = {"always": True, "never": False}.get(self.color, auto or bool(os.environ.get("FORCE_COLOR")))
        # COLUMNS, if it is set, holds for a pipe too: who sets it knows what reads that.
        columns = terminal or os.environ.get("COLUMNS", "").isdecimal()
        width = _columns() if columns else NARROW
        return View(
            width=width,
            color=color,
            verbose=self.verbose,
            quiet=self.quiet,
            lists=self.lists,
            within=_within(self.root.absolute()),
        )


def _columns() -> int:
    """How wide the terminal is, or ``COLUMNS`` says that it is."""
    import shutil  # noqa: PLC0415  for pipes, which most hooks write to, it isn't asked

    return shutil.get_terminal_size((NARROW, 24)).columns


def _within(folder: Path) -> str:
    """A folder's path in the repository around it, with a slash behind it; empty at its top, or where there is none."""
    top = next((each for each in (folder, *folder.parents) if (each / ".git").exists()), folder)
    return "" if top == folder else f"{folder.relative_to(top).as_posix()}/"


def write_atomically(target: Path, text: str) -> None:
    """Write a file all or nothing, through links; a device or pipe, which can't be replaced, is written to.

    Raises ``UserError`` if it can't be written.
    """
    real = target.resolve()
    try:
        if real.exists() and not real.is_file():
            real.write_text(text, encoding="utf-8", newline="")
        else:
            _replace(real, text)
    except OSError as error:
        raise UserError(f"{target}: {error.strerror}", "check the path given to --output") from error


def write_in_tree(root: Path, path: str, text: str) -> None:
    """Write a file that a repository's own configuration names, or that lies where everybody's does.

    Raises ``UserError`` for one that leads out of ``root``, by its path or through a link: whoever wrote the repository
    has no say in what else is on the disk.
    """
    target = root / path
    if not target.resolve().is_relative_to(root.resolve()):
        raise UserError(
            f"{path}: it leads out of {root}, so that nothing is written", "name a file inside of the folder"
        )
    target.parent.mkdir(parents=True, exist_ok=True)
    write_atomically(target, text)


def _replace(target: Path, text: str) -> None:
    import tempfile  # noqa: PLC0415  few runs write files

    descriptor, name = tempfile.mkstemp(dir=target.parent, prefix=f".{target.name}.")
    try:
        with os.fdopen(descriptor, "w", encoding="utf-8", newline="") as stream:
            stream.write(text)
        Path(name).chmod(0o666 & ~_umask())
        Path(name).replace(target)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask


def exit_code(report: Report, *, allow_incomplete: bool, exit_zero: bool, findings_fail: bool = False) -> int:
    """The contract's exit code: 3 for an incomplete scan goes before 1 for broken budgets or findings."""
    if any(skipped.incomplete for skipped in report.skipped) and not allow_incomplete:
        return 3
    broken = any(breach.level == "fail" for breach in report.verdict.breaches)
    return 1 if (broken or findings_fail) and not exit_zero else 0
