"""Two texts compared as people compare them: line by line, and word by word where lines are long.

Lines come back with a mark in front, as ``diff -u`` and ``git diff --word-diff`` have them: ``-`` and ``+`` for lines
that are gone or new, a space for those around, ``@`` where lines in between are left out, and ``!`` for a long line of
which some words changed: ``the [-old-]{+new+} words``. Prompts often have whole paragraphs on a line.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from itertools import zip_longest

CHANGED = "-+!"
"""The marks of lines that are not the same."""

LEFT_OUT = "@"
"""The mark of lines that are left out; nothing stands behind it."""

CONTEXT = 2
"""Lines shown around what changed."""

NEAR = 8
"""Words shown around what changed in a line."""

LONG = 80
"""Characters from which a line is compared by words."""

MOST = 1_000
"""Lines or words that are matched with each other: matching takes time by the square of their number, or worse where
all have one in common; what is in more than a hundredth of 200 or more is therefore no place to start from."""

WORDED = 20
"""Pairs of lines of one text that are compared by words, for the same reason."""

ALIKE = 0.4
"""The share of words that two lines must have in common to be shown as one."""

_WORDS = re.compile(r"\S+\s*|\s+")


def differing(before: str, after: str) -> Iterator[str]:
    """The lines of a comparison, each with its mark; none where the texts are the same.

    Where more differs than can be matched in reasonable time, all of it is gone and new.
    """
    if before == after:
        return
    old, new = (text.split("\n") if text else [] for text in (before, after))
    end = 0
    worded = _Words()
    for group in _groups(_steps(old, new)):
        if group[0][1] > end:
            yield LEFT_OUT
        for step in group:
            yield from _lines(old, new, step, worded)
        end = group[-1][2]
    if end < len(old):
        yield LEFT_OUT


_Step = tuple[str, int, int, int, int]
"""``(what, from and to in the old, from and to in the new)``; what: ``equal replace delete insert`` (``difflib``)."""


def _steps(old: Sequence[str], new: Sequence[str]) -> list[_Step]:
    """How one becomes the other; what is alike at both ends needs no matching."""
    most = min(len(old), len(new))
    head = next((at for at in range(most) if old[at] != new[at]), most)
    tail = next((at for at in range(most - head) if old[-1 - at] != new[-1 - at]), most - head)
    low, high = len(old) - tail, len(new) - tail
    steps: list[_Step] = [("equal", 0, head, 0, head)] if head else []
    if max(low, high) - head > MOST:
        steps.append(("replace", head, low, head, high))
    else:
        matcher = SequenceMatcher(None, old[head:low], new[head:high])
        steps += [
            (what, one + head, end + head, other + head, last + head)
            for what, one, end, other, last in matcher.get_opcodes()
        ]
    return [*steps, ("equal", low, len(old), high, len(new))] if tail else steps


def _groups(steps: Sequence[_Step]) -> Iterator[list[_Step]]:
    """Steps that stand together, with some lines around them."""
    group: list[_Step] = []
    for position, step in enumerate(steps):
        what, one, end, other, last = step
        if what != "equal":
            group.append(step)
            continue
        first = 0 if position == 0 else CONTEXT
        behind = 0 if position == len(steps) - 1 else CONTEXT
        if end - one <= first + behind:
            group.append(step)
            continue
        if first:
            group.append((what, one, one + first, other, other + first))
            if behind:
                yield group
        group = [(what, end - behind, end, last - behind, last)] if behind else group
    yield group


def _lines(old: Sequence[str], new: Sequence[str], step: _Step, worded: _Words) -> Iterator[str]:
    what, one, end, other, last = step
    if what == "equal":
        yield from (f" {line}" for line in old[one:end])
        return
    gone: list[str] = []
    come: list[str] = []
    for before, after in zip_longest(old[one:end], new[other:last]):
        words = None if before is None or after is None else worded.compared(before, after)
        if words is None:
            gone += [] if before is None else [f"-{before}"]
            come += [] if after is None else [f"+{after}"]
            continue
        yield from (*gone, *come, f"!{words}")
        gone, come = [], []
    yield from (*gone, *come)


class _Words:
    """Compares lines by words, as many as one text may have."""

    def __init__(self) -> None:
        self._left = WORDED

    def compared(self, before: str, after: str) -> str | None:
        """Both lines as one with the words that changed marked; ``None`` if they are short, or not much alike."""
        if max(len(before), len(after)) < LONG or not self._left:
            return None
        self._left -= 1
        old, new = (_WORDS.findall(line) for line in (before, after))
        steps = _steps(old, new)
        same = sum(len("".join(old[one:end])) for what, one, end, _, _ in steps if what == "equal")
        if same < ALIKE * max(len(before), len(after)):
            return None
        parts: list[str] = []
        for position, (what, one, end, other, last) in enumerate(steps):
            if what == "equal":
                parts.append(_cut(old[one:end], front=position > 0, back=position < len(steps) - 1))
                continue
            gone, come = "".join(old[one:end]), "".join(new[other:last])
            parts += [f"[-{gone}-]" if gone else "", f"{{+{come}+}}" if come else ""]
        return "".join(parts)


def _cut(words: Sequence[str], *, front: bool, back: bool) -> str:
    """Words that didn't change: those next to what did, as ``front`` and ``back`` tell where that is."""
    first, last = (NEAR if near else 0 for near in (front, back))
    if len(words) <= first + last + 2:
        return "".join(words)
    return f"{''.join(words[:first])}… {''.join(words[len(words) - last :])}"
