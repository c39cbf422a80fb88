"""How far an evaluation has come: what is being evaluated, what is known already, and where it is cut short."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from msgspec import Struct, field

from scrimp.link.evaluation.environments import Environments
from scrimp.link.evaluation.signatures import Signatures
from scrimp.link.values import ClassValue, FunctionValue, Value
from scrimp.model.algebra import Call

MOST_DEPTH = 64  # of expressions and references followed one after the other: more is a cycle, or a puzzle
MOST_STEPS = 5_000  # expressions evaluated for one: few texts of real applications take 1,000
MOST_ACTIVE = 100  # names that are looked up at once, such as re-exports of re-exports
MOST_INLINED = 4  # functions within functions whose returned text is put in place
EVERYWHERE = 1 << 20
"""More than the names that are looked up at once: nothing around what was found has cut it short."""
ANYTHING = -1
"""Around all that is being evaluated: a limit that holds for the whole has cut it short."""


Found = TypeVar("Found")


class Since(Struct, frozen=True, gc=False):
    """When something was begun: among how many others, and what had been cut short until then."""

    place: int
    reach: int
    stops: int


class Course(Struct):
    """The state of one evaluator while it follows expressions into each other."""

    active: dict[object, int] = field(default_factory=dict)
    """What is being evaluated, each with the number of those around it: meeting one again is a cycle."""
    depth: int = 0
    under_way: int = 0
    """Expressions and names that are being followed: the first of them is what is asked for."""
    steps: int = 0
    inlined: int = 0
    """Functions whose returned values are being evaluated, one within the other."""
    reach: int = EVERYWHERE
    """The outermost thing by which evaluation was cut short since the innermost was begun: its place among them."""
    stops: int = 0
    """How often a function was left out so far because it would have stood within too many others."""
    known: dict[object, Value] = field(default_factory=dict)
    """Values of names, and what functions return, as far as they hold everywhere."""
    nested: dict[tuple[object, int], Value] = field(default_factory=dict)
    """Those that hold within as many functions put in place as they were found in."""
    types: dict[tuple[str, str], ClassValue | None] = field(default_factory=dict)
    """The classes of the tree that annotations name, by path and annotation."""
    bases: dict[object, tuple[ClassValue, ...]] = field(default_factory=dict)
    """The bases of classes that the tree holds."""
    fields: dict[object, Value | None] = field(default_factory=dict)
    """What calls of classes give to their fields."""
    families: dict[tuple[str, str], FunctionValue | None] = field(default_factory=dict)
    """The method that all others of a name override, if there is one, by the name and that of a receiver or ``""``."""
    overriding: dict[tuple[str, str], tuple[FunctionValue, ...]] = field(default_factory=dict)
    """What overrides a method, by its path and qualified name."""
    called: dict[int, tuple[Call, FunctionValue | None]] = field(default_factory=dict)
    """What calls run by their names, by the identities of the calls, which are held so that these stay theirs."""
    signatures: Signatures = field(default_factory=Signatures)
    """What functions take."""
    passing: dict[object, Value] = field(default_factory=dict)
    """Values of names that hold for the expression being evaluated."""
    environments: Environments = field(default_factory=Environments)
    """The parameters' values under whose identity names and calls are known."""

    def meets(self, what: object) -> bool:
        """Whether something is being evaluated already, which cuts short whatever asks for it meanwhile."""
        place = self.active.get(what)
        if place is not None and place < self.reach:
            self.reach = place
        return place is not None

    def cut(self) -> None:
        """Note that a limit cuts short all that is being evaluated."""
        self.reach = ANYTHING

    def fits(self) -> bool:
        """Whether another function may be put in place within those that are; noted, if not."""
        fits = self.inlined < MOST_INLINED
        self.stops += not fits
        return fits

    def open(self, what: object) -> Since:
        """Begin to evaluate something that may not be met again meanwhile. ``close`` follows."""
        since = Since(len(self.active), self.reach, self.stops)
        self.active[what] = since.place
        self.reach = EVERYWHERE
        return since

    def close(self, what: object, since: Since) -> None:
        """What was begun is evaluated; what met nothing but itself is no matter for what is around it."""
        del self.active[what]
        self.reach = since.reach if self.reach >= since.place else min(since.reach, self.reach)

    def once(self, known: dict[object, Found], what: object, find: Callable[[], Found], cut: Found) -> Found:
        """What ``find`` finds, kept in ``known`` if that holds everywhere; ``cut`` while it is being found."""
        if what in known:
            return known[what]
        if self.meets(what):
            return cut
        since = self.open(what)
        try:
            found = find()
            if self.holds(since):
                known[what] = found
            return found
        finally:
            self.close(what, since)

    def holds(self, since: Since) -> bool:
        """Whether what was found since something was begun holds everywhere."""
        return self.reach >= since.place and self.stops == since.stops

    def recall(self, what: object) -> Value | None:
        """What was found of a name or a call, if that holds here."""
        found = self.known.get(what)
        if found is not None:
            return found
        found = self.nested.get((what, self.inlined))
        if found is not None:
            self.stops += 1
            return found
        return self.passing.get(what)

    def keep(self, what: object, found: Value, since: Since) -> Value:
        """Remember what was found since something was begun, where it will be found again as far as it holds."""
        if self.holds(since):
            self.known[what] = found
        elif self.reach < since.place:
            self.passing[what] = found
        else:
            self.nested[what, self.inlined] = found
        return found

    def enter(self) -> bool:
        """Count one more expression; false, and cut short, where it is one too many. ``leave`` follows if true."""
        if not self.under_way:
            self._start()
        self.steps += 1
        if self.depth > MOST_DEPTH or self.steps > MOST_STEPS:
            self.cut()
            return False
        self.under_way += 1
        self.depth += 1
        return True

    def leave(self) -> None:
        """The expression entered last is evaluated."""
        self.depth -= 1
        self.under_way -= 1

    def begin(self) -> None:
        """Begin to follow an expression or a name; the first one starts anew. ``end`` follows."""
        if not self.under_way:
            self._start()
        self.under_way += 1

    def end(self) -> None:
        """What was begun last is followed."""
        self.under_way -= 1

    def _start(self) -> None:
        """Forget what held for the expression before."""
        self.steps = 0
        self.passing.clear()
