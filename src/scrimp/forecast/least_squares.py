"""Least squares of a few columns, with what is needed to draw coefficients as uncertain as they are."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from operator import mul
from random import Random

from msgspec import Struct

Column = Sequence[float]

SINGULAR = 1e-9
"""A column whose part that the ones before it don't explain is smaller than this share tells nothing of its own."""


class Fit(Struct, frozen=True):
    """``coefficients`` of the columns in their order, and what they leave of the target.

    ``factor`` is the lower Cholesky factor of the columns' products: the coefficients' covariance is the inverse of
    these products times the errors' variance.
    """

    coefficients: tuple[float, ...]
    left: tuple[float, ...]
    factor: tuple[tuple[float, ...], ...]

    @property
    def squares(self) -> float:
        """The sum of the squares of what is left."""
        return _product(self.left, self.left)

    def drawn(self, deviation: float, random: Random) -> list[float]:
        """Coefficients as they may really be, for errors of a standard deviation."""
        noise = [random.gauss(0.0, deviation) for _ in self.coefficients]
        return [
            mean + error
            for mean, error in zip(self.coefficients, _transposed_solved(self.factor, noise), strict=True)
        ]


def fitted(target: Column, columns: Sequence[Column]) -> Fit | None:
    """Fit a target by columns of the same length; ``None`` where one column repeats others."""
    products = [[_product(one, other) for other in columns] for one in columns]
    factor = _factor(products)
    if factor is None:
        return None
    with_target = [_product(column, target) for column in columns]
    coefficients = _transposed_solved(factor, _solved(factor, with_target))
    left = list(target)
    for coefficient, column in zip(coefficients, columns, strict=True):
        left = [value - coefficient * each for value, each in zip(left, column, strict=True)]
    return Fit(tuple(coefficients), tuple(left), factor)


def _product(one: Column, other: Column) -> float:
    products: Iterable[float] = map(mul, one, other)
    return sum(products)


def _factor(products: list[list[float]]) -> tuple[tuple[float, ...], ...] | None:
    rows: list[tuple[float, ...]] = []
    for index, product in enumerate(products):
        row: list[float] = []
        for other, above in enumerate(rows):
            row.append((product[other] - _product(row, above[:other])) / above[other])
        rest = product[index] - _product(row, row)
        if rest <= SINGULAR * product[index]:
            return None
        rows.append((*row, math.sqrt(rest)))
    return tuple(rows)


def _solved(factor: Sequence[Sequence[float]], right: Sequence[float]) -> list[float]:
    found: list[float] = []
    for row, value in zip(factor, right, strict=True):
        found.append((value - _product(row[:-1], found)) / row[-1])
    return found


def _transposed_solved(factor: Sequence[Sequence[float]], right: Sequence[float]) -> list[float]:
    size = len(right)
    found = [0.0] * size
    for index in reversed(range(size)):
        above = sum(factor[later][index] * found[later] for later in range(index + 1, size))
        found[index] = (right[index] - above) / factor[index][index]
    return found
