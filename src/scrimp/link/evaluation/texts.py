"""Text as segments: what is put together, filled, trimmed and joined of other values."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec.structs import replace

from scrimp.link import transforms
from scrimp.link.evaluation.choices import choice
from scrimp.link.evaluation.fillers import fillers, keep_filled, keep_given
from scrimp.link.evaluation.inlined import framing, top_units
from scrimp.link.evaluation.interface import Evaluation
from scrimp.link.limits import bounded
from scrimp.link.values import (
    Choice,
    Environment,
    Hole,
    Items,
    Number,
    SiteKey,
    Value,
    Written,
    has_text,
    literal,
)
from scrimp.model.algebra import Expression, Template, Transform, Variable
from scrimp.model.segments import BranchSegment, InlineSegment, Segment, TextSegment, VariableSegment, walk

FILLED = {
    "format": "format",
    "format_map": "format",
    "substitute": "dollar",
    "safe_substitute": "dollar",
    "render": "jinja",
    "render_async": "jinja",
    "replace": "replace",
}
"""The template language that a method fills, by the method's name."""
BRACKETS = "{}[]<>$%#_ \n"
"""What stands around the name of a hole that is filled by replacing it."""


def segments_of(value: Value, hole: tuple[Segment, ...] = ()) -> tuple[Segment, ...]:
    """A value as segments; ``hole`` stands where it isn't text, with the calls that fill it."""
    match value:
        case Written():
            return value.segments
        case Number(value=int() | float() as number) if not isinstance(number, bool):
            return (TextSegment(str(number), "", ()),)
        case Choice():
            named = hole or (VariableSegment("", "", 0, 0),)
            return (BranchSegment("", tuple(segments_of(each, named) for each in value.values)),)
        case Hole():
            return hole or (VariableSegment(value.name, value.path, value.start, value.end),)
        case Items(values=(), open=False):  # what may be missing of a list
            return ()
        case Items() if any(has_text(each) for each in value.values):
            return tuple(segment for each in value.values for segment in segments_of(each, hole))
    found = fillers(value)
    match hole:
        case ():
            return (VariableSegment("", "", 0, 0, found),)
        case (VariableSegment() as only,) if found:
            return (replace(only, fillers=found),)
    return hole


def from_template(evaluation: Evaluation, template: Template, path: str, given: Environment) -> Value:
    """A unit: its segments, inlined under the key of its site."""
    key = f"{path}:{template.site}"
    unit = evaluation.aliases.get(key, key)
    if given:
        own = bounded(segments_of(evaluation.evaluate(template.body, path, given)))
        keep_given(evaluation, unit, own)
        return Written((InlineSegment(unit, own),))
    segments = site(evaluation, key, template.body, path)
    return Hole("…", path) if segments is None else Written((InlineSegment(unit, segments),))


def site(evaluation: Evaluation, key: SiteKey, body: Expression, path: str) -> tuple[Segment, ...] | None:
    """The segments of a site, evaluated once; ``None`` while it is being evaluated itself."""
    if key not in evaluation.units:
        if evaluation.course.meets(key):
            return None
        since = evaluation.course.open(key)
        evaluation.units[key] = bounded(segments_of(evaluation.evaluate(body, path)))
        evaluation.course.close(key, since)
    return evaluation.units[key]


def from_parts(
    evaluation: Evaluation, parts: tuple[Expression, ...], path: str, given: Environment
) -> Iterator[Segment]:
    """The segments of expressions one after the other."""
    for part in parts:
        yield from segments_of(evaluation.evaluate(part, path, given))


def from_variable(
    evaluation: Evaluation, variable: Variable, path: str, given: Environment
) -> tuple[Segment, ...]:
    """What fills a hole if that is text, else the hole."""
    hole = VariableSegment(variable.name, path, variable.start, variable.end)
    if variable.of is None:
        return (hole,)
    value = evaluation.evaluate(variable.of, path, given)
    if has_text(value):
        return segments_of(value, (hole,))
    found = fillers(value)
    return (replace(hole, fillers=found) if found else hole,)


def from_transform(evaluation: Evaluation, transform: Transform, path: str, given: Environment) -> Value:
    """A text after a known operation, or a path put together."""
    if transform.operation == "path":
        return evaluation.files.joined(
            evaluation.evaluate(transform.of, path, given),
            [evaluation.evaluate(argument.value, path, given) for argument in transform.arguments],
            path,
        )
    of = evaluation.evaluate(transform.of, path, given)
    arguments = [
        (argument.name, evaluation.evaluate(argument.value, path, given)) for argument in transform.arguments
    ]
    return transformed(evaluation, transform.operation, of, arguments)


def transformed(
    evaluation: Evaluation, operation: str, of: Value, arguments: list[tuple[str, Value]]
) -> Value:
    """A text value after an operation with evaluated arguments."""
    if isinstance(of, Choice):
        return choice([transformed(evaluation, operation, each, arguments) for each in of.values])
    if not isinstance(of, Written):
        return Hole(operation)
    if operation == "join":
        parts = arguments[0][1] if arguments else Hole("")
        items = _joined(parts)
        joined = transforms.join(segments_of(of), items)
        keep_assembled(evaluation, joined, items)
        return Written(joined)
    if operation in transforms.PLACEHOLDERS:
        for key in top_units(of):
            evaluation.formatted.setdefault(key, operation)
    filled = [
        (name, segments_of(value, (VariableSegment(name, "", 0, 0),) if name else ()))
        for name, value in arguments
    ]
    if operation == "replace" and filled:
        evaluation.sought.add(transforms.sought(filled[0][1]))
    return Written(transforms.apply(operation, of.segments, filled))


def keep_assembled(
    evaluation: Evaluation, segments: tuple[Segment, ...], steps: list[tuple[Segment, ...]]
) -> None:
    """Remember the longest text that is put together from steps of one unit, other units in it or not."""
    found = {unit for step in steps for unit in framing(step)}
    if len(found) == 1 and not found.isdisjoint(evaluation.stepped):
        (unit,) = found
        known = _steps(evaluation.assembled.get(unit, ()), unit)
        if max(1, known) < _steps(segments, unit):
            evaluation.assembled[unit] = segments


def _steps(segments: tuple[Segment, ...], unit: SiteKey) -> int:
    """How many steps of a unit stand in a text, the frame that holds others included."""
    return sum(isinstance(each, InlineSegment) and each.prompt == unit for each in walk(segments))


def _joined(parts: Value) -> list[tuple[Segment, ...]]:
    if isinstance(parts, Items):
        return [segments_of(each) for each in parts.values]
    return [segments_of(parts)]


def filled(evaluation: Evaluation, method: str, of: Value, arguments: list[tuple[str, Value]]) -> Value:
    """A text of elsewhere that a call fills or trims: the text itself, then what text is put into it."""
    language = FILLED.get(method)
    if method == "join":
        return transformed(evaluation, "join", of, arguments)
    if language is not None:
        units = tuple(top_units(of))
        for key in units:
            evaluation.formatted.setdefault(key, language)
        put = _replaced(evaluation, arguments) if language == "replace" else arguments
        keep_filled(evaluation, units, put)
    inserted = tuple(
        segment
        for name, value in arguments
        if has_text(value) and name != "*"
        for segment in segments_of(value)
        if isinstance(segment, InlineSegment)
    )
    return Written((*segments_of(of), *inserted)) if inserted else of


def _replaced(evaluation: Evaluation, arguments: list[tuple[str, Value]]) -> list[tuple[str, Value]]:
    """The arguments of ``replace`` as what it puts into the hole that the text replaced stands for."""
    match arguments:
        case [(_, old), (_, new), *_] if (written := literal(old)) is not None:
            evaluation.sought.add(written)
            return [(written.strip(BRACKETS), new)]
    return []
