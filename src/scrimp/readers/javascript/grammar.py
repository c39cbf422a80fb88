"""The grammars of JavaScript's dialects, and what each is asked for."""

from __future__ import annotations

from functools import cache
from pathlib import PurePosixPath

from tree_sitter import Language, Node, Parser, Query, Range, Tree

from scrimp.readers.captures import captures
from scrimp.readers.grammars import load_grammar

TYPESCRIPT = "typescript"
TSX = "tsx"
JAVASCRIPT = "javascript"

DIALECTS = {".ts": TYPESCRIPT, ".mts": TYPESCRIPT, ".cts": TYPESCRIPT, ".tsx": TSX}
"""By suffix; all others are JavaScript, whose grammar knows JSX. Casts (``<string>x``) need the plain one."""

COMMON = """
[(function_declaration) (generator_function_declaration) (function_expression) (generator_function)
 (arrow_function) (method_definition) (class_declaration) (class) (statement_block)
 (if_statement) (else_clause) (switch_statement) (switch_case) (switch_default) (try_statement) (catch_clause)
 (for_statement) (for_in_statement) (while_statement) (do_statement)] @container
[(lexical_declaration) (variable_declaration) (expression_statement) (return_statement) (throw_statement)
 (import_statement) (export_statement)] @unit
(arrow_function body: (_) @body)
(if_statement condition: (_) @header)
(while_statement condition: (_) @header)
(switch_statement value: (_) @header)
(for_in_statement right: (_) @header)
(for_in_statement body: (_) @repeated)
[(string) (template_string)] @string
(call_expression function: [(identifier) @callee (member_expression property: (property_identifier) @callee)])
(new_expression constructor: [(identifier) @callee (member_expression property: (property_identifier) @callee)])
(arguments (identifier) @argument)
(return_statement (identifier) @argument)
(pair value: (identifier) @argument)
(shorthand_property_identifier) @argument
(template_substitution (identifier) @argument)
(spread_element (identifier) @argument)
(variable_declarator name: (identifier) @target @declared)
(for_in_statement) @each
(shorthand_property_identifier_pattern) @target
(pair_pattern value: (identifier) @target)
(array_pattern (identifier) @target)
(assignment_expression left: [(identifier) (member_expression)] @target)
(augmented_assignment_expression left: [(identifier) (member_expression)] @target)
(call_expression function: (member_expression object: [(identifier) (member_expression)] @target
  property: (property_identifier) @method) (#any-of? @method "push" "unshift"))
(ERROR) @error
"""
ADDED = {
    JAVASCRIPT: "(field_definition) @unit",
    TYPESCRIPT: """
[(abstract_class_declaration) (interface_declaration) (enum_declaration) (internal_module)] @container
(interface_body (method_signature) @container)
(class_body (abstract_method_signature) @container)
(call_expression function: (await_expression
  [(identifier) @callee (member_expression property: (property_identifier) @callee)]))
[(public_field_definition) (enum_assignment)] @unit
""",
}
"""What the dialects call by other names, or have apart from the others."""


def dialect_of(path: str) -> str:
    """The dialect that a file's suffix tells."""
    return DIALECTS.get(PurePosixPath(path).suffix.lower(), JAVASCRIPT)


def parse(data: bytes, dialect: str, ranges: list[Range] | None = None) -> Tree:
    """The syntax tree of UTF-8 source, of certain ranges of it if given; errors are nodes in it."""
    parser = Parser(_language(dialect))
    if ranges is not None:
        parser.included_ranges = ranges
    return parser.parse(data)


def captured(tree: Tree, dialect: str) -> dict[str, list[Node]]:
    """The nodes of interest, by what they are of interest for."""
    return captures(_query(dialect), tree)


@cache
def _language(dialect: str) -> Language:
    if dialect == JAVASCRIPT:
        return load_grammar("tree_sitter_javascript")
    return load_grammar("tree_sitter_typescript", "language_tsx" if dialect == TSX else "language_typescript")


@cache
def _query(dialect: str) -> Query:
    return Query(_language(dialect), COMMON + ADDED[JAVASCRIPT if dialect == JAVASCRIPT else TYPESCRIPT])
