"""A rule's page for the terminal: headings, and what they are about indented below."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator

from scrimp.config.cards import Card
from scrimp.pages.sections import Block, Code, Items, Prose, grades, sections

WIDTH = 96
INDENT = "    "


def page(card: Card) -> str:
    """The page of a rule, lines of prose at most ``WIDTH`` wide."""
    return "\n".join(_lines(card))


def _lines(card: Card) -> Iterator[str]:
    yield f"{card.id} {card.name}"
    yield grades(card)
    for section in sections(card):
        yield from ("", section.title)
        for block in section.blocks:
            yield ""
            yield from _block(block)


def _block(block: Block) -> Iterator[str]:
    match block:
        case Prose(text):
            yield _filled(text)
        case Code(text):
            yield textwrap.indent(text.rstrip("\n"), INDENT)
        case Items(texts):
            yield from (_filled(text) for text in texts)


def _filled(text: str) -> str:
    plain = text.replace("`", "")
    return textwrap.fill(
        plain,
        WIDTH,
        initial_indent=INDENT,
        subsequent_indent=INDENT,
        break_long_words=False,
        break_on_hyphens=False,
    )
