"""What is told of prompts and requests besides their text: model, volume, answer, caching, owner.

What stands beside a text goes before the configuration, and that before our own assumptions.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from scrimp.config.entries import Effective, effective
from scrimp.config.globs import Target
from scrimp.config.schema import Settings
from scrimp.model.amounts import Grade
from scrimp.model.prompts import Prompt, Request
from scrimp.tokens.tokenizers import Tokenizers

DEFAULT_MODEL = "gpt-5-mini"
"""Where nothing tells the model: a small current model, so that an unconfigured audit errs low (2026-11-23)."""
DEFAULT_CALLS = 1000
"""Calls a month where nothing tells the volume: a round number to scale from, nobody's measurement."""


@dataclass(slots=True)
class Known:
    """What is told of the prompts of a tree.

    ``known_as`` tells under which identity the settings are asked about a prompt, by its id: one that moved keeps
    the volume and owner that it had where it came from.
    """

    settings: Settings
    known_as: Mapping[str, Target] = field(default_factory=dict)
    tokenizers: Tokenizers = field(default_factory=Tokenizers)
    _effective: dict[str, Effective] = field(default_factory=dict)

    def of(self, prompt: Prompt) -> Effective:
        """What is configured for a prompt."""
        if prompt.id not in self._effective:
            target = self.known_as.get(prompt.id, Target(prompt.id, prompt.path, prompt.name))
            self._effective[prompt.id] = effective(self.settings, target)
        return self._effective[prompt.id]

    def of_request(self, request: Request, parts: Sequence[Prompt]) -> RequestKnown:
        """What is told of a request that sends some prompts: by them, then by its own name."""
        target = self._target(request, parts)
        return RequestKnown(
            self.settings,
            request,
            parts,
            (*map(self.of, parts), effective(self.settings, target)),
            target.path,
        )

    def _target(self, request: Request, parts: Sequence[Prompt]) -> Target:
        """What the settings are asked about a call; one that moved with prompts of its file is where they were."""
        moved = (self.known_as.get(part.id) for part in parts if part.path == request.path)
        path = next((known.path for known in moved if known is not None), request.path)
        return Target(path + request.id.removeprefix(request.path), path, request.id.partition("::")[2])

    def model_of(self, prompt: Prompt) -> str:
        """The model that a prompt is counted for where no request tells."""
        return prompt.declared_model or self.of(prompt).model or DEFAULT_MODEL

    def calls_of(self, prompt: Prompt) -> tuple[int, Grade]:
        """How often a prompt that no request sends is taken to be sent in a month."""
        return calls([prompt], [self.of(prompt)])


@dataclass(frozen=True, slots=True)
class RequestKnown:
    """What is told of one request; ``entries`` are what is configured for its prompts, then for itself."""

    settings: Settings
    request: Request
    parts: Sequence[Prompt]
    entries: tuple[Effective, ...]
    path: str

    @property
    def model(self) -> tuple[str, str]:
        """The model's name, and who told it: ``call file config default``."""
        if self.request.model:
            return self.request.model, self.request.model_source
        configured = next((each.model for each in self.entries if each.model), None)
        return (configured, "config") if configured else (DEFAULT_MODEL, "default")

    @property
    def calls(self) -> tuple[int, Grade]:
        """Calls a month."""
        return calls(self.parts, self.entries)

    @property
    def output_tokens(self) -> int | None:
        """Tokens of an answer, if they are configured."""
        return next((each.output_tokens for each in self.entries if each.output_tokens is not None), None)

    @property
    def hit_rate(self) -> Decimal | None:
        """The share of cacheable input that is read from the cache, if it is configured."""
        return next((each.hit_rate for each in self.entries if each.hit_rate is not None), None)

    @property
    def owner(self) -> str:
        """Who owns the first of its prompts that anybody owns, else the call's file."""
        first = next((each.owner for each in self.entries[:-1] if each.owner), None)
        return first or self.settings.owners.of(self.path) or ""


def calls(parts: Sequence[Prompt], entries: Sequence[Effective]) -> tuple[int, Grade]:
    """Calls a month: what stands beside a text goes before the configuration, as it does for models."""
    declared = next((part.declared_calls for part in parts if part.declared_calls), 0)
    if declared:
        return declared, Grade.CONFIGURED
    for each in entries:
        if each.calls_per_month is not None:
            return each.calls_per_month, each.calls_grade
    return DEFAULT_CALLS, Grade.ASSUMED
