r"""Whether a file can be read in the process that everything depends on, by a cheap look at its bytes.

Parsers that mend errors try ever more ways where what is wrong nests or repeats itself: their time grows with the
square of it, and some end the process. (Tried in November 2026: 15 kB of ``\N{`` in a string take tree-sitter-python
2 s, 5 kB of ``(`` as long.) What looks so is read where it can be ended. What gets by is too small to take long.
"""

from __future__ import annotations

LARGEST = 32 * 1024
"""Bytes above which no file is tame."""

NESTING = 100
"""How deep brackets may nest, or how many may have no counterpart."""

SAMPLES = 16
"""How many places of a file are looked at for what repeats itself."""

SAMPLE = 8
"""The bytes of each."""

SHARE = 10
"""A file whose tenth is one sample over and over is not tame."""

_OPENING, _CLOSING = b"([{", b")]}"
_ALIKE = bytes.maketrans(_OPENING + _CLOSING, b"((()))")
_OTHERS = bytes(set(range(256)) - set(_OPENING + _CLOSING))


def is_tame(raw: bytes) -> bool:
    """Whether no parser is known to take long over a file, or to end its process."""
    return len(raw) <= LARGEST and not _nests(raw) and not _repeats(raw)


def _nests(raw: bytes) -> bool:
    brackets = raw.translate(_ALIKE, _OTHERS)
    for _ in range(NESTING):
        if len(brackets) <= NESTING:
            return False
        inner = brackets.replace(b"()", b"")
        if len(inner) == len(brackets):
            return True
        brackets = inner
    return True


def _repeats(raw: bytes) -> bool:
    if len(raw) < SAMPLES * SAMPLE * SHARE:
        return False
    for start in range(0, len(raw) - SAMPLE, len(raw) // SAMPLES):
        sample = raw[start : start + SAMPLE]
        if raw.count(sample) * SAMPLE * SHARE > len(raw) and len(set(sample)) > 1 and not sample.isspace():
            return True  # a line drawn of one character, or an indentation, is no pattern
    return False
