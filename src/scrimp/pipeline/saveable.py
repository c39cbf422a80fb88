"""What a tree would cost less if all that its findings name were saved at once.

Findings may overlap, and a prompt that gets shorter also makes everything cheaper that is charged by its length. So
nothing is added up: the texts are changed, of overlapping findings as the one says that saves more, and the requests
that send them are measured again. Only what a change of structure saves is taken as its rule states it, once for one
place, and for what is left of the text.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal

from msgspec import Struct

from scrimp.checks.without import without
from scrimp.measure import Measurement
from scrimp.model.carriers import inside
from scrimp.model.findings import Finding
from scrimp.model.prompts import Linked, Measured, MeasuredRequest
from scrimp.model.savings import Change, Saved
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
) -> tuple[Saved, ...]:
    """What a measured tree costs less without the waste that findings name, those left out that are suppressed.

    ``measurement`` is how the tree was measured.
    """
    again = overlapping(findings)
    active = [each for each in findings if each.suppressed is None and each.fingerprint not in again]
    wasted = together(active)
    lean = _measured_without(linked, measurement, measured, wasted)
    return (*_of_texts(lean, wasted), *_of_structure(active, lean))


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


def _of_texts(lean: _Lean, wasted: Wasted) -> Iterator[Saved]:
    """What each request costs less, shared out among its prompts by the tokens that they lose."""
    sent: set[str] = set()
    for before, after in zip(lean.before.requests, lean.after.requests, strict=True):
        losses = {part.prompt: lean.removed[part.prompt] for part in before.request.parts}
        sent |= losses.keys()
        total = sum(losses.values())
        if not total:
            continue
        less = _less(before, after)
        for prompt, tokens in losses.items():
            if tokens:
                share = None if less is None else less * tokens / total
                yield Saved(prompt, before.request.id, share)
    inlined = {name for each in lean.before.prompts if each.prompt.id in sent for name in inside(each.prompt)}
    yield from (Saved(prompt, "", None) for prompt in wasted if prompt not in inlined)


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
            yield Saved(finding.prompt, finding.request, _left(finding, lean))


def _left(finding: Finding, lean: _Lean) -> Decimal | None:
    """What a finding about the price of a text saves once there is less of that text."""
    amount = finding.monthly_saved
    cheaper = next((waste.cheaper for waste in finding.waste if waste.prompt == finding.prompt), 0)
    if amount is None or not cheaper:
        return amount
    return amount * max(0, cheaper - lean.removed.get(finding.prompt, 0)) / cheaper


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
