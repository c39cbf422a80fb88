"""Descriptions in schemas that calls build, as those of zod, TypeBox and valibot: ``z.string().describe("…")``.

A schema speaks to a model only where a request, a tool or a parser of answers takes it; elsewhere it checks settings
and forms. So they are found from there: from arguments and keys that only such calls have.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from msgspec import Struct, field

from scrimp.link.definitions import Definitions, named, spelled
from scrimp.link.evaluation import Evaluator
from scrimp.link.evaluation.inlined import top_units
from scrimp.link.symbols import Module
from scrimp.link.values import (
    NOTHING_GIVEN,
    Choice,
    Entries,
    Environment,
    FunctionValue,
    Items,
    Made,
    SiteKey,
    Value,
)
from scrimp.model.algebra import (
    Argument,
    Branch,
    Call,
    Expression,
    Item,
    Mapping,
    Reference,
    Sequence,
    Transform,
)

DESCRIBERS = frozenset(("describe", "description"))
"""Functions and methods whose argument describes a schema: of zod and arktype, and of valibot."""
DESCRIPTION = "description"
OF_MODELS = frozenset(
    (
        *(
            "inputSchema",
            "outputSchema",
            "responseSchema",
            "response_model",
            "responseFormat",
            "response_format",
        ),
        *(
            "input_schema",
            "output_schema",
            "text_format",
            "outputType",
            "structuredOutput",
            "experimental_output",
        ),
    )
)
"""Arguments and keys that only models, tools and agents take schemas by."""
OF_MANY = frozenset(("schema", "parameters"))
"""Those that others take schemas by as well, and what must stand beside them."""
BESIDE_OF_MANY = frozenset(("model", "prompt", "messages", "system", "execute", "description"))
HTTP_KEYS = frozenset(("operationId", "responses", "path", "method", "handler", "tags"))
ELEMENT = "element"
"""The argument of ``Output.array`` that takes the schema of its items."""
TAKES_SCHEMA = re.compile(
    r"(?:^|\.)(?:withStructuredOutput|bindTools|zodResponseFormat|zodTextFormat|zodFunction|zodResponsesFunction"
    r"|fromZodSchema|StructuredOutputParser|zodToJsonSchema|zodOutputFormat|betaZodTool|Output\.object|Output\.array)$"
)
"""Functions that take schemas for models: of LangChain, of OpenAI's and Anthropic's SDKs and of Vercel's."""
MAKES_TOOL = re.compile(
    r"(?:^|\.)(?:tool|dynamicTool|createTool|define_?[Tt]ool|registerTool|addTool|\w*StructuredTool)$"
)
"""Functions that make a tool of a name, a description and a schema."""
MOST_VISITED = 3_000  # expressions of one schema

Place = tuple[Expression, str, Environment]
"""An expression with the path of its file and what is given there."""


class Schemas(Struct):
    """Finds what describes schemas, each unit once."""

    evaluator: Evaluator
    definitions: Definitions
    _seen: set[tuple[str, int, int]] = field(default_factory=set)
    """Calls that were looked into, by path and place: those of a chain start together."""

    def find(self) -> Iterator[tuple[SiteKey, str]]:
        """The units that describe schemas for models, each with what takes the schema."""
        if DESCRIBERS.isdisjoint(self.evaluator.symbols.calls.named):
            return
        for path, module in self.evaluator.symbols.modules.items():
            for root, what, name in _roots(module):
                self.definitions.add_expression(module, root, name)
                for unit in self._descriptions(root, path):
                    yield unit, what

    def describing(self, made: Made) -> Iterator[SiteKey]:
        """The units that describe what a call makes."""
        return self._descriptions(made.call, made.path, made.given)

    def _descriptions(
        self, root: Expression, path: str, given: Environment = NOTHING_GIVEN
    ) -> Iterator[SiteKey]:
        waiting: list[Place] = [(root, path, given)]
        for _ in range(MOST_VISITED):
            if not waiting:
                return
            place = waiting.pop()
            if isinstance(place[0], Call):
                yield from self._told(place[0], *place[1:])
            waiting += self._inner(*place)

    def _told(self, call: Call, path: str, given: Environment) -> Iterator[SiteKey]:
        """What a call itself says of the schema that it makes."""
        describes = _last_name(call.function) in DESCRIBERS
        for number, argument in enumerate(call.arguments):
            if argument.name == DESCRIPTION or (describes and not number and not argument.name):
                yield from top_units(self.evaluator.evaluate(argument.value, path, given))

    def _inner(self, expression: Expression, path: str, given: Environment) -> Iterator[Place]:
        """What a part of a schema consists of, names and functions of the tree followed."""
        match expression:
            case Call():
                yield from self._of_call(expression, path, given)
            case Reference():
                yield from self._of_value(self.evaluator.evaluate(expression, path, given))
            case Item(of=of) | Transform(of=of):
                yield of, path, given
            case Mapping(entries=entries):
                yield from ((value, path, given) for _, value in entries)
            case Sequence(items=parts) | Branch(alternatives=parts):
                yield from ((part, path, given) for part in parts)

    def _of_call(self, call: Call, path: str, given: Environment) -> Iterator[Place]:
        place = (path, call.start, call.end)
        if place in self._seen and not given:
            return
        self._seen.add(place)
        yield from ((argument.value, path, given) for argument in call.arguments)
        match call.function:
            case Item(of=of):
                yield of, path, given
            case Reference(name=name, scope=scope, start=start) if "." in name:
                yield Reference(name.rpartition(".")[0], scope, start), path, given
            case Reference() as function:
                if isinstance(self.evaluator.evaluate(function, path, given), FunctionValue):
                    yield from self._of_value(self.evaluator.evaluate(call, path, given))

    def _of_value(self, value: Value) -> Iterator[Place]:
        match value:
            case Made():
                self.definitions.add_expression(self.evaluator.symbols.modules[value.path], value.call)
                yield value.call, value.path, value.given
            case Items(values=values) | Choice(values=values):
                for each in values:
                    yield from self._of_value(each)
            case Entries(values=entries):
                for each in entries.values():
                    yield from self._of_value(each)


def _roots(module: Module) -> Iterator[tuple[Expression, str, str]]:
    """What a file gives to models and tools as schemas, each with what takes it and the name of its tool, or ``""``."""
    for site in module.facts.calls:
        arguments = site.call.arguments
        if TAKES_SCHEMA.search(site.callee) or MAKES_TOOL.search(site.callee):
            name = named(site.call) or _first(arguments)
            yield from (
                (each.value, f"schema of {site.callee}", name) for each in arguments if _may_be_schema(each)
            )
        by_name = {each.name: each.value for each in arguments if each.name}
        yield from ((value, f"schema {key}", "") for key, value in _schemas_among(by_name))
    for mapping in module.mappings:
        entries = {key: value for key, value in mapping.entries if key is not None}
        yield from ((value, f"schema {key}", "") for key, value in _schemas_among(entries))


def _first(arguments: tuple[Argument, ...]) -> str:
    """The name of a tool that is given in front of all else: ``registerTool("find", {…})``."""
    return spelled(arguments[0].value) if arguments and not arguments[0].name else ""


def _may_be_schema(argument: Argument) -> bool:
    return argument.name in (*OF_MANY, *OF_MODELS, ELEMENT) or (
        not argument.name and isinstance(argument.value, Mapping | Call | Reference)
    )


def _schemas_among(entries: dict[str, Expression]) -> Iterator[tuple[str, Expression]]:
    """The entries that are schemas for models."""
    if entries.keys() & HTTP_KEYS:
        return
    beside = bool(entries.keys() & BESIDE_OF_MANY)
    for key, value in entries.items():
        if key in OF_MODELS or (key in OF_MANY and beside):
            yield key, value


def _last_name(function: Expression) -> str:
    match function:
        case Item(key=key):
            return str(key)
        case Reference(name=name):
            return name.rpartition(".")[2]
    return ""
