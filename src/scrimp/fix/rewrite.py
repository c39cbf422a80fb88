"""Which fixes are made, and what the files look like afterwards."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence

from msgspec import Struct

from scrimp.fix.shift import splice
from scrimp.fix.verify import Verify
from scrimp.fix.write import FileRefusedError, Rewrite
from scrimp.model.findings import Edit, Finding, Safety
from scrimp.model.source import Source


class Refusal(Struct, frozen=True):
    """A finding whose fix is not made, and why."""

    finding: Finding
    reason: str


class Outcome(Struct, frozen=True):
    """Files to write, sorted by path; findings they fix; those refused; those that overlap and must wait."""

    rewrites: tuple[Rewrite, ...]
    fixed: tuple[Finding, ...]
    refused: tuple[Refusal, ...]
    waiting: tuple[Finding, ...]


def rewrite(
    findings: Iterable[Finding],
    safeties: Collection[Safety],
    read: Callable[[str], Source],
    verify: Verify,
) -> Outcome:
    """Make the fixes of some findings whose safety is among ``safeties``; the first of two that overlap wins.

    ``read`` gives the source that the findings' offsets belong to, or raises ``FileRefusedError``. A fix is
    made in all its files or in none: one that a file refuses, or that ``verify`` refuses there, is left out
    everywhere. Suppressed findings are left alone.
    """
    chosen, waiting = _choose(finding for finding in findings if _wanted(finding, safeties))
    bench = _Bench(read, verify, {})
    refused: list[Refusal] = []
    while True:
        paths = sorted({edit.path for finding in chosen for edit in _edits(finding)})
        again = [refusal for path in paths for refusal in bench.refusals(path, chosen)]
        if not again:
            break
        refused += again
        out = {id(refusal.finding) for refusal in again}
        chosen = [finding for finding in chosen if id(finding) not in out]
    rewrites = (bench.rewritten(path, chosen) for path in paths)
    changed = tuple(each for each in rewrites if each.text != each.before.text)
    return Outcome(changed, tuple(chosen), tuple(_once(refused)), tuple(waiting))


class _Bench(Struct, frozen=True):
    """Tries fixes on files, each of which is read once."""

    read: Callable[[str], Source]
    verify: Verify
    sources: dict[str, Source]

    def source(self, path: str) -> Source:
        if path not in self.sources:
            self.sources[path] = self.read(path)
        return self.sources[path]

    def rewritten(self, path: str, findings: Iterable[Finding]) -> Rewrite:
        before = self.source(path)
        return Rewrite(before, splice(before.text, _in_file(path, findings)))

    def refusals(self, path: str, findings: Sequence[Finding]) -> Iterator[Refusal]:
        """The fixes that can't be made in a file."""
        concerned = [finding for finding in findings if any(edit.path == path for edit in _edits(finding))]
        try:
            yield from self._tried(path, [], concerned)
        except FileRefusedError as error:
            yield from (Refusal(finding, str(error)) for finding in concerned)

    def _tried(self, path: str, good: list[Finding], findings: Sequence[Finding]) -> Iterator[Refusal]:
        """Those of some fixes that can't be made besides the ``good``, to which the others are added.

        All are tried together; if that fails, either half.
        """
        reason = self.reason(path, [*good, *findings])
        if reason is None:
            good += findings
        elif len(findings) == 1:
            yield Refusal(findings[0], reason)
        else:
            half = len(findings) // 2
            yield from self._tried(path, good, findings[:half])
            yield from self._tried(path, good, findings[half:])

    def reason(self, path: str, findings: Iterable[Finding]) -> str | None:
        return self.verify(self.source(path), [finding.fix for finding in findings if finding.fix])


def _wanted(finding: Finding, safeties: Collection[Safety]) -> bool:
    return finding.suppressed is None and finding.fix is not None and finding.fix.safety in safeties


def _edits(finding: Finding) -> tuple[Edit, ...]:
    return finding.fix.edits if finding.fix else ()


def _in_file(path: str, findings: Iterable[Finding]) -> Iterator[Edit]:
    return (edit for finding in findings for edit in _edits(finding) if edit.path == path)


def _choose(findings: Iterable[Finding]) -> tuple[list[Finding], list[Finding]]:
    """Findings none of whose edits touches one of an earlier finding, and the others."""
    taken: dict[str, list[Edit]] = {}
    chosen: list[Finding] = []
    waiting: list[Finding] = []
    for finding in findings:
        if any(_touch(edit, other) for edit in _edits(finding) for other in taken.get(edit.path, ())):
            waiting.append(finding)
            continue
        chosen.append(finding)
        for edit in _edits(finding):
            taken.setdefault(edit.path, []).append(edit)
    return chosen, waiting


def _touch(one: Edit, other: Edit) -> bool:
    """Whether two edits overlap, or meet where text is put in, the place of which would be unclear."""
    if one.text or other.text:
        return one.start <= other.end and other.start <= one.end
    return one.start < other.end and other.start < one.end


def _once(refusals: Iterable[Refusal]) -> Iterator[Refusal]:
    """Each finding's first refusal."""
    seen: set[int] = set()
    for refusal in refusals:
        if id(refusal.finding) not in seen:
            seen.add(id(refusal.finding))
            yield refusal
