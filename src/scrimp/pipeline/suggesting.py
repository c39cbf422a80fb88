"""Fixes as suggestions: what whole lines are once one is made, for those who review a change line by line."""

from __future__ import annotations

from collections.abc import Callable

from msgspec import Struct, field
from msgspec.structs import replace

from scrimp.fix import FileRefusedError, Rewrite, Verify, rewrite, verifier
from scrimp.model.findings import Finding, Safety, Suggestion
from scrimp.model.report import Report
from scrimp.model.source import Skipped, Source
from scrimp.pipeline.fixing import rereader
from scrimp.pipeline.setup import Setup
from scrimp.tree.decode import decode
from scrimp.tree.files import Tree


def suggested(report: Report, tree: Tree, setup: Setup) -> Report:
    """The report of a tree, with a suggestion for each fix that holds by itself and changes the finding's file alone.

    Each is proved as ``--fix`` proves it, so that what a reviewer accepts is what it would have written.
    """
    bench = _Bench(tree, verifier(rereader(setup)))
    return replace(report, findings=tuple(map(bench.suggested, report.findings)))


class _Bench(Struct, frozen=True):
    """Makes fixes one by one, each from the files as they are."""

    tree: Tree
    verify: Verify
    sources: dict[str, Source] = field(default_factory=dict)

    def suggested(self, finding: Finding) -> Finding:
        if finding.fix is None or finding.suppressed is not None:
            return finding
        made = rewrite([finding], list(Safety), self._read, self.verify).rewrites
        if [each.before.path for each in made] != [finding.path]:
            return finding
        return replace(finding, fix=replace(finding.fix, suggestion=of_lines(made[0])))

    def _read(self, path: str) -> Source:
        if path not in self.sources:
            raw = self.tree.read(path)
            source = decode(path, raw) if isinstance(raw, bytes) else raw
            if isinstance(source, Skipped):
                raise FileRefusedError(source.reason, path)
            self.sources[path] = source
        return self.sources[path]


def of_lines(made: Rewrite) -> Suggestion:
    """The fewest lines that differ, at least one on either side: nobody can point at no line, or accept none."""
    old, new = _lines(made.before.text), _lines(made.text)
    least = min(len(old), len(new))
    same = _while(lambda index: old[index] == new[index], least)
    rest = _while(lambda index: old[-1 - index] == new[-1 - index], least - same)
    if least == same + rest and least:
        same, rest = (same - 1, rest) if same else (same, rest - 1)
    text = "".join(new[same : len(new) - rest])
    end = "\r\n" if text.endswith("\r\n") else "\n"
    return Suggestion(made.before.path, same + 1, len(old) - rest, text.removesuffix(end))


def _lines(text: str) -> list[str]:
    """Lines with their ends; only a line feed ends one."""
    *lines, last = text.split("\n")
    return [f"{line}\n" for line in lines] + ([last] if last else [])


def _while(holds: Callable[[int], bool], most: int) -> int:
    """How many of the first indices, at most so many, something holds for."""
    return next((index for index in range(most) if not holds(index)), most)
