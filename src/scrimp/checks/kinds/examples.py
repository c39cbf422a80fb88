"""More examples than teach a model anything: each is sent with every call."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

from scrimp.checks.context import Context
from scrimp.checks.hits import Hit, place_of, removals, settings
from scrimp.checks.shown_examples import shown_examples
from scrimp.config.cards import Card
from scrimp.model.measured import MeasuredPrompt


class Options(msgspec.Struct, frozen=True):
    """``max``: the most examples; ``skip_kinds`` of prompts are left alone."""

    max: int
    skip_kinds: list[str]


def check(measured: MeasuredPrompt, card: Card, context: Context) -> Iterator[Hit]:
    """One hit a prompt, at the first example beyond those that may be there; the others are what it saves."""
    options = settings(card, Options)
    if measured.prompt.kind in options.skip_kinds:
        return
    examples = shown_examples(context.view.text)
    if len(examples) <= options.max:
        return
    first, last = examples[options.max], examples[-1]
    path, start, end = place_of(context, first)
    yield Hit(
        path=path,
        start=start,
        end=end,
        message=f"{len(examples)} examples are shown, of which the last {len(examples) - options.max} teach little",
        identity="",
        changes=removals(context.view, ((first[0], last[1]),)),
        advice=True,
    )
