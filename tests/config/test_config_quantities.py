"""Amounts and versions as people write them."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scrimp.config.quantities import Money, Percent, Price, Quantity, Share, VersionSpecifier


@pytest.mark.parametrize(
    ("written", "amount"),
    [
        ("$200", "200"),
        ("$12_000", "12000"),
        ("$1,250.50", "1250.50"),
        (" $ 3 ", "3"),
        (".5", "0.5"),
        (12_000, "12000"),
        (Decimal("0.10"), "0.1"),
    ],
)
def test_money(written: object, amount: str) -> None:
    assert Money.parse(written) == Decimal(amount)


@pytest.mark.parametrize(
    "written",
    ["", "€200", "$", "12k", "$1,2", "-5", "$-5", "NaN", "Infinity", "1e99", True, None, 0.5, -1, [1]],
)
def test_what_is_no_money(written: object) -> None:
    with pytest.raises(ValueError, match="expected US dollars"):
        Money.parse(written)


@given(st.decimals(min_value=0, max_value=10**12, places=4))
def test_money_is_read_exactly(amount: Decimal) -> None:
    assert Money.parse(f"${amount:,f}") == amount
    assert Money.parse(f"${amount:,f}".replace(",", "_")) == amount


@pytest.mark.parametrize(
    ("kind", "written", "amount"),
    [(Percent, "5%", 5), (Percent, 5, 5), (Share, "1", 1), (Price, "3.00", 3), (Price, "$3", 3)],
)
def test_other_amounts(kind: type[Quantity], written: object, amount: int) -> None:
    assert kind.parse(written) == amount


@pytest.mark.parametrize(
    ("kind", "written"),
    [
        (Percent, "five"),
        (Share, Decimal("1.1")),
        (Share, "80%"),
        (Price, "-3"),
        (Price, "3_0x"),
        (Price, 100_001),
    ],
)
def test_what_is_no_such_amount(kind: type[Quantity], written: object) -> None:
    with pytest.raises(ValueError, match="expected"):
        kind.parse(written)


@pytest.mark.parametrize(
    ("specifier", "version", "admitted"),
    [
        (">=0.1", "0.1.0", True),
        (">=0.1", "0.0.9", False),
        (">=0.1,<0.3", "0.3.0", False),
        (">= 0.1, < 0.3", "0.2.9", True),
        ("==0.1", "0.1.0", True),
        ("!=0.1.0", "0.1", False),
        ("~=0.1.2", "0.1.9", True),
        ("~=0.1.2", "0.2.0", False),
        ("~=0.1", "0.9", True),
        ("~=0.1", "1.0", False),
        (">0.9", "0.10", True),
        ("<=2", "2.0.0.dev1", True),
    ],
)
def test_versions(specifier: str, version: str, admitted: bool) -> None:
    assert VersionSpecifier.parse(specifier).admits(version) is admitted


@pytest.mark.parametrize("written", ["", "0.1", "latest", ">=0.1,", "=>1", 1, None])
def test_what_is_no_specifier(written: object) -> None:
    with pytest.raises(ValueError, match="version specifier"):
        VersionSpecifier.parse(written)
