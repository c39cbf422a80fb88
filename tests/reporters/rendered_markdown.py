"""Markdown as a platform reads it: with tables, and with HTML let through."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from markdown_it import MarkdownIt
from markdown_it.token import Token

_PARSER = MarkdownIt("commonmark").enable("table")
_TAG = re.compile(r"<[^>]*>")
OURS = {"<br>", "<sub>", "</sub>", "<details>", "<summary>", "</summary>", "</details>", "<code>", "</code>"}
"""The tags that we write; text that comes from elsewhere has none."""


@dataclass(frozen=True)
class Rendered:
    """What a text means."""

    tokens: Sequence[Token]

    @classmethod
    def of(cls, text: str) -> Rendered:
        return cls(list(_walk(_PARSER.parse(text))))

    @property
    def kinds(self) -> set[str]:
        return {token.type for token in self.tokens}

    @property
    def tags(self) -> set[str]:
        """The tags of HTML in it."""
        return {
            tag
            for token in self.tokens
            if token.type.startswith("html")
            for tag in _TAG.findall(token.content)
        }

    @property
    def prose(self) -> str:
        """All that stands outside of code: what platforms look through for mentions, links and references."""
        parts = [token.content for token in self.tokens if token.type == "text"]
        html = "".join(token.content for token in self.tokens if token.type.startswith("html"))
        return " ".join(parts) + re.sub(r"<code>.*?</code>", "", html, flags=re.DOTALL)

    @property
    def code(self) -> list[str]:
        """What stands in code spans."""
        return [token.content for token in self.tokens if token.type == "code_inline"]

    @property
    def fences(self) -> list[str]:
        return [token.content for token in self.tokens if token.type == "fence"]

    @property
    def rows(self) -> list[int]:
        """The cells of each row of each table, those of the head included."""
        counts: list[int] = []
        for token in self.tokens:
            if token.type == "tr_open":
                counts.append(0)
            elif token.type in ("td_open", "th_open"):
                counts[-1] += 1
        return counts


def _walk(tokens: Sequence[Token]) -> Iterator[Token]:
    for token in tokens:
        yield token
        yield from _walk(token.children or ())
