"""Rules about the comments themselves: those that hide nothing, that nobody can read, and whose day has passed."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from typing import Final, TypeAlias

from msgspec import Struct

from scrimp.config.cards import Card, suggestion
from scrimp.config.selectors import ALL, covers
from scrimp.model.facts import Selector, Stretch
from scrimp.model.findings import Edit, Finding, Fix, Safety
from scrimp.model.source import Lines
from scrimp.suppress.comments import Comment


class Rules(Struct, frozen=True):
    """What the comments are judged by: the ids of all rules, of those that the project uses, and of those that ran.

    A run of some rules alone says nothing of what comments would hide in a run of all.
    """

    known: Collection[str]
    used: Collection[str]
    ran: Collection[str]

    def judges(self, selector: str) -> bool:
        """Whether all rules of the project that a word chooses ran, so that it would have hidden what there is."""
        chosen = {rule for rule in self.used if covers(selector, rule)}
        return bool(chosen) and chosen <= set(self.ran)

    def knows(self, selector: str) -> bool:
        """Whether a word chooses any rule."""
        return selector == ALL or any(covers(selector, rule) for rule in self.known)


class Said(Struct, frozen=True):
    """Something about a comment, at a range of its file, and what mends it."""

    start: int
    end: int
    message: str
    edits: tuple[tuple[Stretch, str], ...] = ()


Kind: TypeAlias = Callable[[Comment, Rules], Iterator[Said]]


def unused(comment: Comment, rules: Rules) -> Iterator[Said]:
    """A comment, or one of the rules that it names, that hides nothing."""
    ignore = comment.ignore
    if comment.is_sent:
        message = (
            "it hides nothing, as it is part of the text that is sent: use per_path in the configuration"
        )
        yield Said(ignore.start, ignore.end, message)
        return
    if not comment.is_in_force:
        return
    idle = [
        number
        for number, selector in enumerate(ignore.selectors)
        if number not in comment.used and rules.judges(selector.word)
    ]
    if len(idle) == len(ignore.selectors):
        message = f"{_words(ignore.selectors)} finds nothing here that this comment could hide"
        gone = [ignore.removal, *([comment.end.removal] if comment.end else [])]
        yield Said(ignore.start, ignore.end, message, tuple((each, "") for each in gone))
    elif idle:
        dropped = [ignore.selectors[number] for number in idle]
        kept = [each for number, each in enumerate(ignore.selectors) if number not in idle]
        inside = Stretch(ignore.selectors[0].start, ignore.selectors[-1].end)
        message = f"{_words(dropped)} finds nothing here that this comment could hide"
        edits = ((inside, ", ".join(each.word for each in kept)),)
        yield Said(dropped[0].start, dropped[0].end, message, edits)


def unreadable(comment: Comment, rules: Rules) -> Iterator[Said]:
    """A comment that nobody can read, and rules in it that don't exist."""
    ignore = comment.ignore
    if comment.trouble:
        yield Said(ignore.start, ignore.end, f"it hides nothing: {comment.trouble}")
    for selector in ignore.selectors:
        if not rules.knows(selector.word):
            near = suggestion(selector.word.upper(), rules.known)
            hint = f": {near}" if near.startswith("did") else ""
            yield Said(selector.start, selector.end, f"no rule is called {selector.word} or begins so{hint}")


def expired(comment: Comment, rules: Rules) -> Iterator[Said]:  # noqa: ARG001  the shape of all kinds
    """A comment whose day has passed."""
    ignore = comment.ignore
    if comment.is_over and not comment.is_sent and not comment.trouble:
        why = f" ({ignore.reason})" if ignore.reason else ""
        message = f"it hides nothing since {ignore.expires} has passed{why}"
        yield Said(ignore.start, ignore.end, message)


KINDS: Final[dict[str, Kind]] = {
    "suppression-expired": expired,
    "suppression-unreadable": unreadable,
    "suppression-unused": unused,
}
"""The kinds of rules about comments; their cards are read like all others."""


def judge(comments: Iterable[Comment], cards: Sequence[Card], rules: Rules) -> tuple[Finding, ...]:
    """What rules of ``KINDS`` say of comments, in the order of their places."""
    seen: Counter[tuple[str, str, str]] = Counter()
    found: list[Finding] = []
    for comment in comments:
        for card in cards:
            for said in KINDS[card.kind](comment, rules):
                key = (card.id, comment.path, said.message)
                found.append(_finding(card, comment, said, seen[key]))
                seen[key] += 1
    return tuple(found)


def _finding(card: Card, comment: Comment, said: Said, ordinal: int) -> Finding:
    lines = Lines(comment.reach.facts.lines)
    edits = tuple(
        Edit(comment.path, where.start, where.end, text, lines.place(where.start, where.end))
        for where, text in said.edits
    )
    parts = (card.id, comment.path, said.message, str(ordinal))
    return Finding(
        rule=card.id,
        name=card.name,
        severity=card.severity,
        path=comment.path,
        place=lines.place(said.start, said.end),
        message=said.message,
        prompt="",
        tokens_saved=None,
        monthly_saved=None,
        fix=Fix(Safety(card.fix), edits) if edits and card.fix != "none" else None,
        fingerprint=hashlib.sha256("\0".join(parts).encode(errors="surrogatepass")).hexdigest(),
    )


def _words(selectors: Iterable[Selector]) -> str:
    return ", ".join(each.word for each in selectors)
