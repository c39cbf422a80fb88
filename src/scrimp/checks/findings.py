"""Makes findings of what checks hit: what it saves, where it stands, and what tells it from others."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from typing import TypeAlias

from msgspec import Struct
from msgspec.structs import replace

from scrimp.checks.context import TreeContext
from scrimp.checks.hits import Abstention, Hit
from scrimp.checks.savings import made, saving
from scrimp.checks.worth import UNKNOWN_WORTH, Saving, Worth
from scrimp.config.cards import Card
from scrimp.model.findings import Edit, Finding, Fix, Safety
from scrimp.model.savings import Waste

Key: TypeAlias = tuple[object, ...]


class Subject(Struct, frozen=True):
    """What a rule looks at: a prompt, a request or the tree.

    ``path`` and ``line`` are its place, ``name`` is what it is called; ``prompt`` and ``request`` are ids or empty.
    ``worth`` tells what tokens are worth there, by the id of the prompt that wastes them. ``card_at`` is the rule as it
    holds at the path of a hit, ``None`` where it doesn't run.
    """

    path: str
    line: int
    name: str
    prompt: str
    request: str
    worth: Callable[[str, Saving], Worth]
    card_at: Callable[[str], Card | None]


def findings(subject: Subject, results: Iterable[Hit | Abstention], tree: TreeContext) -> Iterator[Finding]:
    """The findings of one look, without those that save less than their card asks for."""
    seen: Counter[tuple[str, str]] = Counter()
    for hit in (each for each in results if isinstance(each, Hit)):
        card = subject.card_at(hit.path)
        prompt = hit.prompt or subject.prompt
        saved = None if card is None else _saved(hit, card, prompt, tree)
        if card is None or saved is None:
            continue
        about = subject.request or prompt
        ordinal = seen[about, hit.identity]
        seen[about, hit.identity] += 1
        worth = UNKNOWN_WORTH if saved.tokens is None else subject.worth(prompt, saved.tokens)
        yield Finding(
            rule=card.id,
            name=card.name,
            severity=hit.severity or card.severity,
            path=hit.path,
            place=tree.place(hit.path, hit.start, hit.end),
            message=hit.message,
            prompt=prompt,
            tokens_saved=None if saved.tokens is None else saved.tokens.tokens,
            monthly_saved=worth.monthly,
            fix=_fix(hit, card, saved.edits),
            fingerprint=_fingerprint(card.id, about, hit.identity, ordinal),
            request=subject.request,
            per_call_saved=worth.per_call,
            waste=(Waste(prompt, hit.changes, hit.cheaper),) if prompt else (),
        )


def _fix(hit: Hit, card: Card, edits: tuple[Edit, ...]) -> Fix | None:
    """The fix of a hit; none where the card allows none."""
    if not edits or card.fix == "none":
        return None
    return Fix(hit.safety or Safety(card.fix), edits)


class _Saved(Struct, frozen=True):
    """The tokens that a call saves, ``None`` where that isn't known, and the edits of the fix."""

    tokens: Saving | None
    edits: tuple[Edit, ...]


def _saved(hit: Hit, card: Card, prompt: str, tree: TreeContext) -> _Saved | None:
    """What a hit saves; ``None`` if that is less than its card asks for."""
    if not hit.changes:
        told = hit.tokens_saved
        if told is None:
            return _Saved(None, hit.edits)
        return _Saved(Saving(told, 0), hit.edits) if told >= card.min_saving else None
    context = tree.of(tree.prompts[prompt])
    counted = saving(hit.changes, context)
    if counted.tokens < card.min_saving:
        return None
    scaled = Saving(context.scaled(counted.tokens), context.scaled(counted.prefix))
    return _Saved(scaled, () if hit.advice else made(hit.changes, context))


class Findings:
    """Findings, of which those of one text that stands in several prompts are one."""

    def __init__(self) -> None:
        self._kept: dict[Key, Finding] = {}

    def add(self, finding: Finding) -> None:
        """Keep a finding; of one text it is that of the prompt where it costs the most, worth what all of them are."""
        key = (finding.path, finding.place, finding.rule, finding.message)
        other = self._kept.get(key)
        self._kept[key] = finding if other is None else _merged(other, finding)

    @property
    def sorted(self) -> tuple[Finding, ...]:
        """By path, place and rule."""
        return tuple(sorted(self._kept.values(), key=order))


def _merged(one: Finding, other: Finding) -> Finding:
    dearest, cheaper = sorted((one, other), key=lambda each: each.monthly_saved or 0, reverse=True)
    known = {waste.prompt for waste in dearest.waste}
    more = tuple(waste for waste in cheaper.waste if waste.prompt not in known)
    if not more:
        return dearest
    monthly = [each.monthly_saved for each in (dearest, cheaper) if each.monthly_saved is not None]
    return replace(
        dearest,
        monthly_saved=sum(monthly[1:], monthly[0]) if monthly else None,
        waste=(*dearest.waste, *more),
    )


def _fingerprint(rule: str, about: str, identity: str, ordinal: int) -> str:
    """What identifies a finding for a baseline: neither lines nor blanks, but which of equal ones it is."""
    parts = (rule, about, " ".join(identity.split()), str(ordinal))
    return hashlib.sha256("\0".join(parts).encode(errors="surrogatepass")).hexdigest()


def order(finding: Finding) -> Key:
    """By path, place and rule."""
    return finding.path, finding.place, finding.rule, finding.prompt, finding.request, finding.message
