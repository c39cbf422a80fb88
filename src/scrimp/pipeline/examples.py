"""Whether a rule finds what its examples say it finds, and leaves alone what they say it leaves alone."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from msgspec import Struct

from scrimp import checks
from scrimp.checks import TreeContext
from scrimp.config.cards import Card, Hit, Miss
from scrimp.fix import rewrite, verifier
from scrimp.model.errors import UserError
from scrimp.model.facts import Facts
from scrimp.model.findings import Finding, Safety
from scrimp.model.source import Source
from scrimp.pipeline.audit import read_tree
from scrimp.pipeline.setup import setup
from scrimp.readers import reader_for
from scrimp.tree.memory import MemoryTree

CLIENT = {"client.py": b"import openai\n"}
"""A file beside the example, so that it is of a project that talks to a model."""


class Failure(Struct, frozen=True):
    """An example that doesn't hold: of which card, its text, and why."""

    card: Card
    text: str
    reason: str


def failures(cards: Iterable[Card]) -> Iterator[Failure]:
    """The examples that don't hold, card by card."""
    for card in cards:
        for hit in card.examples.hit:
            reason = _of_hit(card, hit)
            if reason:
                yield Failure(card, hit.before, reason)
        for miss in card.examples.miss:
            reason = _of_miss(card, miss)
            if reason:
                yield Failure(card, miss.text, reason)


def _of_hit(card: Card, hit: Hit) -> str:
    """Why a text with waste isn't found or fixed as it says; empty if it is."""
    results = _checked(card.configured(hit.options), hit.path, hit.before)
    if results.skipped:
        return results.skipped[0].reason
    if not results.findings:
        return "it should be found, and is not"
    marked = {_marked(hit.before, each) for each in results.findings}
    if hit.marks and hit.marks not in marked:
        return f"it should be found at {hit.marks!r}, and is at {', '.join(map(repr, sorted(marked)))}"
    fixed = _fixed(hit, results.findings)
    if hit.after is not None and fixed != hit.after:
        return f"it should become {hit.after!r}, and becomes {fixed!r}"
    return ""


def _of_miss(card: Card, miss: Miss) -> str:
    """Why a text isn't left alone; empty if it is."""
    results = _checked(card.configured(miss.options), miss.path, miss.text)
    if results.skipped:
        return results.skipped[0].reason
    said = (f"it should be left alone, and is found: {each.message}" for each in results.findings)
    return next(said, "")


def _checked(card: Card, path: str, text: str) -> checks.Results:
    tree = MemoryTree({**CLIENT, path: text.encode("utf-8", "surrogatepass")})
    made = setup(tree)
    audited = read_tree(tree, made)
    context = TreeContext(
        audited.measured,
        audited.scan.files,
        made.prices,
        made.tokenizers,
        handled=audited.linked.handled,
    )
    return checks.run(context, [card])


def _fixed(hit: Hit, findings: Iterable[Finding]) -> str:
    source = Source(hit.path, hit.before, "")
    outcome = rewrite(findings, frozenset(Safety), lambda _path: source, verifier(_read))
    return outcome.rewrites[0].text if outcome.rewrites else hit.before


def _read(source: Source) -> Facts:
    reader = reader_for(source.path, source.text.encode("utf-8", "replace"))
    if reader is None:
        raise UserError(f"{source.path}: no reader knows this file")
    return reader.read(source)


def _marked(text: str, finding: Finding) -> str:
    """What a finding marks of a text."""
    lines, place = text.split("\n"), finding.place
    marked = lines[place.line - 1 : place.end_line]
    marked[-1] = marked[-1][: place.end_column - 1]
    marked[0] = marked[0][place.column - 1 :]
    return "\n".join(marked)
