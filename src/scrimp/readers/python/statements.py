"""Python statements as bindings, returns and imports."""

from __future__ import annotations

from msgspec import Struct, field
from tree_sitter import Node

from scrimp.model.algebra import Expression, Mapping
from scrimp.model.facts import Binding, Import, Return
from scrimp.readers.code import Context
from scrimp.readers.python.expressions import NAMES, Builder
from scrimp.readers.python.grammar import FIELD
from scrimp.readers.python.index import Index, Unit, first_child
from scrimp.readers.python.loops import bound_by, part_of

OWN = ("self.", "cls.")
"""How what belongs to an object or a class is written inside of it."""
LIST_METHODS = {"append": "append", "extend": "extend", "insert": "append", "update": "update"}


class Statements(Struct):
    """Reads the units of one file, each once."""

    builder: Builder
    index: Index
    bindings: list[Binding] = field(default_factory=list)
    returns: dict[str, list[Return]] = field(default_factory=dict)
    imports: list[Import] = field(default_factory=list)
    bound: dict[tuple[str, str], None] = field(default_factory=dict)
    """Names that have a binding by now, each with its scope, in the order in which they got it."""

    def read(self, unit: Unit) -> None:
        """Record what a unit says that is no statement of expressions."""
        node = unit.node
        match unit.kind:
            case "import":
                self._import(node, unit.scope)
            case "return":
                value = first_child(node)
                if value is not None:
                    self._return(unit, value)
            case "raise":
                error = first_child(node)
                if error is not None:
                    self.builder.build(error, self._context(unit, "", "raise"))
            case "default" | "assert":
                pass  # defaults are read with their function; assertions bind nothing
            case _:
                self._header(unit)

    def _context(self, unit: Unit, name: str, holder: str) -> Context:
        return Context(unit.scope, name, holder, unit.loop, each=unit.each)

    def read_expression(self, unit: Unit, node: Node) -> None:
        """Record what an expression says that is a statement of its own, or one of several."""
        match node.type:
            case "assignment":
                self._assignment(unit, node)
            case "augmented_assignment":
                self._augmented(unit, node)
            case "call":
                self._call(unit, node)
            case "yield":
                value = first_child(node)
                if value is not None:
                    self._return(unit, value)
            case "await":
                inner = first_child(node)
                if inner is not None:
                    self.read_expression(unit, inner)

    def _assignment(self, unit: Unit, node: Node) -> None:
        left, right = node.child_by_field_id(FIELD.left), node.child_by_field_id(FIELD.right)
        if left is None or right is None:
            return
        if right.type == "assignment":  # a = b = "…"
            self._assignment(unit, right)
            inner = right.child_by_field_id(FIELD.left)
            if inner is not None:
                expression = self.builder.build(inner, self._context(unit, "", "assignment"))
                self._bind(unit, left, "=", expression, node)
            return
        kind = left.type
        if kind in NAMES:
            found = self._target(left, unit.scope)
            name = found[1].rpartition(".")[2] if found else ""
            expression = self.builder.build(right, self._context(unit, name, "assignment"))
            if found is not None:
                self._record(unit, found, "=", expression, node)
            return
        expression = self.builder.build(right, self._target_context(unit, left))
        if kind in ("pattern_list", "tuple_pattern"):
            for number, part in enumerate(left.named_children):
                self._bind(unit, part, "=", part_of(expression, number), node)
            return
        self._bind(unit, left, "=", expression, node)

    def _target_context(self, unit: Unit, target: Node) -> Context:
        """The context of what is assigned: a key of a dictionary is a name below the dictionary's."""
        of = target.child_by_field_id(FIELD.value) if target.type == "subscript" else None
        found = self._target(target if of is None else of, unit.scope)
        context = self._context(unit, found[1].rpartition(".")[2] if found else "", "assignment")
        key = None if of is None else target.child_by_field_id(FIELD.subscript)
        literal = None if key is None else self.builder.literal(key)
        return context if literal is None else context.inside("entry", literal)

    def _augmented(self, unit: Unit, node: Node) -> None:
        left, right = node.child_by_field_id(FIELD.left), node.child_by_field_id(FIELD.right)
        operator = node.child_by_field_id(FIELD.operator)
        if left is None or right is None or operator is None or operator.type != "+=":
            return
        name = self._target(left, unit.scope)
        expression = self.builder.build(right, self._context(unit, name[1] if name else "", "augmented"))
        self._bind(unit, left, "+=", expression, node)

    def _call(self, unit: Unit, node: Node) -> None:
        function, arguments = node.child_by_field_id(FIELD.function), node.child_by_field_id(FIELD.arguments)
        if function is not None and arguments is not None and function.type == "attribute":
            method, of = function.child_by_field_id(FIELD.attribute), function.child_by_field_id(FIELD.object)
            operation = LIST_METHODS.get(self.builder.source(method)) if method is not None else None
            if operation is not None and of is not None and arguments.named_child_count:
                value = arguments.named_children[-1]
                name = self._target(of, unit.scope)
                if name is not None and value.type != "keyword_argument":
                    expression = self.builder.build(value, self._context(unit, name[1], "element"))
                    self._record(unit, name, operation, expression, node)
                    return
        self.builder.build(node, self._context(unit, "", "expression"))

    def _header(self, unit: Unit) -> None:
        node = unit.node
        if node.type == "with_item":
            value = node.child_by_field_id(FIELD.value)
            if value is None:
                return
            if value.type == "as_pattern":
                alias, inner = value.child_by_field_id(FIELD.alias), first_child(value)
                if inner is not None:
                    expression = self.builder.build(inner, self._context(unit, "", "expression"))
                    target = first_child(alias) if alias is not None else None
                    if target is not None:
                        self._bind(unit, target, "=", expression, node)
                return
            node = value
        loop = node.parent
        if loop is not None and loop.type == "for_statement":
            self._loop(unit, loop)
            return
        self.builder.build(node, self._context(unit, "", "expression"))

    def _loop(self, unit: Unit, loop: Node) -> None:
        """The head of a loop, whose names may be any of the items."""
        for target, value in bound_by(loop, self.builder, self._context(unit, "", "expression")):
            self._bind(unit, target, "=", value, unit.node)

    def _return(self, unit: Unit, value: Node) -> None:
        name = unit.scope.rpartition(".")[2]
        expression = self.builder.build(value, self._context(unit, name, "return"))
        start = self.builder.offsets.char(unit.start)
        self.returns.setdefault(unit.scope, []).append(
            Return(expression, start, self.builder.offsets.arms(unit.arms))
        )

    def _target(self, node: Node, scope: str) -> tuple[str, str] | None:
        """Scope and name that an assignment to a node binds; ``self.x`` binds ``x`` in the class around."""
        name = self.builder.dotted(node)
        return None if name is None else bound_name(name, scope, self.index)

    def _bind(self, unit: Unit, target: Node, operation: str, expression: Expression, node: Node) -> None:
        if target.type == "subscript":  # PROMPTS["key"] = "…"
            of, key = target.child_by_field_id(FIELD.value), target.child_by_field_id(FIELD.subscript)
            if of is None or key is None:
                return
            literal = self.builder.literal(key)
            target, operation, expression = of, "update", Mapping(((literal, expression),))
        found = self._target(target, unit.scope)
        if found is not None:
            self._record(unit, found, operation, expression, node)

    def _record(
        self, unit: Unit, bound: tuple[str, str], operation: str, expression: Expression, node: Node
    ) -> None:
        """What a scope and a name are bound to."""
        self.bound[bound] = None
        scope, name = bound
        offsets = self.builder.offsets
        start, end = offsets.char(node.start_byte), offsets.char(node.end_byte)
        arms = offsets.arms(unit.arms)
        self.bindings.append(Binding(scope, name, operation, expression, start, end, arms, unit.loop))

    def _import(self, node: Node, scope: str) -> None:
        if node.type == "import_statement":
            for child in node.named_children:
                module, alias = self._aliased(child)
                # Without an alias, ``import a.b`` binds ``a``; the dotted rest is found by the linker.
                self.imports.append(Import(scope, module, "", alias or module, 0))
            return
        module_node = node.child_by_field_id(FIELD.module_name)
        written = "" if module_node is None else self.builder.source(module_node)
        module = written.lstrip(".").strip()
        level = len(written) - len(written.lstrip("."))
        names = node.children_by_field_id(FIELD.name)
        for child in names:
            name, alias = self._aliased(child)
            self.imports.append(Import(scope, module, name, alias or name, level))
            self.bound[scope, alias or name] = None
        if not names and any(child.type == "wildcard_import" for child in node.named_children):
            self.imports.append(Import(scope, module, "*", "*", level))

    def _aliased(self, node: Node) -> tuple[str, str]:
        if node.type != "aliased_import":
            return self.builder.source(node), ""
        name, alias = node.child_by_field_id(FIELD.name), node.child_by_field_id(FIELD.alias)
        return (
            "" if name is None else self.builder.source(name),
            "" if alias is None else self.builder.source(alias),
        )


def bound_name(name: str, scope: str, index: Index) -> tuple[str, str]:
    """Scope and name that an assignment to a dotted name binds."""
    head, _, rest = name.partition(".")
    if rest and head in ("self", "cls"):
        holder = class_around(scope, index)
        if holder is not None:
            return holder, rest
    return scope, name


def class_around(scope: str, index: Index) -> str | None:
    """The innermost class around a scope."""
    current = index.scopes.get(scope)
    while current is not None:
        if current.is_class:
            return current.name
        current = index.scopes.get(current.parent)
    return None
