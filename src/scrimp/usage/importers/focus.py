"""FOCUS, the FinOps Open Cost and Usage Specification: CSV or Parquet as clouds and providers export their bills.

Source: the columns of FOCUS 1.2 (github.com/FinOps-Open-Cost-and-Usage-Spec/FOCUS_Spec at 04f8bb3, 2025-05-29). A
charge has no identity of its own, so that all its columns identify it; what is equal to the last column is one charge.

A charge is money, at times with tokens, and never with calls: ``ConsumedUnit`` tells tokens, the meter's name whether
they went in, were cached or came out. Which model it was stands in no column of its own, so the names of the SKU are
asked, whose words are compared with the models that are known. Rows of other services are passed over.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterator
from decimal import Decimal

from scrimp.catalog.models import resolve
from scrimp.usage.exports import Sample
from scrimp.usage.importers.importer import Importer
from scrimp.usage.rows import PassedOver, Row, RowError, in_dollars, moment, money, text
from scrimp.usage.streams import Layout, Record

NAMES = (
    "SkuMeter",
    "SkuPriceDetails",
    "ChargeDescription",
    "ResourceName",
    "SkuId",
    "x_SkuMeterName",
    "x_SkuDescription",
)
"""Columns whose words may name a model, the most telling first; those with ``x_`` are Microsoft's."""
UNITS = re.compile(r"(?P<number>1?[\d,]*)\s*(?P<thousand>[km])?\s*tokens?\b", re.IGNORECASE)
_WORD = re.compile(r"[A-Za-z][\w.:/-]*")


def _knows(sample: Sample) -> bool:
    if sample.shape == "parquet":
        return True
    return sample.mentions("BilledCost", "ChargePeriodStart", "ChargeCategory")


def _rows(record: Record) -> Iterator[Row | PassedOver]:
    category = text(record.get("ChargeCategory"))
    if category != "Usage":
        yield PassedOver(f"charges of the category {category or '(none)'}")
        return
    model = _model(record)
    if not model:
        yield PassedOver("charges for something else than a known model")
        return
    in_dollars(record.get("BillingCurrency"))
    start, end = moment(record.get("ChargePeriodStart"), "ChargePeriodStart"), _end(record)
    if end <= start:
        raise RowError("ChargePeriodEnd: the charge ends before it starts")
    usd = money(record.get("EffectiveCost"), "EffectiveCost", refunds=True)
    if usd is None:
        usd = money(record.get("BilledCost"), "BilledCost", refunds=True)
    tokens, kind = _tokens(record), _kind(record)
    yield Row(
        hashlib.blake2b(json.dumps(record, default=str, sort_keys=True).encode(), digest_size=16).hexdigest(),
        start,
        end,
        text(record.get("ProviderName")) or text(record.get("ServiceProviderName")),
        model,
        text(record.get("SubAccountName")) or text(record.get("SubAccountId")),
        tags=_tags(record.get("Tags")),
        calls=None,
        input=0 if kind == "output" else tokens,
        cached=tokens if kind == "cached" else 0,
        written=tokens if kind == "written" else 0,
        output=tokens if kind == "output" else 0,
        usd=usd,
    )


def _end(record: Record) -> float:
    return moment(record.get("ChargePeriodEnd"), "ChargePeriodEnd")


def _model(record: Record) -> str:
    for name in NAMES:
        value = text(record.get(name))
        for word in _WORD.findall(value):
            found = resolve(word)
            if found is not None:
                return found.name
        found = resolve("-".join(value.lower().split()))
        if found is not None:
            return " ".join(value.split())
    return ""


def _tokens(record: Record) -> int:
    """Tokens that were consumed, where the unit is tokens, thousands or millions of them."""
    unit = UNITS.search(text(record.get("ConsumedUnit")))
    quantity = money(record.get("ConsumedQuantity"), "ConsumedQuantity", refunds=True)
    if unit is None or quantity is None or quantity < 0:
        return 0
    factor = Decimal(unit["number"].replace(",", "") or 1)
    factor *= {"": 1, "k": 1_000, "m": 1_000_000}[(unit["thousand"] or "").lower()]
    return round(quantity * factor)


def _kind(record: Record) -> str:
    words = " ".join(text(record.get(name)) for name in NAMES).lower()
    if "outp" in words or "completion" in words:
        return "output"
    if "cache" in words or "cchd" in words:
        return "written" if "write" in words else "cached"
    return "input"


def _tags(value: object) -> tuple[str, ...]:
    """Values of tags, with their keys: ``team=search``."""
    if isinstance(value, str):
        written = value
        try:
            value = json.loads(written)
        except ValueError:
            if written.lstrip()[:1] in ("{", "["):  # the file ends here, or a quote is missing
                raise RowError("Tags: the JSON is not whole") from None
            return ()
    if isinstance(value, list):  # Parquet's maps are lists of pairs
        value = dict(value)
    if not isinstance(value, dict):
        return ()
    return tuple(sorted(f"{key}={text(each)}" for key, each in value.items()))


IMPORTER = Importer("focus", "FOCUS cost and usage", _knows, Layout(()), _rows, in_buckets=True)
