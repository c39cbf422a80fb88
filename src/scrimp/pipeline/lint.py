"""Findings of chosen files, and their fixes."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace

from scrimp import checks
from scrimp.model.changes import Verdict
from scrimp.model.findings import Finding, Safety, Severity
from scrimp.model.report import Report
from scrimp.model.savings import Saveable
from scrimp.pipeline.audit import Audited, find, read_tree, report, saveable
from scrimp.pipeline.glimpse import glimpsed
from scrimp.pipeline.kept import keep
from scrimp.pipeline.part import Part
from scrimp.pipeline.scan import Progress, Scanner
from scrimp.pipeline.setup import Setup
from scrimp.pipeline.targets import Target
from scrimp.pipeline.warnings import old_prices
from scrimp.tree.files import Tree

if TYPE_CHECKING:
    from scrimp.fix import Refusal, Rewrite
    from scrimp.pipeline.fixing import Draft
    from scrimp.pipeline.ignoring import Ignoring
    from scrimp.pipeline.recall import Recalled


class Linted(Struct, frozen=True):
    """The report of what is left, what was fixed, fixes that a file refused, and the files rewritten.

    ``failed`` tells whether a finding that is left is at or above the level that fails.
    """

    report: Report
    failed: bool
    fixed: tuple[Finding, ...] = ()
    refused: tuple[Refusal, ...] = ()
    rewrites: tuple[Rewrite, ...] = ()
    ignored: tuple[Finding, ...] = ()
    """What comments were put in for."""


class Linter(Struct, frozen=True):
    """Lints the files of a tree that ``covers`` lets through (POSIX paths relative to the root).

    Findings of the severity ``fail_on`` or above fail.
    """

    tree: Tree
    setup: Setup
    chosen: Collection[str] | None
    fail_on: Severity
    today: date

    def covers(self, path: str) -> bool:
        """Whether findings of a file are wanted: it, or a folder around it, was named, or nothing was.

        What is about the whole tree is always wanted.
        """
        return Part(self.chosen).covers(path)

    def lint(self, progress: Progress | None = None) -> Linted:
        """The findings as they stand."""
        audited, found = self._find(self.tree, Scanner(), progress)
        keep(self.tree, audited.scan, self.setup, self.chosen or ())
        return Linted(self._summed(audited, found), self._fails(found))

    def relint(self, recalled: Recalled) -> Linted | None:
        """The findings as they stand, from what an earlier run linked; ``None`` where that doesn't tell.

        The report is of the chosen files alone, and holds nothing besides findings.
        """
        seen = None if self.chosen is None else glimpsed(self.tree, self.setup, self.chosen, recalled)
        if seen is None:
            return None
        found = Part(self.chosen).told(find(seen, self.setup, self.today))
        return Linted(self._report(seen, found, Saveable()), self._fails(found))

    def preview(
        self, target: Target, safeties: Collection[Safety], progress: Progress | None = None
    ) -> Linted:
        """The findings, and what fixing them would write."""
        draft = self._draft(target, safeties, Scanner(), progress)
        return self._linted(draft, draft.before)

    def fix(self, target: Target, safeties: Collection[Safety], progress: Progress | None = None) -> Linted:
        """Fix what can be fixed, each fix in all its files or in none; the findings that are left."""
        from scrimp.pipeline.fixing import written  # noqa: PLC0415  heavy, and most runs fix nothing

        scanner = Scanner()
        draft = self._draft(target, safeties, scanner, progress)
        done = written(draft, target)
        all_written = done.rewrites == draft.rewrites
        return self._linted(done, draft.after if all_written else self._find(self.tree, scanner, progress))

    def preview_ignores(self, target: Target, reason: str, progress: Progress | None = None) -> Linted:
        """The findings, and what hiding them by comments would write."""
        draft = self._ignoring(target, reason, progress).draft()
        return self._with_ignores(draft, draft.before)

    def add_ignores(self, target: Target, reason: str, progress: Progress | None = None) -> Linted:
        """Hide what is found by comments in the files, each whole or not at all; the findings that are left."""
        from scrimp.pipeline.ignoring import write_ignores  # noqa: PLC0415  likewise

        ignoring = self._ignoring(target, reason, progress)
        draft = ignoring.draft()
        done = write_ignores(draft, target)
        all_written = done.rewrites == draft.rewrites
        return self._with_ignores(done, draft.after if all_written else ignoring.find(self.tree))

    def _ignoring(self, target: Target, reason: str, progress: Progress | None) -> Ignoring:
        from scrimp.pipeline.fixing import rereader  # noqa: PLC0415
        from scrimp.pipeline.ignoring import Ignoring  # noqa: PLC0415

        scanner = Scanner()

        def find_in(tree: Tree) -> tuple[Audited, checks.Results]:
            return self._find(tree, scanner, progress)

        return Ignoring(self.tree, target, reason, find_in, rereader(self.setup))

    def _with_ignores(self, draft: Draft, left: tuple[Audited, checks.Results]) -> Linted:
        return replace(self._linted(draft, left), fixed=(), ignored=draft.fixed)

    def _linted(self, draft: Draft, left: tuple[Audited, checks.Results]) -> Linted:
        return Linted(self._summed(*left), self._fails(left[1]), draft.fixed, draft.refused, draft.rewrites)

    def _draft(
        self, target: Target, safeties: Collection[Safety], scanner: Scanner, progress: Progress | None
    ) -> Draft:
        from scrimp.fix import verifier  # noqa: PLC0415
        from scrimp.pipeline.fixing import Drafting, rereader  # noqa: PLC0415

        def find_in(tree: Tree) -> tuple[Audited, checks.Results]:
            return self._find(tree, scanner, progress)

        return Drafting(
            self.tree, target, safeties, self.covers, find_in, verifier(rereader(self.setup))
        ).draft()

    def _find(
        self, tree: Tree, scanner: Scanner, progress: Progress | None
    ) -> tuple[Audited, checks.Results]:
        """What was read and found, without the findings and troubles of files that nobody named."""
        audited = read_tree(tree, self.setup, scanner, progress, self.chosen or ())
        found = find(audited, self.setup, self.today)
        unread = tuple(each for each in audited.scan.skipped if self.covers(each.path))
        audited = replace(audited, scan=replace(audited.scan, skipped=unread))
        return audited, Part(self.chosen).told(found)

    def _summed(self, audited: Audited, found: checks.Results) -> Report:
        """The report with what is saved if all that was found is mended."""
        return self._report(audited, found, saveable(audited, self.setup, found.findings))

    def _report(self, audited: Audited, found: checks.Results, less: Saveable) -> Report:
        verdict = Verdict("fail" if self._fails(found) else "pass", ())
        said = (*old_prices(self.setup, self.today), *found.warnings)
        made = report("check", audited, self.setup, found, verdict, said, less)
        return replace(made, fail_on=self.fail_on)

    def _fails(self, found: checks.Results) -> bool:
        return any(
            finding.suppressed is None and finding.severity.rank >= self.fail_on.rank
            for finding in found.findings
        )
