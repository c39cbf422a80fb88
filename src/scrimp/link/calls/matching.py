"""Which pattern a call fits: its callee is resolved through imports and constructors; bare names prove little."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from msgspec.structs import replace

from scrimp.link.callees import is_super, last_name
from scrimp.link.calls.arguments import Arguments, Bound
from scrimp.link.calls.looks import Looks
from scrimp.link.calls.patterns import CALLED_ITSELF, Known, Patterns, belongs, ends
from scrimp.link.calls.sending import Match
from scrimp.link.calls.wires import Wires
from scrimp.link.evaluation import Evaluator
from scrimp.link.evaluation.names import class_around
from scrimp.link.values import (
    SELF,
    Choice,
    ClassValue,
    FunctionValue,
    Hole,
    Instance,
    Made,
    Outside,
    Value,
)
from scrimp.model.algebra import Call, Reference
from scrimp.model.facts import CallSite
from scrimp.readers.sdks import Pattern, Sdk

NAMES = re.compile(r"[A-Za-z_][\w.]*")
PIPE = Outside("|")
RAW = frozenset(("with_raw_response", "with_streaming_response"))
"""Attributes of clients that lead to the same methods, with the response as it came."""
MOST_PIPED = 12  # members of one chain


@dataclass(slots=True)
class Matcher:
    """Matches calls with patterns."""

    evaluator: Evaluator
    patterns: Patterns
    arguments: Arguments
    wires: Wires = field(init=False)
    looks: Looks = field(init=False)

    def __post_init__(self) -> None:
        self.wires = Wires(self.evaluator, self.arguments)
        self.looks = Looks(self.evaluator, self.arguments)

    def match(self, site: CallSite, path: str) -> Match | None:
        """The first pattern that a call fits."""
        name = last_name(site.call.function)
        if name == "__init__" and is_super(site.call.function):
            return self._of_super(site, path)
        module = self.evaluator.symbols.modules[path]
        known = self.patterns.calls.get(module.renamed.get(site.callee, name), ())
        if not known:
            return None
        language = module.facts.language
        spoken = [each for each in known if not each[0].languages or language in each[0].languages]
        return self.callee(site.call, spoken, path)

    def callee(self, call: Call, known: list[Known] | tuple[Known, ...], path: str) -> Match | None:
        """The first of some patterns that the callee of a call fits; one that it only looks like comes last."""
        receiver, attributes = self._callee(call, path)
        chain = [each for each in attributes if each not in RAW]
        for fits in (self._fits, self.looks.fits):
            for each in known:
                found = fits(receiver, chain, each, call, path)
                if found is not None and self._has_needs(call, found.pattern, path):
                    return found
        return None

    def _callee(self, call: Call, path: str) -> tuple[Value, list[str]]:
        """What is called. A member of ``self`` that says nothing by itself is asked of the class of the call.

        A base may make what the derived classes use of what these give it (``self.client = self.create_client()``),
        and a method that nothing in the tree defines comes from a base outside.
        """
        function = call.function
        receiver, attributes = self.evaluator.callee(function, path)
        if not isinstance(function, Reference) or not function.name.startswith("self."):
            return receiver, attributes
        around = class_around(self.evaluator.symbols.modules[path], function.scope)
        if around is None or not around.definition.bases or not _is_open(receiver):
            return receiver, attributes
        receiver, attributes = self.evaluator.callee(function, path, {SELF: around})
        member = function.name.split(".")[1]
        if isinstance(receiver, Hole) and receiver.name == f"self.{member}":
            return Instance(around), [member, *attributes]
        return receiver, attributes

    def called_itself(self, call: Call, path: str) -> Match | None:
        """The pattern of a client that is called like a function."""
        receiver, attributes = self.evaluator.callee(call.function, path)
        value = receiver
        for attribute in attributes:
            value = self.evaluator.member(value, attribute)
        for sdk, pattern, function in self.patterns.calls.get(CALLED_ITSELF, ()):
            for made in _made(value):
                if not made.attributes and self.patterns.makes_client(made, sdk):
                    return Match(sdk, pattern, function, made)
        return None

    def _has_needs(self, call: Call, pattern: Pattern, path: str) -> bool:
        places = {text.argument: text.position for text in pattern.texts}
        if pattern.wire is not None:
            return self.wires.carries(call, path, pattern.wire)
        bound = Bound(call, path)
        return (
            not pattern.needs
            or any(
                self.arguments.value(bound, name, places.get(name, -1)) is not None for name in pattern.needs
            )
            or (
                "." not in pattern.needs[0]
                and any(self.arguments.is_spread(each, path) for each in call.arguments)
            )
        )

    # --- receivers ----------------------------------------------------------------------------------

    def _fits(
        self, receiver: Value, attributes: list[str], known: Known, call: Call, path: str
    ) -> Match | None:
        sdk, pattern, function = known
        chain = ".".join(attributes)
        match receiver:
            case Outside():
                return (
                    Match(*known) if self._is_named(".".join((receiver.name, *attributes)), known) else None
                )
            case ClassValue() | FunctionValue():
                fits = self._is_own(receiver, chain, known)
                return Match(*known) if fits else None
            case Made(callee=callee) if callee == PIPE or "pipe" in receiver.attributes:
                return self._piped(receiver, chain, known)
            case Made():
                whole = ".".join((*receiver.attributes, *attributes))
                fits = (
                    pattern.on == "client"
                    and ends(whole, function)
                    and self.patterns.makes_client(receiver, sdk)
                )
                return Match(*known, receiver) if fits else None
            case Choice():
                matches = (self._fits(each, attributes, known, call, path) for each in receiver.values)
                fitting = [each for each in matches if each is not None]
                made = tuple(each.client for each in fitting[1:] if each.client is not None)
                return replace(fitting[0], others=made) if fitting else None
            case Hole() | Instance():
                fits = ends(chain, function) and self._is_typed(receiver, sdk, pattern)
                return Match(*known) if fits else None
        return None

    def _is_named(self, name: str, known: Known) -> bool:
        """Whether a full dotted name is a function of the SDK: of one of its modules, or of a client class."""
        sdk, pattern, function = known
        if name in sdk.modules or name.removesuffix(".default") in sdk.modules:
            return True  # a module that is called itself, or a function that needs no import
        if not belongs(name, sdk) or not name.endswith("." + function):
            return False
        if pattern.on == "module":
            return True
        above = name.removesuffix("." + function)
        tail = ".".join(above.split(".")[-2:])
        return above.removesuffix(".default") in sdk.modules or bool(
            self.patterns.clients[sdk.sdk] & {tail, above.rpartition(".")[2]}
        )

    def _is_own(self, value: ClassValue | FunctionValue, chain: str, known: Known) -> bool:
        """Whether something of the tree is of the SDK: its own, or derived from what it offers."""
        sdk, pattern, function = known
        if pattern.on != "module":
            return False
        if isinstance(value, ClassValue) and not chain and self._initialises_itself(value, sdk):
            return False  # what it hands on to its base is found there
        return any(
            ends(f"{name}.{chain}" if chain else name, function) for name in self.patterns.names(value, sdk)
        )

    def _initialises_itself(self, value: ClassValue, sdk: Sdk) -> bool:
        module = self.evaluator.symbols.modules[value.path]
        owned = any(belongs(name, sdk) for name in _own_names(value, self.patterns, sdk))
        return f"{value.definition.name}.__init__" in module.functions and not owned

    def _piped(self, receiver: Made, chain: str, known: Known) -> Match | None:
        """A chain of templates and a model: sent by the model's client, or by what the SDK's templates make likely."""
        sdk, pattern, function = known
        if pattern.on != "client" or not ends(chain or function, function):
            return None
        members = [each for value in self._members(receiver) for each in _made(value)]
        if receiver.callee != PIPE and not ends(".".join((*receiver.attributes, chain)), function):
            return None
        client = next((each for each in members if self.patterns.makes_client(each, sdk)), None)
        templates = tuple(
            each
            for each in members
            if any(p.makes == "template" and s is sdk for s, p, _ in self.patterns.of_made(each))
        )
        if client is None and not templates:
            return None
        return Match(*known, client, templates)

    def _members(self, receiver: Made, depth: int = MOST_PIPED) -> Iterator[Value]:
        """What a chain consists of."""
        if receiver.callee != PIPE:  # prompt.pipe(model): the object itself, then what its method got
            call, path, given = receiver.making
            yield Made(receiver.callee, (), call, path, receiver.scope, None, given)
        for argument in receiver.call.arguments:
            value = self.evaluator.evaluate(argument.value, receiver.path, receiver.given)
            if isinstance(value, Made) and value.callee == PIPE and depth:
                yield from self._members(value, depth - 1)
            else:
                yield value

    def _is_typed(self, receiver: Hole | Instance, sdk: Sdk, pattern: Pattern) -> bool:
        """Whether a receiver is an object of a client's class: derived from one, or a parameter annotated so."""
        if pattern.on != "client":
            return False
        wanted = self.patterns.clients[sdk.sdk]
        if isinstance(receiver, Instance) and self._is_client(receiver, sdk, wanted):
            return True
        if receiver.parameter is None:
            return False
        path, scope, name = receiver.parameter
        function = self.evaluator.symbols.modules[path].functions.get(scope)
        annotation = (
            next((each.annotation for each in function.parameters if each.name == name), "")
            if function
            else ""
        )
        return any(
            self._is_client(self.evaluator.lookup(written, "", 0, path), sdk, wanted)
            for written in NAMES.findall(annotation)
        )

    def _is_client(self, value: Value, sdk: Sdk, wanted: frozenset[str]) -> bool:
        return any(
            wanted & {name.rpartition(".")[2], ".".join(name.split(".")[-2:])}
            for name in self.patterns.names(value, sdk)
        )

    def _of_super(self, site: CallSite, path: str) -> Match | None:
        """``super().__init__(…)`` in a class derived from one of an SDK: that class's constructor."""
        module = self.evaluator.symbols.modules[path]
        scope = site.scope
        while scope and scope not in module.classes:
            scope = scope.rpartition(".")[0]
        if not scope:
            return None
        definition = module.classes[scope]
        outer = definition.name.rpartition(".")[0]
        for base in definition.bases:
            value = self.evaluator.lookup(base, outer, definition.start, path)
            if isinstance(value, Outside):
                for sdk, pattern, function in self.patterns.calls.get(value.name.rpartition(".")[2], ()):
                    if (
                        pattern.on == "module"
                        and belongs(value.name, sdk)
                        and f".{value.name}".endswith("." + function)
                    ):
                        return Match(sdk, pattern, function)
        return None


def _own_names(value: ClassValue, patterns: Patterns, sdk: Sdk) -> list[str]:
    """The names below an SDK's modules that a class has by its own place in the tree."""
    own = value.definition.name.rpartition(".")[2]
    return [name for name in patterns.names(value, sdk) if name.rpartition(".")[2] == own and sdk.in_tree]


def _is_open(value: Value) -> bool:
    """Whether nothing is known of what a value may be."""
    match value:
        case Choice():
            return all(_is_open(each) for each in value.values)
    return isinstance(value, Hole)


def _made(value: Value) -> Iterator[Made]:
    """The objects that a value may be."""
    match value:
        case Made():
            yield value
        case Choice():
            for each in value.values:
                yield from _made(each)
