"""What a rule's page says, whatever it is rendered in."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TypeAlias

from msgspec import Struct

from scrimp.config.cards import Card, Evidence, Hit
from scrimp.model.written import counted


class Prose(Struct, frozen=True):
    """A paragraph; parts between backticks are code."""

    text: str


class Code(Struct, frozen=True):
    """A text as it stands in a file; the file's name tells its language."""

    text: str
    path: str


class Items(Struct, frozen=True):
    """A list of short paragraphs."""

    texts: tuple[str, ...]


Block: TypeAlias = Prose | Code | Items


class Section(Struct, frozen=True):
    """A part of a page under its heading."""

    title: str
    blocks: tuple[Block, ...]


def grades(card: Card) -> str:
    """The severity of a rule, whether it runs by default, and how far its fix can be trusted, in a line."""
    on = "in preview" if card.preview else f"{card.status} by default"
    return f"severity {card.severity}, {on}, {fix(card)}"


def fix(card: Card) -> str:
    """How far a rule's fix can be trusted, in a few words."""
    return "no fix" if card.fix == "none" else f"{card.fix} fix"


def sections(card: Card) -> tuple[Section, ...]:
    """The parts of a rule's page; those that a card says nothing of are left out."""
    return tuple(section for section in _sections(card) if section.blocks)


def _sections(card: Card) -> Iterator[Section]:
    yield Section("What it does", (Prose(_plain(card.summary)),))
    yield Section("Why it costs", _prose(card.why))
    for number, hit in enumerate(card.examples.hit):
        yield Section("Example" if number == 0 else "Another example", tuple(_example(hit)))
    yield Section("What it leaves alone", tuple(_misses(card)))
    yield Section("Fix safety", _prose(card.fix_safety))
    yield Section("Options", _options(card))
    yield Section("Evidence", () if card.evidence is None else tuple(_evidence(card.evidence)))
    yield Section("How to suppress", tuple(_suppressing(card)))
    yield Section("References", _items(card.references))


def _example(hit: Hit) -> Iterator[Block]:
    if hit.options:
        yield Prose(f"With {', '.join(f'`{name}: {value!r}`' for name, value in hit.options.items())}:")
    yield Code(hit.before, hit.path)
    if hit.after is not None:
        yield Prose("Use instead:")
        yield Code(hit.after, hit.path)


def _misses(card: Card) -> Iterator[Block]:
    for miss in card.examples.miss:
        yield Code(miss.text, miss.path)
        if miss.because:
            yield Prose(_plain(miss.because))
    if card.gives_way:
        others = " or ".join(f"`{rule}`" for rule in card.gives_way)
        yield Prose(
            f"What {others}, which says this and more, finds at the same place, or takes away but for a rest that "
            "saves too little."
        )


def _options(card: Card) -> tuple[Block, ...]:
    own = (
        f"`{name}` (default `{option.default!r}`): {_plain(option.help)}"
        for name, option in card.options.items()
    )
    least = f"`min_saving` (default `{card.min_saving}`): The fewest tokens of one call that a finding saves."
    return _items((*own, least) if card.min_saving > 1 else tuple(own))


def _evidence(evidence: Evidence) -> Iterator[Block]:
    found = f"{counted(evidence.hits, 'hit')} in {counted(evidence.prompts, 'prompt')}"
    saved = f"{counted(evidence.tokens_saved, 'token')} saved"
    said = f"{evidence.corpus}, {evidence.date}: {found}, {saved}, precision {evidence.precision}"
    if evidence.abstentions:
        said += f", {counted(evidence.abstentions, 'place')} not decided"
    yield Prose(f"{said}.")
    if evidence.note:
        yield Prose(_plain(evidence.note))


def _suppressing(card: Card) -> Iterator[Block]:
    yield Prose("In place, in a comment of the file's own language that the model isn't sent:")
    yield Code(f"# scrimp: ignore[{card.id}] reason, until 2027-03-01\n", "comment.py")
    yield Prose("For some files, or for all, in `scrimp.yaml`:")
    exception = f'per_path:\n  "legacy/**": {{ignore: [{card.id}], reason: "frozen"}}\n'
    yield Code(f"{exception}ignore: [{card.id}]\n", "scrimp.yaml")


def _prose(text: str) -> tuple[Block, ...]:
    return (Prose(_plain(text)),) if text else ()


def _items(texts: tuple[str, ...]) -> tuple[Block, ...]:
    return (Items(texts),) if texts else ()


def _plain(text: str) -> str:
    """A text in one paragraph, its line ends blanks."""
    return " ".join(text.split())
