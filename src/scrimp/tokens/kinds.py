"""What kind of text a text is, told from its characters: vocabularies differ by it.

It costs a pass or two of the regular expression engine over the text. Prose without accents is English unless it has
more of the commonest words of other languages than of English ones; a page of English with a list of identifiers may
be code. The thresholds were set on Python, JavaScript, JSON and Markdown files and on Django's translations
(2026-11-24): 5 % of prompts and 90 % of source files have seven signs of syntax among a hundred characters, 90 % of
JSON files and hardly any prompt have a quoted key a hundred characters, most languages with accents have them on every
two-hundredth character.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Sequence
from enum import StrEnum
from functools import lru_cache

from scrimp.expressions import compiled_late
from scrimp.tokens.vocabularies import DATA


class Kind(StrEnum):
    """What a text is, as far as it matters to how many tokens it has."""

    PROSE = "prose"  # English, and what can't be told from it
    CODE = "code"
    JSON = "json"
    LATIN = "latin"  # other languages in Latin letters
    NON_LATIN = "non-latin"  # any other script


NON_LATIN_SHARE = 20
"""One in so many characters is a letter of another script, from which on a text is ``NON_LATIN``."""
ACCENTED_SHARE = 200
"""One in so many characters is a Latin letter beyond ASCII, from which on a text is ``LATIN``."""
KEY_SHARE = 100
"""One in so many characters ends a quoted key, from which on a text is ``JSON``."""
SYNTAX_SHARE = 14
"""One in so many characters that aren't blank is a sign of syntax, from which on a text is ``CODE``."""

LEAST_FOREIGN = 2
"""Words of other languages from which on they are no coincidence."""
LOOKED_AT = 4_000
"""Characters of a text whose words are looked at: a page tells as much as a book."""

_WORD = compiled_late(r"[a-z]+(?![\w.(])")

_BEYOND_ASCII = compiled_late(r"[^\x00-\x7f]")
# First and last letters of ranges. As a pattern, which looks at each letter when it is compiled, the second one would
# take longer than all texts of a hook.
_ACCENTED = (
    *(("\u00aa", "\u00aa"), ("\u00b5", "\u00b5"), ("\u00ba", "\u00ba"), ("\u00c0", "\u00d6")),
    *(("\u00d8", "\u00f6"), ("\u00f8", "\u024f"), ("\u1e00", "\u1eff")),
)
# From Greek on, without what texts in any script use: typographic marks, arrows, signs and emoji.
_NON_LATIN = (
    *(("\u0370", "\u1dff"), ("\u1f00", "\u1fff"), ("\u2c00", "\u2dff"), ("\u2e80", "\ud7ff")),
    *(("\uf900", "\ufdff"), ("\ufe70", "\ufeff"), ("\uff66", "\uffdc")),
)
_KEY = compiled_late(r'"\s*:')
_SYNTAX = compiled_late(r"[][(){}=;<>_\"'`|\\/*+#&$@~^]")
_BLANK = compiled_late(r"\s+")


def kind_of(text: str) -> Kind:
    """The kind of a text; an empty one is prose."""
    if not text.isascii():
        letters = Counter(_BEYOND_ASCII.findall(text))
        if _is_share(_number(letters, _NON_LATIN), text, NON_LATIN_SHARE):
            return Kind.NON_LATIN
        if _is_share(_number(letters, _ACCENTED), text, ACCENTED_SHARE, least=2):
            return Kind.LATIN
    if _is_share(len(_KEY.findall(text)), text, KEY_SHARE):
        return Kind.JSON
    if _is_share(len(_SYNTAX.findall(text)), _BLANK.sub("", text), SYNTAX_SHARE):
        return Kind.CODE
    return Kind.LATIN if _is_foreign(text) else Kind.PROSE


def _is_foreign(text: str) -> bool:
    """Whether more of the commonest words are those of other languages than of English."""
    words = _WORD.findall(text[:LOOKED_AT].lower())
    english, others = _commonest()
    foreign = sum(word in others for word in words)
    return foreign >= LEAST_FOREIGN and foreign > sum(word in english for word in words)


@lru_cache(maxsize=1)
def _commonest() -> tuple[frozenset[str], frozenset[str]]:
    """The commonest words of English, and those of other languages that aren't among them."""
    lists = json.loads((DATA / "words.json").read_bytes())
    english = frozenset(lists["english"].split())
    return english, frozenset(" ".join(lists["others"].values()).split()) - english


def _number(letters: Counter[str], ranges: Sequence[tuple[str, str]]) -> int:
    """How many of some letters are in one of the ranges."""
    return sum(
        number for letter, number in letters.items() if any(first <= letter <= last for first, last in ranges)
    )


def _is_share(found: int, text: str, one_in: int, least: int = 1) -> bool:
    """Whether as many were found as one in so many characters of a text; one accent alone is a name."""
    return found >= least and found * one_in >= len(text)
