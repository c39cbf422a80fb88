"""Doubled quotes and braces of interpolated literals, which the grammar of C# takes for ends and holes at times.

The three braces around ``x`` in ``$"{{{x}}}"`` are a brace and the beginning of a hole, and the three quotes behind a
hole at the end of a verbatim literal are a quote and the literal's end: tree-sitter-c-sharp 0.23.5 reads neither. With
the doubled characters blanked out it reads both, and nothing moves.
"""

from __future__ import annotations

import re

TELLING = re.compile(rb'\{\{\{|\}\}\}|\}""')
"""What a file holds if the grammar might go wrong."""
CODE = re.compile(
    rb"//[^\n]*|/\*.*?\*/"
    rb'|\$*(?P<quotes>"{3,}).*?(?P=quotes)(?!")'
    rb'|@"(?:[^"]|"")*+"|"(?:[^"\\\n]|\\.)*+"'
    rb"|'(?:[^'\\\n]|\\.)+'"
    rb'|(?P<opening>\$@"|@\$"|\$")|(?P<brace>[{}])',
    re.DOTALL,
)
"""Comments and literals of code, and its braces: the last of them ends a hole."""
VERBATIM = re.compile(rb'(?P<pair>\{\{|\}\}|"")|(?P<hole>\{)|(?P<end>")')
REGULAR = re.compile(rb'(?P<pair>\{\{|\}\})|(?P<hole>\{)|(?P<end>["\n])|\\.', re.DOTALL)
DEEPEST = 50  # literals in holes of literals


def blanked(data: bytes) -> bytes:
    """Source with the doubled characters of its interpolated literals blanked out, every other byte in its place."""
    if TELLING.search(data) is None:
        return data
    scan = _Scan(data)
    scan.code(0, 0)
    return bytes(scan.result)


class _Scan:
    """One way through a source, which blanks out what is doubled."""

    def __init__(self, data: bytes) -> None:
        self.data = data
        self.result = bytearray(data)

    def code(self, at: int, depth: int) -> int:
        """Go through code, or through a hole if ``depth`` tells that it is in a literal; where it ends."""
        open_braces = 0
        while (found := CODE.search(self.data, at)) is not None:
            at = found.end()
            if found["opening"] and depth < DEEPEST:
                at = self.literal(at, VERBATIM if b"@" in found["opening"] else REGULAR, depth + 1)
            elif found["brace"] and depth:
                open_braces += 1 if found["brace"] == b"{" else -1
                if open_braces < 0:
                    return at
        return len(self.data)

    def literal(self, at: int, inside: re.Pattern[bytes], depth: int) -> int:
        """Go through an interpolated literal from behind its opening quote; where it ends."""
        while (found := inside.search(self.data, at)) is not None:
            at = found.end()
            match found.lastgroup:
                case "pair":
                    self.result[found.start() : at] = b"  "
                case "hole":
                    at = self.code(at, depth)
                case "end":
                    return at
        return len(self.data)
