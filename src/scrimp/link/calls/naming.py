"""The models of calls whose name comes in by a parameter: those that the callers around them give."""

from __future__ import annotations

from msgspec import Struct, field
from msgspec.structs import replace

from scrimp.link.calls.arguments import Arguments, Bound
from scrimp.link.calls.callers import MOST_WRAPPERS, Callers, Ways
from scrimp.link.calls.models import Models, together
from scrimp.link.calls.once import Once
from scrimp.link.calls.sending import Match, Named, Parameter, Sending, Site
from scrimp.link.calls.wires import bodies_of
from scrimp.link.evaluation.choices import choice
from scrimp.link.values import Environment, Value


class Naming(Struct, frozen=True):
    """Tells which models calls name."""

    arguments: Arguments
    models: Models
    callers: Callers
    _read: Once[Named] = field(default_factory=Once)
    """What calls name where something is given to parameters."""

    def values(self, match: Match, bound: Bound) -> list[Value]:
        """What names the model of a call: its own arguments, then what made its receiver."""
        values = (self.arguments.value(bound, name) for name in match.pattern.models)
        made = choice([match.client, *match.others]) if match.client is not None else None
        return [value for value in (*values, made) if value is not None]

    def named(self, sending: Sending) -> Sending:
        """A sending with the models that callers give, where a parameter of theirs brings it."""
        if not sending.models.parameters:
            return sending
        models = self._through(sending, sending.callers, sending.models, frozenset(), Ways())
        return replace(sending, models=models)

    def _through(
        self, sending: Sending, chain: tuple[Site, ...], own: Named, inner: frozenset[Parameter], ways: Ways
    ) -> Named:
        """The models that a call may be sent to through some callers, by all of those around them.

        ``inner`` are the parameters by which what the callers so far give comes in. Where none of them gives any model,
        what the code names for that case (a default) holds, if it names any.
        """
        functions = sorted({(path, function) for path, function, _ in own.parameters})
        outer = [
            (*chain, caller)
            for each in functions
            for caller in self.callers.of(*each, sending.sink, chain)
            if self.callers.concerns(caller, sending.sink)
        ]
        if not outer or len(chain) >= MOST_WRAPPERS or not ways.take():
            return replace(own, parameters=frozenset(), is_open=own.is_open or not own.names)
        wanted = inner | own.parameters
        found = []
        for each in outer:
            named = self._where(sending, self._only(wanted, self.callers.given(each)))
            found.append(self._through(sending, each, named, wanted, ways) if named.parameters else named)
        return together(found)

    def _only(self, wanted: frozenset[Parameter], given: Environment) -> Environment:
        """What is given to some parameters alone: many callers give the same to these."""
        return self.arguments.evaluator.course.environments.same(
            {each: given[each] for each in sorted(wanted) if each in given}
        )

    def _where(self, sending: Sending, given: Environment) -> Named:
        """What a call names where this is given to parameters, which is read once."""
        match, sink = sending.match, sending.sink

        def read() -> Named:
            bound = Bound(sink.call.call, sink.path, given, match.client, bodies_of(match.pattern))
            return self.models.among(self.values(match, bound), given)

        return self._read.of((sink.call, match.pattern, given), read)
