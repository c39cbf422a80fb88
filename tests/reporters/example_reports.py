"""Reports for the reporters' tests, built by hand and at random."""

from __future__ import annotations

from decimal import Decimal

from hypothesis import strategies as st
from msgspec.structs import replace

from scrimp.model.amounts import UNKNOWN_MONEY, Grade, Interval
from scrimp.model.attribution import Attribution, AttributionRow, Figure
from scrimp.model.changes import Breach, Cause, Change, Verdict
from scrimp.model.findings import Edit, Finding, Fix, Safety, Severity, Suppression
from scrimp.model.measured import Measured, MeasuredPrompt, MeasuredRequest, MeasuredVariable
from scrimp.model.policy import Assumption, Concealment, Loosening, Policy
from scrimp.model.prompts import CacheMarker, Confidence, Prompt, Request, RequestPart, Unresolved
from scrimp.model.report import Coverage, PriceStamp, Report, Totals
from scrimp.model.revision import Revision
from scrimp.model.segments import TextSegment
from scrimp.model.source import Place, Skipped

PASS = Verdict("pass", ())


def usd(typical: str | None, *, high: str | None = "same", grade: Grade = Grade.ASSUMED) -> Interval[Decimal]:
    if typical is None:
        return UNKNOWN_MONEY
    amount = Decimal(typical)
    return Interval(amount, amount, amount if high == "same" else None, grade)


CALL, MONTH, REQUESTS = usd("0.000103"), usd("0.103"), usd("0.478")


def measured_prompt(
    name: str = "SUMMARY",
    path: str = "src/app/prompts.py",
    *,
    line: int = 12,
    static: int = 412,
    per_call: Interval[Decimal] = CALL,
    monthly: Interval[Decimal] = MONTH,
    open_size: bool = False,
    grade: Grade = Grade.EXACT,
    confidence: Confidence = Confidence.HIGH,
    kind: str = "message",
    role: str = "system",
    owner: str = "",
    inlined: bool = False,
) -> MeasuredPrompt:
    prompt = Prompt(
        id=f"{path}::{name}",
        path=path,
        place=Place(line, 11, line + 19, 4),
        start=100,
        end=900,
        name=name,
        language="python",
        format="python-string",
        template="format",
        role=role,
        kind=kind,
        loaded="call",
        confidence=confidence,
        evidence=("call openai.chat.completions.create at src/app/llm.py:41",),
        segments=(TextSegment("You are the secret text of a prompt.", path, ()),),
        group="",
        inlined=inlined,
    )
    return MeasuredPrompt(
        prompt=prompt,
        model="gpt-5-mini",
        encoding="o200k_base",
        static=static,
        tokens=Interval(static, static, None if open_size else static, grade),
        variables=(MeasuredVariable("docs", 20, 3, "request", None if open_size else 0, Grade.UNKNOWN),),
        per_call=per_call,
        monthly=monthly,
        owner=owner,
        text_sha256="0" * 64,
    )


def measured_request(
    *prompts: MeasuredPrompt, monthly: Interval[Decimal] = REQUESTS, owner: str = ""
) -> MeasuredRequest:
    request = Request(
        id="src/app/llm.py::summarise#1",
        path="src/app/llm.py",
        line=41,
        sdk="openai",
        function="chat.completions.create",
        implicit=False,
        text="full",
        parts=tuple(RequestPart(one.prompt.id, one.prompt.role) for one in prompts),
        model="gpt-5-mini",
        model_source="call",
        output_cap=800,
        messages=1,
        tools=0,
        repeats="once",
        cache_markers=(CacheMarker("cache_control", 1, "1h"), CacheMarker("prompt_cache_key", None)),
    )
    return MeasuredRequest(
        request=request,
        model="gpt-5-mini",
        provider="openai",
        model_source="call",
        input_tokens=Interval(420, 1920, None, Grade.EXACT),
        overhead=8,
        output_tokens=Interval(0, 210, 800, Grade.ASSUMED),
        calls=1000,
        calls_grade=Grade.ASSUMED,
        per_call=usd("0.000478"),
        monthly=monthly,
        owner=owner,
    )


def finding(
    rule: str = "FMT001",
    *,
    path: str = "src/app/prompts.py",
    message: str = "leaked indentation",
    tokens_saved: int | None = 230,
    monthly_saved: Decimal | None = Decimal("12.40"),
    severity: Severity = Severity.WARNING,
    safety: Safety | None = Safety.SAFE,
    suppressed: Suppression | None = None,
) -> Finding:
    place = Place(14, 1, 14, 5)
    fix = Fix(safety, (Edit(path, 110, 114, "", place),)) if safety else None
    return Finding(
        rule,
        "leaked-indentation",
        severity,
        path,
        place,
        message,
        f"{path}::SUMMARY",
        tokens_saved,
        monthly_saved,
        fix,
        "f" * 64,
        suppressed,
    )


def totals(
    prompts: int = 1,
    static: int = 412,
    monthly: Interval[Decimal] = REQUESTS,
    by_grade: dict[Grade, Decimal] | None = None,
    saveable: Decimal | None = None,
    unpriced: int = 0,
) -> Totals:
    shares = {Grade.ASSUMED: monthly.typical or Decimal(0)} if by_grade is None else by_grade
    return Totals(prompts, static, monthly, shares, saveable, unpriced)


def bearer(
    name: str, monthly: Interval[Decimal] = REQUESTS, *, from_median: str | None = "25", requests: int = 1
) -> AttributionRow:
    """A row of an attribution."""
    distance = None if from_median is None else Decimal(from_median)
    known = monthly.typical is not None
    return AttributionRow(
        name=name,
        requests=requests,
        unpriced=0 if known else requests,
        calls=1000 * requests,
        monthly=monthly,
        by_grade={Grade.ASSUMED: monthly.typical or Decimal(0)},
        share=Decimal(50) if known else None,
        input_tokens=412_000,
        output_tokens=210_000,
        per_call=Figure(Decimal("0.000478") if known else None, monthly.grade, monthly.open, distance),
        tokens_per_call=Figure(Decimal(412), Grade.EXACT, from_median=distance),
        output_per_input=Figure(Decimal("0.51"), Grade.ASSUMED, from_median=distance),
        saveable=Decimal("0.10"),
        saveable_share=Figure(Decimal("20.9") if known else None, monthly.grade, from_median=distance),
    )


def attribution(*rows: AttributionRow, by: str = "owner", total: str | None = "0.478") -> Attribution:
    return Attribution(
        by, rows, bearer("", usd(total), from_median=None), sum(bool(row.name) for row in rows)
    )


def report(*prompts: MeasuredPrompt, command: str = "audit") -> Report:
    """A report of these prompts, sent by one request; change what matters with ``dataclasses.replace``."""
    shown = prompts or (measured_prompt(),)
    return Report(
        command=command,
        revision=Revision("worktree", None),
        prices=PriceStamp("packaged", "2026-11-20", "a" * 64),
        measured=Measured(shown, (measured_request(*shown),)),
        findings=(),
        changes=(),
        verdict=PASS,
        skipped=(),
        coverage=Coverage(538, 400, 1, 1, 1, 3),
        totals=totals(len(shown), sum(one.static for one in shown)),
    )


POLICY = Policy(
    "base",
    "main",
    "under CI no change loosens the gate that judges it",
    (Loosening("budgets.repository.max_monthly", "$12,000", "none"),),
    (Concealment("ignore", "src/app.py", 12, "FMT002", 14, Decimal("0.42")),),
    (Assumption("src/app.py::sort#1", 1000, Grade.ASSUMED, None),),
)


def full_report(command: str) -> Report:
    """A report with something in every place."""
    prompts = (
        measured_prompt(open_size=True, monthly=usd("123.456", high=None), owner="search"),
        measured_prompt("FIX", "prompts/fix.md", static=90, kind="partial", role="unknown", inlined=True),
        measured_prompt("TITLE", static=9, per_call=usd(None), monthly=usd(None), confidence=Confidence.LOW),
    )
    smaller = replace(prompts[0], static=300, monthly=usd("100"))
    return replace(
        report(*prompts, command=command),
        measured=Measured(
            prompts,
            (measured_request(*prompts, owner="search"), measured_request(monthly=usd(None))),
            (Unresolved("src/app/llm.py", 60, "build()", "no such function"),),
        ),
        findings=(
            finding(),
            finding("CCH001", message="variable before static text", safety=None, severity=Severity.ERROR),
            finding("RED003", safety=Safety.UNSAFE, suppressed=Suppression("comment", "on purpose")),
        ),
        changes=(
            Change("changed", smaller, prompts[0], (Cause("text", Decimal("23.456")),)),
            Change("added", None, prompts[1], (Cause("text", None),)),
            Change("removed", prompts[2], None, ()),
        ),
        verdict=Verdict("fail", (Breach("repository", "$20.00", "$23.46", "fail", "growth a month"),)),
        skipped=(
            Skipped("bad.py", "syntax", "unterminated string", True, 7),
            Skipped("logo.png", "binary", "", False),
        ),
        totals=totals(
            3, 511, usd("123.46", high=None), {Grade.CONFIGURED: Decimal("100")}, Decimal("12.4"), 1
        ),
        base_totals=totals(3, 399, usd("100")),
        warnings=("prices are 100 days old",),
        attribution=attribution(bearer("search"), bearer("", usd(None))) if command == "audit" else None,
        policy=POLICY if command == "diff" else None,
    )


HOSTILE = st.lists(
    st.sampled_from(
        [
            *(
                "::",
                ":",
                " ",
                "\t",
                "\r",
                "\n",
                "\u2028",
                "::error::x",
                "add-mask::",
                "##[",
                "##vso[",
                "#",
                "[",
                "]",
            ),
            *(
                "\x1b[2J",
                "\x1b]0;x\x07",
                "\x9b",
                "\u202e",
                "\u200b",
                "\ufe0f",
                "\udcff",
                "\0",
                "%0A",
                "%",
                ",",
                "=",
            ),
            *(
                "@team",
                "#1",
                "![x](//e)",
                "[a](//e)",
                "<img src=//e>",
                "</details>",
                "]]>",
                "-->",
                "|",
                "`",
                "\\",
                '"',
            ),
            *("&", "'", "a", "é", "😀"),
        ]
    ),
    max_size=6,
).map("".join)
"""What means something to a terminal, a runner, a spreadsheet, Markdown or XML, in any order."""

TEXTS = st.text(st.characters(), max_size=20) | HOSTILE
"""Any text, lone surrogates and control characters included."""

MONEY = st.none() | st.decimals(
    min_value=-(10**9), max_value=10**9, allow_nan=False, allow_infinity=False, places=18
)
COUNTS = st.integers(0, 10**9)


@st.composite
def reports(draw: st.DrawFn, command: str | None = None) -> Report:
    """Reports whose texts come from an attacker and whose numbers are of any size."""

    def interval() -> Interval[Decimal]:
        return Interval(draw(MONEY), draw(MONEY), draw(MONEY), draw(st.sampled_from(Grade)))

    def prompt() -> MeasuredPrompt:
        return measured_prompt(
            draw(TEXTS),
            draw(TEXTS),
            line=draw(st.integers(1, 10**6)),
            static=draw(COUNTS),
            per_call=interval(),
            monthly=interval(),
            open_size=draw(st.booleans()),
            grade=draw(st.sampled_from(Grade)),
            confidence=draw(st.sampled_from(Confidence)),
            owner=draw(TEXTS),
        )

    prompts = tuple(prompt() for _ in range(draw(st.integers(0, 3))))
    base = draw(st.sampled_from([full_report("audit"), full_report("check"), full_report("diff")]))
    changes = tuple(Change("changed", prompt(), one, (Cause("text", draw(MONEY)),)) for one in prompts[:2])
    return replace(
        base,
        command=command or base.command,
        measured=Measured(prompts, (measured_request(*prompts, monthly=interval(), owner=draw(TEXTS)),)),
        findings=(finding(path=draw(TEXTS), message=draw(TEXTS), monthly_saved=draw(MONEY)),),
        changes=changes,
        verdict=Verdict("fail", (Breach(draw(TEXTS), draw(TEXTS), draw(TEXTS), "fail", draw(TEXTS)),)),
        skipped=(Skipped(draw(TEXTS), "syntax", draw(TEXTS), draw(st.booleans())),),
        totals=totals(monthly=interval(), by_grade={draw(st.sampled_from(Grade)): Decimal(draw(COUNTS))}),
        warnings=(draw(TEXTS),),
        attribution=attribution(bearer(draw(TEXTS), interval()), bearer(draw(TEXTS))),
        policy=Policy(
            "file",
            draw(TEXTS),
            draw(TEXTS),
            (Loosening(draw(TEXTS), draw(TEXTS), draw(TEXTS)),),
            (Concealment("calls", draw(TEXTS), 1, draw(TEXTS), draw(COUNTS), draw(MONEY)),),
            (Assumption(draw(TEXTS), draw(COUNTS), Grade.CONFIGURED, draw(MONEY)),),
        ),
    )
