"""How a call asks to be served and answered, and what of that may be set by something that can't be read.

``create(messages=…, **options)`` sets no output cap that is to be seen, and may set one all the same: where the code
doesn't decide, nothing is said of what isn't there.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from msgspec import Struct

from scrimp.link.calls.arguments import CLIENT, Arguments, Bound
from scrimp.link.values import (
    Choice,
    Entries,
    Instance,
    Items,
    Made,
    Number,
    Value,
    Written,
    literal,
)
from scrimp.model.prompts import CACHE, MESSAGES, OUTPUT
from scrimp.readers.sdks import Pattern, TextArgument


class Settings(Struct, frozen=True):
    """How a call asks to be served and answered; the fields are those of ``Request``."""

    tier: str = ""
    region: str = ""
    choices: int = 0
    undecided: frozenset[str] = frozenset()


NO_SETTINGS = Settings()


def settings_of(arguments: Arguments, pattern: Pattern, bound: Bound, models: Iterable[Value]) -> Settings:
    """The settings of a call; ``models`` are the values that name its model."""
    reading = _Reading(arguments, bound)
    undecided = set()
    if reading.may_be_set(pattern.output) or any(map(reading.may_cap, models)):
        undecided.add(OUTPUT)
    if reading.may_be_set(pattern.cache):
        undecided.add(CACHE)
    if reading.may_send_more(pattern.texts):
        undecided |= {CACHE, MESSAGES}  # what isn't seen may bear a cache marker
    tier = arguments.value(bound, pattern.tier) if pattern.tier else None
    places = (arguments.value(bound, name) for name in pattern.region)
    return Settings(
        pattern.served or ("" if tier is None else literal(tier) or ""),
        next((word for place in places if place is not None and (word := literal(place))), ""),
        arguments.number(bound, pattern.choices),
        frozenset(undecided),
    )


class _Reading(Struct, frozen=True):
    """Looks for what could set the arguments of one call."""

    arguments: Arguments
    bound: Bound

    def may_be_set(self, names: Sequence[str]) -> bool:
        """Whether one of some arguments has a value that isn't known, or may be there unseen."""
        return not names or any(map(self._may_have, names))

    def may_send_more(self, texts: Sequence[TextArgument]) -> bool:
        """Whether messages or blocks come from outside, rather than a plain text in one."""
        values = (
            self.arguments.value(self.bound, text.argument, text.position)
            for text in texts
            if text.of == "argument" and text.shape != "text"
        )
        return any(self._may_hold_more(value) for value in values if value is not None)

    def _may_hold_more(self, value: Value) -> bool:
        match value:
            case Number() | Written():
                return False
            case Items():
                return value.open or any(map(self._may_hold_more, value.values))
            case Entries():
                lists = (each for each in value.values.values() if isinstance(each, Items))
                return value.open or any(map(self._may_hold_more, lists))
            case Choice():
                return any(map(self._may_hold_more, value.values))
            case Made() if _is_object(value):
                return self._has_open_spread(Bound(*value.making))
        return True

    def may_cap(self, model: Value) -> bool:
        """Whether an object that names the model may carry an output cap of its own."""
        match model:
            case Choice():
                return any(map(self.may_cap, model.values))
            case Made() | Instance():
                return not self.arguments.cap(model) and self._is_open(model)
        return False

    def _may_have(self, name: str) -> bool:
        value = self.arguments.value(self.bound, name)
        if value is not None:
            return not isinstance(value, Number | Written | Entries | Items)
        if name.startswith(CLIENT):
            client = self.bound.client
            inner = None if client is None else _Reading(self.arguments, Bound(*client.making))
            return inner is None or inner._may_have(name.removeprefix(CLIENT))
        above, _, _ = name.rpartition(".")
        while above:
            holder = self.arguments.value(self.bound, above)
            if holder is not None:
                return self._is_open(holder)
            above = above.rpartition(".")[0]
        return self._has_open_spread(self.bound) or any(map(self._is_open, self._bodies()))

    def _bodies(self) -> Iterable[Value]:
        """What holds the arguments, where those aren't the call's own."""
        own = Bound(self.bound.call, self.bound.path, self.bound.given)
        values = (self.arguments.value(own, body) for body in self.bound.bodies if body)
        return (value for value in values if value is not None)

    def _has_open_spread(self, bound: Bound) -> bool:
        """Whether arguments are given together (``**options``) by something of which not all is known."""
        spread = (each for each in bound.call.arguments if self.arguments.is_spread(each, bound.path))
        evaluate = self.arguments.evaluator.evaluate
        return any(self._is_open(evaluate(each.value, bound.path, bound.given)) for each in spread)

    def _is_open(self, value: Value) -> bool:
        """Whether something may have members besides those that are known."""
        match value:
            case Number() | Written():
                return False
            case Entries() | Items():
                return value.open
            case Choice():
                return any(map(self._is_open, value.values))
            case Made():
                return not _is_object(value) or self._has_open_spread(Bound(*value.making))
        return True


def _is_object(value: Made) -> bool:
    """Whether a call made an object of a class, which has what it was given and no more."""
    name = (getattr(value.callee, "name", ""), *value.attributes)[-1]
    return name.rpartition(".")[2][:1].isupper()
