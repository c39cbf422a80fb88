"""The code of a tree as far as each file of it is looked up alone, which can be done while others are read."""

from __future__ import annotations

from collections.abc import Iterable

from msgspec import Struct, field

from scrimp.link.call_index import CallIndex
from scrimp.link.classify import Judgement, judge_code, may_frame
from scrimp.link.examples import Shown, shown
from scrimp.link.steps import step_aliases
from scrimp.link.symbols import Module, Symbols
from scrimp.link.tool_signs import Signs, signs
from scrimp.link.units import CodeUnit, Scopes, by_scope, code_units
from scrimp.link.values import SiteKey
from scrimp.model.facts import Facts


class Index(Struct):
    """Files of code, added in any order."""

    modules: dict[str, Module] = field(default_factory=dict)
    calls: CallIndex = field(default_factory=CallIndex)
    aliases: dict[SiteKey, SiteKey] = field(default_factory=dict)
    """The units that sites are later steps of (see ``steps``)."""
    units: dict[str, list[CodeUnit]] = field(default_factory=dict)
    """The string expressions of each file."""
    looks: dict[SiteKey, Judgement] = field(default_factory=dict)
    """What these are by their looks, as far as they speak for a prompt."""
    framing: set[SiteKey] = field(default_factory=set)
    """Those that may be prompts for what they put together alone."""
    scopes: dict[str, Scopes] = field(default_factory=dict)
    """Those of each file by what is around them."""
    examples: dict[str, Shown] = field(default_factory=dict)
    """Where the classes of a file hold examples."""
    signs: dict[str, Signs] = field(default_factory=dict)
    """What in it is named like tools."""

    def add(self, path: str, facts: Facts) -> None:
        """Add a file that is not there yet."""
        module = Module.of(path, facts)
        self.modules[path] = module
        self.calls.add(path, facts.calls, module.renamed)
        self.aliases |= step_aliases(path, facts)
        units = self.units[path] = [*code_units(path, facts, self.aliases)]
        judged = ((unit.key, judge_code(unit)) for unit in units)
        self.looks |= {key: looks for key, looks in judged if looks is not None}
        self.framing |= {unit.key for unit in units if may_frame(unit)}
        scopes = self.scopes[path] = by_scope(units)
        self.signs[path] = signs(module, scopes)
        self.examples[path] = shown(module)

    def completed(self, code: Iterable[tuple[str, Facts]]) -> Index:
        """The index of all ``code`` of a tree, in its order; this one, unless it holds anything else."""
        files = dict(code)
        known = all(path in files and module.facts is files[path] for path, module in self.modules.items())
        index = self if known else Index()
        for path, facts in files.items():
            if path not in index.modules:
                index.add(path, facts)
        index.modules = {path: index.modules[path] for path in files}
        index.calls.order(files)
        return index

    def symbols(self) -> Symbols:
        """The symbol table of the tree."""
        return Symbols.of(self.modules, self.calls)
