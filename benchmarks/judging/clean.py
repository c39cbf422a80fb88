"""Clean prompts of the corpus: texts in which no rule that is on by default finds anything, to plant waste in."""

from __future__ import annotations

import random
import re
from collections.abc import Iterable, Sequence
from pathlib import Path

from scrimp import checks
from scrimp.checks import TreeContext
from scrimp.model.prompts import Confidence
from scrimp.pipeline.audit import read_tree
from scrimp.pipeline.setup import setup
from scrimp.tree.worktree import Worktree

FEWEST, MOST = 40, 400
"""Tokens of a prompt that waste is planted in."""
SENTENCE = re.compile(r"(?<=[.!?])\s+")


def clean_texts(roots: Iterable[Path]) -> list[str]:
    """The texts of the messages of some packages that have no variables and no default finding."""
    found: dict[str, None] = {}
    for root in roots:
        tree = Worktree(root)
        made = setup(tree)
        audited = read_tree(tree, made)
        context = TreeContext(audited.measured, audited.scan.files, made.prices, made.tokenizers)
        findings = checks.run(context, made.cards, made.ruling).findings
        wasteful = {waste.prompt for finding in findings for waste in finding.waste} | {
            finding.prompt for finding in findings
        }
        for each in audited.measured.prompts:
            prompt = each.prompt
            if prompt.confidence is Confidence.LOW or prompt.variables or prompt.id in wasteful:
                continue
            if prompt.kind == "message" and FEWEST <= each.static <= MOST and prompt.text.isascii():
                found[prompt.text] = None
    return list(found)


def chosen(texts: Sequence[str], number: int, seed: str) -> list[str]:
    """So many of some texts at random, or all of them."""
    return random.Random(seed).sample(texts, min(number, len(texts)))


def sentence(text: str, randomly: random.Random) -> str:
    """A plain sentence of a text, which can be put into any literal as it is; a stock one if it has none."""
    plain = [
        one for one in SENTENCE.split(text.replace("\n", " ")) if re.fullmatch(r"[A-Z][\w ,-]{20,140}\.", one)
    ]
    return randomly.choice(plain) if plain else "Read the whole text before you answer."
