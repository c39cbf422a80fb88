"""What may lie on top of a level and its trend: a season, one odd month, one step."""

from __future__ import annotations

import math
from typing import Protocol

from msgspec import Struct

MONTHS_A_YEAR = 12


class Effect(Protocol):
    """A regressor: its value in each month, counted from the first of a series; its size is fitted."""

    def at(self, month: int) -> float:
        """The value in a month, known or ahead."""
        ...


class Wave(Struct, frozen=True):
    """A part of a harmonic of a year: of ``number`` 0 and 1 make one of a whole year, 2 and 3 one of half a year."""

    number: int

    def at(self, month: int) -> float:
        """A sine or, for odd numbers, a cosine."""
        angle = 2 * math.pi * (self.number // 2 + 1) * month / MONTHS_A_YEAR
        return math.cos(angle) if self.number % 2 else math.sin(angle)


class Outlier(Struct, frozen=True):
    """One month that was other than the rest."""

    month: int

    def at(self, month: int) -> float:
        """1 in that month."""
        return float(month == self.month)


class Step(Struct, frozen=True):
    """A new level, from a month on."""

    month: int

    def at(self, month: int) -> float:
        """1 from that month on."""
        return float(month >= self.month)
