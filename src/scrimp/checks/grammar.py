"""What English asks of whoever takes words out of a sentence: where it starts, its capitals, its articles, its nots.

Everything here looks at a text and a range of it, and knows nothing of prompts but the marks of their views.
"""

from __future__ import annotations

from typing import Final

from scrimp.checks.view import EDGE, MARKS
from scrimp.expressions import compiled_late

_NEAR: Final = 80
"""Characters before a place that tell whether a sentence starts there."""

_SENTENCE_START: Final = compiled_late(
    rf"(?:(?:\A|\n)[ \t{EDGE}]*(?:(?:[>#*\-+•]|\d{{1,3}}[.)])[ \t#]*|[*_]{{2}})*"
    r"|(?<!\be\.g)(?<!\bi\.e)[.!?][)\]\"'”’*_]*\s[\s" + EDGE + r"]*)\Z"
)
_MODAL: Final = compiled_late(
    r"(?i)\b(?:can|could|may|might|must|shall|should|will|would|to|cannot|can't|won't|not)\s+\Z"
)
_GERUND: Final = compiled_late(r"(?i)\s*(?:[a-z]+ly\s+)?[a-z]{2,}ing\b")
_ONLY: Final = compiled_late(r"(?i)\b(?:only|must|solely|exclusively)\b")
_NEGATION: Final = compiled_late(
    r"(?i)\b(?:no|not|never|none|nothing|nobody|nor|neither|without|cannot|except|unless)\b|n['’]t\b"
)
_ARTICLE: Final = compiled_late(r"(?i)\b(an?)([ \t]+)\Z")
_WORD: Final = compiled_late(r"[ \t]*([A-Za-z][\w'’-]*)")
_LIKE_YOU: Final = compiled_late(r"(?i)uni(?![nm])|us[eu]|eu|onc?e\b|ubi|uti")
_SILENT_H: Final = compiled_late(r"(?i)hour|hono|heir|honest")
_SPELT_WITH_VOWEL: Final = frozenset("AEFHILMNORSX")
_SENTENCE_END: Final = compiled_late(r"[.!?\n]")
_CLOSING: Final = frozenset(",.;:!?)")


def starts_sentence(text: str, at: int) -> bool:
    """Whether a sentence starts at an offset: a line (behind what marks an item or a heading), or what follows one."""
    return _SENTENCE_START.search(text, max(0, at - _NEAR), at) is not None


def denies(text: str) -> bool:
    """Whether a text holds a negation, or an exception."""
    return _NEGATION.search(text) is not None


def follows_modal(text: str, start: int) -> bool:
    """Whether a verb that asks for another stands before an offset ("may", "to")."""
    return _MODAL.search(text, max(0, start - _NEAR), start) is not None


def precedes_gerund(text: str, end: int) -> bool:
    """Whether a word in "-ing" comes next."""
    return _GERUND.match(text, end) is not None


def beside_only(text: str, start: int, end: int) -> bool:
    """Whether the range, or its sentence up to it, says that something is all there is."""
    before = max((found.end() for found in _SENTENCE_END.finditer(text, 0, start)), default=0)
    return _ONLY.search(text, before, end) is not None


def in_case_of(original: str, replacement: str) -> str:
    """A replacement in capitals where the original was, or with its capital first letter."""
    letters = [letter for letter in original if letter.isalpha()]
    if len(letters) > 1 and all(letter.isupper() for letter in letters):
        return replacement.upper()
    if letters and letters[0].isupper():
        return replacement[:1].upper() + replacement[1:]
    return replacement


def closed(text: str, start: int, end: int) -> tuple[int, int]:
    """A range to delete with the blanks that would be left over on one side of it."""
    left, right = text[start - 1 : start], text[end : end + 1]
    if left in {" ", "\t"} and (right in _CLOSING or right in {"", "\n", "\r"}):
        return len(text[:start].rstrip(" \t")), end
    if left.isspace() or left in {"", "(", "[", *MARKS} or start == 0:
        end += len(text[end:]) - len(text[end:].lstrip(" \t")) if left not in MARKS or not left else 0
    return start, end


def with_article(text: str, start: int, end: int, replacement: str) -> tuple[int, str]:
    """Where to start replacing, and by what, so that "a" or "an" before the range still fits what follows it."""
    article = _ARTICLE.search(text, max(0, start - _NEAR), start)
    first = _WORD.match(text, start, end)
    following = _WORD.match(replacement) if replacement.strip() else _WORD.match(text, end)
    if article is None or first is None or following is None:
        return start, replacement
    fitted = _takes_an(first[1]) == (len(article[1]) > 1)
    wants_an = _takes_an(following[1])
    if not fitted or wants_an == (len(article[1]) > 1):
        return start, replacement
    return article.start(), article[1][0] + ("n" if wants_an else "") + article[2] + replacement


def _takes_an(word: str) -> bool:
    if len(word) > 1 and word.isupper():
        return word[0] in _SPELT_WITH_VOWEL
    if word[0].lower() in "aeiou":
        return not _LIKE_YOU.match(word)
    return _SILENT_H.match(word) is not None
