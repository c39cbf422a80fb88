"""Which prompts and requests of a tree a budget speaks of."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from datetime import date

from msgspec import Struct, field

from scrimp.config.globs import Target
from scrimp.config.schema import Budget
from scrimp.gate.exceptions import ended_for
from scrimp.model.changes import Change
from scrimp.model.measured import Measured, MeasuredPrompt, MeasuredRequest
from scrimp.model.prompts import Confidence


class Scope(Struct, frozen=True):
    """A budget in one tree: the ids of its prompts, and what those of a change were known as on BASE.

    ``sure`` are the prompts that count, in whatever scope: on one side of a comparison they are of more than low
    confidence.
    """

    budget: Budget
    measured: Measured
    today: date
    sure: frozenset[str]
    prompts: frozenset[str] = frozenset()
    known_as: Mapping[str, str] = field(default_factory=dict)

    @classmethod
    def of(
        cls,
        budget: Budget,
        measured: Measured,
        today: date,
        origins: Mapping[str, MeasuredPrompt] | None = None,
        sure: Collection[str] = (),
    ) -> Scope:
        """The scope of a budget; ``sure`` are prompts that count by what they are on the other side of a comparison.

        A prompt is in scope as it was on BASE, where ``origins`` tell what that is, by its id.
        """
        low = (each.prompt.id for each in measured.prompts if each.prompt.confidence is Confidence.LOW)
        counting = frozenset(each.prompt.id for each in measured.prompts).difference(low).union(sure)
        bare, before = cls(budget, measured, today, counting), origins or {}
        prompts = frozenset(
            each.prompt.id
            for each in measured.prompts
            if each.prompt.id in counting and bare.covers(before.get(each.prompt.id, each))
        )
        known_as = {new: old.prompt.id for new, old in before.items()}
        return cls(budget, measured, today, counting, prompts, known_as)

    def covers(self, measured: MeasuredPrompt) -> bool:
        """Whether a prompt is in scope by its place and owner, whatever its model."""
        return self.budget.covers(target(measured), measured.owner, self.today)

    def counts(self, change: Change) -> bool:
        """Whether a change is in scope; to be left out, both sides must be of low confidence."""
        sides = [side for side in (change.before, change.after) if side is not None]
        sure = any(side.prompt.confidence is not Confidence.LOW for side in sides)
        return sure and self.covers(sides[0]) and any(self.budget.is_about(side.model) for side in sides)

    @property
    def textless(self) -> list[MeasuredRequest]:
        """Requests without known text, for a budget that isn't about places or owners."""
        if self.budget.owner is not None or self.budget.match is not None:
            return []
        return [
            each
            for each in self.measured.requests
            if not sent(each) & self.sure and self.budget.is_about(each.model)
        ]

    @property
    def requests(self) -> list[MeasuredRequest]:
        """The requests in scope, each once: those that send a prompt of it, and those without known text."""
        inside = [
            each
            for each in self.measured.requests
            if sent(each) & self.prompts and self.budget.is_about(each.model)
        ]
        return inside + self.textless

    def ended(self, changes: Iterable[Change]) -> list[str]:
        """What the budget's exceptions that have ended would have let off of some changes."""
        sides = (change.before or change.after for change in changes)
        notes = (note for side in sides if side for note in ended_for(self.budget, target(side), self.today))
        return list(dict.fromkeys(notes))


def target(measured: MeasuredPrompt) -> Target:
    """A prompt as patterns see it."""
    return Target(measured.prompt.id, measured.prompt.path, measured.prompt.name)


def sent(request: MeasuredRequest) -> set[str]:
    """The ids of the prompts that a request sends."""
    return {part.prompt for part in request.request.parts}
