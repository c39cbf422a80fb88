"""How large what fills a hole is: as configured, as imported from real usage, or as in the repository's examples."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import TypeVar

from msgspec import Struct, field

from scrimp.config.schema import VariableEntry
from scrimp.expressions import compiled_late
from scrimp.model.amounts import Grade
from scrimp.model.prompts import Sample

CONFIGURATION = "configuration"
Told = TypeVar("Told")

_STRINGS = compiled_late(r"\"[^\"]*\"|'[^']*'")
_CONDITION = compiled_late(r"\bif\b|\|")
_COUNTED = compiled_late(r"\b(?:len|count|size)\s*\(|\.(?:length|size|count)\b")
"""What is written of a list or text is its length, which is a number."""
_ROOT = compiled_late(
    r"(?<![\w.$)\]])(?:(?:self|this|cls)\.)?([A-Za-z_]\w*)(?:\??\.\w+|\[[^\]]*\])*+(?!\w|\s*\()"
)
"""A name that is read and not called, with the members that are read of it."""
_WORDS = frozenset(
    ("for", "in", "if", "else", "not", "and", "or", "is", "async", "await", "None", "null", "lambda")
)


class VariableSize(Struct, frozen=True):
    """Tokens of what fills a hole, at least, typically and at most; ``high`` is ``None`` where nothing bounds it.

    ``tokens`` are ``None`` where only the number of ``items`` that a loop goes over is told.
    """

    low: int
    tokens: int | None
    high: int | None
    grade: Grade
    source: str
    items: int | None = None


class VariableSizes(Struct, frozen=True):
    """The sizes of the variables of a prompt; what goes first is believed first.

    ``imported`` are means of real calls, from the usage file that ``usage`` names. ``pictures`` are images of the tree.
    """

    configured: Mapping[str, int | VariableEntry] = field(default_factory=dict)
    imported: Mapping[str, int] = field(default_factory=dict)
    usage: str = ""
    examples: Mapping[str, VariableSize] = field(default_factory=dict)
    pictures: Mapping[str, VariableSize] = field(default_factory=dict)

    def of(self, name: str) -> VariableSize | None:
        """The size of a variable, by its name or by the one name that its expression reads."""
        told = self.told(name)
        if told is not None:
            return told
        return self.pictures.get(name) or _named(name, self.examples)

    def told(self, name: str) -> VariableSize | None:
        """The size as somebody told it, examples left out."""
        entry = _named(name, self.configured)
        if entry is not None:
            return _configured(entry)
        known = _named(name, self.imported)
        # A mean is what the mean call costs: it bounds that as a configured size does.
        return None if known is None else VariableSize(known, known, known, Grade.IMPORTED, self.usage)


def examples(samples: Iterable[Sample], tokens: Sequence[int]) -> dict[str, VariableSize]:
    """The sizes that examples show, by name: typically the middle one; they bound nothing.

    ``tokens`` counts each sample. A list is as large as its items together.
    """
    cases: dict[str, dict[str, list[tuple[Sample, int]]]] = defaultdict(lambda: defaultdict(list))
    for sample, count in zip(samples, tokens, strict=True):
        case = sample.case if sample.item >= 0 else f"{sample.case}#{len(cases[sample.name])}"
        cases[sample.name][case].append((sample, count))
    return {name: _middle(list(found.values())) for name, found in cases.items()}


def looped(over: str) -> str:
    """The expression that a loop goes over: ``for doc in docs if doc`` goes over ``docs``."""
    return _CONDITION.split(over.partition(" in ")[2] or over)[0].strip()


def _middle(cases: list[list[tuple[Sample, int]]]) -> VariableSize:
    sizes = sorted((sum(count for _, count in case), len(case), case[0][0].item >= 0) for case in cases)
    total, items, is_list = sizes[len(sizes) // 2]
    first = cases[0][0][0]
    more = f" and {len(cases) - 1} more" if len(cases) > 1 else ""
    source = f"example at {first.path}:{first.line}{more}"
    return VariableSize(0, total, None, Grade.HEURISTIC, source, items if is_list else None)


def _configured(entry: int | VariableEntry) -> VariableSize:
    if isinstance(entry, int):
        return VariableSize(entry, entry, entry, Grade.CONFIGURED, CONFIGURATION)
    return VariableSize(
        entry.tokens or 0, entry.tokens, entry.tokens, Grade.CONFIGURED, CONFIGURATION, entry.items
    )


def _named(written: str, values: Mapping[str, Told]) -> Told | None:
    """What is told of an expression: of its whole source, else of the one name that it reads."""
    if written in values:
        return values[written]
    if not values or written.isidentifier():
        return None
    plain = _STRINGS.sub(" ", written)
    if _COUNTED.search(plain):
        return None
    roots = {root for root in _ROOT.findall(plain) if root not in _WORDS}
    return values.get(roots.pop()) if len(roots) == 1 else None
