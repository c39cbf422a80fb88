"""What a tree would cost less if all that its findings name were saved at once.

Findings may overlap, and a prompt that gets shorter also makes everything cheaper that is charged by its length. So
nothing is added up: the texts are changed, of overlapping findings as the one says that saves more, and the requests
that send them are measured again. Only what a change of structure saves is taken as its rule states it, once for one
place, and for what is left of the text.

Each rule has its share of that: what a text loses is shared out by what its findings save of it, each alone. So where
both of two alternatives are wasteful, of which a call sends one, the saving is that of one.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from decimal import Decimal

from msgspec import Struct

from scrimp.checks.without import without
from scrimp.measure import Measurement
from scrimp.model.carriers import inside
from scrimp.model.findings import Finding
from scrimp.model.measured import Measured, MeasuredRequest
from scrimp.model.prompts import Linked
from scrimp.model.rounding import apportioned
from scrimp.model.savings import Change, Saveable, Saved, SavedByRule
from scrimp.model.source import Place

Wasted = Mapping[str, Sequence[Change]]
"""Changes of the texts of prompts, by id, that don't overlap."""


class _Lean(Struct, frozen=True):
    """The requests that get cheaper, as they are and as they would be, and the prompts that get shorter."""

    before: Measured
    after: Measured
    removed: Mapping[str, int]
    """Typical tokens that prompts lose, by id."""


def saved_at_once(
    linked: Linked, measurement: Measurement, measured: Measured, findings: Sequence[Finding]
) -> Saveable:
    """What a measured tree costs less without the waste that findings name, those left out that are suppressed.

    ``measurement`` is how the tree was measured.
    """
    again = overlapping(findings)
    active = [each for each in findings if each.suppressed is None and each.fingerprint not in again]
    wasted = together(active)
    lean = _measured_without(linked, measurement, measured, wasted)
    due = _due(active, lean)
    saved = (*_of_texts(lean, due), *_of_structure(active, lean))
    return Saveable(saved, _by_rule(findings, again, saved, _tokens(active, lean, due)))


def overlapping(findings: Iterable[Finding]) -> Mapping[str, str]:
    """Findings of which another one that saves more saves the same tokens: the other's fingerprint, by their own.

    Changes of a text overlap where they change the same of it; what names no text, where it stands at one place.
    """
    texts: defaultdict[str, list[tuple[Change, str]]] = defaultdict(list)
    places: defaultdict[str, list[tuple[Place, str]]] = defaultdict(list)
    again: dict[str, str] = {}
    for finding in sorted((each for each in findings if each.suppressed is None), key=_dearest_first):
        own, pairs = finding.fingerprint, list(_changes(finding))
        if pairs:
            others = (
                who for prompt, change in pairs for each, who in texts[prompt] if _overlap(change, each)
            )
        else:
            others = (who for each, who in places[finding.path] if _touch(finding.place, each))
        other = next(others, None)
        if other is not None:
            again[own] = other
        elif pairs:
            for prompt, change in pairs:
                texts[prompt].append((change, own))
        elif finding.tokens_saved is not None:
            places[finding.path].append((finding.place, own))
    return again


def together(findings: Iterable[Finding]) -> Wasted:
    """The changes of findings that don't overlap, by prompt."""
    wasted: defaultdict[str, list[Change]] = defaultdict(list)
    for finding in findings:
        for prompt, change in _changes(finding):
            wasted[prompt].append(change)
    return wasted


def _changes(finding: Finding) -> Iterator[tuple[str, Change]]:
    return ((waste.prompt, change) for waste in finding.waste for change in waste.changes)


# --- texts ----------------------------------------------------------------------------------------------


def _measured_without(linked: Linked, measurement: Measurement, measured: Measured, wasted: Wasted) -> _Lean:
    """The requests and prompts that changes make cheaper, measured again."""
    by_id = {each.id: each for each in linked.prompts}
    shorter = {each.id for each in linked.prompts if not wasted.keys().isdisjoint(inside(each))}
    requests = [
        each for each in measured.requests if any(part.prompt in shorter for part in each.request.parts)
    ]
    needed = shorter.union(part.prompt for each in requests for part in each.request.parts)
    prompts = without([by_id[each] for each in by_id if each in needed], wasted)
    after = measurement.of(Linked(prompts, tuple(each.request for each in requests))).measured()
    before = [each for each in measured.prompts if each.prompt.id in needed]
    full = {each.prompt.id: each.tokens.typical or 0 for each in before}
    removed = {each.prompt.id: full[each.prompt.id] - (each.tokens.typical or 0) for each in after.prompts}
    return _Lean(Measured(tuple(before), tuple(requests)), after, removed)


def _of_texts(lean: _Lean, due: _Due) -> Iterator[Saved]:
    """What each request costs less, shared out among its prompts by the tokens that they lose, and among rules."""
    sent: set[str] = set()
    for before, after in zip(lean.before.requests, lean.after.requests, strict=True):
        parts = before.request.parts
        sent |= {part.prompt for part in parts}
        losses = {name: lean.removed[name] for name in (parts[number].prompt for number in before.sent)}
        total = sum(losses.values())
        if not total:
            continue
        less = _less(before, after)
        for prompt, tokens in losses.items():
            if tokens:
                share = None if less is None else less * tokens / total
                for rule, part in _shared_out(share, due.whole[prompt]):
                    yield Saved(prompt, before.request.id, part, rule)
    inlined = {name for each in lean.before.prompts if each.prompt.id in sent for name in inside(each.prompt)}
    yield from (
        Saved(prompt, "", None, rule)
        for prompt, rules in due.own.items()
        if prompt not in inlined
        for rule in rules
    )


def _less(before: MeasuredRequest, after: MeasuredRequest) -> Decimal | None:
    """US dollars a month that a request costs less, at the volume that it has."""
    one, other = _input_cost(before), _input_cost(after)
    return None if one is None or other is None else (one - other) * before.calls


def _input_cost(request: MeasuredRequest) -> Decimal | None:
    """US dollars of a call without its answer, of which another text may let us think something else."""
    if request.per_call.typical is None or request.answer_cost is None:
        return None
    return request.per_call.typical - request.answer_cost


# --- structure ------------------------------------------------------------------------------------------


def _of_structure(findings: Iterable[Finding], lean: _Lean) -> Iterator[Saved]:
    """What findings state that name no text."""
    for finding in findings:
        if not any(waste.changes for waste in finding.waste):
            yield Saved(finding.prompt, finding.request, _left(finding, lean), finding.rule)


def _left(finding: Finding, lean: _Lean) -> Decimal | None:
    """What a finding about the price of a text saves once there is less of that text."""
    amount = finding.monthly_saved
    cheaper = next((waste.cheaper for waste in finding.waste if waste.prompt == finding.prompt), 0)
    if amount is None or not cheaper:
        return amount
    return amount * max(0, cheaper - lean.removed.get(finding.prompt, 0)) / cheaper


# --- rules ----------------------------------------------------------------------------------------------


class _Due(Struct, frozen=True):
    """The tokens that findings take off prompts, each alone, by the prompt's id and by rule.

    Those of ``own`` are of its own text, those of ``whole`` of the prompts that stand in it, too.
    """

    own: Mapping[str, Mapping[str, int]]
    whole: Mapping[str, Mapping[str, int]]


def _due(active: Iterable[Finding], lean: _Lean) -> _Due:
    own: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for finding in active:
        for waste in finding.waste:
            if waste.changes:
                own[waste.prompt][finding.rule] += max(1, finding.tokens_saved or 0)
    whole = {
        each.prompt.id: sum((own[name] for name in inside(each.prompt) if name in own), Counter[str]())
        for each in lean.before.prompts
    }
    return _Due(own, whole)


def _shared_out(amount: Decimal | None, by: Mapping[str, int]) -> Iterator[tuple[str, Decimal | None]]:
    """The shares of rules in an amount, which add up to it."""
    left, whole = amount, sum(by.values())
    *others, last = sorted(by)
    for rule in others:
        share = None if amount is None else amount * by[rule] / whole
        left = None if left is None or share is None else left - share
        yield rule, share
    yield last, left


def _tokens(active: Iterable[Finding], lean: _Lean, due: _Due) -> Mapping[str, Decimal]:
    """The tokens that prompts lose of their own text, by rule, and those that findings about no text name."""
    tokens: defaultdict[str, Decimal] = defaultdict(Decimal)
    for prompt, rules in due.own.items():
        lost, whole = lean.removed.get(prompt, 0), sum(due.whole.get(prompt, rules).values())
        for rule, alone in rules.items():
            tokens[rule] += Decimal(lost * alone) / whole
    for finding in active:
        if not any(waste.changes for waste in finding.waste):
            tokens[finding.rule] += finding.tokens_saved or 0
    return tokens


def _by_rule(
    findings: Iterable[Finding],
    again: Collection[str],
    saved: Iterable[Saved],
    tokens: Mapping[str, Decimal],
) -> tuple[SavedByRule, ...]:
    """A row for each rule, the dearest first."""
    found: defaultdict[tuple[str, str], list[str]] = defaultdict(list)
    for each in findings:
        if each.suppressed is None:
            found[each.rule, each.name].append(each.fingerprint)
    monthly: defaultdict[str, list[Decimal]] = defaultdict(list)
    for one in saved:
        if one.monthly is not None:
            monthly[one.rule].append(one.monthly)
    names = sorted(found)
    lost = [tokens.get(rule, Decimal(0)) for rule, _ in names]
    whole = apportioned(lost, sum(lost, Decimal(0)), Decimal(1))
    rows = [
        SavedByRule(
            rule,
            name,
            len(found[rule, name]),
            sum(each in again for each in found[rule, name]),
            int(rounded),
            sum(monthly[rule], Decimal(0)) if monthly[rule] else None,
        )
        for (rule, name), rounded in zip(names, whole, strict=True)
    ]
    return tuple(sorted(rows, key=lambda row: (-(row.monthly or 0), -row.tokens, row.rule)))


# --- comparing ------------------------------------------------------------------------------------------


def _dearest_first(finding: Finding) -> tuple[object, ...]:
    return (
        -(finding.monthly_saved or 0),
        -(finding.tokens_saved or 0),
        finding.path,
        finding.place,
        finding.rule,
    )


def _overlap(one: Change, other: Change) -> bool:
    return one.start < other.end and other.start < one.end


def _touch(one: Place, other: Place) -> bool:
    starts, ends = (one.line, one.column), (one.end_line, one.end_column)
    return starts < (other.end_line, other.end_column) and (other.line, other.column) < ends
