"""What changes of a prompt's text save, by its own tokenizer: the one place where a finding's worth is measured.

A check says what it would change in the view of a prompt. Here the changes are made there, the text is counted again,
and what was written in a file becomes the edits of a fix. Texts are counted from mark to mark, as static text is; of
exclusive alternatives only the one with the largest saving counts, since one call sends one of them.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from scrimp.checks.context import Context
from scrimp.checks.view import MARKS, Arms, View, Written
from scrimp.checks.worth import Saving
from scrimp.model.findings import Edit
from scrimp.model.savings import Change
from scrimp.model.source import Place

_RUN: Final = re.compile(f"[^{MARKS}]+")
_SEAM: Final = re.compile(r"(?<=\n)(?=[A-Za-z])|(?<=[a-z])(?= [a-z])")
"""Where vocabularies always break a text: none of their patterns has a piece with a letter behind a line end, or with a
blank behind a letter."""


NOTHING: Final = Saving(0, 0)


def saving(changes: Sequence[Change], context: Context) -> Saving:
    """What a call saves once changes (that don't overlap) are made."""
    view = context.view
    remaining = sorted(changes, key=lambda change: (change.start, change.end))
    starts = [change.start for change in remaining]
    changed: list[tuple[int, list[tuple[str, str]]]] = []
    for run in _RUN.finditer(view.text):
        inside = remaining[bisect_left(starts, run.start()) : bisect_left(starts, run.end())]
        if inside:
            changed.append((run.start(), list(_windows(run, inside))))
    context.foresee(text for _, windows in changed for window in windows for text in window)
    savings: list[tuple[Arms, Saving]] = []
    for start, windows in changed:
        tokens = sum(context.count(before) - context.count(after) for before, after in windows)
        savings.append((view.arms(start), Saving(tokens, tokens if start < context.prefix_end else 0)))
    return _most(savings, 0)


def made(changes: Iterable[Change], context: Context) -> tuple[Edit, ...]:
    """The edits that make changes in the files where the text was written; none for what was written nowhere."""
    view = context.view
    edits: list[Edit] = []
    for change in changes:
        written = view.written(change.start, change.end)
        if not written:
            continue
        texts = iter((change.text,))
        for path, start, end in _with_indentation(view, change.end, written, context):
            edits.append(Edit(path, start, end, next(texts, ""), context.place(path, start, end)))
    return tuple(edits)


# --- counting -------------------------------------------------------------------------------------------


def _apart(run: re.Match[str], changes: Sequence[Change]) -> Iterator[tuple[int, int, list[Change]]]:
    """Windows of a run that can be counted alone, each with the changes in it: a change doesn't touch its seams."""
    seams = [found.start() for found in _SEAM.finditer(run[0])]
    offset = run.start()
    window: list[Change] = []
    low = high = 0
    for change in changes:
        start, end = change.start - offset, change.end - offset
        before = bisect_left(seams, start) - 1
        after = bisect_left(seams, end + 1)
        first = seams[before] if before >= 0 else 0
        last = seams[after] if after < len(seams) else len(run[0])
        if window and first < high:
            high = max(high, last)
        else:
            if window:
                yield low, high, window
            low, high, window = first, last, []
        window.append(change)
    yield low, high, window


def _windows(run: re.Match[str], changes: Sequence[Change]) -> Iterator[tuple[str, str]]:
    """What is counted instead of a run: parts of it with changes in them, and what becomes of each."""
    for low, high, inside in _apart(run, changes):
        before = run[0][low:high]
        yield before, "".join(_changed(before, run.start() + low, inside))


def _changed(text: str, offset: int, changes: Sequence[Change]) -> Iterator[str]:
    """What becomes of a text that starts at ``offset`` of the view."""
    at = 0
    for change in changes:
        yield text[at : change.start - offset]
        yield change.text
        at = change.end - offset
    yield text[at:]


def _most(savings: Sequence[tuple[Arms, Saving]], depth: int) -> Saving:
    """The most that one call can save: alternatives exclude each other, everything else adds up."""
    total = NOTHING
    branches: dict[int, dict[int, list[tuple[Arms, Saving]]]] = {}
    for arms, tokens in savings:
        if len(arms) == depth:
            total = total.plus(tokens)
        else:
            branch, arm = arms[depth]
            branches.setdefault(branch, {}).setdefault(arm, []).append((arms, tokens))
    for alternatives in branches.values():
        best = max((_most(inside, depth + 1) for inside in alternatives.values()), key=lambda one: one.tokens)
        total = total.plus(best)
    return total


# --- writing --------------------------------------------------------------------------------------------


def _with_indentation(
    view: View, end: int, written: Sequence[Written], context: Context
) -> Iterator[Written]:
    """Ranges, each with the indentation after it that the format or the language takes off: it goes with its line end.

    In code the next line may begin with the end of the literal instead; proving the fix then tells.
    """
    after = view.written(end, end + 1) or ()
    ranges = (*written, *((path, start, start) for path, start, _ in after[:1]))
    path, start, stop = ranges[0]
    for next_path, next_start, next_stop in ranges[1:]:
        if next_path == path and next_start > stop and _is_margin(context.place(path, stop, next_start)):
            stop = next_stop
        else:
            yield path, start, stop
            path, start, stop = next_path, next_start, next_stop
    if stop > start:
        yield path, start, stop


def _is_margin(gap: Place) -> bool:
    return gap.column == 1 and gap.line == gap.end_line
