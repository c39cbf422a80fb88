"""JSON that is indented before a model gets it: the call that makes it is told to lay it out for people."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import msgspec

from scrimp.checks.call_edits import without
from scrimp.checks.context import TreeContext
from scrimp.checks.hits import Abstention, Hit, settings
from scrimp.checks.serialised import Serialised, indentation, laid_out, serialised
from scrimp.config.cards import Card
from scrimp.model.fillers import FillerArgument
from scrimp.model.findings import Edit
from scrimp.model.measured import MeasuredPrompt


class Options(msgspec.Struct, frozen=True):
    """``least_share`` of the tokens of indented JSON that not indenting saves."""

    least_share: float


def check(prompts: Sequence[MeasuredPrompt], card: Card, context: TreeContext) -> Iterator[Hit | Abstention]:
    """One hit for each call that indents, at the argument that says so."""
    options = settings(card, Options)
    for found in serialised(prompts, context):
        told = indentation(found.call, found.serialiser)
        if told is None:
            if found.call.is_open:
                yield Abstention("how JSON is laid out is in unpacked arguments", found.call.path)
        elif not told.is_known:
            yield Abstention("whether JSON is indented is told by a variable", found.call.path)
        elif not told.value or found.is_of_text:
            continue
        elif found.is_cut:
            yield Abstention("only a part of the JSON is sent", found.call.path)
        else:
            yield _hit(found, told, options, context)


def _hit(found: Serialised, told: FillerArgument, options: Options, context: TreeContext) -> Hit:
    message = (
        f"`{found.function}` indents the JSON in {found.what}: each call pays for layout that is for people"
    )
    saved = None
    if found.call.pairs and told.value != 1:
        saved = laid_out(found.call.pairs)
        message += f", at least {saved} tokens"
    elif found.size is not None:
        saved = int(found.size * options.least_share)
        message += f", at least {options.least_share:.0%} of its {found.size:,} tokens"
    return Hit(
        path=found.call.path,
        start=told.start or found.call.start,
        end=told.end or found.call.end,
        message=message,
        identity=found.identity,
        tokens_saved=saved,
        edits=_edits(found, told, context),
        prompt=found.prompt,
    )


def _edits(found: Serialised, told: FillerArgument, context: TreeContext) -> tuple[Edit, ...]:
    """The edit that takes the indentation away, with a replacer that is none before it."""
    edits = without(found.call, told, context)
    number = found.call.arguments.index(told)
    if not edits or told.name or number != found.serialiser.indent or number < 2:
        return edits
    replacer = found.call.arguments[number - 1]
    if replacer.is_known and replacer.value is None:
        before = without(found.call, replacer, context)
        joined = [(edit.start, edit.end) for edit in (*before, *edits)]
        if len(joined) == 2 and joined[0][1] == joined[1][0]:
            start, end = joined[0][0], joined[1][1]
            path = found.call.path
            return (Edit(path, start, end, "", context.place(path, start, end)),)
    return edits
