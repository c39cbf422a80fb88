"""Findings of chosen files, and their fixes."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace
from datetime import date

from scrimp import checks
from scrimp.fix import FileRefusedError, Outcome, Refusal, Rewrite, rewrite, verifier
from scrimp.model.changes import Verdict
from scrimp.model.errors import UserError
from scrimp.model.facts import Facts
from scrimp.model.findings import Finding, Safety, Severity
from scrimp.model.report import Report
from scrimp.model.source import Source
from scrimp.pipeline.audit import Audited, find, old_prices, read_tree, report
from scrimp.pipeline.scan import HEAD, Progress, Scanner
from scrimp.pipeline.setup import Setup
from scrimp.pipeline.targets import Target
from scrimp.readers import reader_for
from scrimp.tree.files import Tree

MOST_PASSES = 8  # of fixing: what overlaps waits for the next pass, which starts from a fresh scan


@dataclass(frozen=True, slots=True)
class Linted:
    """The report of what is left, what was fixed, fixes that a file refused, and the files rewritten.

    ``failed`` tells whether a finding that is left is at or above the level that fails.
    """

    report: Report
    failed: bool
    fixed: tuple[Finding, ...] = ()
    refused: tuple[Refusal, ...] = ()
    rewrites: tuple[Rewrite, ...] = ()


@dataclass(frozen=True, slots=True)
class Linter:
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
        if self.chosen is None or path in self.chosen or path == checks.WHOLE:
            return True
        return any(path.startswith(name + "/") for name in self.chosen)

    def lint(self, progress: Progress | None = None) -> Linted:
        """The findings as they stand."""
        audited, found = self._find(Scanner(), progress)
        return Linted(self._report(audited, found), self._fails(found))

    def preview(
        self, target: Target, safeties: Collection[Safety], progress: Progress | None = None
    ) -> Linted:
        """The findings, and what one pass of fixing them would write."""
        audited, found = self._find(Scanner(), progress)
        outcome = self._rewritten(audited, found.findings, target, safeties)
        return Linted(
            self._report(audited, found), self._fails(found), outcome.fixed, outcome.refused, outcome.rewrites
        )

    def fix(self, target: Target, safeties: Collection[Safety], progress: Progress | None = None) -> Linted:
        """Fix what can be fixed, file by file, each whole or not at all; the findings that are left."""
        scanner = Scanner()
        fixed: list[Finding] = []
        written: list[Rewrite] = []
        refused: dict[str, Refusal] = {}
        for _ in range(MOST_PASSES):
            audited, found = self._find(scanner, progress)
            left = [finding for finding in found.findings if finding.fingerprint not in refused]
            outcome = _written(self._rewritten(audited, left, target, safeties), target)
            fixed += outcome.fixed
            written += outcome.rewrites
            refused |= {refusal.finding.fingerprint: refusal for refusal in outcome.refused}
            if not outcome.rewrites:
                break
        else:
            audited, found = self._find(scanner, progress)
        return Linted(
            self._report(audited, found),
            self._fails(found),
            tuple(fixed),
            tuple(refused.values()),
            tuple(written),
        )

    def _find(self, scanner: Scanner, progress: Progress | None) -> tuple[Audited, checks.Results]:
        """What was read and found, without the findings and troubles of files that nobody named."""
        audited = read_tree(self.tree, self.setup, scanner, progress, self.chosen or ())
        found = find(audited, self.setup, self.today)
        findings = tuple(finding for finding in found.findings if self.covers(finding.path))
        skipped = tuple(each for each in found.skipped if self.covers(each.path))
        unread = tuple(each for each in audited.scan.skipped if self.covers(each.path))
        audited = replace(audited, scan=replace(audited.scan, skipped=unread))
        abstained = tuple(each for each in found.abstained if self.covers(each.path))
        return audited, checks.Results(findings, skipped, abstained)

    def _report(self, audited: Audited, found: checks.Results) -> Report:
        verdict = Verdict("fail" if self._fails(found) else "pass", ())
        return report("check", audited, self.setup, found, verdict, tuple(old_prices(self.setup, self.today)))

    def _fails(self, found: checks.Results) -> bool:
        return any(
            finding.suppressed is None and finding.severity.rank >= self.fail_on.rank
            for finding in found.findings
        )

    def _rewritten(
        self, audited: Audited, findings: Collection[Finding], target: Target, safeties: Collection[Safety]
    ) -> Outcome:
        """One pass of fixing, before anything is written."""

        def source(path: str) -> Source:
            return target.reread(path, audited.scan.blobs[path])

        return rewrite(findings, safeties, source, verifier(self._read))

    def _read(self, source: Source) -> Facts:
        head = source.text[:HEAD].encode("utf-8", "replace")
        reader = reader_for(source.path, head, self.setup.formats)
        if reader is None:
            raise UserError(f"{source.path}: no reader knows this file")
        return reader.read(source)


def _written(outcome: Outcome, target: Target) -> Outcome:
    """Write what a pass rewrote; what can't be written is refused, and its findings are not fixed."""
    reasons: dict[str, str] = {}
    for each in outcome.rewrites:
        try:
            target.write(each.before, each.text)
        except FileRefusedError as error:
            reasons[each.before.path] = str(error)
    refused = [
        Refusal(finding, reasons[path])
        for finding in outcome.fixed
        for path in sorted({edit.path for edit in finding.fix.edits} & reasons.keys() if finding.fix else ())[
            :1
        ]
    ]
    lost = {refusal.finding.fingerprint for refusal in refused}
    return replace(
        outcome,
        rewrites=tuple(each for each in outcome.rewrites if each.before.path not in reasons),
        fixed=tuple(finding for finding in outcome.fixed if finding.fingerprint not in lost),
        refused=(*outcome.refused, *refused),
    )


def statistics(findings: Collection[Finding]) -> Iterator[tuple[str, str, int, int]]:
    """Rule, name, number of findings and tokens saved, most findings first."""
    rules: dict[tuple[str, str], list[Finding]] = {}
    for finding in findings:
        rules.setdefault((finding.rule, finding.name), []).append(finding)
    for (rule, name), members in sorted(rules.items(), key=lambda item: (-len(item[1]), item[0])):
        yield rule, name, len(members), sum(each.tokens_saved or 0 for each in members)
