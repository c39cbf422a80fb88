"""Counts of a text for a model: exact where its vocabulary can be loaded, else an interval with its grade.

Where it can't, the text is counted with ``o200k_base`` and multiplied by a factor that was measured. A factor is a band
for each kind of text (see ``kinds``), since vocabularies differ most where they were trained least: for Bengali one
family needs three times the tokens of another. The table, with the source and date of every row, is
``data/families.json``; ``benchmarks/bands.py`` checks it. What a project measured itself goes before it (see
``calibration``).
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import lru_cache

from msgspec import Struct

from scrimp.catalog.models import Model
from scrimp.model.amounts import Grade, Interval
from scrimp.tokens.counting import count
from scrimp.tokens.kinds import Kind, kind_of
from scrimp.tokens.vocabularies import DATA, available

REFERENCE = "o200k_base"
"""The vocabulary that factors are relative to."""


class Band(Struct, frozen=True):
    """What to multiply a count by, in per mille: 1150 means 1.15 tokens for each of ``o200k_base``."""

    low: int
    typical: int
    high: int

    def apply(self, tokens: int, grade: Grade) -> Interval[int]:
        """The interval for an exact count, its bounds rounded outward."""
        return Interval(
            tokens * self.low // 1000,
            (tokens * self.typical + 500) // 1000,
            -(-tokens * self.high // 1000),
            grade,
        )


class Factor(Struct, frozen=True):
    """The bands of a family by the kind of text, and how far they can be trusted.

    ``source`` says where they come from; ``date`` is the day they were measured or read.
    """

    bands: Mapping[Kind, Band]
    grade: Grade
    source: str = ""
    date: str = ""

    def apply(self, text: str, tokens: int) -> Interval[int]:
        """The interval for a text that has this many tokens in the vocabulary it was counted with."""
        return self.bands[kind_of(text)].apply(tokens, self.grade)


def _everywhere(band: Band, grade: Grade, source: str = "", date: str = "") -> Factor:
    return Factor(dict.fromkeys(Kind, band), grade, source, date)


_SAME = Band(1000, 1000, 1000)
EXACT = _everywhere(_SAME, Grade.EXACT)
STATED = _everywhere(_SAME, Grade.CONFIGURED, "the configuration names the vocabulary")
"""The project says which vocabulary a model has."""
PROVISIONAL = _everywhere(
    Band(850, 1000, 1150), Grade.ASSUMED, "our own allowance for the vocabulary's being another", "2026-11-23"
)
"""A vocabulary that is believed to be the family's, without the maker having said so."""


@lru_cache(maxsize=1)
def factors() -> Mapping[str, Factor]:
    """The factors of the families whose vocabulary is not shipped, by the catalogue's name; ``""`` is any other."""
    table = json.loads((DATA / "families.json").read_bytes())
    rows = {**table["families"], "": table["unknown"]}
    return {name: _factor(row, table["sources"][row["source"]]) for name, row in rows.items()}


def _factor(row: Mapping[str, list[int]], source: Mapping[str, str]) -> Factor:
    return Factor(
        {kind: Band(*row[kind]) for kind in Kind},
        Grade.HEURISTIC if row.get("heuristic") else Grade.CALIBRATED,
        source["what"],
        source["date"],
    )


def encoding_for(model: Model | None) -> str:
    """The vocabulary that texts for a model are counted with: its own if it can be loaded, else the reference."""
    return model.encoding if model and model.encoding and available(model.encoding) else REFERENCE


def factor_for(model: Model | None) -> Factor:
    """What turns a count in ``encoding_for(model)`` into the model's own tokens."""
    if model is None:
        return factors()[""]
    if model.encoding and available(model.encoding):
        if model.stated:
            return STATED
        return PROVISIONAL if model.provisional else EXACT
    return factors().get(model.family) or factors()[""]


def count_for(text: str, model: Model | None) -> Interval[int]:
    """The tokens of a text for a model; ``None`` is a model that the catalogue doesn't know."""
    tokens = count(text, encoding_for(model))
    factor = factor_for(model)
    # Most texts are counted exactly, and need no look at what kind they are.
    return _SAME.apply(tokens, factor.grade) if factor is EXACT else factor.apply(text, tokens)
