"""Text that a declaration gives to an SDK: functions under a decorator, classes derived from one of its classes."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct

from scrimp.link.callees import last_name
from scrimp.link.calls.arguments import Bound
from scrimp.link.calls.contents import Contents
from scrimp.link.calls.matching import Matcher
from scrimp.link.calls.sending import Match, Part, Sent, Site
from scrimp.link.symbols import Module, plain
from scrimp.link.values import ClassValue
from scrimp.model.algebra import Call, Expression, Reference
from scrimp.model.facts import CallSite, Function


class Declared(Struct, frozen=True):
    """Finds declarations."""

    matcher: Matcher
    contents: Contents

    def find(self, path: str, module: Module) -> Iterator[tuple[Match, Site, Sent]]:
        """The decorated functions and derived classes of a file, with what they send."""
        for function in module.facts.functions:
            for decorator in function.decorators:
                found = self._decorated(function, decorator, path)
                if found is not None:
                    yield found
        for definition in module.facts.classes:
            value = ClassValue(path, definition)
            known = self.matcher.patterns.of_base(value) if definition.bases else None
            sent = None if known is None else self.contents.declared(value)
            if known is not None and sent is not None:
                sdk, pattern = known
                call = Call(
                    Reference(definition.name, "", definition.start), (), definition.start, definition.end
                )
                site = CallSite(plain(definition.name), definition.name, call, loop=False)
                yield Match(sdk, pattern, pattern.functions[0]), Site(path, site), sent

    def _decorated(
        self, function: Function, decorator: Expression, path: str
    ) -> tuple[Match, Site, Sent] | None:
        call = decorator if isinstance(decorator, Call) else Call(decorator, (), function.start, function.end)
        known = self.matcher.patterns.decorators.get(last_name(call.function), ())
        match = self.matcher.callee(call, known, path) if known else None
        if match is None:
            return None
        site = CallSite(function.name, last_name(call.function), call, loop=False)
        return match, Site(path, site), self._sent(match, function, call, path)

    def _sent(self, match: Match, function: Function, call: Call, path: str) -> Sent:
        sent = self.contents.sent(match.pattern, Bound(call, path))
        evaluator = self.matcher.evaluator
        for text in match.pattern.texts:
            if text.of == "docstring" and function.docstring >= 0:
                sent = sent.plus(Sent((Part(f"{path}:{function.docstring}", text.role),), messages=1))
            if text.of == "return":
                for each in function.returns:
                    value = evaluator.evaluate(each.expression, path)
                    sent = sent.plus(self.contents.shaped(value, text, text.role))
        return sent
