"""YAML to located values.

The text is composed into nodes and no further: scalars are turned into values here, so that numbers stay
exact, duplicate keys are seen, and no tag can make anything but plain data.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from functools import partial

from msgspec import Struct, field
from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError, YAMLError
from ruamel.yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from scrimp.config.located import Located, Marks, Position, Steps, error_at, text_of

MAX_DEPTH = 32
"""The schema nests six deep; the parser's time grows with the square of the depth."""
MAX_VALUES = 20_000
"""Values after aliases are followed: what a chain of aliases can multiply a small file into."""

_TAG = "tag:yaml.org,2002:"
_DEEP_LINE = re.compile(rf"^\s*(?:[-?][ \t]+){{{MAX_DEPTH}}}", re.MULTILINE)
_PLAIN_BRACKETS = re.compile(r"""#[^\n]*|"(?:[^"\\\n]|\\.)*"|'[^'\n]*'|([\[{])|([\]}])""")


def read_yaml(file: str, raw: bytes) -> Located:
    """The values of a YAML file; an empty one has none. Raises a located ``UserError``."""
    text = text_of(file, raw)
    _refuse_depth(file, text)
    try:
        node = YAML(typ="rt", pure=True).compose(text)
    except MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        place = (mark.line + 1, mark.column + 1) if mark else (1, 1)
        raise error_at(file, place, f"not valid YAML: {error.problem or error.context}") from None
    except (YAMLError, AssertionError, NotImplementedError, RecursionError, TypeError, ValueError) as error:
        # The parser raises more than its own kind of error: for a directive of another version, for example.
        raise error_at(file, (1, 1), f"not valid YAML: {type(error).__name__} {error}".rstrip()) from None
    if node is None:
        return Located(file, {}, lambda: Marks({}, {}))
    composed = _Composed(file)
    value = composed.value(node, (), 0)
    return Located(file, {} if value is None else value, partial(Marks, composed.keys, composed.values))


def _refuse_depth(file: str, text: str) -> None:
    """Refuse deep nesting before the parser, which would take minutes for it, sees the text."""
    deep = _DEEP_LINE.search(text)
    depth = 0
    start = deep.start() if deep else -1
    for bracket in _PLAIN_BRACKETS.finditer(text):
        depth += bool(bracket[1]) - bool(bracket[2])
        if depth > MAX_DEPTH:
            start = bracket.start()
            break
    if start >= 0:
        place = text.count("\n", 0, start) + 1, start - text.rfind("\n", 0, start)
        raise error_at(file, place, f"is nested more than {MAX_DEPTH} deep")


class _Composed(Struct):
    """Turns nodes into values and notes where they stand."""

    file: str
    keys: dict[Steps, Position] = field(default_factory=dict)
    values: dict[Steps, Position] = field(default_factory=dict)

    def value(self, node: Node, steps: Steps, depth: int) -> object:
        """The value of a node that stands at a path."""
        self.values[steps] = _position(node)
        if depth > MAX_DEPTH:
            raise error_at(self.file, _position(node), f"is nested more than {MAX_DEPTH} deep")
        if len(self.values) > MAX_VALUES:
            raise error_at(
                self.file, _position(node), f"has more than {MAX_VALUES} values, its aliases followed"
            )
        if isinstance(node, MappingNode):
            return self.mapping(node, steps, depth)
        if isinstance(node, SequenceNode):
            return [self.value(item, (*steps, index), depth + 1) for index, item in enumerate(node.value)]
        return self.scalar(node)

    def mapping(self, node: MappingNode, steps: Steps, depth: int) -> dict[str, object]:
        """A mapping whose keys are text, each once."""
        entries: dict[str, object] = {}
        for key_node, value_node in node.value:
            place = _position(key_node)
            if not isinstance(key_node, ScalarNode):
                raise error_at(self.file, place, "a key must be text")
            key = str(key_node.value)
            if key in entries:
                first = self.keys[*steps, key][0]
                raise error_at(self.file, place, f'the key "{key}" is here twice, first in line {first}')
            self.keys[*steps, key] = place
            entries[key] = self.value(value_node, (*steps, key), depth + 1)
        return entries

    def scalar(self, node: Node) -> object:
        """A scalar by its tag; one with a tag of its own is refused."""
        tag = str(node.tag)
        decode = _SCALARS.get(tag.removeprefix(_TAG))
        if not tag.startswith(_TAG) or decode is None:
            raise error_at(self.file, _position(node), f"the tag {tag} has no meaning here")
        try:
            return decode(str(node.value))
        except (ValueError, ArithmeticError):
            raise error_at(self.file, _position(node), f"cannot read {node.value}") from None


def _position(node: Node) -> Position:
    return node.start_mark.line + 1, node.start_mark.column + 1


def _integer(text: str) -> int:
    digits = text.replace("_", "").lower()
    return int(digits, 0 if digits.lstrip("+-")[:2] in {"0x", "0o", "0b"} else 10)


def _number(text: str) -> Decimal:
    return Decimal(text.replace("_", "").lower().replace(".inf", "inf").replace(".nan", "nan"))


def _day(text: str) -> object:
    """A date; a moment stays text, which no key wants."""
    return date.fromisoformat(text) if len(text) == len("2027-03-01") else text


_SCALARS: dict[str, Callable[[str], object]] = {
    "str": str,
    "null": lambda _: None,
    "bool": lambda text: text.lower() == "true",
    "int": _integer,
    "float": _number,
    "timestamp": _day,
}
