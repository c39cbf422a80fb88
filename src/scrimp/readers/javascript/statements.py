"""JavaScript statements as bindings and returns."""

from __future__ import annotations

from msgspec import Struct, field
from tree_sitter import Node

from scrimp.model.algebra import Branch, Expression, Item, Mapping, Reference
from scrimp.model.facts import Arm, Binding, Import, Return
from scrimp.readers.code import Context
from scrimp.readers.javascript import imports
from scrimp.readers.javascript.blocks import Declared, block_around
from scrimp.readers.javascript.expressions import Builder
from scrimp.readers.javascript.index import CLASSES, FUNCTIONS, Index, Unit
from scrimp.readers.javascript.lists import ANY, bound_to, member_of
from scrimp.readers.javascript.names import DEFAULT, callee_of, dotted, first_child, text_of
from scrimp.readers.javascript.patterns import bound_by
from scrimp.readers.javascript.strings import unwrapped

ADDING = {"push": "append", "unshift": "append"}
"""Methods that add to a list, by the operation of a binding."""
_PASSED_ON = frozenset(("await_expression", "unary_expression", "sequence_expression"))


class Statements(Struct):
    """Reads the units of one file, each once."""

    builder: Builder
    index: Index
    bindings: list[Binding] = field(default_factory=list)
    returns: dict[str, list[Return]] = field(default_factory=dict)
    imports: list[Import] = field(default_factory=list)
    bound: set[tuple[str, str]] = field(default_factory=set)
    """Names that have a binding by now, each with its scope."""
    declared: list[Declared] = field(default_factory=list)
    """Names that blocks declare."""

    def read(self, unit: Unit) -> None:
        """Record what a unit says."""
        node = unit.node
        match node.type if unit.kind == "unit" else unit.kind:
            case "import_statement":
                self._import(imports.of_import(node, unit.scope))
            case "export_statement":
                self._export(unit, node)
            case "lexical_declaration" | "variable_declaration":
                for child in node.named_children:
                    self._declaration(unit, child)
            case "return_statement":
                value = first_child(node)
                if value is not None:
                    self._return(unit, value)
            case "expression_statement":
                for child in node.named_children:
                    self._expression(unit, child)
            case "public_field_definition" | "field_definition" | "enum_assignment":
                self._member(unit, node)
            case "body":
                self._return(unit, node)
            case "header":
                self._header(unit, node)

    def _header(self, unit: Unit, node: Node) -> None:
        """What stands in the head of a statement; ``for (const x of list)`` binds ``x`` to any of its items."""
        expression = self.builder.build(node, self._context(unit, "", "expression"))
        pattern = target_of_each(node.parent)
        for name, value in () if pattern is None else bound_to(pattern, Item(expression, ANY)):
            self._add(unit, (unit.scope, name), "=", value, node)

    def _context(self, unit: Unit, name: str, holder: str) -> Context:
        return Context(unit.scope, name, holder, unit.loop, each=unit.each)

    def _import(self, found: list[Import]) -> None:
        self.imports += found
        self.bound.update((each.scope, each.alias) for each in found)

    # --- expressions as statements --------------------------------------------------------------------

    def _expression(self, unit: Unit, node: Node) -> None:
        node = unwrapped(node)
        match node.type:
            case "assignment_expression":
                self._assignment(unit, node)
            case "augmented_assignment_expression":
                self._augmented(unit, node)
            case "call_expression":
                self._call(unit, node)
            case "yield_expression":
                value = first_child(node)
                if value is not None:
                    self._return(unit, value)
            case kind if kind in _PASSED_ON:
                for inner in node.named_children:
                    self._expression(unit, inner)
            case "binary_expression" | "new_expression" | "ternary_expression":
                self.builder.build(node, self._context(unit, "", "expression"))

    def _declaration(self, unit: Unit, node: Node) -> None:
        target, value = node.child_by_field_name("name"), node.child_by_field_name("value")
        if node.type != "variable_declarator" or target is None or value is None:
            return
        required = imports.of_require(value, target, unit.scope)
        if required:
            self._import(required)
        elif target.type == "identifier":
            self._bind_name(unit, target, value, node)
        else:
            self._destructure(unit, target, value, node)

        block = block_around(node.parent)
        if block is not None:
            start, end = (self.builder.offsets.char(at) for at in (block.start_byte, block.end_byte))
            names = (
                [text_of(target)] if target.type == "identifier" else [each.name for each in bound_by(target)]
            )
            self.declared += (Declared(unit.scope, name, start, end) for name in names)

    def _bind_name(self, unit: Unit, target: Node, value: Node, node: Node) -> None:
        expression = self.builder.build(value, self._context(unit, dotted(target) or "", "assignment"))
        self._bind(unit, target, "=", expression, node)

    def _destructure(self, unit: Unit, pattern: Node, value: Node, node: Node) -> None:
        of = self.builder.build(value, self._context(unit, "", "assignment"))
        for each in bound_by(pattern):
            expression = of
            for member in each.members:
                expression = member_of(expression, member)
            if each.default is not None:
                default = self.builder.build(each.default, self._context(unit, each.name, "default"))
                expression = Branch(each.name, (expression, default))
            self._add(unit, (unit.scope, each.name), "=", expression, node)

    def _assignment(self, unit: Unit, node: Node) -> None:
        left, right = node.child_by_field_name("left"), node.child_by_field_name("right")
        if left is None or right is None:
            return
        if left.type in ("object_pattern", "array_pattern"):
            self._destructure(unit, left, right, node)
            return
        expression = self.builder.build(right, self._target_context(unit, left))
        self._bind(unit, left, "=", expression, node)
        if right.type == "assignment_expression":  # a = b = "…"
            inner = right.child_by_field_name("left")
            if inner is not None:
                self._bind(unit, inner, "=", expression, right)

    def _target_context(self, unit: Unit, target: Node) -> Context:
        """The context of what is assigned: a member of an object is a name below the object's."""
        _, name, keys = self._target(target, unit.scope) or ("", "", ())
        context = self._context(unit, name.rpartition(".")[2], "assignment")
        return context.inside("entry", keys[-1]) if keys and keys[-1] is not None else context

    def _augmented(self, unit: Unit, node: Node) -> None:
        left, right = node.child_by_field_name("left"), node.child_by_field_name("right")
        operator = node.child_by_field_name("operator")
        if left is None or right is None or operator is None:
            return
        sign = {"+=": "+=", "??=": "=", "||=": "="}.get(operator.type)
        found = self._target(left, unit.scope)
        if sign is None or found is None:
            return
        name = found[2][-1] if found[2] else found[1]
        expression = self.builder.build(right, self._context(unit, name or "", "augmented"))
        self._bind(unit, left, sign, expression, node)

    def _call(self, unit: Unit, node: Node) -> None:
        function, arguments = callee_of(node), node.child_by_field_name("arguments")
        if function is not None and arguments is not None and function.type == "member_expression":
            of, method = function.child_by_field_name("object"), function.child_by_field_name("property")
            operation = ADDING.get("" if method is None else self.builder.short(method))
            target = None if of is None else self._target(of, unit.scope)
            if operation is not None and target is not None and of is not None and not target[2]:
                context = self._context(unit, target[1], "element")
                for child in arguments.named_children:
                    self._push(unit, of, operation, child, context)
                return
        self.builder.build(node, self._context(unit, "", "expression"))

    def _push(self, unit: Unit, of: Node, operation: str, child: Node, context: Context) -> None:
        if child.type == "spread_element":
            inner = first_child(child)
            if inner is not None:
                self._bind(unit, of, "extend", self.builder.build(inner, context), child)
        elif child.type != "comment":
            self._bind(unit, of, operation, self.builder.build(child, context), child)

    # --- members, returns, exports --------------------------------------------------------------------

    def _member(self, unit: Unit, node: Node) -> None:
        """A field of a class, or a member of an enumeration."""
        target = node.child_by_field_name("name") or node.child_by_field_name("property")
        value, name = node.child_by_field_name("value"), self.builder.key(target)
        if value is not None and name is not None:
            expression = self.builder.build(value, self._context(unit, name, "assignment"))
            self._add(unit, (unit.scope, name), "=", expression, node)

    def _return(self, unit: Unit, value: Node) -> None:
        name = unit.scope.rpartition(".")[2]
        expression = self.builder.build(value, self._context(unit, name, "return"))
        start = self.builder.offsets.char(unit.start)
        self.returns.setdefault(unit.scope, []).append(
            Return(expression, start, self.builder.offsets.arms(unit.arms))
        )

    def _export(self, unit: Unit, node: Node) -> None:
        found, renamed = imports.of_export(node, unit.scope)
        self._import(found)
        for own, exported in renamed:
            reference = Reference(own, unit.scope, self.builder.offsets.char(node.end_byte))
            self.builder.names.add((unit.scope, own))
            self._add(unit, (unit.scope, exported), "=", reference, node)
        value = imports.default_of(node)
        if value is not None and value.type in FUNCTIONS | CLASSES:
            self._add(unit, (unit.scope, DEFAULT), "=", self.builder.function(value), node)
        elif value is not None:
            expression = self.builder.build(value, self._context(unit, DEFAULT, "assignment"))
            self._add(unit, (unit.scope, DEFAULT), "=", expression, node)

    # --- targets --------------------------------------------------------------------------------------

    def _bind(self, unit: Unit, target: Node, operation: str, expression: Expression, node: Node) -> None:
        found = self._target(target, unit.scope)
        if found is None:
            return
        scope, name, keys = found
        if operation != "=" or target.parent is None or target.parent.type != "variable_declarator":
            scope = self.index.home(scope, name)
        for key in reversed(keys):  # a.b.c = x changes a
            operation, expression = "update", Mapping(((key, expression),))
        self._add(unit, (scope, name), operation, expression, node)
        if name == DEFAULT and operation == "=" and isinstance(expression, Mapping):
            for key, value in expression.entries:  # module.exports = { a, b: … }
                if key is not None:
                    self._add(unit, (scope, key), "=", value, node)

    def _add(
        self, unit: Unit, key: tuple[str, str], operation: str, expression: Expression, node: Node
    ) -> None:
        start, end = self.builder.offsets.char(node.start_byte), self.builder.offsets.char(node.end_byte)
        self.bound.add(key)
        if isinstance(expression, Reference) and (expression.scope, expression.name) == key:
            return  # what has this name anyway, such as a function
        arms = self.builder.offsets.arms(unit.arms)
        if key[0] != unit.scope and unit.scope.startswith(f"{key[0]}.") and not unit.loop:
            arms = (Arm(start, 0, ""), *arms)  # a function within sets it, should it ever be called
        self.bindings.append(Binding(*key, operation, expression, start, end, arms, unit.loop))

    def _target(self, node: Node, scope: str) -> tuple[str, str, tuple[str | None, ...]] | None:
        """Scope, name and keys that an assignment to a node binds; ``this.x`` binds ``x`` in the class around."""
        node = unwrapped(node)
        if node.type == "subscript_expression":
            of, key = node.child_by_field_name("object"), node.child_by_field_name("index")
            found = None if of is None or key is None else self._target(of, scope)
            if found is None or key is None:
                return None
            return found[0], found[1], (*found[2], self.builder.literal(key))
        name = dotted(node)
        if name is None:
            return None
        head, *rest = name.removeprefix("module.").split(".")
        if head == "exports":
            return "", rest[0] if rest else DEFAULT, tuple(rest[1:])
        if head == "self" and rest:
            holder = self.index.class_around(scope)
            return (holder or scope, rest[0] if holder else f"self.{rest[0]}", tuple(rest[1:]))
        inside = f"{scope}.{head}" if scope else head
        if len(rest) == 1 and inside in self.index.scopes and self.index.scopes[inside].is_class:
            return inside, rest[0], ()
        return scope, head, tuple(rest)


def target_of_each(statement: Node | None) -> Node | None:
    """What ``for (… of list)`` binds; ``None`` for other statements."""
    if statement is None or statement.type != "for_in_statement":
        return None
    operator = statement.child_by_field_name("operator")
    return statement.child_by_field_name("left") if operator is not None and operator.type == "of" else None
