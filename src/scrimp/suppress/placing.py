"""Where a comment can stand that hides a finding, in each language, the most usual place first.

Nothing is sure here: whoever puts one in reads the file again and sees whether it is a comment, whether it hides what
it is to hide, and whether all else is as before.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Final, NamedTuple

from msgspec import Struct

from scrimp.model.facts import Entry, Facts, Ignore
from scrimp.model.source import Lines, Source
from scrimp.readers import frontmatter
from scrimp.readers.comments import CLOSINGS
from scrimp.readers.ignores import said
from scrimp.suppress.reach import Extent, Place, Reach

_HASH: Final = ("# ", "")
_SLASHES: Final = ("// ", "")
_STYLES: Final = {
    **dict.fromkeys(("python", "ruby", "toml", "yaml"), _HASH),
    **dict.fromkeys(("baml", "csharp", "go", "java", "javascript", "php", "rust", "typescript"), _SLASHES),
}
"""How a comment begins and ends, by the language that a file's facts name."""
_TEMPLATES: Final = {
    "jinja": ("{# ", " #}"),
    "handlebars": ("{{! ", " }}"),
    "mustache": ("{{! ", " }}"),
    "poml": ("<!-- ", " -->"),
}
"""The same inside of templates, where the comment is not sent."""
_MARKUP: Final = frozenset({"poml"})
"""Formats in which a comment may have a line for itself, since blanks between elements are not sent."""
_MOST_LINES: Final = 8
_INDENT: Final = re.compile(r"[ \t]*")
_REST_OF_CELL_LINE: Final = re.compile(r'(?:[^"\\\n]|\\[^n])*')


class Insertion(NamedTuple):
    """A text to put in at an offset."""

    at: int
    text: str


def why_not(reason: str) -> str:
    """What keeps a reason from standing in a comment of any language, ``""`` if nothing does."""
    closing = next((mark for mark in (*CLOSINGS, "{{", "{#") if mark in reason), None)
    if closing is not None:
        return f"{closing} would end or open a comment"
    if not reason.isprintable():
        return "it must be one line"
    wrong_day = said(reason)[2]
    if wrong_day:
        return wrong_day
    return "# or // would begin another comment" if re.search(r"(?:^|\s)(?:#|//)(?:\s|$)", reason) else ""


class Placing(Struct, frozen=True):
    """A file in which comments are put."""

    source: Source
    facts: Facts
    reason: str

    def insertions(self, finding: Extent, rule: str) -> Iterator[Insertion]:
        """Comments that may hide a finding of a rule; of those that are there one may name the rule, too."""
        reach = Reach(self.facts)
        place = reach.place(finding)
        yield from self._joined(reach, place, rule)
        words = f"scrimp: ignore[{rule}] {self.reason}".rstrip()
        entry = _entry_of(self.facts, finding)
        template = _TEMPLATES.get(entry.template) if entry else None
        if template is not None:
            for line in range(finding.first, min(finding.last, finding.first + _MOST_LINES) + 1):
                yield Insertion(self._line_end(line), f"{template[0]}{words}{template[1]}")
            if entry is not None and entry.template in _MARKUP:
                yield self._above(finding.first, f"{template[0]}{words}{template[1]}")
        style = self._style()
        if style is not None:
            yield from self._in_code(place, f"{style[0]}{words}{style[1]}")
        head = frontmatter.find(self.source.text) if self.facts.text is not None else None
        if head is not None:
            whole = f"# scrimp: ignore-file[{rule}] {self.reason}".rstrip()
            yield Insertion(head.end, whole + self._newline())

    def refusal(self) -> str:
        """Why no comment can be put in."""
        otherwise = "except it under per_path in the configuration"
        if self.facts.language == "json":
            return f"JSON has no comments: {otherwise}"
        if self._style() is None and self.facts.text is not None and self.facts.language != "poml":
            return f"a comment here would be sent to the model: {otherwise}"
        return f"no comment here hides it and leaves all else as it is: {otherwise}"

    def _style(self) -> tuple[str, str] | None:
        if self.source.path.endswith(".jsonc"):
            return _SLASHES
        return _STYLES.get(self.facts.language)

    def _joined(self, reach: Reach, finding: Place, rule: str) -> Iterator[Insertion]:
        """Comments with the same reason that speak of the finding already."""
        for ignore in self.facts.ignores:
            if self.is_like(ignore) and reach.covers(ignore, finding):
                yield Insertion(ignore.selectors[-1].end, f", {rule}")

    def is_like(self, ignore: Ignore) -> bool:
        """Whether a comment says what those say that are put in here."""
        plain = ignore.form == "line" and not ignore.trouble
        return plain and (ignore.reason, ignore.expires) == said(self.reason)[:2]

    def _in_code(self, place: Place, comment: str) -> Iterator[Insertion]:
        around = [each for each in (place.text, place.extent, place.statement) if each is not None]
        if self.source.path.endswith(".ipynb"):
            for each in around:
                yield Insertion(
                    self._cell_line_end(each.end), json.dumps(f"  {comment}", ensure_ascii=False)[1:-1]
                )
            return
        for line in dict.fromkeys([*(each.last for each in around), *(each.first for each in around)]):
            yield Insertion(self._line_end(line), f"  {comment}")
        for line in dict.fromkeys(each.first for each in around):
            yield self._above(line, comment)

    def _above(self, line: int, comment: str) -> Insertion:
        """A comment on a line of its own above another, indented as that is."""
        start = Lines(self.facts.lines).starts[line - 1]
        indent = _INDENT.match(self.source.text, start)
        return Insertion(start, f"{indent[0] if indent else ''}{comment}{self._newline()}")

    def _line_end(self, line: int) -> int:
        """Where a line ends, its line end left out."""
        starts = Lines(self.facts.lines).starts
        end = starts[line] - 1 if line < len(starts) else len(self.source.text)
        return end - 1 if self.source.text[end - 1 : end] == "\r" else end

    def _cell_line_end(self, at: int) -> int:
        """Where the line of a notebook's code ends, within the string that it is written in."""
        found = _REST_OF_CELL_LINE.match(self.source.text, at)
        return found.end() if found else at

    def _newline(self) -> str:
        return "\r\n" if "\r\n" in self.source.text else "\n"


def _entry_of(facts: Facts, finding: Extent) -> Entry | None:
    """The text of a format that a finding stands in, the smallest if there are several."""
    around = [each for each in facts.entries if each.start <= finding.start < max(each.end, each.start + 1)]
    return min(around, key=lambda each: each.end - each.start, default=None)
