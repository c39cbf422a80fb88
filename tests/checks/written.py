"""Prompts for tests of rules: what the readers and the linker make of files that a test writes."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from scrimp.checks import Context, TokenLimit, Unpriced
from scrimp.link import link
from scrimp.link.volatility import volatility
from scrimp.model.amounts import UNKNOWN_MONEY, Grade, Interval
from scrimp.model.facts import Facts
from scrimp.model.prompts import (
    InlineSegment,
    Linked,
    LoopSegment,
    MeasuredPrompt,
    MeasuredVariable,
    Prompt,
    Segment,
    TextSegment,
)
from scrimp.model.source import Lines, Place, Source
from scrimp.prices.book import PriceBook
from scrimp.prices.snapshot import load
from scrimp.readers import reader_for
from scrimp.tokens.counting import count

ENCODING = "o200k_base"


def tokens(text: str) -> int:
    """Tokens by the vocabulary that all tests use."""
    return count(text, ENCODING)


def facts(source: Source) -> Facts:
    """What the reader of a file says of it."""
    reader = reader_for(source.path, source.text.encode("utf-8", "replace"))
    assert reader is not None
    return reader.read(source)


@dataclass(frozen=True)
class Files:
    """Some files in a tree that talks to a model, their prompts and what checks may ask about them."""

    texts: Mapping[str, str]

    @property
    def prompts(self) -> tuple[MeasuredPrompt, ...]:
        return tuple(self._measured(prompt) for prompt in self._linked.prompts)

    @property
    def _linked(self) -> Linked:
        texts = {**self.texts, "client.py": "import openai\n"}
        return link({path: facts(Source(path, text, "")) for path, text in texts.items()})

    def place(self, path: str, start: int, end: int) -> Place:
        return Lines.of(self.texts[path]).place(start, end)

    def context(self, *limits: TokenLimit, cached_share: Decimal | None = None) -> Context:
        return Context(
            tokens,
            self.place,
            lambda saved: Decimal(saved) / 100,
            limits,
            cached_share,
            unpriced=self._unpriced,
        )

    def _unpriced(self, prompt: str) -> list[Unpriced]:
        """The calls of models that the packaged list doesn't know, each by its line."""
        book, found = PriceBook(load()), []
        for each in self._linked.requests:
            if prompt in (part.prompt for part in each.parts) and each.model and not book.price(each.model):
                starts = [*Lines.of(self.texts[each.path]).starts, len(self.texts[each.path]) + 1]
                found.append(
                    Unpriced(each.model, "", each.path, starts[each.line - 1], starts[each.line] - 1)
                )
        return found

    def _measured(self, prompt: Prompt) -> MeasuredPrompt:
        static = sum(tokens(run) for run in _static(prompt.segments))
        variables = tuple(
            MeasuredVariable(one.name, 1, 1, volatility(one.name), None, Grade.UNKNOWN)
            for one in prompt.variables
        )
        size = Interval(static, static, None if variables else static, Grade.EXACT)
        digest = hashlib.sha256(prompt.text.encode("utf-8", "surrogatepass")).hexdigest()
        return MeasuredPrompt(
            prompt, "gpt-5", ENCODING, static, size, variables, UNKNOWN_MONEY, UNKNOWN_MONEY, "", digest
        )


def _static(segments: tuple[Segment, ...]) -> list[str]:
    """The runs of text that are always sent."""
    runs = [""]
    for segment in segments:
        match segment:
            case TextSegment():
                runs[-1] += segment.value
            case InlineSegment():
                first, *more = _static(segment.body)
                runs[-1] += first
                runs += more
            case LoopSegment():
                runs += ["", *_static(segment.body)]
            case _:
                runs.append("")
    return runs
