"""Saved audits: a ``scrimp/1`` document read back as far as a comparison needs it.

The document holds no text, only its hash: saved prompts are equal where their hashes are.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any

from msgspec import Struct
from msgspec.structs import fields

from scrimp.model.amounts import Grade, Interval
from scrimp.model.arrangement import OneOf, Together
from scrimp.model.errors import UserError
from scrimp.model.measured import Measured, MeasuredPrompt, MeasuredRequest, MeasuredVariable
from scrimp.model.prompts import MODEL, CacheMarker, Confidence, Prompt, Request, RequestPart, Unresolved
from scrimp.model.report import Coverage, PriceStamp
from scrimp.model.revision import Revision
from scrimp.model.segments import TextSegment
from scrimp.model.source import Place, Skipped

SCHEMA = "scrimp/1"
Row = Mapping[str, Any]


class Saved(Struct, frozen=True):
    """A saved audit: its revision is the file, its prompts' texts are their hashes."""

    measured: Measured
    prices: PriceStamp
    coverage: Coverage
    skipped: tuple[Skipped, ...]

    @property
    def revision(self) -> Revision:
        """Whatever was read once, it is read from a file now."""
        return Revision("file", None)


def load(file: Path) -> Saved:
    """Read a saved audit. Raises ``UserError`` if it isn't one."""
    try:
        document = json.loads(file.read_bytes())
        if not isinstance(document, dict) or document.get("schema") != SCHEMA:
            raise UserError(
                f"{file}: not a document of schema {SCHEMA}", "save one with: scrimp audit --format json"
            )
        return read(document)
    except OSError as error:
        raise UserError(f"{file}: {error.strerror}", "check the path") from error
    except (ValueError, KeyError, TypeError, InvalidOperation, RecursionError) as error:
        raise UserError(f"{file}: this saved audit can't be read: {error!r}", "save it anew") from error


def read(document: Row) -> Saved:
    """The audit that a document holds, with its money as far as it was written down."""
    measured = Measured(
        tuple(_prompt(row) for row in document["prompts"]),
        tuple(_request(row) for row in document["requests"]),
        tuple(_unresolved(row) for row in document["unresolved"]),
    )
    prices, coverage = document["prices"], document["coverage"]
    return Saved(
        measured,
        PriceStamp(prices["source"], prices["date"], prices["sha256"]),
        Coverage(*(coverage.get(each.name, 0) for each in fields(Coverage))),
        tuple(_skipped(row) for row in document["skipped"]),
    )


def _unresolved(row: Row) -> Unresolved:
    column, kind = row.get("column", 1), row.get("kind", "reference")  # not in audits of version 0.1.0
    return Unresolved(row["path"], row["line"], row["what"], row["reason"], column, kind)


def _skipped(row: Row) -> Skipped:
    return Skipped(row["path"], row["code"], row["reason"], row["incomplete"], row["line"] or 0)


def _prompt(row: Row) -> MeasuredPrompt:
    tokens = row["tokens"]
    prompt = Prompt(
        row["id"],
        row["path"],
        Place(row["line"], row["column"], row["end_line"], row["end_column"]),
        row["line"],  # stands for the offset: it only orders the prompts of a file
        row["line"],
        row["name"],
        row["language"],
        row["format"],
        row["template"],
        row["role"],
        row["kind"],
        row["loaded"],
        Confidence(row["confidence"]),
        tuple(row["evidence"]),
        (TextSegment(row["text_sha256"], "", ()),),
        row["id"],
        bool(row.get("inlined")),
    )
    variables = tuple(
        MeasuredVariable(
            each["name"],
            each["line"],
            each["column"],
            each["volatility"],
            each["tokens"]["typical"],
            Grade(each["tokens"]["grade"]),
            each["tokens"].get("source") or "",
        )
        for each in row["variables"]
    )
    return MeasuredPrompt(
        prompt,
        row.get("model") or "",
        tokens["encoding"],
        tokens["static"],
        _tokens(tokens),
        variables,
        _money(row["cost"]["per_call_usd"], row["cost"]["grade"]),
        _money(row["cost"]["monthly_usd"], row["cost"]["grade"]),
        row["owner"] or "",
        row["text_sha256"],
        _known(row["cost"].get("guessed_monthly_usd")),
    )


def _request(row: Row) -> MeasuredRequest:
    output = row["output_tokens"]
    parts = tuple(RequestPart(each["id"], each["role"]) for each in row["prompts"])
    model = row["model"]
    request = Request(
        row["id"],
        row["path"],
        row["line"],
        row["sdk"] or "",
        row["function"] or "",
        row["implicit"],
        row["text"],
        parts,
        model["name"] or "",
        model["source"] or "",
        output["maximum"] or 0,
        len(parts),
        0,
        row["repeats"],
        arrangement=_arrangement(row),
        cache_markers=tuple(
            CacheMarker(each["name"], each["covers"], each["lifetime"] or "", each.get("mode") or "")
            for each in row.get("cache_markers", ())
        ),
        undecided=frozenset((MODEL,)) if model.get("open") else frozenset(),
    )
    calls, cost = row["calls_per_month"], row["cost"]
    cached, price = row["cached"], row.get("price")  # no prices in audits of version 0.1.0
    return MeasuredRequest(
        request,
        model["name"] or "",
        model["provider"] or "",
        model["source"] or "",
        _tokens(row["input_tokens"]),
        row["overhead_tokens"],
        Interval(0, output["typical"], output["maximum"], Grade(output["grade"])),
        calls["value"],
        Grade(calls["grade"]),
        _money(cost["per_call_usd"], cost["grade"]),
        _money(cost["monthly_usd"], cost["grade"]),
        row.get("owner") or "",
        tuple(_money(each["per_call_usd"], cost["grade"]) for each in row["prompts"]),
        None if cached is None else Decimal(str(cached)),
        output.get("source") or "",
        output.get("reasoning"),
        bool(output.get("lower_bound")),
        _known(cost.get("guessed_input_monthly_usd")),
        _known(cost.get("guessed_output_monthly_usd")),
        worst_output=output.get("worst_case"),
        tier=row.get("tier", "standard"),
        region=row.get("region") or "",
        rates=None if price is None else (Decimal(price["input"]), Decimal(price["output"])),
        alternatives=tuple(model.get("alternatives", ())),
        unpriced=tuple(model.get("unpriced", ())),
        sent=tuple(number for number, each in enumerate(row["prompts"]) if each.get("sent") != "sometimes"),
    )


def _arrangement(row: Row) -> Together[int] | None:
    """Which prompts of a request exclude each other; audits of version 0.1.0 don't tell."""
    choices = row.get("alternatives")
    if not choices:
        return None
    always = [number for number, each in enumerate(row["prompts"]) if "sent" not in each]
    return Together((*always, *map(_choice, choices)))


def _choice(row: Row) -> OneOf[int]:
    ways = ((each["prompts"], each["open"], each["alternatives"]) for each in row["ways"])
    return OneOf(
        row["condition"] or "",
        tuple(
            Together((*numbers, *map(_choice, choices)), open_parts=int(is_open))
            for numbers, is_open, choices in ways
        ),
    )


def _tokens(row: Row) -> Interval[int]:
    return Interval(row["low"], row["typical"], row["high"], Grade(row["grade"]))


def _money(row: Row, grade: str) -> Interval[Decimal]:
    return Interval(_decimal(row["low"]), _decimal(row["typical"]), _decimal(row["high"]), Grade(grade))


def _known(value: str | None) -> Decimal:
    """An amount that audits of version 0.1.0 don't have."""
    return Decimal(value or 0)


def _decimal(value: str | None) -> Decimal | None:
    return None if value is None else Decimal(value)
