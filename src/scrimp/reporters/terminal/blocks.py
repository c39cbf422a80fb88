"""Blocks that several pages share: the totals, the verdict, findings as lines, and what was not read."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from rich.cells import cell_len
from rich.text import Text

from scrimp.model.amounts import Grade
from scrimp.model.changes import Breach, Verdict
from scrimp.model.findings import Finding, Severity, Suppression
from scrimp.model.prompts import Unresolved
from scrimp.model.report import Report, Totals
from scrimp.model.source import Skipped
from scrimp.model.written import basis, counted, dollars, extent, purposes, spent
from scrimp.reporters.remarks import savings
from scrimp.reporters.safe import safe
from scrimp.reporters.terminal.words import location, wrapped
from scrimp.reporters.view import View

OUTCOME_STYLES = {"pass": "bold green", "warn": "bold yellow", "fail": "bold red", "incomplete": "bold red"}
SEVERITY_STYLES = {Severity.ERROR: "bold red", Severity.WARNING: "yellow", Severity.INFO: "blue"}

COUNTABLE = frozenset({"link", "marker", "submodule"})
"""Codes of what is skipped that are nouns."""
UNRESOLVED = {"remote": "remote prompt"}
"""What is called otherwise than its kind."""


BELOW = " " * 8
"""In front of what is said of a broken budget."""


def lines(parts: Iterable[Text]) -> Text:
    """Lines as one block."""
    return Text("\n").join(parts)


def headline(totals: Totals, requests: int, part: str = "") -> list[Text]:
    """How much there is and what it costs, in the whole tree or in a folder of it."""
    cost = spent(totals.monthly, totals.by_grade.get(Grade.ASSUMED))
    there = f"{counted(requests, 'request')} of {safe(part)}" if part else counted(requests, "request")
    size = extent(totals.prompts, totals.unsure, there, totals.static_tokens)
    said = [Text(size, style="bold"), Text(f"{cost[0].upper()}{cost[1:]}", style="bold")]
    of = totals.paid_for
    paid_for = "" if of is None else purposes(of.prompts, of.answers, of.other)
    return [*said, *([Text(f"  {paid_for}")] if paid_for else []), *split(totals)]


def split(totals: Totals) -> list[Text]:
    """What the total rests on, and what isn't in it."""
    shares = [(grade, totals.by_grade[grade]) for grade in Grade if totals.by_grade.get(grade)]
    said = [Text(f"  {dollars(amount)} on {basis(grade)}") for grade, amount in shares]
    if totals.unpriced:
        said.append(
            Text(f"  {counted(totals.unpriced, 'request')} of unknown cost not included", style="yellow")
        )
    if totals.saveable:
        said.append(Text(f"  {dollars(totals.saveable)} a month could be saved", style="green"))
    return said


def verdict(of: Verdict, view: View) -> list[Text]:
    """The outcome, each budget that is broken with what that rests on, and what to do about it, said once."""
    said = [Text("Verdict: ").append(safe(of.outcome), style=OUTCOME_STYLES.get(of.outcome, "bold"))]
    for position, breach in enumerate(of.breaches):
        said += _breach(breach, view)
        last = all(later.advice != breach.advice for later in of.breaches[position + 1 :])
        if breach.advice and last:
            said += [Text(line, style="dim") for line in wrapped(breach.advice, BELOW, view)]
    return said


def _breach(breach: Breach, view: View) -> Iterator[Text]:
    said = f"  {breach.budget}: limit {breach.limit}, actual {breach.actual}"
    why = f" ({breach.reason})" if breach.reason else ""
    level = Text(f"  {safe(breach.level)}", style=OUTCOME_STYLES.get(breach.level, ""))
    fits = cell_len(f"{level.plain}{safe(said)}{safe(why)}") <= view.width
    yield level.append(safe(f"{said}{why if fits else ''}"), style="not bold default")
    below = breach.ground if fits or not breach.reason else (breach.reason, *breach.ground)
    for each in below:
        yield from (Text(line) for line in wrapped(each, BELOW, view))


def finding(of: Finding) -> Text:
    """``path:line:column RULE [*] message (saves …)``; ``[*]`` marks what ``--fix`` can mend."""
    said = Text(safe(of.path), style="bold").append(f":{of.place.line}:{of.place.column} ", style="not bold")
    said.append(safe(of.rule), style=SEVERITY_STYLES[of.severity])
    said.append(f" {'[*] ' if of.fix else ''}{safe(of.message)}", style="not bold")
    saved = savings(of)
    if saved:
        said.append(f" (saves {saved})", style="not bold green")
    if of.suppressed:
        said.append(f" (suppressed by {_hidden(of.suppressed)})", style="not bold dim")
    return said


def _hidden(by: Suppression) -> str:
    """Who hides a finding, why, and how long."""
    why = f": {safe(by.reason)}" if by.reason else ""
    return f"{safe(by.by)}{why}{f', until {safe(by.until)}' if by.until else ''}"


def unread(skipped: Sequence[Skipped], view: View) -> list[Text]:
    """What was not judged, place by place; what was merely skipped is counted unless the view is verbose."""
    incomplete = [item for item in skipped if item.incomplete]
    harmless = [item for item in skipped if not item.incomplete]
    shown = incomplete[: view.rows]
    said = [_skipped("Not judged", item, "red") for item in shown]
    if len(incomplete) > len(shown):
        said.append(
            Text(f"Not judged: {len(incomplete) - len(shown):,} more (--verbose lists them)", style="red")
        )
    if view.verbose:
        said += [_skipped("Skipped", item, "dim") for item in harmless]
    elif harmless and not view.quiet:
        codes = Counter(item.code for item in harmless).most_common()
        said.append(
            Text("Skipped: " + ", ".join(_kind(safe(code), count) for code, count in codes), style="dim")
        )
    return said


def _kind(code: str, number: int) -> str:
    """How many there are of a code: ``2 links``, ``1 not-installed``."""
    if code in COUNTABLE:
        return counted(number, code)
    return f"{number:,} {'binaries' if code == 'binary' and number > 1 else code}"


def _skipped(what: str, item: Skipped, style: str) -> Text:
    said = f"{what}: {location(item.path, item.line)}: {safe(item.code)}"
    return Text(f"{said}: {safe(item.reason)}" if item.reason else said, style=style)


def unresolved(found: Sequence[Unresolved]) -> list[Text]:
    """What could not be followed, place by place: ``path:line:column what: reason``."""
    said = [Text(f"Unresolved: {len(found):,}", style="bold")]
    for each in found:
        place = Text(safe(each.path), style="bold").append(f":{each.line}:{each.column} ", style="not bold")
        said.append(place.append(f"{safe(each.what)}: {safe(each.reason)}", style="not bold"))
    return said


def abstentions(report: Report, view: View) -> list[Text]:
    """How much rules could not decide; each reason where the view is verbose."""
    if not report.abstentions:
        return []
    places = sum(each.count for each in report.abstentions)
    rules = ", ".join(f"{safe(each.rule)} {each.count:,}" for each in report.abstentions)
    said = [Text(f"Not decided: {counted(places, 'place')} ({rules})", style="dim")]
    if view.verbose:
        said += [
            Text(f"  {safe(each.rule)} {safe(each.name)}: {count:,}: {safe(reason)}", style="dim")
            for each in report.abstentions
            for reason, count in each.reasons
        ]
    return said


def warnings(report: Report) -> list[Text]:
    """What people should know of, which changed nothing."""
    return [Text(f"warning: {safe(warning)}", style="yellow") for warning in report.warnings]


def ground(report: Report, view: View) -> list[Text]:
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
        Text(f"Coverage: {', '.join(seen)};", style="dim"),
        *(Text(line, style="dim") for line in wrapped(f"{known};", "  ", view)),
        Text(f"  {_unfollowed(report.measured.unresolved)}", style="dim"),
        Text(f"Prices: {safe(prices.source)}, {safe(prices.date)}", style="dim"),
    ]


def _unfollowed(found: Sequence[Unresolved]) -> str:
    """How much could not be followed, by what it is."""
    kinds = Counter(each.kind for each in found)
    said = [counted(number, UNRESOLVED.get(kind, kind)) for kind, number in kinds.most_common()]
    return f"{len(found):,} unresolved: {', '.join(said)}" if said else "nothing unresolved"
