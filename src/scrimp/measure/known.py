"""What is told of prompts and requests besides their text: model, volume, answer, caching, owner.

What stands beside a text goes before an entry of the configuration, that before real usage as imported, that before
what the configuration says of a whole folder, and that before our own assumptions.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal

from msgspec import Struct, field

from scrimp.config.entries import Effective, effective
from scrimp.config.globs import Target
from scrimp.config.schema import Settings
from scrimp.measure.variables import CONFIGURATION
from scrimp.model.amounts import Grade
from scrimp.model.prompts import MODEL, Prompt, Request
from scrimp.prices.serving import STANDARD, USUAL
from scrimp.tokens.tokenizers import Tokenizers
from scrimp.usage.book import NO_USAGE, UsageBook, UsageEntry

DEFAULT_MODEL = "gpt-5-mini"
"""Where nothing tells the model: a small current model, so that an unconfigured audit errs low (2026-11-23)."""
DEFAULT_CALLS = 1000
"""Calls a month where nothing tells the volume: a round number to scale from, nobody's measurement."""


class Known(Struct):
    """What is told of the prompts of a tree.

    ``known_as`` tells under which identity the settings are asked about a prompt, by its id: one that moved keeps
    the volume and owner that it had where it came from.
    """

    settings: Settings
    known_as: Mapping[str, Target] = field(default_factory=dict)
    tokenizers: Tokenizers = field(default_factory=Tokenizers)
    usage: UsageBook = NO_USAGE
    _effective: dict[str, Effective] = field(default_factory=dict)

    def of(self, prompt: Prompt) -> Effective:
        """What is configured for a prompt."""
        if prompt.id not in self._effective:
            self._effective[prompt.id] = effective(self.settings, self.target_of(prompt))
        return self._effective[prompt.id]

    def usage_of(self, prompt: Prompt) -> UsageEntry | None:
        """What is imported of a prompt."""
        return self.usage.of(self.target_of(prompt).id)

    def target_of(self, prompt: Prompt) -> Target:
        """Under which identity the settings are asked about a prompt."""
        return self.known_as.get(prompt.id, Target(prompt.id, prompt.path, prompt.name))

    def of_request(self, request: Request, parts: Sequence[Prompt]) -> RequestKnown:
        """What is told of a request that sends some prompts: by them, then by its own name."""
        target = self.target_of_request(request, parts)
        return RequestKnown(
            self.settings,
            request,
            parts,
            (*map(self.of, parts), effective(self.settings, target)),
            target.path,
            self.usage.of(target.id, *(self.target_of(part).id for part in parts)),
            self.usage.file,
        )

    def target_of_request(self, request: Request, parts: Sequence[Prompt]) -> Target:
        """What the settings are asked about a call; one that moved with prompts of its file is where they were."""
        moved = (self.known_as.get(part.id) for part in parts if part.path == request.path)
        path = next((known.path for known in moved if known is not None), request.path)
        return Target(path + request.id.removeprefix(request.path), path, request.id.partition("::")[2])

    def model_of(self, prompt: Prompt) -> str:
        """The model that a prompt is counted for where no request tells."""
        return prompt.declared_model or self.of(prompt).model or DEFAULT_MODEL

    def calls_of(self, prompt: Prompt) -> tuple[int, Grade]:
        """How often a prompt that no request sends is taken to be sent in a month."""
        return calls([prompt], [self.of(prompt)], self.usage_of(prompt))


class RequestKnown(Struct, frozen=True):
    """What is told of one request; ``entries`` are what is configured for its prompts, then for itself.

    ``imported`` is what the usage file ``usage`` says of it.
    """

    settings: Settings
    request: Request
    parts: Sequence[Prompt]
    entries: tuple[Effective, ...]
    path: str
    imported: UsageEntry | None = None
    usage: str = ""
    volume: tuple[int, Grade] | None = None
    """Calls a month, where these are not what the entries say."""

    @property
    def models(self) -> tuple[tuple[str, ...], str]:
        """The names of the models that it goes to, one or another, and who told them: ``call file config default``.

        Of those that the call names, an entry of the configuration may tell which it is.
        """
        if self.request.model:
            named = self.request.models or (self.request.model,)
            is_told = len(named) == 1 and MODEL not in self.request.undecided
            stated = next((each.stated_model for each in self.entries if each.stated_model), None)
            if stated in named and not is_told:
                return (stated,), "config"
            return named, self.request.model_source
        configured = next((each.model for each in self.entries if each.model), None)
        return ((configured,), "config") if configured else ((DEFAULT_MODEL,), "default")

    @property
    def calls(self) -> tuple[int, Grade]:
        """Calls a month."""
        if self.volume is not None:
            return self.volume
        return calls(self.parts, self.entries, self.imported)

    @property
    def output_tokens(self) -> Stated | None:
        """Tokens of an answer as billed, if anybody tells."""
        configured = next(
            (each.output_tokens for each in self.entries if each.output_tokens is not None), None
        )
        if configured is not None:
            return Stated(configured, Grade.CONFIGURED, CONFIGURATION)
        imported = self.imported.output_tokens if self.imported else None
        return None if imported is None else Stated(imported, Grade.IMPORTED, self.usage)

    @property
    def reasoning_tokens(self) -> Stated | None:
        """Tokens that are thought before an answer, if anybody tells; of an imported answer they are a part."""
        found = (each.reasoning_tokens for each in self.entries if each.reasoning_tokens is not None)
        configured = next(found, None)
        imported = self.imported.reasoning_tokens if self.imported else None
        if imported is not None and self.answer_is_imported:
            return Stated(imported, Grade.IMPORTED, self.usage)
        return None if configured is None else Stated(configured, Grade.CONFIGURED, CONFIGURATION)

    @property
    def answer_is_imported(self) -> bool:
        """Whether the whole of an answer, thoughts included, is known from real calls."""
        told = self.output_tokens
        return told is not None and told.grade is Grade.IMPORTED

    @property
    def hit_rate(self) -> Decimal | None:
        """The share of cacheable input that is read from the cache, if it is configured."""
        return next((each.hit_rate for each in self.entries if each.hit_rate is not None), None)

    @property
    def unsized_tokens(self) -> int:
        """What calls were found to send besides their text and what has a known size; 0 if nobody tells."""
        return (self.imported.unsized_tokens or 0) if self.imported else 0

    @property
    def tier(self) -> str:
        """How the provider serves it: as the call says, else as is configured."""
        if self.request.tier:
            return STANDARD if self.request.tier.lower() in USUAL else self.request.tier.lower()
        return next((each.tier for each in self.entries if each.tier), STANDARD)

    @property
    def region(self) -> str:
        """Where the provider is to serve it: as the call says, else as is configured; ``""`` if nobody tells."""
        if self.request.region:
            return self.request.region
        return next((each.region for each in self.entries if each.region), "")

    @property
    def owner(self) -> str:
        """Who owns the first of its prompts that anybody owns, else the call's file."""
        first = next((each.owner for each in self.entries[:-1] if each.owner), None)
        return first or self.settings.owners.of(self.path) or ""


class Stated(Struct, frozen=True):
    """A number of tokens that somebody tells, and who."""

    tokens: int
    grade: Grade
    source: str


def calls(
    parts: Sequence[Prompt], entries: Sequence[Effective], imported: UsageEntry | None
) -> tuple[int, Grade]:
    """Calls a month: what stands beside a text goes before the configuration, as it does for models."""
    declared = next((part.declared_calls for part in parts if part.declared_calls), 0)
    if declared:
        return declared, Grade.CONFIGURED
    own = next((each.calls_per_month for each in entries if each.calls_per_month is not None), None)
    if own is not None:
        return own, Grade.CONFIGURED
    if imported is not None and imported.calls_per_month is not None:
        return imported.calls_per_month, Grade.IMPORTED
    default = next((each.default_calls for each in entries if each.default_calls is not None), None)
    return (DEFAULT_CALLS, Grade.ASSUMED) if default is None else (default, Grade.CONFIGURED)
