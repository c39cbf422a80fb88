r"""Markdown that untrusted text can't break, as GitHub and GitLab render it.

Such text stands in code spans, fences or ``<code>``, and nowhere else: there is nothing in them that links, names a
person or an issue, loads an image or is HTML. Spans and fences begin and end with more backticks than they hold in a
row; a bar, which would end a cell of a table whatever it stands in, is shown as an escape (``\x7c``).
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Sequence

from scrimp.reporters.differing import LEFT_OUT
from scrimp.reporters.safe import safe

MOST = 100
"""Characters of a name, path or message that are shown."""

WIDTH = 110
"""Characters of a line in a fence: what is longer goes on in the next one, as nothing wraps there."""

CONTINUED = "↩"
"""At the end of a line that goes on in the next."""

BLANK = "·"
"""For each blank at the end of a line in a fence, where nobody would see it."""

_TICKS = re.compile(r"`+")
_BLANKS = re.compile(r" +$")


def code(text: str, most: int = MOST) -> str:
    """Untrusted text as a code span of at most ``most`` characters and some escapes; nothing if there is no text."""
    shown = shortened(text, most).replace("|", r"\x7c")
    if not shown.strip():
        return ""
    ticks = "`" * (_longest(shown) + 1)
    room = " " if "`" in (shown[0], shown[-1]) else ""
    return f"{ticks}{room}{shown}{room}{ticks}"


def tagged(text: str, most: int = MOST) -> str:
    """Untrusted text as ``<code>``, for places that are HTML."""
    return f"<code>{html.escape(shortened(text, most))}</code>"


def shortened(text: str, most: int) -> str:
    """Untrusted text on one line, harmless, cut in the middle."""
    shown = safe(text[: most * 2])
    if len(text) <= most * 2 and len(shown) <= most:
        return shown
    end = safe(text[-most:])[-(most - most // 3) :]
    return f"{shown[: most // 3]}…{end}"


def row(cells: Iterable[str]) -> str:
    """A row of a table. Cells are Markdown made here, without line ends and bars."""
    return f"| {' | '.join(cells)} |"


def header(titles: Sequence[str], right: Iterable[str] = ()) -> str:
    """The first two lines of a table; the columns named by ``right`` are set flush right."""
    numbers = set(right)
    return f"{row(titles)}\n{row('--:' if title in numbers else ':--' for title in titles)}"


def fence(lines: Iterable[str]) -> tuple[str, Sequence[str]]:
    """A fence for lines that are a mark and untrusted text (see ``differing``), and these lines as they stand in it."""
    shown = tuple(part for line in lines for part in _wrapped(line))
    return "`" * max([3, *(_longest(line) + 1 for line in shown)]), shown


def _longest(text: str) -> int:
    """The most backticks in a row."""
    return max(map(len, _TICKS.findall(text)), default=0)


def _wrapped(line: str) -> Iterable[str]:
    """A line in parts. Each is made safe again: a cut may lay bare what starts a command."""
    mark, text = line[0], _BLANKS.sub(lambda blanks: BLANK * len(blanks[0]), safe(line[1:]))
    if mark == LEFT_OUT:
        yield "@@ … @@"
        return
    while len(text) > WIDTH:
        end = text.rfind(" ", WIDTH // 2, WIDTH) + 1 or WIDTH
        yield safe(f"{mark} {text[:end]}{CONTINUED}")
        text = text[end:]
    yield safe(f"{mark} {text}".rstrip())
