"""The texts that calls put into the holes of templates."""

from __future__ import annotations

from msgspec import Struct

from scrimp.link.calls.arguments import Bound
from scrimp.link.calls.sending import Part, Sent
from scrimp.link.evaluation import Evaluator
from scrimp.link.evaluation.inlined import outermost_units
from scrimp.link.values import Entries, Made, Value, has_text, literal
from scrimp.model.segments import TextSegment
from scrimp.readers.words import count_words

LEAST_WORDS = 4  # what is put into a hole and has fewer is data


class Filling(Struct, frozen=True):
    """Finds texts that go out within a template."""

    evaluator: Evaluator

    def of_method(self, value: Made, role: str) -> Sent:
        """The texts that a method of a template puts into its holes: ``template.format(rules=RULES)``."""
        given = [
            self.evaluator.evaluate(each.value, value.path, value.given) for each in value.call.arguments
        ]
        inserted = [
            one for each in given for one in (each.values.values() if isinstance(each, Entries) else (each,))
        ]
        units = (unit for each in inserted if has_text(each) for unit in outermost_units(each))
        return Sent(tuple(Part(unit, role) for unit in dict.fromkeys(units)))

    def of_chain(self, templates: Sent, bound: Bound) -> Sent:
        """The texts that the call of a chain gives for its templates' holes: ``chain.invoke({"rules": RULES})``."""
        given: dict[str, Value] = {}
        for argument in bound.call.arguments:
            value = self.evaluator.evaluate(argument.value, bound.path, bound.given)
            given |= {argument.name: value} if argument.name else _entries(value)
        found = (
            Part(unit, self._role_of(name, templates))
            for name, value in given.items()
            if has_text(value) and not _is_datum(value)
            for unit in outermost_units(value)
        )
        return Sent(tuple(dict.fromkeys(found)))

    def _role_of(self, name: str, templates: Sent) -> str:
        """The role of the template with a hole of some name."""
        for part in templates.parts:
            text = self.evaluator.units.get(part.unit, ())
            if any(isinstance(each, TextSegment) and f"{{{name}}}" in each.value for each in text):
                return part.role
        return "user"


def _is_datum(value: Value) -> bool:
    """Whether a text is no more than a name or another datum."""
    text = literal(value)
    return text is not None and count_words(text) < LEAST_WORDS


def _entries(value: Value) -> dict[str, Value]:
    return dict(value.values) if isinstance(value, Entries) else {}
