"""What a name holds after a branching statement: what one or the other of its arms leaves.

What the arms only add to is kept apart from what they add, so that texts and lists go on as one: the rest of it are the
alternatives.
"""

from __future__ import annotations

from collections.abc import Sequence

from scrimp.link.evaluation.choices import choice
from scrimp.link.evaluation.texts import segments_of
from scrimp.link.values import Choice, Entries, Items, Made, Value, Written, is_brought
from scrimp.model.segments import BranchSegment, Segment

NOTHING = Items(())
"""What a list has more where an arm adds nothing to it."""


def merged(before: Value | None, ways: Sequence[Value], condition: str, *, skipped: bool) -> Value:
    """One of what several arms leave of what there was before, or just that, where they may all be ``skipped``."""
    if before is None:
        return choice(list(ways), condition)
    if all(isinstance(each, Entries) for each in (before, *ways)):
        return _entries(ways)
    own = (before,) if skipped else ()
    found = _texts(before, (*ways, *own), condition) or _lists(before, (*ways, *own))
    return choice([*own, *ways], condition) if found is None else found


def _entries(ways: Sequence[Value]) -> Entries:
    """A dictionary with the entries of all arms, of one key the last one's."""
    known = [each for each in ways if isinstance(each, Entries)]
    values = {key: value for each in known for key, value in each.values.items()}
    return Entries(values, any(each.open for each in known))


def _texts(before: Value, ways: Sequence[Value], condition: str) -> Value | None:
    """A text that all arms leave or add to."""
    texts = [None if each == before else each for each in ways]
    if not all(each is None or isinstance(each, Written) for each in texts):
        return None
    start = segments_of(before)
    added: list[tuple[Segment, ...]] = []
    for each in texts:
        if each is None:
            added.append(())
        elif isinstance(each, Written) and each.segments[: len(start)] == start:
            added.append(each.segments[len(start) :])
        else:
            return None
    several = tuple(dict.fromkeys(added))
    if len(several) == 1:
        return Written((*start, *several[0])) if several[0] else before
    return Written((*start, BranchSegment(condition, several)))


def _lists(before: Value, ways: Sequence[Value]) -> Value | None:
    """A list that all arms leave or add to; what it began as may be an object that holds a history."""
    if not isinstance(before, Items | Made | Choice) and not is_brought(before):
        return None
    start = before.values if isinstance(before, Items) else (before,)
    is_open = isinstance(before, Items) and before.open
    more: list[Value] = []
    for each in ways:
        if each == before:
            more.append(NOTHING)
        elif isinstance(each, Items) and each.values[: len(start)] == start:
            added = each.values[len(start) :]
            more.append(added[0] if len(added) == 1 else Items(added))
            is_open = is_open or each.open
        else:
            return None
    several = [each for number, each in enumerate(more) if each not in more[:number]]
    if several == [NOTHING]:
        return before
    return Items((*start, _one(several)), is_open)


def _one(several: Sequence[Value]) -> Value:
    """One item of several, or what may be missing of a list."""
    if all(isinstance(each, Written) or each == NOTHING for each in several):
        texts = (each.segments if isinstance(each, Written) else () for each in several)
        return Written((BranchSegment("", tuple(texts)),)) if len(several) > 1 else several[0]
    return several[0] if len(several) == 1 else Choice(tuple(several))
