"""More of something than is needed: what a pattern finds too often in one prompt."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated

import msgspec
from msgspec import Meta

from scrimp.checks.context import Context
from scrimp.checks.hits import Hit, place_of, settings
from scrimp.checks.patterns import Declared, pattern
from scrimp.config.cards import Card
from scrimp.model.measured import MeasuredPrompt


class Options(msgspec.Struct, frozen=True):
    """The card's options: the pattern that is counted, ``of``, with its ``flags``, and how often it may be there."""

    of: str
    max: Annotated[int, Meta(ge=0)]
    flags: Annotated[str, Meta(pattern="^[imsx]*$")] = "im"

    def declared(self) -> Iterator[Declared]:
        """The one that is counted."""
        yield ("of",), self.of, self.flags, ""


def check(measured: MeasuredPrompt, card: Card, context: Context) -> Iterator[Hit]:  # noqa: ARG001
    """One hit a prompt, at the first match beyond those that may be there, without a saving."""
    options = settings(card, Options)
    text = context.unprotected(card.protect)
    found = [each.span() for each in pattern(card, options.of, options.flags).finditer(text)]
    if len(found) <= options.max:
        return
    path, start, end = place_of(context, found[options.max])
    said = card.message or "{count} of these are in the prompt, {max} may be"
    message = said.replace("{count}", f"{len(found):,}").replace("{max}", f"{options.max:,}")
    yield Hit(path, start, end, message, "")
