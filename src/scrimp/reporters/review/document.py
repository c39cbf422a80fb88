"""The part of a ``scrimp/1`` document that a review shows, checked as it is read: it may come from an untrusted run.

Text may still be any: what shows it makes it harmless. Money is a decimal string as in the document, ``None`` is
unknown; ``usd`` makes it a number. Keys that only later versions have keep their defaults.
"""

from __future__ import annotations

from typing import Annotated, Any, Literal, TypeAlias

import msgspec
from msgspec import Meta, Struct

from scrimp.model.amounts import Grade
from scrimp.reporters.review.totals import Bounds, Money, Number, Totals

SCHEMA = "scrimp/1"

Line: TypeAlias = Annotated[int, Meta(ge=0, le=10**12)]


class Cost(Struct, frozen=True):
    """What something costs, and how far that can be trusted."""

    per_call_usd: Bounds
    monthly_usd: Bounds
    grade: Grade


class Tokens(Struct, frozen=True):
    """How many tokens a prompt always has, and how they were counted."""

    static: Number
    grade: Grade


class Prompt(Struct, frozen=True):
    """A prompt of HEAD."""

    id: str
    path: str
    line: Line
    name: str
    confidence: Literal["high", "medium", "low"]
    tokens: Tokens
    cost: Cost
    owner: str | None
    inlined: bool = False


class Part(Struct, frozen=True):
    """A prompt in a request."""

    id: str


class Model(Struct, frozen=True):
    """The model of a request, and who names it."""

    name: str | None
    source: Literal["call", "file", "config", "default"]


class Calls(Struct, frozen=True):
    """How often a request is sent in a month."""

    value: Number
    grade: Grade


class Output(Struct, frozen=True):
    """How long a request's answer is."""

    grade: Grade


class Request(Struct, frozen=True):
    """What one call sends."""

    path: str
    line: Line
    implicit: bool
    prompts: tuple[Part, ...]
    model: Model
    output_tokens: Output
    calls_per_month: Calls


class Finding(Struct, frozen=True):
    """Something wasteful at a place; ``suppressed`` and ``fix`` only matter by being there."""

    rule: str
    name: str
    severity: Literal["error", "warning", "info"]
    path: str
    line: Line
    message: str
    prompt: str | None
    tokens_saved: Number | None
    monthly_usd_saved: Money
    fingerprint: str
    suppressed: Any = None
    fix: Any = None
    overlaps: str | None = None


class Count(Struct, frozen=True):
    """Tokens before and after."""

    before: Number
    after: Number


class Step(Struct, frozen=True):
    """Money before and after."""

    before: Money
    after: Money
    delta: Money


class Cause(Struct, frozen=True):
    """A share of a change of cost."""

    cause: Literal["text", "model", "cap", "cache", "volume", "calls", "price", "variables"]
    monthly_usd: Money


class Texts(Struct, frozen=True):
    """A prompt's text before and after; ``None`` where there is none, or it isn't known."""

    before: str | None
    after: str | None


class Change(Struct, frozen=True):
    """A prompt that differs; ``texts`` are only there if they were asked for."""

    kind: Literal["added", "removed", "changed", "moved"]
    prompt: str | None
    base_prompt: str | None
    tokens: Count
    per_call_usd: Step
    monthly_usd: Step
    causes: tuple[Cause, ...]
    owner: str | None = None
    texts: Texts | None = None


class Unlisted(Struct, frozen=True):
    """What totals differ by beside the changes."""

    calls_without_text: Money = "0.00"
    prompts_not_sent: Money = "0.00"
    unpriced: Money = "0.00"


class Breach(Struct, frozen=True):
    """A budget that is broken."""

    budget: str
    limit: str
    actual: str
    level: Literal["warn", "fail"]
    reason: str = ""
    advice: str = ""
    ground: tuple[str, ...] = ()


class Verdict(Struct, frozen=True):
    """What budgets say."""

    outcome: Literal["pass", "warn", "fail", "incomplete"]
    breaches: tuple[Breach, ...]


class Skipped(Struct, frozen=True):
    """Something that was not read."""

    path: str
    code: str
    reason: str
    incomplete: bool
    line: Line | None = None


class Bearer(Struct, frozen=True):
    """What an owner bears, or whatever an audit was grouped by."""

    name: str | None
    requests: Number
    monthly_usd: Bounds
    grade: Grade = Grade.ASSUMED


class Attribution(Struct, frozen=True):
    """Who or what bears the totals of an audit."""

    by: Literal["owner", "model", "provider", "folder", "file"]
    rows: tuple[Bearer, ...]


class Prices(Struct, frozen=True):
    """Which prices were in force."""

    source: str
    date: str


class Loosening(Struct, frozen=True):
    """A setting that HEAD makes milder than the policy."""

    setting: str
    policy: str
    head: str


class Concealment(Struct, frozen=True):
    """Something new in HEAD that would have kept something from being judged."""

    by: str
    path: str
    line: Line
    what: str
    tokens: Number | None
    monthly_usd: Money


class Assumption(Struct, frozen=True):
    """The volume of a request that BASE doesn't know."""

    request: str
    calls_per_month: Calls
    monthly_usd: Money


class Policy(Struct, frozen=True):
    """Whose budgets, rules, prices and volumes decide; ``reason`` is empty where each side speaks for itself."""

    source: Literal["base", "head", "file"]
    name: str
    reason: str
    loosened: tuple[Loosening, ...]
    concealed: tuple[Concealment, ...]
    assumptions: tuple[Assumption, ...]


class Document(Struct, frozen=True):
    """A report of ``audit``, ``check`` or ``diff``."""

    schema: Literal["scrimp/1"]
    command: Literal["audit", "check", "diff"]
    prices: Prices
    prompts: tuple[Prompt, ...]
    requests: tuple[Request, ...]
    findings: tuple[Finding, ...]
    changes: tuple[Change, ...]
    verdict: Verdict
    skipped: tuple[Skipped, ...]
    totals: Totals
    base_totals: Totals | None = None
    unlisted_monthly_usd: Unlisted | None = None
    attribution: Attribution | None = None
    policy: Policy | None = None
    warnings: tuple[str, ...] = ()


def decoded(raw: bytes) -> Document:
    """A document as it was saved. Raises ``ValueError`` for one that isn't of the schema."""
    try:
        return msgspec.json.decode(raw, type=Document)
    except (msgspec.MsgspecError, RecursionError) as error:
        raise ValueError(str(error)) from error


def converted(made: dict[str, Any]) -> Document:
    """The same of a document that was just made."""
    return msgspec.convert(made, Document)
