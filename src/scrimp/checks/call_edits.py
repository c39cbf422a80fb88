"""Edits of calls: an argument taken away or added, without touching what stands beside it."""

from __future__ import annotations

from scrimp.checks.context import TreeContext
from scrimp.model.fillers import Filler, FillerArgument
from scrimp.model.findings import Edit


def without(call: Filler, argument: FillerArgument, tree: TreeContext) -> tuple[Edit, ...]:
    """The edit that takes an argument away; none where more than a comma and blanks stands before or behind it."""
    number = call.arguments.index(argument)
    if not argument.end:
        return ()
    if number:
        before = call.arguments[number - 1]
        if not before.end or not _is_gap(call.path, before.end, argument.start, tree):
            return ()
        return (_edit(call.path, before.end, argument.end, "", tree),)
    if len(call.arguments) == 1:
        return (_edit(call.path, argument.start, argument.end, "", tree),)
    behind = call.arguments[1]
    if not behind.end or not _is_gap(call.path, argument.end, behind.start, tree):
        return ()
    return (_edit(call.path, argument.start, behind.start, "", tree),)


def with_argument(call: Filler, text: str, tree: TreeContext) -> tuple[Edit, ...]:
    """The edit that adds an argument behind the last one; none where that may not be added or stands nowhere."""
    last = call.arguments[-1] if call.arguments else None
    if last is None or not last.end or call.is_open:
        return ()
    return (_edit(call.path, last.end, last.end, f", {text}", tree),)


def _edit(path: str, start: int, end: int, text: str, tree: TreeContext) -> Edit:
    return Edit(path, start, end, text, tree.place(path, start, end))


def _is_gap(path: str, start: int, end: int, tree: TreeContext) -> bool:
    """Whether nothing but a comma and one blank, or a line break with indentation, has room between two places."""
    place = tree.place(path, start, end)
    if place.line == place.end_line:
        return end - start <= 2
    return place.end_line == place.line + 1 and end - start <= place.end_column - 1 + len(",\r\n")
