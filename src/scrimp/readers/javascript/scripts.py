"""Where the JavaScript of a file is: all of it, or the script blocks of a Vue or Svelte component."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import PurePosixPath

from msgspec import Struct
from tree_sitter import Range

from scrimp.readers import fences
from scrimp.readers.javascript.grammar import JAVASCRIPT, TSX, TYPESCRIPT, dialect_of
from scrimp.readers.offsets import Offsets

COMPONENTS = frozenset((".vue", ".svelte", ".astro"))
LONG_LINE = 5_000  # characters: people don't write such lines, bundlers do
_BLOCK = re.compile(rb"<script(\s[^>]*)?>(.*?)</script\s*>", re.DOTALL | re.IGNORECASE)
_FRONT = re.compile(rb"\A---\r?\n(.*?)^---\s*$", re.DOTALL | re.MULTILINE)
_LANGUAGE = re.compile(rb"""\blang\s*=\s*["']?(\w+)""")
_PROMPT = re.compile(r"(?i)[\w$]*(?:prompt|instruction)[\w$]*[\"']?\s*[:=]\s*[\"'`]")
_CODE = re.compile(r"[;{}]")
_DENSE = 0.01


class Script(Struct, frozen=True):
    """The dialect of a file's code, and the byte ranges that it stands in (``None``: the whole file)."""

    dialect: str
    ranges: list[Range] | None


def script_of(path: str, data: bytes) -> Script | None:
    """The code of a file; ``None`` if it holds none. All scripts of a component are one module."""
    suffix = PurePosixPath(path).suffix.lower()
    if suffix not in COMPONENTS:
        return Script(dialect_of(path), None)
    if suffix == ".astro":
        front = _FRONT.match(data)
        return None if front is None else Script(TYPESCRIPT, [_range(data, *front.span(1))])
    blocks = [match for match in _BLOCK.finditer(data) if match[2].strip()]
    languages = {found[1] for match in blocks for found in _LANGUAGE.finditer(match[1] or b"")}
    dialect = TSX if b"tsx" in languages else TYPESCRIPT if languages & {b"ts", b"typescript"} else JAVASCRIPT
    return Script(dialect, [_range(data, *match.span(2)) for match in blocks]) if blocks else None


def markup_comments(script: Script, text: str, offsets: Offsets) -> Iterator[tuple[int, int]]:
    """The comments of a component outside of its scripts; a file that is nothing but code has none."""
    if script.ranges is None:
        return
    code = fences.Ranges.of(
        (offsets.char(each.start_byte), offsets.char(each.end_byte)) for each in script.ranges
    )
    comments = fences.comments(text)
    for start, end in zip(comments.starts, comments.ends, strict=True):
        if not code.cover(start):
            yield start, end


def is_minified(text: str) -> bool:
    """Whether a file is a bundle that nobody wrote: it is left alone, as its source is elsewhere.

    A bundle has a line of more than ``LONG_LINE`` characters that is dense with braces and semicolons, which a long
    text isn't, and on that line nothing named after prompts is given a text.
    """
    return any(
        len(_CODE.findall(line)) > _DENSE * len(line) and _PROMPT.search(line) is None
        for line in text.split("\n")
        if len(line) > LONG_LINE
    )


def _range(data: bytes, start: int, end: int) -> Range:
    return Range(_point(data, start), _point(data, end), start, end)


def _point(data: bytes, offset: int) -> tuple[int, int]:
    return data.count(b"\n", 0, offset), offset - data.rfind(b"\n", 0, offset) - 1
