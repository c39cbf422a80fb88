"""Requests with their tokens and costs: each bears its overhead and its output once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from scrimp.measure.costs import call_cost, guessed_cost, input_cost, paid_share, saved_by_cache, scaled
from scrimp.measure.known import Known
from scrimp.measure.outputs import answer
from scrimp.measure.sized import Sizes
from scrimp.measure.sizes import EMPTY_SIZE, OPEN, Size, followed_by
from scrimp.model.amounts import Grade, Interval
from scrimp.model.prompts import MeasuredRequest, Prompt, Request
from scrimp.prices.book import Price, PriceBook
from scrimp.tokens.overhead import overhead


@dataclass(frozen=True, slots=True)
class Requests:
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
        framing, size = self._framing(request, parts, name), self._size(request, parts, name)
        tokens = size.interval.plus(Interval(framing, framing, framing, Grade.EXACT))
        calls, calls_grade = known.calls
        price = self.prices.price(name)
        answered = answer(known, name, max(0, size.typical - size.static))
        output = answered.tokens
        saved = saved_by_cache(price, size.prefix, known.hit_rate)
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
            known.owner,
            tuple(self.share(part, name, price, discount) for part in parts),
            known.hit_rate,
            answered.source,
            answered.reasoning.tokens if answered.reasoning else None,
            answered.is_least,
            guessed_cost(size.guessed, price.input * discount if price else None, calls),
            guessed_cost((output.typical or 0) - answered.declared, price.output if price else None, calls),
        )

    def guessed(self, prompt: Prompt, request: MeasuredRequest) -> Decimal:
        """US dollars a month of a prompt's share of a request that rest on examples."""
        price = self.prices.price(request.model)
        tokens = self.sizes.of(prompt, request.model).guessed
        return guessed_cost(tokens, price.input if price else None, request.calls)

    def share(self, prompt: Prompt, model: str, price: Price | None, discount: Decimal) -> Interval[Decimal]:
        """What a prompt's tokens cost in one call, the request's caching spread evenly over all of its input."""
        return input_cost(self.sizes.of(prompt, model).interval, price, discount)

    def carried(self, prompt: Prompt, request: MeasuredRequest) -> Interval[Decimal]:
        """The share of a request that a prompt has, as a part of its own or inside of one."""
        for part, share in zip(request.request.parts, request.shares, strict=True):
            if part.prompt == prompt.id:
                return share
        return self.share(prompt, request.model, self.prices.price(request.model), Decimal(1))

    def _framing(self, request: Request, parts: Sequence[Prompt], model: str) -> int:
        """The overhead; tools without their call go along with the messages of a call that isn't known."""
        are_tools = bool(parts) and all(part.kind == "tool" for part in parts)
        return overhead(
            self.known.tokenizers.resolve(model), 0 if are_tools else request.messages, request.tools
        )

    def _size(self, request: Request, parts: Sequence[Prompt], model: str) -> Size:
        """All that is sent besides the framing."""
        size = EMPTY_SIZE
        for part in parts:
            size = followed_by(size, self.sizes.of(part, model))
        return followed_by(size, OPEN) if request.open_parts or _has_unread_tools(request, parts) else size


def _has_unread_tools(request: Request, parts: Sequence[Prompt]) -> bool:
    """Whether a request sends tools of which only the number is known: their schemas' texts come on top."""
    return request.tools > sum(part.kind == "tool" for part in parts)
