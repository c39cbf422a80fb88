"""Text of which too large a part is of one sort, such as words in capitals."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Annotated, Final, Literal

import msgspec
from msgspec import Meta

from scrimp.checks.context import Context
from scrimp.checks.hits import Hit, place_of, settings
from scrimp.checks.patterns import Declared, pattern
from scrimp.checks.protected import SHOWN
from scrimp.checks.units import Span, Unit, units
from scrimp.checks.view import MARKS
from scrimp.config.cards import Card
from scrimp.expressions import compiled_late
from scrimp.model.measured import MeasuredPrompt
from scrimp.model.savings import Change

_WORD: Final = compiled_late(r"[^\W\d_](?:[\w'’-]*\w)?")
_OUT_OF_REACH: Final = frozenset(MARKS + SHOWN)

_MEASURES: Final[dict[str, Callable[[str], int]]] = {
    "words": lambda text: len(_WORD.findall(text)),
    "caps_words": lambda text: sum(word.isupper() and len(word) > 1 for word in _WORD.findall(text)),
    "characters": len,
    "letters": lambda text: sum(map(str.isalpha, text)),
    "capitals": lambda text: sum(map(str.isupper, text)),
    "blanks": lambda text: sum(map(str.isspace, text)),
    "non_ascii": lambda text: sum(not character.isascii() for character in text),
}


class Options(msgspec.Struct, frozen=True):
    """The card's options.

    ``measure`` is ``one/other``, two of ``words caps_words characters letters capitals blanks non_ascii``, taken
    ``over`` each unit with at least ``min_words`` words, in which one of the patterns ``containing`` matches if there
    are any. From ``above`` on it is a hit. ``replace`` tells what is written instead, if anything: ``sentence_case``
    has one capital, the first letter.
    """

    measure: Annotated[str, Meta(pattern=f"^({'|'.join(_MEASURES)})/({'|'.join(_MEASURES)})$")]
    above: Annotated[float, Meta(ge=0)]
    over: Unit = "sentence"
    min_words: Annotated[int, Meta(ge=0)] = 0
    containing: list[str] = []
    replace: Literal["", "sentence_case"] = ""

    def declared(self) -> Iterator[Declared]:
        """Those of which one must match."""
        yield from ((("containing", at), text, "i", "") for at, text in enumerate(self.containing))


def check(measured: MeasuredPrompt, card: Card, context: Context) -> Iterator[Hit]:  # noqa: ARG001
    """One hit for each unit with too large a share."""
    options = settings(card, Options)
    text = context.unprotected(card.protect)
    part, whole = (_MEASURES[name] for name in options.measure.split("/"))
    for start, end in units(text, options.over):
        unit = text[start:end]
        of = whole(unit)
        if not of or part(unit) / of <= options.above or len(_WORD.findall(unit)) < options.min_words:
            continue
        wanted = options.containing
        if not wanted or any(pattern(card, each, "i").search(unit) for each in wanted):
            yield _hit(context, card, (start, end), options)


def _hit(context: Context, card: Card, span: Span, options: Options) -> Hit:
    path, start, end = place_of(context, span)
    text = context.view.text[span[0] : span[1]]
    said = card.message or card.summary
    changes: tuple[Change, ...] = ()
    spoken = context.unprotected(card.protect)[span[0] : span[1]]
    if options.replace and _OUT_OF_REACH.isdisjoint(spoken):
        changes = (Change(*span, text[:1].upper() + text[1:].lower()),)
    return Hit(path, start, end, said, text.lower(), changes=changes)
