"""By whose policy a change is judged, and what in the change would have made the judgement milder."""

from __future__ import annotations

from decimal import Decimal

from msgspec import Struct

from scrimp.model.amounts import Grade


class Loosening(Struct, frozen=True):
    """A setting that HEAD makes milder than the policy has it; both values as shown to people."""

    setting: str
    policy: str
    head: str


class Concealment(Struct, frozen=True):
    """Something new in HEAD that would have kept a prompt, a part of its cost, or a finding from being judged.

    ``by`` is ``ignore`` (a comment that hides a finding), ``not-a-prompt``, ``calls``, ``model`` (what is told beside a
    prompt) or ``exclude`` (a prompt that went where the policy doesn't look). ``what`` is the rule or the prompt;
    ``tokens`` and ``monthly`` (US dollars) are what it is about, ``None`` where nothing is known.
    """

    by: str
    path: str
    line: int
    what: str
    tokens: int | None
    monthly: Decimal | None


class Assumption(Struct, frozen=True):
    """The volume of a request that BASE doesn't know, as HEAD tells it; ``monthly`` is US dollars."""

    request: str
    calls: int
    grade: Grade
    monthly: Decimal | None


class Policy(Struct, frozen=True):
    """Whose budgets, rules, prices and volumes decide.

    ``source`` is ``base head file``, ``name`` what the user knows it by, ``reason`` why it is this one, or ``""`` where
    each side speaks for itself, as outside of CI. Of what is listed nothing made the verdict milder.
    """

    source: str
    name: str
    reason: str = ""
    loosened: tuple[Loosening, ...] = ()
    concealed: tuple[Concealment, ...] = ()
    assumptions: tuple[Assumption, ...] = ()
