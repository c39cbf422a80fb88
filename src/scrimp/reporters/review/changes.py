"""What changed: a table of prompts, what caused it, and the words that are gone and new."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal

from msgspec import Struct

from scrimp.model.changes import Unlisted
from scrimp.model.written import UNKNOWN, signed_dollars
from scrimp.reporters import beside as words
from scrimp.reporters.differing import CHANGED, differing
from scrimp.reporters.review.document import Change, Document, Prompt, Step
from scrimp.reporters.review.figures import counted, step
from scrimp.reporters.review.fitting import Section
from scrimp.reporters.review.markup import code, fence, header, row, tagged
from scrimp.reporters.review.totals import usd

_TITLES = ("Prompt", "Change", "Static tokens", "$ per call", "$ per month", "Owner", "Sent by", "Grade")
_NUMBERS = ("Static tokens", "$ per call", "$ per month")
_SITES = 2
"""Call sites that are named; the others are counted."""
_TEXTS = 20
"""Prompts whose texts are compared: each takes room though it is collapsed."""


class _Row(Struct, frozen=True):
    """A change with the prompt that it is about in HEAD, if it is there, and who sends it."""

    change: Change
    prompt: Prompt | None
    sites: Sequence[str]

    @property
    def id(self) -> str:
        return self.change.prompt or self.change.base_prompt or ""

    @property
    def name(self) -> str:
        """What the prompt is called within its file."""
        return self.id.rpartition("::")[2] or self.id

    @property
    def place(self) -> str:
        """Where it is, or was."""
        return f"{self.prompt.path}:{self.prompt.line}" if self.prompt else self.id.rpartition("::")[0]

    @property
    def is_low(self) -> bool:
        """Whether it is so unsure to be a prompt that it never counts."""
        return self.prompt is not None and self.prompt.confidence == "low"

    @property
    def weight(self) -> tuple[bool, bool, Decimal, int, str]:
        """Unpriced changes first, then the dearest; low confidence comes last."""
        delta, tokens = usd(self.change.monthly_usd.delta), self.change.tokens
        growth = abs(delta or Decimal(0))
        return self.is_low, delta is not None, -growth, -abs(tokens.after - tokens.before), self.id


def sections(documents: Sequence[Document], most: int | None) -> Iterator[Section]:
    """The table, its causes and its texts; prompts that only moved are counted."""
    rows = sorted((each for one in documents for each in _rows(one)), key=lambda each: each.weight)
    changed = [each for each in rows if each.change.kind != "moved"]
    if changed:
        yield Section(header(_TITLES, _NUMBERS), [_cells(each) for each in changed], most=most, left="change")
        causes = _causes(changed)
        if causes:
            yield Section(f"**Why**: {causes}")
    rest = beside(documents)
    if rest:
        yield Section(rest)
    moved = len(rows) - len(changed)
    if moved:
        yield Section(f"{counted(moved, 'prompt')} moved or renamed, which costs nothing")
    yield from _texts(changed[:_TEXTS])


def beside(documents: Sequence[Document]) -> str:
    """What the totals differ by beside the prompts, over all documents; empty if that is nothing."""
    known = [each.unlisted_monthly_usd for each in documents if each.unlisted_monthly_usd is not None]
    amounts = (
        sum((usd(amount) or Decimal(0) for amount in each), Decimal(0))
        for each in (
            [one.calls_without_text for one in known],
            [one.prompts_not_sent for one in known],
            [one.unpriced for one in known],
        )
    )
    return words.beside(Unlisted(*amounts))


def _rows(document: Document) -> Iterator[_Row]:
    prompts = {each.id: each for each in document.prompts}
    sites = _sites(document)
    for change in document.changes:
        yield _Row(change, prompts.get(change.prompt or ""), sites.get(change.prompt or "", ()))


def _sites(document: Document) -> Mapping[str, Sequence[str]]:
    """The calls that send each prompt, by its id, each place once."""
    found: defaultdict[str, dict[str, None]] = defaultdict(dict)
    for request in document.requests:
        if not request.implicit:
            for part in request.prompts:
                found[part.id][f"{request.path}:{request.line}"] = None
    return {prompt: list(places) for prompt, places in found.items()}


def _cells(of: _Row) -> str:
    change, prompt = of.change, of.prompt
    before, after = change.tokens.before, change.tokens.after
    low = " (low confidence)" if of.is_low else ""
    return row(
        (
            f"{code(of.name)}<br>{code(of.place)}" if of.place else code(of.name),
            change.kind + low,
            f"{before:,}" if before == after else f"{before:,} → {after:,}<br>{after - before:+,}",
            step(usd(change.per_call_usd.before), usd(change.per_call_usd.after)),
            _monthly(change.monthly_usd),
            code(change.owner or (prompt.owner if prompt else None) or ""),
            _sent_by(of),
            "" if prompt is None else f"{prompt.tokens.grade.value} / {prompt.cost.grade.value}",
        )
    )


def _monthly(money: Step) -> str:
    delta = usd(money.delta)
    grown = "" if delta == 0 else f"<br>**{signed_dollars(delta)}**"
    return f"{step(usd(money.before), usd(money.after))}{grown}"


def _sent_by(of: _Row) -> str:
    if not of.sites:
        return "inside other prompts" if of.prompt and of.prompt.inlined else ""
    named = "<br>".join(code(site) for site in of.sites[:_SITES])
    more = len(of.sites) - _SITES
    return f"{named}<br>and {more:,} more" if more > 0 else named


def _causes(rows: Sequence[_Row]) -> str:
    """The shares of each cause over all changes, the largest first, and whether there are unknown ones."""
    shares: defaultdict[str, list[Decimal | None]] = defaultdict(list)
    for each in rows:
        for cause in each.change.causes:
            shares[cause.cause].append(usd(cause.monthly_usd))
    known = {cause: [each for each in amounts if each is not None] for cause, amounts in shares.items()}
    ordered = sorted(known, key=lambda cause: (-abs(sum(known[cause], Decimal(0))), cause))
    return ", ".join(_cause(cause, known[cause], len(shares[cause])) for cause in ordered)


def _cause(cause: str, known: Sequence[Decimal], shares: int) -> str:
    said = [signed_dollars(sum(known, Decimal(0)))] if known else []
    if len(known) < shares:
        said.append(UNKNOWN)
    return f"{cause} {' and '.join(said)}"


def _texts(rows: Sequence[_Row]) -> Iterator[Section]:
    """What changed in the words of prompts, to unfold. A text that several have in them is shown once."""
    shown: dict[tuple[str, ...], str] = {}
    for each in rows:
        lines = _compared(each.change)
        changed = tuple(line for line in lines if line[0] in CHANGED)
        if changed in shown:
            yield Section(f"Text of {code(each.name)}: as in {code(shown[changed])}")
        elif changed:
            shown[changed] = each.name
            yield _text(each, lines)


def _compared(change: Change) -> Sequence[str]:
    """The lines of a comparison; none where a text is unknown, or known to be the same."""
    texts = change.texts
    if texts is None:
        return ()
    before = "" if change.kind == "added" else texts.before
    after = "" if change.kind == "removed" else texts.after
    return () if before is None or after is None else tuple(differing(before, after))


def _text(of: _Row, lines: Sequence[str]) -> Section:
    ticks, shown = fence(lines)
    tokens = of.change.tokens
    summary = (
        f"<details><summary>Text of {tagged(of.name)} "
        f"({of.change.kind}, {tokens.after - tokens.before:+,} tokens)</summary>"
    )
    return Section(f"{summary}\n\n{ticks}diff", shown, f"{ticks}\n\n</details>", rank=1)
