"""YAML: tree-sitter finds the nodes, fast and tolerant of errors; scalars are decoded with their places.

Anchors are read where they stand and aliases are not followed, so that no document grows by reading it. The
grammar's scanner overruns its buffer where blocks nest deeper than about 250 levels and counts lines in 16
bits (tried with tree-sitter-yaml 0.7.2), so depth and length are looked at before it sees the text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from tree_sitter import Node, Parser

from scrimp.model.algebra import Text
from scrimp.model.facts import Facts, Fault
from scrimp.model.source import Source
from scrimp.readers import markers, yaml_scalars
from scrimp.readers.adapters import facts
from scrimp.readers.document import DEPTH, Document, Key, Scalar, too_deep
from scrimp.readers.grammars import load_grammar
from scrimp.readers.offsets import Offsets

name = "yaml"
VERSION = 3

LINES = 30_000
"""The most lines that are read."""

_OPENING = r"(?:[-?:](?=[ \t\r\n]|\Z)|[&!][^ \t\r\n]*+)[ \t]*+"
_OPENINGS = re.compile(rf"^[ \t]*+(?:{_OPENING})*+", re.MULTILINE)
_EACH_OPENING = re.compile(_OPENING)
_TEMPLATE_MARK = re.compile(r"\{\{|\{%")
_BLANK = frozenset({"", "\r", "\n", "#"})
_TRANSPARENT = frozenset({"stream", "document", "block_node", "flow_node", "ERROR"})
_SEQUENCES = frozenset({"block_sequence", "flow_sequence"})
_MAPPINGS = frozenset({"block_mapping", "flow_mapping"})
_PAIRS = frozenset({"block_mapping_pair", "flow_pair"})
_SCALARS = frozenset({"plain_scalar", "single_quote_scalar", "double_quote_scalar", "block_scalar", "alias"})


def read(source: Source) -> Facts:
    """The strings of a YAML file: prompts under prompt keys, the others as text that code may load."""
    document = parse(source.text)
    return markers.added(facts("yaml", source, document), markers.in_document(source.text, document))


def parse(text: str) -> Document:
    """All scalars of a text, of all its documents one after the other."""
    if text.count("\n") + text.count("\r") > LINES:
        reason = f"this YAML has more than {LINES:,} lines, so it was not read"
        return Document((), (Fault("size", reason, 0, incomplete=True),))
    deep = _deep_at(text)
    if deep >= 0:
        return too_deep(deep, "this YAML")
    return _Walk(text).run()


def _deep_at(text: str) -> int:
    """Where blocks nest too deep, by indentation and by the indicators in front of a line; -1 if nowhere."""
    columns: list[int] = []
    for line in _OPENINGS.finditer(text):
        if text[line.end() : line.end() + 1] in _BLANK and not line[0].strip():
            continue
        opened = [match.start() for match in _EACH_OPENING.finditer(line[0])]
        first = opened[0] if opened else len(line[0])
        while columns and columns[-1] >= first:
            columns.pop()
        columns.extend([*opened, len(line[0])])
        if len(columns) > 2 * DEPTH:
            return line.start()
    return -1


@cache
def _parser() -> Parser:
    return Parser(load_grammar("tree_sitter_yaml"))


class _Walk:
    """One walk over the tree of a text, without recursion."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.offsets = Offsets(text)
        self.scalars: list[Scalar] = []
        self.faults: list[Fault] = []

    def run(self) -> Document:
        """The scalars in the order of the text."""
        root = _parser().parse(self.offsets.bytes).root_node
        stack: list[tuple[Node, tuple[Key, ...], int, int]] = [(root, (), -1, 0)]
        while stack:
            node, keys, indent, depth = stack.pop()
            if depth > DEPTH:
                return too_deep(self.offsets.char(node.start_byte), "this YAML")
            if node.is_error or node.is_missing:
                self._malformed(node)
            if node.type in _SCALARS:
                self.scalars.append(self._scalar(node, keys, indent))
            else:
                stack.extend(reversed([*self._below(node, keys, indent, depth)]))
        return Document(tuple(self.scalars), tuple(self.faults))

    def _below(
        self, node: Node, keys: tuple[Key, ...], indent: int, depth: int
    ) -> Iterator[tuple[Node, tuple[Key, ...], int, int]]:
        """The nodes in a node, each with its key path, the indentation of what holds it, and its depth."""
        kind = node.type
        if kind in _SEQUENCES:
            for number, child in enumerate(_content(node)):
                column = child.start_point.column if child.type == "block_sequence_item" else indent
                yield child, (*keys, number), column, depth + 1
        elif kind in _PAIRS:
            key, value = node.child_by_field_name("key"), node.child_by_field_name("value")
            column = node.start_point.column if kind == "block_mapping_pair" else indent
            if value is not None:
                yield value, (*keys, self._key(key)), column, depth
        elif kind in _MAPPINGS:
            for child in _content(node):
                yield child, keys, indent, depth + 1
        elif kind in _TRANSPARENT or kind == "block_sequence_item":
            for child in _content(node):
                yield child, keys, indent, depth

    def _key(self, node: Node | None) -> str:
        """The text of a key; a key that is no scalar is known by its source."""
        inner = node
        while inner is not None and inner.type in _TRANSPARENT:
            inner = next(iter(_content(inner)), None)
        if inner is None:
            return ""
        if inner.type in _SCALARS:
            return self._scalar(inner, (), -1).text.value
        return self.text[self.offsets.char(inner.start_byte) : self.offsets.char(inner.end_byte)][:80]

    def _scalar(self, node: Node, keys: tuple[Key, ...], indent: int) -> Scalar:
        start, end = self.offsets.char(node.start_byte), self.offsets.char(node.end_byte)
        match node.type:
            case "block_scalar":
                text, end = yaml_scalars.block(self.text, start, indent)
            case "double_quote_scalar":
                text = yaml_scalars.double_quoted(self.text, start, end)
            case "single_quote_scalar":
                text = yaml_scalars.single_quoted(self.text, start, end)
            case "alias":
                return Scalar(keys, Text(self.text[start:end]), start, end, "alias")
            case _:
                text = yaml_scalars.plain(self.text, start, end)
                if not any(child.type == "string_scalar" for child in node.children):
                    return Scalar(keys, text, start, end, "other")
        return Scalar(keys, text, start, end)

    def _malformed(self, node: Node) -> None:
        """Note the first malformed place.

        A manifest's template is no YAML either, and no reason to distrust a run unless it speaks of prompts.
        """
        if self.faults:
            return
        start, end = self.offsets.char(node.start_byte), self.offsets.char(node.end_byte)
        lines = self.text[self.text.rfind("\n", 0, start) + 1 : max(end, self.text.find("\n", end))]
        template = _TEMPLATE_MARK.search(lines) is not None and "prompt" not in self.text.lower()
        reason = "this is a template of YAML" if template else "this is no YAML"
        self.faults.append(Fault("syntax", reason, start, incomplete=not template))


def _content(node: Node) -> list[Node]:
    """The named children of a node that hold values: no comments, anchors, tags or directives."""
    return [
        child
        for child in node.named_children
        if child.type
        not in {"comment", "anchor", "tag", "yaml_directive", "tag_directive", "reserved_directive"}
    ]
