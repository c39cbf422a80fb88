"""The page of ``audit``: what there is and costs, the dearest prompts, what is wasted, and who owns it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from scrimp.model.amounts import Grade, Interval
from scrimp.model.measured import MeasuredPrompt
from scrimp.model.prompts import Confidence
from scrimp.model.report import Report
from scrimp.model.savings import SavedByRule
from scrimp.model.written import amount, counted, dollars, sign
from scrimp.reporters.safe import safe
from scrimp.reporters.terminal import Block, attribution, blocks, estimates
from scrimp.reporters.terminal.styled import Styled
from scrimp.reporters.terminal.tables import Column, Subject, table
from scrimp.reporters.terminal.words import INLINED, MARKS, WHERE_INLINED, legend, money_cell, tokens_cell
from scrimp.reporters.view import View

IF_CACHED = "if cached: $/month if nine of ten calls read these tokens"
OWN_INPUT = "Tokens: always sent; $: its own input, without answers and other input"
CEILING = "≤"
WHERE_SPARED = f"{CEILING} at most: a call that sends it leaves out a longer text, which is counted"
HOW_SURE = "Sure: whether it reaches a model; what is of low confidence is never judged"


def page(report: Report, view: View) -> Iterator[Block]:
    """The headline and what must not be missed; unless the view is quiet, also tables and their ground."""
    yield blocks.headline(report.totals, len(report.measured.requests), report.part)
    if report.verdict.outcome != "pass":
        yield blocks.verdict(report.verdict, view)
    if "attribution" in view.lists:
        yield from attribution.compared(report.attribution, view)
    elif not view.quiet:
        yield from _prompts(report.measured.prompts, view)
        yield from _waste(report.saved_by_rule, view)
        yield from attribution.owners(report.attribution, view)
    if view.verbose and not view.quiet:
        yield list(estimates.models(report.measured.requests, view))
        yield list(estimates.answers(report.measured.requests, view))
        yield list(estimates.variables(report.measured.prompts, view))
    yield blocks.unread(report.skipped, view)
    if "unresolved" in view.lists:
        yield blocks.unresolved(report.measured.unresolved)
    if not view.quiet:
        yield [*blocks.warnings(report), *blocks.abstentions(report, view), *blocks.ground(report, view)]


def dearest(prompts: Sequence[MeasuredPrompt]) -> list[MeasuredPrompt]:
    """Prompts by monthly cost, dearest first; then unknown cost by tokens; low confidence last."""
    return sorted(prompts, key=_dearness)


def _dearness(measured: MeasuredPrompt) -> tuple[bool, bool, Decimal, int, str]:
    typical = measured.monthly.typical
    return (
        measured.prompt.confidence is Confidence.LOW,
        typical is None,
        -(typical or Decimal(0)),
        -measured.static,
        measured.prompt.id,
    )


def _prompts(prompts: Sequence[MeasuredPrompt], view: View) -> Iterator[Block]:
    if not prompts:
        return
    prompts = dearest(prompts)
    shown = prompts[: view.rows]
    columns: Sequence[Column[MeasuredPrompt]] = (
        Column("Role", _role, right=False),
        Column("Tokens", lambda one: tokens_cell(one.static, one.tokens)),
        Column("$/call", lambda one: _cost(one, one.per_call)),
        Column("$/month", _monthly),
        Column("Sure", lambda one: one.prompt.confidence.value, right=False),
    )
    scenario = view.verbose and any(map(_if_cached, shown))
    if scenario:
        columns = (*columns[:-1], Column("If cached", _if_cached), columns[-1])
    said = [Styled(legend(*_marks(shown)), style="dim"), Styled(OWN_INPUT, style="dim")]
    if any(one.prompt.inlined for one in shown):
        said.append(Styled(WHERE_INLINED, style="dim"))
    if any(map(_is_spared, shown)):
        said.append(Styled(WHERE_SPARED, style="dim"))
    if scenario:
        said.append(Styled(IF_CACHED, style="dim"))
    if any(one.prompt.confidence is not Confidence.HIGH for one in shown):
        said.append(Styled(HOW_SURE, style="dim"))
    if len(prompts) > len(shown):
        said.insert(0, Styled(_left_out(prompts[len(shown) :])))
    yield [table("Prompt", shown, _subject, columns, view), *said]


def _left_out(prompts: Sequence[MeasuredPrompt]) -> str:
    own = (one.monthly.typical or Decimal(0) for one in prompts if not one.prompt.inlined)
    usd = dollars(sum(own, Decimal(0)))
    return f"{counted(len(prompts), 'cheaper prompt')}, {usd} a month (--verbose lists them)"


def _marks(shown: Sequence[MeasuredPrompt]) -> tuple[set[Grade], set[str]]:
    """The grades and the signs of what the rows show."""
    costs = [(one.per_call,) if _is_spared(one) else (one.per_call, one.monthly) for one in shown]
    own = zip(shown, costs, strict=True)
    money = [usd for one, amounts in own for usd in amounts if not one.prompt.inlined]
    grades = {one.tokens.grade for one in shown} | {usd.grade for usd in money}
    signs = {sign(one.static, one.tokens) for one in shown}
    return grades, signs | {sign(usd.typical, usd) for usd in money if usd.typical is not None}


def _subject(measured: MeasuredPrompt) -> Subject:
    prompt = measured.prompt
    return Subject(prompt.name, prompt.path, prompt.place.line, prompt.confidence is Confidence.LOW)


def _role(measured: MeasuredPrompt) -> str:
    prompt = measured.prompt
    return safe(prompt.role if prompt.kind == "message" and prompt.role != "unknown" else prompt.kind)


def _if_cached(measured: MeasuredPrompt) -> str:
    """The monthly cost in the scenario and the tokens that can be read, where there is anything to cache."""
    caching = measured.caching
    if caching is None or not caching.cacheable or caching.monthly is None or measured.prompt.inlined:
        return ""
    return f"{amount(caching.monthly)}\n{caching.cacheable:,} tok"


def _cost(measured: MeasuredPrompt, usd: Interval[Decimal]) -> str:
    return INLINED if measured.prompt.inlined else money_cell(usd)


def _monthly(measured: MeasuredPrompt) -> str:
    usd = measured.monthly
    if _is_spared(measured) and usd.high is not None:
        return f"{CEILING}{amount(usd.high)} {MARKS[usd.grade]}"
    return _cost(measured, usd)


def _is_spared(measured: MeasuredPrompt) -> bool:
    """Whether only calls send it that aren't counted on, as they send it instead of a longer text."""
    usd = measured.monthly
    return not measured.prompt.inlined and usd.typical == 0 and bool(usd.high)


def _waste(rules: Sequence[SavedByRule], view: View) -> Iterator[Block]:
    """The rules with their shares of what could be saved."""
    if not rules:
        return
    columns: Sequence[Column[SavedByRule]] = (
        Column("Findings", lambda rule: f"{rule.findings:,}"),
        Column("Tokens saved", lambda rule: f"{rule.tokens:,}" if rule.tokens else ""),
        Column("$/month saved", lambda rule: amount(rule.monthly) if rule.monthly else ""),
    )
    summary = table("Rule", rules, lambda rule: Subject(f"{rule.rule} {rule.name}", "", 0), columns, view)
    said = [*_overlapping(sum(rule.again for rule in rules)), "scrimp check lists each finding"]
    yield [summary, *(Styled(line, style="dim") for line in said)]


def _overlapping(again: int) -> list[str]:
    """How many findings save what others do."""
    if again == 1:
        return ["1 finding saves what another does, which counts once"]
    return [f"{again:,} findings save what others do, which counts once"] if again else []
