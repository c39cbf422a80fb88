"""``--format json``: one document of the schema ``scrimp/1``, which ships beside this module.

The document holds only ASCII (everything else is escaped), so it can be written in any encoding and does
nothing to a terminal. The prompts' texts are not in it, unless a view lists those of changed ones.
"""

from __future__ import annotations

import json
import re
from decimal import Decimal
from functools import cache
from typing import Any

from scrimp import __version__
from scrimp.model.amounts import Grade, Interval
from scrimp.model.caching import Caching
from scrimp.model.changes import Verdict
from scrimp.model.measured import MeasuredPrompt, MeasuredRequest, MeasuredVariable
from scrimp.model.prompts import Unresolved
from scrimp.model.report import Report
from scrimp.model.source import Skipped
from scrimp.model.written import exact
from scrimp.reporters.amounts import money, usd
from scrimp.reporters.arranged import alternatives_of, sent_prompts
from scrimp.reporters.attributed import attributed
from scrimp.reporters.changed import change_object, texts_object, unlisted_object
from scrimp.reporters.found import abstentions_object, finding_object, range_object, saved_object
from scrimp.reporters.policy import policy_object
from scrimp.reporters.safe import MARKED_COMMAND, escape
from scrimp.reporters.totalled import totals_object
from scrimp.reporters.view import View

SCHEMA = "scrimp/1"
_NOT_ASCII = re.compile(r"[^\x00-\x7e]")  # a range of all that it matches would be compiled letter by letter

Object = dict[str, Any]


def render(report: Report, view: View) -> str:
    """The report as one JSON document, with a line for each prompt, request, finding and so on."""
    return text_of(document(report, texts="texts" in view.lists))


def text_of(made: Object) -> str:
    """A document as text that does nothing to a terminal, with a line for each item of its lists."""
    members = ",\n".join(f"{encoded(key)}: {_member(value)}" for key, value in made.items())
    return f"{{\n{members}\n}}\n"


def _member(value: Any) -> str:
    if not isinstance(value, list) or not value:
        return encoded(value)
    items = ",\n ".join(map(encoded, value))
    return f"[\n {items}\n]"


def encoded(value: Any, indent: int | None = None) -> str:
    """The value as JSON in ASCII, without what a terminal or a CI runner could take for a command."""
    text = _encoder(indent).encode(value)
    if not text.isascii() or "\x7f" in text:
        text = _NOT_ASCII.sub(_escaped, text)
    return MARKED_COMMAND.sub(r"#\\u0023", text) if "##" in text else text


@cache
def _encoder(indent: int | None) -> json.JSONEncoder:
    return json.JSONEncoder(indent=indent, ensure_ascii=False, allow_nan=False)


def _escaped(match: re.Match[str]) -> str:
    """A character's JSON escape; for a lone surrogate, which many parsers refuse, the text of its escape."""
    character = match[0]
    if "\ud800" <= character <= "\udfff":
        return "\\" + escape(character)
    return json.dumps(character)[1:-1]


def document(report: Report, *, texts: bool = False) -> Object:
    """The report as the object that the schema describes; money is a string or ``None``.

    ``texts`` puts in those of changed prompts, which may be large.
    """
    return {
        "schema": SCHEMA,
        "tool": {"name": "scrimp", "version": __version__},
        "command": report.command,
        "revision": {"kind": report.revision.kind, "commit": report.revision.commit},
        "part": report.part or None,
        "prices": {
            "source": report.prices.source,
            "date": report.prices.date,
            "sha256": report.prices.sha256,
        },
        "prompts": [_prompt(prompt) for prompt in report.measured.prompts],
        "requests": [_request(request) for request in report.measured.requests],
        "unresolved": [_unresolved(reference) for reference in report.measured.unresolved],
        "findings": [finding_object(finding) for finding in report.findings],
        "saveable_by_rule": [saved_object(each) for each in report.saved_by_rule],
        "abstentions": [abstentions_object(each) for each in report.abstentions],
        "changes": [
            {**change_object(change), **({"texts": texts_object(change)} if texts else {})}
            for change in report.changes
        ],
        "verdict": _verdict(report.verdict),
        "skipped": [_skipped(skipped) for skipped in report.skipped],
        "coverage": {
            "files_seen": report.coverage.files_seen,
            "files_scanned": report.coverage.files_scanned,
            "requests": report.coverage.requests,
            "requests_with_text": report.coverage.requests_with_text,
            "models_known": report.coverage.models_known,
            "references_unresolved": report.coverage.references_unresolved,
            "files_skipped": report.coverage.files_skipped,
            "prompts_remote": report.coverage.prompts_remote,
            "files_passed_over": report.coverage.files_passed_over,
            "requests_partial": report.coverage.requests_partial,
            "models_undecided": report.coverage.models_undecided,
        },
        "totals": totals_object(report.totals),
        "base_totals": None if report.base_totals is None else totals_object(report.base_totals),
        "unlisted_monthly_usd": None if report.unlisted is None else unlisted_object(report.unlisted),
        "attribution": None if report.attribution is None else attributed(report.attribution),
        "policy": None if report.policy is None else policy_object(report.policy),
        "warnings": list(report.warnings),
    }


def _prompt(measured: MeasuredPrompt) -> Object:
    prompt = measured.prompt
    return {
        "id": prompt.id,
        "path": prompt.path,
        **range_object(prompt.place),
        "name": prompt.name,
        "language": prompt.language,
        "format": prompt.format,
        "template": prompt.template,
        "role": prompt.role,
        "kind": prompt.kind,
        "loaded": prompt.loaded,
        "confidence": prompt.confidence.value,
        "inlined": prompt.inlined,
        "evidence": list(prompt.evidence),
        "model": measured.model or None,
        "tokens": {
            "encoding": measured.encoding,
            "grade": measured.tokens.grade.value,
            "static": measured.static,
            **_bounds(measured.tokens),
        },
        "variables": [_variable(variable) for variable in measured.variables],
        "cost": {
            **_cost(measured.per_call, measured.monthly),
            **_guessed("guessed_monthly_usd", measured.guessed),
        },
        "cache": _caching(measured.caching),
        "owner": measured.owner or None,
        "text_sha256": measured.text_sha256,
    }


def _variable(variable: MeasuredVariable) -> Object:
    return {
        "name": variable.name,
        "line": variable.line,
        "column": variable.column,
        "volatility": variable.volatility,
        "tokens": {
            "typical": variable.tokens,
            "grade": variable.grade.value,
            "source": variable.source or None,
        },
    }


def _bounds(tokens: Interval[int]) -> Object:
    return {"low": tokens.low, "typical": tokens.typical, "high": tokens.high}


def _cost(per_call: Interval[Decimal], monthly: Interval[Decimal]) -> Object:
    return {
        "per_call_usd": usd(per_call),
        "monthly_usd": usd(monthly),
        "grade": Grade.worst(per_call.grade, monthly.grade).value,
    }


def _guessed(key: str, amount: Decimal) -> Object:
    """An amount that rests on a guess, where there is one."""
    return {key: money(amount)} if amount else {}


def _request(measured: MeasuredRequest) -> Object:
    request = measured.request
    return {
        "id": request.id,
        "path": request.path,
        "line": request.line,
        "sdk": request.sdk,
        "function": request.function,
        "implicit": request.implicit,
        "text": request.text,
        "prompts": sent_prompts(measured),
        "alternatives": alternatives_of(request.together),
        "model": {
            "name": measured.model or None,
            "provider": measured.provider or None,
            "source": measured.model_source,
            "alternatives": list(measured.alternatives),
            "unpriced": list(measured.unpriced),
            "open": measured.may_be_another,
        },
        "input_tokens": {**_bounds(measured.input_tokens), "grade": measured.input_tokens.grade.value},
        "overhead_tokens": measured.overhead,
        "output_tokens": {
            "typical": measured.output_tokens.typical,
            "maximum": measured.output_tokens.high,
            "grade": measured.output_tokens.grade.value,
            "source": measured.output_source or None,
            "reasoning": measured.reasoning,
            "lower_bound": measured.is_least,
            "worst_case": measured.worst_output,
        },
        "cached": None if measured.cached is None else float(measured.cached),
        "cache": _request_caching(measured.caching),
        "tier": measured.tier,
        "region": measured.region or None,
        "price": None
        if measured.rates is None
        else {"input": exact(measured.rates[0]), "output": exact(measured.rates[1])},
        "cache_markers": [
            {
                "name": marker.name,
                "covers": marker.covers,
                "lifetime": marker.lifetime or None,
                "mode": marker.mode or None,
            }
            for marker in request.cache_markers
        ],
        "repeats": request.repeats,
        "calls_per_month": {"value": measured.calls, "grade": measured.calls_grade.value},
        "cost": {
            **_cost(measured.per_call, measured.monthly),
            **_guessed("guessed_input_monthly_usd", measured.guessed_input),
            **_guessed("guessed_output_monthly_usd", measured.guessed_output),
        },
        "owner": measured.owner or None,
    }


def _caching(caching: Caching | None) -> Object | None:
    """What can be cached, with the typical cost of the scenario that it is."""
    if caching is None:
        return None
    return {
        "prefix_tokens": caching.prefix,
        "minimum": caching.minimum,
        "cacheable_tokens": caching.cacheable,
        "per_call_usd_if_cached": money(caching.per_call),
        "monthly_usd_if_cached": money(caching.monthly),
    }


def _request_caching(caching: Caching | None) -> Object | None:
    """The same of a request, with what its cost as configured takes to be read and written."""
    if caching is None:
        return None
    return {
        **(_caching(caching) or {}),
        "read_tokens": float(round(caching.read, 3)),
        "written_tokens": float(round(caching.written, 3)),
        "break_even_calls": caching.break_even,
    }


def _unresolved(reference: Unresolved) -> Object:
    return {
        "path": reference.path,
        "line": reference.line,
        "column": reference.column,
        "kind": reference.kind,
        "what": reference.what,
        "reason": reference.reason,
    }


def _verdict(verdict: Verdict) -> Object:
    breaches = [
        {
            "budget": breach.budget,
            "limit": breach.limit,
            "actual": breach.actual,
            "level": breach.level,
            "reason": breach.reason,
            "key": breach.key,
            "advice": breach.advice,
            "ground": list(breach.ground),
        }
        for breach in verdict.breaches
    ]
    return {"outcome": verdict.outcome, "breaches": breaches}


def _skipped(skipped: Skipped) -> Object:
    return {
        "path": skipped.path,
        "code": skipped.code,
        "reason": skipped.reason,
        "incomplete": skipped.incomplete,
        "line": skipped.line or None,
    }
