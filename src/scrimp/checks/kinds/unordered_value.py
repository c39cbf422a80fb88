"""Items in no certain order before text that could be cached: another order is another beginning."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

import msgspec

from scrimp.checks.call_edits import with_argument
from scrimp.checks.context import Context
from scrimp.checks.hits import Hit, settings
from scrimp.checks.sending import sent
from scrimp.config.cards import Card
from scrimp.model.fillers import Filler
from scrimp.model.measured import MeasuredPrompt
from scrimp.model.segments import TextSegment, VariableSegment

_SETS: Final = frozenset({"set", "frozenset"})
_SORTING: Final = frozenset({"json.dumps", "simplejson.dumps"})
SORT_KEYS: Final = "sort_keys"
_HANDS_ON: Final = frozenset({"str", "repr", "format"})


class Options(msgspec.Struct, frozen=True):
    """``min_behind``: static tokens behind the value, up to what changes with each request."""

    min_behind: int


def check(measured: MeasuredPrompt, card: Card, context: Context) -> Iterator[Hit]:
    """One hit for each call that makes a set, or JSON without sorted keys, in front of such text."""
    options = settings(card, Options)
    if measured.prompt.inlined:
        return
    changing = {variable.name for variable in measured.variables if variable.volatility == "request"}
    before: list[tuple[VariableSegment, int]] = []
    text: list[str] = []
    length = 0
    for part in sent(measured.prompt.segments):
        if isinstance(part, TextSegment):
            text.append(part.value)
            length += len(part.value)
        elif part.name in changing:
            break
        else:
            before.append((part, length))
    static = "".join(text)
    for hole, at in before:
        if context.count(static[at:]) < options.min_behind:
            break
        for filler in hole.fillers:
            yield from _of(filler, hole, context)


def _of(filler: Filler, hole: VariableSegment, context: Context) -> Iterator[Hit]:
    name = filler.function
    if name in _HANDS_ON:
        for inner in filler.of:
            yield from _of(inner, hole, context)
    elif name in _SETS:
        what = "has its items in another order in each process"
        yield Hit(filler.path, filler.start, filler.end, f"`{hole.name}` {what}", f"{name} {hole.name}")
    elif name in _SORTING and filler.argument(SORT_KEYS) is None and not filler.is_open:
        yield Hit(
            filler.path,
            filler.start,
            filler.end,
            f"`{hole.name}` has its keys in the order in which they came",
            f"{name} {hole.name}",
            edits=with_argument(filler, f"{SORT_KEYS}=True", context.tree),
        )
