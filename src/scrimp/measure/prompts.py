"""Prompts with their tokens and their share of the costs of the requests that send them."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal

from msgspec import Struct
from msgspec.structs import replace

from scrimp.link.volatility import volatility
from scrimp.measure.costs import scaled
from scrimp.measure.known import Known
from scrimp.measure.requests import Requests
from scrimp.measure.sized import Sizes
from scrimp.model.amounts import Grade, Interval
from scrimp.model.caching import Caching
from scrimp.model.measured import MeasuredPrompt, MeasuredRequest, MeasuredVariable
from scrimp.model.prompts import Prompt
from scrimp.model.segments import MemberSegment, TextSegment, VariableSegment, walk
from scrimp.model.source import Lines
from scrimp.tokens.families import encoding_for


class Prompts(Struct, frozen=True):
    """Measures prompts; ``lines`` are the line starts of the tree's files by path."""

    lines: Mapping[str, bytes]
    known: Known
    sizes: Sizes
    requests: Requests

    def measured(self, prompt: Prompt, carriers: Sequence[MeasuredRequest]) -> MeasuredPrompt:
        """A prompt with its tokens and costs in the requests that send it."""
        settings = self.known.of(prompt)
        # Of several models the one that is told, rather than assumed, gives the count.
        first = min(carriers, key=lambda each: each.model_source == "default", default=None)
        model = first.model if first else self.known.model_of(prompt)
        size = self.sizes.of(prompt, model)
        if carriers:
            shares = [self.requests.carried(prompt, request) for request in carriers]
            per_call = shares[0].paid
            monthly: Interval[Decimal] = Interval(Decimal(0), Decimal(0), Decimal(0), Grade.EXACT)
            for request, share in zip(carriers, shares, strict=True):
                monthly = monthly.plus(scaled(share.borne, request.calls, request.calls_grade))
            caching = _together([share.caching for share in shares])
        else:
            calls, calls_grade = self.known.calls_of(prompt)
            alone = self.requests.alone(prompt, model, calls)
            per_call, caching = alone.paid, alone.caching
            monthly = scaled(per_call, calls, calls_grade)
        return MeasuredPrompt(
            prompt,
            model,
            encoding_for(self.known.tokenizers.resolve(model)),
            size.static,
            size.interval,
            tuple(self._variables(prompt, model)),
            per_call,
            monthly,
            settings.owner or "",
            _sha256(prompt),
            sum((self.requests.guessed(prompt, request) for request in carriers), Decimal(0)),
            caching=caching,
        )

    def _variables(self, prompt: Prompt, model: str) -> Iterable[MeasuredVariable]:
        sizes = self.sizes.variables(prompt, model)
        for variable in prompt.variables:
            # A hole that is written nowhere, such as a parameter handed on, is shown where its prompt begins.
            line, column = prompt.place.line, prompt.place.column
            if variable.path in self.lines and variable.end:
                line, column = Lines(self.lines[variable.path]).position(variable.start)
            known = sizes.get(variable.name)
            tokens = None if known is None else known.tokens
            grade = Grade.UNKNOWN if known is None else known.grade
            source = "" if known is None else known.source
            yield MeasuredVariable(
                variable.name, line, column, volatility(variable.name), tokens, grade, source
            )


def _together(each: Sequence[Caching]) -> Caching:
    """What can be cached in the first of several requests, and what all of them would cost a month then."""
    known = [one.monthly for one in each if one.monthly is not None]
    return replace(each[0], monthly=sum(known, Decimal(0)) if len(known) == len(each) else None)


def _sha256(prompt: Prompt) -> str:
    """A hash of the text with its holes, independent of where it stands."""
    digest = hashlib.sha256()
    for segment in walk(prompt.segments):
        match segment:
            case TextSegment():
                digest.update(segment.value.encode("utf-8", "surrogatepass"))
            case VariableSegment():
                digest.update(b"\0" + segment.name.encode("utf-8", "surrogatepass") + b"\0")
            case MemberSegment():
                digest.update(b"\1")
    return digest.hexdigest()
