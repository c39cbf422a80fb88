"""What a reader is: the one thing that somebody who adds a format has to know."""

from __future__ import annotations

from typing import Protocol

from scrimp.model.facts import Facts
from scrimp.model.source import Source


class Reader(Protocol):
    """A module that turns one file's text into its facts.

    It is pure: no file is opened, nothing is executed, imported or rendered, and equal text gives equal
    facts.
    """

    @property
    def name(self) -> str:
        """The reader's name, as in the table of readers."""

    @property
    def VERSION(self) -> int:  # noqa: N802 - a module's constant
        """Counted up whenever the same text would give other facts: older cached facts are dropped."""

    def read(self, source: Source) -> Facts:
        """All that a file says. Nothing in a text makes it raise: what can't be read becomes a ``Fault``."""
