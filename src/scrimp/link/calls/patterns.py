"""The patterns of all SDKs by name, and what in a tree a name of an SDK is."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from functools import cache

from msgspec import Struct, field

from scrimp.link.calls.nameable import Nameable
from scrimp.link.evaluation import Evaluator
from scrimp.link.symbols import dotted_names, plain
from scrimp.link.values import ClassValue, FunctionValue, Instance, Made, Outside, Value, literal
from scrimp.readers.sdks import Pattern, Sdk, spellings

WITH_ARGUMENT = re.compile(r"([\w.]+)\((.*)\)")
CALLED_ITSELF = "__call__"
SOURCE_FOLDERS = ("src", "lib", "python")
MOST_BASES = 8

Known = tuple[Sdk, Pattern, str]
"""A pattern of an SDK with one of its functions."""


class Patterns(Struct):
    """The patterns of some SDKs that something of the tree may fit, by the last name of what they match."""

    evaluator: Evaluator
    calls: dict[str, list[Known]] = field(default_factory=lambda: defaultdict(list))
    decorators: dict[str, list[Known]] = field(default_factory=lambda: defaultdict(list))
    bases: dict[str, list[Known]] = field(default_factory=lambda: defaultdict(list))
    clients: dict[str, frozenset[str]] = field(default_factory=dict)
    """Names of what makes clients, by the name of the SDK."""
    functions: set[str] = field(default_factory=set)
    """The last names of all that the SDKs have called, whether or not the tree can name it."""
    _names: dict[tuple[str, str], tuple[str, ...]] = field(default_factory=dict)

    @classmethod
    def of(cls, evaluator: Evaluator, sdks: Iterable[Sdk]) -> Patterns:
        """The tables of some SDKs."""
        patterns = cls(evaluator)
        nameable = Nameable.of(evaluator.symbols)
        for sdk in sdks:
            made = {
                function
                for each in sdk.patterns
                if each.makes in ("model", "request") and each.on == "module" and each.form == "call"
                for function in each.functions
            }
            known = patterns.clients.get(sdk.sdk, frozenset())  # a project may add to one of ours
            patterns.clients[sdk.sdk] = known | {*sdk.clients, *made}
            for pattern in sdk.patterns:
                table = {"call": patterns.calls, "decorator": patterns.decorators, "base": patterns.bases}[
                    pattern.form
                ]
                may_fit = nameable.may_fit(sdk, pattern)
                for function in pattern.functions:
                    for spelling in spellings(function):
                        last = spelling.rpartition(".")[2]
                        if pattern.form == "call":
                            patterns.functions.add(last)
                        if may_fit:
                            table[last].append((sdk, pattern, spelling))
        return patterns

    def makes_client(self, made: Made, sdk: Sdk) -> bool:
        """Whether a call made a client of an SDK, a class of the tree derived from one included."""
        wanted = self.clients[sdk.sdk]
        for name in self.names(made.callee, sdk):
            tail = ".".join(name.split(".")[-2:])
            if wanted & {tail, name.rpartition(".")[2]}:
                return True
            last = (*name.split("."), *made.attributes)[-1]
            for each in wanted:
                found = WITH_ARGUMENT.fullmatch(each)
                if found is not None and last == found[1] and self._is_given(made, found[2]):
                    return True
        return False

    def _is_given(self, made: Made, text: str) -> bool:
        """Whether a text is among the arguments of the call that made an object."""
        given = (self.evaluator.evaluate(each.value, made.path) for each in made.call.arguments)
        return any(literal(each) == text for each in given)

    def names(self, value: Value, sdk: Sdk) -> Iterator[str]:
        """The dotted names below an SDK's modules that a class or function goes by, its bases' included."""
        match value:
            case Outside(name=name):
                if belongs(name, sdk):
                    yield name
            case ClassValue() | Instance() | FunctionValue():
                for name in self._names_of(value):
                    if belongs(name, sdk) and (sdk.in_tree or "/" not in name):
                        yield name.removeprefix("tree/")

    def _names_of(self, value: ClassValue | Instance | FunctionValue) -> tuple[str, ...]:
        """All dotted names of something in the tree: by its own path (after ``tree/``), and its outside bases'."""
        if isinstance(value, Instance):
            value = value.of
        definition = value.function if isinstance(value, FunctionValue) else value.definition
        key = (value.path, definition.name)
        if key not in self._names:
            self._names[key] = ()  # a class that is derived from itself
            own = [f"tree/{module}.{plain(definition.name)}" for module in _modules(value.path)]
            if isinstance(value, ClassValue):
                for base in self._bases(value):
                    own += (base.name,) if isinstance(base, Outside) else self._names_of(base)
            self._names[key] = tuple(dict.fromkeys(own))
        return self._names[key]

    def _bases(self, value: ClassValue) -> Iterator[Outside | ClassValue]:
        scope = plain(value.definition.name).rpartition(".")[0]
        for base in value.definition.bases[:MOST_BASES]:
            found = self.evaluator.lookup(base, scope, value.definition.start, value.path)
            if isinstance(found, Outside) or (isinstance(found, ClassValue) and found != value):
                yield found

    def of_made(self, made: Made) -> Iterator[Known]:
        """The patterns that the call which made an object fits, without regard to its arguments."""
        callee = made.callee
        last = made.attributes[0] if made.attributes else ""
        if isinstance(callee, Outside):
            last = callee.name.rpartition(".")[2]
        for known in (
            *self.calls.get(last, ()),
            *self.calls.get(made.attributes[-1] if made.attributes else "", ()),
        ):
            sdk, _, function = known
            for name in self.names(callee, sdk):
                if ends(".".join((name, *made.attributes)), function) or ends(name, function):
                    yield known
                    break

    def of_base(self, value: ClassValue) -> tuple[Sdk, Pattern] | None:
        """The pattern for classes derived from a base that a class of the tree has."""
        if not self.bases:  # of no SDK that the tree can name
            return None
        for name in self._names_of(value):
            for sdk, pattern, function in self.bases.get(name.rpartition(".")[2], ()):
                inside = name.startswith("tree/")
                if belongs(name, sdk) and f".{name}".endswith("." + function) and (sdk.in_tree or not inside):
                    return sdk, pattern
        return None


def belongs(name: str, sdk: Sdk) -> bool:
    """Whether a dotted name lies in one of an SDK's modules."""
    name = name.removeprefix("tree/")
    return name in sdk.modules or name.startswith(_beginnings(sdk.modules))


@cache
def _beginnings(modules: tuple[str, ...]) -> tuple[str, ...]:
    """How names below some modules begin."""
    return tuple(f"{module}{mark}" for module in modules for mark in "./")


def ends(chain: str, function: str) -> bool:
    """Whether the attributes that lead to a callee end in a function's name."""
    return chain == function or chain.endswith("." + function)


def _modules(path: str) -> Iterator[str]:
    """The names that the file of a package at the top of the tree is imported by."""
    parts = path.split("/")
    top = 1 if len(parts) > 1 and parts[0] in SOURCE_FOLDERS else 0
    if len(parts) > 3 and parts[0] in ("packages", "libs"):
        top = 3 if parts[2] in SOURCE_FOLDERS else 2
    full = ".".join(parts[top:])
    for name in dotted_names(path):
        if full.startswith(name + ".") and name:
            yield name
