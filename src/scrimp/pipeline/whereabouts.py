"""Where BASE's prompts went that HEAD seems not to have: none is gone merely because nobody looks where it is now.

One that moved to where the policy doesn't look is read there, as if it were named. Where its file can no longer be
read, because it became a link or took on bytes of no text, the comparison is incomplete.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace

from scrimp.compare import carry
from scrimp.model.policy import Concealment
from scrimp.model.prompts import Confidence, Measured, Prompt
from scrimp.model.source import Skipped
from scrimp.pipeline.audit import Read, linked_tree
from scrimp.pipeline.scan import Scanner
from scrimp.pipeline.setup import Setup
from scrimp.tree.files import Tree


@dataclass(frozen=True, slots=True)
class Trees:
    """The files of both sides."""

    base: Tree
    head: Tree


def followed(
    before: Read, after: Read, trees: Trees, policy: Setup, scanner: Scanner
) -> tuple[Read, frozenset[str]]:
    """HEAD with the prompts that moved out of sight, and the paths where they are now."""
    gone = _gone(before, after)
    if not gone:
        return after, frozenset()
    paths = _hideouts(gone, trees, policy, scanner)
    if paths:
        after = linked_tree(trees.head, policy, scanner, named=paths)
        gone = _gone(before, after)
    skipped = tuple(_counting(each, gone) for each in after.scan.skipped)
    return replace(after, scan=replace(after.scan, skipped=skipped)), paths


def concealed(paths: Collection[str], measured: Measured) -> Iterator[Concealment]:
    """The prompts that went to some paths, with what they cost."""
    for each in measured.prompts:
        if each.prompt.path in paths:
            prompt = each.prompt
            yield Concealment(
                "exclude", prompt.path, prompt.place.line, prompt.id, each.static, each.monthly.typical
            )


def _gone(before: Read, after: Read) -> list[Prompt]:
    """BASE's prompts with a text, of more than low confidence, that no prompt of HEAD is."""
    found = set(carry(before.linked.prompts, after.linked.prompts).values())
    return [
        each
        for each in before.linked.prompts
        if each.id not in found and each.confidence is not Confidence.LOW and each.text
    ]


def _hideouts(gone: Collection[Prompt], trees: Trees, policy: Setup, scanner: Scanner) -> frozenset[str]:
    """Excluded files that are new or other in HEAD and hold what is gone."""
    excluded = policy.settings.excludes.covers
    candidates = {path for path in trees.head.paths() if excluded(path) and _differs(path, trees)}
    if not candidates:
        return frozenset()
    everywhere = linked_tree(trees.head, policy, scanner, named=candidates).linked.prompts
    there = {each.id: each for each in everywhere if each.path in candidates}
    return frozenset(there[name].path for name in carry(gone, there.values()))


def _differs(path: str, trees: Trees) -> bool:
    return path not in trees.base.paths() or trees.base.read(path) != trees.head.read(path)


def _counting(skipped: Skipped, gone: Collection[Prompt]) -> Skipped:
    """What couldn't be read, incomplete if it held a prompt on BASE that is nowhere else."""
    if skipped.incomplete or not any(_stood_in(each, skipped.path) for each in gone):
        return skipped
    return replace(skipped, reason=f"{skipped.reason}; on BASE it held a prompt", incomplete=True)


def _stood_in(prompt: Prompt, path: str) -> bool:
    return prompt.path == path or prompt.path.startswith(f"{path}/")
