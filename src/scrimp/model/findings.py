"""Findings, fixes and edits."""

from __future__ import annotations

from decimal import Decimal
from enum import StrEnum

from msgspec import Struct

from scrimp.model.savings import Waste
from scrimp.model.source import Place


class Severity(StrEnum):
    """How much a finding matters, least first."""

    INFO = "info"
    WARNING = "warning"
    ERROR = "error"

    @property
    def rank(self) -> int:
        """0 for the least."""
        return list(Severity).index(self)


class Safety(StrEnum):
    """Whether a fix can change what the prompt says."""

    SAFE = "safe"
    UNSAFE = "unsafe"


class Edit(Struct, frozen=True):
    """Replace ``[start, end)`` (offsets of the decoded text of file ``path``) by ``text``, as written in the source."""

    path: str
    start: int
    end: int
    text: str
    place: Place


class Suggestion(Struct, frozen=True):
    """Lines of a file, ``line`` to ``end_line``, and what they are once a fix is made, without the last line end."""

    path: str
    line: int
    end_line: int
    text: str


class Fix(Struct, frozen=True):
    """Edits that belong together: all of them or none. ``suggestion`` says the same in whole lines, if asked for."""

    safety: Safety
    edits: tuple[Edit, ...]
    suggestion: Suggestion | None = None


class Suppression(Struct, frozen=True):
    """What hides a finding: ``by`` is ``comment``, ``baseline`` or ``config``.

    ``until`` is the last day on which it does (ISO), ``at`` the place that says so (``path:line``, or the part of the
    configuration); both are empty where there is none.
    """

    by: str
    reason: str
    until: str = ""
    at: str = ""


class Finding(Struct, frozen=True):
    """Something wasteful at a place. ``prompt`` is an id or ``""``; savings are ``None`` where nothing is known.

    ``tokens_saved`` and ``per_call_saved`` (US dollars) are of one call that sends ``prompt``; ``monthly_saved`` (US
    dollars) is of all calls, also of those that send the same text in other prompts.
    """

    rule: str
    name: str
    severity: Severity
    path: str
    place: Place
    message: str
    prompt: str
    tokens_saved: int | None
    monthly_saved: Decimal | None
    fix: Fix | None
    fingerprint: str
    suppressed: Suppression | None = None
    request: str = ""
    """The id of the request that it is about, if it is about one rather than about a prompt."""
    per_call_saved: Decimal | None = None
    waste: tuple[Waste, ...] = ()
    """What it is about in each prompt that wastes the same text."""
    overlaps: str = ""
    """The fingerprint of another finding, which saves more and the same tokens: sums count those of that one."""


class Rule(Struct, frozen=True):
    """A rule in words, as its card has them: ``summary`` is what it finds, ``why`` what that costs."""

    id: str
    name: str
    severity: Severity
    summary: str
    why: str


class Abstentions(Struct, frozen=True):
    """How often a rule could not decide whether there is waste, and why: each reason with its number of places."""

    rule: str
    name: str
    reasons: tuple[tuple[str, int], ...]

    @property
    def count(self) -> int:
        """The places in all."""
        return sum(number for _, number in self.reasons)
