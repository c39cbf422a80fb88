"""JSON with a blank behind each comma and colon, where a model gets it as it is."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import msgspec

from scrimp.checks.call_edits import with_argument
from scrimp.checks.context import TreeContext
from scrimp.checks.hits import Abstention, Hit, settings
from scrimp.checks.serialised import indentation, serialised
from scrimp.config.cards import Card
from scrimp.model.measured import MeasuredPrompt

ARGUMENT = "separators"


class Options(msgspec.Struct, frozen=True):
    """``least_share`` of the tokens of JSON that leaving out blanks saves."""

    least_share: float


def check(prompts: Sequence[MeasuredPrompt], card: Card, context: TreeContext) -> Iterator[Hit | Abstention]:
    """One hit for each call that writes such blanks and doesn't indent, which would be worse."""
    options = settings(card, Options)
    for found in serialised(prompts, context):
        told = indentation(found.call, found.serialiser)
        is_indented = told is not None and not (told.is_known and told.value is None)
        if not found.serialiser.is_spaced or is_indented or found.is_of_text:
            continue
        if found.call.argument(ARGUMENT) is not None:
            continue
        if found.call.is_open:
            yield Abstention("how JSON is laid out is in unpacked arguments", found.call.path)
            continue
        if found.is_cut:
            yield Abstention("only a part of the JSON is sent", found.call.path)
            continue
        yield Hit(
            path=found.call.path,
            start=found.call.start,
            end=found.call.end,
            message=f"`{found.function}` writes a blank behind each comma and colon of the JSON in {found.what}",
            identity=found.identity,
            tokens_saved=None if found.size is None else int(found.size * options.least_share) or None,
            edits=with_argument(found.call, 'separators=(",", ":")', context),
            prompt=found.prompt,
        )
