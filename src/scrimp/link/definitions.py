"""What makes up one tool or one schema: the texts that its definition holds are one prompt, as they are sent as one.

A tool is sent with what its parameters are for, a schema with what its fields mean. Definitions are noted where such
texts are found; texts belong to the outermost one around them.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from itertools import takewhile

from msgspec import Struct, field

from scrimp.link.structure import everything
from scrimp.link.symbols import Module, plain
from scrimp.link.units import Unit
from scrimp.link.values import ClassValue, SiteKey
from scrimp.model.algebra import Call, Expression, Template, Text
from scrimp.model.algebra import Mapping as MappingNode

NAME = "name"
"""What tools have their names by, whatever makes them."""
IDENTIFIER = re.compile(r"[A-Za-z_][\w-]{0,63}")


class Extent(Struct, frozen=True, order=True):
    """Where a definition stands in its file, as offsets; ``name`` is its qualified one, ``""`` if it has none."""

    start: int
    end: int
    name: str = ""


class Whole(Struct, frozen=True):
    """The texts that are one prompt, in their order, and the name that they are known by."""

    keys: tuple[SiteKey, ...]
    name: str

    @classmethod
    def of(cls, units: Sequence[Unit], definition: tuple[str, Extent, str] | None) -> Whole:
        """Some texts by the name of their definition, else by what their names have in common."""
        own = definition[1].name if definition is not None else ""
        return cls(tuple(unit.key for unit in units), own or _common([unit.qualified for unit in units]))


class Definitions(Struct):
    """The definitions of the tools and schemas of a tree, by path."""

    _extents: dict[str, set[Extent]] = field(default_factory=dict)
    _wholes: dict[tuple[str, Extent], Extent] = field(default_factory=dict)
    """Of classes that are sent only as a part of another one of their file, that one."""
    _names: dict[str, dict[tuple[int, int], str]] = field(default_factory=dict)
    """What the calls and dictionaries of a file are bound to, by their places."""
    _tops: dict[str, list[Extent]] = field(default_factory=dict)
    """Those of a file that no other one is around, once they are asked for."""

    def add(self, path: str, start: int, end: int, name: str = "") -> Extent:
        """Note a definition."""
        extent = Extent(start, end, name)
        self._extents.setdefault(path, set()).add(extent)
        return extent

    def add_class(self, value: ClassValue) -> Extent:
        """Note a class."""
        definition = value.definition
        return self.add(value.path, definition.start, definition.end, plain(definition.name))

    def add_part(self, value: ClassValue, whole: ClassValue) -> None:
        """Note a class that is sent only as a part of another one of its file."""
        self._wholes[value.path, self.add_class(value)] = self.add_class(whole)

    def add_expression(self, module: Module, expression: Expression, told: str = "") -> None:
        """Note a tool or a schema that is written out, if any text stands in it.

        It is known by the name that it is ``told`` to have or gives itself, else by what it is bound to.
        """
        nodes = (each for each in everything(expression) if isinstance(each, Template))
        sites = [module.facts.sites[each.site] for each in nodes]
        if not sites:
            return
        start, end = min(each.start for each in sites), max(each.end for each in sites)
        if isinstance(expression, Call):
            start, end = expression.start, expression.end
        own = told or named(expression)
        name = f"{plain(sites[0].scope)}.{own}".strip(".") if own else self._bound(module, expression)
        self.add(module.path, start, end, name)

    def _bound(self, module: Module, expression: Expression) -> str:
        """The qualified name of what an expression is bound to, ``""`` if nothing."""
        if module.path not in self._names:
            self._names[module.path] = {
                _place(each.expression): plain(f"{each.scope}.{each.name}".strip("."))
                for each in module.facts.bindings
                if isinstance(each.expression, Call | MappingNode)
            }
        return self._names[module.path].get(_place(expression), "")

    def wholes(
        self, units: Iterable[Unit], members: Mapping[SiteKey, str], unsure: Container[SiteKey]
    ) -> Iterator[Whole]:
        """Texts, those together that are one prompt; ``units`` are in the order of paths and places.

        ``members`` are the template languages of those that may be a part of a tool. Of one definition are one prompt
        those in one language between which no other text stands, but for texts that are ``unsure``.
        """
        run: list[Unit] = []
        of: tuple[str, Extent, str] | None = None
        for unit in units:
            if unit.key not in members and unit.key in unsure:
                yield Whole.of([unit], None)
                continue
            extent = self._around(unit) if unit.key in members else None
            own = None if extent is None else (unit.path, extent, members[unit.key])
            if run and (own is None or own != of):
                yield Whole.of(run, of)
                run = []
            run.append(unit)
            of = own
        if run:
            yield Whole.of(run, of)

    def _around(self, unit: Unit) -> Extent | None:
        """The definition that a text belongs to."""
        found = self._outermost(unit.path, unit.start, unit.end)
        whole = None if found is None else self._wholes.get((unit.path, found))
        return found if whole is None else self._outermost(unit.path, whole.start, whole.end)

    def _outermost(self, path: str, start: int, end: int) -> Extent | None:
        if path not in self._tops:
            self._tops[path] = list(_tops(self._extents.get(path, ())))
        tops = self._tops[path]
        number = bisect_right(tops, start, key=lambda each: each.start) - 1
        return tops[number] if number >= 0 and end <= tops[number].end else None


def named(expression: Expression) -> str:
    """The name that a tool gives itself where it is written out, ``""`` if it gives none."""
    match expression:
        case Call(arguments=arguments):
            return next((spelled(each.value) for each in arguments if each.name == NAME), "")
        case MappingNode(entries=entries):
            return next((spelled(value) for key, value in entries if key == NAME), "")
    return ""


def spelled(expression: Expression) -> str:
    """A text that is written out and may name a tool, else ``""``."""
    match expression:
        case Text(value=text) | Template(body=Text(value=text)) if IDENTIFIER.fullmatch(text):
            return text
    return ""


def _place(expression: Expression) -> tuple[int, int]:
    """What tells a call or a dictionary of a file from the others: a dictionary has no place of its own."""
    return (expression.start, expression.end) if isinstance(expression, Call) else (-1, id(expression))


def _tops(extents: Iterable[Extent]) -> Iterator[Extent]:
    """Those that no other one is around, in their order; of two in one place the one with a name."""
    end = -1
    for each in sorted(extents, key=lambda each: (each.start, -each.end, not each.name)):
        if each.start >= end:
            yield each
            end = each.end


def _common(names: Sequence[str]) -> str:
    """What qualified names have in common, that of the first if that is nothing."""
    parts = [name.split(".") for name in names]
    if len(parts) > 1 and len(set(names)) == 1:
        parts = [each[:-1] for each in parts]
    alike = takewhile(lambda each: len(set(each)) == 1, zip(*parts, strict=False))
    return ".".join(each[0] for each in alike) or names[0]
