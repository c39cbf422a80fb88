"""Linked prompts and requests with their tokens and costs.

A request bears its overhead and its output once. A prompt's own cost is its input share in the requests that send
it. What is not known stays unknown: an unsized variable leaves the upper bound open, an unpriced model leaves the cost
unknown.
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from scrimp.catalog.models import resolve
from scrimp.config.entries import Effective, effective
from scrimp.config.globs import Target
from scrimp.config.schema import Settings
from scrimp.link.volatility import volatility
from scrimp.measure.costs import call_cost, input_cost, paid_share, saved_by_cache, scaled
from scrimp.measure.sizes import Size, Sizer, followed_by
from scrimp.model.amounts import Grade, Interval
from scrimp.model.prompts import (
    InlineSegment,
    Linked,
    Measured,
    MeasuredPrompt,
    MeasuredRequest,
    MeasuredVariable,
    Prompt,
    Request,
    TextSegment,
    VariableSegment,
    walk,
)
from scrimp.model.source import Lines
from scrimp.prices.book import Price, PriceBook
from scrimp.tokens.families import encoding_for
from scrimp.tokens.overhead import overhead

DEFAULT_MODEL = "gpt-5-mini"
"""Where nothing tells the model: a small current model, so that an unconfigured audit errs low (2026-11-23)."""
DEFAULT_CALLS = 1000
"""Calls a month where nothing tells the volume: a round number to scale from, nobody's measurement."""
DEFAULT_OUTPUT = 210
"""Tokens of an answer where nothing tells: mean output of 19,366 conversation requests in the Azure LLM inference
traces of 2023 (AzurePublicDataset, CC-BY)."""
NOTHING: Interval[int] = Interval(0, 0, 0, Grade.EXACT)


@dataclass(slots=True)
class Measurement:
    """Measures one linked tree under some settings and prices.

    ``known_as`` tells under which identity the settings are asked about a prompt, by its id: one that moved keeps
    the volume and owner that it had where it came from.
    """

    linked: Linked
    lines: Mapping[str, tuple[int, ...]]
    settings: Settings
    prices: PriceBook
    known_as: Mapping[str, Target] = field(default_factory=dict)
    _sizes: dict[tuple[str, str], Size] = field(default_factory=dict)
    _effective: dict[str, Effective] = field(default_factory=dict)

    def measured(self) -> Measured:
        """All prompts and requests with their tokens and costs."""
        by_id = {prompt.id: prompt for prompt in self.linked.prompts}
        requests = [self._request(request, by_id) for request in self.linked.requests]
        carriers = self._carriers(requests, by_id)
        prompts = [self._prompt(prompt, carriers.get(prompt.id, [])) for prompt in self.linked.prompts]
        return Measured(tuple(prompts), tuple(requests), self.linked.unresolved)

    def _configured(self, prompt: Prompt) -> Effective:
        if prompt.id not in self._effective:
            target = self.known_as.get(prompt.id, Target(prompt.id, prompt.path, prompt.name))
            self._effective[prompt.id] = effective(self.settings, target)
        return self._effective[prompt.id]

    # --- requests -----------------------------------------------------------------------------------

    def _request(self, request: Request, by_id: Mapping[str, Prompt]) -> MeasuredRequest:
        parts = [by_id[part.prompt] for part in request.parts]
        settings = [self._configured(part) for part in parts]
        target = self._target(request, parts)
        settings.append(effective(self.settings, target))
        name, source = self._model(request, settings)
        model = resolve(name)
        framing = overhead(model, 0 if _are_tools(parts) else request.messages, request.tools)
        size = Size(0, 0, 0, 0, Grade.EXACT, 0, closed=True)
        for part in parts:
            size = followed_by(size, self._size(part, name))
        if request.open_parts or _has_unread_tools(request, parts):
            size = followed_by(size, Size(0, 0, 0, None, Grade.EXACT, 0, closed=False))
        tokens = size.interval.plus(Interval(framing, framing, framing, Grade.EXACT))
        output = self._output(request, parts, settings)
        calls, calls_grade = self._calls(parts, settings)
        price = self.prices.price(name)
        hit_rate = next((each.hit_rate for each in settings if each.hit_rate is not None), None)
        saved = saved_by_cache(price, size.prefix, hit_rate)
        discount = paid_share(price, tokens, saved)
        per_call = call_cost(tokens, output, price, saved)
        return MeasuredRequest(
            request,
            name,
            model.provider if model else (price.provider if price else ""),
            source,
            tokens,
            framing,
            output,
            calls,
            calls_grade,
            per_call,
            scaled(per_call, calls, calls_grade),
            self._owner(parts, target.path),
            tuple(self._share(part, name, price, discount) for part in parts),
            hit_rate,
        )

    def _target(self, request: Request, parts: Sequence[Prompt]) -> Target:
        """What the settings are asked about a call; one that moved with prompts of its file is where they were."""
        moved = (self.known_as.get(part.id) for part in parts if part.path == request.path)
        path = next((known.path for known in moved if known is not None), request.path)
        return Target(path + request.id.removeprefix(request.path), path, request.id.partition("::")[2])

    def _owner(self, parts: Sequence[Prompt], path: str) -> str:
        first = next((self._configured(part).owner for part in parts if self._configured(part).owner), None)
        return first or self.settings.owners.of(path) or ""

    def _model(self, request: Request, settings: Sequence[Effective]) -> tuple[str, str]:
        if request.model:
            return request.model, request.model_source
        configured = next((each.model for each in settings if each.model), None)
        return (configured, "config") if configured else (DEFAULT_MODEL, "default")

    def _output(
        self, request: Request, parts: Sequence[Prompt], settings: Sequence[Effective]
    ) -> Interval[int]:
        """Tokens of the answer; a file that an agent loads, and a tool without its call, have none of their own."""
        if _are_tools(parts) or (parts and all(part.kind == "instructions" for part in parts)):
            return NOTHING
        configured = next((each.output_tokens for each in settings if each.output_tokens is not None), None)
        cap = request.output_cap or None
        if configured is not None:
            typical = configured if cap is None else min(configured, cap)
            return Interval(0, typical, cap, Grade.CONFIGURED)
        typical = DEFAULT_OUTPUT if cap is None else min(DEFAULT_OUTPUT, cap)
        return Interval(0, typical, cap, Grade.ASSUMED)

    def _calls(self, parts: Sequence[Prompt], settings: Sequence[Effective]) -> tuple[int, Grade]:
        """Calls a month: what stands beside a text goes before the configuration, as it does for models."""
        declared = next((part.declared_calls for part in parts if part.declared_calls), 0)
        if declared:
            return declared, Grade.CONFIGURED
        for each in settings:
            if each.calls_per_month is not None:
                return each.calls_per_month, each.calls_grade
        return DEFAULT_CALLS, Grade.ASSUMED

    # --- prompts ------------------------------------------------------------------------------------

    def _size(self, prompt: Prompt, model: str) -> Size:
        key = (prompt.id, model)
        if key not in self._sizes:
            sizer = Sizer(resolve(model), self._configured(prompt).variables)
            self._sizes[key] = sizer.size(prompt.segments)
        return self._sizes[key]

    def _carriers(
        self, requests: Sequence[MeasuredRequest], by_id: Mapping[str, Prompt]
    ) -> dict[str, list[MeasuredRequest]]:
        """The requests that send each prompt, as a part of their own or inside of one."""
        carriers: dict[str, list[MeasuredRequest]] = defaultdict(list)
        for request in requests:
            sent = {part.prompt for part in request.request.parts}
            for each in tuple(sent):
                sent |= {s.prompt for s in walk(by_id[each].segments) if isinstance(s, InlineSegment)}
            for each in sent:
                carriers[each].append(request)
        return carriers

    def _prompt(self, prompt: Prompt, carriers: Sequence[MeasuredRequest]) -> MeasuredPrompt:
        settings = self._configured(prompt)
        # Of several models the one that is told, rather than assumed, gives the count.
        first = min(carriers, key=lambda each: each.model_source == "default", default=None)
        model = first.model if first else prompt.declared_model or settings.model or DEFAULT_MODEL
        size = self._size(prompt, model)
        if carriers:
            shares = [self._carried(prompt, request) for request in carriers]
            per_call = shares[0]
            monthly: Interval[Decimal] = Interval(Decimal(0), Decimal(0), Decimal(0), Grade.EXACT)
            for request, share in zip(carriers, shares, strict=True):
                monthly = monthly.plus(scaled(share, request.calls, request.calls_grade))
        else:
            per_call = input_cost(size.interval, self.prices.price(model), Decimal(1))
            monthly = scaled(per_call, *self._calls([prompt], [settings]))
        return MeasuredPrompt(
            prompt,
            model,
            encoding_for(resolve(model)),
            size.static,
            size.interval,
            tuple(self._variables(prompt, settings)),
            per_call,
            monthly,
            settings.owner or "",
            _sha256(prompt),
        )

    def _share(self, prompt: Prompt, model: str, price: Price | None, discount: Decimal) -> Interval[Decimal]:
        """What a prompt's tokens cost in one call, the request's caching spread evenly over all of its input."""
        return input_cost(self._size(prompt, model).interval, price, discount)

    def _carried(self, prompt: Prompt, request: MeasuredRequest) -> Interval[Decimal]:
        """The share of a request that a prompt has, as a part of its own or inside of one."""
        for part, share in zip(request.request.parts, request.shares, strict=True):
            if part.prompt == prompt.id:
                return share
        return self._share(prompt, request.model, self.prices.price(request.model), Decimal(1))

    def _variables(self, prompt: Prompt, settings: Effective) -> Iterable[MeasuredVariable]:
        for variable in prompt.variables:
            # A hole that is written nowhere, such as a parameter handed on, is shown where its prompt begins.
            line, column = prompt.place.line, prompt.place.column
            if variable.path in self.lines and variable.end:
                line, column = Lines(self.lines[variable.path]).position(variable.start)
            known = settings.variables.get(variable.name)
            grade = Grade.UNKNOWN if known is None else Grade.CONFIGURED
            yield MeasuredVariable(variable.name, line, column, volatility(variable.name), known, grade)


def _are_tools(parts: Sequence[Prompt]) -> bool:
    """Whether only tools are sent: they go along with messages of a call that isn't known, and bear their share."""
    return bool(parts) and all(part.kind == "tool" for part in parts)


def _has_unread_tools(request: Request, parts: Sequence[Prompt]) -> bool:
    """Whether a request sends tools of which only the number is known: their schemas' texts come on top."""
    return request.tools > sum(part.kind == "tool" for part in parts)


def _sha256(prompt: Prompt) -> str:
    """A hash of the text with its holes, independent of where it stands."""
    digest = hashlib.sha256()
    for segment in walk(prompt.segments):
        match segment:
            case TextSegment():
                digest.update(segment.value.encode("utf-8", "surrogatepass"))
            case VariableSegment():
                digest.update(b"\0" + segment.name.encode("utf-8", "surrogatepass") + b"\0")
    return digest.hexdigest()
