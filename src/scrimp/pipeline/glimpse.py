"""What a check of few files looks at: their prompts, the calls that send these, and nothing else of the tree."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from scrimp.checks import KINDS, OfTree
from scrimp.config.cards import Card
from scrimp.link.edits.moves import UncarriedError
from scrimp.model.carriers import written_in
from scrimp.model.prompts import Linked
from scrimp.pipeline.audit import Audited, read
from scrimp.pipeline.part import Part
from scrimp.pipeline.recall import Recalled
from scrimp.pipeline.scan import Scan
from scrimp.pipeline.setup import Setup
from scrimp.tree.files import Tree


def glimpsed(tree: Tree, setup: Setup, chosen: Collection[str], found: Recalled) -> Audited | None:
    """The part of a tree, measured, that the findings of some files hang on; ``None`` where that takes the whole.

    It does where rules compare prompts with each other, where a baseline holds findings of all files, and where a
    chosen file can't be read.
    """
    if setup.baseline is not None or any(map(_compares, setup.cards)):
        return None
    part = Part(chosen)
    if any(map(part.covers, _untold(tree, found))):
        return None
    linked = part.linked(found.linked)
    try:
        files = {path: found.facts(path) for path in sorted({*_meant(part, found), *_mentioned(linked)})}
    except UncarriedError:
        return None
    if any(facts.faults for path, facts in files.items() if part.covers(path)):
        return None
    return read(tree, Scan(files, {}, (), 0), linked).measured(setup)


def _compares(card: Card) -> bool:
    kind = KINDS[card.kind]
    return isinstance(kind, OfTree) and kind.compares


def _untold(tree: Tree, found: Recalled) -> Iterator[str]:
    """What of a tree could not be read."""
    yield from found.unread
    yield from (each.path for each in tree.skipped())


def _meant(part: Part, found: Recalled) -> Iterator[str]:
    """The files of a part that were read."""
    return filter(part.covers, found.read)


def _mentioned(linked: Linked) -> Iterator[str]:
    """The files in which anything stands that is linked."""
    for prompt in linked.prompts:
        yield from filter(None, written_in(prompt))
    for request in linked.requests:
        yield request.path
        if request.sent_at is not None:
            yield request.sent_at[0]
    for payload in linked.payloads:
        yield from (call.path for call in payload.filler.chain())
