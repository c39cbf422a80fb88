"""Where a file binds its names, and where it hands them on: the statements that following a name leads to."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from operator import attrgetter

from msgspec import Struct

from scrimp.readers.python.expressions import Builder, dotted_text
from scrimp.readers.python.grammar import FIELD
from scrimp.readers.python.index import Index, Unit
from scrimp.readers.python.loops import names_in
from scrimp.readers.python.statements import OWN, bound_name


class Uses(Struct, frozen=True):
    """The units of one file by the names that they bind or hand on."""

    targets: Mapping[str, Mapping[str, list[Unit]]]
    """The units that bind a name, by its scope; any method may set an attribute, so that has no scope."""
    arguments: Mapping[str, list[Unit]]
    """Where something is handed to calls or returned, in order, by the name that an assignment would bind."""

    @classmethod
    def of(cls, index: Index, builder: Builder) -> Uses:
        """All names of a file."""
        return cls(_targets(index, builder), _arguments(index))

    def binding(self, scope: str, name: str) -> Iterable[Unit]:
        """The units that bind what a name means in a scope."""
        if "." in name:  # of others only what they belong to is followed
            scope, name = "", f"self.{name.split('.')[1]}"
        found = self.targets.get(name)
        if found is None:  # most are parameters, imported, or Python's own
            return ()
        while scope and scope not in found:
            scope = scope.rpartition(".")[0]
        return found.get(scope, ())


def sees(scope: str, other: str) -> bool:
    """Whether names of another scope can be used in a scope, as they are or as ``self.x``."""
    return not other or scope == other or scope.startswith(other + ".")


def _targets(index: Index, builder: Builder) -> dict[str, dict[str, list[Unit]]]:
    targets: dict[str, dict[str, list[Unit]]] = {}
    attributes: dict[str, list[int]] = defaultdict(list)
    for name, places in index.targets.items():
        written = name.decode("utf-8", "replace")
        head, _, rest = written.partition(".")
        if rest:  # what belongs to anything else is sought by the name of that
            if head in ("self", "cls"):
                attributes["self." + rest] += places
            continue
        found = targets.setdefault(written, {})
        for unit in index.units_at(places):
            found.setdefault(unit.scope, []).append(unit)
    for written, places in attributes.items():
        targets[written] = {"": index.units_at(sorted(places))}
    for each, unit in _loops(index, builder):
        targets.setdefault(each, {}).setdefault(unit.scope, []).append(unit)
    return targets


def _loops(index: Index, builder: Builder) -> Iterator[tuple[str, Unit]]:
    """The names that loops bind, each with the head of its loop."""
    for pattern in index.loops:
        items = pattern.parent and pattern.parent.child_by_field_id(FIELD.right)
        unit = None if items is None else index.unit_at(items.start_byte)
        if unit is not None:
            yield from ((builder.source(name), unit) for name in names_in(pattern))


def _arguments(index: Index) -> dict[str, list[Unit]]:
    arguments: dict[str, list[Unit]] = defaultdict(list)
    for text, units in index.arguments.items():
        name = dotted_text(text)
        if name is None:
            continue
        if name.startswith(OWN):
            for unit in units:
                arguments[bound_name(name, unit.scope, index)[1]].append(unit)
        else:
            arguments[name] += units
    for units in arguments.values():
        if len(units) > 1:
            units.sort(key=attrgetter("start"))
    return arguments
