"""What a check yields, and the arithmetic of what deleting a part of a prompt saves."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final, TypeAlias, TypeVar

import msgspec

from scrimp.checks.context import Context
from scrimp.checks.view import MARKS, Arms, View, Written
from scrimp.config.cards import Card
from scrimp.model.findings import Edit, Severity
from scrimp.model.source import Place

Span: TypeAlias = tuple[int, int]
"""A range of a view."""

Settings = TypeVar("Settings", bound=msgspec.Struct)

_RUN: Final = re.compile(f"[^{MARKS}]+")


@dataclass(frozen=True, slots=True)
class Hit:
    """Waste at ``start`` to ``end`` of file ``path``; ``run`` makes a finding of it.

    ``identity`` is the text that tells it from other hits in the same prompt, request or tree, whatever lines it
    stands on. ``tokens_saved`` are input tokens a call, ``None`` where that isn't known. ``edits`` are the fix, if
    there is one; ``severity`` replaces the card's. ``prompt`` is the id of the prompt that wastes; a check of one
    prompt needn't name it, and a check of a request leaves it empty unless one of several is meant.
    """

    path: str
    start: int
    end: int
    message: str
    identity: str
    tokens_saved: int | None
    edits: tuple[Edit, ...] = ()
    severity: Severity | None = None
    prompt: str = ""


@dataclass(frozen=True, slots=True)
class Abstention:
    """What a check could not decide, and why: it is counted, and is no finding.

    ``reason`` is one of few short sentences, the same for all places of its kind, since they are counted by it. A
    check of the whole tree names the ``path`` that it is about.
    """

    reason: str
    path: str = ""


def settings(card: Card, into: type[Settings]) -> Settings:
    """The options in force of a card as the struct that its kind of check works with."""
    return msgspec.convert(card.values, into)


def deletions(
    view: View, spans: Iterable[Span], context: Context
) -> tuple[tuple[Span, ...], tuple[Written, ...]]:
    """Those of some spans (in order) that were written in a file, and what to delete there."""
    kept: list[Span] = []
    places: list[Written] = []
    for start, end in spans:
        written = view.written(start, end)
        if written:
            kept.append((start, end))
            places.extend(written if view.literal else _with_indentation(view, end, written, context))
    return tuple(kept), tuple(places)


def _with_indentation(
    view: View, end: int, written: Sequence[Written], context: Context
) -> Iterator[Written]:
    """Ranges, each with the indentation after it that the format takes off: it goes with its line end."""
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


def edits(places: Iterable[Written], context: Context) -> tuple[Edit, ...]:
    """The edits that delete what stands at some places."""
    return tuple(Edit(path, start, end, "", context.place(path, start, end)) for path, start, end in places)


def saved(view: View, spans: Sequence[Span], context: Context) -> int:
    """Tokens that a call saves once spans (in order) are deleted, counted before and after.

    Texts are counted from mark to mark, as static text is. Of exclusive alternatives only the one with the
    largest saving counts, since one call sends one of them.
    """
    savings: list[tuple[Arms, int]] = []
    remaining = list(spans)
    for run in _RUN.finditer(view.text):
        inside: list[Span] = []
        while remaining and remaining[0][1] <= run.end():
            inside.append(remaining.pop(0))
        if inside:
            before = context.count(run[0])
            after = context.count("".join(_without(run[0], run.start(), inside)))
            savings.append((view.arms(run.start()), before - after))
    return _most(savings, 0)


def _without(text: str, offset: int, spans: Sequence[Span]) -> Iterator[str]:
    """What is left of a text that starts at ``offset`` of the view."""
    at = 0
    for start, end in spans:
        yield text[at : start - offset]
        at = end - offset
    yield text[at:]


def _most(savings: Sequence[tuple[Arms, int]], depth: int) -> int:
    """The most that one call can save: alternatives exclude each other, everything else adds up."""
    total = sum(tokens for arms, tokens in savings if len(arms) == depth)
    branches: dict[int, dict[int, list[tuple[Arms, int]]]] = {}
    for arms, tokens in savings:
        if len(arms) > depth:
            branch, arm = arms[depth]
            branches.setdefault(branch, {}).setdefault(arm, []).append((arms, tokens))
    return total + sum(
        max(_most(inside, depth + 1) for inside in arms.values()) for arms in branches.values()
    )
