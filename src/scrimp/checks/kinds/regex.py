"""What a pattern finds, and what could stand in its place."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated

import msgspec
from msgspec import Meta

from scrimp.checks.context import Context
from scrimp.checks.hits import Hit, place_of, settings
from scrimp.checks.patterns import Declared, pattern
from scrimp.checks.phrases import replaced
from scrimp.config.cards import Card
from scrimp.model.measured import MeasuredPrompt


class Options(msgspec.Struct, frozen=True):
    """The card's options.

    ``pattern`` and what stands for it, ``replace``, which may use its groups: ``""`` deletes it, and without it
    nothing is known to be saved. ``flags`` are letters of ``imsx``, as Python knows them; ``skip_kinds`` of prompts are
    left alone.
    """

    pattern: str
    replace: str | None = None
    flags: Annotated[str, Meta(pattern="^[imsx]*$")] = ""
    skip_kinds: tuple[str, ...] = ()

    def declared(self) -> Iterator[Declared]:
        """The one pattern."""
        yield ("pattern",), self.pattern, self.flags, self.replace or ""


def check(measured: MeasuredPrompt, card: Card, context: Context) -> Iterator[Hit]:
    """One hit for each match that doesn't reach into what is protected."""
    options = settings(card, Options)
    if measured.prompt.kind in options.skip_kinds:
        return
    text = context.unprotected(card.protect)
    for found in pattern(card, options.pattern, options.flags).finditer(text):
        if found.start() == found.end():
            continue
        if options.replace is None:
            yield _told(context, card, found.span())
        else:
            hit = replaced(context, card, found.span(), found.expand(options.replace))
            if hit is not None:
                yield hit


def _told(context: Context, card: Card, span: tuple[int, int]) -> Hit:
    """A hit that says what it found and no more."""
    path, start, end = place_of(context, span)
    said = card.message or card.summary
    return Hit(path, start, end, said, context.view.text[span[0] : span[1]].lower())
