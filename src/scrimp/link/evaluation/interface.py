"""What the parts of evaluation ask of the whole, so that none of them needs to know the evaluator."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Protocol

from scrimp.link.evaluation.course import Course
from scrimp.link.files import Files
from scrimp.link.symbols import Symbols
from scrimp.link.values import NOTHING_GIVEN, Environment, SiteKey, Value
from scrimp.model.algebra import Expression
from scrimp.model.fillers import Filler
from scrimp.model.segments import Segment


class Evaluation(Protocol):
    """The evaluation of one tree: its symbols and files, what is learnt of units, and the way back to the whole."""

    symbols: Symbols
    files: Files
    aliases: Mapping[SiteKey, SiteKey]
    """The unit that a site is a later step of (see ``steps.step_aliases``)."""
    units: dict[SiteKey, tuple[Segment, ...]]
    """The segments of each site evaluated so far."""
    formatted: dict[SiteKey, str]
    """The template language in which code fills a unit, where it shows (``format percent dollar``)."""
    assembled: dict[SiteKey, tuple[Segment, ...]]
    """What becomes of a unit that is put together in steps: with its separators, branches and loops."""
    stepped: frozenset[SiteKey]
    """The units that are put together in steps."""
    fillings: dict[SiteKey, dict[str, tuple[Filler, ...]]]
    """What calls put into the holes of a unit, by the hole's name, number or place (see ``fillers``)."""
    sought: set[str]
    """Texts that code looks for in others, to put something in their place."""
    course: Course

    def evaluate(self, expression: Expression, path: str, given: Environment = NOTHING_GIVEN) -> Value:
        """The value of an expression of the file ``path``."""

    def lookup(
        self, name: str, scope: str, start: int, path: str, given: Environment = NOTHING_GIVEN
    ) -> Value:
        """The value of a dotted name as seen from a scope at an offset of a file."""

    def exported(self, path: str, name: str) -> Value | None:
        """A name of a module, as another module gets it by import."""
