"""What the tests of readers share: sources, walks over expressions, and the proof that pieces are true."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from scrimp.model.algebra import Branch, Expression, Include, Join, Loop, Text, Variable
from scrimp.model.facts import Entry, Facts
from scrimp.model.pieces import verbatim
from scrimp.model.source import Lines, Source
from scrimp.readers import reader_for
from scrimp.readers.document import Document


def whole(value: str) -> Text:
    """A text that is a whole file."""
    return verbatim(value, 0, len(value))


def read(path: str, text: str) -> Facts:
    """The facts of a file by the reader that its path chooses."""
    reader = reader_for(path, text[:1000].encode("utf-8", "surrogatepass"))
    assert reader is not None
    return reader.read(Source(path, text, "0" * 40))


def prompts(facts: Facts) -> list[Entry]:
    """The entries that a format or key declares to be prompts."""
    return [entry for entry in facts.entries if entry.certainty != "none"]


def lines_of(facts: Facts, entry: Entry) -> tuple[int, int]:
    """The first and the last line of an entry."""
    place = Lines(facts.lines).place(entry.start, entry.end)
    return place.line, place.end_line


def texts(expression: Expression | None) -> Iterator[Text]:
    """All texts in an expression, in order."""
    match expression:
        case Text():
            yield expression
        case Join(parts):
            for part in parts:
                yield from texts(part)
        case Branch(_, alternatives):
            for alternative in alternatives:
                yield from texts(alternative)
        case Loop(_, body):
            yield from texts(body)
        case Variable():
            yield from texts(expression.of)


def fixed(expression: Expression) -> str:
    """All fixed text, holes left out."""
    return "".join(text.value for text in texts(expression))


def variables(expression: Expression) -> list[str]:
    """The names of all holes, in order."""
    match expression:
        case Variable(name):
            return [name]
        case Join(parts):
            return [name for part in parts for name in variables(part)]
        case Branch(_, alternatives):
            return [name for alternative in alternatives for name in variables(alternative)]
        case Loop(_, body):
            return variables(body)
    return []


def filled(expression: Expression, values: Mapping[str, object]) -> str:
    """What an expression sends with its holes filled; a condition is the name of a truth value."""
    match expression:
        case Text(value):
            return value
        case Variable(name, _, _, of):
            return filled(of, values) if of is not None else str(values[name])
        case Join(parts):
            return "".join(filled(part, values) for part in parts)
        case Branch(condition, alternatives):
            for name, alternative in zip(condition.split(" elif "), alternatives, strict=False):
                if values[name]:
                    return filled(alternative, values)
            return filled(alternatives[-1], values)
        case Loop(over, body):
            return filled(body, values) * len(str(values[over]))
        case Include():
            return ""
    raise AssertionError(expression)


def strings(value: Any, keys: tuple[str | int, ...] = ()) -> dict[tuple[str | int, ...], str]:
    """All strings of parsed data by their key paths."""
    if isinstance(value, str):
        return {keys: value}
    below = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    return {path: text for key, item in below for path, text in strings(item, (*keys, key)).items()}


def found(document: Document) -> dict[tuple[str | int, ...], str]:
    """The strings that a parser of ours found, by their key paths."""
    return {scalar.keys: scalar.text.value for scalar in document.scalars if scalar.kind == "string"}


def assert_written(expression: Expression | None, source: str) -> None:
    """Every piece lies in the value and in the source, in order; a copied one is the same in both."""
    for text in texts(expression):
        done = 0
        for start, end, written, written_end in text.pieces:
            assert done <= start < end <= len(text.value)
            assert 0 <= written < written_end <= len(source)
            if end - start == written_end - written:
                assert text.value[start:end] == source[written:written_end]
            done = end
