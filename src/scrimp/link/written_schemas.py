"""Schemas of tools and answers that are written out as dictionaries, and objects that are tools by what they hold."""

from __future__ import annotations

import re
from collections.abc import Iterator

from msgspec import Struct

from scrimp.link.definitions import Definitions
from scrimp.link.evaluation import Evaluator
from scrimp.link.evaluation.inlined import top_units
from scrimp.link.structure import everything, holding
from scrimp.link.symbols import Module
from scrimp.link.values import Entries, FunctionValue, Items, Number, SiteKey, Value, Written
from scrimp.model.algebra import Mapping
from scrimp.model.facts import Binding, CallSite

HTTP_KEYS = frozenset(("operationId", "operationRef", "responses"))
"""Keys of OpenAPI, whose descriptions are of an HTTP interface and not of tools."""
SCHEMA_KEYS = frozenset(("parameters", "input_schema", "inputSchema", "parametersJsonSchema", "json_schema"))
RUNS = "execute"
TAKES = frozenset(("schema", "inputSchema", "parameters", "input_schema", "argsSchema"))
"""Keys of an object that is a tool, beside its description: what it runs, and one of what it takes."""
DESCRIBES = re.compile(r"(?:get)?(?:\w*[Dd]esc(?:ription)?)")
"""Keys of its descriptions, functions included."""
SCHEMA_WORDS = frozenset(("type", "properties", "$ref", "$schema", "anyOf", "oneOf", "allOf", "description"))
OBJECT_WORDS = frozenset(("type", "properties"))
"""What a schema of an object has: by it a call makes a tool, whatever the callee is named."""
PROPERTY_NAMES = re.compile(r"^(?:inputs?|parameters|properties|input_schema|inputSchema|args|arguments)$")


class WrittenSchemas(Struct, frozen=True):
    """Finds what dictionaries tell of tools; ``definitions`` are noted on the way."""

    evaluator: Evaluator
    definitions: Definitions

    def find(self, module: Module) -> Iterator[tuple[SiteKey, str]]:
        """The units that describe what a file's dictionaries are schemas of: functions, answers, or a tool's inputs."""
        for mapping in module.mappings:
            entries = {key for key, _ in mapping.entries if key is not None}
            if entries & HTTP_KEYS:
                continue
            if RUNS in entries and entries & TAKES:
                self.definitions.add_expression(module, mapping)
                yield from self._tool_object(module.path, mapping)
            if {"json_schema", "type"} <= entries or (
                "description" in entries and self._takes_schema(mapping, module.path)
            ):
                self.definitions.add_expression(module, mapping)
                yield from self._descriptions(module.path, mapping, "schema")
        for holder in holding(module.facts):
            if isinstance(holder, Binding) and PROPERTY_NAMES.match(holder.name.rpartition(".")[2]):
                yield from self._properties(holder, module)

    def _properties(self, binding: Binding, module: Module) -> Iterator[tuple[SiteKey, str]]:
        """Descriptions in what a name holds that is one of inputs: a dictionary of what describes each of them."""
        whole = binding.expression
        if not isinstance(whole, Mapping):
            return
        inner = [value for _, value in whole.entries if isinstance(value, Mapping)]
        if inner and all({"type", "description"} <= {key for key, _ in each.entries} for each in inner):
            self.definitions.add_expression(module, whole)
            yield from self._descriptions(module.path, whole, f"inputs {binding.name}")

    def _tool_object(self, path: str, mapping: Mapping) -> Iterator[tuple[SiteKey, str]]:
        """Descriptions of an object that has a schema and runs: texts, or functions that give some."""
        for key, value in mapping.entries:
            if key is None or DESCRIBES.fullmatch(key) is None:
                continue
            found = self.evaluator.evaluate(value, path)
            told = [found]
            if isinstance(found, FunctionValue):
                told = [
                    self.evaluator.evaluate(each.expression, found.path) for each in found.function.returns
                ]
            for unit in (unit for each in told for unit in top_units(each)):
                yield unit, f"{key} of a tool object"

    def _takes_schema(self, mapping: Mapping, path: str) -> bool:
        """Whether a dictionary has a schema under one of the keys of tools; settings go by such keys as well."""
        return any(
            _is_schema(self.evaluator.evaluate(value, path))
            for key, value in mapping.entries
            if key in SCHEMA_KEYS
        )

    def _descriptions(self, path: str, mapping: Mapping, what: str) -> Iterator[tuple[SiteKey, str]]:
        for node in everything(mapping):
            if not isinstance(node, Mapping):
                continue
            for key, value in node.entries:
                if key == "description":
                    for unit in top_units(self.evaluator.evaluate(value, path)):
                        yield unit, f"description in a {what}"

    def taken(self, path: str, site: CallSite) -> Entries | None:
        """The schema of what a tool takes that a call is given beside a description, if it is written out."""
        for each in site.call.arguments:
            if each.name in SCHEMA_KEYS:
                value = self.evaluator.evaluate(each.value, path)
                if isinstance(value, Entries) and value.values.keys() >= OBJECT_WORDS:
                    return value
        return None


def _is_schema(value: Value) -> bool:
    """Whether a value may be a schema: one that is written out has the words of schemas, or members that have."""
    if not isinstance(value, Entries) or not value.values:
        return True
    members = value.values.values()
    inner = [each.values.keys() for each in members if isinstance(each, Entries)]
    return any(SCHEMA_WORDS & keys for keys in (value.values.keys(), *inner)) or any(
        not isinstance(each, Entries | Items | Number | Written) for each in members
    )
