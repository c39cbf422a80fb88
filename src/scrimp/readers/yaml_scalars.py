"""The scalars of YAML 1.2 decoded, each character with its place: plain, quoted, and block scalars.

Written after the specification (https://yaml.org/spec/1.2.2/, chapters 7 and 8) and compared in tests with
ruamel.yaml.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from scrimp.model.algebra import Text
from scrimp.model.pieces import Writer, verbatim
from scrimp.readers.document import BREAK

_BREAKS = r"[ \t]*+(?:\r\n|\n|\r)(?:[ \t]*+(?:\r\n|\n|\r))*+[ \t]*+"
_ESCAPES = (
    r"\\u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}"
    r"|\\x[0-9a-fA-F]{2}|\\u[0-9a-fA-F]{4}|\\U[0-9a-fA-F]{8}"
    r"|\\(?:\r\n|\n|\r)(?P<kept>(?:[ \t]*+(?:\r\n|\n|\r))*+)[ \t]*+|\\[^\r\n]"
)
_PLAIN = re.compile(rf"(?P<fold>{_BREAKS})|[ \t]++|[^ \t\r\n]++")
_SINGLE = re.compile(rf"(?P<fold>{_BREAKS})|(?P<escape>'')|[ \t]++|[^ \t\r\n']++|'")
_DOUBLE = re.compile(rf"(?P<fold>{_BREAKS})|(?P<escape>{_ESCAPES})|[ \t]++|[^ \t\r\n\\]++|\\")
_SPECIAL = re.compile(r"[\r\n\\']")
_LINE = re.compile(r"(?P<indent> *+)(?P<text>[^\r\n]*+)(?P<end>\r\n|\n|\r|\Z)")
_HEADER = re.compile(r"[|>](?P<marks>[-+0-9]*)[^\r\n]*(?:\r\n|\n|\r|\Z)")
_NAMED = {
    "0": "\0", "a": "\a", "b": "\b", "t": "\t", "\t": "\t", "n": "\n", "v": "\v", "f": "\f", "r": "\r",
    "e": "\x1b",
    " ": " ", '"': '"', "/": "/", "\\": "\\", "N": "\x85", "_": "\xa0", "L": "\u2028", "P": "\u2029",
}  # fmt: skip


class _Line(NamedTuple):
    """A line of a block scalar: its text without the indentation, and where its line break ends."""

    start: int
    end: int
    break_end: int

    @property
    def blank(self) -> bool:
        return self.start == self.end


def plain(source: str, start: int, end: int) -> Text:
    """A plain scalar at ``source[start:end]``: its lines folded."""
    return _flow(_PLAIN, source, start, end)


def single_quoted(source: str, start: int, end: int) -> Text:
    """A scalar between the single quotes at ``start`` and ``end - 1``."""
    return _flow(_SINGLE, source, start + 1, end - 1)


def double_quoted(source: str, start: int, end: int) -> Text:
    """A scalar between double quotes at ``start`` and ``end - 1``; an unknown escape stays as written."""
    return _flow(_DOUBLE, source, start + 1, end - 1)


def block(source: str, start: int, parent: int) -> tuple[Text, int]:
    """The block scalar whose header begins at ``start``, and where its last line that isn't blank ends.

    ``parent`` is the indentation of the node that holds it, -1 at the top of a document.
    """
    header = _HEADER.match(source, start)
    if header is None:
        return Text(""), start
    marks = header["marks"]
    explicit = marks.strip("+-")
    indent = max(parent, 0) + int(explicit[0]) if explicit else _indentation(source, header.end(), parent + 1)
    lines = list(_lines(source, header.end(), indent))
    writer = Writer()
    _join_lines(writer, source, lines, folded=source[start] == ">")
    _chomp(writer, source, lines, marks)
    end = next((line.end for line in reversed(lines) if not line.blank), header.start() + 1 + len(marks))
    return writer.text(), end


def _indentation(source: str, start: int, least: int) -> int:
    """The indentation of the first line that isn't blank; that of the longest line if all are."""
    longest = least
    for line in _LINE.finditer(source, start):
        if line["text"]:
            return len(line["indent"]) if len(line["indent"]) >= least else longest
        longest = max(longest, len(line["indent"]))
    return longest


def _lines(source: str, start: int, indent: int) -> Iterator[_Line]:
    """The lines of a block scalar: all until one that isn't blank and is indented less."""
    while start < len(source):
        line = _LINE.match(source, start)
        if line is None:
            return
        if len(line["indent"]) < indent and line["text"]:
            return
        if indent == 0 and line[0].rstrip() in {"---", "..."}:
            return
        content = min(start + indent, line.end("text"))
        yield _Line(content, line.end("text"), line.end())
        start = line.end()


def _join_lines(writer: Writer, source: str, lines: list[_Line], *, folded: bool) -> None:
    """Write the text of the lines and the breaks between them; the last break is left to the chomping."""
    before: _Line | None = None
    blanks: list[_Line] = []
    for line in lines:
        if line.blank:
            blanks.append(line)
            continue
        if before is not None:
            if folded and _is_flush(source, before) and _is_flush(source, line):
                if not blanks:
                    writer.unit(" ", before.end, line.start)
            else:
                _write_break(writer, source, before)
        for blank in blanks:
            _write_break(writer, source, blank)
        writer.copy(source, line.start, line.end)
        before, blanks = line, []


def _chomp(writer: Writer, source: str, lines: list[_Line], marks: str) -> None:
    """Write the final line break and, if they are kept, those of the blank lines after it."""
    last = max((number for number, line in enumerate(lines) if not line.blank), default=-1)
    kept = (
        ()
        if "-" in marks
        else lines[max(last, 0) :]
        if "+" in marks
        else lines[last : last + 1]
        if last >= 0
        else ()
    )
    for line in kept:
        _write_break(writer, source, line)


def _is_flush(source: str, line: _Line) -> bool:
    """Whether a line begins at the scalar's own indentation, so that folding applies to it."""
    return source[line.start] not in " \t"


def _write_break(writer: Writer, source: str, line: _Line) -> None:
    if line.break_end - line.end == 2:
        writer.unit("\n", line.end, line.break_end)
    elif source[line.end : line.break_end] == "\r":
        writer.made("\n")
    else:
        writer.copy(source, line.end, line.break_end)


def _flow(tokens: re.Pattern[str], source: str, start: int, end: int) -> Text:
    """The text of a scalar that may fold over lines."""
    if not _SPECIAL.search(source, start, end):
        return verbatim(source, start, end)
    writer = Writer()
    for token in tokens.finditer(source, start, end):
        if token.lastgroup == "fold":
            breaks = len(BREAK.findall(token[0]))
            writer.unit("\n" * (breaks - 1) or " ", token.start(), token.end())
        elif token.lastgroup == "escape":
            writer.unit(_unescape(token), token.start(), token.end())
        else:
            writer.copy(source, token.start(), token.end())
    return writer.text()


def _unescape(token: re.Match[str]) -> str:
    escape = token[0]
    mark = escape[1]
    if escape == "''":
        return "'"
    if mark in "\r\n":
        return "\n" * len(BREAK.findall(token["kept"]))
    if mark in "xuU" and len(escape) > 2:
        return _code_point(escape)
    return _NAMED.get(mark, escape)


def _code_point(escape: str) -> str:
    """The character of a numbered escape; two halves of a surrogate pair, as JSON writes them, are one."""
    if len(escape) == 12:
        high, low = int(escape[2:6], 16), int(escape[8:], 16)
        return chr(0x10000 + (high - 0xD800) * 0x400 + low - 0xDC00)
    number = int(escape[2:], 16)
    return chr(number) if number <= 0x10FFFF else escape
