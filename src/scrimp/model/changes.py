"""What differs between two audits, what a budget says of it, and the verdict."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from scrimp.model.prompts import MeasuredPrompt


@dataclass(frozen=True, slots=True)
class Cause:
    """A share of a change of cost: ``text model cap cache volume calls price variables``."""

    cause: str
    monthly: Decimal | None


@dataclass(frozen=True, slots=True)
class Change:
    """A prompt that differs. ``kind`` is ``added removed changed moved``; money is ``None`` where unknown."""

    kind: str
    before: MeasuredPrompt | None
    after: MeasuredPrompt | None
    causes: tuple[Cause, ...]


@dataclass(frozen=True, slots=True)
class Breach:
    """A budget that is broken; ``limit`` and ``actual`` are as shown to the user; ``level`` is ``warn`` or ``fail``.

    ``reason`` names what caused it most, ``key`` the limit as the configuration does (``unknown`` for what has no
    price), ``advice`` what to do.
    """

    budget: str
    limit: str
    actual: str
    level: str
    reason: str = ""
    key: str = ""
    advice: str = ""


@dataclass(frozen=True, slots=True)
class Verdict:
    """``outcome`` is ``pass warn fail incomplete``."""

    outcome: str
    breaches: tuple[Breach, ...]
