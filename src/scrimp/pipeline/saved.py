"""Saved audits: a ``scrimp/1`` document read back as far as a comparison needs it.

The document holds no text, only its hash: saved prompts are equal where their hashes are.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any

from scrimp.model.amounts import Grade, Interval
from scrimp.model.errors import UserError
from scrimp.model.prompts import (
    Confidence,
    Measured,
    MeasuredPrompt,
    MeasuredRequest,
    MeasuredVariable,
    Prompt,
    Request,
    RequestPart,
    TextSegment,
)
from scrimp.model.source import Place

SCHEMA = "scrimp/1"
Row = Mapping[str, Any]


def load(file: Path) -> Measured:
    """Read a saved audit. Raises ``UserError`` if it isn't one."""
    try:
        document = json.loads(file.read_bytes())
        if not isinstance(document, dict) or document.get("schema") != SCHEMA:
            raise UserError(
                f"{file}: not a document of schema {SCHEMA}", "save one with: scrimp audit --format json"
            )
        requests = tuple(_request(row) for row in document["requests"])
        return Measured(tuple(_prompt(row) for row in document["prompts"]), requests)
    except OSError as error:
        raise UserError(f"{file}: {error.strerror}", "check the path") from error
    except (ValueError, KeyError, TypeError, InvalidOperation) as error:
        raise UserError(f"{file}: this saved audit can't be read: {error!r}", "save it anew") from error


def by_hash(measured: Measured) -> Measured:
    """The same prompts with their text's hash as their text, to be compared with saved ones."""
    return Measured(
        tuple(_with_text(each, each.text_sha256) for each in measured.prompts),
        measured.requests,
        measured.unresolved,
    )


def _with_text(measured: MeasuredPrompt, text: str) -> MeasuredPrompt:
    from dataclasses import replace  # noqa: PLC0415  only saved audits need it

    return replace(measured, prompt=replace(measured.prompt, segments=(TextSegment(text, "", ()),)))


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
    )
    calls, cost = row["calls_per_month"], row["cost"]
    cached = row["cached"]
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
        tuple(
            _money(each["per_call_usd"], cost["grade"]) for each in row["prompts"] if "per_call_usd" in each
        ),
        None if cached is None else Decimal(str(cached)),
    )


def _tokens(row: Row) -> Interval[int]:
    return Interval(row["low"], row["typical"], row["high"], Grade(row["grade"]))


def _money(row: Row, grade: str) -> Interval[Decimal]:
    return Interval(_decimal(row["low"]), _decimal(row["typical"]), _decimal(row["high"]), Grade(grade))


def _decimal(value: str | None) -> Decimal | None:
    return None if value is None else Decimal(value)
