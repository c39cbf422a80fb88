"""What the rules find in a package, what it takes, and what fixing it saves."""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from scrimp import checks
from scrimp.checks import TreeContext
from scrimp.config.cards import Card
from scrimp.fix import FileRefusedError, Rewrite, verifier
from scrimp.model.facts import Facts
from scrimp.model.findings import Finding, Safety
from scrimp.model.measured import Measured
from scrimp.model.prompts import Confidence
from scrimp.model.source import Skipped, Source
from scrimp.pipeline.audit import Audited, read_tree
from scrimp.pipeline.fixing import Draft, Drafting
from scrimp.pipeline.scan import Scanner
from scrimp.pipeline.setup import Selection, Setup, setup
from scrimp.readers import reader_for
from scrimp.tree.decode import decode, encode
from scrimp.tree.files import Tree
from scrimp.tree.overlay import Overlay
from scrimp.tree.worktree import Worktree

SAVING_NOTHING = ("BUD", "PRC", "SUP")
"""Families about limits, prices and comments, which claim to save nothing."""


@dataclass
class Rule:
    """What one rule did: abstentions are places that it could not decide about, seconds are of the processor."""

    card: Card
    hits: int = 0
    packages: set[str] = field(default_factory=set)
    tokens: int = 0
    abstentions: int = 0
    seconds: float = 0.0


@dataclass(frozen=True)
class Fixed:
    """Static tokens that fixes take away, as counted again and as their findings claim, and fixes refused."""

    tokens: int
    claimed: int
    findings: int
    refused: int

    @classmethod
    def of(cls, draft: Draft, before: Measured) -> Fixed:
        """What a draft makes of a tree."""
        tokens = _static(before) - _static(draft.after[0].measured)
        claimed = sum(finding.tokens_saved or 0 for finding in draft.fixed)
        return cls(tokens, claimed, len(draft.fixed), len(draft.refused))

    def and_then(self, other: Fixed) -> Fixed:
        """Both, one after the other; what the first refused the other refuses again."""
        tokens, claimed = self.tokens + other.tokens, self.claimed + other.claimed
        return Fixed(tokens, claimed, self.findings + other.findings, other.refused)


@dataclass(frozen=True)
class Package:
    """A package as it was measured."""

    name: str
    version: str
    root: Path
    prompts: int
    tokens: int
    findings: tuple[Finding, ...]
    crashes: tuple[str, ...]
    safe: Fixed
    unsafe: Fixed
    """Safe fixes as well as unsafe ones."""

    def default(self, cards: Sequence[Card]) -> int:
        """Findings of rules that are on by default."""
        on = {card.id for card in cards if card.enabled}
        return sum(finding.rule in on for finding in self.findings)


def measured(name: str, version: str, root: Path, rules: dict[str, Rule]) -> Package:
    """Measure a package by all rules, which are told what they did; fixes are those of rules on by default."""
    tree = Worktree(root)
    made, scanner = setup(tree, selection=Selection(select=("ALL",))), Scanner()
    audited = read_tree(tree, made, scanner)
    context = TreeContext(audited.measured, audited.scan.files, made.prices, made.tokenizers)
    for prompt in audited.measured.prompts:
        _ = context.of(prompt).said  # all rules share it, so none should pay for it
    findings: list[Finding] = []
    crashes: list[str] = []
    for card in made.cards:
        rule = rules.setdefault(card.id, Rule(card))
        start = time.process_time()
        results = checks.run(context, (card,), made.ruling)
        rule.seconds += time.process_time() - start
        rule.hits += len(results.findings)
        rule.tokens += sum(finding.tokens_saved or 0 for finding in results.findings)
        rule.abstentions += len(results.abstained)
        if results.findings:
            rule.packages.add(name)
        findings += results.findings
        crashes += [each.reason for each in results.skipped]
    safe = _drafted(tree, audited, scanner, (Safety.SAFE,))
    contents = {each.before.path: encode(each.before, each.text) for each in safe.rewrites}
    unsafe = _drafted(Overlay(tree, contents), safe.after[0], scanner, (Safety.SAFE, Safety.UNSAFE))
    made_safe = Fixed.of(safe, audited.measured)
    counted = _counted(audited.measured)
    return Package(
        name,
        version,
        root,
        len(counted),
        _static(audited.measured),
        tuple(_told(findings, context, made)),
        tuple(crashes),
        made_safe,
        made_safe.and_then(Fixed.of(unsafe, safe.after[0].measured)),
    )


def _told(found: Sequence[Finding], context: TreeContext, made: Setup) -> Iterator[Finding]:
    """Findings as a run tells them: without those of default rules that give way to other default rules."""
    cards = [card for card in made.cards if card.enabled]
    default = {card.id for card in cards}
    yield from (each for each in found if each.rule not in default)
    yield from checks.told([each for each in found if each.rule in default], cards, context, made.ruling)


def saves_nothing(finding: Finding) -> bool:
    """Whether a finding claims to save tokens or money, and doesn't."""
    if finding.rule.startswith(SAVING_NOTHING):
        return False
    amounts = (finding.tokens_saved, finding.per_call_saved, finding.monthly_saved)
    known = [amount for amount in amounts if amount is not None]
    return bool(known) and not any(amount > 0 for amount in known)


def is_unmeasured(finding: Finding) -> bool:
    """Whether nobody knows what a finding saves."""
    return finding.tokens_saved is None and finding.per_call_saved is None and finding.monthly_saved is None


@dataclass(frozen=True)
class _InMemory:
    """A tree to fix of which nothing is written."""

    tree: Tree

    def reread(self, path: str, blob: str) -> Source:
        raw = self.tree.read(path)
        source = raw if isinstance(raw, Skipped) else decode(path, raw)
        if isinstance(source, Skipped) or source.blob != blob:
            raise FileRefusedError("it can't be read as it was", path)
        return source

    def write(self, rewrites: Sequence[Rewrite]) -> None:
        raise NotImplementedError


def _drafted(tree: Tree, audited: Audited, scanner: Scanner, safeties: Sequence[Safety]) -> Draft:
    """What fixing the default findings leads to."""
    made, known = setup(tree), [audited]

    def find(changed: Tree) -> tuple[Audited, checks.Results]:
        read = known.pop() if known else read_tree(changed, made, scanner)
        context = TreeContext(read.measured, read.scan.files, made.prices, made.tokenizers)
        return read, checks.run(context, made.cards, made.ruling)

    verify = verifier(lambda source: _read(source, made))
    return Drafting(tree, _InMemory(tree), safeties, lambda _path: True, find, verify).draft()


def _read(source: Source, made: Setup) -> Facts:
    reader = reader_for(source.path, source.text[:4096].encode("utf-8", "replace"), made.formats)
    assert reader is not None
    return reader.read(source)


def _counted(measured: Measured) -> list[int]:
    """Static tokens of each prompt that is more than a guess."""
    return [each.static for each in measured.prompts if each.prompt.confidence is not Confidence.LOW]


def _static(measured: Measured) -> int:
    return sum(
        each.static
        for each in measured.prompts
        if each.prompt.confidence is not Confidence.LOW and not each.prompt.inlined
    )
