"""The page: the verdict and the money first, then what changed, why, what could be saved, and what it all rests on."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from scrimp.model.written import ABOUT, FLOOR, dollars
from scrimp.reporters.review import changes, policy, spend, waste
from scrimp.reporters.review.document import Breach, Document, Skipped
from scrimp.reporters.review.figures import assumed, basis, growth, outcome, summed
from scrimp.reporters.review.fitting import LIMIT, Section, fitted
from scrimp.reporters.review.markup import code, header, row
from scrimp.reporters.review.totals import usd

TITLE = "scrimp"
WHOLE = "costs: typical, of input, output and overhead"
SIGNED = f"{FLOOR} at least, {ABOUT} about"
_UNREAD, _WARNINGS, _BREACHES = 10, 10, 20
"""The most lines of each: they must leave room for what changed."""


def page(documents: Sequence[Document], rows: int | None = 20, limit: int = LIMIT) -> str:
    """One page of at most ``limit`` characters for some documents, and of at most ``rows`` rows a table."""
    parts = _Parts(documents)
    if parts.is_eventless:
        return f"{TITLE}: {parts.uneventful()}\n"
    return fitted(list(parts.sections(rows)), limit)


class _Parts:
    """The documents by what they are."""

    def __init__(self, documents: Sequence[Document]) -> None:
        self.all = documents
        self.diffs = [each for each in documents if each.command == "diff"]
        self.audits = [each for each in documents if each.command == "audit"]
        self.checks = [each for each in documents if each.command == "check"]
        self.outcome = outcome(documents)
        self.breaches = list(dict.fromkeys(breach for each in documents for breach in each.verdict.breaches))
        self.findings = waste.active([*self.diffs, *self.checks])

    @property
    def is_eventless(self) -> bool:
        """Whether a line says it all."""
        quiet = self.outcome == "pass" and not self.breaches and not self.findings and not self.audits
        if not quiet or changes.beside(self.diffs):
            return False
        return not any(each.changes or each.warnings or _ignored(each) for each in self.all)

    def uneventful(self) -> str:
        """What is said then."""
        spent = growth(self.diffs)
        cost = "" if spent.after is None else f" ({spent.lead}{dollars(spent.after)} a month)"
        said = [f"no change in prompts{cost}"] if self.diffs else []
        return ", ".join([*said, *(["no findings"] if self.checks else [])])

    def sections(self, rows: int | None) -> Iterator[Section]:
        yield Section("\n\n".join((f"### {TITLE}: {self.outcome}", *self._summary())))
        yield from _budgets(self.breaches)
        yield from _unread(self.all)
        yield from policy.sections(self.diffs)
        yield from changes.sections(self.diffs, rows)
        for each in self.audits:
            yield from spend.sections(each, rows)
        yield from waste.sections(self.findings, self._title(), rows)
        yield from _saveable(self.diffs or self.audits)  # an audit beside a diff is of the same tree
        yield from _warnings(self.all)
        yield Section(_ground(self.diffs or self.audits or self.all))

    def _summary(self) -> Iterator[str]:
        if self.diffs:
            yield growth(self.diffs).written()
            if not any(each.changes for each in self.diffs):
                yield "No change in prompts."
        for each in self.audits:
            yield spend.summary(each)
        if self.checks:
            said = waste.summary(self.findings)
            yield f"{said[0].upper()}{said[1:]}"

    def _title(self) -> str:
        return "Findings" if self.checks else "Could be saved in what is new or changed"


def _ignored(document: Document) -> bool:
    """Whether the policy took no notice of something."""
    return document.policy is not None and bool(document.policy.loosened or document.policy.concealed)


def _budgets(breaches: Sequence[Breach]) -> Iterator[Section]:
    if not breaches:
        return
    titles = ("Budget", "Limit", "Actual", "Level", "Most of it")
    rows = [
        row((code(each.budget), code(each.limit), code(each.actual), each.level, code(each.reason, 160)))
        for each in breaches
    ]
    yield Section(header(titles), rows, most=_BREACHES, left="broken budget")
    rests = [
        f"- {code(each.budget)}: {code(line, 300)}"
        for each in breaches
        for line in dict.fromkeys(each.ground)
    ]
    if rests:
        yield Section("", rests, most=_BREACHES, left="broken budget")
    advice = list(dict.fromkeys(code(each.advice, 300) for each in breaches if each.advice))
    if advice:
        yield Section("", [f"- {each}" for each in advice], most=_BREACHES, left="hint")


def _unread(documents: Sequence[Document]) -> Iterator[Section]:
    lost = list(dict.fromkeys(each for one in documents for each in one.skipped if each.incomplete))
    if lost:
        yield Section("**Not judged**:\n", [_lost(each) for each in lost], most=_UNREAD, left="file")


def _lost(skipped: Skipped) -> str:
    place = f"{skipped.path}:{skipped.line}" if skipped.line else skipped.path
    return f"- {code(place)} {code(f'{skipped.code}: {skipped.reason}', 160)}"


def _saveable(documents: Sequence[Document]) -> Iterator[Section]:
    saved = summed(usd(each.totals.monthly_usd_saveable) for each in documents)
    if saved:
        yield Section(
            f"All that is found in the tree would save {dollars(saved)} a month; `scrimp check` lists it."
        )


def _warnings(documents: Sequence[Document]) -> Iterator[Section]:
    said = list(dict.fromkeys(code(warning, 300) for each in documents for warning in each.warnings))
    if said:
        yield Section("**Warnings**:\n", [f"- {each}" for each in said], most=_WARNINGS, left="warning")


def _ground(documents: Sequence[Document]) -> str:
    """What the numbers rest on, in one line."""
    defaults = assumed([request for each in documents for request in each.requests])
    prices = dict.fromkeys(code(f"{each.prices.source} {each.prices.date}") for each in documents)
    policies = dict.fromkeys(
        policy.whose(each.policy) for each in documents if each.policy and each.policy.reason
    )
    parts = [
        basis([each.totals for each in documents]),
        f"assumed: {defaults}" if defaults else "",
        f"policy: {', '.join(list(policies)[:3])}" if policies else "",
        f"prices: {', '.join(list(prices)[:3])}",
        SIGNED if any(each.command == "audit" for each in documents) else "",
        WHOLE if any(each.changes for each in documents) else "",
        "grades: tokens / cost; a projection at list prices, not a bill",
    ]
    return f"<sub>{'; '.join(part for part in parts if part)}</sub>"
