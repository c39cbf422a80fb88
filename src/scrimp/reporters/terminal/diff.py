"""The page of ``diff``: the verdict, the total before and after, and what changed, dearest first."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from msgspec import Struct

from scrimp.model.amounts import Grade
from scrimp.model.changes import Cause, Change
from scrimp.model.measured import MeasuredPrompt
from scrimp.model.prompts import Confidence
from scrimp.model.readable import readable
from scrimp.model.report import Report
from scrimp.model.written import UNKNOWN, amount, counted, dollars, leading, percent, signed_dollars
from scrimp.reporters.beside import beside
from scrimp.reporters.differing import differing
from scrimp.reporters.safe import safe
from scrimp.reporters.terminal import Block, blocks, policy
from scrimp.reporters.terminal.styled import Styled
from scrimp.reporters.terminal.tables import Column, Subject, table
from scrimp.reporters.terminal.words import INLINED, MARKS, WHERE_INLINED, legend
from scrimp.reporters.view import View

NO_CHANGE = "No change in prompts."
_MARK_STYLES = {"-": "red", "+": "green", "!": "yellow", "@": "cyan", " ": "dim"}
"""How lines of a comparison look, by their marks."""


def page(report: Report, view: View) -> Iterator[Block]:
    """The verdict and the totals; then, unless the view is quiet, each change and new findings."""
    rest = "" if report.unlisted is None else beside(report.unlisted)
    eventful = bool(report.changes or rest) or report.verdict.outcome != "pass"
    if eventful:
        yield [*blocks.verdict(report.verdict, view), *_totals(report)]
    if not report.changes:
        yield [Styled(NO_CHANGE)]
    elif not view.quiet:
        yield from _changes(report.changes, view)
        if "texts" in view.lists:
            yield from map(_text, report.changes)
    if rest and not view.quiet:
        yield [Styled(rest)]
    if not view.quiet:
        yield [blocks.finding(one) for one in report.findings if one.suppressed is None]
    if report.policy is not None and not view.quiet:
        yield list(policy.lines(report.policy, view))
    yield blocks.unread(report.skipped, view)
    if not view.quiet:
        yield [*blocks.warnings(report), *(blocks.ground(report, view) if eventful else [])]


def _totals(report: Report) -> list[Styled]:
    base, head = report.base_totals, report.totals
    if base is None:
        return []
    before, after = base.monthly.typical, head.monthly.typical
    lead = leading(base.monthly, head.monthly)
    said = f"{lead}{_step(dollars(before), dollars(after))} a month"
    if before is not None and after is not None:
        share = f", {percent((after - before) * 100 / before, sign='+')}" if before else ""
        said += f" ({signed_dollars(after - before)}{share})"
    tokens = f"{base.static_tokens:,} → {head.static_tokens:,} static tokens"
    tokens += f" ({head.static_tokens - base.static_tokens:+,})"
    return [Styled(f"{said[0].upper()}{said[1:]}", style="bold"), *blocks.split(head), Styled(tokens)]


class _Row(Struct, frozen=True):
    """A change with its amounts before and after: static tokens, and the known part of USD a month."""

    change: Change
    of: MeasuredPrompt
    grade: Grade
    tokens: tuple[int, int]
    monthly: tuple[Decimal | None, Decimal | None]

    @classmethod
    def from_change(cls, change: Change) -> _Row | None:
        """The row of a change; none where neither side has a prompt."""
        sides = (change.before, change.after)
        present = [side for side in sides if side]
        if not present:
            return None
        before, after = (Decimal(0) if side is None else side.monthly.typical for side in sides)
        old, new = (0 if side is None else side.static for side in sides)
        grade = Grade.worst(*(side.monthly.grade for side in present))
        return cls(change, present[-1], grade, (old, new), (before, after))

    @property
    def growth(self) -> Decimal | None:
        """What the change costs a month."""
        return self.change.growth

    @property
    def weight(self) -> tuple[bool, bool, bool, Decimal, int, str]:
        """Unpriced changes first, then the dearest; low confidence and what only moved come last."""
        low = self.of.prompt.confidence is Confidence.LOW
        growth = abs(self.growth or Decimal(0))
        tokens = abs(self.tokens[1] - self.tokens[0])
        return (
            self.change.kind == "moved",
            low,
            self.growth is not None,
            -growth,
            -tokens,
            self.of.prompt.id,
        )


def _changes(changes: Sequence[Change], view: View) -> Iterator[Block]:
    rows = sorted(filter(None, map(_Row.from_change, changes)), key=lambda row: row.weight)
    shown = rows[: view.rows]
    columns = (
        Column("Change", _what, right=False),
        Column("Static tokens", _tokens),
        Column("$/month", _monthly),
    )
    grades = legend(row.grade for row in shown if not row.of.prompt.inlined)
    said = [Styled(f"$/month: typical, of input, output and overhead{grades and f'; {grades}'}", style="dim")]
    if any(row.of.prompt.inlined for row in shown):
        said.append(Styled(WHERE_INLINED, style="dim"))
    if len(rows) > len(shown):
        hidden = rows[view.rows :]
        together = sum((row.growth or Decimal(0) for row in hidden), Decimal(0))
        more = f"{counted(len(hidden), 'smaller change')}, {signed_dollars(together)} (--verbose lists them)"
        said.insert(0, Styled(more))
    yield [table("Prompt", shown, _subject, columns, view), *said]


def _subject(row: _Row) -> Subject:
    prompt = row.of.prompt
    return Subject(prompt.name, prompt.path, prompt.place.line, prompt.confidence is Confidence.LOW)


def _what(row: _Row) -> str:
    """The kind of change, and below it the cause; of several each has a line of its own, the dearest first."""
    kind = safe(row.change.kind)
    if row.of.prompt.confidence is Confidence.LOW:
        kind += " (low)"
    causes = [safe(cause.cause) for cause in _causes(row)]
    if len(causes) > 1 and not row.of.prompt.inlined:
        kind += "\n"
    return "\n".join([kind, *causes])


def _tokens(row: _Row) -> str:
    before, after = row.tokens
    return f"{_step(f'{before:,}', f'{after:,}')}\n{after - before:+,}"


def _monthly(row: _Row) -> str:
    if row.of.prompt.inlined:
        return INLINED
    before, after = (UNKNOWN if usd is None else amount(usd) for usd in row.monthly)
    lines = [f"{_step(before, after)} {MARKS[row.grade]}", signed_dollars(row.growth)]
    causes = _causes(row)
    return "\n".join(lines + [signed_dollars(cause.monthly) for cause in causes if len(causes) > 1])


def _step(before: str, after: str) -> str:
    """Both sides; the one if they look alike."""
    return after if before == after != UNKNOWN else f"{before} → {after}"


def _text(change: Change) -> Block:
    """What changed in a prompt's text, below its id; nothing where that is known to be nothing."""
    of = change.after or change.before
    hashes = {side.text_sha256 if side else "" for side in (change.before, change.after)}
    if of is None or len(hashes) == 1:
        return ()
    before, after = (readable(side) if side else "" for side in (change.before, change.after))
    said = [Styled(safe(of.prompt.id), style="bold")]
    if before is None or after is None:
        return [*said, Styled("  its text isn't in a saved audit", style="dim")]
    marked = differing(before, after)
    lines = (Styled(f"{line[0]} {safe(line[1:])}".rstrip(), style=_MARK_STYLES[line[0]]) for line in marked)
    return [*said, *lines]


def _causes(row: _Row) -> list[Cause]:
    return sorted(row.change.causes, key=lambda cause: -abs(cause.monthly or Decimal(0)))
