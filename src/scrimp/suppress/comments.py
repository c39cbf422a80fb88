"""Comments that hide findings: what each of them hides, and why some hide nothing."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date

from msgspec import Struct, field
from msgspec.structs import replace

from scrimp.config.selectors import ALL, covers
from scrimp.model.facts import Facts, Ignore
from scrimp.model.findings import Finding, Suppression
from scrimp.model.prompts import Prompt
from scrimp.model.segments import TextSegment, walk
from scrimp.suppress.nearby import Nearby
from scrimp.suppress.reach import Extent, Place, Reach

OWN = "SUP"
"""What the rules about comments begin with: only a comment that names them hides what they find."""


class Comment(Struct):
    """A comment of a file, and which of the rules that it names it hid something of (by their position).

    ``end`` is the comment that closes the block that this one opens. ``is_sent`` tells that it is part of a text that
    a model is sent, ``is_over`` that its day has passed, ``trouble`` why it can't be understood: then it hides
    nothing.
    """

    path: str
    ignore: Ignore
    reach: Reach
    end: Ignore | None = None
    is_sent: bool = False
    is_over: bool = False
    trouble: str = ""
    used: set[int] = field(default_factory=set)

    @property
    def is_in_force(self) -> bool:
        """Whether it hides anything at all."""
        return not (self.trouble or self.is_sent or self.is_over) and self.ignore.form != "end"

    def hides(self, finding: Finding, place: Place) -> bool:
        """Whether it hides a finding that stands at a place of its file, which is noted."""
        chosen = [
            number
            for number, selector in enumerate(self.ignore.selectors)
            if covers(selector.word, finding.rule)
            and not (finding.rule.startswith(OWN) and selector.word == ALL)
        ]
        if not chosen or not self._reaches(place):
            return False
        self.used.update(chosen)
        return True

    def _reaches(self, place: Place) -> bool:
        line = place.extent.first
        match self.ignore.form:
            case "file":
                return True
            case "start":
                return self.end is not None and self._block(self.end).touches(line, line)
        return self.reach.covers(self.ignore, place)

    def _block(self, end: Ignore) -> Extent:
        return self.reach.extent(self.ignore.start, end.end)

    @property
    def suppression(self) -> Suppression:
        """What is told of a finding that it hides."""
        line = self.reach.extent(self.ignore.start, self.ignore.end).first
        return Suppression("comment", self.ignore.reason, self.ignore.expires, f"{self.path}:{line}")


def comments(files: Mapping[str, Facts], prompts: Iterable[Prompt], today: date) -> tuple[Comment, ...]:
    """All comments of a tree that would hide findings, in the order of their places."""
    speaking = {path: facts for path, facts in files.items() if facts.ignores}
    if not speaking:
        return ()
    sent = _sent(prompts, speaking)
    found: list[Comment] = []
    for path, facts in sorted(speaking.items()):
        reach = Reach(facts)
        own = [Comment(path, each, reach, trouble=each.trouble) for each in facts.ignores]
        own.sort(key=lambda comment: comment.ignore.start)
        _pair(own)
        for comment in own:
            at = comment.ignore.start
            comment.is_sent = any(start <= at < end for start, end in sent.get(path, ()))
            comment.is_over = "" < comment.ignore.expires < today.isoformat()
        found += own
    return tuple(found)


def hide(findings: Iterable[Finding], comments: Collection[Comment]) -> Iterator[Finding]:
    """Findings in their order, those that a comment hides marked so; a comment that did notes it."""
    by_path: dict[str, list[Comment]] = {}
    for comment in comments:
        if comment.is_in_force:
            by_path.setdefault(comment.path, []).append(comment)
    nearby = {path: Nearby.of((each.ignore for each in own), own[0].reach) for path, own in by_path.items()}
    for finding in findings:
        own = by_path.get(finding.path, [])
        hiding = _hiding(finding, own, nearby[finding.path]) if own else []
        yield replace(finding, suppressed=hiding[0].suppression) if hiding else finding


def _hiding(finding: Finding, own: Sequence[Comment], nearby: Nearby) -> list[Comment]:
    """The comments of a finding's file that hide it."""
    reach = own[0].reach
    place = reach.place(reach.of_finding(finding))
    return [own[number] for number in nearby.to(place) if own[number].hides(finding, place)]


def _pair(comments: Iterable[Comment]) -> None:
    """Lead each beginning of a block to its end: the next that names the same rules, or none."""
    opened: list[Comment] = []
    for comment in comments:
        if comment.ignore.form == "start":
            opened.append(comment)
        elif comment.ignore.form == "end":
            beginning = next((each for each in reversed(opened) if _closes(comment, each)), None)
            if beginning is None:
                comment.trouble = comment.trouble or "no ignore-start above it is closed by it"
            else:
                beginning.end = comment.ignore
                opened.remove(beginning)
    for comment in opened:
        comment.trouble = comment.trouble or "no ignore-end below closes it"


def _closes(end: Comment, start: Comment) -> bool:
    words = {each.word for each in end.ignore.selectors}
    return not words or words == {each.word for each in start.ignore.selectors}


def _sent(prompts: Iterable[Prompt], paths: Collection[str]) -> dict[str, set[tuple[int, int]]]:
    """Where texts that a model is sent are written in some files."""
    found: dict[str, set[tuple[int, int]]] = {}
    for prompt in prompts:
        for segment in walk(prompt.segments):
            if isinstance(segment, TextSegment) and segment.path in paths:
                ranges = found.setdefault(segment.path, set())
                ranges.update((start, end) for _, _, start, end in segment.pieces)
    return found
