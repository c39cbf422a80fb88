"""Rules over measured prompts: each kind of check is one module with one function, listed in ``KINDS``.

A check sees one prompt, the card that asks for it and a ``Context``, and yields hits; ``run`` makes findings
of them. A hit that claims to save tokens is dropped unless it saves at least one by the prompt's own
tokenizer. Prompts of low confidence have no findings: they may be no prompts at all.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final, TypeAlias

from scrimp.checks import blanks, budget, cache_order, indentation, pretty_json, price, repetition
from scrimp.checks.context import Context, TokenLimit, Unpriced
from scrimp.checks.hits import Hit
from scrimp.checks.selection import check_ids, enabled
from scrimp.config.cards import Card
from scrimp.model.findings import Finding, Fix, Safety
from scrimp.model.prompts import Confidence, MeasuredPrompt
from scrimp.model.source import Skipped

__all__ = [
    "KINDS",
    "Check",
    "Context",
    "Hit",
    "Results",
    "TokenLimit",
    "Unpriced",
    "check_ids",
    "enabled",
    "run",
]

Check: TypeAlias = Callable[[MeasuredPrompt, Card, Context], Iterable[Hit]]

KINDS: Final[dict[str, Check]] = {
    "blanks": blanks.check,
    "budget": budget.check,
    "cache-order": cache_order.check,
    "indentation": indentation.check,
    "pretty-json": pretty_json.check,
    "price": price.check,
    "repetition": repetition.check,
}


@dataclass(frozen=True, slots=True)
class Results:
    """Findings sorted by path, place and rule, and the checks that failed, each for one prompt."""

    findings: tuple[Finding, ...]
    skipped: tuple[Skipped, ...]


def run(
    prompts: Iterable[MeasuredPrompt],
    cards: Sequence[Card],
    context: Callable[[MeasuredPrompt], Context],
    applies: Callable[[Card, MeasuredPrompt], bool] = lambda _card, _prompt: True,
) -> Results:
    """Check prompts against cards.

    ``context`` makes what a prompt's checks are told; ``applies`` says whether a rule holds for a prompt
    (per-path ignores). A check that raises costs its own result for that prompt and is reported as ``crash``.
    """
    findings: dict[tuple[object, ...], Finding] = {}
    skipped: list[Skipped] = []
    for measured in prompts:
        if measured.prompt.confidence is Confidence.LOW:
            continue
        told = context(measured)
        for card in cards:
            if not applies(card, measured):
                continue
            try:
                found = list(_findings(measured, card, told))
            except Exception as error:  # noqa: BLE001  a rule may not stop a run, whatever its bug is
                skipped.append(_crash(measured, card, error))
                continue
            for finding in found:
                _keep(findings, finding)
    return Results(tuple(sorted(findings.values(), key=_order)), tuple(skipped))


def _findings(measured: MeasuredPrompt, card: Card, context: Context) -> Iterator[Finding]:
    seen: Counter[str] = Counter()
    for hit in KINDS[card.kind](measured, card, context):
        if hit.tokens_saved is not None and hit.tokens_saved < 1:
            continue
        ordinal = seen[hit.identity]
        seen[hit.identity] += 1
        yield Finding(
            rule=card.id,
            name=card.name,
            severity=hit.severity or card.severity,
            path=hit.path,
            place=context.place(hit.path, hit.start, hit.end),
            message=hit.message,
            prompt=measured.prompt.id,
            tokens_saved=hit.tokens_saved,
            monthly_saved=None if hit.tokens_saved is None else context.monthly(hit.tokens_saved),
            fix=Fix(Safety(card.fix), hit.edits) if hit.edits else None,
            fingerprint=_fingerprint(card.id, measured.prompt.id, hit.identity, ordinal),
        )


def _keep(findings: dict[tuple[object, ...], Finding], finding: Finding) -> None:
    """Keep one finding for one text that stands in several prompts: the one that saves the most money."""
    key = (finding.path, finding.place, finding.rule, finding.message)
    other = findings.get(key)
    if other is None or (finding.monthly_saved or 0) > (other.monthly_saved or 0):
        findings[key] = finding


def _fingerprint(rule: str, prompt: str, identity: str, ordinal: int) -> str:
    """What identifies a finding for a baseline: neither lines nor blanks, but which of equal ones it is."""
    parts = (rule, prompt, " ".join(identity.split()), str(ordinal))
    return hashlib.sha256("\0".join(parts).encode(errors="surrogatepass")).hexdigest()


def _crash(measured: MeasuredPrompt, card: Card, error: Exception) -> Skipped:
    reason = f"rule {card.id} failed on {measured.prompt.id}: {type(error).__name__}: {error}"
    return Skipped(measured.prompt.path, "crash", reason, incomplete=True, line=measured.prompt.place.line)


def _order(finding: Finding) -> tuple[object, ...]:
    return finding.path, finding.place, finding.rule, finding.prompt, finding.message
