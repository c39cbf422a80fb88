"""Fixes made in memory, pass after pass, each proved by linking the tree anew; only what they led to is written."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence

from msgspec import Struct, field
from msgspec.structs import replace

from scrimp import checks
from scrimp.fix import FileRefusedError, Outcome, Refusal, Rewrite, Verify, broken, paths_of, rewrite
from scrimp.model.errors import UserError
from scrimp.model.facts import Facts
from scrimp.model.findings import Edit, Finding, Safety
from scrimp.model.source import Skipped, Source
from scrimp.pipeline.audit import Audited
from scrimp.pipeline.scan import HEAD
from scrimp.pipeline.setup import Setup
from scrimp.pipeline.targets import Target
from scrimp.readers import reader_for
from scrimp.tree.decode import decode, encode
from scrimp.tree.files import Tree
from scrimp.tree.overlay import Overlay

MOST_PASSES = 8
"""Passes of fixing: what overlaps waits for the next one."""

Found = tuple[Audited, checks.Results]
"""A tree as it was read, and what was found in it."""


def rereader(setup: Setup) -> Callable[[Source], Facts]:
    """What reads a file again, or as it would be, to prove a fix."""

    def read(source: Source) -> Facts:
        head = source.text[:HEAD].encode("utf-8", "replace")
        reader = reader_for(source.path, head, setup.formats)
        if reader is None:
            raise UserError(f"{source.path}: no reader knows this file")
        return reader.read(source)

    return read


class Draft(Struct, frozen=True):
    """What fixing leads to: the files to rewrite, what that fixes, what is refused, and the tree before and after."""

    rewrites: tuple[Rewrite, ...]
    fixed: tuple[Finding, ...]
    refused: tuple[Refusal, ...]
    before: Found
    after: Found


class Drafting(Struct):
    """Makes the fixes of a tree without writing any.

    ``find`` reads and checks a tree; ``covers`` tells which files may be changed.
    """

    tree: Tree
    target: Target
    safeties: Collection[Safety]
    covers: Callable[[str], bool]
    find: Callable[[Tree], Found]
    verify: Verify
    originals: dict[str, Source] = field(default_factory=dict)
    now: dict[str, Source] = field(default_factory=dict)
    """The files that were looked at, as they are after the last pass."""
    fixed: list[Finding] = field(default_factory=list)
    refused: dict[str, Refusal] = field(default_factory=dict)
    """By the finding's fingerprint."""

    def draft(self) -> Draft:
        """Make fixes until there are none left."""
        overlay = Overlay(self.tree, {})
        before = found = self.find(overlay)
        passes = 0
        held: set[str] = set()
        while passes < MOST_PASSES:
            outcome = self._outcome(found, held)
            self._refuse(outcome.refused)
            if not outcome.rewrites:
                if not held and not (outcome.refused and outcome.waiting):
                    break
                held = set()
                continue
            trial = overlay.with_contents(
                {each.before.path: encode(each.before, each.text) for each in outcome.rewrites}
            )
            then = self.find(trial)
            suspects = _unsound(outcome.fixed, found[0], then[0])
            if not suspects:
                overlay, found = trial, then
                self._keep(outcome)
                self._forgive({each.before.path for each in outcome.rewrites})
                passes += not held
                held = set()
            for group in suspects:
                if len(group) == 1:
                    self._refuse(group)
                else:  # one of them may be to blame alone
                    held |= {each.finding.fingerprint for each in group[len(group) // 2 :]}
        changed = (Rewrite(before, self.now[path].text) for path, before in sorted(self.originals.items()))
        rewrites = tuple(each for each in changed if each.text != each.before.text)
        return Draft(rewrites, tuple(self.fixed), tuple(self.refused.values()), before, found)

    def _outcome(self, found: Found, held: Collection[str]) -> Outcome:
        """One pass: the fixes of the findings that were not refused before, and aren't held back."""
        audited, results = found
        out = {*self.refused, *held}
        left = [finding for finding in results.findings if finding.fingerprint not in out]

        def source(path: str) -> Source:
            if path not in self.now:
                if not self.covers(path):
                    raise FileRefusedError(f"it would change {path}, which is not to be checked", path)
                self.now[path] = self.originals[path] = self.target.reread(path, audited.scan.blobs[path])
            return self.now[path]

        return rewrite(left, self.safeties, source, self.verify)

    def _refuse(self, refusals: Iterable[Refusal]) -> None:
        for refusal in refusals:
            self.refused.setdefault(refusal.finding.fingerprint, refusal)

    def _forgive(self, paths: Collection[str]) -> None:
        """Let what was refused in some files be tried again: their text is another now."""
        for fingerprint, refusal in list(self.refused.items()):
            if any(edit.path in paths for edit in _edits(refusal.finding)):
                del self.refused[fingerprint]

    def _keep(self, outcome: Outcome) -> None:
        self.fixed += outcome.fixed
        for each in outcome.rewrites:
            source = decode(each.before.path, encode(each.before, each.text))
            assert not isinstance(source, Skipped)
            self.now[each.before.path] = source


def _unsound(fixed: Sequence[Finding], before: Audited, after: Audited) -> list[list[Refusal]]:
    """The fixes of which one or more do more to a prompt than replace text in it, for each prompt that suffers.

    Suspected are those that were found in the prompt, else all in its files, else all.
    """
    edits = [edit for finding in fixed for edit in _edits(finding)]
    reasons = broken(before.measured.prompts, after.measured.prompts, edits)
    suspects: list[list[Refusal]] = []
    for each in before.measured.prompts:
        reason = reasons.get(each.prompt.id)
        if reason is not None:
            files = paths_of(each.prompt)
            own = [finding for finding in fixed if finding.prompt == each.prompt.id]
            near = [finding for finding in fixed if any(edit.path in files for edit in _edits(finding))]
            suspects.append([Refusal(finding, reason) for finding in own or near or fixed])
    return suspects


def _edits(finding: Finding) -> tuple[Edit, ...]:
    return finding.fix.edits if finding.fix else ()


# --- writing --------------------------------------------------------------------------------------------


def written(draft: Draft, target: Target) -> Draft:
    """Write what a draft rewrites; what can't be written is refused with all files that it was fixed together with."""
    done: list[Rewrite] = []
    refused: list[Refusal] = []
    lost: set[str] = set()
    for group in _groups(draft):
        try:
            target.write(group)
        except FileRefusedError as error:
            paths = {each.before.path for each in group}
            for finding in draft.fixed:
                if any(edit.path in paths for edit in _edits(finding)):
                    lost.add(finding.fingerprint)
                    refused.append(Refusal(finding, _reason(error, finding)))
        else:
            done += group
    fixed = tuple(finding for finding in draft.fixed if finding.fingerprint not in lost)
    return replace(draft, rewrites=tuple(done), fixed=fixed, refused=(*draft.refused, *refused))


def _reason(error: FileRefusedError, finding: Finding) -> str:
    return str(error) if error.path == finding.path else f"{error.path}: {error}"


def _groups(draft: Draft) -> list[list[Rewrite]]:
    """The rewrites, those together that a fix makes together."""
    groups = [{each.before.path} for each in draft.rewrites]
    for finding in draft.fixed:
        paths = {edit.path for edit in _edits(finding)}
        joined = [group for group in groups if group & paths]
        groups = [group for group in groups if not group & paths] + [set().union(*joined)]
    by_path = {each.before.path: each for each in draft.rewrites}
    return [[by_path[path] for path in sorted(group)] for group in groups if group]
