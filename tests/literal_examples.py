"""What the tests of literals share: literals made of units whose meaning is known, and the proof of their spans."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from hypothesis import strategies as st
from readers_examples import read

from scrimp.model.algebra import Branch, Expression, Join, Text, Transform, Variable
from scrimp.model.facts import Facts, Site

LEAD = "one two three "
"""Every generated literal begins with these words, so that it is long enough to be read."""


@dataclass(frozen=True)
class Form:
    """A way to write a string: a file around it, and what its units of source stand for (``None``: a hole).

    ``%s`` in ``file`` is the literal's inside.
    """

    path: str
    file: str
    units: Mapping[str, str | None]

    def literals(self) -> st.SearchStrategy[list[str]]:
        """Units of a literal, one after the other."""
        return st.lists(st.sampled_from(sorted(self.units)), max_size=12)

    def source(self, units: list[str]) -> str:
        """A file with a literal of these units."""
        return self.file % (LEAD + "".join(units))

    def meant(self, units: list[str]) -> str:
        """What the literal of these units says, its holes as ``{}``."""
        said = (self.units[each] for each in units)
        return LEAD + "".join("{}" if each is None else each for each in said)


def longest(facts: Facts) -> Site:
    """The site of most words in a file without faults."""
    assert facts.faults == ()
    return max(facts.sites, key=lambda each: each.words)


def said(expression: Expression) -> str:
    """What a string expression says before any transform, holes as ``{}``."""
    match expression:
        case Text(value=value):
            return value
        case Join(parts=parts):
            return "".join(map(said, parts))
        case Transform(of=of):
            return said(of)
    return "{}"


def value(path: str, text: str) -> str:
    """What the longest string expression of a file says."""
    found = longest(read(path, text))
    assert_decodes(found.expression, text)
    return said(found.expression)


def assert_decodes(
    expression: Expression, source: str, units: Mapping[str, str | None] | None = None
) -> None:
    """Every piece, cut from the source, is what the text says there, or a unit that stands for it."""
    for text in _texts(expression):
        done = 0
        for start, end, written, written_end in text.pieces:
            assert done == start < end <= len(text.value)
            assert 0 <= written < written_end <= len(source)
            cut, says = source[written:written_end], text.value[start:end]
            if units is not None and cut != says:
                assert units[cut] == says
            done = end
        assert done == len(text.value) or not text.pieces


def _texts(expression: Expression | None) -> list[Text]:
    match expression:
        case Text():
            return [expression]
        case Join(parts=parts) | Branch(alternatives=parts):
            return [text for part in parts for text in _texts(part)]
        case Transform(of=of) | Variable(of=of):
            return _texts(of)
    return []
