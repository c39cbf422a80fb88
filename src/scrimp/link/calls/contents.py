"""What the text arguments of a call hold, by their shape: texts, messages, blocks, and objects made of them."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct
from msgspec.structs import replace

from scrimp.link.calls.arguments import Arguments, Bound
from scrimp.link.calls.caching import BREAKPOINTS, breakpoints
from scrimp.link.calls.filling import Filling
from scrimp.link.calls.sending import Fed, Part, Sent, one_of, together
from scrimp.link.calls.speakers import ROLES, role_in, role_of_class
from scrimp.link.evaluation import Evaluator
from scrimp.link.evaluation.converting import CONTENTS, CONVERTER
from scrimp.link.evaluation.fillers import fillers
from scrimp.link.evaluation.inlined import arranged
from scrimp.link.values import (
    Choice,
    ClassValue,
    Entries,
    FunctionValue,
    Hole,
    Instance,
    Items,
    Made,
    Number,
    Outside,
    SiteKey,
    Value,
    Written,
    has_text,
    literal,
)
from scrimp.model.algebra import Call
from scrimp.model.arrangement import Together
from scrimp.model.segments import InlineSegment, Segment, TextSegment
from scrimp.readers.sdks import Pattern, TextArgument

NOTHING = Number(None)
MOST_NESTED = 12  # lists, objects and alternatives within one another


class Contents(Struct, frozen=True):
    """Reads the contents of arguments."""

    evaluator: Evaluator
    arguments: Arguments

    @property
    def filling(self) -> Filling:
        """What finds the texts that go into templates."""
        return Filling(self.evaluator)

    def sent(self, pattern: Pattern, bound: Bound, around: str = "user") -> Sent:
        """What all text arguments of a call hold; ``around`` is the role of what holds the call."""
        sent = Sent()
        for text in pattern.texts:
            for value in self._values(text, bound):
                sent = sent.plus(
                    self.shaped(value, text, self._speaker(pattern, bound) or text.role or around)
                )
        if not sent.together.sends_messages:
            sent = together((sent, *(_written(each, "user") for each in self.arguments.brought(bound))))
        return sent

    def _values(self, text: TextArgument, bound: Bound) -> Iterator[Value]:
        """The values of the arguments that hold a text."""
        if text.of != "argument":
            return
        value = self.arguments.value(bound, text.argument, text.position)
        if value is not None:
            yield value
        behind = range(text.position + 1, len(bound.call.arguments)) if text.rest else ()
        for place in behind:
            more = self.arguments.value(bound, str(place), place)
            if more is not None:
                yield more

    def _speaker(self, pattern: Pattern, bound: Bound) -> str:
        value = self.arguments.value(bound, pattern.speaker) if pattern.speaker else None
        return "" if value is None else role_in(value)

    def shaped(self, value: Value, text: TextArgument, role: str) -> Sent:
        """What an argument holds, by its shape."""
        if text.shape == "messages":
            return self.messages(value, role)
        return self.content(value, role)

    def messages(self, value: Value, role: str, depth: int = MOST_NESTED) -> Sent:
        """A list of messages, or one."""
        if not depth:
            return Sent(holes=1)
        match value:
            case Items():
                opened = Sent(holes=1) if value.open else Sent()
                return together((opened, *(self._message(each, role, depth - 1) for each in value.values)))
            case Choice():
                return one_of(self.messages(each, role, depth - 1) for each in value.values)
        return self._message(value, role, depth)

    def _message(self, value: Value, role: str, depth: int) -> Sent:
        if not depth:
            return Sent(holes=1)
        match value:
            case Entries():
                return self._dictionary(value, role)
            case Items(values=(first, second)) if (name := literal(first)) in ROLES:
                return self.content(second, ROLES[name or ""])
            case Items():
                return self.messages(value, role, depth - 1)
            case Choice():
                return one_of(self._message(each, role, depth - 1) for each in value.values)
            case Made(callee=FunctionValue(), attributes=()):  # what a function of the tree makes of others
                got = value.call.arguments[0].value
                return self.messages(self.evaluator.evaluate(got, value.path, value.given), role, depth - 1)
        return self.content(value, role)

    def _dictionary(self, value: Entries, role: str) -> Sent:
        told = value.values.get("role")
        own = (told and role_in(told)) or role
        content = next((value.values[key] for key in CONTENTS if key in value.values), None)
        if content is None and "messages" in value.values:
            return self.messages(value.values["messages"], role)
        found = Sent(holes=1) if content is None else self.content(content, own)
        return _marked(found, value)

    def content(self, value: Value, role: str, depth: int = MOST_NESTED) -> Sent:
        """One message's content: a text, or a list of blocks with a text each."""
        match value:
            case _ if not depth:
                return Sent(holes=1)
            case Entries():
                return self._block(value, role, depth).within(1)
            case Items() if not all(isinstance(each, Written | Hole) for each in value.values):
                blocks = together(self._block(each, role, depth) for each in value.values)
                return blocks.within(1)
            case Choice():
                return one_of(self.content(each, role, depth - 1) for each in value.values).within(1)
            case Made():
                return self._made(value, role, depth)
            case Instance() if value.call is not None:
                name = value.of.definition.name
                return self._object(name, Bound(value.call, value.path, value.given), role, depth)
            case ClassValue():
                return self.declared(value) or Sent(holes=1, messages=1)
            case FunctionValue():  # a callable that gives the text
                returned = [
                    self.evaluator.evaluate(each.expression, value.path) for each in value.function.returns
                ]
                return one_of(self.content(each, role, depth - 1) for each in returned).within(1)
        return _written(value, role)

    def _block(self, value: Value, role: str, depth: int) -> Sent:
        """A part of a message's content."""
        if not isinstance(value, Entries):
            return self.content(value, role, depth - 1).within(0)
        content = next((value.values[key] for key in ("text", *CONTENTS) if key in value.values), None)
        if content is None:
            marks = _marked(Sent(), value)
            return marks if marks.markers else Sent(holes=1, details=frozenset(_details(value)))
        return _marked(self.content(content, role, depth - 1).within(0), value)

    def _made(self, value: Made, role: str, depth: int) -> Sent:
        """A message or template object, by what made it; other objects are holes."""
        if value.callee == Outside("|"):
            parts = [
                self.evaluator.evaluate(each.value, value.path, value.given) for each in value.call.arguments
            ]
            return together(self.content(each, role, depth - 1) for each in parts if isinstance(each, Made))
        for _, pattern, _ in self.arguments.patterns.of_made(value):
            if pattern.makes in ("message", "template"):
                own = (value.call, value.path, value.given)
                is_method = _is_method(value, pattern)
                bound = Bound(*(value.making if is_method else own))
                filled = (
                    self.filling.of_method(value, role) if is_method and value.origin is not None else Sent()
                )
                return _marked(self.sent(pattern, bound, role), self._given(bound)).plus(filled)
        return self._converted(value, role, depth)

    def _converted(self, value: Made, role: str, depth: int) -> Sent:
        """What an unknown function made: an object, or messages if it is named so and was given some."""
        name = (value.attributes or (getattr(value.callee, "name", ""),))[-1].rpartition(".")[2]
        bound = Bound(value.call, value.path, value.given)
        if name[:1].isupper() and not value.attributes:
            return self._object(name, bound, role, depth)
        if CONVERTER.search(name) and value.call.arguments:
            given = self.arguments.value(bound, "0", 0)
            if isinstance(given, Items | Hole | Choice):
                return self.messages(given, role, depth - 1)
        return Sent(holes=1, messages=1, fed=tuple(Fed(each, role) for each in fillers(value)))

    def _object(self, name: str, bound: Bound, role: str, depth: int) -> Sent:
        """What an object of some class holds, as a dictionary of what it was made with would."""
        given = self._given(bound)
        if (own := name[:1].lower() + name[1:]) in BREAKPOINTS and not given.values.keys() & BREAKPOINTS:
            given = Entries({own: given})
        speaker = role_of_class(name)
        told = given.values.get("role")
        role = (told and role_in(told)) or speaker or role
        if speaker and not given.values.keys() & {*CONTENTS}:  # SystemMessage("…")
            text = self.arguments.value(bound, "0", 0)
            return Sent(holes=1, messages=1) if text is None else self.content(text, role, depth - 1)
        return self._block(given, role, depth).within(1)

    def _given(self, bound: Bound) -> Entries:
        """The keyword arguments of a call."""
        named = [each for each in bound.call.arguments if each.name]
        return Entries(
            {each.name: self.evaluator.evaluate(each.value, bound.path, bound.given) for each in named}
        )

    # --- classes ------------------------------------------------------------------------------------

    def declared(self, value: ClassValue) -> Sent | None:
        """The text of a class that is derived from one of an SDK's; ``None`` if there is no pattern for it."""
        found = self.arguments.patterns.of_base(value)
        if found is None:
            return None
        return together(self._of_class(value, text) for text in found[1].texts)

    def _of_class(self, value: ClassValue, text: TextArgument) -> Sent:
        module = self.evaluator.symbols.modules[value.path]
        definition = value.definition
        match text.of:
            case "docstring" if definition.docstring >= 0:
                return Sent((Part(f"{value.path}:{definition.docstring}", text.role),), messages=1)
            case "attribute":
                found = self.evaluator.attribute(value, text.argument)
                return Sent() if found is None else self.shaped(found, text, text.role)
            case "fields":
                made = [
                    each.expression
                    for each in module.facts.bindings
                    if each.scope == definition.name and isinstance(each.expression, Call)
                ]
                values = [self.arguments.value(Bound(call, value.path), text.argument) for call in made]
                return together(self.shaped(each, text, text.role) for each in values if each is not None)
        return Sent()


def _is_method(value: Made, pattern: Pattern) -> bool:
    """Whether the pattern is of the constructor, and the value what one of the object's methods gave."""
    return bool(value.attributes) and not any(
        ends_in(value.attributes, function) for function in pattern.functions
    )


def ends_in(attributes: tuple[str, ...], function: str) -> bool:
    """Whether a function's last name is the last of some attributes."""
    return attributes[-1] == function.rpartition(".")[2]


def _is_empty(segments: tuple[Segment, ...]) -> bool:
    """Whether segments are known to hold no text at all."""
    return all(
        segment.value == "" if isinstance(segment, TextSegment) else _is_empty(segment.body)
        for segment in segments
        if isinstance(segment, TextSegment) or (isinstance(segment, InlineSegment) and segment.body)
    ) and all(
        isinstance(segment, TextSegment) or (isinstance(segment, InlineSegment) and bool(segment.body))
        for segment in segments
    )


def _details(value: Entries) -> Iterator[str]:
    """How closely an image is to be looked at: ``detail``, beside the image or in what holds its address."""
    for holder in (value, value.values.get("image_url")):
        told = literal(holder.values.get("detail", NOTHING)) if isinstance(holder, Entries) else None
        if told:
            yield told


def _marked(sent: Sent, value: Entries) -> Sent:
    """What a message or a block sends, with the cache markers that it bears, which few do."""
    if next(breakpoints(value, 0), None) is None:
        return sent
    return replace(sent, markers=(*sent.markers, *breakpoints(value, len(sent.parts))))


def _written(value: Value, role: str) -> Sent:
    """A text, or what stands for one."""
    telling = not (isinstance(value, Written) and _is_empty(value.segments))
    units = arranged(value) if telling else Together[SiteKey]()
    pieces = units.put(lambda unit: Together((Part(unit, role),))).pieces
    parameter = value.parameter if isinstance(value, Hole | Instance) else None
    known = frozenset((parameter,)) if parameter is not None else frozenset()
    fed = tuple(Fed(each, role) for each in fillers(value))
    return Sent(pieces, 0 if has_text(value) else 1, 1, known, fed=fed)
