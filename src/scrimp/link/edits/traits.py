"""What linking tells of a text's wording: two wordings of which it tells the same are the same text to it.

Whatever in ``link`` begins to look at words has to be told here too; ``benchmarks/edits.py`` finds what wasn't.
"""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator

from msgspec import Struct

from scrimp.link.classify import (
    LEAST_OWN_WORDS,
    LEAST_TOOL_WORDS,
    Judgement,
    Surroundings,
    judge_code,
)
from scrimp.link.steps import step_aliases
from scrimp.link.tool_answers import ADVICE, LEAST_ANSWER_WORDS, may_answer
from scrimp.link.units import CodeUnit, code_units
from scrimp.model.facts import Facts

COUNTS = (1, LEAST_TOOL_WORDS, LEAST_OWN_WORDS)
"""Numbers of words from which on a text that is sent is taken for more than a label (see ``judging``)."""
SURROUNDINGS = (Surroundings(talks_to_models=True), Surroundings(talks_to_models=False))


class Traits(Struct, frozen=True):
    """What is told of a unit: how it is judged, what its number of words reaches, and whether there is any text.

    ``answers`` tells of what a tool may answer whether it says what to do next, and whether it is long for a label.
    """

    judgements: tuple[Judgement | None, ...]
    reaches: tuple[bool, ...]
    is_blank: bool
    answers: tuple[bool, bool] | None


def traits(path: str, facts: Facts, sites: Iterable[int], answers: Container[int]) -> Iterator[Traits]:
    """The traits of the units that some sites of a file belong to, in the order of the units.

    ``answers`` are where units begin that are sent as answers of tools.
    """
    starts = {facts.sites[number].start for number in sites}
    if not starts:
        return
    for unit in code_units(path, facts, step_aliases(path, facts)):
        if not starts.isdisjoint(site.start for site in unit.sites):
            yield _of(unit, answers)


def _of(unit: CodeUnit, answers: Container[int]) -> Traits:
    looks = judge_code(unit)
    is_answer = unit.start in answers or may_answer(unit, "run")
    return Traits(
        tuple(around.judged(looks) for around in SURROUNDINGS),
        tuple(unit.words >= least for least in COUNTS),
        not unit.text.strip(),
        (ADVICE.search(unit.text) is not None, unit.words >= LEAST_ANSWER_WORDS) if is_answer else None,
    )
