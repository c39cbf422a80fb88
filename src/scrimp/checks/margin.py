"""Lines of a prompt that begin at the first column of a line of source, as those of triple-quoted strings do.

What a string writes after an escaped line end, or a format's own block has already stripped, was indented on
purpose; what stands at the margin of the source may carry the indentation of the code around it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from msgspec import Struct

from scrimp.checks.context import Context
from scrimp.checks.hits import Abstention, Span
from scrimp.checks.protected import json_spans
from scrimp.checks.view import View, Written
from scrimp.expressions import compiled_late
from scrimp.model.measured import MeasuredPrompt
from scrimp.model.prompts import Prompt

_SECTION: Final = compiled_late(r"(?m)^[ \t]+(?:Args|Arguments|Parameters|Returns|Raises):[ \t]*$")
"""The heading of a docstring's section: who sends such a text mostly takes it apart first, and its margin off."""
_LINE: Final = compiled_late(r"(?:^|(?<=\n))([ \t]*)([^\n]*)")


class Line(Struct, frozen=True):
    """A line that begins at the first column of its source: where its blanks stand, they and the rest."""

    start: int
    blanks: str
    rest: str

    @property
    def empty(self) -> bool:
        """Whether it holds nothing but blanks."""
        return not self.rest.strip()

    def beginning(self, width: int) -> Span:
        """The first ``width`` of its blanks, or all of them where there is nothing else."""
        return self.start, self.start + (len(self.blanks) if self.empty else width)


def keeps_indentation(measured: MeasuredPrompt, skip_kinds: Sequence[str], context: Context) -> bool:
    """Whether the indentation of a prompt's lines in the source is sent, and isn't that of a kind left alone."""
    return (
        context.view.literal
        and measured.prompt.kind not in skip_kinds
        and not loses_indentation(measured.prompt, context)
    )


def taken_apart(text: str) -> Abstention | None:
    """Why a text may be read by code, which drops its layout, before any of it is sent; ``None`` if nothing says so."""
    if _SECTION.search(text):
        return Abstention("it is written as a docstring, whose margin is mostly taken off")
    inner = text.strip()
    if (0, len(inner)) in json_spans(inner, min_lines=2):
        return Abstention("it is JSON, whose layout is gone once code has read it")
    return None


def loses_indentation(prompt: Prompt, context: Context) -> bool:
    """Whether what a prompt's lines have in common is taken off before it is sent.

    The compiler does that to docstrings (since Python 3.13), and so do frameworks; functions of the tree may do it.
    """
    return any(
        site.holder == "docstring"
        or any(callee.rpartition(".")[2] in context.tree.dedenting for callee in site.callees)
        for site in context.tree.files[prompt.path].sites
        if site.start <= prompt.start < site.end
    )


def lines_at_margin(text: View, context: Context) -> Iterator[Line]:
    """The lines after the first that begin at the first column of the source.

    A line that begins with a mark has no place; it counts as not indented, so that nothing is claimed of it.
    """
    for found in _LINE.finditer(text.text):
        start, end = found.span(1)
        written = text.written(start, max(end, start + 1)) if found[0] else ()
        at_margin = start > 0 if written is None else _at_margin(written, context)
        if at_margin:
            yield Line(start, found[1], found[2])


def common(blanks: Sequence[str]) -> str:
    """The beginning that some runs of blanks have in common."""
    one, other = min(blanks, default=""), max(blanks, default="")
    length = next(
        (at for at, pair in enumerate(zip(one, other, strict=False)) if pair[0] != pair[1]), len(one)
    )
    return one[:length]


def columns(blanks: str) -> int:
    """How wide some blanks are, with a tab stop every four columns."""
    return len(blanks.expandtabs(4))


def _at_margin(written: tuple[Written, ...], context: Context) -> bool:
    return bool(written) and context.place(*written[0]).column == 1
