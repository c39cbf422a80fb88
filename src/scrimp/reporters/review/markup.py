r"""Markdown that untrusted text can't break, as GitHub and GitLab render it.

Such text stands in code spans, fences or ``<code>``, and nowhere else: there is nothing in them that links, names a
person or an issue, loads an image or is HTML. What would end a span or a cell of a table is shown as an escape
(``\x60``, ``\x7c``), and a fence is longer than any run of backticks that it holds.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Sequence

from scrimp.reporters.safe import safe

MOST = 100
"""Characters of a name, path or message that are shown."""

WIDTH = 110
"""Characters of a line in a fence: what is longer goes on in the next one, as nothing wraps there."""

CONTINUED = "↩"
"""At the end of a line that goes on in the next."""

_TICKS = re.compile(r"`+")
_ENDING = str.maketrans({"`": r"\x60", "|": r"\x7c"})


def code(text: str, most: int = MOST) -> str:
    """Untrusted text as a code span of at most ``most`` characters and some escapes; nothing if there is no text."""
    shown = shortened(text, most)
    return f"`{shown.translate(_ENDING)}`" if shown.strip() else shown.strip()


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
    longest = max((len(ticks[0]) for line in shown for ticks in _TICKS.finditer(line)), default=0)
    return "`" * max(3, longest + 1), shown


def _wrapped(line: str) -> Iterable[str]:
    mark, text = line[0], safe(line[1:])
    first = range(0, max(len(text), 1), WIDTH)
    for start in first:
        more = CONTINUED if start + WIDTH < len(text) else ""
        yield safe(
            f"{mark} {text[start : start + WIDTH]}{more}".rstrip()
        )  # a cut may lay bare what starts a command
