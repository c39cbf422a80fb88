"""Which models a call may name: one, one of several, or one that nobody can read.

A name may hang on a condition, a lookup by a key that isn't known, or the environment; the object that names it may be
made from any of these. All that the code can be seen to name counts, in its order.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice

from msgspec import Struct, field

from scrimp.catalog.models import names_model
from scrimp.link.calls.arguments import CLIENT, MOST_OBJECTS, Arguments, Bound, argument_of
from scrimp.link.calls.once import Once
from scrimp.link.calls.sending import NO_MODEL, Named
from scrimp.link.evaluation.choices import MOST_ALTERNATIVES
from scrimp.link.values import (
    NOTHING_GIVEN,
    Choice,
    Environment,
    Hole,
    Made,
    Number,
    Outside,
    Value,
    Written,
)
from scrimp.model.algebra import Expression
from scrimp.model.segments import BranchSegment, InlineSegment, Segment, TextSegment
from scrimp.prices.constants import model_of

GETTERS = frozenset(("os.getenv", "os.environ.get", "getenv"))
CONSTANT = re.compile(r"[A-Z]\w*")
"""How a member of an enumeration is written, of which nothing else is known."""
MODEL_NAMES = ("model", "model_name", "model_id")
"""What constructors of models call the model's name, where no pattern knows them."""
UNREAD = Named(is_open=True)
MOST_PIECES, MOST_TEXTS = 8, 64
"""Segments of a text that may be a name, and the texts that its branches make which are looked at."""


class Models(Struct, frozen=True):
    """Reads the names of models from values."""

    arguments: Arguments
    _known: Once[Named] = field(default_factory=Once)
    """What objects name."""
    _joined: Once[Environment] = field(default_factory=Once)
    """Two environments as one."""

    def among(self, values: Sequence[Value], given: Environment = NOTHING_GIVEN) -> Named:
        """What the first of some values that names a model names; else what may name one."""
        found = [self.of(value, given) for value in values]
        return next((each for each in found if each.names), together(found))

    def of(self, value: Value, given: Environment = NOTHING_GIVEN, depth: int = MOST_OBJECTS) -> Named:
        """The models that a value may be: a text, an object made from one, or one or another of these.

        ``given`` are values of parameters that were not known yet where an object was made.
        """
        match value:
            case Choice():
                return together(self.of(each, given, depth) for each in value.values)
            case Written():
                return _written(value)
            case Number(value=None):
                return NO_MODEL
            case Made(callee=Outside(name=name)) if name in GETTERS:
                default = argument_of(value.call, "default", 1)
                named = (
                    NO_MODEL
                    if default is None
                    else self.of(self._evaluated(default, value, given), given, depth)
                )
                return together((named, UNREAD))
            case Made() if depth:
                return self._of_made(value, given, depth - 1)
            case Outside(name=name):
                return _constant(name)
            case Hole(parameter=parameter) if parameter is not None:
                known = given.get(parameter)
                if known is None or known == value or not depth:
                    return Named(parameters=frozenset((parameter,)))
                return self.of(known, given, depth - 1)
            case Hole(name=name) if CONSTANT.fullmatch(name):
                return _constant(name)
        return UNREAD

    def _of_made(self, value: Made, given: Environment, depth: int) -> Named:
        """The models that an object's constructor is given, or an unknown call; each is looked through once."""
        call, _, own = value.making
        parts = (value.call, value.given, call, own, given)
        return self._known.of(parts, lambda: self._named_by(value, given, depth), depth)

    def _named_by(self, value: Made, given: Environment, depth: int) -> Named:
        unnamed = []
        call, path, own = value.making
        bound = Bound(call, path, self._both(own, given))
        for name in self._model_arguments(value):
            inner = self.arguments.value(bound, name)
            if inner is not None:
                found = self.of(inner, given, depth)
                if found.names:
                    return found
                unnamed.append(found)
        named = self._named_among(value, given, depth)
        return named if named.names else together((*unnamed, UNREAD))

    def _named_among(self, made: Made, given: Environment, depth: int) -> Named:
        """The known model that one of the arguments of an unknown call names: ``ChatModel.of("gpt-4o")``."""
        found = (
            self.of(self._evaluated(each.value, made, given), given, depth) for each in made.call.arguments
        )
        names = {name for each in found for name in each.names if names_model(name)}
        return Named(tuple(names)) if len(names) == 1 else NO_MODEL

    def _evaluated(self, expression: Expression, made: Made, given: Environment) -> Value:
        return self.arguments.evaluator.evaluate(expression, made.path, self._both(made.given, given))

    def _both(self, own: Environment, given: Environment) -> Environment:
        """Both, ``given`` before what was known; each pair is joined once."""
        if not given or not own:
            return given or own
        same = self.arguments.evaluator.course.environments.same
        return self._joined.of((own, given), lambda: same({**own, **given}))

    def _model_arguments(self, made: Made) -> tuple[str, ...]:
        names = [
            name
            for _, pattern, _ in self.arguments.patterns_of(made)
            for name in pattern.models
            if not name.startswith(CLIENT)
        ]
        return tuple(dict.fromkeys((*names, *MODEL_NAMES)))


def together(found: Iterable[Named]) -> Named:
    """One or another of what several values name."""
    each = tuple(found)
    names = tuple(dict.fromkeys(name for one in each for name in one.names))
    return Named(
        names[:MOST_ALTERNATIVES],
        any(one.is_open for one in each) or len(names) > MOST_ALTERNATIVES,
        frozenset(parameter for one in each for parameter in one.parameters),
    )


def _constant(name: str) -> Named:
    """The model that a constant of a package is known to stand for."""
    found = model_of(name)
    return Named((found,)) if found else UNREAD


def _written(value: Written) -> Named:
    """The texts that a value may be; what holds a hole is none that could be a name."""
    found = list(islice(_texts(value.segments), MOST_TEXTS))
    return together(Named((text,)) if text else UNREAD if text is None else NO_MODEL for text in found)


def _texts(segments: Sequence[Segment]) -> Iterator[str | None]:
    """All texts that segments may be, ``None`` for those that aren't wholly known."""
    if not segments or len(segments) > MOST_PIECES:
        yield None if segments else ""
        return
    first, *rest = segments
    match first:
        case TextSegment():
            heads: Iterable[str | None] = (first.value,)
        case InlineSegment():
            heads = _texts(first.body)
        case BranchSegment():
            heads = (text for each in first.alternatives for text in _texts(each))
        case _:
            heads = (None,)
    for head in heads:
        for tail in _texts(rest):
            yield None if head is None or tail is None else head + tail
