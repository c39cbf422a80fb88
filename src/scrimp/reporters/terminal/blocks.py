"""Blocks that several pages share: the totals, the verdict, findings as lines, and what was not read."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from scrimp.model.amounts import Grade
from scrimp.model.changes import Breach, Verdict
from scrimp.model.findings import Finding, Severity, Suppression
from scrimp.model.prompts import Unresolved
from scrimp.model.report import Report, Totals
from scrimp.model.source import Skipped
from scrimp.model.written import basis, counted, dollars, extent, purposes, spent
from scrimp.reporters.remarks import savings
from scrimp.reporters.safe import safe
from scrimp.reporters.terminal.styled import Styled
from scrimp.reporters.terminal.words import columns_of, location, wrapped
from scrimp.reporters.view import View

OUTCOME_STYLES = {"pass": "bold green", "warn": "bold yellow", "fail": "bold red", "incomplete": "bold red"}
SEVERITY_STYLES = {Severity.ERROR: "bold red", Severity.WARNING: "yellow", Severity.INFO: "blue"}

COUNTABLE = frozenset({"link", "marker", "submodule"})
"""Codes of what is skipped that are nouns."""
UNRESOLVED = {"remote": "remote prompt"}
"""What is called otherwise than its kind."""


BELOW = " " * 8
"""In front of what is said of a broken budget."""


def headline(totals: Totals, requests: int, part: str = "") -> list[Styled]:
    """How much there is and what it costs, in the whole tree or in a folder of it."""
    cost = spent(totals.monthly, totals.by_grade.get(Grade.ASSUMED))
    there = f"{counted(requests, 'request')} of {safe(part)}" if part else counted(requests, "request")
    size = extent(totals.prompts, totals.unsure, there, totals.static_tokens)
    said = [Styled(size, style="bold"), Styled(f"{cost[0].upper()}{cost[1:]}", style="bold")]
    of = totals.paid_for
    paid_for = "" if of is None else purposes(of.prompts, of.answers, of.other)
    return [*said, *([Styled(f"  {paid_for}")] if paid_for else []), *split(totals)]


def split(totals: Totals) -> list[Styled]:
    """What the total rests on, and what isn't in it."""
    shares = [(grade, totals.by_grade[grade]) for grade in Grade if totals.by_grade.get(grade)]
    said = [Styled(f"  {dollars(amount)} on {basis(grade)}") for grade, amount in shares]
    if totals.unpriced:
        said.append(
            Styled(f"  {counted(totals.unpriced, 'request')} of unknown cost not included", style="yellow")
        )
    if totals.saveable:
        said.append(Styled(f"  {dollars(totals.saveable)} a month could be saved", style="green"))
    return said


def verdict(of: Verdict, view: View) -> list[Styled]:
    """The outcome, each budget that is broken with what that rests on, and what to do about it, said once."""
    said = [Styled("Verdict: ").then(safe(of.outcome), OUTCOME_STYLES.get(of.outcome, "bold"))]
    for position, breach in enumerate(of.breaches):
        said += _breach(breach, view)
        last = all(later.advice != breach.advice for later in of.breaches[position + 1 :])
        if breach.advice and last:
            said += [Styled(line, style="dim") for line in wrapped(breach.advice, BELOW, view)]
    return said


def _breach(breach: Breach, view: View) -> Iterator[Styled]:
    said = f"  {breach.budget}: limit {breach.limit}, actual {breach.actual}"
    why = f" ({breach.reason})" if breach.reason else ""
    level = Styled(f"  {safe(breach.level)}", style=OUTCOME_STYLES.get(breach.level, ""))
    fits = columns_of(f"{level.plain}{safe(said)}{safe(why)}") <= view.width
    yield level.then(safe(f"{said}{why if fits else ''}"), "not bold default")
    below = breach.ground if fits or not breach.reason else (breach.reason, *breach.ground)
    for each in below:
        yield from (Styled(line) for line in wrapped(each, BELOW, view))


def finding(of: Finding) -> Styled:
    """``path:line:column RULE [*] message (saves …)``; ``[*]`` marks what ``--fix`` can mend."""
    said = Styled(safe(of.path), style="bold").then(f":{of.place.line}:{of.place.column} ", "not bold")
    said = said.then(safe(of.rule), SEVERITY_STYLES[of.severity])
    said = said.then(f" {'[*] ' if of.fix else ''}{safe(of.message)}", "not bold")
    saved = savings(of)
    if saved:
        said = said.then(f" (saves {saved})", "not bold green")
    if of.suppressed:
        said = said.then(f" (suppressed by {_hidden(of.suppressed)})", "not bold dim")
    return said


def _hidden(by: Suppression) -> str:
    """Who hides a finding, why, and how long."""
    why = f": {safe(by.reason)}" if by.reason else ""
    return f"{safe(by.by)}{why}{f', until {safe(by.until)}' if by.until else ''}"


def unread(skipped: Sequence[Skipped], view: View) -> list[Styled]:
    """What was not judged, place by place; what was merely skipped is counted unless the view is verbose."""
    incomplete = [item for item in skipped if item.incomplete]
    harmless = [item for item in skipped if not item.incomplete]
    shown = incomplete[: view.rows]
    said = [_skipped("Not judged", item, "red") for item in shown]
    if len(incomplete) > len(shown):
        said.append(
            Styled(f"Not judged: {len(incomplete) - len(shown):,} more (--verbose lists them)", style="red")
        )
    if view.verbose:
        said += [_skipped("Skipped", item, "dim") for item in harmless]
    elif harmless and not view.quiet:
        codes = Counter(item.code for item in harmless).most_common()
        said.append(
            Styled("Skipped: " + ", ".join(_kind(safe(code), count) for code, count in codes), style="dim")
        )
    return said


def _kind(code: str, number: int) -> str:
    """How many there are of a code: ``2 links``, ``1 not-installed``."""
    if code in COUNTABLE:
        return counted(number, code)
    return f"{number:,} {'binaries' if code == 'binary' and number > 1 else code}"


def _skipped(what: str, item: Skipped, style: str) -> Styled:
    said = f"{what}: {location(item.path, item.line)}: {safe(item.code)}"
    return Styled(f"{said}: {safe(item.reason)}" if item.reason else said, style=style)


def unresolved(found: Sequence[Unresolved]) -> list[Styled]:
    """What could not be followed, place by place: ``path:line:column what: reason``."""
    said = [Styled(f"Unresolved: {len(found):,}", style="bold")]
    for each in found:
        place = Styled(safe(each.path), style="bold").then(f":{each.line}:{each.column} ", "not bold")
        said.append(place.then(f"{safe(each.what)}: {safe(each.reason)}", "not bold"))
    return said


def abstentions(report: Report, view: View) -> list[Styled]:
    """How much rules could not decide; each reason where the view is verbose."""
    if not report.abstentions:
        return []
    places = sum(each.count for each in report.abstentions)
    rules = ", ".join(f"{safe(each.rule)} {each.count:,}" for each in report.abstentions)
    said = [Styled(f"Not decided: {counted(places, 'place')} ({rules})", style="dim")]
    if view.verbose:
        said += [
            Styled(f"  {safe(each.rule)} {safe(each.name)}: {count:,}: {safe(reason)}", style="dim")
            for each in report.abstentions
            for reason, count in each.reasons
        ]
    return said


def warnings(report: Report) -> list[Styled]:
    """What people should know of, which changed nothing."""
    return [Styled(f"warning: {safe(warning)}", style="yellow") for warning in report.warnings]


def ground(report: Report, view: View) -> list[Styled]:
    """What the numbers stand on: how much was seen, and the prices."""
    coverage, prices = report.coverage, report.prices
    seen = [f"{coverage.files_scanned:,} of {counted(coverage.files_seen, 'file')} read"]
    seen += [f"{coverage.files_passed_over:,} passed over"] if coverage.files_passed_over else []
    seen += [f"{coverage.files_skipped:,} skipped"] if coverage.files_skipped else []
    part = f" ({coverage.requests_partial:,} in part)" if coverage.requests_partial else ""
    known = (
        f"of {counted(coverage.requests, 'call')} in code the text is known for "
        f"{coverage.requests_with_text:,}{part}, the model for {coverage.models_known:,}"
    )
    if coverage.models_undecided:
        known += f", one of several for {coverage.models_undecided:,}"
    return [
        Styled(f"Coverage: {', '.join(seen)};", style="dim"),
        *(Styled(line, style="dim") for line in wrapped(f"{known};", "  ", view)),
        Styled(f"  {_unfollowed(report.measured.unresolved)}", style="dim"),
        Styled(f"Prices: {safe(prices.source)}, {safe(prices.date)}", style="dim"),
    ]


def _unfollowed(found: Sequence[Unresolved]) -> str:
    """How much could not be followed, by what it is."""
    kinds = Counter(each.kind for each in found)
    said = [counted(number, UNRESOLVED.get(kind, kind)) for kind, number in kinds.most_common()]
    return f"{len(found):,} unresolved: {', '.join(said)}" if said else "nothing unresolved"
