"""One tree: scan, link, measure, check and gate."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date
from functools import partial

from msgspec import Struct, field
from msgspec.structs import replace

from scrimp import checks
from scrimp.checks import Abstained, TokenLimit, TreeContext
from scrimp.config.cards import Card
from scrimp.config.entries import ended
from scrimp.config.globs import Target
from scrimp.measure import Measurement
from scrimp.measure.guarded import Claims
from scrimp.measure.pictures import shown
from scrimp.model.changes import Verdict
from scrimp.model.findings import Abstentions, Finding, Rule
from scrimp.model.measured import Measured, MeasuredPrompt
from scrimp.model.prompts import Linked
from scrimp.model.report import Coverage, Report
from scrimp.model.revision import Revision
from scrimp.model.savings import Saveable
from scrimp.model.source import Skipped
from scrimp.pipeline import links
from scrimp.pipeline.hiding import hidden
from scrimp.pipeline.kept import keep
from scrimp.pipeline.part import below
from scrimp.pipeline.saveable import overlapping, saved_at_once
from scrimp.pipeline.scan import Progress, Scan, Scanner
from scrimp.pipeline.scanning import scanned
from scrimp.pipeline.setup import Setup
from scrimp.pipeline.totals import totals
from scrimp.pipeline.warnings import warnings
from scrimp.prices.book import PriceBook
from scrimp.tokens.pixels import size_of
from scrimp.tree.files import Tree


class Carried(Struct, frozen=True):
    """What prompts bring along from where they are compared with.

    Those in ``known_as`` have the volume and owner of that identity. ``claims`` are what the tree says of itself, where
    the setup is that of what it is compared with.
    """

    known_as: Mapping[str, Target] = field(default_factory=dict)
    claims: Claims | None = None


NOTHING = Carried()


class Audited(Struct, frozen=True):
    """A tree as far as it is judged alone, and how it was measured."""

    revision: Revision
    scan: Scan
    linked: Linked
    measured: Measured
    carried: Carried = NOTHING

    @property
    def coverage(self) -> Coverage:
        """What was looked at, and what was not seen."""
        calls = [each for each in self.measured.requests if not each.request.implicit]
        unread = {each.path for each in self.scan.skipped} - self.scan.files.keys()
        named = [each for each in calls if each.model_source in ("call", "file")]
        return Coverage(
            files_seen=len(self.scan.files) + len(unread) + self.scan.passed_over,
            files_scanned=len(self.scan.files),
            requests=len(calls),
            requests_with_text=sum(each.request.text in ("full", "partial") for each in calls),
            models_known=sum(each.is_model_told for each in named),
            references_unresolved=len(self.measured.unresolved),
            files_skipped=len(unread),
            prompts_remote=sum(each.kind == "remote" for each in self.measured.unresolved),
            files_passed_over=self.scan.passed_over,
            requests_partial=sum(each.request.text == "partial" for each in calls),
            models_undecided=sum(not each.is_model_told for each in named),
        )

    @property
    def skipped(self) -> tuple[Skipped, ...]:
        """What was not read, or not whole."""
        return self.scan.skipped


class Read(Struct, frozen=True):
    """A tree that was read and linked, but not measured."""

    revision: Revision
    scan: Scan
    linked: Linked

    def measured(self, setup: Setup, carried: Carried = NOTHING) -> Audited:
        """The tree with what its prompts cost."""
        measured = measure(self.linked, self.scan, setup, carried)
        return Audited(self.revision, self.scan, self.linked, measured, carried)


def read_tree(
    tree: Tree,
    setup: Setup,
    scanner: Scanner | None = None,
    progress: Progress | None = None,
    named: Collection[str] = (),
) -> Audited:
    """Scan, link and measure a tree; files that are ``named`` are read even if they are excluded."""
    return linked(tree, scanned(tree, setup, scanner, progress, named), setup).measured(setup)


def linked_tree(
    tree: Tree,
    setup: Setup,
    scanner: Scanner,
    progress: Progress | None = None,
    named: Collection[str] = (),
) -> Read:
    """Scan and link a tree; files that are ``named`` are read even if they are excluded."""
    return linked(tree, scanned(tree, setup, scanner, progress, named), setup)


def linked(tree: Tree, scan: Scan, setup: Setup) -> Read:
    """Link what was scanned of a tree."""
    return read(tree, scan, links.linked(scan, setup))


def read(tree: Tree, scan: Scan, linked: Linked) -> Read:
    """What is linked of a tree, or a part of that; ``scan`` holds the files that it stands in."""
    return Read(tree.revision, replace(scan, pictures=dict(_pictures(tree, linked))), linked)


def _pictures(tree: Tree, linked: Linked) -> Iterator[tuple[str, tuple[int, int]]]:
    """The sizes of the images that prompts show, as far as they lie in the tree."""
    for path in dict.fromkeys(shown(linked.prompts)):
        raw = tree.read(path)
        size = size_of(raw) if isinstance(raw, bytes) else None
        if size is not None:
            yield path, size


def measure(
    linked: Linked,
    scan: Scan,
    setup: Setup,
    carried: Carried = NOTHING,
    prices: PriceBook | None = None,
) -> Measured:
    """Measure a linked tree; ``prices`` are those to take instead of the setup's."""
    return measurement(linked, scan, setup, carried, prices).measured()


def measurement(
    linked: Linked,
    scan: Scan,
    setup: Setup,
    carried: Carried = NOTHING,
    prices: PriceBook | None = None,
) -> Measurement:
    """How ``measure`` measures."""
    return Measurement(
        linked,
        scan.lines,
        setup.settings,
        setup.prices if prices is None else prices,
        carried.known_as,
        setup.tokenizers,
        setup.usage,
        scan.pictures,
        carried.claims,
    )


class Grouping(Struct, frozen=True):
    """What the cost is attributed by: ``owner model provider folder file``, folders so many levels deep."""

    by: str = "owner"
    depth: int = 1


def audit(
    tree: Tree,
    scan: Scan,
    setup: Setup,
    today: date,
    grouping: Grouping | None = None,
    folder: str = "",
) -> Report:
    """The report of ``scrimp audit`` on a scanned tree, or on a ``folder`` of it: budgets are judged as they stand.

    What could not be read counts wherever it is, as the totals of budgets are those of the whole.
    """
    from scrimp import gate  # noqa: PLC0415  heavy, and a check needs neither
    from scrimp.attribution import attribute  # noqa: PLC0415

    part = below(folder)
    audited = linked(tree, scan, setup).measured(setup)
    keep(tree, scan, setup, ())
    found = part.told(find(audited, setup, today))
    seen = replace(audited, measured=part.of(audited.measured))
    verdict = gate.judge_part(setup.settings.budgets, audited.measured, seen.measured, today)
    said = warnings(audited.measured, setup, tree.paths(), today)
    less = saveable(seen, setup, found.findings)
    setup.tokenizers.dismiss()
    made = report("audit", seen, setup, found, verdict, (*said, *found.warnings), less)
    asked = grouping or Grouping()
    attributed = attribute(made.measured, made.saved, made.totals, asked.by, asked.depth)
    return replace(made, attribution=attributed, part=folder)


def report(
    command: str,
    audited: Audited,
    setup: Setup,
    found: checks.Results,
    verdict: Verdict,
    warnings: tuple[str, ...],
    less: Saveable,
) -> Report:
    """A report of one tree, of which ``less`` may be saved; incompleteness decides over whatever the budgets say."""
    skipped = (*audited.scan.skipped, *found.skipped)
    incomplete = any(each.incomplete for each in skipped)
    again = overlapping(found.findings)
    findings = tuple(replace(each, overlaps=again.get(each.fingerprint, "")) for each in found.findings)
    return Report(
        command,
        audited.revision,
        setup.prices.stamp,
        audited.measured,
        findings,
        (),
        _incomplete(verdict) if incomplete else verdict,
        skipped,
        audited.coverage,
        totals(audited.measured, less.saved),
        warnings=warnings,
        abstentions=tuple(abstentions(found.abstained)),
        saved=less.saved,
        saved_by_rule=less.by_rule,
        rules=tuple(rules(setup.cards)),
    )


def _incomplete(verdict: Verdict) -> Verdict:
    from scrimp.gate import incomplete  # noqa: PLC0415  most runs read all

    return incomplete(verdict)


# --- findings -------------------------------------------------------------------------------------------


def find(audited: Audited, setup: Setup, today: date) -> checks.Results:
    """The findings of all rules that run, and who hides which of them."""
    tree = TreeContext(
        audited.measured,
        audited.scan.files,
        setup.prices,
        setup.tokenizers,
        partial(_limits, setup, today),
        audited.linked.handled,
    )
    now = setup.on(today)
    found = checks.run(tree, now.cards, now.ruling)
    told = hidden(found, tree, audited.linked.prompts, audited.skipped, now, today)
    return replace(told, warnings=(*ended(setup.settings, today), *told.warnings))


def abstentions(abstained: Iterable[Abstained]) -> Iterator[Abstentions]:
    """What rules could not decide, one entry a rule, and its reasons with their numbers, most first."""
    rules: dict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    for each in abstained:
        rules[each.rule, each.name][each.reason] += 1
    for (rule, name), reasons in sorted(rules.items()):
        yield Abstentions(rule, name, tuple(sorted(reasons.items(), key=lambda item: (-item[1], item[0]))))


def rules(cards: Iterable[Card]) -> Iterator[Rule]:
    """Cards in words, each text a paragraph, sorted by id."""
    for card in sorted(cards, key=lambda each: each.id):
        summary, why = (" ".join(text.split()) for text in (card.summary, card.why))
        yield Rule(card.id, card.name, card.severity, summary, why)


def _limits(setup: Setup, today: date, measured: MeasuredPrompt) -> list[TokenLimit]:
    """The budgets on the size of a prompt."""
    prompt = measured.prompt
    target = Target(prompt.id, prompt.path, prompt.name)
    return [
        TokenLimit(budget.name, budget.max_prompt_tokens, budget.level)
        for budget in setup.settings.budgets
        if budget.max_prompt_tokens is not None
        and budget.covers(target, measured.owner, today)
        and budget.is_about(measured.model)
    ]


def saveable(audited: Audited, setup: Setup, findings: Sequence[Finding]) -> Saveable:
    """What the tree costs less without what its findings name."""
    how = measurement(audited.linked, audited.scan, setup, audited.carried)
    return saved_at_once(audited.linked, how, audited.measured, findings)
