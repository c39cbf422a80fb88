"""Words that choose rules: an id, the beginning of one, or ``ALL``."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from scrimp.expressions import compiled_late

ALL: Final = "ALL"
LISTED: Final = "`scrimp rules` lists all"
_ID = compiled_late(r"([A-Za-z]+)-?(\d+)")
_DIGITS: Final = 3


def covers(selector: str, rule: str) -> bool:
    """Whether a word chooses a rule, by its id."""
    return selector == ALL or (selector != "" and rule.startswith(selector))


def meant(word: str, known: Iterable[str], quote: str = "`") -> str:
    """A hint for a word that is no rule: the id, beginning or name that is most likely meant, and where all are.

    Zeros are what is most easily lost of an id; of a name any part may be remembered.
    """
    names = sorted(known)
    nearest = _spelt_out(word, names) or _containing(word, names) or _close(word, names)
    return f"did you mean {quote}{nearest}{quote}? {LISTED}" if nearest else LISTED


def _spelt_out(word: str, names: list[str]) -> str | None:
    written = _ID.fullmatch(word)
    name = f"{written[1].upper()}{int(written[2]):0{_DIGITS}d}" if written else ""
    return name if name in names else None


def _containing(word: str, names: list[str]) -> str | None:
    parts = (name for name in names if word.lower() in name.split("-"))
    return next(parts, None)


def _close(word: str, names: list[str]) -> str | None:
    from difflib import get_close_matches  # noqa: PLC0415  10 ms that only an error needs

    return next(iter(get_close_matches(word, names, 1) or get_close_matches(word.upper(), names, 1)), None)
