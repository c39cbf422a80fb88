"""What a prompt says again: in the same words, in nearly the same ones, or in another of the ways that a card names.

Only what the prompt says counts, not what it quotes or shows. What stands in an alternative counts only beside what is
always sent with it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from fractions import Fraction
from typing import Annotated, Final, Literal

import msgspec
from msgspec import Meta, Struct

from scrimp.checks.context import Context
from scrimp.checks.hits import Hit, place_of, settings
from scrimp.checks.patterns import Declared, Pattern, pattern
from scrimp.checks.sentences import is_numbered, line_of, paragraph_removal, removal
from scrimp.checks.shingles import likenesses, shingles
from scrimp.checks.units import Span, units
from scrimp.checks.view import MARKS, Arms
from scrimp.config.cards import Card
from scrimp.model.measured import MeasuredPrompt
from scrimp.model.savings import Change

_WORD: Final = re.compile(r"[^\W_][\w'’-]*")
_MARKER: Final = re.compile(r"(?:[-*+•#>]+[ \t]+|\d+[.)][ \t]+)*")
_HOLES: Final = frozenset(MARKS)


class Shingle(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Runs of ``k`` words, of which two texts have at least the share ``j`` (Jaccard's index) in common."""

    k: Annotated[int, Meta(ge=1)]
    j: Annotated[float, Meta(gt=0, le=1)]


class Nearly(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Texts that are nearly the same, but not the same in all words."""

    shingle: Shingle


class Options(msgspec.Struct, frozen=True):
    """The card's options.

    A ``unit`` counts that has at least ``min_words`` words, in which one of the patterns ``containing`` matches if
    there are any, and none of the patterns ``unless``. ``of`` are ways to say one thing, by name, as patterns whose
    group ``format`` (if there is one) must agree for two of them to say the same; without it units are compared by
    ``similarity``. What says it at least ``min`` times is a repetition, of which the ``keep`` one stays. Units in which
    one of the patterns ``adds`` matches say more than that, and repeat nothing.
    """

    of: dict[str, list[str]] = {}
    unit: Literal["sentence", "line", "paragraph"] = "sentence"
    min: Annotated[int, Meta(ge=2)] = 2
    keep: Literal["first", "last"] = "first"
    similarity: Literal["exact"] | Nearly = "exact"
    min_words: Annotated[int, Meta(ge=1)] = 1
    containing: list[str] = []
    unless: list[str] = []
    adds: list[str] = []

    def declared(self) -> Iterator[Declared]:
        """All of them."""
        for name, ways in self.of.items():
            yield from ((("of", name, at), text, "i", "") for at, text in enumerate(ways))
        for option in ("containing", "unless", "adds"):
            texts: list[str] = getattr(self, option)
            yield from (((option, at), text, "i", "") for at, text in enumerate(texts))


class _Said(Struct, frozen=True):
    """A unit: where it is, as it is written, its words in small letters, and the alternatives around it.

    ``formats`` are the formats that it names.
    """

    span: Span
    text: str
    words: tuple[str, ...]
    arms: Arms
    member: int = 0
    formats: frozenset[str] = frozenset()

    def is_needless_after(self, other: _Said) -> bool:
        """Whether it is never sent without another one and of the same: a field of a schema is none of another."""
        return self.arms[: len(other.arms)] == other.arms and self.member == other.member

    def speaks_of(self, other: _Said) -> bool:
        """Whether it is about the same output as another one."""
        return self.formats == other.formats or not (self.formats and other.formats)


def check(measured: MeasuredPrompt, card: Card, context: Context) -> Iterator[Hit]:  # noqa: ARG001
    """One hit for each unit that says again what the prompt says elsewhere."""
    options = settings(card, Options)
    adds = _compiled(card, options.adds)
    said = list(_said(context, card, options))
    for group in _groups(said, options):
        if len(group) < options.min:
            continue
        kept = group[0] if options.keep == "first" else group[-1]
        for again in group:
            if again is not kept and again.is_needless_after(kept) and not _matches(adds, again.text):
                yield _hit(context, options, kept, again)


# --- what is said -----------------------------------------------------------------------------------------


def _said(context: Context, card: Card, options: Options) -> Iterator[_Said]:
    """The units that count, in order, without what marks them as items or headings."""
    spoken, text = context.unprotected(card.protect), context.view.text
    ways = _compiled(card, (way for each in options.of.values() for way in each))
    containing, unless = _compiled(card, options.containing), _compiled(card, options.unless)
    for start, end in units(spoken, options.unit):
        unit = " ".join(spoken[start:end].split())
        if _WORD.search(unit) is None:  # all of it is shown
            continue
        found = [match for way in ways if (match := way.search(unit))]
        if not found and (ways or not _is_whole(unit)):  # as most are
            continue
        if len(_WORD.findall(unit)) < options.min_words or _matches(unless, unit):
            continue
        if containing and not _matches(containing, unit):
            continue
        marker = _MARKER.match(spoken, start, end)
        begin = marker.end() if marker else start
        words = tuple(word.casefold() for word in _WORD.findall(text[begin:end]))
        formats = frozenset(each["format"].lower() for each in found if each.groupdict().get("format"))
        yield _Said((begin, end), unit, words, context.view.arms(begin), context.view.member(begin), formats)


def _is_whole(unit: str) -> bool:
    """Whether a unit can be compared.

    One with a variable may say something else each time, and one that ends in a colon says nothing without the rest.
    """
    return not unit.endswith(":") and _HOLES.isdisjoint(unit)


def _compiled(card: Card, texts: Iterable[str]) -> Sequence[Pattern]:
    return [pattern(card, text, "i") for text in texts]


def _matches(patterns: Iterable[Pattern], text: str) -> bool:
    return any(each.search(text) for each in patterns)


# --- what is the same -------------------------------------------------------------------------------------


def _groups(said: Sequence[_Said], options: Options) -> Iterator[Sequence[_Said]]:
    """Units that say the same, each group in order and led by its first."""
    if options.of:
        return _by_meaning(said)
    return _by_words(said) if options.similarity == "exact" else _by_likeness(said, options.similarity)


def _by_meaning(said: Iterable[_Said]) -> Iterator[Sequence[_Said]]:
    groups: list[list[_Said]] = []
    for each in said:
        own = (group for group in groups if each.is_needless_after(group[0]) and each.speaks_of(group[0]))
        _add(groups, next(own, None), each)
    yield from groups


def _by_words(said: Iterable[_Said]) -> Iterator[Sequence[_Said]]:
    groups: dict[tuple[str, ...], list[list[_Said]]] = {}
    for each in said:
        same = groups.setdefault(each.words, [])
        _add(same, next((group for group in same if each.is_needless_after(group[0])), None), each)
    for same in groups.values():
        yield from same


def _by_likeness(said: Sequence[_Said], similarity: Nearly) -> Iterator[Sequence[_Said]]:
    groups: dict[int, list[_Said]] = {}
    compared = [shingles(each.words, similarity.shingle.k) for each in said]
    least = Fraction(similarity.shingle.j)
    for at, (each, like) in enumerate(zip(said, likenesses(compared, least), strict=True)):
        if like is None:
            groups[at] = [each]
        elif each.words != said[like.earlier].words and each.is_needless_after(said[like.earlier]):
            groups[like.earlier].append(each)
    yield from groups.values()


def _add(groups: list[list[_Said]], own: list[_Said] | None, each: _Said) -> None:
    """Add a unit to its group, or begin one with it."""
    if own is None:
        groups.append([each])
    else:
        own.append(each)


# --- what becomes of it -----------------------------------------------------------------------------------


def _hit(context: Context, options: Options, kept: _Said, again: _Said) -> Hit:
    path, start, end = place_of(context, again.span)
    line = line_of(context, kept.span)
    how = "nearly the same" if options.similarity != "exact" else "this"
    when = "was already said" if options.keep == "first" else "is said again"
    take_out = paragraph_removal if options.unit == "paragraph" else removal
    return Hit(
        path=path,
        start=start,
        end=end,
        message=f"{how} {when}" + (f" on line {line}" if line else ""),
        identity=" ".join(again.words),
        changes=(Change(*take_out(context.view.text, again.span)),),
        advice=is_numbered(context.view.text, again.span[0]),
    )
