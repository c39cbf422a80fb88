"""Bytes to text and back, byte for byte.

A byte order mark tells the encoding; without one, a Python file may declare it in a comment; everything
else is UTF-8. Line ends stay as they are.
"""

from __future__ import annotations

import codecs
import encodings
import hashlib
import re
from encodings.aliases import aliases

from scrimp.model.source import Skipped, Source

MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),  # before UTF-16, whose mark it starts with
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)

BINARY_SAMPLE = 8 * 1024
"""Bytes that are searched for a NUL. Git tells binary files by the first 8,000 (its ``buffer_is_binary``)."""

BINARY_SHARE = 4
"""A file of which more than one byte in so many is a NUL is no text: in UTF-16 every other byte of a word is one."""

COOKIE = re.compile(rb"[ \t\f]*#.*?coding[:=][ \t]*([-\w.]+)")
"""A Python file's declaration of its encoding, in a comment on line 1 or 2 (PEP 263)."""

BLANK = re.compile(rb"[ \t\f]*(?:#.*)?$")
"""A first line after which the second may still declare it."""

COOKIE_SAMPLE = 4 * 1024

LINE_END = re.compile(rb"\r\n?|\n")

PYTHON_SUFFIXES = (".py", ".pyi", ".pyw")

ISO_8859_PARTS = (2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 13, 14, 15, 16)

DECLARABLE = frozenset(
    {
        *("utf_8", "utf_8_sig", "ascii", "latin_1"),
        *(f"iso8859_{part}" for part in ISO_8859_PARTS),
        *(f"cp125{page}" for page in range(9)),
        *(
            "cp437",
            "cp850",
            "cp852",
            "cp866",
            "cp874",
            "koi8_r",
            "koi8_u",
            "mac_cyrillic",
            "mac_roman",
            "tis_620",
        ),
        *(
            "big5",
            "big5hkscs",
            "cp932",
            "cp949",
            "cp950",
            "euc_jp",
            "euc_kr",
            "gb18030",
            "gb2312",
            "gbk",
            "shift_jis",
        ),
    }
)
"""Codecs of the standard library that a file may declare: those that read ASCII as ASCII, byte by byte.

A name outside this list is never looked up: codecs that transform (``rot13``), hide text in ASCII (``utf-7``,
``unicode_escape``) or were installed by somebody are code that a scanned file would choose to run.
"""


class _UndecodableError(Exception):
    """Why a file is no text, and in which line (0: unknown)."""

    def __init__(self, reason: str, line: int = 0) -> None:
        super().__init__(reason)
        self.reason = reason
        self.line = line


def decode(path: str, raw: bytes, blob: str | None = None) -> Source | Skipped:
    """The text of a file, or ``Skipped`` with code ``binary`` or ``encoding``.

    ``blob`` is the git hash of ``raw`` if it is known, else it is computed. ``encode`` gives ``raw`` back.
    """
    mark, encoding = next(((mark, name) for mark, name in MARKS if raw.startswith(mark)), (b"", ""))
    if not mark and _is_binary(raw):
        return Skipped(path, "binary", "a binary file", incomplete=False)
    try:
        encoding = encoding or _declared(path, raw)
        text = _text(raw[len(mark) :], encoding)
    except _UndecodableError as error:
        return Skipped(path, "encoding", error.reason, incomplete=True, line=error.line)
    return Source(path, text, blob or blob_hash(raw), encoding, mark)


def encode(source: Source, text: str) -> bytes:
    """The bytes of a text in a source's encoding, its byte order mark in front.

    Raises ``UnicodeEncodeError`` if the encoding has no bytes for a character.
    """
    return source.mark + text.encode(source.encoding)


def blob_hash(raw: bytes) -> str:
    """The hash that git gives these bytes, in repositories of its usual (SHA-1) format."""
    return hashlib.sha1(b"blob %d\0" % len(raw) + raw, usedforsecurity=False).hexdigest()


def _is_binary(raw: bytes) -> bool:
    """Whether a file holds bytes that no text has.

    Git takes any NUL for that. But a text with a few of them is loaded and sent like any other, so that one must not be
    enough to keep a prompt from being read.
    """
    sample = raw[:BINARY_SAMPLE]
    if b"\0" not in sample:
        return False
    if sample.count(b"\0") * BINARY_SHARE > len(sample):
        return True
    try:
        raw.decode("utf-8")
    except UnicodeDecodeError:
        return True
    return False


def _text(raw: bytes, encoding: str) -> str:
    try:
        text = raw.decode(encoding)
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        wrong = raw[error.start : error.end].hex(" ")
        raise _UndecodableError(f"not {encoding}: byte {wrong} at offset {error.start}", line) from None
    if not encoding.startswith("utf-") and text.encode(encoding, "replace") != raw:
        raise _UndecodableError(f"{encoding} text that could not be written back as it is; save it as UTF-8")
    return text


def _declared(path: str, raw: bytes) -> str:
    """The name of the codec that a file declares, or UTF-8."""
    cookie = _cookie(raw) if path.endswith(PYTHON_SUFFIXES) else None
    if cookie is None:
        return "utf-8"
    normal = encodings.normalize_encoding(cookie).lower()
    module = aliases.get(normal, normal)
    if module not in DECLARABLE:
        raise _UndecodableError(
            f"it declares the encoding {cookie}, which is not supported; save it as UTF-8", 1
        )
    return "utf-8" if module.startswith("utf_8") else codecs.lookup(module).name


def _cookie(raw: bytes) -> str | None:
    first, *rest = LINE_END.split(raw[:COOKIE_SAMPLE], maxsplit=2)
    lines = [first, rest[0]] if rest and BLANK.match(first) else [first]
    found = next(filter(None, map(COOKIE.match, lines)), None)
    return found[1].decode("ascii") if found else None
