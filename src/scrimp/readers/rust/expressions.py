"""Expressions of Rust: literals, names, calls, structs and the macros that make text."""

from __future__ import annotations

import re
from collections.abc import Iterator

from tree_sitter import Node

from scrimp.model.algebra import EMPTY, Argument, Branch, Expression, File, Text, Transform, Unknown
from scrimp.model.facts import Import
from scrimp.readers.code import Context
from scrimp.readers.languages.expressions import Expressions
from scrimp.readers.languages.grammar import Grammar
from scrimp.readers.languages.literals import Part, expression, parts_between, unescaped
from scrimp.readers.languages.nodes import first_named, fixed, is_text, last_named, significant
from scrimp.readers.languages.reading import Reading

CALLED = re.compile(rb"\b(format|formatdoc|indoc|dedent|concat|include_str)!(?=\s*\()")
LISTED = re.compile(rb"\bvec!(?=\s*\[)")
CAPTURED = re.compile(r"(?<!\{)(?:\{\{)*\{([A-Za-z_]\w*)(?::[^{}]*)?\}")
SPACE = re.compile(r"\s*")


class RustExpressions(Reading):
    """What the nodes of Rust are as expressions."""

    language = "rust"
    grammar = Grammar("tree_sitter_rust", "language", ("string_literal", "raw_string_literal"))
    SILENT = re.compile(
        r"(?:^|\.)(?:e?println|e?print|panic|todo|unimplemented|unreachable|bail|anyhow|ensure|debug|info|warn|error|trace|write|writeln"
        r"|(?:debug_)?assert(?:_eq|_ne)?|context|with_context|map_err|ok_or|ok_or_else|msg|about|help|long_about|custom|Regex\.new)$"
    )
    LISTS = frozenset(("array_expression",))
    TEXT_METHODS = {
        "trim": "strip",
        "trim_start": "lstrip",
        "trim_end": "rstrip",
        "replace": "replace",
        "join": "joined",
        "concat": "joined",
    }
    TEXT_FUNCTIONS = {
        "format": ("format", 0),
        "formatdoc": ("formatdoc", 0),
        "indoc": ("dedent", 0),
        "dedent": ("dedent", 0),
        "concat": ("concat", 0),
    }
    SAME_METHODS = frozenset(
        (
            *(
                "to_string",
                "to_owned",
                "into",
                "as_str",
                "as_ref",
                "clone",
                "unwrap",
                "expect",
                "into_owned",
                "to_vec",
                "as_deref",
            ),
            *("unwrap_or_default", "try_into", "borrow", "into_string", "iter", "collect"),
        )
    )
    SAME_FUNCTIONS = frozenset(
        (
            "String.from",
            "Some",
            "Ok",
            "Box.new",
            "Arc.new",
            "Cow.from",
            "Cow.Borrowed",
            "Cow.Owned",
            "Vec.from",
        )
    )
    ADDERS = {"push_str": "+=", "push": "append", "extend": "extend"}
    BRANCHES = frozenset(("if_expression", "match_expression"))
    ARMS = frozenset(("match_arm",))
    LOOPS = frozenset(("for_expression", "while_expression", "loop_expression"))

    def __init__(self, text: str) -> None:
        super().__init__(text)
        self._prepared = b""

    def prepared(self, data: bytes) -> bytes:
        """The source with macros of expressions as calls and lists, every byte in its place."""
        self._prepared = LISTED.sub(b"    ", CALLED.sub(rb"\1 ", data))
        return self._prepared

    # --- literals -----------------------------------------------------------------------------------

    def _string(self, node: Node, _: Context) -> Expression:
        if self.source(node).startswith(("b", "c")):
            return Unknown(self.short(node))
        content = [child for child in node.children if child.type in ("string_content", "escape_sequence")]
        if not content:
            return EMPTY
        special = (self._escape(child) for child in content if child.type == "escape_sequence")
        return expression(parts_between(self.start(content[0]), self.end(content[-1]), special), self.text)

    def _escape(self, node: Node) -> Part:
        """An escape; an escaped line end takes the blanks behind it along."""
        written, end = self.source(node), self.end(node)
        if written[1:2] in ("\n", "\r"):
            blanks = SPACE.match(self.text, end)
            end = end if blanks is None else blanks.end()
        return Part(self.start(node), end, unescaped(written))

    # --- names and calls ----------------------------------------------------------------------------

    def name_of(self, node: Node | None) -> str | None:
        """A name, a path, or a chain of fields; ``Self`` is ``self``."""
        if node is None:
            return None
        match node.type:
            case "identifier" | "type_identifier" | "shorthand_field_identifier":
                return self.source(node)
            case "self":
                return "self"
            case "scoped_identifier" | "scoped_type_identifier":
                return self._path(node)
            case (
                "generic_type"
                | "generic_function"
                | "reference_expression"
                | "parenthesized_expression"
                | "reference_type"
            ):
                inner = node.child_by_field_name("type") or node.child_by_field_name("function")
                return self.name_of(inner or last_named(node))
            case "field_expression":
                of = self.name_of(node.child_by_field_name("value"))
                return None if of is None else f"{of}.{self.source(node.child_by_field_name('field'))}"
        return None

    def _path(self, node: Node) -> str:
        """A path; one that begins at the crate is an import of what follows its modules."""
        parts = tuple(part for part in re.sub(r"<.*>|\s", "", self.source(node)).split("::") if part)
        if parts[:1] == ("Self",):
            return ".".join(("self", *parts[1:]))
        if parts[:1] == ("self",) or parts[:1] == ("super",) or parts[:1] == ("crate",):
            whole = self.whole_path(parts)
            modules = next((n for n, part in enumerate(whole[:-1]) if not part.islower()), len(whole) - 1)
            head, module = whole[modules], ".".join(whole[:modules])
            if not any(each.alias == head for each in self.imports):
                self.imports.append(Import("", module, head, head, 0))
            return ".".join(whole[modules:])
        return ".".join(parts)

    def whole_path(self, parts: tuple[str, ...]) -> tuple[str, ...]:
        """A path of modules from the root of the crate, or of another one."""
        own = tuple(part for part in (self.package or "").split(".") if part)
        match parts[0]:
            case "crate":
                return parts[1:]
            case "self":
                return (*own, *parts[1:])
            case "super":
                return (
                    self.whole_path(("super", *parts[2:]))
                    if parts[1:2] == ("super",)
                    else (*own[:-1], *parts[1:])
                )
        return parts

    def _field(self, node: Node, context: Context) -> Expression:
        of = node.child_by_field_name("value")
        if of is None:
            return Unknown(self.short(node))
        return self.member(of, self.source(node.child_by_field_name("field")), node, context)

    def call_parts(self, node: Node) -> tuple[Node | None, str, list[Node]] | None:
        """Receiver, name and arguments of a call."""
        if node.type != "call_expression":
            return None
        function, arguments = node.child_by_field_name("function"), node.child_by_field_name("arguments")
        if function is None or arguments is None:
            return None
        if function.type == "generic_function":
            function = function.child_by_field_name("function") or function
        listed = significant(arguments)
        if function.type == "field_expression":
            return (
                function.child_by_field_name("value"),
                self.source(function.child_by_field_name("field")),
                listed,
            )
        return None, self.name_of(function) or "()", listed

    def _called(self, node: Node, context: Context) -> Expression:
        parts = self.call_parts(node)
        if parts is None:
            return self.other(node, context)
        receiver, called, arguments = parts
        called = (
            called.rpartition(".")[2] if CALLED.match(called.rpartition(".")[2].encode() + b"!(") else called
        )
        if receiver is None and called == "include_str" and (path := self.literal(arguments[0])) is not None:
            return File(Text(re.sub(r"^(?:\.\.?/)+", "", path)))
        return self.call(node, context, receiver, called, arguments)

    def changed(self, operation: str, operand: Node, rest: list[Node], context: Context) -> Expression | None:
        """A text with its holes filled; those that name a variable are filled by it."""
        if operation not in ("format", "formatdoc"):
            return super().changed(operation, operand, rest, context)
        of = self.part(operand, context)
        if not is_text(of):
            return None
        given = tuple(self._filling(each, context) for each in rest)
        names = dict.fromkeys(found[1] for found in CAPTURED.finditer(fixed(of)))
        known = {each.name for each in given}
        captured = tuple(
            Argument(each, self.named(each, operand, context)) for each in names if each not in known
        )
        filled = Transform("format", of, (*given, *captured))
        return Transform("dedent", filled) if operation == "formatdoc" else filled

    def _filling(self, node: Node, context: Context) -> Argument:
        left, right = node.child_by_field_name("left"), node.child_by_field_name("right")
        if node.type == "assignment_expression" and left is not None and right is not None:
            return Argument(self.source(left), self.operand(right, context))
        return Argument("", self.operand(node, context))

    def _struct(self, node: Node, context: Context) -> Expression:
        made, body = self.name_of(node.child_by_field_name("name")), node.child_by_field_name("body")
        pairs: list[tuple[str | None, Node]] = []
        for each in [] if body is None else significant(body):
            key, value = each.child_by_field_name("field"), each.child_by_field_name("value")
            if each.type == "shorthand_field_initializer":
                key = value = first_named(each)
            if key is not None and value is not None:
                pairs.append((self.source(key), value))
        return self.mapping(pairs, context.inside(context.holder, callee=made) if made else context)

    def _array(self, node: Node, context: Context) -> Expression:
        return self.sequence(node.named_children, context)

    def _index(self, node: Node, context: Context) -> Expression:
        parts = significant(node)
        return self.item(parts[0], parts[1] if len(parts) > 1 else None, context)

    def _macro(self, node: Node, context: Context) -> Expression:
        """``json!``: an object as it is written; of other macros only the strings are read, if they are for models."""
        called = self.source(node.child_by_field_name("macro")).replace("::", ".")
        if self.SILENT.search(called) is not None:
            return Unknown(self.short(node))
        tree = next((each for each in node.named_children if each.type == "token_tree"), None)
        if tree is None or called.rpartition(".")[2] != "json":
            return self.other(node, context)
        inner = next((each for each in tree.named_children if each.type == "token_tree"), tree)
        return self._tokens(inner, context)

    def _tokens(self, node: Node, context: Context) -> Expression:
        """Tokens in brackets: an object if a key and a colon come first, otherwise a list."""
        if node.type != "token_tree":
            return self.other(node, context)
        values: list[list[Node]] = [[]]
        for child in node.children[1:-1]:
            if child.type == ",":
                values.append([])
            else:
                values[-1].append(child)
        entries = [each for each in values if each]
        if self.source(node).startswith("{"):
            pairs: list[tuple[str | None, Node]] = [
                (self.literal(each[0]), self._value(each[2:]))
                for each in entries
                if len(each) > 2 and each[1].type == ":"
            ]
            return self.mapping(pairs, context)
        return self.sequence(map(self._value, entries), context)

    def _value(self, tokens: list[Node]) -> Node:
        """The value that some tokens are; several are an expression, which the grammar leaves unread in macros."""
        if len(tokens) == 1:
            return tokens[0]
        tree = self.grammar.parse_part(self._prepared, tokens[0].start_byte, tokens[-1].end_byte)
        statement = first_named(tree.root_node)
        if statement is not None and statement.type in ("expression_statement", "ERROR"):
            statement = first_named(statement)
        return statement or tokens[0]

    def _closure(self, node: Node, context: Context) -> Expression:
        body = node.child_by_field_name("body")
        if body is not None and body.type != "block":
            return self.apart(body, context)
        self.inline(body, context)
        return Unknown(self.short(node))

    def _branches(self, node: Node, context: Context) -> Expression:
        """``if`` or ``match`` as an expression: what its arms end with."""
        condition = self.short(node.child_by_field_name("condition") or node.child_by_field_name("value"))
        values = tuple(self.build(each, context) for each in self._ends(node))
        return Branch(condition, values) if values else Unknown(self.short(node))

    def _ends(self, node: Node) -> Iterator[Node]:
        match node.type:
            case "if_expression":
                for field in ("consequence", "alternative"):
                    if (child := node.child_by_field_name(field)) is not None:
                        yield from self._ends(child)
            case "match_expression":
                body = node.child_by_field_name("body")
                for arm in () if body is None else body.named_children:
                    if (value := arm.child_by_field_name("value")) is not None:
                        yield from self._ends(value)
            case "block" | "else_clause":
                if (last := last_named(node)) is not None:
                    yield from self._ends(last)
            case "return_expression":
                return
            case _:
                yield node

    def _block(self, node: Node, context: Context) -> Expression:
        """A block as an expression: what it ends with."""
        listed = significant(node)
        for child in listed[:-1]:
            self.inline(child, context)
        return self.build(listed[-1], context) if listed else Unknown()

    EXPRESSIONS = {
        "string_literal": _string,
        "raw_string_literal": _string,
        "binary_expression": Expressions.binary,
        "parenthesized_expression": Expressions.inner,
        "reference_expression": Expressions.last,
        "unary_expression": Expressions.last,
        "try_expression": Expressions.inner,
        "await_expression": Expressions.inner,
        "type_cast_expression": Expressions.inner,
        "identifier": Expressions.reference,
        "self": Expressions.reference,
        "scoped_identifier": Expressions.reference,
        "field_expression": _field,
        "index_expression": _index,
        "call_expression": _called,
        "struct_expression": _struct,
        "array_expression": _array,
        "macro_invocation": _macro,
        "token_tree": _tokens,
        "closure_expression": _closure,
        "if_expression": _branches,
        "match_expression": _branches,
        "block": _block,
        "integer_literal": Expressions.number,
        "float_literal": Expressions.number,
        "boolean_literal": Expressions.constant,
    }
