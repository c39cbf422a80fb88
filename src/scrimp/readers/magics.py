"""What IPython adds to Python: lines for it begin with ``%``, ``!`` or ``?``, or end with ``?``."""

from __future__ import annotations

import re

_CELL = re.compile(r"\s*%%(?P<name>\w+)[^\n]*")
_TRANSPARENT = frozenset({"time", "timeit", "capture", "prun", "memit", "mprun", "lprun", "debug"})
_HINT = re.compile(r"^[ \t]*[%!?]|\?[ \t]*$|=[ \t]*[%!]", re.MULTILINE)
_LINE = re.compile(r"[ \t]*(?:[%!?][^\n]*|[\w.*]+\?{1,2}[ \t]*(?=\n|\Z)|[\w.\[\], ]+=[ \t]*(?:!|%\w)[^\n]*)")
_TOKEN = re.compile(
    r"(?P<string>\"\"\"(?:[^\\]|\\.)*?(?:\"\"\"|\Z)|'''(?:[^\\]|\\.)*?(?:'''|\Z)"
    r"|\"(?:[^\"\\\n]|\\.)*+\"?|'(?:[^'\\\n]|\\.)*+'?)"
    r"|(?P<comment>\#[^\n]*)|(?P<open>[(\[{])|(?P<close>[)\]}])|(?P<continued>\\\n)|(?P<line>\n)",
    re.DOTALL,
)
_INK = re.compile(r"[^\n]")


def without_magics(cell: str) -> str:
    """A cell with all that is no Python as blanks, as long as before and with the same lines."""
    whole = _CELL.match(cell)
    if whole:
        if whole["name"] not in _TRANSPARENT:
            return _blank(cell)
        cell = _blank(whole[0]) + cell[whole.end() :]
    if not _HINT.search(cell):
        return cell
    parts: list[str] = []
    done = 0
    for start in _line_starts(cell):
        magic = _LINE.match(cell, start)
        if magic and start >= done:
            parts += (cell[done:start], _blank(magic[0]))
            done = magic.end()
    return "".join((*parts, cell[done:]))


def _line_starts(cell: str) -> list[int]:
    """Where logical lines begin: neither in a string nor in brackets, nor behind a backslash."""
    starts = [0]
    depth = at = 0
    while True:
        # A magic's line is no Python: its quotes and brackets mean nothing.
        magic = _LINE.match(cell, at) if at == starts[-1] else None
        token = _TOKEN.search(cell, magic.end() if magic else at)
        if token is None:
            return starts
        at = token.end()
        depth += (token.lastgroup == "open") - (token.lastgroup == "close" and depth > 0)
        if token.lastgroup == "line" and depth == 0:
            starts.append(at)


def _blank(text: str) -> str:
    return _INK.sub(" ", text)
