"""Settings of a document's texts: the model, the output cap, the role that stand nearest around each text."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from msgspec import Struct

from scrimp.model.algebra import Text
from scrimp.model.facts import Sample
from scrimp.readers.document import Document, Key, Scalar, key_path
from scrimp.readers.patterns import KeyPattern
from scrimp.readers.presets import Condition, snake

_FROM_ENVIRONMENT = re.compile(r"\$\{env:[^:{}]+(?::(?P<default>[^{}]*))?\}")
_ROUTE = re.compile(
    r"(?<=:)(?:chat|messages|responses|completions?|text):|@(?!default\b|latest\b)[A-Za-z][\w -]*\Z"
)
_WORD = re.compile(r"(?<![\w*{,])\w+(?![\w*},])")
_TEMPLATE = re.compile(r"\$\{|\{\{|\{%")
_ELSEWHERE = re.compile(r"\s*(?:file://|https?://\S+\s*\Z|\$\{)")
"""Values that stand for others: those of a file, of an address, of the environment."""
MOST_SAMPLES = 100
"""Examples that are kept of one file: enough to tell how large they are."""


class Nearest(Struct, frozen=True):
    """The values at some key patterns, by the key path of the mapping around the pattern's match.

    Where a mapping has several, the value of the first pattern counts.
    """

    values: dict[tuple[Key, ...], str]

    @classmethod
    def of(
        cls, document: Document, patterns: tuple[str, ...], accept: Callable[[str], bool] = bool
    ) -> Nearest:
        """The values of a document that are accepted; aliases have none."""
        values: dict[tuple[Key, ...], str] = {}
        for pattern in map(KeyPattern, patterns):
            for scalar in document.scalars:
                depth = pattern.above(scalar.keys) if scalar.kind != "alias" else -1
                if depth >= 0 and accept(scalar.text.value):
                    values.setdefault(scalar.keys[:depth], scalar.text.value)
        return cls(values)

    def around(self, keys: tuple[Key, ...]) -> str:
        """The value nearest to a key path, beside it or above, else nothing."""
        if self.values:
            for depth in range(len(keys) - 1, -1, -1):
                if keys[:depth] in self.values:
                    return self.values[keys[:depth]]
        return ""


def meets(document: Document, conditions: tuple[Condition, ...]) -> bool:
    """Whether a document holds something at each of some key paths, and values that match where that is asked."""
    if not conditions:
        return True
    names = {snake(key) for key in document.names}
    if any(not names.issuperset(_WORD.findall(condition.keys)) for condition in conditions):
        return False
    return all(_meets(document, condition) for condition in conditions)


def _meets(document: Document, condition: Condition) -> bool:
    pattern = KeyPattern(condition.keys)
    if not condition.matches:
        return any(pattern.covers(scalar.keys) for scalar in document.scalars)
    return any(
        pattern.matches(scalar.keys) and re.fullmatch(condition.matches, scalar.text.value, re.DOTALL)
        for scalar in document.scalars
    )


def setting(document: Document, patterns: tuple[str, ...]) -> str:
    """The first value that stands at one of some key paths from the top, else nothing."""
    for pattern in map(KeyPattern, patterns):
        for scalar in document.scalars:
            if scalar.kind != "alias" and pattern.matches(scalar.keys):
                return scalar.text.value
    return ""


def name(value: str) -> str:
    """A model's name, its default where the environment may give another, nothing where a template makes it.

    What formats add is left out: the kind of call (``openai:chat:gpt-5``: promptfoo) and the account
    (``gpt-5@OpenAI``: ragflow).
    """
    found = _FROM_ENVIRONMENT.fullmatch(value)
    if found:
        return found["default"] or ""
    return "" if _TEMPLATE.search(value) else _ROUTE.sub("", value)


def cap(value: str) -> int:
    """A number of tokens as written, 0 if it is none."""
    return int(value) if value.isascii() and value.isdecimal() and len(value) < 10 else 0


def defaults(document: Document, patterns: tuple[str, ...]) -> dict[str, Text]:
    """Values that variables have if no others are given, by the variable's name; blank ones are left out.

    The name stands beside the value under ``name`` in an item of a list, else it is the nearest key.
    """
    found: dict[str, Text] = {}
    for scalar in _at(document, patterns):
        found.setdefault(_variable(document, scalar.keys), scalar.text)
    return found


def samples(document: Document, patterns: tuple[str, ...]) -> tuple[Sample, ...]:
    """What tests and examples put into variables, the first of many; what names a file or a setting is left out."""
    found: list[Sample] = []
    for scalar in _at(document, patterns):
        listed = isinstance(scalar.keys[-1], int)
        keys = scalar.keys[:-1] if listed else scalar.keys
        if not _ELSEWHERE.match(scalar.text.value):
            item = int(scalar.keys[-1]) if listed else -1
            name = _variable(document, keys)
            found.append(Sample(name, scalar.text.value, scalar.start, key_path(keys), item))
    return tuple(found[:MOST_SAMPLES])


def _at(document: Document, patterns: tuple[str, ...]) -> Iterator[Scalar]:
    """The values at some key paths that aren't blank, those of the first pattern first."""
    for pattern in map(KeyPattern, patterns):
        for scalar in document.scalars:
            if scalar.kind != "alias" and scalar.text.value.strip() and pattern.matches(scalar.keys):
                yield scalar


def _variable(document: Document, keys: tuple[Key, ...]) -> str:
    in_list = len(keys) > 1 and isinstance(keys[-2], int)
    beside = document.siblings[keys[:-1]].get("name") if in_list else None
    if beside is not None:
        return beside.text.value
    return str(next((key for key in reversed(keys) if key not in ("default", "sample")), ""))
