"""What is told of the prompts of a change, where BASE's word holds and HEAD's counts only as far as it costs more.

A change may state volumes and sizes of its own, but none that makes it look cheaper: for prompts that BASE knows the
higher of both is taken. For new prompts nobody but HEAD can tell the volume; a comment beside the text (``calls=``)
still can't lower what the configuration says.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from msgspec import Struct, structs
from msgspec.structs import replace

from scrimp.config.entries import Effective, effective
from scrimp.config.schema import Settings, VariableEntry
from scrimp.measure.known import DEFAULT_MODEL, Known, RequestKnown, calls
from scrimp.model.amounts import Grade
from scrimp.model.prompts import Prompt, Request
from scrimp.prices.book import PriceBook
from scrimp.usage.book import UsageBook

TIERS = ("batch", "flex", "standard", "priority")
"""How a provider serves a call, the cheapest first; a tier that isn't among them is taken for the usual one."""


class Claims(Struct, frozen=True):
    """What HEAD says of itself, and what BASE has of it.

    ``origins`` are BASE's prompts by the ids that they have in HEAD, ``requests`` the ids of BASE's requests.
    ``floors`` are the volumes that calls have on BASE, by their ids, as far as these still name the same calls: a call
    can't be made rare by sending something else. ``prices`` tell which of two models is the dearer one.
    """

    settings: Settings
    usage: UsageBook
    prices: PriceBook
    origins: Mapping[str, Prompt]
    requests: Collection[str]
    floors: Mapping[str, tuple[int, Grade]]


class Guarded(Known, kw_only=True):
    """What BASE's settings tell of HEAD's prompts, and no less than HEAD claims."""

    claims: Claims

    def of(self, prompt: Prompt) -> Effective:
        """What is configured for a prompt by both, the dearer of each."""
        if prompt.id not in self._effective:
            is_known = prompt.id in self.claims.origins
            own, claimed = effective(self.settings, self.target_of(prompt)), self._claimed(prompt)
            imported = self.usage_of(prompt)
            if imported is not None:  # what HEAD configures would go before it
                sizes = {name: size for name, size in imported.variables.items() if name in claimed.variables}
                own = replace(own, variables={**sizes, **own.variables})
            self._effective[prompt.id] = self._dearer(own, claimed, is_known)
        return self._effective[prompt.id]

    def of_request(self, request: Request, parts: Sequence[Prompt]) -> RequestKnown:
        """What is told of a request, with the volume that nobody can lower."""
        told = super().of_request(request, parts)
        target = self.target_of_request(request, parts)
        own = self._dearer(
            told.entries[-1], effective(self.claims.settings, target), self._knows(request, parts)
        )
        return structs.replace(
            told,
            request=self._undeclared(request, parts),
            entries=(*told.entries[:-1], own),
            volume=self._volume(request, parts),
        )

    def calls_of(self, prompt: Prompt) -> tuple[int, Grade]:
        """How often a prompt that no request sends is taken to be sent in a month."""
        return self._higher([prompt], (), (), prompt.id in self.claims.origins)

    def model_of(self, prompt: Prompt) -> str:
        """The model that a prompt is counted for where no request tells."""
        return super().model_of(replace(prompt, declared_model="") if self._undercuts(prompt) else prompt)

    def _undeclared(self, request: Request, parts: Sequence[Prompt]) -> Request:
        """A request without the model that a text beside it newly tells, if that is a cheaper one."""
        if any(part.declared_model == request.model and self._undercuts(part) for part in parts):
            return replace(request, model="", model_source="")
        return request

    def _undercuts(self, prompt: Prompt) -> bool:
        """Whether a text names a model for which BASE left the word to the configuration, and that is a dearer one."""
        origin = self.claims.origins.get(prompt.id)
        if origin is None or origin.declared_model or not prompt.declared_model:
            return False
        configured = self.of(prompt).model or DEFAULT_MODEL
        return self._dearer_model(configured, prompt.declared_model) != prompt.declared_model

    def _volume(self, request: Request, parts: Sequence[Prompt]) -> tuple[int, Grade]:
        target = self.target_of_request(request, parts)
        entries = [effective(settings, target) for settings in (self.settings, self.claims.settings)]
        told = self._higher(parts, entries, (target.id, request.id), self._knows(request, parts))
        return max(told, self.claims.floors.get(target.id, told), key=_number)

    def _higher(
        self, parts: Sequence[Prompt], entries: Sequence[Effective], ids: Sequence[str], is_known: bool
    ) -> tuple[int, Grade]:
        """Calls a month: the higher of both sides', or HEAD's with and without what comments say.

        ``entries`` and ``ids`` are what each side's settings and usage are asked of the request itself.
        """
        own, claimed = entries[:1], entries[1:]
        said = (*map(self._claimed, parts), *claimed)
        imported = self.claims.usage.of(*ids[1:], *(self.target_of(part).id for part in parts))
        told = calls(parts, said, imported)
        if not is_known:
            bare = [replace(part, declared_calls=0) for part in parts]
            return max(told, calls(bare, said, imported), key=_number)
        known = [part for part in parts if part.id in self.claims.origins]
        origins = [self.claims.origins[part.id] for part in known]
        before = (*(effective(self.settings, self.target_of(part)) for part in known), *own)
        entry = self.usage.of(*ids[:1], *(self.target_of(part).id for part in known))
        return max(calls(origins, before, entry), told, key=_number)

    def _knows(self, request: Request, parts: Sequence[Prompt]) -> bool:
        """Whether BASE has any of what a request sends; of one that sends no known text, the call itself."""
        if parts:
            return any(part.id in self.claims.origins for part in parts)
        return request.id in self.claims.requests

    def _claimed(self, prompt: Prompt) -> Effective:
        return effective(self.claims.settings, self.target_of(prompt))

    def _dearer(self, own: Effective, claimed: Effective, is_known: bool) -> Effective:
        """Both together: the owner, the region and the place of the policy, and the dearer of everything else.

        What BASE says nothing of stays so for a prompt that it knows, as nobody can tell what would be dearer.
        """
        return replace(
            own,
            model=self._dearer_model(own.model, claimed.model),
            output_tokens=_more(own.output_tokens, claimed.output_tokens, is_known),
            reasoning_tokens=_more(own.reasoning_tokens, claimed.reasoning_tokens, is_known),
            variables={
                **claimed.variables,
                **{
                    name: _larger(size, claimed.variables.get(name, size))
                    for name, size in own.variables.items()
                },
            },
            hit_rate=None
            if own.hit_rate is None or claimed.hit_rate is None
            else min(own.hit_rate, claimed.hit_rate),
            tier=max(own.tier, claimed.tier, key=_tier),
        )

    def _dearer_model(self, own: str | None, claimed: str | None) -> str | None:
        """HEAD's model if nothing says that it is cheaper: one without a price can't be judged to be."""
        if own is None or claimed is None or own == claimed:
            return own or claimed
        one, other = self.claims.prices.price(own), self.claims.prices.price(claimed)
        if one is None or other is None:
            return claimed if other is None else own
        return claimed if one.input + one.output < other.input + other.output else own


def _number(volume: tuple[int, Grade]) -> int:
    return volume[0]


def _more(own: int | None, claimed: int | None, is_known: bool) -> int | None:
    if own is None:
        return None if is_known else claimed
    return max(own, claimed or 0)


def _larger(own: int | VariableEntry, claimed: int | VariableEntry) -> int | VariableEntry:
    if isinstance(own, int) and isinstance(claimed, int):
        return max(own, claimed)
    one, other = _entry(own), _entry(claimed)
    return VariableEntry(tokens=_greater(one.tokens, other.tokens), items=_greater(one.items, other.items))


def _entry(size: int | VariableEntry) -> VariableEntry:
    return size if isinstance(size, VariableEntry) else VariableEntry(tokens=size)


def _greater(one: int | None, other: int | None) -> int | None:
    return other if one is None else max(one, other or 0)


def _tier(tier: str | None) -> int:
    return TIERS.index(tier if tier in TIERS else "standard")
