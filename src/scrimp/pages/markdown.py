"""Rules' pages in Markdown, and the table of all of them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import groupby
from pathlib import PurePosixPath
from typing import Final

from scrimp.config.cards import Card
from scrimp.pages.sections import Block, Code, Items, Prose, fix, grades, sections

_LANGUAGES: Final = {
    ".hbs": "handlebars",
    ".j2": "jinja",
    ".js": "js",
    ".json": "json",
    ".md": "markdown",
    ".py": "python",
    ".ts": "ts",
    ".yaml": "yaml",
}
_FAMILIES: Final = {
    "BUD": "budgets",
    "CAL": "calls",
    "CCH": "caching",
    "DAT": "data in prompts",
    "FEW": "examples",
    "FMT": "format",
    "OUT": "answers",
    "PRC": "prices",
    "RED": "redundancy",
    "SUP": "comments that hide findings",
    "TPL": "templates",
    "WRD": "wording",
}
"""What the rules of a family are about, by what their ids begin with."""
_TICKS: Final = re.compile(r"^ *(`{3,})", re.MULTILINE)
_MARKS: Final = re.compile(r"([\\*<|])")
_CODE: Final = re.compile(r"(`[^`]*`)")


def page(card: Card) -> str:
    """The page of a rule."""
    return "\n".join(_lines(card))


def index(cards: Iterable[Card]) -> str:
    """The table of all rules, family by family, each with a link to its page."""
    lines = [
        "# Rules",
        "",
        "`scrimp explain RULE` shows the same in the terminal. What popular advice doesn't save is in",
        "[myths.md](../myths.md), how to hide a finding in [suppressing.md](../suppressing.md).",
    ]
    ordered = sorted(cards, key=lambda card: card.id)
    for family, members in groupby(ordered, lambda card: card.id.rstrip("0123456789")):
        title = f"{family}: {_FAMILIES[family]}" if family in _FAMILIES else family
        lines += ["", f"## {title}", "", "| rule | name | finds | severity | default | fix |"]
        lines += ["|---|---|---|---|---|---|", *(_row(card) for card in members)]
    return "\n".join([*lines, ""])


def _row(card: Card) -> str:
    summary = _escaped(" ".join(card.summary.split()))
    return f"| [{card.id}]({card.id}.md) | {card.name} | {summary} | {card.severity} | {card.status} | {fix(card)} |"


def _lines(card: Card) -> Iterator[str]:
    yield f"# {card.id} {card.name}"
    yield from ("", f"*{grades(card)}*")
    for section in sections(card):
        yield from ("", f"## {section.title}")
        for block in section.blocks:
            yield ""
            yield from _block(block)
    yield ""


def _block(block: Block) -> Iterator[str]:
    match block:
        case Prose(text):
            yield _escaped(text)
        case Code(text, path):
            yield from _fenced(text, path)
        case Items(texts):
            yield from (f"- {_escaped(text)}" for text in texts)


def _fenced(text: str, path: str) -> Iterator[str]:
    """A fence longer than any in the text."""
    fence = "`" * max([3, *(len(ticks) + 1 for ticks in _TICKS.findall(text))])
    yield f"{fence}{_LANGUAGES.get(PurePosixPath(path).suffix, 'text')}"
    yield text.rstrip("\n")
    yield fence


def _escaped(text: str) -> str:
    """Prose in which nothing but code between backticks means anything to Markdown."""
    parts = _CODE.split(text)
    return "".join(part if part.startswith("`") else _MARKS.sub(r"\\\1", part) for part in parts)
