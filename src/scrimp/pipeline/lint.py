"""Findings of chosen files, and their fixes."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace
from datetime import date
from functools import partial

from scrimp import checks
from scrimp.fix import FileRefusedError, Outcome, Refusal, Rewrite, reread, rewrite, verifier, write
from scrimp.model.changes import Verdict
from scrimp.model.errors import UserError
from scrimp.model.facts import Facts
from scrimp.model.findings import Finding, Safety
from scrimp.model.report import Report
from scrimp.model.source import Source
from scrimp.pipeline.audit import Audited, find, read_tree, report
from scrimp.pipeline.scan import Progress, Scanner
from scrimp.pipeline.setup import Setup
from scrimp.readers import reader_for
from scrimp.tree.files import Tree

MOST_PASSES = 8  # of fixing: what overlaps waits for the next pass, which starts from a fresh scan


@dataclass(frozen=True, slots=True)
class Linted:
    """The report of what is left, what was fixed, and fixes that a file refused."""

    report: Report
    fixed: tuple[Finding, ...]
    refused: tuple[Refusal, ...]
    rewrites: tuple[Rewrite, ...]


@dataclass(frozen=True, slots=True)
class Linter:
    """Lints the files of a tree that ``covers`` lets through (POSIX paths relative to the root)."""

    tree: Tree
    setup: Setup
    chosen: Collection[str] | None
    today: date

    def covers(self, path: str) -> bool:
        """Whether findings of a file are wanted: it, or a folder around it, was named, or nothing was."""
        if self.chosen is None or path in self.chosen:
            return True
        return any(path.startswith(name + "/") for name in self.chosen)

    def lint(self, progress: Progress | None = None) -> Linted:
        """The findings as they stand."""
        audited, found = self._find(Scanner(), progress)
        return Linted(self._report(audited, found), (), (), ())

    def preview(self, safeties: Collection[Safety], progress: Progress | None = None) -> Linted:
        """The findings, and what one pass of fixing them would write."""
        audited, found = self._find(Scanner(), progress)
        outcome = rewrite(found.findings, safeties, partial(self._reread, audited), verifier(_read))
        return Linted(self._report(audited, found), outcome.fixed, outcome.refused, outcome.rewrites)

    def fix(self, safeties: Collection[Safety], progress: Progress | None = None) -> Linted:
        """Fix what can be fixed, file by file, each whole or not at all; the findings that are left."""
        scanner = Scanner()
        fixed: list[Finding] = []
        written: list[Rewrite] = []
        refused: dict[str, Refusal] = {}
        for _ in range(MOST_PASSES):
            audited, found = self._find(scanner, progress)
            left = [finding for finding in found.findings if finding.fingerprint not in refused]
            outcome = rewrite(left, safeties, partial(self._reread, audited), verifier(_read))
            failed = self._write(outcome)
            fixed += [finding for finding in outcome.fixed if not failed.keys() & _paths(finding)]
            written += [each for each in outcome.rewrites if each.before.path not in failed]
            refused |= {refusal.finding.fingerprint: refusal for refusal in outcome.refused}
            for finding in outcome.fixed:
                for path in failed.keys() & _paths(finding):
                    refused[finding.fingerprint] = Refusal(finding, failed[path])
            if len(failed) == len(outcome.rewrites):
                break
        else:
            audited, found = self._find(scanner, progress)
        return Linted(self._report(audited, found), tuple(fixed), tuple(refused.values()), tuple(written))

    def _write(self, outcome: Outcome) -> dict[str, str]:
        """Write the files that were rewritten; the reasons of those that refuse, by path."""
        failed: dict[str, str] = {}
        for each in outcome.rewrites:
            try:
                write(self.tree.root, each.before, each.text)
            except FileRefusedError as error:
                failed[each.before.path] = str(error)
        return failed

    def _find(self, scanner: Scanner, progress: Progress | None) -> tuple[Audited, checks.Results]:
        audited = read_tree(self.tree, self.setup, scanner, progress)
        found = find(audited, self.setup, self.today)
        wanted = tuple(finding for finding in found.findings if self.covers(finding.path))
        return audited, checks.Results(wanted, found.skipped)

    def _report(self, audited: Audited, found: checks.Results) -> Report:
        whole = report("check", audited, self.setup, found, Verdict("pass", ()), self.today)
        # Files that nobody named may be as broken as they like.
        return replace(whole, skipped=tuple(each for each in whole.skipped if self.covers(each.path)))

    def _reread(self, audited: Audited, path: str) -> Source:
        return reread(self.tree.root, path, audited.scan.blobs[path])


def _paths(finding: Finding) -> set[str]:
    """The files that a finding's fix changes."""
    return {edit.path for edit in finding.fix.edits} if finding.fix is not None else set()


def _read(source: Source) -> Facts:
    reader = reader_for(source.path, source.text[:4096].encode("utf-8", "replace"))
    if reader is None:
        raise UserError(f"{source.path}: no reader knows this file")
    return reader.read(source)


def statistics(findings: Collection[Finding]) -> Iterator[tuple[str, str, int, int]]:
    """Rule, name, number of findings and tokens saved, most findings first."""
    rules: dict[tuple[str, str], list[Finding]] = {}
    for finding in findings:
        rules.setdefault((finding.rule, finding.name), []).append(finding)
    for (rule, name), members in sorted(rules.items(), key=lambda item: (-len(item[1]), item[0])):
        yield rule, name, len(members), sum(each.tokens_saved or 0 for each in members)
