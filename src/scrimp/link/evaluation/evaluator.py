"""Evaluates expressions of the tree as far as they are text, without running anything.

This module says what each node of the algebra gives. Names, members, calls and texts have modules of their own, which
come back here through ``interface.Evaluation`` for the expressions that they meet. What can't be known stays a hole.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from msgspec import Struct, field

from scrimp.link.evaluation import arguments, calling, dispatch, members, names, texts
from scrimp.link.evaluation.choices import choice
from scrimp.link.evaluation.course import Course
from scrimp.link.files import Files
from scrimp.link.symbols import Symbols
from scrimp.link.values import (
    NOTHING_GIVEN,
    Choice,
    ClassValue,
    Entries,
    Environment,
    FunctionValue,
    Hole,
    Items,
    Made,
    Number,
    Outside,
    SiteKey,
    Value,
    Written,
    has_text,
)
from scrimp.model.algebra import (
    Branch,
    Call,
    Constant,
    Expression,
    File,
    Include,
    Item,
    Join,
    Loop,
    Parameter,
    Reference,
    Sequence,
    Template,
    Text,
    Transform,
    Unknown,
    Variable,
)
from scrimp.model.algebra import Mapping as MappingNode
from scrimp.model.fillers import Filler
from scrimp.model.prompts import LoopSegment, Segment, TextSegment

MOST_REPEATED = 10_000
"""Items that a loop is believed to go through: a text for each of more is no prompt."""


class Evaluator(Struct):
    """Evaluates expressions; what it learns of units on the way is kept (see ``interface.Evaluation``)."""

    symbols: Symbols
    files: Files
    aliases: Mapping[SiteKey, SiteKey] = field(default_factory=dict)
    units: dict[SiteKey, tuple[Segment, ...]] = field(default_factory=dict)
    formatted: dict[SiteKey, str] = field(default_factory=dict)
    assembled: dict[SiteKey, tuple[Segment, ...]] = field(default_factory=dict)
    fillings: dict[SiteKey, dict[str, tuple[Filler, ...]]] = field(default_factory=dict)
    course: Course = field(default_factory=Course)

    def evaluate(self, expression: Expression, path: str, given: Environment = NOTHING_GIVEN) -> Value:
        """The value of an expression of the file ``path``."""
        if not self.course.enter():
            return Hole("…")
        try:
            return self._evaluate(expression, path, given)
        finally:
            self.course.leave()

    def _evaluate(  # noqa: C901, PLR0912  one case a node of the algebra
        self, expression: Expression, path: str, given: Environment
    ) -> Value:
        match expression:
            case Template():
                return texts.from_template(self, expression, path, given)
            case Text():
                return Written((TextSegment(expression.value, path, expression.pieces),))
            case Join():
                return Written(tuple(texts.from_parts(self, expression.parts, path, given)))
            case Variable():
                return Written(texts.from_variable(self, expression, path, given))
            case Reference():
                found = self.lookup(expression.name, expression.scope, expression.start, path, given)
                return self._setting(expression, found)
            case Item():
                found = self.member(self.evaluate(expression.of, path, given), expression.key)
                return self._setting(expression, found)
            case Call():
                return calling.call_value(self, expression, path, given)
            case Branch():
                alternatives = [self.evaluate(each, path, given) for each in expression.alternatives]
                return choice(alternatives, expression.condition)
            case Loop():
                body = self.evaluate(expression.body, path, given)
                if isinstance(body, Written):
                    items = self._times(expression.of, path, given)
                    body = Written((LoopSegment(expression.over, body.segments, items),))
                return Items((body,), open=True)
            case Sequence():
                return self._items(expression, path, given)
            case MappingNode():
                return self._entries(expression, path, given)
            case Constant():
                return Number(expression.value)
            case Transform():
                return texts.from_transform(self, expression, path, given)
            case Include():
                return self.files.included(expression.target, path) or Hole(expression.target, path)
            case File():
                return self.files.named(self.evaluate(expression.path, path, given), path)
            case Parameter() | Unknown():
                return Hole(expression.name, path)

    def _times(self, of: Expression | None, path: str, given: Environment) -> int | None:
        """How often a loop repeats its body, where that is written down."""
        value = None if of is None else self.evaluate(of, path, given)
        match value:
            case Items(values=values, open=False):
                number = len(values)
            case Number(value=int() as number) if not isinstance(number, bool):
                pass
            case _:
                return None
        return number if 0 <= number <= MOST_REPEATED else None

    def _setting(self, expression: Reference | Item, found: Value) -> Value:
        """What an unknown object's members are, if a data file has text under the same keys."""
        if not isinstance(found, Hole | Made | Outside | Choice) or has_text(found):
            return found
        keys = trailing_keys(expression)
        return (self.files.setting(keys) if len(keys) > 1 else None) or found

    def _items(self, sequence: Sequence, path: str, given: Environment) -> Value:
        values: list[Value] = []
        is_open = False
        for each in sequence.items:
            if isinstance(each, Transform) and each.operation == "spread":
                inner = self.evaluate(each.of, path, given)
                values += inner.values if isinstance(inner, Items) else (inner,)
                is_open = is_open or not isinstance(inner, Items) or inner.open
            else:
                values.append(self.evaluate(each, path, given))
        return Items(tuple(values), is_open)

    def _entries(self, mapping: MappingNode, path: str, given: Environment) -> Value:
        values: dict[str, Value] = {}
        is_open = False
        for key, value in mapping.entries:
            found = self.evaluate(value, path, given)
            if key is not None:
                values[key] = found
            elif isinstance(found, Entries):
                values |= found.values
                is_open = is_open or found.open
            else:
                is_open = True
        return Entries(values, is_open)

    def lookup(
        self, name: str, scope: str, start: int, path: str, given: Environment = NOTHING_GIVEN
    ) -> Value:
        """The value of a dotted name as seen from a scope at an offset of a file."""
        self.course.begin()
        try:
            return names.lookup(self, name, scope, start, path, given)
        finally:
            self.course.end()

    def exported(self, path: str, name: str) -> Value | None:
        """A name of a module, as another module gets it by import."""
        return names.exported(self, path, name)

    def member(self, value: Value, key: str | int) -> Value:
        """``value.key`` or ``value[key]``; the key ``*`` is any."""
        return members.member_of(self, value, key)

    def attribute(self, value: ClassValue, name: str) -> Value | None:
        """An attribute of a class of the tree, looked up in its bases too."""
        return members.attribute_of(self, value, name)

    def bases(self, value: ClassValue) -> Iterator[ClassValue]:
        """The bases of a class that the tree holds."""
        return members.bases_of(self, value)

    def callee(
        self, function: Expression, path: str, given: Environment = NOTHING_GIVEN
    ) -> tuple[Value, list[str]]:
        """What is called: the value of the innermost receiver, and the attributes that lead to the callee."""
        return calling.callee(self, function, path, given)

    def function_run(self, call: Call, path: str, of: tuple[str, str]) -> FunctionValue | None:
        """The function ``of`` a path and qualified name, if a call may run it: by its name, or by what it overrides."""
        return dispatch.function_run(self, call, path, of)

    def bound_arguments(
        self, value: FunctionValue, call: Call, path: str, given: Environment
    ) -> dict[tuple[str, str, str], Value]:
        """The values that a call gives to a function's parameters; those not given keep their default."""
        return arguments.bound_arguments(self, value, call, path, given)

    def site(self, key: SiteKey, body: Expression, path: str) -> tuple[Segment, ...] | None:
        """The segments of a site, evaluated once; ``None`` while it is being evaluated itself."""
        return texts.site(self, key, body, path)


def trailing_keys(expression: Expression) -> tuple[str, ...]:
    """The names of members at the end of an expression: ``settings().prompts.system`` has two."""
    keys: list[str] = []
    while isinstance(expression, Item):
        keys.append(str(expression.key))
        expression = expression.of
    written = expression.name.split(".")[1:] if isinstance(expression, Reference) else []
    return (*written, *reversed(keys))
