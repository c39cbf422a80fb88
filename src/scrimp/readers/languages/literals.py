"""String literals as text with its places in the source: escapes, holes, and the margin of literals over many lines."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping

from msgspec import Struct
from msgspec.structs import replace

from scrimp.model.algebra import Expression, Join
from scrimp.model.pieces import Writer

LINE = re.compile(r"[^\n]*\n|[^\n]+")
NUMBERED = re.compile(r"\\(?:x|u|U)(?:\{([0-9A-Fa-f_ ]+)\}|([0-9A-Fa-f]+))")
OCTAL = re.compile(r"\\([0-7]{1,3})")
HIGH_BYTE = re.compile(r"\\(?:x[89A-Fa-f][0-9A-Fa-f]|[23][0-7]{2})")
REPLACEMENT = "\N{REPLACEMENT CHARACTER}"
ESCAPES = {
    "n": "\n",
    "t": "\t",
    "r": "\r",
    "b": "\b",
    "f": "\f",
    "v": "\v",
    "a": "\a",
    "0": "\0",
    "e": "\x1b",
}
"""Escapes that mean the same in all these languages as far as they have them."""


class Part(Struct, frozen=True):
    """A stretch of a literal's inside, at those offsets of the source.

    ``value`` is what it stands for if it isn't copied as it is; ``hole`` is what is put in at run time.
    """

    start: int
    end: int
    value: str | None = None
    hole: Expression | None = None

    @property
    def is_copied(self) -> bool:
        """Whether the text stands in the source as it is."""
        return self.value is None and self.hole is None


def parts_between(start: int, end: int, special: Iterable[Part]) -> list[Part]:
    """The inside of a literal from ``start`` to ``end``: the special parts, in order, and what lies between them."""
    parts: list[Part] = []
    at = start
    for part in special:
        if part.start > at:
            parts.append(Part(at, part.start))
        if part.end > at:
            parts.append(part)
            at = part.end
    if at < end:
        parts.append(Part(at, end))
    return parts


def with_escapes(
    holes: Iterable[Part],
    escape: re.Pattern[str],
    text: str,
    within: tuple[int, int],
    simple: Mapping[str, str] = ESCAPES,
) -> list[Part]:
    """The holes of a literal and its escapes from one offset to another, in order, for ``parts_between``."""
    escapes = (
        Part(found.start(), found.end(), unescaped(found[0], simple))
        for found in escape.finditer(text, *within)
    )
    return sorted((*holes, *escapes), key=lambda part: part.start)


def unescaped(written: str, simple: Mapping[str, str] = ESCAPES) -> str:
    """What an escape stands for. A character that is no escape's stands for itself, a line end for nothing."""
    body = written[1:]
    if body[:1] in ("\n", "\r"):
        return ""
    number = NUMBERED.fullmatch(written)
    if number is not None:
        codes = (number[1] or number[2]).replace("_", "").split()  # Ruby writes several in braces
        return "".join(_character(int(code, 16)) for code in codes)
    octal = OCTAL.fullmatch(written)
    if octal is not None:
        return _character(int(octal[1], 8))
    return simple.get(body, body)


def escapes(
    pattern: re.Pattern[str], text: str, start: int, end: int, simple: Mapping[str, str] = ESCAPES
) -> Iterator[Part]:
    """The escapes of a literal's inside, for a grammar that doesn't tell them all."""
    for found in pattern.finditer(text, start, end):
        yield Part(found.start(), found.end(), unescaped(found[0], simple))


def bytes_joined(parts: Iterable[Part], text: str) -> Iterator[Part]:
    r"""Parts with neighbouring escapes of bytes (``\xc3\xa9``) as the characters that they are in UTF-8."""
    waiting: list[Part] = []
    for part in parts:
        is_byte = HIGH_BYTE.fullmatch(text, part.start, part.end) is not None
        if waiting and (not is_byte or waiting[-1].end != part.start):
            yield _character_of(waiting)
            waiting = []
        if is_byte:
            waiting.append(part)
        else:
            yield part
    if waiting:
        yield _character_of(waiting)


def _character_of(escaped: list[Part]) -> Part:
    values = bytes(ord(part.value or "\0") for part in escaped)
    return Part(escaped[0].start, escaped[-1].end, values.decode("utf-8", "replace"))


def _character(number: int) -> str:
    return chr(number) if number <= 0x10FFFF else REPLACEMENT


def expression(parts: Iterable[Part], text: str) -> Expression:
    """The parts of a literal as text and holes. Line ends become line feeds."""
    writer = Writer()
    found: list[Expression] = []
    for part in _paired(parts):
        if part.hole is not None:
            if writer:
                found.append(writer.take())
            found.append(part.hole)
        elif part.value is not None:
            writer.unit(part.value, part.start, part.end)
        else:
            _copy(text, part, writer)
    if writer or not found:
        found.append(writer.take())
    return found[0] if len(found) == 1 else Join(tuple(found))


def _copy(text: str, part: Part, writer: Writer) -> None:
    at = part.start
    while (found := text.find("\r\n", at, part.end)) >= 0:
        writer.copy(text, at, found)
        writer.unit("\n", found, found + 2)
        at = found + 2
    writer.copy(text, at, part.end)


def _paired(parts: Iterable[Part]) -> Iterator[Part]:
    """Parts with the two halves of a character beyond 16 bits as one; a half alone is no character."""
    waiting: Part | None = None
    for part in parts:
        value = part.value or ""
        if waiting is not None:
            high, waiting = waiting, None
            if len(value) == 1 and "\udc00" <= value <= "\udfff" and high.end == part.start:
                joined = ((high.value or "") + value).encode("utf-16", "surrogatepass").decode("utf-16")
                yield Part(high.start, part.end, joined)
                continue
            yield replace(high, value=REPLACEMENT)
        if len(value) == 1 and "\ud800" <= value <= "\udbff":
            waiting = part
        elif len(value) == 1 and "\udc00" <= value <= "\udfff":
            yield replace(part, value=REPLACEMENT)
        else:
            yield part
    if waiting is not None:
        yield replace(waiting, value=REPLACEMENT)


# --- literals over many lines ---------------------------------------------------------------------------


class _Line(Struct, frozen=True):
    """A line of a literal, or what a part holds of it; ``first`` if it begins the line, ``whole`` if it ends it."""

    part: Part
    first: bool
    whole: bool


def _lines(parts: Iterable[Part], text: str) -> Iterator[_Line]:
    first = True
    for part in parts:
        if not part.is_copied:
            # An escaped line end doesn't end the line of the source's margin, but the next one begins behind it.
            yield _Line(part, first, whole=False)
            first = text[part.start : part.end].endswith("\n") and part.hole is None
            continue
        for line in LINE.finditer(text, part.start, part.end):
            whole = line[0].endswith("\n")
            yield _Line(Part(line.start(), line.end()), first, whole)
            first = whole


def margin_of(parts: list[Part], text: str, tab: int = 1) -> int:
    """The least indentation of all lines that hold anything, in columns; a tab reaches to a multiple of ``tab``."""
    widths: list[int] = []
    for line in _lines(parts, text):
        if not line.first:
            continue
        content = text[line.part.start : line.part.end] if line.part.is_copied else ""
        blank = len(content) - len(content.lstrip(" \t"))
        if content.strip() or not line.whole:
            widths.append(_columns(content[:blank], tab))
    return min(widths, default=0)


def without_margin(parts: list[Part], text: str, margin: int, tab: int = 1) -> list[Part]:
    """The parts of a literal with so many columns of indentation taken off each line."""
    kept: list[Part] = []
    for line in _lines(parts, text):
        part = line.part
        if line.first and part.is_copied:
            start = part.start
            while start < part.end and text[start] in " \t":
                if _columns(text[part.start : start + 1], tab) > margin:
                    break
                start += 1
            part = Part(start, part.end)
        if not part.is_copied or part.start < part.end:
            kept.append(part)
    return kept


def without_trailing_blanks(parts: list[Part], text: str) -> list[Part]:
    """The parts of a literal without the blanks before its line ends."""
    kept: list[Part] = []
    for line in _lines(parts, text):
        part = line.part
        if not part.is_copied or not line.whole:
            kept.append(part)
            continue
        content = text[part.start : part.end].rstrip("\r\n")
        end = part.start + len(content.rstrip(" \t"))
        if end > part.start:
            kept.append(Part(part.start, end))
        kept.append(Part(part.start + len(content), part.end))
    return kept


def _columns(blanks: str, tab: int) -> int:
    width = 0
    for character in blanks:
        width = (width // tab + 1) * tab if character == "\t" else width + 1
    return width
