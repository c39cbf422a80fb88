"""What totals grow by beside the changes of prompts, so that both add up."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal

from scrimp.model.changes import Change, Unlisted
from scrimp.model.measured import Measured, MeasuredPrompt, MeasuredRequest

_NOTHING = Decimal(0)


def unlisted(base: Measured, head: Measured, changes: Sequence[Change]) -> Unlisted:
    """US dollars a month by which all requests of HEAD cost more than those of BASE, beyond what ``changes`` add."""
    growth = _spent(head.requests) - _spent(base.requests)
    textless = _spent(_without_text(head)) - _spent(_without_text(base))
    unsent = _alone(base, (each.before for each in changes)) - _alone(head, (each.after for each in changes))
    known = [each.growth for each in changes if each.growth is not None]
    left = growth - textless - unsent - sum(known, _NOTHING)
    return Unlisted(textless, unsent, left if len(known) < len(changes) else _NOTHING)


def _spent(requests: Iterable[MeasuredRequest]) -> Decimal:
    """What is known of their cost."""
    return sum((each.monthly.typical or _NOTHING for each in requests), _NOTHING)


def _without_text(measured: Measured) -> list[MeasuredRequest]:
    return [each for each in measured.requests if not each.request.parts]


def _alone(measured: Measured, sides: Iterable[MeasuredPrompt | None]) -> Decimal:
    """What prompts would cost that no request sends: their changes tell it, and no total counts it."""
    sent = {part.prompt for each in measured.requests for part in each.request.parts}
    alone = (each.monthly.typical for each in sides if each is not None and each.prompt.id not in sent)
    return sum((cost or _NOTHING for cost in alone), _NOTHING)
