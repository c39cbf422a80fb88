"""Runs rules over a measured tree and makes findings of what they hit."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from typing import Final, TypeAlias

from msgspec import Struct

from scrimp.checks.context import RequestContext, TreeContext
from scrimp.checks.findings import Findings, Subject, findings
from scrimp.checks.giving_way import told
from scrimp.checks.hits import Abstention, Hit
from scrimp.checks.kinds import KINDS, OfComments, OfPrompts, OfRequests, OfTree
from scrimp.checks.patterns import PatternTimeoutError, allowance
from scrimp.config.cards import Card
from scrimp.model.findings import Finding
from scrimp.model.measured import MeasuredPrompt, MeasuredRequest
from scrimp.model.prompts import Confidence
from scrimp.model.source import Skipped

WHOLE: Final = "."
"""The path of what is about the tree as a whole."""

Ruling: TypeAlias = Callable[[Card, str], Card | None]
"""A card as it holds for a path (its severity and options there); ``None`` if the rule doesn't run there."""


class Abstained(Struct, frozen=True):
    """A place of a file that a rule could not decide about, and why."""

    rule: str
    name: str
    path: str
    reason: str


class Results(Struct, frozen=True):
    """Findings sorted by path, place and rule, the checks that failed, and what they could not decide.

    ``warnings`` are for people.
    """

    findings: tuple[Finding, ...]
    skipped: tuple[Skipped, ...]
    abstained: tuple[Abstained, ...] = ()
    warnings: tuple[str, ...] = ()


def everywhere(card: Card, path: str) -> Card:  # noqa: ARG001
    """The ruling that each rule holds everywhere as it is."""
    return card


def run(tree: TreeContext, cards: Sequence[Card], ruling: Ruling = everywhere) -> Results:
    """Check a tree against cards.

    A hit that claims to save tokens is dropped unless it saves as many as its card asks for. Prompts of low
    confidence are not looked at: they may be no prompts at all. A check that raises costs its own result there and is
    reported as ``crash``; a rule whose patterns take too long is given up and reported as ``timeout``.
    """
    found = Findings()
    abstained: list[Abstained] = []
    skipped: list[Skipped] = []
    for card in cards:
        allowed = allowance(card)
        for subject_of, check in _looks(tree, card, ruling):
            try:
                with allowed:
                    results = list(check())
                if not results:  # as of most looks
                    continue
                subject = subject_of()
                new = list(findings(subject, results, tree))
            except PatternTimeoutError as error:
                skipped.append(_timeout(card, subject_of(), error))
                break
            except Exception as error:  # noqa: BLE001  a rule may not stop a run, whatever its bug is
                skipped.append(_crash(card, subject_of(), error))
                continue
            for finding in new:
                found.add(finding)
            abstained += (
                Abstained(card.id, card.name, each.path or subject.path, each.reason)
                for each in results
                if isinstance(each, Abstention)
            )
    findings_told = tuple(told(found.sorted, cards, tree, ruling))
    return Results(findings_told, tuple(skipped), tuple(abstained))


def _timeout(card: Card, subject: Subject, error: PatternTimeoutError) -> Skipped:
    reason = f"rule {_named(card)} was given up at {subject.name}: {error}"
    return Skipped(subject.path, "timeout", reason, incomplete=True, line=subject.line)


def _crash(card: Card, subject: Subject, error: Exception) -> Skipped:
    reason = f"rule {_named(card)} failed on {subject.name}: {type(error).__name__}: {error}"
    return Skipped(subject.path, "crash", reason, incomplete=True, line=subject.line)


def _named(card: Card) -> str:
    """A rule by its id, and where its card stands if that doesn't come with scrimp."""
    return f"{card.id} ({card.origin})" if card.origin else card.id


# --- what is looked at ------------------------------------------------------------------------------------


Look: TypeAlias = tuple[Callable[[], Subject], Callable[[], Iterable[Hit | Abstention]]]
"""What tells at what a rule looks, and the look itself."""


def _looks(tree: TreeContext, card: Card, ruling: Ruling) -> Iterator[Look]:
    match KINDS[card.kind]:
        case OfPrompts(check=of_prompt):
            for prompt, own in _judged(tree, card, ruling):
                yield (
                    partial(_subject_of, prompt, own, tree),
                    partial(of_prompt, prompt, own, tree.of(prompt)),
                )
        case OfRequests(check=of_request):
            for request in _sent(tree):
                if own_card := ruling(card, request.request.path):
                    context = tree.of_request(request)
                    yield (
                        partial(_subject_of_request, context, own_card),
                        partial(of_request, request, own_card, context),
                    )
        case OfTree(check=of_tree):
            prompts = [prompt for prompt, _ in _judged(tree, card, ruling)]
            subject_of = partial(Subject, WHOLE, 0, "the tree", "", "", tree.worth, partial(ruling, card))
            yield subject_of, partial(of_tree, prompts, card, tree)
        case OfComments():
            return


def _subject_of(measured: MeasuredPrompt, card: Card, tree: TreeContext) -> Subject:
    prompt = measured.prompt
    return Subject(prompt.path, prompt.place.line, prompt.id, prompt.id, "", tree.worth, lambda _path: card)


def _subject_of_request(context: RequestContext, card: Card) -> Subject:
    request = context.measured.request
    only = request.parts[0].prompt if len(request.parts) == 1 else ""
    return Subject(
        request.path, request.line, request.id, only, request.id, context.worth, lambda _path: card
    )


def _judged(tree: TreeContext, card: Card, ruling: Ruling) -> Iterator[tuple[MeasuredPrompt, Card]]:
    """The prompts that a rule looks at, each with the card as it holds there."""
    for prompt in tree.measured.prompts:
        if prompt.prompt.confidence is not Confidence.LOW:
            own = ruling(card, prompt.prompt.path)
            if own is not None:
                yield prompt, own


def _sent(tree: TreeContext) -> Iterator[MeasuredRequest]:
    """The requests of calls, and those of prompts that no call is known to send and that are surely prompts."""
    for request in tree.measured.requests:
        parts = (tree.prompts[part.prompt] for part in request.request.parts)
        if not request.request.implicit or any(
            part.prompt.confidence is not Confidence.LOW for part in parts
        ):
            yield request
