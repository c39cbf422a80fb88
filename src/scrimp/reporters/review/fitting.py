"""Fits a page into the length that a platform takes, without breaking its Markdown: only whole items are left out."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct, field

LIMIT = 65_536
"""Characters of a comment on GitHub: its API answers 422, "body is too long (maximum is 65536 characters)"."""


class Section(Struct, frozen=True):
    """A part of a page: ``head``, as many of ``items`` as there is room for, each on a line, and ``foot``.

    ``most`` are the items that are shown anyway, ``left`` names the others: "3 more changes". Sections of lower
    ``rank`` get their room first.
    """

    head: str = ""
    items: Sequence[str] = field(default=())
    foot: str = ""
    most: int | None = None
    left: str = "line"
    rank: int = 0

    def text(self, shown: int) -> str:
        """The section with its first items."""
        parts = (self.head, *self.items[:shown], self.foot, self.more(len(self.items) - shown))
        return "\n".join(part for part in parts if part)

    def more(self, hidden: int) -> str:
        """What is said of items that aren't shown, in a paragraph of its own."""
        if hidden <= 0:
            return ""
        return f"\n{hidden:,} more {self.left}{'' if hidden == 1 else 's'} left out"


def fitted(sections: Sequence[Section], limit: int = LIMIT) -> str:
    """The sections as one text of at most ``limit`` characters, a blank line between two.

    Their heads and feet must fit.
    """
    shown = [0] * len(sections)
    room = limit - sum(length(section.text(0)) + 2 for section in sections)
    for at, section in sorted(enumerate(sections), key=lambda each: each[1].rank):
        for item in section.items[: section.most]:
            needed = length(item) + 1
            if needed > room:
                break
            room -= needed
            shown[at] += 1
    return "\n\n".join(map(Section.text, sections, shown)) + "\n"


def length(text: str) -> int:
    """Characters as a platform may count them at worst: in UTF-16, where those beyond 65,535 are two."""
    return len(text) + sum(character > "\uffff" for character in text)
