"""Rows of a table as JSON objects: each row repeats the names of all columns."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import msgspec

from scrimp.checks.context import TreeContext
from scrimp.checks.hits import Hit, settings
from scrimp.checks.serialised import serialised
from scrimp.config.cards import Card
from scrimp.model.fillers import Filler
from scrimp.model.measured import MeasuredPrompt

RECORDS = ("records", "record")
ORIENT = "orient"
ROWS = "rows"


class Options(msgspec.Struct, frozen=True):
    """``least_share`` of the tokens of rows as objects that CSV saves."""

    least_share: float


def check(prompts: Sequence[MeasuredPrompt], card: Card, context: TreeContext) -> Iterator[Hit]:
    """One hit for each call that makes JSON of a table's rows, or of a list of objects with the same keys."""
    options = settings(card, Options)
    for found in serialised(prompts, context):
        if not _is_of_rows(found.call):
            continue
        yield Hit(
            path=found.call.path,
            start=found.call.start,
            end=found.call.end,
            message=f"the JSON in {found.what} names each column again in each row",
            identity=found.identity,
            tokens_saved=None if found.size is None else int(found.size * options.least_share) or None,
            prompt=found.prompt,
        )


def _is_of_rows(call: Filler) -> bool:
    orient = call.argument(ORIENT)
    if call.data == ROWS or (orient is not None and orient.value in RECORDS):
        return True
    return any(_is_records(inner) for inner in call.of)


def _is_records(call: Filler) -> bool:
    """Whether a call gives a data frame's rows as objects."""
    orient = call.argument(ORIENT, 0)
    return (
        call.function.endswith((".to_dict", ".to_dicts"))
        and (orient is not None or call.function.endswith(".to_dicts"))
        and (orient is None or orient.value in RECORDS)
    )
