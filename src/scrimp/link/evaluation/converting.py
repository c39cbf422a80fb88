"""Functions that turn messages into those of another package: what they are given tells what they give."""

from __future__ import annotations

import re
from functools import cache

from msgspec import Struct

from scrimp.link.evaluation.interface import Evaluation
from scrimp.link.symbols import plain
from scrimp.link.values import (
    Choice,
    Entries,
    FunctionValue,
    Hole,
    Items,
    Made,
    Number,
    Value,
    Written,
    has_text,
)

CONVERTER = re.compile(
    r"(?:adapt|add|as|build|clean|convert|encode|filter|fix|format|from|limit|map|merge|normali[sz]e|prepare|process"
    r"|saniti[sz]e|serialize|strip|to|transform|trim|truncate|validate)\w*messages|messages_?to",
    re.IGNORECASE,
)
"""Names of such functions."""
MESSAGES = re.compile(r"(?:\w+_|\w+(?=[A-Z]))?(?:messages|msgs|history|conversation|prompt)", re.IGNORECASE)
"""Names of what such functions get."""
CONTENTS = ("content", "parts", "blocks", "text")
"""Keys and arguments under which a message has its text."""
MOST_NESTED = 6  # lists and objects within one another that are looked into


def is_converted(evaluation: Evaluation, function: FunctionValue, returned: Value) -> bool:
    """Whether a list that a function of the tree returns is told by the messages that it gets and by nothing else."""
    is_list = _is_list(returned)
    if not is_list and not isinstance(returned, Hole):
        return False
    parameters = (each.name for each in function.function.parameters if each.name not in ("self", "cls"))
    first = next(parameters, "")
    is_converter = _is_converter(plain(function.function.name).rpartition(".")[2])
    got = (function.path, function.function.name, first)
    return (is_converter or (is_list and _is_of_messages(first))) and _Saying(evaluation, got).is_nothing(
        returned, MOST_NESTED
    )


@cache
def _is_converter(name: str) -> bool:
    """Whether a function is named as those are; a tree calls few functions very often."""
    return CONVERTER.search(name) is not None


@cache
def _is_of_messages(name: str) -> bool:
    """Whether a parameter is named as what such functions get; there are few names of these."""
    return MESSAGES.fullmatch(name) is not None


def _is_list(value: Value) -> bool:
    return isinstance(value, Items) or (isinstance(value, Choice) and any(map(_is_list, value.values)))


class _Saying(Struct, frozen=True):
    """What messages say beside those that the parameter ``got`` brings."""

    evaluation: Evaluation
    got: tuple[str, str, str]

    def is_nothing(self, value: Value, depth: int) -> bool:
        """Whether there is no text of their own in them, and nothing that another parameter brings."""
        if not depth:
            return False
        match value:
            case Hole(parameter=parameter):
                return parameter in (None, self.got)
            case Written():
                return not has_text(value)
            case Number():
                return True
            case Items(values=values) | Choice(values=values):
                return all(self.is_nothing(each, depth - 1) for each in values)
            case Entries(values=values):
                told = [each for key, each in values.items() if key in CONTENTS]
                return all(self.is_nothing(each, depth - 1) for each in told)
            case Made(call=call):
                given = [each.value for each in call.arguments if each.name in ("", *CONTENTS)]
                texts = [self.evaluation.evaluate(each, value.path, value.given) for each in given]
                return all(self.is_nothing(each, depth - 1) for each in texts)
        return False
