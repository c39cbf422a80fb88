"""Where BASE's prompts went that HEAD seems not to have: none is gone merely because nobody looks where it is now.

One that moved to where the policy doesn't look is read there, as if it were named. Where its file can no longer be
read, because it became a link or took on bytes of no text, or where its text stands in a file that nothing is read from
as a prompt, the comparison is incomplete.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from functools import cached_property

from msgspec import Struct
from msgspec.structs import replace

from scrimp.compare import carry, holders
from scrimp.link import CODE_LANGUAGES
from scrimp.model.measured import Measured
from scrimp.model.policy import Concealment
from scrimp.model.prompts import Confidence, Prompt
from scrimp.model.source import Skipped
from scrimp.pipeline.audit import Read, linked_tree
from scrimp.pipeline.scan import Scanner
from scrimp.pipeline.setup import Setup
from scrimp.tree.decode import blob_hash
from scrimp.tree.files import Tree, TreeFile

LEAST_WORDS = 12
"""A text of fewer words may stand anywhere by chance."""
MOST_BYTES = 2**20
"""A file larger than this is no prompt that somebody wrote."""


class Trees(Struct, frozen=True, dict=True):
    """The files of both sides."""

    base: Tree
    head: Tree

    @cached_property
    def changed(self) -> Mapping[str, TreeFile]:
        """HEAD's files that are new or other than on BASE, by path."""
        known = {file.path: file.blob for file in self.base.files()}
        return {file.path: file for file in self.head.files() if self._blob(file) != known.get(file.path)}

    def _blob(self, file: TreeFile) -> str | None:
        if file.blob is not None:
            return file.blob
        raw = self.head.read(file.path)
        return blob_hash(raw) if isinstance(raw, bytes) else None


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
    skipped = [_counting(each, gone) for each in after.scan.skipped]
    skipped += _unread(gone, after, trees)
    return replace(after, scan=replace(after.scan, skipped=tuple(skipped))), paths


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
    candidates = {path for path in trees.changed if policy.settings.excludes.covers(path)}
    if not candidates:
        return frozenset()
    everywhere = linked_tree(trees.head, policy, scanner, named=candidates).linked.prompts
    there = {each.id: each for each in everywhere if each.path in candidates}
    return frozenset(there[name].path for name in carry(gone, there.values()))


def _counting(skipped: Skipped, gone: Collection[Prompt]) -> Skipped:
    """What couldn't be read, incomplete if it held a prompt on BASE that is nowhere else."""
    if skipped.incomplete or not any(_stood_in(each, skipped.path) for each in gone):
        return skipped
    return replace(skipped, reason=f"{skipped.reason}; on BASE it held a prompt", incomplete=True)


def _stood_in(prompt: Prompt, path: str) -> bool:
    return prompt.path == path or prompt.path.startswith(f"{path}/")


def _unread(gone: Collection[Prompt], after: Read, trees: Trees) -> Iterator[Skipped]:
    """Files in which the text of what is gone stands, though nothing of it is a prompt there.

    Code was read, and what it doesn't send is none.
    """
    judged = [each.text for each in after.linked.prompts]
    lost = [each for each in gone if len(each.text.split()) >= LEAST_WORDS and not holders(each.text, judged)]
    if not lost:
        return
    code = {path for path, facts in after.scan.files.items() if facts.language in CODE_LANGUAGES}
    texts = {path: _text(file, trees.head) for path, file in trees.changed.items() if path not in code}
    paths = list(texts)
    for prompt in lost:
        for number in holders(prompt.text, list(texts.values()))[:1]:
            reason = f"it holds the text of {prompt.id}, and is not read as a prompt"
            yield Skipped(paths[number], "unread", reason, incomplete=True)


def _text(file: TreeFile, tree: Tree) -> str:
    """What a file says, whatever it is; nothing if it is too large."""
    raw = tree.read(file.path) if file.size <= MOST_BYTES else None
    return raw.decode("utf-8", "replace") if isinstance(raw, bytes) else ""
