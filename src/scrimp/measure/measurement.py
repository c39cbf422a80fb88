"""Linked prompts and requests with their tokens and costs.

A request bears its overhead and its output once. A prompt's own cost is its input share in the requests that send
it. What is not known stays unknown: an unsized variable leaves the upper bound open, an unpriced model leaves the cost
unknown.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence

from msgspec import Struct, field
from msgspec.structs import replace

from scrimp.config.globs import Target
from scrimp.config.schema import Settings
from scrimp.measure.guarded import Claims, Guarded
from scrimp.measure.known import Known
from scrimp.measure.pictures import Pictures
from scrimp.measure.prompts import Prompts
from scrimp.measure.requests import Requests
from scrimp.measure.sized import Sizes
from scrimp.model.carriers import inside
from scrimp.model.measured import Measured, MeasuredRequest
from scrimp.model.prompts import Linked, Prompt
from scrimp.prices.book import PriceBook
from scrimp.tokens.tokenizers import Tokenizers
from scrimp.usage.book import NO_USAGE, UsageBook


class Measurement(Struct, frozen=True):
    """Measures one linked tree under some settings and prices.

    ``lines`` are the line starts of its files by path. ``known_as`` tells under which identity the settings are asked
    about a prompt, by its id: one that moved keeps the volume and owner that it had where it came from. ``usage`` is
    what was imported of real calls, ``pictures`` are the sizes of the images that prompts show. ``claims`` are what a
    change says of itself, where the settings are those of what it changes.
    """

    linked: Linked
    lines: Mapping[str, bytes]
    settings: Settings
    prices: PriceBook
    known_as: Mapping[str, Target] = field(default_factory=dict)
    tokenizers: Tokenizers = field(default_factory=Tokenizers)
    usage: UsageBook = NO_USAGE
    pictures: Pictures = field(default_factory=dict)
    claims: Claims | None = None

    def of(self, linked: Linked) -> Measurement:
        """The same way to measure for another linked tree, or a part of this one."""
        return replace(self, linked=linked)

    def measured(self) -> Measured:
        """All prompts and requests with their tokens and costs."""
        by_id = {prompt.id: prompt for prompt in self.linked.prompts}
        known = self._known()
        sizes = Sizes(known, self.pictures)
        sizes.foresee(self.linked.prompts)
        of_requests = Requests(by_id, known, sizes, self.prices)
        of_prompts = Prompts(self.lines, known, sizes, of_requests)
        requests = [of_requests.measured(request) for request in self.linked.requests]
        carriers = _carriers(requests, by_id)
        prompts = [of_prompts.measured(prompt, carriers.get(prompt.id, ())) for prompt in self.linked.prompts]
        return Measured(tuple(prompts), tuple(requests), self.linked.unresolved, self.linked.payloads)

    def _known(self) -> Known:
        told = (self.settings, self.known_as, self.tokenizers, self.usage)
        return Known(*told) if self.claims is None else Guarded(*told, claims=self.claims)


def _carriers(
    requests: Sequence[MeasuredRequest], by_id: Mapping[str, Prompt]
) -> Mapping[str, Sequence[MeasuredRequest]]:
    """The requests that send each prompt, as a part of their own or inside of one."""
    carriers: dict[str, list[MeasuredRequest]] = defaultdict(list)
    for request in requests:
        for each in {name for part in request.request.parts for name in inside(by_id[part.prompt])}:
            carriers[each].append(request)
    return carriers
