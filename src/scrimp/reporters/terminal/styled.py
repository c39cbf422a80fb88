"""Lines for the terminal, in parts of which each looks its own way.

They come out as rich would print them, but without it: a hook would wait longer for its import than for all else that
it does to print a few lines, and lines need none of the layout that tables do.
"""

from __future__ import annotations

from msgspec import Struct

ATTRIBUTES = {"bold": "1", "dim": "2"}
"""Words of a style -> parameters of Select Graphic Rendition (ECMA-48, 5th edition of 1991, 8.3.117)."""

COLORS = {"red": "31", "green": "32", "yellow": "33", "blue": "34", "cyan": "36", "default": "39"}
"""Likewise; of several in a style the last one counts."""

NOT = "not"
"""Takes back the attribute behind it."""


class Styled(Struct, frozen=True):
    """Harmless text of one line or more, with a ``style`` of words such as ``bold red``; and what is ``behind`` it.

    Each of that has a style of its own, which adds to the first one or takes back from it: ``not bold``.
    """

    text: str
    style: str = ""
    behind: tuple[tuple[str, str], ...] = ()

    def then(self, text: str, style: str) -> Styled:
        """The same with more behind it."""
        return Styled(self.text, self.style, (*self.behind, (text, style)))

    @property
    def plain(self) -> str:
        """The whole text without its looks."""
        return self.text + "".join(text for text, _ in self.behind)

    @property
    def colored(self) -> str:
        """The whole text with escape sequences around its parts; none goes over the end of a line."""
        parts = ((text, f"{self.style} {style}") for text, style in self.behind)
        return _colored(self.text, self.style) + "".join(_colored(*part) for part in parts)


def _colored(text: str, style: str) -> str:
    parameters = _parameters(style)
    if not parameters:
        return text
    return "\n".join(f"\x1b[{parameters}m{line}\x1b[0m" if line else "" for line in text.split("\n"))


def _parameters(style: str) -> str:
    attributes: set[str] = set()
    color = ""
    before = ""
    for word in style.split():
        if word in ATTRIBUTES:
            (attributes.discard if before == NOT else attributes.add)(word)
        elif word != NOT:
            color = COLORS[word]
        before = word
    shown = [parameter for word, parameter in ATTRIBUTES.items() if word in attributes]
    return ";".join([*shown, color] if color else shown)
