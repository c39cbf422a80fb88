"""The examples that a prompt shows, each from the line that begins it to the next one."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise
from typing import Final

from scrimp.checks.hits import Span
from scrimp.expressions import compiled_late

_LEAD: Final = r"^[ \t]*(?:#{1,6}[ \t]*|[*_]{1,2}|<)?"
_HEADERS: Final = (
    re.compile(
        rf"{_LEAD}(?:few[- ]shot )?(?:example|sample|demonstration)[ \t]*(?:#|no\.?)?[ \t]*\d+\b", re.I | re.M
    ),
    re.compile(rf"{_LEAD}example(?:[ \t]*:|[*_>]|[ \t]*$)", re.I | re.M),
    re.compile(
        rf"{_LEAD}(?:q|question|input|user|human|query)(?:[ \t]*\d+)?(?:[*_]{{2}})?:",
        re.I | re.M,
    ),
)
"""Lines that begin an example: numbered, without a number, and what is given to the model in one."""

_ANSWER: Final = compiled_late(
    rf"{_LEAD}(?:a|answer|output|response|assistant|ai|label|result)(?:[ \t]*\d+)?(?:[*_]{{2}})?:",
    re.I | re.M,
)
_GIVEN: Final = _HEADERS[-1]
_END: Final = compiled_late(r"\n[ \t]*\n(?=[ \t]*(?:#{1,6} |-{3,}|={3,}|\*\*|<))|\n[ \t]*\n[ \t]*\n")
"""Where the last example ends, if anything does: an empty line before a heading or a rule, or two of them."""


def shown_examples(text: str) -> tuple[Span, ...]:
    """The examples of a text, by the kind of header of which there are most; fewer than two are none."""
    spans = max((_spans(text, header) for header in _HEADERS), key=len)
    if len(spans) < 2:
        return ()
    start, end = spans[-1]
    found = _END.search(text, start, end)
    spans[-1] = (start, found.start() if found else end)
    return tuple((start, start + len(text[start:end].rstrip())) for start, end in spans)


def _spans(text: str, header: re.Pattern[str]) -> list[Span]:
    """From each header to the next; what is given makes an example only if an answer follows before that."""
    starts = [each.start() for each in header.finditer(text)]
    spans = list(pairwise((*starts, len(text))))
    if header is not _GIVEN:
        return spans
    return [(start, end) for start, end in spans if _has_answer(text, start, end)]


def _has_answer(text: str, start: int, end: int) -> bool:
    """Whether an answer that says something is shown: an empty one is where the model goes on."""
    return any(text[each.end() : end].strip() for each in _answers(text, start, end))


def _answers(text: str, start: int, end: int) -> Iterator[re.Match[str]]:
    return _ANSWER.finditer(text, start, end)
