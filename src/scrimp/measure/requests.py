"""Requests with their tokens and costs: each bears its overhead and its output once."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from functools import cache, partial

from msgspec import Struct
from msgspec.structs import replace

from scrimp.catalog.models import Model
from scrimp.measure.alternatives import one_of
from scrimp.measure.charges import Charge, Hits
from scrimp.measure.costs import guessed_cost, scaled
from scrimp.measure.known import Known, RequestKnown
from scrimp.measure.outputs import answer
from scrimp.measure.shares import Share, Shares
from scrimp.measure.sized import Sizes
from scrimp.measure.sizes import Size
from scrimp.measure.ways import Way, Ways
from scrimp.model.amounts import Grade, Interval
from scrimp.model.measured import MeasuredRequest
from scrimp.model.prompts import Prompt, Request
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
        """A request with its tokens and costs; those of one model or another where the call doesn't tell which."""
        parts = [self.prompts[part.prompt] for part in request.parts]
        known = self.known.of_request(request, parts)
        names, source = known.models
        return one_of([self._sent_to(name, source, known) for name in names])

    def _sent_to(self, name: str, source: str, known: RequestKnown) -> MeasuredRequest:
        """A request with its tokens and costs for a model, whose name ``source`` tells."""
        request, parts = known.request, known.parts
        model = self.known.tokenizers.resolve(name)
        told = format_tokens(request.answer, model, partial(self._count, model))
        ways = self._ways(request, parts, name)
        way, tokens = ways.typical, ways.tokens.plus(told)
        size, framing = way.size, ways.framing(way) + (told.typical or 0)
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
            tuple(_breakpoints(request, way, ways.sizes, tokens.typical or 0)),
            known.region,
            any(marker.mode == EXPLICIT for marker in request.cache_markers),
        )
        per_call = charge.call(output)
        shares = tuple(Shares(ways, way, charge, calls).each())
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
            tuple(each.borne for each in shares),
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
            part_costs=tuple(each.paid for each in shares),
            part_caching=tuple(each.caching for each in shares),
            sent=way.numbers,
        )

    def _count(self, model: Model | None, text: str) -> int:
        return self.known.tokenizers.count(text, model).typical or 0

    def guessed(self, prompt: Prompt, request: MeasuredRequest) -> Decimal:
        """US dollars a month of a prompt's share of a request that rest on examples."""
        if not any(request.request.parts[number].prompt == prompt.id for number in request.sent):
            return Decimal(0)
        tokens = self.sizes.of(prompt, request.model).guessed
        return guessed_cost(tokens, request.rates[0] if request.rates else None, request.calls)

    def carried(self, prompt: Prompt, request: MeasuredRequest) -> Share:
        """The share of a request that a prompt has, as a part of its own or inside of one."""
        shares = zip(request.part_costs, request.shares, request.part_caching, strict=True)
        parts = zip(request.request.parts, shares, strict=True)
        found = next((Share(*share) for part, share in parts if part.prompt == prompt.id), None)
        return found or self.alone(prompt, request.model, request.calls)

    def alone(self, prompt: Prompt, model: str, calls: int) -> Share:
        """What a prompt costs a call as if nothing else were sent."""
        size = self.sizes.of(prompt, model)
        charge = Charge(self.prices.price(model), size.interval, size.prefix)
        return Share(charge.plain, charge.plain, charge.part_caching(size.interval, 0, size.prefix, calls))

    def _ways(self, request: Request, parts: Sequence[Prompt], model: str) -> Ways:
        """How it can go out; tools without their call go along with the messages of a call that isn't known."""
        are_tools = bool(parts) and all(part.kind == "tool" for part in parts)
        together = request.together.within(0) if are_tools else request.together
        unread = _has_unread_tools(request, parts)
        return Ways(
            replace(together, open_parts=together.open_parts + unread),
            [self.sizes.of(part, model) for part in parts],
            cache(
                partial(
                    overhead,
                    self.known.tokenizers.resolve(model),
                    tools=request.tools,
                    schemas=[json.loads(schema) for schema in request.tool_schemas],
                    forced=request.tool_forced,
                )
            ),
        )


def _breakpoints(request: Request, way: Way, sizes: Sequence[Size], whole: int) -> Iterator[Breakpoint]:
    """Where the request asks to be cached, in typical tokens."""
    for marker in request.cache_markers:
        if not marker.name.endswith(NO_BREAKPOINTS):
            covered = (number for number in way.numbers if marker.covers is None or number < marker.covers)
            tokens = sum(sizes[number].typical for number in covered)
            yield Breakpoint(whole if marker.covers is None else tokens, marker.lifetime)


def _hits(known: RequestKnown) -> Hits:
    """What is told of hits: by the configuration, else as a provider reported."""
    used = known.imported
    return Hits(known.hit_rate, used.hit_rate if used else None, used.write_rate if used else None)


def _has_unread_tools(request: Request, parts: Sequence[Prompt]) -> bool:
    """Whether a request sends tools of which only the number is known: their schemas' texts come on top."""
    described = sum(part.kind == "tool" for part in parts)
    return request.tools > max(described, len(request.tool_schemas))
