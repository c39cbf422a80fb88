"""What a first look at the bytes of files misses, in a pinned corpus: looks.py [NAME …]

Each package is read twice: as always, where a first look decides which files are read, and whole. A prompt that only
the second finds was missed: its file looked like nothing, and no file that was read named it. NAME is one of the
packages of ``rules.py``.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable
from pathlib import Path

import harness
from judging.lock import corpus, folder
from msgspec import Struct

from scrimp.model.measured import MeasuredPrompt
from scrimp.model.prompts import Confidence
from scrimp.pipeline.audit import read_tree
from scrimp.pipeline.scan import Scanner
from scrimp.pipeline.setup import setup
from scrimp.readers import Formats
from scrimp.tree.worktree import Worktree


class Looked(Struct, frozen=True):
    """The files that were read of a tree, and the prompts of high and medium confidence in them, by ids."""

    files: int
    prompts: dict[str, MeasuredPrompt]


def benchmark() -> None:
    found = missed = 0
    for locked in corpus(sys.argv[1:]):
        root = folder(locked)
        looked, whole = read(root, Scanner()), read(root, Scanner(hopes=always))
        lost = [prompt for name, prompt in whole.prompts.items() if name not in looked.prompts]
        found, missed = found + len(whole.prompts), missed + len(lost)
        print(
            f"{locked.wheel.name}: {looked.files} of {whole.files} files, missed {len(lost)} of {len(whole.prompts)}"
            f" prompts ({tokens(lost)} of {tokens(whole.prompts.values())} tokens)"
        )
        for prompt in lost:
            print(f"  {prompt.prompt.id} ({prompt.prompt.kind})")
    print(f"missed {missed} of {found} prompts: {missed / max(found, 1):.3%}")


def always(_path: str, _raw: bytes, _formats: Formats) -> bool:
    return True


def read(root: Path, scanner: Scanner) -> Looked:
    """Read, link and measure a tree by itself."""
    tree = Worktree(root)
    audited = read_tree(tree, setup(tree), scanner)
    sure = (each for each in audited.measured.prompts if each.prompt.confidence is not Confidence.LOW)
    return Looked(len(audited.scan.files), {each.prompt.id: each for each in sure})


def tokens(prompts: Iterable[MeasuredPrompt]) -> int:
    return sum(each.static for each in prompts)


if __name__ == "__main__":
    harness.main(benchmark)
