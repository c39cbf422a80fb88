"""Evaluates expressions of the tree as far as they are text, without running anything.

This module says what each node of the algebra gives. Names, members, calls and texts have modules of their own, which
come back here through ``interface.Evaluation`` for the expressions that they meet. What can't be known stays a hole.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

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
    Node,
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
from scrimp.model.segments import LoopSegment, Segment, TextSegment

MOST_REPEATED = 10_000
"""Items that a loop is believed to go through: a text for each of more is no prompt."""
UNTOLD = (Hole, Made, Outside, Choice)
"""What an unknown object's members are."""


class Evaluator(Struct):
    """Evaluates expressions; what it learns of units on the way is kept (see ``interface.Evaluation``)."""

    symbols: Symbols
    files: Files
    aliases: Mapping[SiteKey, SiteKey] = field(default_factory=dict)
    units: dict[SiteKey, tuple[Segment, ...]] = field(default_factory=dict)
    formatted: dict[SiteKey, str] = field(default_factory=dict)
    assembled: dict[SiteKey, tuple[Segment, ...]] = field(default_factory=dict)
    fillings: dict[SiteKey, dict[str, tuple[Filler, ...]]] = field(default_factory=dict)
    sought: set[str] = field(default_factory=set)
    course: Course = field(default_factory=Course)
    stepped: frozenset[SiteKey] = frozenset()

    def __post_init__(self) -> None:
        self.stepped = frozenset(self.aliases.values())

    def evaluate(self, expression: Expression, path: str, given: Environment = NOTHING_GIVEN) -> Value:
        """The value of an expression of the file ``path``."""
        if not self.course.enter():
            return Hole("…")
        try:
            return VALUES[type(expression)](self, expression, path, given)
        finally:
            self.course.leave()

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

    def bases(self, value: ClassValue) -> tuple[ClassValue, ...]:
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


# --- one function a node of the algebra -------------------------------------------------------------


def _text(_: Evaluator, text: Text, path: str, _given: Environment) -> Value:
    return Written((TextSegment(text.value, path, text.pieces),))


def _join(evaluator: Evaluator, join: Join, path: str, given: Environment) -> Value:
    return Written(tuple(texts.from_parts(evaluator, join.parts, path, given)))


def _variable(evaluator: Evaluator, variable: Variable, path: str, given: Environment) -> Value:
    return Written(texts.from_variable(evaluator, variable, path, given))


def _reference(evaluator: Evaluator, reference: Reference, path: str, given: Environment) -> Value:
    found = names.lookup(evaluator, reference.name, reference.scope, reference.start, path, given)
    return _setting(evaluator, reference, found) if reference.name.count(".") > 1 else found


def _item(evaluator: Evaluator, item: Item, path: str, given: Environment) -> Value:
    found = evaluator.member(evaluator.evaluate(item.of, path, given), item.key)
    return _setting(evaluator, item, found) if _has_two_keys(item) else found


def _branch(evaluator: Evaluator, branch: Branch, path: str, given: Environment) -> Value:
    alternatives = [evaluator.evaluate(each, path, given) for each in branch.alternatives]
    return choice(alternatives, branch.condition)


def _loop(evaluator: Evaluator, loop: Loop, path: str, given: Environment) -> Value:
    body = evaluator.evaluate(loop.body, path, given)
    if isinstance(body, Written):
        items = _times(evaluator, loop.of, path, given)
        body = Written((LoopSegment(loop.over, body.segments, items),))
    return Items((body,), open=True)


def _constant(_: Evaluator, constant: Constant, _path: str, _given: Environment) -> Value:
    return Number(constant.value)


def _include(evaluator: Evaluator, include: Include, path: str, _given: Environment) -> Value:
    return evaluator.files.included(include.target, path) or Hole(include.target, path)


def _file(evaluator: Evaluator, file: File, path: str, given: Environment) -> Value:
    return evaluator.files.named(evaluator.evaluate(file.path, path, given), path)


def _hole(_: Evaluator, unknown: Parameter | Unknown, path: str, _given: Environment) -> Value:
    return Hole(unknown.name, path)


def _times(evaluator: Evaluator, of: Expression | None, path: str, given: Environment) -> int | None:
    """How often a loop repeats its body, where that is written down."""
    value = None if of is None else evaluator.evaluate(of, path, given)
    match value:
        case Items(values=values, open=False):
            number = len(values)
        case Number(value=int() as number) if not isinstance(number, bool):
            pass
        case _:
            return None
    return number if 0 <= number <= MOST_REPEATED else None


def _setting(evaluator: Evaluator, expression: Reference | Item, found: Value) -> Value:
    """What an unknown object's members are by two keys or more, if a data file has text under these."""
    if not isinstance(found, UNTOLD) or has_text(found):
        return found
    return evaluator.files.setting(trailing_keys(expression)) or found


def _has_two_keys(item: Item) -> bool:
    """Whether ``trailing_keys`` of an item are two at least."""
    return isinstance(item.of, Item) or (isinstance(item.of, Reference) and "." in item.of.name)


def _items(evaluator: Evaluator, sequence: Sequence, path: str, given: Environment) -> Value:
    values: list[Value] = []
    is_open = False
    for each in sequence.items:
        if isinstance(each, Transform) and each.operation == "spread":
            inner = evaluator.evaluate(each.of, path, given)
            values += inner.values if isinstance(inner, Items) else (inner,)
            is_open = is_open or _may_be_longer(inner)
        else:
            values.append(evaluator.evaluate(each, path, given))
    return Items(tuple(values), is_open)


def _may_be_longer(spread: Value) -> bool:
    """Whether more than is known may stand in a list that is spread in another one."""
    if isinstance(spread, Choice):
        return any(map(_may_be_longer, spread.values))
    return not isinstance(spread, Items) or spread.open


def _entries(evaluator: Evaluator, mapping: MappingNode, path: str, given: Environment) -> Value:
    values: dict[str, Value] = {}
    is_open = False
    for key, value in mapping.entries:
        found = evaluator.evaluate(value, path, given)
        if key is not None:
            values[key] = found
        elif isinstance(found, Entries):
            values |= found.values
            is_open = is_open or found.open
        else:
            is_open = True
    return Entries(values, is_open)


def trailing_keys(expression: Expression) -> tuple[str, ...]:
    """The names of members at the end of an expression: ``settings().prompts.system`` has two."""
    keys: list[str] = []
    while isinstance(expression, Item):
        keys.append(str(expression.key))
        expression = expression.of
    written = expression.name.split(".")[1:] if isinstance(expression, Reference) else []
    return (*written, *reversed(keys))


VALUES: dict[type[Node], Callable[[Evaluator, Any, str, Environment], Value]] = {
    Template: texts.from_template,
    Text: _text,
    Join: _join,
    Variable: _variable,
    Reference: _reference,
    Item: _item,
    Call: calling.call_value,
    Branch: _branch,
    Loop: _loop,
    Sequence: _items,
    MappingNode: _entries,
    Constant: _constant,
    Transform: texts.from_transform,
    Include: _include,
    File: _file,
    Parameter: _hole,
    Unknown: _hole,
}
"""What gives the value of each node of the algebra."""
