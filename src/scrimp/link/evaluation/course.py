"""How far an evaluation has come: what is being evaluated, what is known already, and where it is cut short."""

from __future__ import annotations

from msgspec import Struct, field

from scrimp.link.evaluation.environments import Environments
from scrimp.link.values import ClassValue, FunctionValue, Value

MOST_DEPTH = 64  # of expressions and references followed one after the other: more is a cycle, or a puzzle
MOST_STEPS = 5_000  # expressions evaluated for one: few texts of real applications take 1,000
MOST_ACTIVE = 100  # names that are looked up at once, such as re-exports of re-exports
MOST_INLINED = 4  # functions within functions whose returned text is put in place


class Course(Struct):
    """The state of one evaluator while it follows expressions into each other."""

    active: set[object] = field(default_factory=set)
    """What is being evaluated: meeting it again is a cycle."""
    depth: int = 0
    under_way: int = 0
    """Expressions and names that are being followed: the first of them is what is asked for."""
    steps: int = 0
    inlined: int = 0
    """Functions whose returned values are being evaluated, one within the other."""
    cuts: int = 0
    """How often evaluation was cut short so far: what was found meanwhile holds only where it was found."""
    known: dict[object, Value] = field(default_factory=dict)
    """Values of names, and what functions return, as far as they hold everywhere."""
    types: dict[tuple[str, str], ClassValue | None] = field(default_factory=dict)
    """The classes of the tree that annotations name, by path and annotation."""
    families: dict[tuple[str, str], FunctionValue | None] = field(default_factory=dict)
    """The method that all others of a name override, if there is one, by the name and that of a receiver or ``""``."""
    overriding: dict[tuple[str, str], tuple[FunctionValue, ...]] = field(default_factory=dict)
    """What overrides a method, by its path and qualified name."""
    passing: dict[object, Value] = field(default_factory=dict)
    """Values of names that hold for the expression being evaluated."""
    environments: Environments = field(default_factory=Environments)
    """The parameters' values under whose identity names and calls are known."""

    def recall(self, what: object) -> Value | None:
        """What was found of a name or a call, if that holds here."""
        return self.known.get(what) or self.passing.get(what)

    def keep(self, what: object, found: Value, cuts: int) -> Value:
        """Remember what was found since there had been so many ``cuts``: for good, if there are no more by now."""
        memory = self.passing if self.cuts > cuts else self.known
        memory[what] = found
        return found

    def enter(self) -> bool:
        """Count one more expression; false, and cut short, where it is one too many. ``leave`` follows if true."""
        if not self.under_way:
            self._start()
        self.steps += 1
        if self.depth > MOST_DEPTH or self.steps > MOST_STEPS:
            self.cuts += 1
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
