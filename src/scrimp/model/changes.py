"""What differs between two audits, what a budget says of it, and the verdict."""

from __future__ import annotations

from decimal import Decimal

from msgspec import Struct

from scrimp.model.prompts import MeasuredPrompt


class Cause(Struct, frozen=True):
    """A share of a change of cost: ``text model cap cache volume calls price variables``."""

    cause: str
    monthly: Decimal | None


class Change(Struct, frozen=True):
    """A prompt that differs. ``kind`` is ``added removed changed moved``; money is ``None`` where unknown."""

    kind: str
    before: MeasuredPrompt | None
    after: MeasuredPrompt | None
    causes: tuple[Cause, ...]


class Breach(Struct, frozen=True):
    """A budget that is broken; ``limit`` and ``actual`` are as shown to the user; ``level`` is ``warn`` or ``fail``.

    ``reason`` names what caused it most, ``key`` the limit as the configuration does (``unknown`` for what has no
    price), ``advice`` what to do, ``ground`` what of an actual amount is assumed or guessed, and from where.
    """

    budget: str
    limit: str
    actual: str
    level: str
    reason: str = ""
    key: str = ""
    advice: str = ""
    ground: tuple[str, ...] = ()


class Verdict(Struct, frozen=True):
    """``outcome`` is ``pass warn fail incomplete``."""

    outcome: str
    breaches: tuple[Breach, ...]
