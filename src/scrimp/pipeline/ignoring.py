"""Comments put into files for what is found in them, each only where it proves to hide that and to change nothing."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from msgspec import Struct
from msgspec.structs import replace

from scrimp import suppress
from scrimp.fix import FileRefusedError, Refusal, Rewrite, comment_verifier, splice
from scrimp.model.facts import Facts, Ignore
from scrimp.model.findings import Edit, Finding
from scrimp.model.source import Lines, Source
from scrimp.pipeline.fixing import Draft, Found
from scrimp.pipeline.targets import Target
from scrimp.suppress.placing import Insertion, Placing
from scrimp.suppress.reach import Extent, Reach, written
from scrimp.tree.decode import encode
from scrimp.tree.files import Tree
from scrimp.tree.overlay import Overlay


class Ignoring(Struct, frozen=True):
    """Makes comments for what is found in a tree, without writing any.

    ``find`` reads and checks a tree, ``read`` one file; ``reason`` stands in every comment.
    """

    tree: Tree
    target: Target
    reason: str
    find: Callable[[Tree], Found]
    read: Callable[[Source], Facts]

    def draft(self) -> Draft:
        """Comments for all that is shown, but for what is said of comments themselves; ``fixed`` is what they hide."""
        before = self.find(self.tree)
        by_path: dict[str, list[Finding]] = {}
        for finding in before[1].findings:
            if finding.suppressed is None and not finding.rule.startswith(suppress.OWN):
                by_path.setdefault(finding.path, []).append(finding)
        drafts = [self._in_file(path, found, before) for path, found in sorted(by_path.items())]
        rewrites = tuple(each for draft in drafts for each in draft.rewrites)
        overlay = Overlay(self.tree, {each.before.path: encode(each.before, each.text) for each in rewrites})
        after = self.find(overlay) if rewrites else before
        changed = _changed(before, after)
        kept = [draft if not changed.intersection(draft.paths) else draft.withdrawn() for draft in drafts]
        if changed:
            contents = {
                each.before.path: encode(each.before, each.text) for draft in kept for each in draft.rewrites
            }
            after = self.find(Overlay(self.tree, contents))
        return Draft(
            tuple(each for draft in kept for each in draft.rewrites),
            tuple(each for draft in kept for each in draft.hidden),
            tuple(each for draft in kept for each in draft.refused),
            before,
            after,
        )

    def _in_file(self, path: str, findings: Sequence[Finding], found: Found) -> _FileDraft:
        """The comments of one file."""
        blob = found[0].scan.blobs.get(path)
        try:
            if blob is None:
                raise FileRefusedError(
                    "it is about the tree as a whole: leave the rule out under ignore", path
                )
            before = self.target.reread(path, blob)
        except FileRefusedError as error:
            return _FileDraft(None, (), tuple(Refusal(finding, str(error)) for finding in findings))
        file = _File.of(before, self.read, self.reason, findings)
        hidden = tuple(each for number, each in enumerate(findings) if file.hide(number, each.rule))
        refusal = file.placing.refusal()
        refused = tuple(Refusal(each, refusal) for each in findings if each not in hidden)
        return _FileDraft(Rewrite(before, file.source.text), hidden, refused)


class _FileDraft(Struct, frozen=True):
    rewrite: Rewrite | None
    hidden: tuple[Finding, ...]
    refused: tuple[Refusal, ...]

    @property
    def rewrites(self) -> tuple[Rewrite, ...]:
        changes = self.rewrite is not None and self.rewrite.text != self.rewrite.before.text
        return (self.rewrite,) if self.rewrite is not None and changes else ()

    @property
    def paths(self) -> tuple[str, ...]:
        return tuple(each.before.path for each in self.rewrites)

    def withdrawn(self) -> _FileDraft:
        """Without the comments, which changed a prompt after all."""
        reason = "a comment would change what is sent"
        return _FileDraft(None, (), (*self.refused, *(Refusal(each, reason) for each in self.hidden)))


def _changed(before: Found, after: Found) -> set[str]:
    """The files of prompts whose text is another one."""
    texts = {each.prompt.id: each.text_sha256 for each in after[0].measured.prompts}
    return {
        each.prompt.path
        for each in before[0].measured.prompts
        if texts.get(each.prompt.id) != each.text_sha256
    }


def write_ignores(draft: Draft, target: Target) -> Draft:
    """Write what a draft rewrites, file by file; what can't be written is refused."""
    done: list[Rewrite] = []
    reasons: dict[str, str] = {}
    for each in draft.rewrites:
        try:
            target.write([each])
            done.append(each)
        except FileRefusedError as error:
            reasons[each.before.path] = str(error)
    lost = tuple(Refusal(each, reasons[each.path]) for each in draft.fixed if each.path in reasons)
    fixed = tuple(each for each in draft.fixed if each.path not in reasons)
    return replace(draft, rewrites=tuple(done), fixed=fixed, refused=(*draft.refused, *lost))


# --- one file -------------------------------------------------------------------------------------------


class _File(Struct):
    """A file that gets one comment after the other, and where its findings have moved meanwhile."""

    source: Source
    facts: Facts
    read: Callable[[Source], Facts]
    reason: str
    places: list[tuple[int, int]]

    @classmethod
    def of(
        cls, source: Source, read: Callable[[Source], Facts], reason: str, findings: Iterable[Finding]
    ) -> _File:
        facts = read(source)
        extents = (Reach(facts).of_finding(finding) for finding in findings)
        return cls(source, facts, read, reason, [(each.start, each.end) for each in extents])

    @property
    def placing(self) -> Placing:
        return Placing(self.source, self.facts, self.reason)

    def hide(self, number: int, rule: str) -> bool:
        """Put in the first comment that hides the finding of a number; whether there is one."""
        finding = Reach(self.facts).extent(*self.places[number])
        if any(self._is_hidden(each, finding, rule) for each in self.facts.ignores):
            return True
        for insertion in self.placing.insertions(finding, rule):
            edit = _edit(self.source, self.facts, insertion)
            after = replace(self.source, text=splice(self.source.text, [edit]))
            facts = self.read(after)
            places = [_moved(place, insertion) for place in self.places]
            if not _hides(facts, insertion, Reach(facts).extent(*places[number]), rule):
                continue
            if comment_verifier(self.read)(self.source, [edit]) is None:
                self.source, self.facts, self.places = after, facts, places
                return True
        return False

    def _is_hidden(self, ignore: Ignore, finding: Extent, rule: str) -> bool:
        """Whether a comment hides a finding that was put in for another."""
        named = any(selector.word == rule for selector in ignore.selectors)
        return named and self.placing.is_like(ignore) and _reaches(self.facts, ignore, finding)


def _hides(facts: Facts, insertion: Insertion, finding: Extent, rule: str) -> bool:
    """Whether what was put in is, or is part of, a comment that hides a finding and is never sent."""
    end = insertion.at + len(insertion.text)
    for each in facts.ignores:
        if each.start < end and insertion.at < each.end and any(one.word == rule for one in each.selectors):
            return not each.trouble and _reaches(facts, each, finding)
    return False


def _reaches(facts: Facts, ignore: Ignore, finding: Extent) -> bool:
    reach = Reach(facts)
    line = ignore.form == "line" and reach.covers(ignore, reach.place(finding))
    return (line or ignore.form == "file") and not _is_text(facts, ignore.start)


def _is_text(facts: Facts, at: int) -> bool:
    """Whether a character is part of any text that the file holds, prompt or not."""
    texts = (*(each.expression for each in facts.sites), *(each.expression for each in facts.entries))
    return any(start <= at < end for text in texts for start, end in written(text))


def _edit(source: Source, facts: Facts, insertion: Insertion) -> Edit:
    place = Lines(facts.lines).place(insertion.at, insertion.at)
    return Edit(source.path, insertion.at, insertion.at, insertion.text, place)


def _moved(place: tuple[int, int], insertion: Insertion) -> tuple[int, int]:
    """Where a range stands after something is put in before it or at its beginning."""
    start, end = place
    by = len(insertion.text)
    if insertion.at <= start:
        return start + by, end + by
    return start, end + (by if insertion.at < end else 0)
