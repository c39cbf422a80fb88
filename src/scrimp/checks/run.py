"""Runs rules over a measured tree and makes findings of what they hit."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import partial
from typing import Final, TypeAlias

from scrimp.checks.context import TreeContext
from scrimp.checks.hits import Abstention, Hit
from scrimp.checks.kinds import KINDS, OfComments, OfPrompts, OfRequests, OfTree
from scrimp.checks.patterns import PatternTimeoutError
from scrimp.checks.savings import made, saving
from scrimp.config.cards import Card
from scrimp.model.findings import Edit, Finding, Fix, Safety
from scrimp.model.prompts import Confidence, MeasuredPrompt, MeasuredRequest
from scrimp.model.source import Skipped

WHOLE: Final = "."
"""The path of what is about the tree as a whole."""

Ruling: TypeAlias = Callable[[Card, str], Card | None]
"""A card as it holds for a path (its severity and options there); ``None`` if the rule doesn't run there."""


@dataclass(frozen=True, slots=True)
class Abstained:
    """A place of a file that a rule could not decide about, and why."""

    rule: str
    name: str
    path: str
    reason: str


@dataclass(frozen=True, slots=True)
class Results:
    """Findings sorted by path, place and rule, the checks that failed, and what they could not decide."""

    findings: tuple[Finding, ...]
    skipped: tuple[Skipped, ...]
    abstained: tuple[Abstained, ...] = ()


def everywhere(card: Card, path: str) -> Card:  # noqa: ARG001
    """The ruling that each rule holds everywhere as it is."""
    return card


def run(tree: TreeContext, cards: Sequence[Card], ruling: Ruling = everywhere) -> Results:
    """Check a tree against cards.

    A hit that claims to save tokens is dropped unless it saves as many as its card asks for. Prompts of low
    confidence are not looked at: they may be no prompts at all. A check that raises costs its own result there and is
    reported as ``crash``; a rule whose patterns take too long is given up and reported as ``timeout``.
    """
    findings: dict[tuple[object, ...], Finding] = {}
    abstained: list[Abstained] = []
    skipped: list[Skipped] = []
    for card in cards:
        for look in _looks(tree, card, ruling):
            try:
                results = list(look.check())
                found = list(_findings(look, results, tree, ruling))
            except PatternTimeoutError as error:
                skipped.append(_timeout(look, error))
                break
            except Exception as error:  # noqa: BLE001  a rule may not stop a run, whatever its bug is
                skipped.append(_crash(look, error))
                continue
            abstained += _abstained(look, results)
            for finding in found:
                _keep(findings, finding)
    return Results(tuple(sorted(findings.values(), key=order)), tuple(skipped), tuple(abstained))


# --- what is looked at ------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Look:
    """One look of a rule at a prompt, at a request or at the tree, whose place is ``path`` and ``line``.

    ``subject`` names what is looked at, ``prompt`` and ``request`` are ids or empty; ``monthly`` is what some
    input tokens a call cost a month there, by the id of the prompt that wastes.
    """

    card: Card
    path: str
    line: int
    subject: str
    prompt: str
    request: str
    monthly: Callable[[str, int], Decimal | None]
    check: Callable[[], Iterable[Hit | Abstention]]


def _looks(tree: TreeContext, card: Card, ruling: Ruling) -> Iterator[_Look]:
    match KINDS[card.kind]:
        case OfPrompts(check=of_prompt):
            for prompt, own in _judged(tree, card, ruling):
                where = prompt.prompt
                look = partial(of_prompt, prompt, own, tree.of(prompt))
                yield _Look(own, where.path, where.place.line, where.id, where.id, "", tree.monthly, look)
        case OfRequests(check=of_request):
            for request in _sent(tree):
                sent = request.request
                if own_card := ruling(card, sent.path):
                    context = tree.of_request(request)
                    only = sent.parts[0].prompt if len(sent.parts) == 1 else ""
                    at_call = partial(_of_call, context.monthly)
                    look = partial(of_request, request, own_card, context)
                    yield _Look(own_card, sent.path, sent.line, sent.id, only, sent.id, at_call, look)
        case OfTree(check=of_tree):
            prompts = [prompt for prompt, _ in _judged(tree, card, ruling)]
            look = partial(of_tree, prompts, card, tree)
            yield _Look(card, WHOLE, 0, "the tree", "", "", tree.monthly, look)
        case OfComments():
            return


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


def _of_call(monthly: Callable[[int], Decimal | None], prompt: str, tokens: int) -> Decimal | None:  # noqa: ARG001
    """What tokens cost in one request, whichever of its prompts they are of."""
    return monthly(tokens)


# --- what becomes of it -----------------------------------------------------------------------------------


def _abstained(look: _Look, results: Iterable[Hit | Abstention]) -> Iterator[Abstained]:
    for each in results:
        if isinstance(each, Abstention):
            yield Abstained(look.card.id, look.card.name, each.path or look.path, each.reason)


def _findings(
    look: _Look, results: Iterable[Hit | Abstention], tree: TreeContext, ruling: Ruling
) -> Iterator[Finding]:
    seen: Counter[tuple[str, str]] = Counter()
    for hit in (each for each in results if isinstance(each, Hit)):
        card = look.card if look.path != WHOLE else ruling(look.card, hit.path)
        prompt = hit.prompt or look.prompt
        worth = None if card is None else _worth(hit, card, prompt, tree)
        if card is None or worth is None:
            continue
        about = look.request or prompt
        ordinal = seen[about, hit.identity]
        seen[about, hit.identity] += 1
        yield Finding(
            rule=card.id,
            name=card.name,
            severity=hit.severity or card.severity,
            path=hit.path,
            place=tree.place(hit.path, hit.start, hit.end),
            message=hit.message,
            prompt=prompt,
            tokens_saved=worth.tokens,
            monthly_saved=None if worth.tokens is None else look.monthly(prompt, worth.tokens),
            fix=_fix(hit, card, worth.edits),
            fingerprint=_fingerprint(card.id, about, hit.identity, ordinal),
            request=look.request,
        )


@dataclass(frozen=True, slots=True)
class _Worth:
    """The tokens that a call saves, ``None`` where that isn't known, and the edits of the fix."""

    tokens: int | None
    edits: tuple[Edit, ...]


def _worth(hit: Hit, card: Card, prompt: str, tree: TreeContext) -> _Worth | None:
    """What a hit saves; ``None`` if that is less than its card asks for."""
    if not hit.changes:
        told = hit.tokens_saved
        return None if told is not None and told < card.min_saving else _Worth(told, hit.edits)
    context = tree.of(tree.prompts[prompt])
    tokens = saving(hit.changes, context).tokens
    if tokens < card.min_saving:
        return None
    return _Worth(context.scaled(tokens), () if hit.advice else made(hit.changes, context))


def _fix(hit: Hit, card: Card, edits: tuple[Edit, ...]) -> Fix | None:
    """The fix of a hit; none where the card allows none."""
    if not edits or card.fix == "none":
        return None
    return Fix(hit.safety or Safety(card.fix), edits)


def _keep(findings: dict[tuple[object, ...], Finding], finding: Finding) -> None:
    """Keep one finding for one text that stands in several prompts: the one that saves the most money."""
    key = (finding.path, finding.place, finding.rule, finding.message)
    other = findings.get(key)
    if other is None or (finding.monthly_saved or 0) > (other.monthly_saved or 0):
        findings[key] = finding


def _fingerprint(rule: str, about: str, identity: str, ordinal: int) -> str:
    """What identifies a finding for a baseline: neither lines nor blanks, but which of equal ones it is."""
    parts = (rule, about, " ".join(identity.split()), str(ordinal))
    return hashlib.sha256("\0".join(parts).encode(errors="surrogatepass")).hexdigest()


def _timeout(look: _Look, error: PatternTimeoutError) -> Skipped:
    reason = f"rule {look.card.id}{_of(look.card)} was given up at {look.subject}: {error}"
    return Skipped(look.path, "timeout", reason, incomplete=True, line=look.line)


def _of(card: Card) -> str:
    """Where a card that doesn't come with scrimp stands."""
    return f" ({card.origin})" if card.origin else ""


def _crash(look: _Look, error: Exception) -> Skipped:
    reason = f"rule {look.card.id}{_of(look.card)} failed on {look.subject}: {type(error).__name__}: {error}"
    return Skipped(look.path, "crash", reason, incomplete=True, line=look.line)


def order(finding: Finding) -> tuple[object, ...]:
    """By path, place and rule."""
    return finding.path, finding.place, finding.rule, finding.prompt, finding.request, finding.message
