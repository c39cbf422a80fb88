"""The time or a random value in a prompt, before text that never changes: no call finds that text in a cache."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from typing import TypeAlias

import msgspec
from msgspec import Struct

from scrimp.checks.clocks import Change, change_of
from scrimp.checks.context import Context
from scrimp.checks.hits import Abstention, Hit, settings
from scrimp.checks.sending import sent, where
from scrimp.config.cards import Card
from scrimp.model.facts import Facts
from scrimp.model.fillers import Filler
from scrimp.model.findings import Severity
from scrimp.model.measured import MeasuredPrompt
from scrimp.model.segments import TextSegment, VariableSegment

SYSTEM = ("system", "developer")
Part: TypeAlias = TextSegment | VariableSegment


class Options(msgspec.Struct, frozen=True):
    """The card's options.

    ``min_behind``: static tokens behind the value that it keeps from the cache; ``min_tokens``: what providers cache
    at least; ``cached_share``: the price of a cached token, as a share. The last two hold where the model's own are
    unknown.
    """

    min_behind: int
    min_tokens: int
    cached_share: float


class _Found(Struct, frozen=True):
    """A hole with a value that changes by itself, and the tokens before it and behind it up to the next such."""

    hole: VariableSegment
    filler: Filler
    change: Change
    before: int
    behind: int


def check(measured: MeasuredPrompt, card: Card, context: Context) -> Iterator[Hit | Abstention]:
    """At most one hit, at the first such value, unless something that changes with each request stands before it."""
    options = settings(card, Options)
    if measured.prompt.inlined:
        return
    found = _first(measured, context)
    if found is None or found.behind < options.min_behind:
        return
    if len(found.hole.fillers) > 1:
        yield Abstention("the time is only one of several values that may stand there")
        return
    path, start, end = where(measured, found.hole)
    saved, cacheable = _worth(found, options, context)
    yield Hit(
        path=path,
        start=start,
        end=end,
        message=_message(found),
        identity=found.filler.function,
        tokens_saved=saved,
        cheaper=cacheable if saved else 0,
        severity=_severity(found, measured, context),
    )


def _first(measured: MeasuredPrompt, context: Context) -> _Found | None:
    """The first value that changes by itself, if none that changes with each request stands before it."""
    changing = {variable.name for variable in measured.variables if variable.volatility == "request"}
    parts = list(sent(measured.prompt.segments))
    for number, part in enumerate(parts):
        if not isinstance(part, VariableSegment):
            continue
        told = _change(part, context.tree.files)
        if told is not None:
            behind = _until_next(parts[number + 1 :], changing)
            filler, change = told
            return _Found(part, filler, change, _tokens(parts[:number], context), _tokens(behind, context))
        if part.name in changing:
            return None
    return None


def _change(hole: VariableSegment, files: Mapping[str, Facts]) -> tuple[Filler, Change] | None:
    for filler in hole.fillers:
        change = change_of(filler)
        if change is not None and _is_called_each_time(filler, files[filler.path]):
            return filler, change
    return None


def _is_called_each_time(filler: Filler, facts: Facts) -> bool:
    """Whether a call stands in a function: outside of them it is made once, when its module is loaded."""
    return any(function.start <= filler.start < function.end for function in facts.functions)


def _until_next(parts: Sequence[Part], changing: set[str]) -> list[Part]:
    """The parts before the next one that changes with each request."""
    until: list[Part] = []
    for part in parts:
        if isinstance(part, VariableSegment) and part.name in changing:
            break
        until.append(part)
    return until


def _tokens(parts: Sequence[Part], context: Context) -> int:
    return context.count("".join(part.value for part in parts if isinstance(part, TextSegment)))


def _worth(found: _Found, options: Options, context: Context) -> tuple[int | None, int]:
    """Full-price tokens that a call would save with the value behind the text, and the tokens that get cheaper.

    Nothing is known where the text is too short to be cached by itself, or of a day, which costs one miss.
    """
    minimum = context.caching.minimum or options.min_tokens
    whole = found.before + found.behind
    if found.change is Change.DAY or whole < minimum:
        return None, 0
    told = context.caching.read_share
    share = Decimal(str(options.cached_share)) if told is None else told
    cacheable = whole - (found.before if found.before >= minimum else 0)
    return int((1 - share) * cacheable), cacheable


def _message(found: _Found) -> str:
    name, behind = found.hole.name or found.filler.function, f"the {found.behind:,} static tokens behind it"
    if found.change is Change.DAY:
        return f"`{name}` is the day of the call: {behind} miss the cache once a day"
    return f"`{name}` is another one in each call (`{found.filler.function}`): {behind} can't be cached"


def _severity(found: _Found, measured: MeasuredPrompt, context: Context) -> Severity | None:
    """Least for a day; most in what the system says, with which all of the conversation behind it is read anew."""
    if found.change is Change.DAY:
        return Severity.INFO
    own = measured.prompt
    roles = {part.role for each in context.requests for part in each.request.parts if part.prompt == own.id}
    return Severity.ERROR if {own.role, *roles} & {*SYSTEM} else None
