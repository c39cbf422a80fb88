"""How much of planted waste the rules find: planted.py [--plants N] [RULE …]

Waste of each kind is planted in clean prompts of the corpus, of packages that hold some. A plant that costs fewer
tokens than the rule speaks of is no waste and isn't counted, where the rule is about tokens.
"""

from __future__ import annotations

import argparse
import random
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import harness
from judging.clean import chosen, clean_texts
from judging.lock import corpus, folder
from judging.planters import PLANTERS, TREES, Files, Plant, planted

from scrimp import checks
from scrimp.checks import TreeContext, shipped_cards
from scrimp.checks.kinds import KINDS, OfComments
from scrimp.config.cards import Card
from scrimp.model.findings import Finding
from scrimp.pipeline.audit import read_tree
from scrimp.pipeline.setup import Setup, setup
from scrimp.tree.overlay import Overlay
from scrimp.tree.worktree import Worktree

PACKAGES = ("autogen-agentchat", "gpt-researcher", "ragas", "scrapegraphai", "mem0ai", "smolagents")
"""Where the clean prompts come from."""
PLANTS = 40
SEED = 20261128
BAR = 0.95
CONFIGURATION = {"scrimp.yaml": b"model: gpt-5\n"}
"""A model that caches prefixes."""


@dataclass(frozen=True)
class Recall:
    """Plants of a rule that it found, of all that cost something."""

    found: int
    plants: int

    @property
    def share(self) -> float:
        return self.found / self.plants if self.plants else 0.0


class Bench:
    """Runs rules on small trees in memory."""

    def __init__(self, empty: Path) -> None:
        self._tree = Worktree(empty)
        self._setup: Setup = setup(Overlay(self._tree, CONFIGURATION))

    def run(self, card: Card, files: Files) -> tuple[tuple[Finding, ...], int]:
        """What a rule finds in some files, and the static tokens of their prompts."""
        contents = {path: text.encode() for path, text in files.items()}
        audited = read_tree(Overlay(self._tree, contents), self._setup)
        context = TreeContext(
            audited.measured, audited.scan.files, self._setup.prices, self._setup.tokenizers
        )
        static = sum(each.static for each in audited.measured.prompts)
        return checks.run(context, (card,)).findings, static

    def recall(self, card: Card, texts: Sequence[str]) -> Recall:
        """The recall of a rule on its waste in some prompts."""
        found = plants = 0
        for number, text in enumerate(texts):
            for plant in planted(card, text, random.Random(f"{SEED} {card.id} {number}")):
                outcome = self._found(plant)
                if outcome is not None:
                    plants += 1
                    found += outcome
        return Recall(found, plants)

    def _found(self, plant: Plant) -> bool | None:
        """Whether a plant is found; ``None`` if it is no waste, or the rule finds some before it is planted."""
        before, clean = self.run(plant.card, plant.clean) if plant.clean else ((), 0)
        findings, wasteful = self.run(plant.card, plant.wasteful)
        if before or (plant.costs and wasteful - clean < plant.card.min_saving):
            return None
        return bool(findings)


def benchmark() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("rules", nargs="*", metavar="RULE")
    parser.add_argument("--plants", type=int, default=PLANTS, metavar="N")
    arguments = parser.parse_args()
    judged = [card for card in shipped_cards() if not isinstance(KINDS[card.kind], OfComments)]
    cards = [card for card in judged if not arguments.rules or card.id in arguments.rules]
    texts = clean_texts(folder(locked) for locked in corpus(list(PACKAGES)))
    print(f"{len(texts)} clean prompts of {len(PACKAGES)} packages")
    below: list[str] = []
    with tempfile.TemporaryDirectory() as empty:
        bench = Bench(Path(empty))
        for card in cards:
            recall = bench.recall(card, chosen(texts, arguments.plants, f"{SEED} {card.id}"))
            how = "planter" if card.id in {*PLANTERS, *TREES} else "examples"
            share = f"{recall.share:.3f}" if recall.plants else "-"
            print(f"{card.id:8}{f'{recall.found}/{recall.plants}':>10}{share:>8}  {how:9} {card.name}")
            if not recall.plants or recall.share < BAR:
                below.append(card.id)
    good = len(cards) - len(below)
    print(f"recall of at least {BAR} in {good} of {len(cards)} rules; below: {', '.join(below) or 'none'}")


if __name__ == "__main__":
    harness.main(benchmark)
