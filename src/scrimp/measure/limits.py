"""Lengths that a prompt's own words ask for: "in one word", "at most three sentences", "yes or no".

Only sentences that tell what to answer count, and only in English. What speaks of a part of the answer ("each", "per
item"), forbids ("not in one word"), or sets a least length ("at least 100 words") tells nothing of the whole.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable
from functools import cache

from msgspec import Struct

from scrimp.measure.prose import directive, sentences, table


class Limit(Struct, frozen=True):
    """Tokens of an answer as a sentence asks for it."""

    tokens: int
    sentence: str


CHOICE = 2
"""Tokens of one of two given words, with a full stop or a line end."""
NUMBER = 3
"""Tokens of a number: vocabularies join up to three digits (o200k_base's pattern), beside a sign or a point."""

_UNIT = r"(?P<unit>words?|sentences?|paragraphs?|lines?|characters?|tokens?|bullets?(?:[ -]points?)?)"


class _Expressions(Struct, frozen=True):
    """The regular expressions that the table makes."""

    directive: re.Pattern[str]
    lengths: tuple[re.Pattern[str], ...]
    either: re.Pattern[str]
    bare: re.Pattern[str]
    elsewhere: re.Pattern[str]
    more: re.Pattern[str]


@cache
def _expressions() -> _Expressions:
    listed = table()["limits"]
    number = r"(?:\d[\d,]{0,6}|" + "|".join(sorted(listed["numbers"], key=len, reverse=True)) + ")"
    words = {name: "(?:" + "|".join(parts) + ")" for name, parts in listed.items()}
    counted = rf"(?P<number>{number})[ -](?:{words['adjectives']} ){{0,5}}{_UNIT}"
    bounds = rf"\b{words['bounds']} (?:{words['bounds']} ){{0,3}}"
    return _Expressions(
        directive(),
        (
            _compiled(rf"{bounds}(?:{number}\s*(?:-|–|to|or)\s*)?{counted}(?![\w-])"),
            _compiled(rf"\b{counted} (?:max(?:imum)?|at most|or (?:less|fewer)|only)\b"),
        ),
        _compiled(
            r"[`'\"“*]*\b(?:yes|true|y)\b[`'\"”*.]*,? ?(?:or|/)(?: with)? ?[`'\"“*]*\b(?:no|false|n)\b"
        ),
        _compiled(
            r"\b(?:only|just|nothing but|single) (?:with |by |output |return )*(?:an?|the|one)?[ -]*(?:single )?"
            r"(?:[\w-]+ )?(?:number|integer|score|digit|rating|float)\b"
        ),
        _compiled(rf"\b{words['elsewhere']}\b"),
        _compiled(rf"\b{words['more']}\b"),
    )


def _compiled(expression: str) -> re.Pattern[str]:
    return re.compile(expression, re.IGNORECASE)


def limit(texts: Iterable[str]) -> Limit | None:
    """The length that some texts ask for together: of several the longest, since each may be of a part."""
    found = [known for text in texts for known in _limits(text)]
    return max(found, key=lambda each: each.tokens, default=None)


@cache
def _limits(text: str) -> tuple[Limit, ...]:
    found = ((each, _tokens(each)) for each in sentences(text))
    return tuple(Limit(tokens, sentence) for sentence, tokens in found if tokens)


def _tokens(sentence: str) -> int:
    """Tokens that a sentence asks for, or 0."""
    known = _expressions()
    if not known.directive.match(sentence) or known.elsewhere.search(sentence):
        return 0
    for length in known.lengths:
        written = length.search(sentence)
        if written:
            unit: float = table()["units"][_singular(written["unit"])]
            return math.ceil(_number(written["number"]) * unit)
    if known.more.search(sentence):
        return 0
    if known.either.search(sentence):
        return CHOICE
    return NUMBER if known.bare.search(sentence) else 0


def _number(written: str) -> int:
    digits = written.replace(",", "")
    if digits.isdecimal():
        return int(digits)
    named: int = table()["limits"]["numbers"][written.lower()]
    return named


def _singular(unit: str) -> str:
    return re.split(r"[ -]", unit.lower())[0].removesuffix("s")
