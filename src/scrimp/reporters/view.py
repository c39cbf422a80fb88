"""How a report is to be shown: nothing here changes what is said."""

from __future__ import annotations

from msgspec import Struct


class View(Struct, frozen=True):
    """The choices that a reporter may heed.

    ``width`` is the terminal's, in columns; ``color`` allows escape sequences; ``verbose`` lists what is
    otherwise only counted; ``quiet`` leaves the essential lines; ``top`` is the most rows of a table, 0 for
    all of them. ``lists`` names what is to be listed too: ``unresolved``, ``texts`` (of changed prompts), or
    ``attribution`` in place of prompts. ``within`` is the scanned folder in the repository around it, with a
    slash behind it or empty: platforms know files by their paths from there.
    """

    width: int = 80
    color: bool = False
    verbose: bool = False
    quiet: bool = False
    top: int = 20
    lists: frozenset[str] = frozenset()
    within: str = ""

    @property
    def rows(self) -> int | None:
        """The most rows of a table as the end of a slice."""
        return self.top if self.top > 0 and not self.verbose else None
