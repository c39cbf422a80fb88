"""Tables whose one wide column takes what the others leave, so that they fit the terminal and never wrap."""

from __future__ import annotations

import io
from collections.abc import Callable, Sequence
from typing import Generic, TypeVar

from msgspec import Struct
from rich.console import Console
from rich.table import Table
from rich.text import Text

from scrimp.reporters.terminal.words import columns_of, subject
from scrimp.reporters.view import View

GAP = 2
LEAST_SUBJECT = 16

Row = TypeVar("Row")


class Subject(Struct, frozen=True):
    """What a row is about."""

    name: str
    path: str
    line: int
    faint: bool = False


class Column(Struct, Generic[Row], frozen=True):
    """A narrow column; ``cell`` gives harmless text, of one line or more."""

    title: str
    cell: Callable[[Row], str]
    right: bool = True


def table(
    title: str,
    rows: Sequence[Row],
    subject_of: Callable[[Row], Subject],
    columns: Sequence[Column[Row]],
    view: View,
) -> Table:
    """A table with a row each. The first column, headed ``title``, gets the width that the others leave."""
    cells = [[column.cell(row) for column in columns] for row in rows]
    widths = [
        max(_width(column.title), *(_width(line[index]) for line in cells))
        for index, column in enumerate(columns)
    ]
    first = max(LEAST_SUBJECT, view.width - sum(widths) - GAP * len(columns))
    made = Table(box=None, pad_edge=False, padding=(0, GAP, 0, 0), header_style="bold")
    made.add_column(title, no_wrap=True, min_width=min(first, LEAST_SUBJECT))
    for column, width in zip(columns, widths, strict=True):
        made.add_column(
            column.title, justify="right" if column.right else "left", no_wrap=True, min_width=width
        )
    for row, line in zip(rows, cells, strict=True):
        made.add_row(_subject_cell(subject_of(row), first), *(Text(cell) for cell in line))
    return made


def drawn(made: Table, view: View) -> str:
    """A table as text, with escape sequences only where the view allows colour."""
    console = Console(
        file=io.StringIO(),
        width=view.width,
        height=25,
        color_system="standard" if view.color else None,
        force_terminal=view.color,
        force_jupyter=False,
        no_color=not view.color,
        legacy_windows=False,
        markup=False,
        emoji=False,
        highlight=False,
        _environ={},
    )
    with console.capture() as capture:
        console.print(made, soft_wrap=True)
    return capture.get().removesuffix("\n")


def _width(cell: str) -> int:
    return max(columns_of(line) for line in cell.split("\n"))


def _subject_cell(of: Subject, width: int) -> Text:
    first, second = subject(of.name, of.path, of.line, width)
    cell = Text(first, style="dim" if of.faint else "")
    return cell.append(f"\n{second}", style="dim") if second else cell
