"""Mustache and Handlebars: holes, sections, partials, ``if``, ``unless``, ``each``, helpers."""

from __future__ import annotations

import re

from msgspec import Struct, field

from scrimp.model.algebra import EMPTY, Branch, Expression, Include, Loop, Text, Variable
from scrimp.model.pieces import slice_text
from scrimp.readers.templates.parts import join, place

DEPTH = 100
"""How deep sections may nest; the tags of deeper ones are left out, their text stays."""

_TAG = re.compile(
    r"(?P<escaped>\\)?+(?:"
    r"(?P<remark>\{\{~?!--)"
    r"|\{\{\{(?P<raw>[^{}]*+)\}\}\}"
    r"|\{\{(?P<before>~?)(?P<mark>[#^/>!&=]?)(?P<body>(?:[^{}]|\{(?!\{)|\}(?!\}))*+)\}\})",
    re.DOTALL,
)
_REMARK_END = re.compile(r"--~?\}\}")
_LINE_REST = re.compile(r"[ \t]*+(?:\r?\n|\Z)")
_BLANKS = re.compile(r"\s*+")
_STANDALONE = frozenset("#^/>!=")


class _Section(Struct):
    """An open section: the parts of the alternative that is being read, and those before it.

    ``kind`` is ``loop branch plain``; ``inverted`` tells that its text is sent where its subject is not.
    """

    name: str
    kind: str
    subject: str
    inverted: bool = False
    parts: list[Expression] = field(default_factory=list)
    conditions: list[str] = field(default_factory=list)
    alternatives: list[Expression] = field(default_factory=list)
    complete: bool = False

    def turn(self, condition: str) -> None:
        """What follows is sent instead of what came before, without a condition as the last alternative."""
        self.alternatives.append(join(self.parts))
        self.parts = []
        self.complete = not condition
        if condition:
            self.conditions.append(condition)

    def close(self) -> Expression:
        """The section as one expression."""
        alternatives = [*self.alternatives, join(self.parts)]
        if self.kind == "loop":
            alternatives[0] = Loop(self.subject, alternatives[0])
        if len(alternatives) == 1 and self.kind != "branch":
            return alternatives[0]
        if not self.complete:
            alternatives.append(EMPTY)
        if self.inverted:
            alternatives = [*alternatives[1:], alternatives[0]]
        return Branch(" else ".join([self.subject, *self.conditions]), tuple(alternatives))


def scan(text: Text) -> Expression:
    """What a template sends. A section of a name alone is a loop, since Mustache repeats it over lists."""
    return _Walk(text).run()


class _Walk:
    """One walk over a template, with the sections that are open."""

    def __init__(self, text: Text) -> None:
        self.text = text
        self.value = text.value
        self.open = [_Section("", "plain", "")]
        self.too_deep = 0
        self.done = 0

    def run(self) -> Expression:
        """The whole template; sections that are never closed end with it."""
        while tag := _TAG.search(self.value, self.done):
            if tag["escaped"]:
                self._until(tag.start(), tag.start() + 1)
                self._until(tag.end(), tag.end())
            elif tag["remark"]:
                end = _REMARK_END.search(self.value, tag.end())
                if end is None:
                    break
                self._until(*self._extent(tag, end.end()))
            else:
                self._until(*self._extent(tag, tag.end()))
                self._tag(tag)
        self._until(len(self.value), len(self.value))
        while len(self.open) > 1:
            self._close()
        return join(self.open[0].parts)

    def _tag(self, tag: re.Match[str]) -> None:
        mark = tag["mark"] or ""
        body = (tag["raw"] or tag["body"] or "").strip("~ \t\r\n")
        where = place(self.text, tag.start(), tag.end())
        first = body.split(None, 1)[0] if body else ""
        if mark in {"!", "="} or not body:
            if mark == "^":
                self._turn("")
        elif mark in {"#", "^"}:
            self._begin(_section(body.lstrip("*> "), inverted=mark == "^"))
        elif mark == "/":
            self._end(body)
        elif mark == ">":
            self._add(Include(first.strip("\"'()"), *where))
        elif first == "else":
            self._turn(body.removeprefix("else").strip().removeprefix("if").strip())
        else:
            self._add(Variable(body if '"' in first or "'" in first else first.lstrip("$"), *where))

    def _begin(self, section: _Section) -> None:
        if len(self.open) > DEPTH:
            self.too_deep += 1
        else:
            self.open.append(section)

    def _turn(self, condition: str) -> None:
        if len(self.open) > 1 and not self.too_deep and not self.open[-1].complete:
            self.open[-1].turn(condition)

    def _end(self, name: str) -> None:
        if self.too_deep:
            self.too_deep -= 1
        elif any(section.name == name for section in self.open):
            while self.open[-1].name != name:
                self._close()
            self._close()

    def _close(self) -> None:
        self._add(self.open.pop().close())

    def _add(self, expression: Expression) -> None:
        self.open[-1].parts.append(expression)

    def _until(self, start: int, done: int) -> None:
        """Text up to a tag; reading goes on behind it."""
        if start > self.done:
            self._add(slice_text(self.text, self.done, start))
        self.done = max(done, self.done)

    def _extent(self, tag: re.Match[str], end: int) -> tuple[int, int]:
        """What a tag takes with it: blanks at a ``~``, and its whole line where it stands alone on one."""
        start = tag.start()
        if tag["remark"] or tag["mark"] in _STANDALONE or (tag["body"] or "").strip("~ ").startswith("else"):
            line = self.value.rfind("\n", self.done, start) + 1
            line = line or (self.done if self.done == 0 or self.value[self.done - 1] == "\n" else start + 1)
            rest = _LINE_REST.match(self.value, end)
            if line <= start and rest and not self.value[line:start].strip(" \t"):
                return line, rest.end()
        if self.value.startswith("{{~", start):
            start = self.done + len(self.value[self.done : start].rstrip())
        if self.value.startswith("~", end - 3):
            end = _blanks_end(self.value, end)
        return start, end


def _section(body: str, *, inverted: bool) -> _Section:
    """The section that a tag opens: a helper where it has arguments, else one that a list repeats."""
    name, _, argument = body.partition(" ")
    subject = argument.split(" as |")[0].strip()
    if name in {"if", "unless"}:
        return _Section(name, "branch", subject, inverted != (name == "unless"))
    if name == "each":
        return _Section(name, "loop", subject)
    if subject:
        return _Section(name, "plain", name)
    return _Section(name, "branch" if inverted else "loop", name, inverted)


def _blanks_end(value: str, start: int) -> int:
    blanks = _BLANKS.match(value, start)
    return blanks.end() if blanks else start
