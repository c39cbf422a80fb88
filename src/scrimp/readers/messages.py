"""Marks inside a text that part it into messages: where they stand, and the parts with their roles.

A template may hold marks inside its loops and branches (a conversation so far), so that what is parted is the
scanned template and not its source: each part keeps the loops and branches that it stands in.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from msgspec import Struct

from scrimp.model.algebra import EMPTY, Branch, Expression, Include, Join, Loop, Text, Variable
from scrimp.model.pieces import slice_text, source_range
from scrimp.readers.roles import role_of_word
from scrimp.readers.templates.parts import join

_REST = r"(?:[ \t]*\r?\n)?"
MARKS = {
    "lines": re.compile(
        r"^[ \t]*+#?[ \t]*+(?P<role>system|user|assistant|developer|tool|function)"
        r"[ \t]*+(?:\[[^\]\n]*\])?:[ \t]*+(?:\n|\Z)",
        re.IGNORECASE | re.MULTILINE,
    ),
    "calls": re.compile(
        r"\{\{[-~]?\s*(?:role\s+|_\.(?:role|chat)\(\s*(?:role\s*=\s*)?)[\"'](?P<role>\w+)[\"'][^{}]*\}\}"
        + _REST
    ),
    "blocks": re.compile(
        r"\{%[-+]?\s*(?:chat\s+role\s*=\s*[\"'](?P<role>\w+)[\"'][^%]*|endchat\s*)[-+]?%\}" + _REST
    ),
    "tags": re.compile(
        r"<message\s+role\s*=\s*[\"'](?P<role>[^\"'<>]+)[\"'][^<>]*>" + _REST + r"|</message\s*>" + _REST
    ),
}
"""What begins a message: ``lines`` (``system:``, ``# user:``: Prompty, Prompt flow), ``calls`` (``{{role "system"}}``:
Dotprompt; ``{{ _.role("system") }}``: BAML), ``blocks`` (``{% chat role="system" %}``: LlamaIndex), ``tags``
(``<message role="system">``: Semantic Kernel). A mark without a role ends one."""

_BLANK = re.compile(r"\s*+")


class Message(Struct, frozen=True):
    """A part of a text: its role, what it sends, and the text that it was read from, marks left out."""

    role: str
    expression: Expression
    text: Text


def sniff_marks(text: str) -> str:
    """By which marks a text is parted: those that it begins with, ``""`` if it begins with none.

    One line ``system:`` alone may as well be a heading of a text for people: there must be two of them.
    """
    blank = _BLANK.match(text)
    start = blank.end() if blank else 0
    for name, mark in MARKS.items():
        found = mark.match(text, start)
        if found and found["role"] and (name != "lines" or mark.search(text, found.end())):
            return name
    return ""


def split_messages(text: Text, expression: Expression, marks: str, first: str) -> list[Message]:
    """A scanned text parted at its marks; before any, and behind one that only ends, the role is ``first``.

    ``marks`` is a key of ``MARKS``, or ``""`` for a text that is one message. Parts that hold nothing but blanks
    are left out.
    """
    found = list(MARKS[marks].finditer(text.value)) if marks else []
    roles = [first, *(role_of_word(mark["role"]) if mark["role"] else first for mark in found)]
    starts = [0, *(mark.end() for mark in found)]
    ends = [*(mark.start() for mark in found), len(text.value)]
    raw = [slice_text(text, start, end) for start, end in zip(starts, ends, strict=True)]
    places = [source_range(text, *mark.span()) or (0, 0) for mark in found]
    parts = _Parting(places).run(expression)
    messages = zip(roles, parts, raw, strict=True)
    return [Message(role, part, below) for role, part, below in messages if _sends(part)]


def _sends(expression: Expression) -> bool:
    """Whether an expression is more than blanks."""
    match expression:
        case Text(value):
            return bool(value.strip())
        case Join(parts) | Branch(_, parts):
            return any(_sends(part) for part in parts)
        case Loop(_, body):
            return _sends(body)
    return True


class _Parting(Struct):
    """One walk over an expression, in the order of its source, that begins a new part at each mark."""

    marks: list[tuple[int, int]]
    done: int = 0

    def run(self, expression: Expression) -> list[Expression]:
        """One part more than there are marks."""
        if not self.marks:
            return [expression]
        parts = self._parts(expression)
        return [*parts, *[EMPTY] * (len(self.marks) - self.done)]

    def _parts(self, expression: Expression) -> list[Expression]:
        """The parts of an expression: the first continues the message before it."""
        match expression:
            case Join(members):
                return self._joined(members)
            case Loop(over, body):
                return [EMPTY if part == EMPTY else Loop(over, part) for part in self._parts(body)]
            case Branch():
                return self._branch(expression)
            case Text():
                return self._text(expression)
            case Variable(_, start, _) | Include(_, start, _):
                passed = self._passed(start)
                inside = bool(self.done) and start < self.marks[self.done - 1][1]
                return [*[EMPTY] * passed, EMPTY if inside else expression]
        return [expression]

    def _joined(self, members: Iterable[Expression]) -> list[Expression]:
        parts: list[list[Expression]] = [[]]
        for member in members:
            first, *others = self._parts(member)
            parts[-1].append(first)
            parts += [[other] for other in others]
        return [join(part) for part in parts]

    def _branch(self, branch: Branch) -> list[Expression]:
        """A branch as it is if there is no mark in it; else each part is there if its alternative is taken."""
        alternatives = [self._parts(alternative) for alternative in branch.alternatives]
        if all(len(parts) == 1 for parts in alternatives):
            return [Branch(branch.condition, tuple(parts[0] for parts in alternatives))]
        first = Branch(branch.condition, tuple(parts[0] for parts in alternatives))
        others = [Branch(branch.condition, (part, EMPTY)) for parts in alternatives for part in parts[1:]]
        return [EMPTY if all(parts[0] == EMPTY for parts in alternatives) else first, *others]

    def _text(self, text: Text) -> list[Expression]:
        """A text without the marks in it; what was written nowhere stays with what is before it."""
        parts: list[list[Expression]] = [[]]
        done = 0
        for start, end, written, _ in text.pieces:
            parts[-1].append(slice_text(text, done, start))
            parts += [[] for _ in range(self._passed(written))]
            done = start
            while done < end:
                done = self._piece(text, (start, end, written), done, parts)
        parts[-1].append(slice_text(text, done, len(text.value)))
        return [join(part) for part in parts]

    def _piece(self, text: Text, piece: tuple[int, int, int], at: int, parts: list[list[Expression]]) -> int:
        """Take what of a piece stands before the next mark, or skip what belongs to the last one."""
        start, end, written = piece
        here = written + at - start
        if self.done and here < self.marks[self.done - 1][1]:
            return min(end, start + self.marks[self.done - 1][1] - written)
        upto = end
        if self.done < len(self.marks):
            upto = min(end, start + self.marks[self.done][0] - written)
        if upto > at:
            parts[-1].append(slice_text(text, at, upto))
        if upto < end:
            self.done += 1
            parts.append([])
        return upto

    def _passed(self, start: int) -> int:
        """How many marks begin between what was read and an offset of the source."""
        before = self.done
        while self.done < len(self.marks) and self.marks[self.done][0] <= start:
            self.done += 1
        return self.done - before
