"""What is read from a file, an address or a database and put into a prompt whole, however long it is."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from scrimp.checks.context import TreeContext
from scrimp.checks.hits import Hit
from scrimp.checks.serialised import CUTTING, PART, SAME, serialiser
from scrimp.config.cards import Card
from scrimp.expressions import compiled_late
from scrimp.model.fillers import Filler
from scrimp.model.measured import MeasuredPrompt
from scrimp.model.segments import VariableSegment, walk

_READS: Final = compiled_late(
    r"\.(?:read|read_text|readlines|fetchall)$"
    r"|(?:^|\.)(?:requests|httpx|urllib\.request|aiohttp|axios)\.(?:\w+\.)*(?:text|content|json|read|data)$"
    r"|\.(?:get|post|request|urlopen)\.(?:text|content|read)$"
    r"|^fetch\.(?:text|json)$"
)
"""Names of calls that read all there is (see ``Filler``): of files, of addresses, of the rows of a query."""
_LIMITED: Final = frozenset({"read", "readlines"})
"""Those of them that read a part of it where they are given an argument."""


def check(
    prompts: Sequence[MeasuredPrompt],
    card: Card,  # noqa: ARG001
    context: TreeContext,
) -> Iterator[Hit]:
    """One hit for each call that reads, unless something on the way to the prompt shortens what it gives."""
    seen: set[tuple[str, int]] = set()
    for filler, what, prompt in (*_in_prompts(prompts), *_alone(context)):
        read = _read(filler)
        if read is None or (read.path, read.start) in seen:
            continue
        seen.add((read.path, read.start))
        yield Hit(
            path=read.path,
            start=read.start,
            end=read.end,
            message=f"all that `{read.function.removeprefix('.')}` gives is put into {what}, however long it is",
            identity=f"{read.path} {read.function} {what}",
            prompt=prompt,
        )


def _in_prompts(prompts: Sequence[MeasuredPrompt]) -> Iterator[tuple[Filler, str, str]]:
    for measured in prompts:
        for segment in walk(measured.prompt.segments):
            if isinstance(segment, VariableSegment):
                for filler in segment.fillers:
                    yield filler, f"`{segment.name or 'a variable'}`", measured.prompt.id


def _alone(context: TreeContext) -> Iterator[tuple[Filler, str, str]]:
    for payload in context.measured.payloads:
        yield payload.filler, f"a message of role {payload.role}", ""


def _read(filler: Filler) -> Filler | None:
    """The call that reads what a value is, with nothing taken away; ``None`` if there is no such, or it isn't known."""
    name = filler.function
    last = name.rpartition(".")[2]
    if name.endswith(PART) or last in CUTTING or name in CUTTING:
        return None
    if _READS.search(name) is not None:
        return None if last in _LIMITED and filler.arguments else filler
    if last in SAME or name in SAME or serialiser(name) is not None:
        found = (_read(each) for each in filler.of)
        return next((each for each in found if each is not None), None)
    return None
