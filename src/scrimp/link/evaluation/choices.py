"""Alternatives: what a name or a call may hold, one or the other."""

from __future__ import annotations

from scrimp.link.values import Choice, Hole, Number, Value, Written, has_text
from scrimp.model.segments import BranchSegment

MOST_ALTERNATIVES = 8  # of one name; the rest is left out


def alternatives(value: Value) -> tuple[Value, ...]:
    """The values of which a value is one."""
    match value:
        case Choice():
            return value.values
        case Written(segments=(BranchSegment(alternatives=several),)):
            return tuple(Written(each) for each in several)
    return (value,)


def choice(values: list[Value], condition: str = "", most: int = MOST_ALTERNATIVES) -> Value:
    """One of several values, at most so many; text alternatives make a branch."""
    if len(values) == 1 and not isinstance(values[0], Choice):
        return values[0]
    flat: list[Value] = []
    for value in values:
        for each in value.values if isinstance(value, Choice) else (value,):
            if each not in flat:
                flat.append(each)
    telling = [each for each in flat if not (isinstance(each, Number) and each.value is None)]
    flat = telling or flat
    if len(flat) > most:  # text tells more than holes
        flat = sorted(flat, key=lambda each: not has_text(each))[:most]
    if len(flat) == 1:
        return flat[0]
    if flat and all(isinstance(each, Written) for each in flat):
        return Written(
            (BranchSegment(condition, tuple(each.segments for each in flat if isinstance(each, Written))),)
        )
    return Choice(tuple(flat)) if flat else Hole("")
