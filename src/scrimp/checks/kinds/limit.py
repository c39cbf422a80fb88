"""A prompt that is longer than prompts of its kind should be."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Annotated, Final, Literal, TypeAlias

import msgspec
from msgspec import Meta

from scrimp.checks.context import Context
from scrimp.checks.hits import Hit, settings
from scrimp.config.cards import Card
from scrimp.config.globs import Pattern
from scrimp.model.measured import MeasuredPrompt

Measure: TypeAlias = Literal["tokens", "lines", "words", "characters", "variables"]

_MEASURES: Final[dict[Measure, Callable[[Context], int]]] = {
    "tokens": lambda context: context.measured.static,
    "lines": lambda context: len(context.view.text.splitlines()),
    "words": lambda context: len(context.view.text.split()),
    "characters": lambda context: len(context.view.text),
    "variables": lambda context: len(context.measured.prompt.variables),
}


class Options(msgspec.Struct, frozen=True):
    """The card's options.

    What is measured, and the most that may be of it: ``tokens`` are those that are always sent. ``max_tokens`` may not
    be exceeded either, unless it is 0. Of ``files`` (globs), ``prompt_kinds`` and ``loaded`` those that are given say
    which prompts are meant, in the words of the report.
    """

    measure: Measure
    max: Annotated[int, Meta(ge=0)]
    max_tokens: Annotated[int, Meta(ge=0)] = 0
    files: list[str] = []
    prompt_kinds: list[str] = []
    loaded: list[str] = []


def check(measured: MeasuredPrompt, card: Card, context: Context) -> Iterator[Hit]:
    """At most one hit, without a saving: what could be left out isn't known."""
    options = settings(card, Options)
    if not _is_meant(measured, options):
        return
    limits: list[tuple[Measure, int]] = [(options.measure, options.max)]
    if options.max_tokens:
        limits.append(("tokens", options.max_tokens))
    for measure, most in limits:
        length = _MEASURES[measure](context)
        if length > most:
            yield _hit(measured, card, measure, length, most)
            return


def _hit(measured: MeasuredPrompt, card: Card, measure: Measure, length: int, most: int) -> Hit:
    prompt = measured.prompt
    said = card.message or "{count} {measure}: {over} more than the {max} that may be there"
    figures = {"count": length, "over": length - most, "max": most}
    for name, figure in figures.items():
        said = said.replace(f"{{{name}}}", f"{figure:,}")
    return Hit(prompt.path, prompt.start, prompt.end, said.replace("{measure}", measure), "")


def _is_meant(measured: MeasuredPrompt, options: Options) -> bool:
    prompt = measured.prompt
    if options.prompt_kinds and prompt.kind not in options.prompt_kinds:
        return False
    if options.loaded and prompt.loaded not in options.loaded:
        return False
    return not options.files or any(Pattern(glob).matches_path(prompt.path) for glob in options.files)
