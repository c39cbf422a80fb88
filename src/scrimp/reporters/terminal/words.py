"""Numbers and names as people read them: amounts with their grade's mark, paths cut where it hurts least."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from decimal import Decimal
from textwrap import wrap

from scrimp.model.amounts import Grade, Interval
from scrimp.model.written import ABOUT, FLOOR, SIGNS, UNKNOWN, sign
from scrimp.model.written import amount as written
from scrimp.reporters.safe import safe
from scrimp.reporters.view import View

ELLIPSIS = "…"
ENOUGH = 0.6
"""The share of a column that a name cut at a dot must fill: else it is cut within."""
INLINED = "inlined"
"""In place of the cost of a prompt that reaches a model only inside others, which bear it."""
WHERE_INLINED = "inlined: paid for by the prompts that it stands in"
MARKS = {
    Grade.EXACT: "e",
    Grade.CALIBRATED: "c",
    Grade.IMPORTED: "i",
    Grade.CONFIGURED: "s",
    Grade.HEURISTIC: "h",
    Grade.ASSUMED: "a",
    Grade.UNKNOWN: "?",
}
"""One letter a grade, put after each number of a table and explained under it (``s`` is "set")."""


def money_cell(amount: Interval[Decimal]) -> str:
    """The most likely amount with its mark, and the sign of what it is by its bounds."""
    if amount.typical is None:
        return UNKNOWN
    return f"{sign(amount.typical, amount)}{written(amount.typical)} {MARKS[amount.grade]}"


def tokens_cell(static: int, tokens: Interval[int]) -> str:
    """The tokens that are always sent, marked by how they were counted; ``≥`` where more may come on top."""
    return f"{sign(static, tokens)}{static:,} {MARKS[tokens.grade]}"


def legend(grades: Iterable[Grade], signs: Iterable[str] = ()) -> str:
    """What the marks of these grades mean, best first, and the signs before amounts."""
    marks, present = set(grades), set(signs)
    words = [f"{mark} {grade.value}" for grade, mark in MARKS.items() if grade in marks]
    words += [f"{one} {SIGNS[one].strip()}" for one in (FLOOR, ABOUT) if one in present]
    return ", ".join(words)


def location(path: str, line: int) -> str:
    """``path:line``, harmless; the line is left out where it is 0."""
    return f"{safe(path)}:{line}" if line else safe(path)


def shortened(text: str, width: int) -> str:
    """``text`` in at most ``width`` columns: cut in the middle, since both ends of a path tell more."""
    if columns_of(text) <= width:
        return text
    head = max(0, (width - 1) // 3)
    tail = max(0, width - 1 - head)
    return _first(text, head) + ELLIPSIS + _first(text[::-1], tail)[::-1]


def path_cut(path: str, width: int) -> str:
    """A path in at most ``width`` columns: whole folders are left out, those around its file last.

    Where not even the file fits, it is cut within.
    """
    if columns_of(path) <= width:
        return path
    *folders, file = path.split("/")
    ways = [
        "/".join((*folders[:top], ELLIPSIS, *folders[len(folders) - kept :], file))
        for kept in range(len(folders) - 1, -1, -1)
        for top in (1, 0)
    ]
    return next((way for way in ways if columns_of(way) <= width), shortened(path, width))


def name_cut(name: str, width: int) -> str:
    """A dotted name in at most ``width`` columns: its end tells most, from one of its dots on if that isn't far."""
    if columns_of(name) <= width or width < 1:
        return shortened(name, width)
    end = _first(name[::-1], width - 1)[::-1]
    dotted = end[end.find(".") :] if "." in end else ""
    return ELLIPSIS + (dotted if columns_of(dotted) >= width * ENOUGH else end)


def wrapped(sentence: str, indent: str, view: View) -> Iterator[str]:
    """A sentence in indented lines that fit; where it takes several, each of its items has a line of its own.

    A name is never broken, and its amount stays with it.
    """
    said = safe(sentence)
    if columns_of(f"{indent}{said}") <= view.width:
        yield f"{indent}{said}"
        return
    begin, deeper = indent, f"{indent}  "
    for item in said.replace(" $", "\u00a0$").split("; "):
        for line in wrap(
            item,
            view.width,
            initial_indent=begin,
            subsequent_indent=deeper,
            break_long_words=False,
            break_on_hyphens=False,
        ):
            yield line.replace("\u00a0", " ")
        begin = deeper


def columns_of(text: str) -> int:
    """How many columns of a terminal a harmless text takes: some characters take two, or none."""
    if text.isascii():
        return len(text)
    from rich.cells import cell_len  # noqa: PLC0415 - rich takes its time

    return cell_len(text)


def _first(text: str, width: int) -> str:
    if text.isascii() or width < 1:
        return text[: max(0, width)]
    from rich.cells import chop_cells  # noqa: PLC0415 - rich takes its time

    return chop_cells(text, width)[0]


def subject(name: str, path: str, line: int, width: int) -> tuple[str, str]:
    """A name and where it is, on one line of ``width`` columns (the second is then empty) or on two."""
    title, place = safe(name), location(path, line)
    if not title:
        return path_cut(place, width), ""
    if columns_of(title) + 2 + columns_of(place) <= width:
        return f"{title}  {place}", ""
    return name_cut(title, width), path_cut(place, width)
