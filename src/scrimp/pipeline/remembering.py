"""What a run takes from earlier ones, and leaves to later ones.

A run whose question was asked before, of a tree in which nothing it depends on has changed, has its answer: it reads no
file, loads no grammar, vocabulary or rule, and imports none of the modules that would do the work. Any other run takes
the facts of unchanged files and the counts of known texts, and does the rest anew.
"""

from __future__ import annotations

import os
from collections.abc import Collection, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from functools import cached_property
from hashlib import blake2b
from pathlib import Path

from scrimp.pipeline.ci import CI_VARIABLES, is_ci
from scrimp.store import place
from scrimp.store.answers import Answer, Answers, Printed
from scrimp.store.counts import Counts
from scrimp.store.layered import LayeredPack
from scrimp.store.names import packed, unpacked
from scrimp.store.seen import SeenFiles
from scrimp.tree.files import Tree
from scrimp.tree.noting import Noting
from scrimp.tree.worktree import Worktree

VARIABLES = (*CI_VARIABLES, "FORCE_COLOR", "GITHUB_ACTIONS", "GITLAB_CI", "NO_COLOR")
"""Environment variables that may change what a run prints."""


@contextmanager
def remembering(root: Path, asked: bool | None, named: Collection[str] = ()) -> Iterator[Memory]:
    """What is kept of the tree at ``root``, used while this lasts, and written if it ends well.

    What is ``named`` belongs to the tree even if git leaves it out.
    ``asked`` is what the command line says. Unless it is asked for, nothing is kept or believed under CI: whoever
    proposes a change may have been able to write to the cache that judges it.
    """
    wanted = not is_ci(os.environ) if asked is None else asked
    memory = Memory(root, place.of_tree(root) if wanted else None, named)
    try:
        yield memory
        memory.save()
    finally:
        memory.close()


class Memory:
    """What is kept of one tree in a folder; ``None`` is to know and keep nothing."""

    def __init__(self, root: Path, folder: Path | None, named: Collection[str] = ()) -> None:
        self._root = root
        self._named = named
        self._folder = folder
        self._answers = Answers(self._file("answers"))
        self._counts = Counts(self._file("counts"))

    @cached_property
    def tree(self) -> Tree:
        """The working tree, files that didn't change known unread."""
        return self._noting if self.is_kept else Worktree(self._root, named=self._named)

    @cached_property
    def _noting(self) -> Noting:
        tree = Worktree(self._root, identify=self._seen.identify, named=self._named)
        return Noting(tree, self._seen.note)

    @property
    def is_kept(self) -> bool:
        """Whether anything outlives this run."""
        return self._folder is not None

    @property
    def is_blank(self) -> bool:
        """Whether nothing is known of what the tree's files hold."""
        facts = self._file("facts")
        return facts is None or not facts.exists()

    def question(self, asked: Sequence[object]) -> bytes:
        """What a run is asked for in words, together with the files that there are, but not with what they hold."""
        environment = [(name, os.environ.get(name)) for name in VARIABLES]
        skipped = [(each.path, each.code, each.reason, each.incomplete) for each in self.tree.skipped()]
        parts = (str(self.tree.root), environment, sorted(self.tree.paths()), skipped, tuple(asked))
        return blake2b(repr(parts).encode("utf-8", "surrogatepass")).digest()

    def answer(self, question: bytes) -> Printed | None:
        """The answer that the same question had, if all that it depends on is as it was."""
        answer = self._answers.get(question)
        if answer is None:
            return None
        depends = {unpacked(path): content for path, content in answer.depends.items()}
        return answer.printed if self._noting.is_still(depends) else None

    def keep(self, question: bytes, printed: Printed) -> None:
        """Keep what was printed as the answer to a question."""
        depends = {packed(path): content for path, content in self._noting.noted().items()}
        self._answers.put(question, Answer(depends, printed))

    @contextmanager
    def used(self) -> Iterator[None]:
        """Facts and counts are taken from what is kept, while this lasts; the rest is counted elsewhere."""
        from scrimp.tokens.elsewhere import counting_elsewhere  # noqa: PLC0415  a run that has its answer counts nothing

        with counting_elsewhere(), ExitStack() as stack:
            if self._folder is not None:
                self._use(self._folder, stack)
            yield

    def _use(self, folder: Path, stack: ExitStack) -> None:
        from scrimp.pipeline.kept import keeping_scan  # noqa: PLC0415  most of this is heavy
        from scrimp.pipeline.links import keeping_links  # noqa: PLC0415
        from scrimp.pipeline.looks import keeping  # noqa: PLC0415
        from scrimp.tokens.counting import recalling  # noqa: PLC0415
        from scrimp.tokens.few import counting_few  # noqa: PLC0415

        stack.enter_context(keeping(self._pack))
        stack.enter_context(keeping_links(folder / "links"))
        stack.enter_context(keeping_scan(folder / "scan"))
        stack.enter_context(recalling(self._counts))
        stack.enter_context(counting_few(folder.parent))

    def save(self) -> None:
        """Write what is new."""
        if self._folder is None:
            return
        written = [self._counts.save(), self._seen.save(), self._pack.save()]
        if any(written):
            from scrimp.store.tidy import trim  # noqa: PLC0415  only what grew may be too large

            trim(self._folder.parents[1], self._folder)

    def close(self) -> None:
        """Let go of files."""
        self._pack.close()

    @cached_property
    def _seen(self) -> SeenFiles:
        return SeenFiles(self._file("seen"))

    @cached_property
    def _pack(self) -> LayeredPack:
        return LayeredPack(self._file("facts"))

    def _file(self, name: str) -> Path | None:
        return None if self._folder is None else self._folder / name
