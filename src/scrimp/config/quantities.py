"""Money, percentages, shares and version specifiers, as people write them in a configuration.

Each is a type of its own, so that the schema says what a key holds and ``parse`` is found by the type. All
raise ``ValueError`` with a sentence for the user.
"""

from __future__ import annotations

import operator
import re
from collections.abc import Callable
from decimal import Decimal, InvalidOperation
from typing import Self

from scrimp.expressions import compiled_late

_MONEY = compiled_late(r"\$?\s*(\d+(?:[_,]\d{3})*(?:\.\d+)?|\.\d+)")
_OTHER_CURRENCY = compiled_late(
    r"\s*(?:[A-Z]{3}|[¢£¤¥₠-⃀])\s*[\d.,_]+\s*|\s*[\d.,_]+\s*(?:[A-Z]{3}|[¢£¤¥₠-⃀])\s*"
)
_CLAUSE = compiled_late(r"(>=|<=|==|!=|~=|>|<)\s*(\d+(?:\.\d+)*)")
_RELEASE = compiled_late(r"\d+(?:\.\d+)*")
_OPERATORS: dict[str, Callable[[tuple[int, ...], tuple[int, ...]], bool]] = {
    ">=": operator.ge,
    "<=": operator.le,
    "==": operator.eq,
    "!=": operator.ne,
    ">": operator.gt,
    "<": operator.lt,
}


class Quantity(Decimal):
    """A number that is finite and not negative."""

    @classmethod
    def parse(cls, value: object) -> Self:
        """The number itself, or text that holds nothing but a number."""
        if isinstance(value, bool) or not isinstance(value, int | Decimal | str):
            raise ValueError(f"expected {cls.expected()}")
        try:
            number = cls(cls.digits(value) if isinstance(value, str) else value)
        except InvalidOperation:
            raise ValueError(f"cannot read {str(value)!r}: expected {cls.expected()}") from None
        if not number.is_finite() or not 0 <= number <= cls.limit():
            raise ValueError(f"{value} is out of range: expected {cls.expected()}")
        return number

    @classmethod
    def digits(cls, text: str) -> str:
        """The part of a text that is the number, with grouping marks taken out."""
        return text.strip()

    @classmethod
    def expected(cls) -> str:
        """What to write, for error messages."""
        return "a number that is not negative"

    @classmethod
    def limit(cls) -> Decimal:
        """The highest value that makes sense."""
        return Decimal(10) ** 15


class Money(Quantity):
    """US dollars: ``$200``, ``$12_000``, ``$1,250.50`` or a bare number."""

    @classmethod
    def digits(cls, text: str) -> str:
        """The amount after the dollar sign, without grouping marks; the text itself where it is no amount."""
        _refuse_other_currency(text)
        found = _MONEY.fullmatch(text.strip())
        return re.sub("[_,]", "", found[1]) if found else text.strip() or "nothing"

    @classmethod
    def expected(cls) -> str:
        """What to write, for error messages."""
        return "US dollars, such as $200 or $12_000"


class Percent(Quantity):
    """A percentage: ``5``, ``2.5`` or ``5%``."""

    @classmethod
    def digits(cls, text: str) -> str:
        """The number before the percent sign."""
        return text.strip().removesuffix("%").rstrip()

    @classmethod
    def expected(cls) -> str:
        """What to write, for error messages."""
        return "a percentage, such as 5"


class Share(Quantity):
    """A share between 0 and 1."""

    @classmethod
    def expected(cls) -> str:
        """What to write, for error messages."""
        return "a number from 0 to 1, such as 0.8"

    @classmethod
    def limit(cls) -> Decimal:
        """All of it."""
        return Decimal(1)


class Price(Quantity):
    """US dollars per million tokens: ``3.00`` or ``$3.00``."""

    @classmethod
    def digits(cls, text: str) -> str:
        """The amount after the dollar sign."""
        _refuse_other_currency(text)
        return text.strip().removeprefix("$").strip()

    @classmethod
    def expected(cls) -> str:
        """What to write, for error messages."""
        return "US dollars per million tokens, such as 3.00"

    @classmethod
    def limit(cls) -> Decimal:
        """Above it a price is a mistake: the dearest model known costs 600 (November 2026)."""
        return Decimal(100_000)


def _refuse_other_currency(text: str) -> None:
    if _OTHER_CURRENCY.fullmatch(text.replace("USD", "")):
        raise ValueError(f"{text.strip()} is another currency: expected US dollars, in which all costs are")


class VersionSpecifier(str):
    """Which versions of the tool a configuration is for: ``>=0.1``, or several clauses with commas."""

    __slots__ = ()

    @classmethod
    def parse(cls, value: object) -> Self:
        """A specifier whose every clause is an operator and a release number."""
        clauses = value.split(",") if isinstance(value, str) else []
        if not clauses or not all(_CLAUSE.fullmatch(clause.strip()) for clause in clauses):
            raise ValueError('expected a version specifier, such as ">=0.1"')
        return cls(value)

    def admits(self, version: str) -> bool:
        """Whether a version meets every clause; only its release counts (``0.2.0.dev1`` is ``0.2.0``)."""
        found = _RELEASE.match(version)
        release = found[0] if found else "0"
        return all(_meets(release, *clause) for clause in _CLAUSE.findall(self))


def _meets(release: str, sign: str, bound: str) -> bool:
    """One clause; ``~=`` is ``>=`` with all but the last number held (PEP 440, compatible release)."""
    width = max(release.count("."), bound.count(".")) + 1
    left, right = _numbers(release, width), _numbers(bound, width)
    if sign == "~=":
        held = bound.count(".")
        return left >= right and left[:held] == right[:held]
    return _OPERATORS[sign](left, right)


def _numbers(release: str, width: int) -> tuple[int, ...]:
    numbers = tuple(int(number) for number in release.split("."))
    return numbers + (0,) * (width - len(numbers))
