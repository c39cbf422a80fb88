"""Words that choose rules: an id, the beginning of one, or ``ALL``."""

from __future__ import annotations

from typing import Final

ALL: Final = "ALL"


def covers(selector: str, rule: str) -> bool:
    """Whether a word chooses a rule, by its id."""
    return selector == ALL or (selector != "" and rule.startswith(selector))
