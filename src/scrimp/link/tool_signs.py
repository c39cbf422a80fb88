"""What in a file is named like tools and agents: told from the file alone, before anything is evaluated."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from msgspec import Struct

from scrimp.link.decorators import name_of
from scrimp.link.symbols import Module
from scrimp.link.tool_answers import TOOL_METHODS
from scrimp.link.units import CodeUnit, Scopes
from scrimp.model.algebra import Expression
from scrimp.model.facts import Function, Site

AGENT_CLASS = re.compile(r"(?:Agent|Team|GroupChat|Swarm|Crew|Assistant)$")
"""Classes of agents: what describes them is told to the agents that choose among them."""
TOOL_OBJECT = re.compile(
    r"(?:^|\.)(?:\w*Tool|tool|define_?[Tt]ool|function_tool|FunctionDeclaration|FunctionDefinition|Function|ToolDefinition"
    r"|dynamicTool|createTool|from_function|fromFunction|from_defaults|as_tool|register_tool|ToolParam)$"
)
"""Callees that make a tool; their ``description`` is sent."""
TOOL_DECORATOR = re.compile(
    r"(?:^|\.)(?:tool|function_tool|beta_tool|kernel_function|llm_tool|tool_plain|ai_function|agent_tool|register_tool"
    r"|Tool|KernelFunction|McpServerTool)$"
)
"""Decorators that make a tool of a function; its docstring is sent, or the ``description`` given to it."""
DESCRIBES_OBJECT = (("description",), ("desc",))
"""What the innermost key of a tool's description is."""


class Signs(Struct, frozen=True):
    """The signs of one file.

    ``agents`` are names of classes of agents, ``methods`` the names of classes with the methods that tools have.
    ``decorated`` are functions by their names, with the decorators that make tools of them. ``described`` are the
    descriptions of tools among the texts.
    """

    agents: frozenset[str]
    methods: tuple[tuple[str, tuple[str, ...]], ...]
    decorated: tuple[tuple[str, Function, str], ...]
    described: tuple[CodeUnit, ...]


def signs(module: Module, scopes: Scopes) -> Signs:
    """The signs of a file; ``scopes`` are its texts."""
    return Signs(
        frozenset(filter(AGENT_CLASS.search, module.classes)),
        tuple(_with_methods(module)),
        tuple(_decorated(module)),
        tuple(unit for units in scopes.values() for unit in units if _describes_object(unit.first)),
    )


def _with_methods(module: Module) -> Iterator[tuple[str, tuple[str, ...]]]:
    for name in module.classes:
        methods = tuple(each for each in _METHODS if f"{name}.{each}" in module.functions)
        if methods:
            yield name, methods


def _decorated(module: Module) -> Iterator[tuple[str, Function, str]]:
    for name, function in module.functions.items():
        decorators = (found for each in function.decorators if (found := _decorator(each)))
        decorator = next(decorators, "")
        if decorator:
            yield name, function, decorator


def _decorator(expression: Expression) -> str:
    name = name_of(expression)
    return name if TOOL_DECORATOR.search(name) else ""


def _describes_object(site: Site) -> bool:
    """Whether a site is the description of a tool that the call around it makes."""
    return site.keys[:1] in DESCRIBES_OBJECT and bool(site.callees) and makes_tool(site.callees[0])


@cache
def makes_tool(callee: str) -> bool:
    """Whether a callee makes a tool; a tree calls few functions very often."""
    return TOOL_OBJECT.search(callee) is not None


_METHODS = tuple(sorted(TOOL_METHODS))
