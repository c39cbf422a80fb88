"""The answer that a call asks for: by a response format, a class, a schema that is built, or a tool that it forces."""

from __future__ import annotations

import re
from collections.abc import Iterator

from msgspec import Struct, field

from scrimp.link.answers import built, types, written
from scrimp.link.calls.arguments import Arguments, Bound
from scrimp.link.calls.tool_forms import CHOICES, is_forced
from scrimp.link.calls.toolset import texts_of_tools
from scrimp.link.class_texts import described_by, texts_of_class
from scrimp.link.definitions import Definitions
from scrimp.link.evaluation import Evaluator
from scrimp.link.schemas import Schemas
from scrimp.link.symbols import plain
from scrimp.link.values import Choice, ClassValue, Entries, Items, Made, Number, SiteKey, Value, literal
from scrimp.model.answers import Anything, Asked, Either, Options, Shape
from scrimp.readers.sdks import Pattern

MOST_CLASSES = 12  # classes within each other
MOST_READ = 200
"""Classes that are read for one answer, each as often as it stands in others: a few that nest would be without end."""
BOUND_TO_CLIENT = re.compile(r"(?:^|\.)(?:with_structured_output|withStructuredOutput|as_structured_llm)$")
"""Methods of a client that make one whose answers have the shape of their argument."""
TAKES_CLASS = frozenset(
    (
        "zodResponseFormat",
        "zodTextFormat",
        "zodToJsonSchema",
        "type_to_response_format_param",
        "TypeAdapter",
        "jsonSchema",
    )
)
"""Functions that make a response format of a class or schema."""


class Answers(Struct):
    """Finds what calls ask for."""

    evaluator: Evaluator
    arguments: Arguments
    _open: set[tuple[str, str]] = field(default_factory=set)
    """Classes that are being read: one that holds itself is nothing that is known."""
    _read: int = 0
    """Classes that were read for the answer at hand."""

    def asked(self, pattern: Pattern, bound: Bound) -> Asked | None:
        """The answer that a call asks for; ``None`` if it may be anything."""
        self._read = 0
        for name in pattern.answer:
            value = self.arguments.value(bound, name)
            found = None if value is None else self._of(value)
            if found is not None:
                return found
        return self._forced(pattern, bound) or self._of_client(bound)

    def texts(self, pattern: Pattern, bound: Bound) -> tuple[SiteKey, ...]:
        """The units that describe the answer, where a schema or a class does."""
        values = [self.arguments.value(bound, name) for name in pattern.answer]
        for value in (*values, self.arguments.of_client(bound, BOUND_TO_CLIENT)):
            found = () if value is None else tuple(dict.fromkeys(self._texts(value)))
            if found:
                return found
        return ()

    def _texts(self, value: Value) -> Iterator[SiteKey]:
        match value:
            case ClassValue():
                yield from texts_of_class(value, self.evaluator)
            case Entries():
                yield from texts_of_tools(value, self.evaluator)
                if (inner := written.inner(value)) is not None:
                    yield from self._texts(inner)
            case Choice() | Items():
                for each in value.values:
                    yield from self._texts(each)
            case Made() if (owner := described_by(value, self.evaluator)) is not None:
                yield from texts_of_class(owner, self.evaluator)
            case Made() if (taken := self._taken(value)) is not None:
                yield from self._texts(taken)
            case Made():
                yield from Schemas(self.evaluator, Definitions()).describing(value)

    def effort(self, pattern: Pattern, bound: Bound) -> str:
        """How much the model is to think before it, in the SDK's own word or number; ``""`` if nothing tells."""
        values = (self.arguments.value(bound, name) for name in pattern.effort)
        return next((word for value in values if value is not None and (word := _word(value))), "")

    def _of(self, value: Value) -> Asked | None:
        """The answer that a value describes."""
        shape, name = self._shape(value), self._name(value)
        return None if shape is None or isinstance(shape, Anything) else Asked(shape, name)

    def _shape(self, value: Value) -> Shape | None:
        match value:
            case ClassValue():
                return self._class(value)
            case Entries():
                schema = written.schema_in(value)
                if schema is not None:
                    return written.shape_of(schema)
                inner = written.inner(value)
                return None if inner is None else self._shape(inner)
            case Choice():
                return next((found for each in value.values if (found := self._shape(each))), None)
            case Made():
                return self._made(value)
        return None

    def _made(self, made: Made) -> Shape | None:
        owner = described_by(made, self.evaluator)
        if owner is not None:
            return self._class(owner)
        taken = self._taken(made)
        return built.shape_of(made, self.evaluator) if taken is None else self._shape(taken)

    def _taken(self, made: Made) -> Value | None:
        """The class or schema that a call makes a response format of."""
        last = getattr(made.callee, "name", "").rpartition(".")[2]
        if last not in TAKES_CLASS or not made.call.arguments:
            return None
        return self.evaluator.evaluate(made.call.arguments[0].value, made.path, made.given)

    def _name(self, value: Value) -> str:
        match value:
            case ClassValue():
                return plain(value.definition.name)
            case Entries():
                return written.name_in(value)
            case Made() if (owner := described_by(value, self.evaluator)) is not None:
                return plain(owner.definition.name)
        return ""

    # --- classes ------------------------------------------------------------------------------------

    def _class(self, value: ClassValue) -> Shape:
        """A class by the fields that it and the classes it is derived from declare; an enumeration's members."""
        key = (value.path, value.definition.name)
        self._read += 1
        if key in self._open or len(self._open) > MOST_CLASSES or self._read > MOST_READ:
            return Anything()
        self._open.add(key)
        try:
            if any(base.rpartition(".")[2].endswith("Enum") for base in value.definition.bases):
                options = [types.option(each.value) for each in value.definition.fields]
                return Options(tuple(each for each in options if each is not None))
            return types.object_of(tuple(dict(self._fields(value)).items()))
        finally:
            self._open.discard(key)

    def _fields(self, value: ClassValue) -> Iterator[tuple[str, Shape]]:
        for base in self.evaluator.bases(value):
            if (base.path, base.definition.name) not in self._open:
                yield from self._fields(base)
        for each in value.definition.fields:
            if each.annotation and not each.name.startswith("_") and "ClassVar" not in each.annotation:
                yield (
                    each.name,
                    types.shape_of(each.annotation, each.value, lambda name: self._resolved(name, value)),
                )

    def _resolved(self, name: str, around: ClassValue) -> Shape | None:
        scope = plain(around.definition.name).rpartition(".")[0]
        found = self.evaluator.lookup(name, scope, around.definition.end, around.path)
        return self._class(found) if isinstance(found, ClassValue) else None

    # --- tools and clients --------------------------------------------------------------------------

    def _forced(self, pattern: Pattern, bound: Bound) -> Asked | None:
        """The arguments of the tool that a call forces the model to use, or of one of them."""
        choices = (self.arguments.value(bound, name) for name in CHOICES)
        choice = next((each for each in choices if each is not None and is_forced(each)), None)
        tools = [self.arguments.value(bound, name) for name in pattern.toolsets] if choice is not None else []
        listed = next((each.values for each in tools if isinstance(each, Items)), ())
        wanted = "" if choice is None else written.name_in(choice)
        found = [self._of(each) for each in listed if wanted in ("", self._name(each))]
        known = [each for each in found if each is not None]
        if not known or len(known) < len(found):
            return None
        names = ", ".join(each.name for each in known)
        shapes = tuple(each.shape for each in known)
        return Asked(shapes[0] if len(shapes) == 1 else Either(shapes), f"tool {names}", of_tool=True)

    def _of_client(self, bound: Bound) -> Asked | None:
        """The answer that the client was made to give."""
        value = self.arguments.of_client(bound, BOUND_TO_CLIENT)
        return None if value is None else self._of(value)


def _word(value: Value) -> str:
    """A word or a whole number as written, ``""`` for anything else."""
    if isinstance(value, Number) and isinstance(value.value, int) and not isinstance(value.value, bool):
        return str(value.value)
    return literal(value) or ""
