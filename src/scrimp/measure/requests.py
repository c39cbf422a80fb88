"""Requests with their tokens and costs: each bears its overhead and its output once."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from functools import partial

from msgspec import Struct

from scrimp.catalog.models import Model
from scrimp.measure.charges import Charge, Hits
from scrimp.measure.costs import guessed_cost, scaled
from scrimp.measure.known import Known, RequestKnown
from scrimp.measure.outputs import answer
from scrimp.measure.sized import Sizes
from scrimp.measure.sizes import EMPTY_SIZE, OPEN, Size, followed_by
from scrimp.model.amounts import Grade, Interval
from scrimp.model.caching import Caching
from scrimp.model.prompts import MeasuredRequest, Prompt, Request
from scrimp.prices.book import Price, PriceBook
from scrimp.prices.caching import EXPLICIT, Breakpoint
from scrimp.tokens.formats import format_tokens
from scrimp.tokens.overhead import overhead

NO_BREAKPOINTS = ("key", "retention", "options")
"""Ends of the names of cache markers that route or keep entries, but set no breakpoint."""


def _worst(output: Interval[int], price: Price | None, request: Request) -> int | None:
    """The most that a call can be answered: by its cap, else as far as the model goes, for each answer."""
    if output.high is not None or price is None or price.max_output is None:
        return output.high
    return max(1, request.choices) * price.max_output


class Requests(Struct, frozen=True):
    """Measures requests; ``prompts`` are those of the tree by id."""

    prompts: Mapping[str, Prompt]
    known: Known
    sizes: Sizes
    prices: PriceBook

    def measured(self, request: Request) -> MeasuredRequest:
        """A request with its tokens and costs."""
        parts = [self.prompts[part.prompt] for part in request.parts]
        known = self.known.of_request(request, parts)
        name, source = known.model
        model = self.known.tokenizers.resolve(name)
        told = format_tokens(request.answer, model, partial(self._count, model))
        framing, size = self._framing(request, parts, name), self._size(request, parts, name)
        tokens = size.interval.plus(Interval(framing, framing, framing, Grade.EXACT)).plus(told)
        framing += told.typical or 0
        if tokens.open and known.unsized_tokens:
            # A mean of real calls: it closes no bound, as a single call may send more.
            tokens = tokens.plus(Interval(0, known.unsized_tokens, None, Grade.IMPORTED))
        calls, calls_grade = known.calls
        price = self.prices.price(name)
        filled = max(0, (tokens.typical or 0) - framing - size.static)
        answered = answer(known, name, filled, partial(self._count, model))
        output = answered.tokens
        hits = _hits(known)
        charge = Charge(
            price,
            tokens,
            size.prefix,
            known.tier,
            hits,
            tuple(self._breakpoints(request, parts, name, tokens.typical or 0)),
            known.region,
            any(marker.mode == EXPLICIT for marker in request.cache_markers),
        )
        per_call = charge.call(output)
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
            known.owner,
            tuple(charge.share(self.sizes.of(part, name).interval) for part in parts),
            hits.read if hits.stated is None else hits.stated,
            answered.source,
            answered.reasoning.tokens if answered.reasoning else None,
            answered.is_least,
            guessed_cost(size.guessed, charge.input_rate, calls),
            guessed_cost((output.typical or 0) - answered.declared, charge.output_rate, calls),
            worst_output=_worst(output, price, request),
            answer_cost=charge.answer(output.typical),
            tier=known.tier,
            region=known.region,
            rates=charge.usual,
            caching=charge.caching(per_call.typical, calls),
            part_caching=tuple(self._part_caching(parts, name, charge, calls)),
        )

    def _count(self, model: Model | None, text: str) -> int:
        return self.known.tokenizers.count(text, model).typical or 0

    def guessed(self, prompt: Prompt, request: MeasuredRequest) -> Decimal:
        """US dollars a month of a prompt's share of a request that rest on examples."""
        tokens = self.sizes.of(prompt, request.model).guessed
        return guessed_cost(tokens, request.rates[0] if request.rates else None, request.calls)

    def carried(self, prompt: Prompt, request: MeasuredRequest) -> tuple[Interval[Decimal], Caching]:
        """The share of a request that a prompt has, as a part of its own or inside of one, and what of it is cached."""
        parts = zip(request.request.parts, request.shares, request.part_caching, strict=True)
        found = next(((share, caching) for part, share, caching in parts if part.prompt == prompt.id), None)
        return found or self.alone(prompt, request.model, request.calls)

    def alone(self, prompt: Prompt, model: str, calls: int) -> tuple[Interval[Decimal], Caching]:
        """What a prompt costs a call as if nothing else were sent, and what of it could be cached."""
        size = self.sizes.of(prompt, model)
        charge = Charge(self.prices.price(model), size.interval, size.prefix)
        return charge.plain, charge.part_caching(size.interval, 0, size.prefix, calls)

    def _part_caching(
        self, parts: Sequence[Prompt], model: str, charge: Charge, calls: int
    ) -> Iterator[Caching]:
        """What could be cached of each part: those behind a hole that changes have nothing of the prefix."""
        start, closed = 0, True
        for part in parts:
            size = self.sizes.of(part, model)
            yield charge.part_caching(size.interval, start if closed else charge.prefix, size.prefix, calls)
            start, closed = start + size.prefix, closed and size.closed

    def _breakpoints(
        self, request: Request, parts: Sequence[Prompt], model: str, whole: int
    ) -> Iterator[Breakpoint]:
        """Where the request asks to be cached, in typical tokens."""
        for marker in request.cache_markers:
            if not marker.name.endswith(NO_BREAKPOINTS):
                covered = parts if marker.covers is None else parts[: marker.covers]
                tokens = sum(self.sizes.of(part, model).typical for part in covered)
                yield Breakpoint(whole if marker.covers is None else tokens, marker.lifetime)

    def _framing(self, request: Request, parts: Sequence[Prompt], model: str) -> int:
        """The overhead; tools without their call go along with the messages of a call that isn't known."""
        are_tools = bool(parts) and all(part.kind == "tool" for part in parts)
        return overhead(
            self.known.tokenizers.resolve(model),
            0 if are_tools else request.messages,
            request.tools,
            [json.loads(schema) for schema in request.tool_schemas],
            request.tool_forced,
        )

    def _size(self, request: Request, parts: Sequence[Prompt], model: str) -> Size:
        """All that is sent besides the framing."""
        size = EMPTY_SIZE
        for part in parts:
            size = followed_by(size, self.sizes.of(part, model))
        return followed_by(size, OPEN) if request.open_parts or _has_unread_tools(request, parts) else size


def _hits(known: RequestKnown) -> Hits:
    """What is told of hits: by the configuration, else as a provider reported."""
    used = known.imported
    return Hits(known.hit_rate, used.hit_rate if used else None, used.write_rate if used else None)


def _has_unread_tools(request: Request, parts: Sequence[Prompt]) -> bool:
    """Whether a request sends tools of which only the number is known: their schemas' texts come on top."""
    described = sum(part.kind == "tool" for part in parts)
    return request.tools > max(described, len(request.tool_schemas))
