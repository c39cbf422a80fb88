"""How many tokens an answer of some shape has, as JSON: expected, and at most.

Names of members, marks and options are counted by the model's own vocabulary. JSON between values is taken as
``json.dumps`` writes it, each part counted apart: an answer without its blanks is no longer.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import TypeAlias

from msgspec import Struct

from scrimp.model.answers import Anything, Either, Many, Members, Nothing, Number, Options, Shape, Text, Truth

Count: TypeAlias = Callable[[str], int]
"""Tokens of a text."""

WORD = 1  # true, false, null: one token each in o200k_base and cl100k_base
NUMBER = 3
"""Tokens of a number that nothing bounds: up to three digits make one, a sign and a point one each."""
LONGEST_NUMBER = 8
"""Of one with 17 digits, which is all that a double holds (IEEE 754): six tokens, a sign and a point."""
CHARACTERS_A_TOKEN = 4
"""OpenAI, "What are tokens and how to count them?" (help.openai.com, read 2026-11-24), for English."""
OPEN_TEXT = 20
"""Tokens expected of a text that nothing bounds: a sentence (see ``answers.toml``)."""
ITEMS = 3
"""Items expected of a list that nothing bounds: our assumption (2026-11-24)."""
QUOTES = 2
SEPARATOR = 1  # a comma with a blank


class Length(Struct, frozen=True):
    """Tokens expected of an answer, and at most; ``None`` if nothing bounds it."""

    expected: int
    most: int | None

    def plus(self, other: Length) -> Length:
        """Both, one after the other."""
        most = None if self.most is None or other.most is None else self.most + other.most
        return Length(self.expected + other.expected, most)


def length(shape: Shape, count: Count) -> Length:
    """The length of an answer of a shape."""
    match shape:
        case Text():
            return _text(shape.most)
        case Number():
            most = LONGEST_NUMBER if shape.digits is None else -(-shape.digits // 3) + 1
            return Length(min(NUMBER, most), most)
        case Truth() | Nothing():
            return Length(WORD, WORD)
        case Options():
            sizes = sorted(count(value) for value in shape.values) or [WORD]
            return Length(sizes[len(sizes) // 2], sizes[-1])
        case Many():
            return _many(shape, count)
        case Members():
            whole = Length(2, 2)  # the braces
            for name, member in shape.members:
                key = count(json.dumps(name, ensure_ascii=False) + ": ") + SEPARATOR
                whole = whole.plus(Length(key, key)).plus(length(member, count))
            return whole
        case Either():
            return _either([length(each, count) for each in shape.alternatives])
        case Anything():
            return Length(OPEN_TEXT, None)


def _text(most: int | None) -> Length:
    if most is None:
        return Length(OPEN_TEXT + QUOTES, None)
    expected = min(-(-most // CHARACTERS_A_TOKEN), OPEN_TEXT)
    return Length(expected + QUOTES, most + QUOTES)  # at worst each letter is a token


def _many(shape: Many, count: Count) -> Length:
    item = length(shape.of, count).plus(Length(SEPARATOR, SEPARATOR))
    expected = max(shape.least, ITEMS if shape.most is None else min(ITEMS, shape.most))
    most = None if shape.most is None or item.most is None else shape.most * item.most + 2
    return Length(expected * item.expected + 2, most)


def _either(lengths: list[Length]) -> Length:
    """The longest of some: what may be left out is expected to be there."""
    if not lengths:
        return Length(OPEN_TEXT, None)
    most = [each.most for each in lengths]
    return Length(
        max(each.expected for each in lengths),
        None if None in most else max(each for each in most if each is not None),
    )
