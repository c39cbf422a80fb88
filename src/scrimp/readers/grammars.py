"""The grammars that code and data are parsed by, out of the wheels that hold them."""

from __future__ import annotations

from functools import cache
from importlib import import_module
from importlib.machinery import PathFinder
from importlib.util import find_spec, module_from_spec
from types import ModuleType

from tree_sitter import Language


@cache
def load_grammar(package: str, function: str = "language") -> Language:
    """The grammar that a function of a wheel's package gives."""
    return Language(getattr(_binding(package) or import_module(package), function)())


def _binding(package: str) -> ModuleType | None:
    """The compiled module in a package, by itself; ``None`` where it isn't called as tree-sitter's own template has it.

    The package around it only adds queries that nobody asks for here, and what it imports for them takes six times as
    long as the grammar.
    """
    around = find_spec(package)
    inner = around and PathFinder.find_spec(f"{package}._binding", around.submodule_search_locations)
    if inner is None or inner.loader is None:
        return None
    module = module_from_spec(inner)
    inner.loader.exec_module(module)
    return module
