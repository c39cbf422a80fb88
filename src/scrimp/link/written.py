"""Calls as fillers, as far as what they write says what they are: nothing is evaluated."""

from __future__ import annotations

from scrimp.model.algebra import Argument, Call, Constant, Template, Text, Unknown
from scrimp.model.fillers import Filler, FillerArgument


def written_filler(call: Call, path: str) -> Filler:
    """The filter of a template, with those before it."""
    function = call.function.name if isinstance(call.function, Unknown) else ""
    inner = tuple(
        written_filler(each.value, path) for each in call.arguments[:1] if isinstance(each.value, Call)
    )
    return Filler(function, written_arguments(call.arguments), path, call.start, call.end, inner)


def written_arguments(arguments: tuple[Argument, ...]) -> tuple[FillerArgument, ...]:
    """Arguments, with the values of those that are constants."""
    return tuple(map(_argument, arguments))


def _argument(argument: Argument) -> FillerArgument:
    match argument.value:
        case Constant(value=value) | Text(value=value) | Template(body=Text(value=value)):
            return FillerArgument(argument.name, value, True, argument.start, argument.end)
    return FillerArgument(argument.name, None, False, argument.start, argument.end)
