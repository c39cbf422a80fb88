"""Which findings of HEAD are new, and which of them comments hide that are new as well."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from msgspec import Struct
from msgspec.structs import replace

from scrimp import baseline
from scrimp.model.facts import Facts, Ignore
from scrimp.model.findings import Finding
from scrimp.model.policy import Concealment
from scrimp.model.source import Lines
from scrimp.pipeline.audit import Audited

WIDE = frozenset(("file", "start"))
"""Comments that speak of more than one place: what is new there was meant by whoever wrote them."""


class Newly(Struct, frozen=True):
    """Findings that BASE doesn't have, and those of HEAD that only a new comment hides."""

    found: tuple[Finding, ...]
    hidden: tuple[Finding, ...]

    @property
    def judged(self) -> tuple[Finding, ...]:
        """The new findings as they are without the new comments."""
        hidden = {id(each) for each in self.hidden}
        return tuple(replace(each, suppressed=None) if id(each) in hidden else each for each in self.found)

    @property
    def concealed(self) -> Iterator[Concealment]:
        """What the new comments hide."""
        for each in self.hidden:
            path, _, line = each.suppressed.at.rpartition(":") if each.suppressed else ("", "", "")
            yield Concealment("ignore", path, int(line), each.rule, each.tokens_saved, each.monthly_saved)


NOTHING_NEW = Newly((), ())


def newly(before: Audited, had: Iterable[Finding], after: Audited, found: Iterable[Finding]) -> Newly:
    """HEAD's findings beside those that BASE ``had``; one that moved, or whose text was edited elsewhere, is known."""
    had, found = tuple(had), tuple(found)
    commented = tuple(each for each in found if _by_comment(each))
    hidden = _new(before, filter(_by_comment, had), after, commented)
    return Newly(
        _new(before, had, after, found),
        tuple(each for each in hidden if not _was_there(each, before.scan.files, after.scan.files)),
    )


def _new(
    before: Audited, had: Iterable[Finding], after: Audited, found: tuple[Finding, ...]
) -> tuple[Finding, ...]:
    known = baseline.record("", had, _texts(before))
    return baseline.match(known, found, _texts(after)).new


def _texts(audited: Audited) -> dict[str, str]:
    return {each.prompt.id: each.text_sha256 for each in audited.measured.prompts}


def _by_comment(finding: Finding) -> bool:
    return finding.suppressed is not None and finding.suppressed.by == "comment"


def _was_there(finding: Finding, before: Mapping[str, Facts], after: Mapping[str, Facts]) -> bool:
    """Whether BASE has the comment that hides a finding, if it is one that speaks of more than one place."""
    if finding.suppressed is None:
        return False
    path, _, line = finding.suppressed.at.rpartition(":")
    comment = next((each for each in _wide(after, path) if str(_line(after[path], each)) == line), None)
    return comment is not None and any(_said(each) == _said(comment) for each in _wide(before, path))


def _wide(files: Mapping[str, Facts], path: str) -> Iterator[Ignore]:
    facts = files.get(path)
    yield from (each for each in facts.ignores if each.form in WIDE) if facts else ()


def _line(facts: Facts, comment: Ignore) -> int:
    return Lines(facts.lines).position(comment.start)[0]


def _said(comment: Ignore) -> tuple[str, tuple[str, ...], str, str]:
    words = tuple(each.word for each in comment.selectors)
    return comment.form, words, comment.reason, comment.expires
