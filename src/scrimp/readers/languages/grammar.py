"""Grammars that are extras: which wheel holds a language's, and how to get its parser and its query."""

from __future__ import annotations

from functools import cache

from msgspec import Struct
from tree_sitter import Language, Node, Parser, Point, Query, Range, Tree

from scrimp.readers.captures import captures
from scrimp.readers.grammars import load_grammar


class Grammar(Struct, frozen=True):
    """The module of a wheel, the function in it that gives the language, and its string literals' node types."""

    module: str
    function: str
    strings: tuple[str, ...]

    def parse(self, data: bytes) -> Tree:
        """The syntax tree of UTF-8 source; errors are nodes in it."""
        return Parser(_language(self)).parse(data)

    def parse_part(self, data: bytes, start: int, end: int) -> Tree:
        """The syntax tree of the bytes from ``start`` to ``end``, by their places in the whole source."""
        parser = Parser(_language(self))
        parser.included_ranges = [Range(Point(0, start), Point(0, end), start, end)]
        return parser.parse(data)

    def strings_and_errors(self, tree: Tree) -> tuple[list[Node], list[Node]]:
        """All string literals and all errors of a tree, found outside of Python."""
        found = captures(_query(self), tree)
        return found.get("string", []), found.get("error", [])


@cache
def _language(grammar: Grammar) -> Language:
    return load_grammar(grammar.module, grammar.function)


@cache
def _query(grammar: Grammar) -> Query:
    kinds = " ".join(f"({kind})" for kind in grammar.strings)
    return Query(_language(grammar), f"[{kinds}] @string (ERROR) @error")
