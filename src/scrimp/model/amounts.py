"""Intervals of tokens and money, each with the grade that tells how far it can be trusted."""

from __future__ import annotations

from decimal import Decimal
from enum import StrEnum
from typing import Final, Generic, TypeVar

from msgspec import Struct

Number = TypeVar("Number", int, Decimal)


class Grade(StrEnum):
    """How far a number can be trusted, best first."""

    EXACT = "exact"  # a published tokenizer on known text
    CALIBRATED = "calibrated"  # an exact count times a measured factor, with its band
    IMPORTED = "imported"  # from real usage
    CONFIGURED = "configured"
    HEURISTIC = "heuristic"
    ASSUMED = "assumed"  # a default of ours
    UNKNOWN = "unknown"

    @classmethod
    def worst(cls, *grades: Grade) -> Grade:
        """The least trustworthy of some grades: a product is no better than its weakest factor."""
        return max(grades, key=_RANKS.__getitem__, default=cls.EXACT)


_RANKS: Final = {grade: rank for rank, grade in enumerate(Grade)}


class Interval(Struct, Generic[Number], frozen=True):
    """A number between ``low`` and ``high``, most likely ``typical``; ``None`` is unknown, never 0.

    Where variables of unknown size remain, ``typical`` is the known part and ``high`` is unknown.
    """

    low: Number | None
    typical: Number | None
    high: Number | None
    grade: Grade

    @property
    def open(self) -> bool:
        """Whether a part of unknown size may come on top."""
        return self.high is None

    def plus(self, other: Interval[Number]) -> Interval[Number]:
        """The sum; unknown where either bound is unknown."""
        return Interval(
            _sum(self.low, other.low),
            _sum(self.typical, other.typical),
            _sum(self.high, other.high),
            Grade.worst(self.grade, other.grade),
        )


def _sum(one: Number | None, other: Number | None) -> Number | None:
    return None if one is None or other is None else one + other


UNKNOWN_MONEY: Interval[Decimal] = Interval(None, None, None, Grade.UNKNOWN)
