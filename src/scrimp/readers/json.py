"""JSON, also with comments and trailing commas, token by token: exact places, no recursion, no surrender.

A grammar's tree of a large file costs more time than all else here; JSON needs only a stack.
"""

from __future__ import annotations

import re

from msgspec import Struct, field

from scrimp.model.algebra import Text
from scrimp.model.facts import Facts, Fault
from scrimp.model.pieces import Writer, verbatim
from scrimp.model.source import Lines, Source
from scrimp.readers import markers
from scrimp.readers.adapters import facts
from scrimp.readers.document import DEPTH, LOADABLE, Document, Key, Scalar, too_deep
from scrimp.readers.evidence import hints_at_prompt

name = "json"
VERSION = 4

_TOKEN = re.compile(
    r'(?P<string>"(?:[^"\\\n]|\\.)*+")'
    r"|(?P<mark>[\[\]{},:])"
    r"|(?P<literal>-?\d[\d.eE+-]*+|true|false|null|NaN|-?Infinity)"
    r"|(?P<skip>[ \t\r\n\ufeff]++|//[^\n]*+|/\*(?:[^*]|\*(?!/))*+\*/)"
    r"|(?P<bad>.)",
    re.DOTALL,
)
_ESCAPE = re.compile(
    r"\\u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}|\\u[0-9a-fA-F]{4}|\\.", re.DOTALL
)
_SIMPLE = {"b": "\b", "f": "\f", "n": "\n", "r": "\r", "t": "\t", '"': '"', "\\": "\\", "/": "/"}


def read(source: Source) -> Facts:
    """The strings of a JSON file: prompts under prompt keys, the others as text that code may load."""
    if is_data(source.text):
        return Facts("json", "json", Lines.of("").packed)  # of a file that holds nothing no place is told
    document = parse(source.text)
    return markers.added(facts("json", source, document), markers.in_json(source.text))


def is_data(text: str) -> bool:
    """Whether a text has more values than code looks up by name, and no prompt key: none is read."""
    return text.count('":') > LOADABLE and not hints_at_prompt("json", text.encode("utf-8", "surrogatepass"))


def parse(text: str) -> Document:
    """All scalars of a text. The first malformed place becomes a fault; reading goes on behind it."""
    return _Parse(text).run()


def decode(source: str, start: int, end: int) -> Text:
    """The string between quotes at ``start`` and ``end - 1``; an unknown escape stays as written."""
    if source.find("\\", start, end) < 0:
        return verbatim(source, start + 1, end - 1)
    writer = Writer()
    done = start + 1
    for escape in _ESCAPE.finditer(source, start + 1, end - 1):
        writer.copy(source, done, escape.start())
        writer.unit(_unescape(escape[0]), escape.start(), escape.end())
        done = escape.end()
    writer.copy(source, done, end - 1)
    return writer.text()


def _unescape(escape: str) -> str:
    if escape[1] != "u" or len(escape) < 6:
        return _SIMPLE.get(escape[1], escape)
    if len(escape) == 6:
        return chr(int(escape[2:], 16))
    high, low = int(escape[2:6], 16), int(escape[8:], 16)
    return chr(0x10000 + (high - 0xD800) * 0x400 + low - 0xDC00)


class _Level(Struct):
    """An open object or list: its last key or index, and what is due: ``key``, ``:``, ``value`` or ``,``."""

    closing: str
    key: Key
    expects: str


class _Parse(Struct):
    """One walk over the tokens of a text, with the objects and lists that are open."""

    text: str
    levels: list[_Level] = field(default_factory=list)
    scalars: list[Scalar] = field(default_factory=list)
    malformed: int = -1

    def run(self) -> Document:
        """The scalars in the order of the text."""
        for token in _TOKEN.finditer(self.text):
            match token.lastgroup:
                case "string":
                    self._string(token.start(), token.end())
                case "literal":
                    self._value(Text(token[0]), token.start(), token.end(), "other")
                case "mark":
                    self._mark(token[0], token.start())
                case "bad":
                    self._fail(token.start())
            if len(self.levels) > DEPTH:
                return too_deep(token.start(), "this JSON")
        if self.levels:
            self._fail(len(self.text))
        return Document(tuple(self.scalars), self._faults())

    def _string(self, start: int, end: int) -> None:
        text = decode(self.text, start, end)
        if self.levels and self.levels[-1].expects == "key":
            self.levels[-1].key = text.value
            self.levels[-1].expects = ":"
        else:
            self._value(text, start, end, "string")

    def _value(self, text: Text, start: int, end: int, kind: str) -> None:
        self._expect("value", ",", start)
        self.scalars.append(Scalar(tuple(level.key for level in self.levels), text, start, end, kind))

    def _mark(self, mark: str, start: int) -> None:
        if mark in "{[":
            self._expect("value", ",", start)
            self.levels.append(_Level("}", "", "key") if mark == "{" else _Level("]", 0, "value"))
        elif not self.levels:
            self._fail(start)
        elif mark == ":":
            self._expect(":", "value", start)
        elif mark == ",":
            self._next(start)
        else:
            self._close(mark, start)

    def _next(self, start: int) -> None:
        """A comma: the next member of the open object or list follows."""
        level = self.levels[-1]
        self._expect(",", "key" if level.closing == "}" else "value", start)
        if isinstance(level.key, int):
            level.key += 1

    def _close(self, mark: str, start: int) -> None:
        level = self.levels.pop()
        if mark != level.closing or level.expects == ":" or (mark == "}" and level.expects == "value"):
            self._fail(start)

    def _expect(self, expected: str, following: str, start: int) -> None:
        """Note a place where something else was due; reading goes on as if it were right."""
        if self.levels:
            if self.levels[-1].expects != expected:
                self._fail(start)
            self.levels[-1].expects = following

    def _fail(self, offset: int) -> None:
        if self.malformed < 0:
            self.malformed = offset

    def _faults(self) -> tuple[Fault, ...]:
        if self.malformed < 0:
            return ()
        return (Fault("syntax", "this is no JSON from here on", self.malformed, incomplete=True),)
