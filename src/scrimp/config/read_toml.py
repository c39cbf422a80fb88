"""TOML to located values.

``tomllib`` reads the values; it knows no places, so these are looked up in a syntax tree when one is asked
for.
"""

from __future__ import annotations

import re
import tomllib
from decimal import Decimal
from functools import partial
from itertools import count

import tree_sitter_toml
from msgspec import Struct, field
from tree_sitter import Language, Node, Parser

from scrimp.config.located import Located, Marks, Position, Steps, error_at, text_of

MAX_DEPTH = 32
"""The schema nests six deep; the parser's memory grows with the square of the parts of a dotted key."""

_DEEP_KEY = re.compile(rf"""(?<![\w-])(?:(?:[\w-]++|"[^"\n]*+"|'[^'\n]*+')[ \t]*+\.[ \t]*+){{{MAX_DEPTH}}}""")
_PLACE = re.compile(r"\s*\(at (?:line (\d+), column (\d+)|end of document)\)$")
_KEYS = {"bare_key", "quoted_key", "dotted_key"}
_TABLES = {"table", "table_array_element"}


def read_toml(file: str, raw: bytes, table: tuple[str, ...]) -> Located | None:
    """The values of one table of a TOML file, ``None`` if it isn't there. Raises a located ``UserError``."""
    text = text_of(file, raw)
    value: object = _parse(file, text)
    for key in table:
        value = value.get(key) if isinstance(value, dict) else None
    _refuse_depth(file, value)
    return None if value is None else Located(file, value, partial(_marks, text, table))


def _refuse_depth(file: str, value: object) -> None:
    """Refuse values that are nested deeper than anything that walks them could follow."""
    level, depth = [value], 0
    while level:
        if depth > MAX_DEPTH:
            raise error_at(file, (1, 1), f"is nested more than {MAX_DEPTH} deep")
        inner = (
            each.values() if isinstance(each, dict) else each
            for each in level
            if isinstance(each, dict | list)
        )
        level, depth = [each for values in inner for each in values], depth + 1


def _parse(file: str, text: str) -> dict[str, object]:
    deep = _DEEP_KEY.search(text)
    if deep is not None:
        start = deep.start()
        place = text.count("\n", 0, start) + 1, start - text.rfind("\n", 0, start)
        raise error_at(file, place, f"a key of more than {MAX_DEPTH} parts")
    try:
        return tomllib.loads(text, parse_float=Decimal)
    except tomllib.TOMLDecodeError as error:
        message = str(error)
        found = _PLACE.search(message)
        end = text.count("\n") + 1, len(text) - text.rfind("\n")
        place = (int(found[1]), int(found[2])) if found and found[1] else end
        raise error_at(file, place, f"not valid TOML: {_PLACE.sub('', message)}") from None
    except RecursionError:
        raise error_at(file, (1, 1), "is nested too deep") from None


def _marks(text: str, table: tuple[str, ...]) -> Marks:
    """The places of a table's keys and values, by their paths inside it."""
    raw = text.encode()
    tree = Parser(Language(tree_sitter_toml.language())).parse(raw)
    placed = _Placed(raw)
    placed.document(tree.root_node)
    size = len(table)
    return Marks(
        {steps[size:]: place for steps, place in placed.keys.items() if steps[:size] == table},
        {steps[size:]: place for steps, place in placed.values.items() if steps[:size] == table},
    )


class _Placed(Struct):
    """Walks a syntax tree and notes where each key and value stands."""

    raw: bytes
    keys: dict[Steps, Position] = field(default_factory=dict)
    values: dict[Steps, Position] = field(default_factory=dict)

    def document(self, root: Node) -> None:
        """All pairs, those of tables under the tables' paths."""
        for node in root.named_children:
            if node.type == "pair":
                self.pair(node, ())
            elif node.type in _TABLES:
                header, *pairs = (child for child in node.named_children if child.type in {*_KEYS, "pair"})
                base = self.header(header, array=node.type == "table_array_element")
                for pair in pairs:
                    self.pair(pair, base)

    def header(self, node: Node, *, array: bool) -> Steps:
        """The path of a table; one of an array of tables ends with its index."""
        steps: Steps = ()
        names = self.names(node)
        for depth, (name, place) in enumerate(names, 1):
            steps = (*steps, name)
            self.note(steps, place)
            if array and depth == len(names):
                steps = (*steps, next(index for index in count() if (*steps, index) not in self.values))
                self.values[steps] = place
            elif (*steps, 0) in self.values:
                # A table of an array's element belongs to the element that was opened last.
                steps = (*steps, next(index for index in count() if (*steps, index + 1) not in self.values))
        return steps

    def pair(self, node: Node, base: Steps) -> None:
        """A key, dotted or not, with its value."""
        key, value = (child for child in node.named_children if child.type != "comment")
        steps = base
        for name, place in self.names(key):
            steps = (*steps, name)
            self.note(steps, place)
        self.value(value, steps)

    def value(self, node: Node, steps: Steps) -> None:
        """A value and all that is in it."""
        self.values[steps] = self.position(node)
        inner = [child for child in node.named_children if child.type != "comment"]
        if node.type == "inline_table":
            for pair in inner:
                self.pair(pair, steps)
        elif node.type == "array":
            for index, item in enumerate(inner):
                self.value(item, (*steps, index))

    def note(self, steps: Steps, place: Position) -> None:
        """Where a key stands first; until its value is met, the value stands there too."""
        self.keys.setdefault(steps, place)
        self.values.setdefault(steps, place)

    def names(self, node: Node) -> list[tuple[str, Position]]:
        """The parts of a key, in order, each with its place."""
        if node.type == "dotted_key":
            return [name for child in node.named_children for name in self.names(child)]
        text = self.raw[node.start_byte : node.end_byte].decode()
        name = next(iter(tomllib.loads(f"{text} = 0"))) if node.type == "quoted_key" else text
        return [(name, self.position(node))]

    def position(self, node: Node) -> Position:
        """Line and column of a node's first character."""
        start = self.raw.rfind(b"\n", 0, node.start_byte) + 1
        return node.start_point.row + 1, len(self.raw[start : node.start_byte].decode()) + 1
