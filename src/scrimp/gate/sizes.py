"""How long one prompt is."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from scrimp.gate.exceptions import ended_for
from scrimp.gate.scope import Scope, target
from scrimp.gate.words import broken
from scrimp.model.changes import Breach, Change
from scrimp.model.measured import MeasuredPrompt
from scrimp.model.prompts import Confidence
from scrimp.model.written import counted


def longer(changes: Sequence[Change]) -> Iterator[MeasuredPrompt]:
    """Prompts that a change added or made longer."""
    for change in changes:
        if change.after and (change.before is None or change.after.static > change.before.static):
            yield change.after


def too_long(scope: Scope, prompts: Iterable[MeasuredPrompt]) -> Iterator[Breach]:
    """Prompts with more static tokens than the budget allows, one breach each."""
    budget = scope.budget
    limit = budget.max_prompt_tokens
    if limit is None:
        return
    for each in prompts:
        sure = each.prompt.confidence is not Confidence.LOW and budget.is_about(each.model)
        if each.static > limit and sure and scope.covers(each):
            reasons = (each.prompt.id, *ended_for(budget, target(each), scope.today))
            yield broken(
                budget, "max_prompt_tokens", counted(limit, "token"), counted(each.static, "token"), reasons
            )
