"""TOML: tree-sitter finds the nodes, tolerant of errors; the strings are decoded here with their places."""

from __future__ import annotations

import re
from collections import Counter
from functools import cache

from tree_sitter import Node, Parser

from scrimp.model.algebra import Text
from scrimp.model.facts import Facts, Fault
from scrimp.model.pieces import Writer
from scrimp.model.source import Source
from scrimp.readers import markers
from scrimp.readers.adapters import facts
from scrimp.readers.document import DEPTH, Document, Key, Scalar, too_deep
from scrimp.readers.grammars import load_grammar
from scrimp.readers.offsets import Offsets

name = "toml"
VERSION = 3

_ESCAPE = re.compile(
    r"(?P<line>\r\n)"
    r"|\\(?:(?P<code>u[0-9a-fA-F]{4}|U[0-9a-fA-F]{8}|x[0-9a-fA-F]{2})"
    r"|(?P<fold>[ \t]*+\r?\n[ \t\r\n]*+)|(?P<named>.))",
    re.DOTALL,
)
_LINE_END = re.compile(r"(?P<line>\r\n)")
_NAMED = {"b": "\b", "t": "\t", "n": "\n", "f": "\f", "r": "\r", "e": "\x1b", '"': '"', "\\": "\\"}
_DATES = ("offset_", "local_")


def read(source: Source) -> Facts:
    """The strings of a TOML file: prompts under prompt keys, the others as text that code may load."""
    document = parse(source.text)
    return markers.added(facts("toml", source, document), markers.in_document(source.text, document))


def parse(text: str) -> Document:
    """All scalars of a text. Items of arrays of tables are numbered in the order of their headers."""
    return _Walk(text).run()


def decode(source: str, start: int, end: int) -> Text:
    """The string that stands, quotes included, at ``source[start:end]``; unknown escapes stay as written."""
    quote = (
        source[start : start + 3]
        if source[start : start + 3] in {'"""', "'''"}
        else source[start : start + 1]
    )
    first, last = start + len(quote), end - len(quote)
    if len(quote) == 3:
        first += 2 if source.startswith("\r\n", first) else source.startswith("\n", first)
    writer = Writer()
    for escape in (_ESCAPE if quote[0] == '"' else _LINE_END).finditer(source, first, last):
        writer.copy(source, first, escape.start())
        writer.unit(_unescape(escape), escape.start(), escape.end())
        first = escape.end()
    writer.copy(source, first, last)
    return writer.text()


def _unescape(escape: re.Match[str]) -> str:
    if escape["line"]:
        return "\n"
    if escape["fold"] is not None:
        return ""
    if escape["code"]:
        number = int(escape["code"][1:], 16)
        return chr(number) if number <= 0x10FFFF else escape[0]
    return _NAMED.get(escape["named"], escape[0])


@cache
def _parser() -> Parser:
    return Parser(load_grammar("tree_sitter_toml"))


class _Walk:
    """One walk over the tree of a text, without recursion."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.offsets = Offsets(text)
        self.scalars: list[Scalar] = []
        self.faults: list[Fault] = []
        self.rows: Counter[tuple[Key, ...]] = Counter()
        self.last: dict[tuple[Key, ...], int] = {}

    def run(self) -> Document:
        """The scalars in the order of the text."""
        root = _parser().parse(self.offsets.bytes).root_node
        stack: list[tuple[Node, tuple[Key, ...]]] = [(root, ())]
        while stack:
            node, keys = stack.pop()
            if len(keys) > DEPTH:
                return too_deep(self.offsets.char(node.start_byte), "this TOML")
            if (node.is_error or node.is_missing) and not self.faults:
                start = self.offsets.char(node.start_byte)
                self.faults.append(Fault("syntax", "this is no TOML", start, incomplete=True))
            stack.extend(reversed(self._below(node, keys)))
        return Document(tuple(self.scalars), tuple(self.faults))

    def _below(self, node: Node, keys: tuple[Key, ...]) -> list[tuple[Node, tuple[Key, ...]]]:
        """The nodes in a node, each with its key path; a value without any becomes a scalar."""
        match node.type:
            case "table" | "table_array_element":
                path = self._table(node)
                return [(child, path) for child in node.named_children[1:]]
            case "pair":
                path = (*keys, *self._keys(node.named_children[0]))
                return [(child, path) for child in node.named_children[1:]]
            case "array":
                items = [child for child in node.named_children if child.type != "comment"]
                return [(child, (*keys, number)) for number, child in enumerate(items)]
            case kind if kind in {"string", "integer", "float", "boolean"} or kind.startswith(_DATES):
                self.scalars.append(self._scalar(node, keys))
                return []
            case _:
                return [(child, keys) for child in node.named_children]

    def _table(self, node: Node) -> tuple[Key, ...]:
        """The key path of a table's header, numbered where tables before it made it a list."""
        written = self._keys(node.named_children[0]) if node.named_children else []
        path: tuple[Key, ...] = ()
        for key in written[:-1]:
            path = (*path, key)
            path = (*path, self.last[path]) if path in self.last else path
        path = (*path, *written[-1:])
        if node.type == "table_array_element":
            self.last[path] = self.rows[path]
            self.rows[path] += 1
            return (*path, self.last[path])
        return (*path, self.last[path]) if path in self.last else path

    def _keys(self, node: Node) -> list[str]:
        """The keys of a dotted key, which the grammar nests to the left."""
        keys: list[str] = []
        while node.type == "dotted_key" and node.named_children:
            *before, last = node.named_children
            keys.append(self._key(last))
            if not before:
                return keys
            node = before[0]
            if len(keys) > DEPTH:
                break
        keys.append(self._key(node))
        return keys[::-1]

    def _key(self, node: Node) -> str:
        start, end = self.offsets.char(node.start_byte), self.offsets.char(node.end_byte)
        return decode(self.text, start, end).value if node.type == "quoted_key" else self.text[start:end]

    def _scalar(self, node: Node, keys: tuple[Key, ...]) -> Scalar:
        start, end = self.offsets.char(node.start_byte), self.offsets.char(node.end_byte)
        if node.type == "string":
            return Scalar(keys, decode(self.text, start, end), start, end)
        return Scalar(keys, Text(self.text[start:end]), start, end, "other")
