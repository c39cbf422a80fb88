"""Which pattern a call looks like: for receivers of which too little is known to tell what they are."""

from __future__ import annotations

from msgspec import Struct, field

from scrimp.link.callees import receiver_name
from scrimp.link.calls.arguments import CLIENT, Arguments, argument_of
from scrimp.link.calls.patterns import Known, belongs, ends
from scrimp.link.calls.sending import Match
from scrimp.link.evaluation import Evaluator
from scrimp.link.values import Choice, Hole, Instance, Made, Outside, Value
from scrimp.model.algebra import Call
from scrimp.readers.sdks import Pattern, Sdk


class Looks(Struct):
    """Judges calls by their names and arguments."""

    evaluator: Evaluator
    arguments: Arguments
    _imports: dict[tuple[str, str], bool] = field(default_factory=dict)

    def fits(
        self, receiver: Value, attributes: list[str], known: Known, call: Call, path: str
    ) -> Match | None:
        """A match by looks, of a receiver of which too little is known."""
        alternatives = receiver.values if isinstance(receiver, Choice) else (receiver,)
        believed = any(
            isinstance(each, Made | Hole | Instance)
            and self._is_believed(each, attributes, known, call, path)
            for each in alternatives
        )
        return Match(*known) if believed else None

    def _is_believed(
        self, receiver: Value, attributes: list[str], known: Known, call: Call, path: str
    ) -> bool:
        """Whether a call on a receiver that nothing is known of looks enough like one of the SDK."""
        sdk, pattern, function = known
        chain = ".".join(attributes)
        if pattern.on != "client" or not attributes or not ends(chain, function):
            return False
        if pattern.wire is not None:  # what it sends is told by its arguments
            return not _is_of_package(receiver)
        if not self._has_text(call, pattern, path):
            return False
        if pattern.distinctive:
            return True
        if pattern.known_by and all(self.arguments.names(call, name, path) for name in pattern.known_by):
            return True
        if _is_of_package(receiver):
            return False  # an object of another package, or no client of this one
        if not self._imports_sdk(path, sdk):
            return False
        if "." in function:
            return True
        return receiver_name(call.function).lstrip("_").lower() in pattern.receivers

    def _has_text(self, call: Call, pattern: Pattern, path: str) -> bool:
        return (
            any(self.arguments.is_spread(each, path) for each in call.arguments)
            or any(
                argument_of(call, text.argument.partition(".")[0], text.position) is not None
                for text in pattern.texts
                if text.of == "argument" and not text.argument.startswith(CLIENT)
            )
            or any(argument_of(call, name) is not None for name in pattern.remote)
        )

    def _imports_sdk(self, path: str, sdk: Sdk) -> bool:
        key = (path, sdk.sdk)
        if key not in self._imports:
            module = self.evaluator.symbols.modules.get(path)
            self._imports[key] = module is not None and any(
                not each.level and (belongs(f"{each.module}.{each.name}", sdk) or each.name in sdk.modules)
                for each in module.facts.imports
            )
        return self._imports[key]


def _is_of_package(value: Value) -> bool:
    """Whether an object is known to come from some package."""
    return isinstance(value, Made) and isinstance(value.callee, Outside)
