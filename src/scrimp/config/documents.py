"""Data files of ours in the plain part of YAML, read quickly, with the place of every value.

A rule card is needed in every run, and the round-trip loader that user configuration goes through costs about
8 ms a card and 30 ms to import (measured November 2026); this one takes 1 ms a card. What data files have no
use for (anchors, aliases, tags, several documents, plain scalars over several lines) is refused with its
place instead of being understood by half.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from functools import cache
from typing import TYPE_CHECKING, Final, NoReturn, TypeAlias

from msgspec import Struct, field

from scrimp.expressions import compiled_late
from scrimp.model.errors import UserError

if TYPE_CHECKING:
    from tree_sitter import Node, Parser

Value: TypeAlias = "bool | int | float | str | list[Value] | dict[str, Value] | None"
KeyPath: TypeAlias = tuple[str | int, ...]

_WRAPPERS: Final = frozenset(("block_node", "flow_node", "plain_scalar"))
_HEADER: Final = compiled_late(r"([|>])(-?)[ \t]*(?:#[^\n]*)?\n")


class Document(Struct, frozen=True):
    """The values of a file, and the nodes of each key and value by path, which tell their places when asked."""

    name: str
    value: Value
    raw: bytes
    keys: dict[KeyPath, Node]
    values: dict[KeyPath, Node]

    def at(self, path: KeyPath) -> str:
        """``file:line:column`` of a key, else of the value, else of the nearest one around it."""
        while path and path not in self.keys and path not in self.values:
            path = path[:-1]
        node = self.keys.get(path) or self.values.get(path)
        line, column = (1, 1) if node is None else position(node, self.raw)
        return f"{self.name}:{line}:{column}"


def parse(name: str, raw: bytes) -> Document:
    """The document in the bytes of file ``name``; a ``UserError`` with its place if it isn't plain YAML."""
    reader = _Reader(name, raw)
    root = _parser().parse(raw).root_node
    if root.has_error:
        reader.refuse(_first_error(root), "this is not valid YAML")
    documents = [child for child in root.named_children if child.type == "document"]
    if len(documents) != 1:
        reader.refuse(root, f"one document is expected, there are {len(documents)}")
    content = _content(documents[0])
    value = reader.read(content, ()) if content else None
    return Document(name, value, raw, reader.keys, reader.values)


@cache
def _parser() -> Parser:
    import tree_sitter_yaml  # noqa: PLC0415  a run with what earlier ones read parses none
    from tree_sitter import Language, Parser  # noqa: PLC0415

    return Parser(Language(tree_sitter_yaml.language()))


class _Reader(Struct):
    """Turns nodes into values and notes where they stand."""

    name: str
    raw: bytes
    keys: dict[KeyPath, Node] = field(default_factory=dict)
    values: dict[KeyPath, Node] = field(default_factory=dict)

    def read(self, node: Node, path: KeyPath) -> Value:
        """The value of a node."""
        kind = node.type
        while kind in _WRAPPERS and node.named_child_count == 1:
            node = node.named_children[0]
            kind = node.type
        self.values[path] = node
        if kind in {"block_mapping", "flow_mapping"}:
            return self.mapping(node, path)
        if kind in {"block_sequence", "flow_sequence"}:
            return [self.item(child, (*path, index)) for index, child in enumerate(_children(node))]
        return self.scalar(node, kind)

    def item(self, node: Node, path: KeyPath) -> Value:
        """A member of a sequence."""
        content = _content(node) if node.type == "block_sequence_item" else node
        return None if content is None else self.read(content, path)

    def mapping(self, node: Node, path: KeyPath) -> dict[str, Value]:
        """A mapping whose keys are strings, each there once."""
        entries: dict[str, Value] = {}
        for pair in _children(node):
            key_node, value_node = pair.child_by_field_name("key"), pair.child_by_field_name("value")
            key = None if key_node is None else self.read(key_node, (*path, ""))
            if key_node is None or not isinstance(key, str):
                self.refuse(pair, "a key must be a string")
            if key in entries:
                self.refuse(pair, f"the key `{key}` stands here twice")
            self.keys[*path, key] = key_node
            entries[key] = None if value_node is None else self.read(value_node, (*path, key))
        return entries

    def scalar(self, node: Node, kind: str) -> Value:
        """A scalar in any of the styles that are understood."""
        decode = _SCALARS.get(kind)
        if decode is None:
            self.refuse(node, f"{kind.replace('_', ' ')} is not used in data files")
        try:
            return decode(self.raw[node.start_byte : node.end_byte].decode())
        except ValueError as error:
            self.refuse(node, str(error))

    def refuse(self, node: Node, what: str) -> NoReturn:
        """Raise the error that says what is wrong at a node."""
        line, column = position(node, self.raw)
        raise UserError(f"{self.name}:{line}:{column}: {what}", "write it in plain block style, or in quotes")


def position(node: Node, raw: bytes) -> tuple[int, int]:
    """Line and column of a node's first character."""
    start = node.start_byte - node.start_point.column
    return node.start_point.row + 1, len(raw[start : node.start_byte].decode(errors="replace")) + 1


def _children(node: Node) -> list[Node]:
    return [child for child in node.named_children if child.type != "comment"]


def _content(node: Node) -> Node | None:
    """The one child that isn't a comment, if there is one."""
    return next(iter(_children(node)), None)


def _first_error(node: Node) -> Node:
    """The innermost first place where a tree is broken."""
    for child in node.children:
        if child.is_error or child.is_missing or child.has_error:
            return _first_error(child)
    return node


def _plain(text: str) -> Value:
    if "\n" in text:
        raise ValueError("a plain value goes over several lines")
    return text


def _single_quoted(text: str) -> Value:
    if "\n" in text:
        raise ValueError("a quoted value goes over several lines")
    return text[1:-1].replace("''", "'")


def _double_quoted(text: str) -> Value:
    value = json.loads(text)
    assert isinstance(value, str)
    return value


def _block(text: str) -> Value:
    """A literal (``|``) or folded (``>``) block; a folded one has no lines that are indented further."""
    header = _HEADER.match(text)
    if header is None:
        raise ValueError("of block values, only `|`, `|-`, `>` and `>-` are understood")
    lines = text[header.end() :].rstrip("\n ").split("\n")
    indent = next((len(line) - len(line.lstrip(" ")) for line in lines if line.strip()), 0)
    body = "\n".join(line[indent:] for line in lines)
    if header[1] == ">":
        if re.search(r"^[ \t]", body, re.MULTILINE):
            raise ValueError("a folded value has lines that are indented further")
        body = re.sub(r"(\n+)", lambda run: run[1][1:] or " ", body)
    return body if header[2] or not body else body + "\n"


_SCALARS: Final[dict[str, Callable[[str], Value]]] = {
    "string_scalar": _plain,
    "integer_scalar": int,
    "float_scalar": float,
    "boolean_scalar": lambda text: text.lower() == "true",
    "null_scalar": lambda _text: None,
    "timestamp_scalar": _plain,
    "single_quote_scalar": _single_quoted,
    "double_quote_scalar": _double_quoted,
    "block_scalar": _block,
}
