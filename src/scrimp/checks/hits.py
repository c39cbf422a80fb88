"""What a check yields, and how it names places."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TypeAlias, TypeVar

import msgspec
from msgspec import Struct

from scrimp.checks.context import Context
from scrimp.checks.view import View
from scrimp.config.cards import Card
from scrimp.model.findings import Edit, Safety, Severity
from scrimp.model.savings import Change

Span: TypeAlias = tuple[int, int]
"""A range of a view."""

Settings = TypeVar("Settings", bound=msgspec.Struct)


class Hit(Struct, frozen=True):
    """Waste at ``start`` to ``end`` of file ``path``; ``run`` makes a finding of it.

    ``identity`` is the text that tells it from other hits in the same prompt, request or tree, whatever lines it
    stands on. What can be said as ``changes`` of the prompt's text is: they are measured, make the fix where the card
    has one, and are no finding if they save less than the card asks for. ``advice`` tells that nobody but people
    should make these.

    Waste of another kind states itself what it is worth: ``tokens_saved`` are input tokens a call, ``None`` where that
    isn't known, and ``edits`` the fix, if there is one; ``cheaper`` are the tokens of the prompt's own text that it is
    about, if they would get cheaper rather than fewer. ``severity`` and ``safety`` replace the card's. ``prompt`` is
    the id of the prompt that wastes; a check of one prompt needn't name it, and a check of a request leaves it empty
    unless one of several is meant.
    """

    path: str
    start: int
    end: int
    message: str
    identity: str
    tokens_saved: int | None = None
    edits: tuple[Edit, ...] = ()
    severity: Severity | None = None
    prompt: str = ""
    changes: tuple[Change, ...] = ()
    advice: bool = False
    safety: Safety | None = None
    cheaper: int = 0


class Abstention(Struct, frozen=True):
    """What a check could not decide, and why: it is counted, and is no finding.

    ``reason`` is one of few short sentences, the same for all places of its kind, since they are counted by it. A
    check of the whole tree names the ``path`` that it is about.
    """

    reason: str
    path: str = ""


def settings(card: Card, into: type[Settings]) -> Settings:
    """The options in force of a card as the struct that its kind of check works with."""
    known = card.converted.get(into)
    if not isinstance(known, into):
        card.converted[into] = known = msgspec.convert(card.values, into)
    return known


def place_of(context: Context, span: Span) -> tuple[str, int, int]:
    """Where a part of a prompt's text was written: its first range; the whole prompt if it was written nowhere."""
    prompt = context.measured.prompt
    written = context.view.written(*span)
    return written[0] if written else (prompt.path, prompt.start, prompt.end)


def place_of_first(changes: Sequence[Change], context: Context) -> tuple[str, int, int]:
    """Where the first of some changes is made."""
    return place_of(context, (changes[0].start, changes[0].end))


def removals(view: View, spans: Iterable[Span]) -> tuple[Change, ...]:
    """Changes that delete those of some spans (in order) that were written in a file."""
    return tuple(Change(start, end) for start, end in spans if view.written(start, end))
