"""Known operations on text, applied to segments so that every character keeps its place in the source."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from msgspec.structs import replace

from scrimp.link.written import written_filler
from scrimp.model.algebra import Branch, Call, Expression, Include, Join, Loop, Text, Variable
from scrimp.model.pieces import slice_text
from scrimp.model.segments import (
    BranchSegment,
    InlineSegment,
    LoopSegment,
    Segment,
    TextSegment,
    VariableSegment,
)
from scrimp.readers import templates

Segments = tuple[Segment, ...]
Arguments = Sequence[tuple[str, Segments]]

LINE = re.compile(r"[^\n]*\n|[^\n]+")
PLACEHOLDERS = frozenset(("format", "percent", "dollar"))


def apply(operation: str, segments: Segments, arguments: Arguments) -> Segments:
    """Segments after an operation; operations that aren't known leave them as they are."""
    match operation:
        case "strip":
            return _rstrip(_lstrip(segments))
        case "lstrip":
            return _lstrip(segments)
        case "rstrip":
            return _rstrip(segments)
        case "dedent":
            return dedent(segments)
        case "cleandoc":
            return _rstrip(_lstrip(dedent(segments, skip_first=True)))
        case "format" | "format_map":
            return fill(scanned(segments, "format"), arguments)
        case "percent":
            return fill(scanned(segments, "percent"), arguments)
        case "replace" if len(arguments) >= 2:
            return _replace(segments, arguments[0][1], arguments[1][1])
    return segments


def join(separator: Segments, parts: Sequence[Segments]) -> Segments:
    """Parts with a separator between them.

    What the separator says is written once and stands in many places, so that none of them is a place to edit it.
    """
    between = tuple(replace(each, pieces=()) if isinstance(each, TextSegment) else each for each in separator)
    joined: list[Segment] = []
    for number, part in enumerate(parts):
        joined += (*(between if number else ()), *part)
    return tuple(joined)


def scanned(segments: Segments, language: str) -> Segments:
    """Text segments split at the placeholders of a template language."""
    result: list[Segment] = []
    for segment in segments:
        match segment:
            case TextSegment():
                expression = templates.scan(language, Text(segment.value, segment.pieces))
                result += segments_of(expression, segment.path)
            case BranchSegment():
                alternatives = tuple(scanned(each, language) for each in segment.alternatives)
                result.append(BranchSegment(segment.condition, alternatives))
            case LoopSegment():
                result.append(replace(segment, body=scanned(segment.body, language)))
            case _:
                result.append(segment)
    return tuple(result)


def hole(include: Include, path: str) -> Segments:
    """An include as a variable."""
    return (VariableSegment(include.target, path, include.start, include.end),)


def segments_of(
    expression: Expression, path: str, included: Callable[[Include, str], Segments] = hole
) -> Segments:
    """A scanned template as segments; ``included`` tells what stands for an include of the file ``path``.

    A variable that the template itself sets to a text is that text; one that it filters is filled by the filter.
    """
    match expression:
        case Text():
            return (TextSegment(expression.value, path, expression.pieces),) if expression.value else ()
        case Join():
            return tuple(
                segment for part in expression.parts for segment in segments_of(part, path, included)
            )
        case Variable(of=Call() as filtering):
            where = expression.start, expression.end
            return (VariableSegment(expression.name, path, *where, (written_filler(filtering, path),)),)
        case Variable() if expression.of is not None:
            return segments_of(expression.of, path, included)
        case Variable():
            return (VariableSegment(expression.name, path, expression.start, expression.end),)
        case Branch():
            alternatives = tuple(segments_of(each, path, included) for each in expression.alternatives)
            return (BranchSegment(expression.condition, alternatives),)
        case Loop():
            return (LoopSegment(expression.over, segments_of(expression.body, path, included)),)
        case Include():
            return included(expression, path)
    return ()


def fill(segments: Segments, arguments: Arguments) -> Segments:
    """Variables replaced by the arguments of their name, or of their position where they have none."""
    named = {name: value for name, value in arguments if name}
    positional = [value for name, value in arguments if not name]
    result: list[Segment] = []
    for segment in segments:
        match segment:
            case VariableSegment() if segment.name in named:
                result += _placed(named[segment.name], segment)
            case VariableSegment() if segment.name.isdigit() and int(segment.name) < len(positional):
                result += _placed(positional[int(segment.name)], segment)
            case VariableSegment() if segment.name == "" and positional:
                result += _placed(positional.pop(0), segment)
            case BranchSegment():
                alternatives = tuple(fill(each, arguments) for each in segment.alternatives)
                result.append(BranchSegment(segment.condition, alternatives))
            case LoopSegment():
                result.append(replace(segment, body=fill(segment.body, arguments)))
            case _:
                result.append(segment)
    return tuple(result)


def _placed(value: Segments, hole: VariableSegment) -> Segments:
    """What fills a hole; where that is a hole itself, it stands at the place of the first one."""
    match value:
        case (VariableSegment(start=0, end=0) as inner,):
            return (replace(hole, name=inner.name or hole.name, fillers=inner.fillers),)
    return value


def cut(segment: TextSegment, start: int, end: int) -> TextSegment:
    """A part of a text segment."""
    part = slice_text(Text(segment.value, segment.pieces), start, end)
    return TextSegment(part.value, segment.path, part.pieces)


def _lstrip(segments: Segments) -> Segments:
    for number, segment in enumerate(segments):
        if not isinstance(segment, TextSegment):
            return segments[number:]
        blank = len(segment.value) - len(segment.value.lstrip())
        if blank < len(segment.value):
            return (cut(segment, blank, len(segment.value)), *segments[number + 1 :])
    return ()


def _rstrip(segments: Segments) -> Segments:
    for number in range(len(segments) - 1, -1, -1):
        segment = segments[number]
        if not isinstance(segment, TextSegment):
            return segments[: number + 1]
        kept = len(segment.value.rstrip())
        if kept:
            return (*segments[:number], cut(segment, 0, kept))
    return ()


def dedent(segments: Segments, *, skip_first: bool = False) -> Segments:
    """The indentation that all lines share taken off; holes count as text, and what they hold is left alone."""
    margin = _margin(segments, skip_first)
    result: list[Segment] = []
    at_line_start = not skip_first
    for segment in segments:
        if not isinstance(segment, TextSegment):
            result.append(segment)
            at_line_start = False
            continue
        for line in LINE.finditer(segment.value):
            start = line.start()
            if at_line_start:
                content = line[0].rstrip("\n")
                blank = len(content) - len(content.lstrip(" \t"))
                start += blank if not content.strip() and line[0].endswith("\n") else min(blank, margin)
            if start < line.end():
                result.append(cut(segment, start, line.end()))
            at_line_start = line[0].endswith("\n")
    return merged(tuple(result))


def _margin(segments: Segments, skip_first: bool) -> int:
    widths: list[int] = []
    width: int | None = None if skip_first else 0
    for segment in segments:
        if not isinstance(segment, TextSegment):
            if width is not None:
                widths.append(width)
                width = None
            continue
        for line in LINE.finditer(segment.value):
            content = line[0].rstrip("\n")
            if width is not None:
                blank = len(content) - len(content.lstrip(" \t"))
                if content.strip():
                    widths.append(width + blank)
                    width = None
                else:
                    width += blank
            if line[0].endswith("\n"):
                width = 0
    return min(widths, default=0)


def merged(segments: Segments) -> Segments:
    """Neighbouring text of one file as one segment."""
    result: list[Segment] = []
    for segment in segments:
        last = result[-1] if result else None
        if isinstance(segment, TextSegment) and isinstance(last, TextSegment) and segment.path == last.path:
            shift = len(last.value)
            moved = tuple((start + shift, end + shift, a, b) for start, end, a, b in segment.pieces)
            result[-1] = TextSegment(last.value + segment.value, last.path, last.pieces + moved)
        else:
            result.append(segment)
    return tuple(result)


def sought(old: Segments) -> str:
    """The text that ``replace`` looks for."""
    return "".join(part.value for part in old if isinstance(part, TextSegment))


def _replace(segments: Segments, old: Segments, new: Segments) -> Segments:
    """Every occurrence of a known text replaced by text or a hole."""
    wanted = sought(old)
    if not wanted or len(old) != 1 or any(isinstance(part, InlineSegment) for part in old):
        return segments
    result: list[Segment] = []
    for segment in segments:
        if not isinstance(segment, TextSegment):
            result.append(segment)
            continue
        at = 0
        while (found := segment.value.find(wanted, at)) >= 0:
            if found > at:
                result.append(cut(segment, at, found))
            result += new
            at = found + len(wanted)
        if at < len(segment.value):
            result.append(cut(segment, at, len(segment.value)))
    return tuple(result)
