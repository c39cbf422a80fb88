"""What a module gets from others and gives to them: import, export and require."""

from __future__ import annotations

from tree_sitter import Node

from scrimp.model.facts import Import
from scrimp.readers.javascript.names import DEFAULT, first_child, text_of
from scrimp.readers.javascript.patterns import bound_by
from scrimp.readers.javascript.strings import unwrapped


def of_import(node: Node, scope: str) -> list[Import]:
    """The names that an ``import`` statement binds; none if it is for its effects only."""
    module = _module(node)
    clause = next((child for child in node.named_children if child.type == "import_clause"), None)
    found: list[Import] = []
    for child in () if clause is None else clause.named_children:
        match child.type:
            case "identifier":
                found.append(Import(scope, module, DEFAULT, text_of(child), 0))
            case "namespace_import":
                found.append(Import(scope, module, "", text_of(first_child(child)), 0))
            case "named_imports":
                found += [Import(scope, module, name, alias, 0) for name, alias in _specified(child)]
    return found


def of_export(node: Node, scope: str) -> tuple[list[Import], list[tuple[str, str]]]:
    """What an ``export`` statement hands on from another module, and names of its own with those they are given."""
    module = _module(node)
    clause = next((child for child in node.named_children if child.type == "export_clause"), None)
    if not module:
        return [], [(name, alias) for name, alias in _specified(clause) if name != alias]
    if clause is not None:
        return [Import(scope, module, name, alias, 0) for name, alias in _specified(clause)], []
    namespace = next((child for child in node.named_children if child.type == "namespace_export"), None)
    if namespace is not None:
        return [Import(scope, module, "", text_of(first_child(namespace)), 0)], []
    return [Import(scope, module, "*", "*", 0)], []


def default_of(node: Node) -> Node | None:
    """What an ``export default`` or ``export =`` statement exports."""
    value = node.child_by_field_name("value")
    if value is not None:
        return unwrapped(value)
    kinds = [child.type for child in node.children]
    if "default" in kinds:
        return node.child_by_field_name("declaration")
    return first_child(node) if "=" in kinds else None


def of_require(value: Node, target: Node, scope: str) -> list[Import]:
    """The names that ``const target = require("module")`` binds, or ``await import("module")``."""
    value = unwrapped(value)
    if value.type == "await_expression":
        inner = first_child(value)
        value = value if inner is None else unwrapped(inner)
    member = ""
    if value.type == "member_expression":
        of, member = value.child_by_field_name("object"), text_of(value.child_by_field_name("property"))
        value = value if of is None else unwrapped(of)
    module = _required(value)
    if module is None:
        return []
    if target.type == "identifier":
        return [Import(scope, module, member, text_of(target), 0)]
    return [
        Import(scope, module, str(each.members[0]), each.name, 0)
        for each in bound_by(target)
        if len(each.members) == 1 and not member
    ]


def _required(node: Node) -> str | None:
    function, arguments = node.child_by_field_name("function"), node.child_by_field_name("arguments")
    if node.type != "call_expression" or text_of(function) not in ("require", "import") or arguments is None:
        return None
    only = first_child(arguments)
    return text_of(only)[1:-1] if only is not None and only.type == "string" else None


def _module(node: Node) -> str:
    return text_of(node.child_by_field_name("source"))[1:-1]


def _specified(clause: Node | None) -> list[tuple[str, str]]:
    """Names in braces, each with its alias, or itself where it has none."""
    found: list[tuple[str, str]] = []
    for child in () if clause is None else clause.named_children:
        name, alias = child.child_by_field_name("name"), child.child_by_field_name("alias")
        if name is not None:
            found.append((text_of(name), text_of(alias or name)))
    return found
