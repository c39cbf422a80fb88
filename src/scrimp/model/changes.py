"""What differs between two audits, what a budget says of it, and the verdict."""

from __future__ import annotations

from decimal import Decimal

from msgspec import Struct

from scrimp.model.measured import MeasuredPrompt


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

    @property
    def growth(self) -> Decimal | None:
        """US dollars a month that it costs more; a side that isn't there costs nothing."""
        before, after = (
            Decimal(0) if each is None else each.monthly.typical for each in (self.before, self.after)
        )
        return None if before is None or after is None else after - before


class Unlisted(Struct, frozen=True):
    """US dollars a month by which totals differ beside the changes: together with these it is all of it.

    ``without_text`` is of calls that send no known text. ``not_sent`` takes off what changes tell of prompts that no
    call sends, which is in no total. ``unpriced`` is the known side of changes whose other side has no price.
    """

    without_text: Decimal
    not_sent: Decimal
    unpriced: Decimal


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
