"""What checks may ask besides the prompt or request and their card; nothing is computed before it is asked for.

A ``TreeContext`` answers for the whole tree, and hands out one ``Context`` a prompt and one ``RequestContext`` a
request. What they compute is kept, so that rules share it: the view of a prompt is made once, however many rules
look at it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from decimal import Decimal
from functools import cached_property

from msgspec import Struct, field

from scrimp.checks.protected import SHOWN_ONLY, hidden, is_shown, ordered, without
from scrimp.checks.view import View, lower, view
from scrimp.checks.worth import UNKNOWN_WORTH, CacheTerms, Saving, Worth, cached_share
from scrimp.link.volatility import CONSTANT, volatility
from scrimp.model.carriers import inside
from scrimp.model.facts import Facts
from scrimp.model.handled import Handled
from scrimp.model.measured import Measured, MeasuredPrompt, MeasuredRequest
from scrimp.model.segments import InlineSegment, LoopSegment, VariableSegment, walk
from scrimp.model.source import Lines, Place
from scrimp.prices.book import Price, PriceBook
from scrimp.prices.caching import MILLION
from scrimp.tokens.counting import count, foresee
from scrimp.tokens.families import encoding_for
from scrimp.tokens.tokenizers import Tokenizers


class TokenLimit(Struct, frozen=True):
    """A budget of at most ``tokens`` static tokens a prompt; ``level`` is ``warn`` or ``fail``."""

    budget: str
    tokens: int
    level: str = "fail"


class TreeContext(Struct, frozen=True, eq=False, dict=True):
    """What checks may ask about a tree.

    ``files`` are the facts that the readers found, by path; ``limits`` tells the budgets that a prompt must keep.
    ``handled`` is what all files of the tree tell of names.
    """

    measured: Measured
    files: Mapping[str, Facts]
    prices: PriceBook
    tokenizers: Tokenizers = field(default_factory=Tokenizers)
    limits: Callable[[MeasuredPrompt], Sequence[TokenLimit]] = lambda _prompt: ()
    handled: Handled = Handled()
    _contexts: dict[str, Context] = field(default_factory=dict)
    _lines: dict[str, Lines] = field(default_factory=dict)

    @cached_property
    def prompts(self) -> Mapping[str, MeasuredPrompt]:
        """All prompts by id."""
        return {each.prompt.id: each for each in self.measured.prompts}

    @cached_property
    def carriers(self) -> Mapping[str, Sequence[MeasuredRequest]]:
        """The requests that send each prompt, as a part of their own or inside of one, by its id."""
        carriers: defaultdict[str, list[MeasuredRequest]] = defaultdict(list)
        for request in self.measured.requests:
            parts = (self.prompts[part.prompt].prompt for part in request.request.parts)
            for prompt in dict.fromkeys(name for part in parts for name in inside(part)):
                carriers[prompt].append(request)
        return carriers

    @property
    def dedenting(self) -> frozenset[str]:
        """The names of functions that take indentation off a text."""
        return self.handled.dedenting

    @property
    def filled(self) -> frozenset[str]:
        """The names of texts whose placeholders some code fills by a method."""
        return self.handled.filled

    def of(self, prompt: MeasuredPrompt) -> Context:
        """What checks may ask about one of the prompts."""
        key = prompt.prompt.id
        if key not in self._contexts:
            self._contexts[key] = Context(prompt, self)
        return self._contexts[key]

    def of_request(self, request: MeasuredRequest) -> RequestContext:
        """What checks may ask about one of the requests."""
        return RequestContext(request, self)

    def place(self, path: str, start: int, end: int) -> Place:
        """The place of a range of offsets in a file's decoded text."""
        if path not in self._lines:
            self._lines[path] = Lines(self.files[path].lines)
        return self._lines[path].place(start, end)

    def count(self, text: str, model: str) -> int:
        """The tokens of a text in the vocabulary that a model is counted by."""
        return count(text, encoding_for(self.tokenizers.resolve(model)))

    def caching(self, model: str) -> CacheTerms:
        """What the model's provider does with the beginnings of prompts."""
        return CacheTerms.of(self.prices.price(model))

    def monthly(self, prompt: str, tokens: int) -> Decimal | None:
        """What some input tokens a call cost in USD a month, in the requests that send a prompt, by its id.

        ``None`` where no request does, or a price is unknown.
        """
        return self.worth(prompt, Saving(tokens, 0)).monthly

    def worth(self, prompt: str, saving: Saving) -> Worth:
        """What tokens of a prompt, by its id, are worth where it is sent, after what caching takes off them."""
        carriers = self.carriers.get(prompt)
        if not carriers:
            return UNKNOWN_WORTH
        worths = [self.of_request(each).worth(prompt, saving) for each in carriers]
        known = [each.monthly for each in worths if each.monthly is not None]
        monthly = sum(known, Decimal(0)) if len(known) == len(worths) else None
        return Worth(worths[0].per_call, monthly)


class Context(Struct, frozen=True, eq=False, dict=True):
    """What checks may ask about one prompt."""

    measured: MeasuredPrompt
    tree: TreeContext
    _unprotected: dict[tuple[str, ...], str] = field(default_factory=dict)
    """Its text without parts of some names, in the order in which these are looked for."""
    _lowered: dict[tuple[str, ...], str] = field(default_factory=dict)

    @cached_property
    def view(self) -> View:
        """Its text as one string, every character of which knows where it was written."""
        return view(self.measured.prompt)

    @cached_property
    def said(self) -> str:
        """The view's text, as long as it, with ``SHOWN`` for what the prompt shows rather than says."""
        return self.unprotected(SHOWN_ONLY)

    def unprotected(self, protect: Sequence[str]) -> str:
        """The view's text, as long as it, with ``SHOWN`` for what is protected (see ``protected``)."""
        return self._hidden if "example" in protect and self._is_shown else self._without(ordered(protect))

    @cached_property
    def _is_shown(self) -> bool:
        """Whether the prompt is all an example."""
        return is_shown(self.measured.prompt)

    @cached_property
    def _hidden(self) -> str:
        """The text with nothing left of it."""
        return hidden(self.view.text)

    def _without(self, names: tuple[str, ...]) -> str:
        """The text without protected parts; those that several rules protect first are looked for once."""
        if not names:
            return self.view.text
        if names not in self._unprotected:
            self._unprotected[names] = without(self._without(names[:-1]), names[-1])
        return self._unprotected[names]

    def lowered(self, protect: Sequence[str]) -> str:
        """The same in small letters."""
        key = ordered(protect)
        if key not in self._lowered:
            self._lowered[key] = lower(self.unprotected(protect))
        return self._lowered[key]

    @cached_property
    def prefix_end(self) -> int:
        """Where in the view the first hole stands that may hold another value in the next call; else its end."""
        told = {each.name: each.volatility for each in self.measured.variables}
        changing = (at for at, name in self.view.holes if told.get(name, volatility(name)) != CONSTANT)
        return next(changing, len(self.view.text))

    @cached_property
    def limits(self) -> Sequence[TokenLimit]:
        """The budgets that it must keep."""
        return self.tree.limits(self.measured)

    @cached_property
    def caching(self) -> CacheTerms:
        """What its model's provider does with the beginnings of prompts."""
        return self.tree.caching(self.measured.model)

    @property
    def requests(self) -> Sequence[MeasuredRequest]:
        """The requests that send it."""
        return self.tree.carriers.get(self.measured.prompt.id, ())

    def count(self, text: str) -> int:
        """The tokens of a text in the prompt's own encoding."""
        return count(text, self.measured.encoding)

    def foresee(self, texts: Iterable[str]) -> None:
        """Have texts that will be counted be counted together (see ``tokens.counting``)."""
        foresee(texts, self.measured.encoding)

    def scaled(self, tokens: int) -> int:
        """Tokens of the prompt's text as they are told: those of its model, where its encoding only stands for that."""
        model = self.tree.tokenizers.resolve(self.measured.model)
        return self.tree.tokenizers.scaled(tokens, self.view.text, model)

    def place(self, path: str, start: int, end: int) -> Place:
        """The place of a range of offsets in a file's decoded text."""
        return self.tree.place(path, start, end)

    def monthly(self, tokens: int) -> Decimal | None:
        """What some input tokens a call cost in USD a month; ``None`` where price or volume are unknown."""
        return self.tree.monthly(self.measured.prompt.id, tokens)


class RequestContext(Struct, frozen=True, dict=True):
    """What checks may ask about one request."""

    measured: MeasuredRequest
    tree: TreeContext

    @cached_property
    def prompts(self) -> tuple[MeasuredPrompt, ...]:
        """What it sends, in the order of its parts, alternatives included."""
        return tuple(self.tree.prompts[part.prompt] for part in self.measured.request.parts)

    @property
    def always(self) -> tuple[MeasuredPrompt, ...]:
        """What every call of it sends."""
        return tuple(self.prompts[number] for number in self.measured.request.together.certain())

    @property
    def typical(self) -> tuple[MeasuredPrompt, ...]:
        """What its typical call sends: of alternatives the longest."""
        return tuple(self.prompts[number] for number in self.measured.sent)

    @cached_property
    def caching(self) -> CacheTerms:
        """What its model's provider does with the beginnings of prompts."""
        return self.tree.caching(self.measured.model)

    def worth(self, prompt: str, saving: Saving) -> Worth:
        """What tokens of a prompt, by its id, are worth in this request, as often as it sends it.

        Those in front of the first variable that changes are paid as the cache leaves them. ``prompt`` is empty if the
        tokens are of no prompt in particular.
        """
        rates = self.measured.rates
        if rates is None:
            return UNKNOWN_WORTH
        tokens = Decimal(saving.tokens)
        if prompt:
            times, leading = self._places(prompt)
            tokens = times * tokens - leading * saving.prefix * (
                1 - cached_share(self.measured.caching, self.caching)
            )
        per_call = tokens * rates[0] / MILLION
        return Worth(per_call, per_call * self.measured.calls)

    def _places(self, prompt: str) -> tuple[int, int]:
        """How often the request sends a prompt, by its id, and how often of it before any variable that changes."""
        times, leading, closed = 0, 0, False
        for part in self.prompts:
            here = sum(name == prompt for name in inside(part.prompt))
            times += here
            leading += bool(here) and not closed and _leads(part, prompt)
            context = self.tree.of(part)
            closed = closed or context.prefix_end < len(context.view.text)
        return times, leading

    @property
    def price(self) -> Price | None:
        """What its model costs; ``None`` if nobody tells."""
        return self.tree.prices.price(self.measured.model)

    def count(self, text: str) -> int:
        """The tokens of a text in the vocabulary that its model is counted by."""
        return self.tree.count(text, self.measured.model)

    def place(self, path: str, start: int, end: int) -> Place:
        """The place of a range of offsets in a file's decoded text."""
        return self.tree.place(path, start, end)

    def monthly(self, tokens: int) -> Decimal | None:
        """What some input tokens a call cost in USD a month; ``None`` where the price is unknown."""
        rates = self.measured.rates
        return None if rates is None else tokens * rates[0] * self.measured.calls / MILLION

    def monthly_output(self, tokens: int) -> Decimal | None:
        """What some output tokens a call cost in USD a month; ``None`` where the price is unknown."""
        rates = self.measured.rates
        return None if rates is None else tokens * rates[1] * self.measured.calls / MILLION


def _leads(part: MeasuredPrompt, prompt: str) -> bool:
    """Whether a prompt stands in a part of a request before any variable that changes: it is it, or begins it."""
    if part.prompt.id == prompt:
        return True
    for segment in walk(part.prompt.segments):
        if isinstance(segment, InlineSegment) and segment.prompt == prompt:
            return True
        if isinstance(segment, LoopSegment):
            return False
        if isinstance(segment, VariableSegment) and volatility(segment.name) != CONSTANT:
            return False
    return False
