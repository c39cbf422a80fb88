"""Text of tools and schemas: what a model is told of the functions it may call and of the answers it may give.

Counted only where a framework or a provider would send it: descriptions of tool classes and tool objects, schemas
written out as dictionaries, and classes that a call names as its output. What a tool answers is text for the model
too, where it tells it what to do next.
"""

from __future__ import annotations

import re
from collections.abc import Container, Iterable, Iterator
from functools import cache

from msgspec import Struct, field

from scrimp.link.calls.toolset import texts_of_tools
from scrimp.link.class_texts import field_texts, own_texts
from scrimp.link.decorators import described
from scrimp.link.definitions import Definitions
from scrimp.link.evaluation import Evaluator
from scrimp.link.evaluation.inlined import top_units
from scrimp.link.given import Given
from scrimp.link.index import Index
from scrimp.link.reflected import reflected
from scrimp.link.schemas import Schemas
from scrimp.link.symbols import Module, plain
from scrimp.link.tool_answers import EXECUTED, advises
from scrimp.link.tool_signs import Signs, makes_tool
from scrimp.link.units import Scopes
from scrimp.link.values import ClassValue, FunctionValue, SiteKey
from scrimp.link.written_schemas import WrittenSchemas
from scrimp.model.algebra import Call
from scrimp.model.facts import CallSite, Site

DESCRIPTION = "description"
"""The keyword of what a tool says of itself."""
TOOL_BASE = re.compile(
    r"(?:^|[a-z_.])(?:Tool|ToolSpec|FunctionTool|Toolkit)$|^Tool$|(?:^|\.)Base(?:Tool|Action|Skill)$"
)
"""Bases of classes that are tools: ``Tool``, ``BaseTool``, ``StructuredTool`` …"""
TOOL_ANNOTATION = re.compile(
    r"(?:^|\.)(?:Tool|P|ToolParam|ToolMemoryId|Description|KernelFunction|McpServerTool)$"
)
"""Annotations of such a function and its parameters whose text is sent, in Java and C#."""


class ToolText(Struct, frozen=True):
    """A unit of a tool or a schema. ``kind`` is ``tool`` or, for what a tool answers, ``partial``."""

    unit: SiteKey
    kind: str
    evidence: str


class Tools(Struct):
    """Finds text of tools; ``given`` is what the calls of the tree are given."""

    evaluator: Evaluator
    index: Index
    given: Given
    definitions: Definitions = field(default_factory=Definitions)
    """Where the tools and schemas are defined, once all is found."""

    def find(self) -> Iterator[ToolText]:
        """All text of tools and schemas."""
        written = WrittenSchemas(self.evaluator, self.definitions)
        calls = self.evaluator.symbols.calls
        describing = calls.by_path(calls.giving.get(DESCRIPTION, ()))
        yield from self._given()
        for path, module in self.evaluator.symbols.modules.items():
            scopes, signs = self.index.scopes[path], self.index.signs[path]
            for key, what in written.find(module):
                yield ToolText(key, "tool", what)
            for name, definition in module.classes.items():
                if name in signs.agents:
                    yield from self._agent_class(scopes, name)
                if self.is_tool(value := ClassValue(path, definition)):
                    self.definitions.add_class(value)
                    yield from self._tool_class(scopes, name)
                    for key, method in reflected(self.evaluator, value):
                        yield ToolText(key, "tool", f"docstring of {method}, which its class reads")
            for unit in signs.described:
                yield ToolText(unit.key, "tool", f"description of {unit.first.callees[0]}")
            yield from self._decorated(module, scopes, signs)
            yield from self._made(module, describing.get(path, ()), written)
        for key, what in Schemas(self.evaluator, self.definitions).find():
            yield ToolText(key, "tool", f"description in a {what}")

    # --- classes ------------------------------------------------------------------------------------

    def is_tool(self, value: ClassValue) -> bool:
        """Whether a class, or one it is derived from, has a base named as tools are."""
        seen: set[tuple[str, str]] = set()
        waiting = [value]
        while waiting:
            current = waiting.pop()
            key = (current.path, current.definition.name)
            if key in seen:
                continue
            seen.add(key)
            if any(map(_is_tool_base, current.definition.bases)):
                return True
            waiting += self.evaluator.bases(current)
        return False

    def _tool_class(self, scopes: Scopes, name: str) -> Iterator[ToolText]:
        evidence = f"tool class {name}"
        for unit in scopes.get(name, []):
            if _describes(unit.first):
                yield ToolText(unit.key, "tool", evidence)
        for scope, units in scopes.items():
            if not scope.startswith(name + "."):
                continue
            method = scope.removeprefix(name + ".").partition(".")[0]
            for unit in units:
                if method == "__init__" and _describes(unit.first):
                    yield ToolText(unit.key, "tool", evidence)
                elif method != "__init__" and advises(unit, method):
                    yield ToolText(unit.key, "partial", f"answer of {evidence}")

    def _agent_class(self, scopes: Scopes, name: str) -> Iterator[ToolText]:
        for scope in (name, f"{name}.__init__"):
            for unit in scopes.get(scope, []):
                if _describes(unit.first) and unit.first.holder in ("assignment", "default"):
                    yield ToolText(unit.key, "partial", f"description of agent class {name}")

    def _given(self) -> Iterator[ToolText]:
        """What classes and functions that calls are given say of themselves."""
        given = self.given
        for part, whole in given.parts():
            self.definitions.add_part(part, whole)
        for value in self._classes(given.classes):
            self.definitions.add_class(value)
            name = plain(value.definition.name)
            told = field_texts if (value.path, name) in given.inherited else own_texts
            for key in told(value, self.evaluator):
                yield ToolText(key, "tool", f"output class {name}")
        for (path, name), tool in given.functions.items():
            if any(described(tool.function)):
                continue
            for unit in self.index.scopes.get(path, {}).get(plain(name), []):
                if unit.first.holder == "docstring":
                    yield ToolText(unit.key, "tool", f"docstring of {name}, given as a tool")
                elif advises(unit, "run"):
                    yield ToolText(unit.key, "partial", f"answer of tool {name}")

    def _classes(self, names: Container[tuple[str, str]]) -> Iterator[ClassValue]:
        """All classes of some names: a file may define one again and again, for one call each."""
        for path, module in self.evaluator.symbols.modules.items():
            for each in module.facts.classes:
                if (path, plain(each.name)) in names:
                    yield ClassValue(path, each)

    # --- objects ------------------------------------------------------------------------------------

    def _made(
        self,
        module: Module,
        sites: Iterable[CallSite],
        written: WrittenSchemas,
    ) -> Iterator[ToolText]:
        """The descriptions of tools that calls make, wherever these come from, and what the tools answer."""
        told = [
            (site, each.value) for site in sites for each in site.call.arguments if each.name == DESCRIPTION
        ]
        for site, description in told:
            schema = written.taken(module.path, site)
            if schema is None and not makes_tool(site.callee):
                continue
            self.definitions.add_expression(module, site.call)
            for key in top_units(self.evaluator.evaluate(description, module.path)):
                yield ToolText(key, "tool", f"description of {site.callee}")
            if schema is not None:
                for key in texts_of_tools(schema, self.evaluator):
                    yield ToolText(key, "tool", f"description in a schema of {site.callee}")
            yield from self._executed(module.path, site)

    def _executed(self, path: str, site: CallSite) -> Iterator[ToolText]:
        """What the function that a tool runs answers."""
        for argument in site.call.arguments:
            if argument.name not in EXECUTED:
                continue
            run = self.evaluator.evaluate(argument.value, path)
            if isinstance(run, FunctionValue):
                for unit in self.index.scopes.get(run.path, {}).get(plain(run.function.name), []):
                    if advises(unit, "run"):
                        yield ToolText(unit.key, "partial", f"answer of a tool that {site.callee} makes")

    # --- functions ----------------------------------------------------------------------------------

    def _decorated(self, module: Module, scopes: Scopes, signs: Signs) -> Iterator[ToolText]:
        """What functions decorated as tools say: their docstring, and answers that say what to do next."""
        for name, function, decorator in signs.decorated:
            start = min(
                (each.start for each in function.decorators if isinstance(each, Call)), default=function.start
            )
            self.definitions.add(module.path, min(start, function.start), function.end, plain(name))
            told = list(described(function))
            for argument in told:
                for key in top_units(self.evaluator.evaluate(argument.value, module.path)):
                    yield ToolText(key, "tool", f"description of a function decorated with {decorator}")
            for unit in scopes.get(name, []):
                if unit.first.callees and TOOL_ANNOTATION.search(unit.first.callees[-1]):
                    yield ToolText(unit.key, "tool", f"annotation {unit.first.callees[-1]}")
                elif unit.first.holder == "docstring":
                    if not told:
                        what = f"docstring of a function decorated with {decorator}"
                        yield ToolText(unit.key, "tool", what)
                elif advises(unit, "run"):
                    yield ToolText(unit.key, "partial", f"answer of tool {name}")


@cache
def _is_tool_base(name: str) -> bool:
    """Whether a base is named as those of tools are; a tree derives many classes of few."""
    return TOOL_BASE.search(name) is not None


def _describes(site: Site) -> bool:
    """Whether a site is a description of a tool's class: its own, or one of its inputs."""
    named = site.name.lower()
    return named == "description" or named.endswith("_description") or site.keys[:1] == ("description",)
