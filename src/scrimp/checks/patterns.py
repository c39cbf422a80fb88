"""Patterns of cards: as they are for those that come with scrimp, with a limit of time for everybody else's."""

from __future__ import annotations

import re
import time
from collections.abc import Iterator
from contextlib import AbstractContextManager, nullcontext
from functools import lru_cache
from typing import Any, Final, Protocol, TypeAlias, runtime_checkable

from msgspec import Struct

from scrimp.config.cards import Card
from scrimp.config.documents import KeyPath

Declared: TypeAlias = tuple[KeyPath, str, str, str]
"""A pattern of a card: where it stands in its options, itself, its flags, and what replaces what it finds."""


@runtime_checkable
class Patterned(Protocol):
    """Options that hold patterns."""

    def declared(self) -> Iterator[Declared]:
        """All of them."""


@runtime_checkable
class Compiled(Protocol):
    """Options of which a pattern is made that they don't declare."""

    def make_ready(self) -> None:
        """Compile it."""


def make_ready(card: Card, options: object) -> None:
    """Compile the patterns of a card with these options, before they are used."""
    for _, text, flags, _ in options.declared() if isinstance(options, Patterned) else ():
        pattern(card, text, flags)
    if isinstance(options, Compiled):
        options.make_ready()


def problems(options: object) -> Iterator[tuple[KeyPath, str]]:
    """What is wrong with the patterns of options: where each stands, and why it can't be used."""
    import regex  # noqa: PLC0415  30 ms that only patterns of users need

    for path, text, flags, replacement in options.declared() if isinstance(options, Patterned) else ():
        try:
            regex.compile(text, _sum(flags))
            # An alternative that matches nothing, so that the replacement is looked at.
            regex.compile(f"(?:{text}\n)|" if "x" in flags else f"(?:{text})|", _sum(flags)).sub(
                replacement, ""
            )
        except (regex.error, IndexError) as error:
            yield path, f"this pattern can't be used: {error}"


LIMIT: Final = 0.5
"""Seconds that one pattern may take for one text: the longest prompts that were seen take a hundredth of it."""


LIMIT_OF_RULE: Final = 10.0
"""Seconds that a rule with patterns of somebody else may take in a run: a slow one for each of many texts adds up."""


class PatternTimeoutError(Exception):
    """A pattern took longer than its limit, or a rule all its time."""


class Match(Protocol):
    """What a match tells, whichever engine found it."""

    def span(self) -> tuple[int, int]:
        """Where it is."""

    def start(self) -> int:
        """Where it begins."""

    def end(self) -> int:
        """Where it ends."""

    def __getitem__(self, group: str) -> Any:
        """What a group matched."""

    def groupdict(self) -> dict[str, Any]:
        """Its named groups."""

    def expand(self, template: str) -> str:
        """A template with its groups filled in."""


class Pattern(Protocol):
    """A compiled pattern."""

    def finditer(self, text: str, /) -> Iterator[Match]:
        """All matches in order, which don't overlap. Raises ``PatternTimeoutError``."""

    def search(self, text: str, /) -> Match | None:
        """The first match. Raises ``PatternTimeoutError``."""


class Allowance(Struct):
    """The time that somebody else's rule may take in a run: each look is made with it, if there is some left."""

    spent: float = 0.0
    since: float = 0.0

    def __enter__(self) -> None:
        if self.spent > LIMIT_OF_RULE:
            raise PatternTimeoutError(f"the rule took longer than {LIMIT_OF_RULE:g} s")
        self.since = time.process_time()

    def __exit__(self, *_error: object) -> None:
        self.spent += time.process_time() - self.since


def allowance(card: Card) -> AbstractContextManager[None]:
    """What a rule's looks are made with: our own may take what they take."""
    return nullcontext() if _is_ours(card) else Allowance()


class _Limited(Struct, frozen=True):
    """A pattern of somebody else, by the engine that can be stopped."""

    pattern: Any

    def finditer(self, text: str) -> Iterator[Match]:
        try:
            yield from self.pattern.finditer(text, timeout=LIMIT)
        except TimeoutError as error:
            raise PatternTimeoutError(self._reason) from error

    def search(self, text: str) -> Match | None:
        return next(self.finditer(text), None)

    @property
    def _reason(self) -> str:
        return f"a pattern took longer than {LIMIT:g} s: {_clipped(self.pattern.pattern)}"


def pattern(card: Card, text: str, flags: str = "") -> Pattern:
    """A pattern of a card; ``flags`` are letters of ``imsx``. It was checked when the card was read or configured."""
    return _trusted(text, flags) if _is_ours(card) else _limited(text, flags)


def _is_ours(card: Card) -> bool:
    """Whether all patterns of a card are those that come with scrimp."""
    return not card.origin and not card.settings


@lru_cache(maxsize=1024)
def _trusted(text: str, flags: str) -> Pattern:
    return re.compile(text, _sum(flags))


@lru_cache(maxsize=1024)
def _limited(text: str, flags: str) -> Pattern:
    import regex  # noqa: PLC0415  30 ms that only patterns of users need

    return _Limited(regex.compile(text, _sum(flags)))


def _sum(flags: str) -> int:
    total = re.NOFLAG
    for letter in flags.upper():
        total |= re.RegexFlag[letter]
    return int(total)


def _clipped(text: str) -> str:
    return text if len(text) <= _SHOWN else text[: _SHOWN - 1] + "…"


_SHOWN: Final = 60
