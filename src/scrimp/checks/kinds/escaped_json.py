"""JSON whose characters outside of ASCII are escaped before a model gets it: several tokens each instead of one."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from scrimp.checks.call_edits import with_argument
from scrimp.checks.context import TreeContext
from scrimp.checks.hits import Abstention, Hit
from scrimp.checks.serialised import serialised
from scrimp.config.cards import Card
from scrimp.model.measured import MeasuredPrompt

ARGUMENT = "ensure_ascii"


def check(
    prompts: Sequence[MeasuredPrompt],
    card: Card,  # noqa: ARG001
    context: TreeContext,
) -> Iterator[Hit | Abstention]:
    """One hit for each call that escapes, without a saving: how much of the data isn't ASCII shows at run time."""
    for found in serialised(prompts, context):
        if not found.serialiser.is_escaping or found.call.argument(ARGUMENT) is not None:
            continue
        if found.call.is_open:
            yield Abstention("how JSON is laid out is in unpacked arguments", found.call.path)
            continue
        yield Hit(
            path=found.call.path,
            start=found.call.start,
            end=found.call.end,
            message=f"`{found.function}` escapes what isn't ASCII in {found.what}",
            identity=found.identity,
            edits=with_argument(found.call, f"{ARGUMENT}=False", context),
            prompt=found.prompt,
        )
