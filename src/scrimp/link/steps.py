"""Which string expressions of one file make one text together, as a developer sees it.

Three ways of putting a text together are known by their form: steps (``text += …``, ``lines.push(…)``), frames that
only place other texts of the same function, and tables (lists of texts, or of objects with texts) that are joined.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping

from scrimp.link.structure import Composed, composed, everything, parts, roots
from scrimp.link.values import SiteKey
from scrimp.model.algebra import (
    Branch,
    Call,
    Expression,
    Item,
    Loop,
    Reference,
    Sequence,
    Template,
    Text,
    Transform,
)
from scrimp.model.algebra import Mapping as MappingNode
from scrimp.model.facts import Binding, Facts, Site

FRAME_WORDS = 4  # a frame of so many words of its own is a text itself
LEAST_PIECES = 2
MOST_FOLLOWED = 40  # names and literals looked at to find what a join joins
ROLE = "role"

Named = Mapping[tuple[str, str], list[Binding]]
"""The bindings of a file by scope and name."""


def step_aliases(path: str, facts: Facts) -> dict[SiteKey, SiteKey]:
    """For each later site of a text that is put together from several, the key of its first one."""
    found = steps(facts, composed(facts)) if facts.steps is None else facts.steps
    return {f"{path}:{number}": f"{path}:{first}" for number, first in found}


def steps(facts: Facts, found: Composed) -> tuple[tuple[int, int], ...]:
    """For each later site of a text that is put together from several, its number and that of its first one."""
    named: dict[tuple[str, str], list[Binding]] = defaultdict(list)
    for binding in facts.bindings:
        named[binding.scope, binding.name].append(binding)
    groups = _Groups(facts.sites)
    for bindings in named.values():
        if len(bindings) > 1 or bindings[0].operation != "=":  # most names are bound once
            for run in _runs(bindings):
                groups.merge(run)
    for frame in _frames(facts, found, named):
        groups.merge(frame)
    for table in _tables(facts, found, named):
        groups.merge(table)
    return tuple(groups.first.items())


class _Groups:
    """Sites that belong together; the one that starts first stands for all."""

    def __init__(self, sites: tuple[Site, ...]) -> None:
        self.sites = sites
        self.members: dict[int, set[int]] = {}
        self.first: dict[int, int] = {}
        """The first site of its group, by each of the others."""

    def merge(self, numbers: Iterable[int]) -> None:
        """Put sites, and the groups that they are in, together."""
        heads = {self.first.get(number, number) for number in numbers}
        members = {member for head in heads for member in self.members.pop(head, {head})}
        head = min(members, key=lambda number: self.sites[number].start)
        self.members[head] = members
        self.first |= dict.fromkeys(members - {head}, head)
        self.first.pop(head, None)


# --- steps ------------------------------------------------------------------------------------------


def _runs(bindings: list[Binding]) -> Iterator[list[int]]:
    """The sites of each run of steps; an assignment that doesn't take up the text so far starts a new one."""
    run: list[int] = []
    stepped = False
    for binding in bindings:
        found = _own_sites(binding.expression)
        takes_up = binding.operation == "=" and bool(run) and _refers_to(binding)
        if binding.operation == "=" and not takes_up:
            if stepped and len(run) > 1:
                yield run
            run, stepped = found, False
        elif found and (takes_up or binding.operation in ("+=", "append")):
            run += found
            stepped = True
    if stepped and len(run) > 1:
        yield run


def _refers_to(binding: Binding) -> bool:
    """Whether what is assigned to a name holds the name itself."""
    return any(
        isinstance(node, Reference) and node.name == binding.name and node.scope == binding.scope
        for node in everything(binding.expression)
    )


def _own_sites(expression: Expression) -> list[int]:
    """The sites that an expression is, or that are its alternatives or its items."""
    if type(expression) is Template:
        return [expression.site]
    if type(expression) is Branch:
        return [site for each in expression.alternatives for site in _own_sites(each)]
    if type(expression) is Sequence:
        return [site for each in expression.items for site in _own_sites(each)]
    return []


# --- frames -----------------------------------------------------------------------------------------


def _frames(facts: Facts, whole: Composed, named: Named) -> Iterator[list[int]]:
    """Texts that only place others, each with those of the same function that are used nowhere else."""
    uses: Counter[tuple[str, str]] | None = None
    for number, site in enumerate(facts.sites):
        if site.words >= FRAME_WORDS or not site.scope or isinstance(site.expression, Text):
            continue
        names = [
            (node.scope, node.name)
            for node in parts(site.expression)
            if isinstance(node, Reference) and node.scope == site.scope
        ]
        if len(set(names)) < LEAST_PIECES:
            continue
        placed = Counter(names)
        uses = uses if uses is not None else _uses(facts, whole)
        pieces = [
            _own_sites(binding.expression)
            for key, count in placed.items()
            if uses[key] == count
            for binding in named.get(key, ())
        ]
        found = [site for piece in pieces for site in piece]
        if len([piece for piece in pieces if piece]) >= LEAST_PIECES:
            yield [*found, number]


def _uses(facts: Facts, found: Composed) -> Counter[tuple[str, str]]:
    """How often each name is referred to, by the scope that does so."""
    return Counter(
        [
            (node.scope, node.name)
            for number, root in enumerate(roots(facts))
            for node in found.get(number, (root,))
            if type(node) is Reference
        ]
    )


# --- tables -----------------------------------------------------------------------------------------


def _tables(facts: Facts, found: Composed, named: Named) -> Iterator[list[int]]:
    """The sites of each list that is written out and joined, as it is or made into text item by item."""
    given: dict[str, list[Expression]] = defaultdict(list)
    for binding in facts.bindings:
        if binding.start == binding.end and isinstance(binding.expression, Item):
            given[binding.scope].append(binding.expression)
    transforms = [node for nodes in found.values() for node in nodes if type(node) is Transform]
    joined = [each.value for node in transforms if node.operation == "join" for each in node.arguments]
    for expression in joined:
        for items in _joined_lists(expression, named, given):
            sites = list(_sites_in(items))
            if len(sites) >= LEAST_PIECES:
                yield sites


def _joined_lists(
    joined: Expression, named: Named, given: Mapping[str, list[Expression]]
) -> Iterator[Sequence]:
    """The lists written out that something joined is, or is made of."""
    waiting, seen = [joined], set[tuple[str, str]]()
    for _ in range(MOST_FOLLOWED):
        if not waiting:
            return
        match waiting.pop():
            case Sequence() as items if not any(_is_message(each) for each in items.items):
                yield items
            case Branch(alternatives=alternatives):
                waiting += alternatives
            case Item(of=of):
                waiting.append(of)
            case Loop(body=body):
                nodes = [*everything(body)]
                nodes += [node.function for node in nodes if isinstance(node, Call)]
                waiting += [node for node in nodes if isinstance(node, Reference)]
            case Reference() as reference:
                key = _bound_at(reference, named)
                if key is not None and key not in seen:
                    seen.add(key)
                    waiting += [each.expression for each in named[key] if each.operation == "="]
                else:  # a callback that is written where it is used: what it is given
                    function = f"{reference.scope}.{reference.name}".strip(".")
                    waiting += given.get(function, ())


def _bound_at(reference: Reference, named: Named) -> tuple[str, str] | None:
    """Scope and name by which what a reference begins with is bound, in the same file."""
    scope, name = reference.scope, reference.name.partition(".")[0]
    while (scope, name) not in named:
        if not scope:
            return None
        scope = scope.rpartition(".")[0]
    return scope, name


def _is_message(expression: Expression) -> bool:
    return isinstance(expression, MappingNode) and any(key == ROLE for key, _ in expression.entries)


def _sites_in(expression: Expression) -> Iterator[int]:
    """The sites within lists and dictionaries."""
    for node in parts(expression):
        if isinstance(node, Template):
            yield node.site
