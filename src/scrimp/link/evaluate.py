"""Evaluates expressions of the tree as far as they are text, without running anything.

Names are looked up as the host language does (function scopes, module, imports, classes and their bases); functions
that return text are inlined with their arguments. What can't be known stays a hole.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from scrimp.link import library, transforms
from scrimp.link.symbols import Module, Symbols, plain
from scrimp.link.values import (
    Choice,
    ClassValue,
    Entries,
    FunctionValue,
    Hole,
    Instance,
    Items,
    Made,
    ModuleValue,
    Number,
    Outside,
    SiteKey,
    Value,
    Written,
)
from scrimp.model.algebra import (
    Branch,
    Call,
    Constant,
    Expression,
    File,
    Include,
    Item,
    Join,
    Loop,
    Parameter,
    Reference,
    Sequence,
    Template,
    Text,
    Transform,
    Unknown,
    Variable,
)
from scrimp.model.algebra import Mapping as MappingNode
from scrimp.model.facts import Binding, FunctionParameter
from scrimp.model.prompts import (
    BranchSegment,
    InlineSegment,
    LoopSegment,
    Segment,
    TextSegment,
    VariableSegment,
)

MOST_DEPTH = 24  # of references followed one after the other: more is a cycle, or a puzzle
MOST_INLINED = 2  # functions within functions whose returned text is put in place
MOST_CONSTRUCTIONS = 12  # calls of one class that are asked for a field
MOST_ALTERNATIVES = 8  # of one name; the rest is left out
STRING_METHODS = frozenset(
    (
        "format",
        "strip",
        "lstrip",
        "rstrip",
        "replace",
        "removeprefix",
        "removesuffix",
        "join",
        "format_map",
        "substitute",
    )
)

Environment = Mapping[tuple[str, str, str], Value]
"""Values of parameters, by path, function and name."""
PLAIN_TYPE = re.compile(r"(?:Optional|type|Type)?\[?(?P<name>[A-Za-z_][\w.]*)\]?(?: *\| *None)?")
"""Annotations that name one class: ``X``, ``X | None``, ``Optional[X]``, ``type[X]``."""
NOTHING_GIVEN: Environment = {}


@dataclass(slots=True)
class Evaluator:
    """Evaluates expressions; what it learns of units on the way is kept."""

    symbols: Symbols
    files: library.Library
    aliases: Mapping[SiteKey, SiteKey] = field(default_factory=dict)
    """The unit that a site is a later step of (see ``units.step_aliases``)."""
    units: dict[SiteKey, tuple[Segment, ...]] = field(default_factory=dict)
    formatted: dict[SiteKey, str] = field(default_factory=dict)
    """The template language in which code fills a unit, where it shows (``format percent dollar``)."""
    _active: set[object] = field(default_factory=set)
    _depth: int = 0
    _inlined: int = 0

    def evaluate(self, expression: Expression, path: str, given: Environment = NOTHING_GIVEN) -> Value:
        """The value of an expression of the file ``path``."""
        if self._depth > MOST_DEPTH:
            return Hole("…")
        self._depth += 1
        try:
            return self._evaluate(expression, path, given)
        finally:
            self._depth -= 1

    def _evaluate(  # noqa: C901, PLR0912  one case a node of the algebra
        self, expression: Expression, path: str, given: Environment
    ) -> Value:
        match expression:
            case Template():
                return self._template(expression, path, given)
            case Text():
                return Written((TextSegment(expression.value, path, expression.pieces),))
            case Join():
                return Written(tuple(self._flat(expression.parts, path, given)))
            case Variable():
                return Written(self._variable(expression, path, given))
            case Reference():
                return self.lookup(expression.name, expression.scope, expression.start, path, given)
            case Item():
                return self.member(self.evaluate(expression.of, path, given), expression.key)
            case Call():
                return self._call(expression, path, given)
            case Branch():
                return choice(
                    [self.evaluate(each, path, given) for each in expression.alternatives],
                    expression.condition,
                )
            case Loop():
                body = self.evaluate(expression.body, path, given)
                if isinstance(body, Written):
                    return Items((Written((LoopSegment(expression.over, body.segments),)),), open=True)
                return Items((body,), open=True)
            case Sequence():
                return Items(tuple(self.evaluate(each, path, given) for each in expression.items))
            case MappingNode():
                return self._entries(expression, path, given)
            case Constant():
                return Number(expression.value)
            case Transform():
                return self._transform(expression, path, given)
            case Include():
                return self.files.included(expression.target, path) or Hole(expression.target, path)
            case File():
                return Hole("file")
            case Parameter():
                return Hole(expression.name, path)
            case Unknown():
                return Hole(expression.name, path)

    # --- text ---------------------------------------------------------------------------------------

    def _template(self, template: Template, path: str, given: Environment) -> Value:
        key = f"{path}:{template.site}"
        unit = self.aliases.get(key, key)
        if given:
            return Written((InlineSegment(unit, self.text(self.evaluate(template.body, path, given))),))
        segments = self.site(key, template.body, path)
        return Hole("…", path) if segments is None else Written((InlineSegment(unit, segments),))

    def site(self, key: SiteKey, body: Expression, path: str) -> tuple[Segment, ...] | None:
        """The segments of a site, evaluated once; ``None`` while it is being evaluated itself."""
        if key not in self.units:
            if key in self._active:
                return None
            self._active.add(key)
            self.units[key] = self.text(self.evaluate(body, path))
            self._active.discard(key)
        return self.units[key]

    def _flat(self, parts: tuple[Expression, ...], path: str, given: Environment) -> Iterator[Segment]:
        for part in parts:
            yield from self.text(self.evaluate(part, path, given))

    def _variable(self, variable: Variable, path: str, given: Environment) -> tuple[Segment, ...]:
        hole = (VariableSegment(variable.name, path, variable.start, variable.end),)
        if variable.of is None:
            return hole
        value = self.evaluate(variable.of, path, given)
        return self.text(value, hole) if has_text(value) else hole

    def text(self, value: Value, hole: tuple[Segment, ...] = ()) -> tuple[Segment, ...]:
        """A value as segments; ``hole`` stands where it isn't text."""
        match value:
            case Written():
                return value.segments
            case Number(value=int() | float() as number) if not isinstance(number, bool):
                return (TextSegment(str(number), "", ()),)
            case Choice():
                named = hole or (VariableSegment("", "", 0, 0),)
                return (BranchSegment("", tuple(self.text(each, named) for each in value.values)),)
            case Hole():
                return hole or (VariableSegment(value.name, value.path, value.start, value.end),)
            case Items() if any(has_text(each) for each in value.values):
                return tuple(segment for each in value.values for segment in self.text(each, hole))
        return hole or (VariableSegment("", "", 0, 0),)

    def _transform(self, transform: Transform, path: str, given: Environment) -> Value:
        if transform.operation == "path":
            return self.files.joined(
                self.evaluate(transform.of, path, given),
                [self.evaluate(argument.value, path, given) for argument in transform.arguments],
                path,
            )
        of = self.evaluate(transform.of, path, given)
        arguments = [
            (argument.name, self.evaluate(argument.value, path, given)) for argument in transform.arguments
        ]
        return self.transformed(transform.operation, of, arguments)

    def transformed(self, operation: str, of: Value, arguments: list[tuple[str, Value]]) -> Value:
        """A text value after an operation with evaluated arguments."""
        if isinstance(of, Choice):
            return choice([self.transformed(operation, each, arguments) for each in of.values])
        if not isinstance(of, Written):
            return Hole(operation)
        if operation == "join":
            parts = arguments[0][1] if arguments else Hole("")
            return Written(transforms.join(self.text(of), self._joined(parts)))
        filled = [(name, self.text(value, (VariableSegment(name, "", 0, 0),))) for name, value in arguments]
        return Written(transforms.apply(operation, of.segments, filled))

    def _joined(self, parts: Value) -> list[tuple[Segment, ...]]:
        if isinstance(parts, Items):
            return [self.text(each) for each in parts.values]
        return [self.text(parts)]

    def _entries(self, mapping: MappingNode, path: str, given: Environment) -> Value:
        values: dict[str, Value] = {}
        for key, value in mapping.entries:
            found = self.evaluate(value, path, given)
            if key is not None:
                values[key] = found
            elif isinstance(found, Entries):
                values |= found.values
        return Entries(values)

    # --- names --------------------------------------------------------------------------------------

    def lookup(
        self, name: str, scope: str, start: int, path: str, given: Environment = NOTHING_GIVEN
    ) -> Value:
        """The value of a dotted name as seen from a scope at an offset of a file."""
        module = self.symbols.modules.get(path)
        if module is None:
            return Hole(name, path)
        # The longest dotted name that something is bound to (``obj.attr = …``), then member by member.
        head, *rest = name.split(".")
        if head in ("self", "cls") and rest:
            value = self._of_class(module, scope, rest[0])
            rest = rest[1:]
        else:
            value = self._named(module, head, scope, start, given)
        for position, attribute in enumerate(rest):
            if isinstance(value, Outside):
                return Outside(".".join((value.name, *rest[position:])))
            value = self.member(value, attribute)
        return value

    def _of_class(self, module: Module, scope: str, attribute: str) -> Value:
        while scope:
            if scope in module.classes:
                found = self.attribute(ClassValue(module.path, module.classes[scope]), attribute)
                return found if found is not None else Hole(f"self.{attribute}", module.path)
            scope = scope.rpartition(".")[0]
        return Hole(f"self.{attribute}", module.path)

    def _named(self, module: Module, name: str, scope: str, start: int, given: Environment) -> Value:
        innermost = True
        while True:
            in_class = scope in module.classes
            if innermost or not in_class:
                found = self._in_scope(module, name, scope, start if innermost else None, given)
                if found is not None:
                    return found
            if not scope:
                break
            scope, innermost = scope.rpartition(".")[0], False
        for star in module.stars:
            target = self.symbols.module_named(star.module, module.path, star.level)
            if target is not None and target != module.path:
                found = self._exported(target, name)
                if found is not None:
                    return found
        return Outside(name) if name in library.BUILTINS else Hole(name, module.path)

    def _in_scope(
        self, module: Module, name: str, scope: str, before: int | None, given: Environment
    ) -> Value | None:
        bindings = module.bindings.get((scope, name))
        function = module.functions.get(scope) if scope else None
        parameter = (
            next((each for each in function.parameters if each.name == name), None) if function else None
        )
        brought: Value | None = None
        if parameter is not None and function is not None:
            key = (module.path, scope, name)
            if key in given:
                brought = given[key]
            else:
                hole = self._typed(module, parameter, key) or Hole(name, module.path, parameter=key)
                default = None if parameter.default is None else self.evaluate(parameter.default, module.path)
                brought = choice([default, hole]) if default is not None and has_text(default) else hole
        if bindings:
            return self._bound(module, (scope, name), bindings, before, brought, given)
        if brought is not None:
            return brought
        qualified = f"{scope}.{name}" if scope else name
        if qualified in module.functions:
            return FunctionValue(module.path, module.functions[qualified])
        if qualified in module.classes:
            return ClassValue(module.path, module.classes[qualified])
        return self._imported(module, name, scope)

    def _typed(self, module: Module, parameter: FunctionParameter, key: tuple[str, str, str]) -> Value | None:
        """An object of the class that a parameter is annotated with, if the tree holds it."""
        written = parameter.annotation.strip("\"'")
        guard = ("type", module.path, written)
        if not written or guard in self._active:
            return None
        self._active.add(guard)
        try:
            match = PLAIN_TYPE.fullmatch(written)
            found = self.lookup(match["name"], "", 0, module.path) if match else None
            return Instance(found, key) if isinstance(found, ClassValue) else None
        finally:
            self._active.discard(guard)

    def _imported(self, module: Module, name: str, scope: str) -> Value | None:
        found = module.imports.get((scope, name))
        if found is None:
            # ``import a.b`` binds ``a``: members are looked up from there.
            dotted = [
                each
                for (where, alias), each in module.imports.items()
                if where == scope and alias.startswith(name + ".")
            ]
            return Outside(name) if dotted else None
        target = self.symbols.module_named(found.module, module.path, found.level)
        if not found.name:
            return ModuleValue(target) if target is not None else Outside(found.module)
        if target is not None and target != module.path:
            exported = self._exported(target, found.name)
            if exported is not None:
                return exported
        below = f"{found.module}.{found.name}".strip(".")
        submodule = self.symbols.module_named(below, module.path, found.level)
        if submodule is not None:
            return ModuleValue(submodule)
        return Outside(below) if not found.level else Hole(name, module.path)

    def _exported(self, path: str, name: str) -> Value | None:
        """A name of a module, as another module gets it by import."""
        key = ("export", path, name)
        if key in self._active:
            return None
        self._active.add(key)
        try:
            module = self.symbols.modules[path]
            found = self._in_scope(module, name, "", None, NOTHING_GIVEN)
            if found is None:
                for star in module.stars:
                    target = self.symbols.module_named(star.module, path, star.level)
                    found = self._exported(target, name) if target is not None and target != path else None
                    if found is not None:
                        break
            return found
        finally:
            self._active.discard(key)

    def _bound(
        self,
        module: Module,
        key: tuple[str, str],
        bindings: tuple[Binding, ...],
        before: int | None,
        brought: Value | None,
        given: Environment,
    ) -> Value:
        """The value of a name after its bindings, in the order of the text."""
        guard = (module.path, key, before)
        if guard in self._active:
            return Hole(key[1], module.path)
        self._active.add(guard)
        try:
            # In a loop a name may be used above its binding.
            earlier = [each for each in bindings if before is None or each.end <= before] or list(bindings)
            return self._accumulate(module.path, key, earlier, brought, given)
        finally:
            self._active.discard(guard)

    def _accumulate(
        self,
        path: str,
        key: tuple[str, str],
        bindings: list[Binding],
        brought: Value | None,
        given: Environment,
    ) -> Value:
        state = brought
        for binding in bindings:
            value = self.evaluate(binding.expression, path, given)
            match binding.operation:
                case "=":
                    alternative = state is not None and bool(binding.arms) and binding is not bindings[0]
                    state = choice([state, value]) if alternative and state is not None else value
                case "+=":
                    state = self._added(path, key, state, value, binding)
                case "append":
                    state = _appended(state, (value,), binding.loop)
                case "extend":
                    more = value.values if isinstance(value, Items) else (value,)
                    state = _appended(state, more, open_=binding.loop or not isinstance(value, Items))
                case "update":
                    old = state.values if isinstance(state, Entries) else {}
                    state = Entries({**old, **value.values} if isinstance(value, Entries) else old)
        return state if state is not None else Hole(key[1], path)

    def _added(
        self, path: str, key: tuple[str, str], state: Value | None, value: Value, binding: Binding
    ) -> Value:
        """``state += value``: text after text, or more items."""
        if isinstance(state, Items):
            return _appended(state, value.values if isinstance(value, Items) else (value,), binding.loop)
        more = self.text(value)
        if binding.loop:
            more = (LoopSegment("", more),)
        elif binding.arms:
            more = (BranchSegment(binding.arms[-1].condition, (more, ())),)
        return Written((*self.text(state if state is not None else Hole(key[1], path)), *more))

    # --- members ------------------------------------------------------------------------------------

    def member(self, value: Value, key: str | int) -> Value:  # noqa: C901  one case a kind of value
        """``value.key`` or ``value[key]``; the key ``*`` is any."""
        match value:
            case Entries():
                if key == "*":
                    return choice(list(value.values.values()))
                return value.values.get(str(key), Hole(str(key)))
            case Items():
                if isinstance(key, int) and -len(value.values) <= key < len(value.values):
                    return value.values[key]
                return choice(list(value.values)) if key == "*" else Hole(str(key))
            case Choice():
                return choice([self.member(each, key) for each in value.values])
            case ModuleValue():
                return self._of_module(value.path, str(key))
            case ClassValue():
                return self.attribute(value, str(key)) or Hole(str(key))
            case Instance() if key == "value" and self._is_enum(value.of):
                return self._members(value.of)
            case Instance():
                return self.attribute(value.of, str(key)) or Hole(str(key))
            case Written() if key == "value":  # an enum's member
                return value
            case Outside():
                return Outside(f"{value.name}.{key}")
            case Made():
                return Made(value.callee, (*value.attributes, str(key)), value.call, value.path, value.scope)
        return Hole(str(key))

    def _is_enum(self, value: ClassValue) -> bool:
        return any(base.rpartition(".")[2].endswith("Enum") for base in value.definition.bases)

    def _members(self, value: ClassValue) -> Value:
        """The value of any member of an enumeration."""
        module, own = self.symbols.modules[value.path], plain(value.definition.name)
        bound = [self.attribute(value, name) for scope, name in module.bindings if scope == own]
        return choice([each for each in bound if each is not None], most=len(bound))

    def _of_module(self, path: str, name: str) -> Value:
        found = self._exported(path, name)
        if found is not None:
            return found
        module = self.symbols.modules[path]
        folder = path.rpartition("/")[0]
        below = f"{folder}/{name}" if folder else name
        for candidate in (f"{below}.py", f"{below}/__init__.py"):
            if path.endswith("__init__.py") and candidate in self.symbols.modules:
                return ModuleValue(candidate)
        return Hole(name, module.path)

    def attribute(self, value: ClassValue, name: str, depth: int = 0) -> Value | None:
        """An attribute of a class of the tree, looked up in its bases too."""
        module = self.symbols.modules[value.path]
        own = plain(value.definition.name)
        bindings = module.bindings.get((own, name))
        if bindings:
            return self._bound(module, (own, name), bindings, None, None, NOTHING_GIVEN)
        if f"{own}.{name}" in module.functions:
            return FunctionValue(value.path, module.functions[f"{own}.{name}"], (value.path, own))
        if f"{own}.{name}" in module.classes:
            return ClassValue(value.path, module.classes[f"{own}.{name}"])
        if depth < 8:
            for base in self.bases(value):
                found = self.attribute(base, name, depth + 1)
                if found is not None:
                    return found
        return self._constructed(value, name) if depth == 0 else None

    def _constructed(self, value: ClassValue, name: str) -> Value | None:
        """What calls of a class give to a field that nothing in the class binds, as in a dataclass."""
        own = plain(value.definition.name).rpartition(".")[2]
        guard = ("field", value.path, own, name)
        if guard in self._active:
            return None
        self._active.add(guard)
        try:
            given: list[Value] = []
            for path, site in self.symbols.calls.get(own, ())[:MOST_CONSTRUCTIONS]:
                argument = next((each for each in site.call.arguments if each.name == name), None)
                if argument is not None:
                    given.append(self.evaluate(argument.value, path))
            return choice(given) if any(has_text(each) for each in given) else None
        finally:
            self._active.discard(guard)

    def bases(self, value: ClassValue) -> Iterator[ClassValue]:
        """The bases of a class that the tree holds."""
        scope = plain(value.definition.name).rpartition(".")[0]
        for base in value.definition.bases:
            found = self.lookup(base, scope, value.definition.start, value.path)
            if isinstance(found, ClassValue) and found != value:
                yield found

    # --- calls --------------------------------------------------------------------------------------

    def callee(
        self, function: Expression, path: str, given: Environment = NOTHING_GIVEN
    ) -> tuple[Value, list[str]]:
        """What is called: the value of the innermost receiver, and the attributes that lead to the callee."""
        attributes: list[str] = []
        while isinstance(function, Item):
            attributes.append(str(function.key))
            function = function.of
        attributes.reverse()
        if isinstance(function, Reference):
            head, *rest = function.name.split(".")
            known = 2 if head in ("self", "cls") and rest else 1
            names = function.name.split(".")
            receiver = self.lookup(".".join(names[:known]), function.scope, function.start, path, given)
            return receiver, [*names[known:], *attributes]
        return self.evaluate(function, path, given), attributes

    def _call(self, call: Call, path: str, given: Environment) -> Value:
        receiver, attributes = self.callee(call.function, path, given)
        if attributes and attributes[-1] in STRING_METHODS:
            of = receiver
            for attribute in attributes[:-1]:
                of = self.member(of, attribute)
            if has_text(of):
                arguments = [(each.name, self.evaluate(each.value, path, given)) for each in call.arguments]
                return self._filled(attributes[-1], of, arguments)
        value = receiver
        for position, attribute in enumerate(attributes):
            if isinstance(value, Made | Hole):
                return self.files.method(value, attributes[position:], call, path, self, given)
            value = self.member(value, attribute)
        match value:
            case FunctionValue():
                return self.returned(value, call, path, given)
            case ClassValue():
                return Instance(value)
            case Outside():
                return self.files.called(value.name, call, path, self, given)
        scope = call.function.scope if isinstance(call.function, Reference) else ""
        return Made(value, (), call, path, scope)

    def _filled(self, method: str, of: Value, arguments: list[tuple[str, Value]]) -> Value:
        """A text of elsewhere that a call fills or trims: the text itself, then what text is put into it."""
        language = {
            "format": "format",
            "format_map": "format",
            "substitute": "dollar",
            "replace": "replace",
        }.get(method)
        if method == "join":
            return self.transformed("join", of, arguments)
        if language is not None:
            for key in top_units(of):
                self.formatted.setdefault(key, language)
        inserted = tuple(
            segment
            for name, value in arguments
            if has_text(value) and name != "*"
            for segment in self.text(value)
            if isinstance(segment, InlineSegment)
        )
        return Written((*self.text(of), *inserted)) if inserted else of

    def returned(self, value: FunctionValue, call: Call, path: str, given: Environment) -> Value:
        """What a function of the tree returns for a call's arguments, as far as it is text."""
        function = value.function
        guard = ("return", value.path, function.name)
        if guard in self._active or self._inlined >= MOST_INLINED or not function.returns:
            return Hole(plain(function.name).rpartition(".")[2], path)
        self._active.add(guard)
        self._inlined += 1
        try:
            environment = self.bound_arguments(value, call, path, given)
            values = [
                self.evaluate(each.expression, value.path, environment)
                for each in function.returns[:MOST_ALTERNATIVES]
            ]
            return choice(values)
        finally:
            self._inlined -= 1
            self._active.discard(guard)

    def bound_arguments(
        self, value: FunctionValue, call: Call, path: str, given: Environment
    ) -> dict[tuple[str, str, str], Value]:
        """The values that a call gives to a function's parameters; those not given keep their default."""
        function = value.function
        names = [each.name for each in function.parameters if not each.name.startswith("*")]
        if function.method and names and names[0] in ("self", "cls"):
            names = names[1:]
        qualified = plain(function.name)
        bound: dict[tuple[str, str, str], Value] = {}
        positional = [each for each in call.arguments if not each.name]
        for name, argument in zip(names, positional, strict=False):
            bound[value.path, qualified, name] = self.evaluate(argument.value, path, given)
        for argument in call.arguments:
            if argument.name in names:
                bound[value.path, qualified, argument.name] = self.evaluate(argument.value, path, given)
            elif argument.name == "**":
                spread = self.evaluate(argument.value, path, given)
                if isinstance(spread, Entries):
                    for name in names:
                        if name in spread.values:
                            bound[value.path, qualified, name] = spread.values[name]
        return bound

    def function_of(self, call: Call, path: str) -> FunctionValue | None:
        """The function of the tree that a call calls; a method of an unknown receiver if no other has its name."""
        receiver, attributes = self.callee(call.function, path)
        value = receiver
        for attribute in attributes:
            value = self.member(value, attribute)
        if isinstance(value, FunctionValue):
            return value
        if isinstance(value, ClassValue):
            initializer = self.attribute(value, "__init__")
            return initializer if isinstance(initializer, FunctionValue) else None
        name = attributes[-1] if attributes else ""
        owners = self.symbols.methods.get(name, [])
        if isinstance(value, Hole) and len(owners) == 1 and name not in library.COMMON_METHODS:
            found_path, found_name = owners[0]
            return FunctionValue(found_path, self.symbols.modules[found_path].functions[found_name])
        return None


def _appended(state: Value | None, more: tuple[Value, ...], open_: bool) -> Value:
    if isinstance(state, Items):
        return Items((*state.values, *more), state.open or open_)
    return Items(more, open=True)


def choice(values: list[Value], condition: str = "", most: int = MOST_ALTERNATIVES) -> Value:
    """One of several values, at most so many; text alternatives make a branch."""
    flat: list[Value] = []
    for value in values:
        for each in value.values if isinstance(value, Choice) else (value,):
            if each not in flat:
                flat.append(each)
    telling = [each for each in flat if not (isinstance(each, Number) and each.value is None)]
    flat = telling or flat
    if len(flat) > most:  # text tells more than holes
        flat = sorted(flat, key=lambda each: not has_text(each))[:most]
    if len(flat) == 1:
        return flat[0]
    if flat and all(isinstance(each, Written) for each in flat):
        return Written(
            (BranchSegment(condition, tuple(each.segments for each in flat if isinstance(each, Written))),)
        )
    return Choice(tuple(flat)) if flat else Hole("")


def has_text(value: Value) -> bool:
    """Whether a value is text at least in part."""
    match value:
        case Written():
            return any(not isinstance(segment, VariableSegment) for segment in value.segments)
        case Choice() | Items():
            return any(has_text(each) for each in value.values)
        case Number(value=int() | float() as number):
            return not isinstance(number, bool)
    return False


def top_units(value: Value) -> Iterator[SiteKey]:
    """The units that a value consists of, those inlined in others left out."""
    match value:
        case Written():
            yield from units_in(value.segments)
        case Choice() | Items():
            for each in value.values:
                yield from top_units(each)


def units_in(segments: tuple[Segment, ...]) -> Iterator[SiteKey]:
    """The outermost units among segments."""
    for segment in segments:
        match segment:
            case InlineSegment():
                yield segment.prompt
            case BranchSegment():
                for alternative in segment.alternatives:
                    yield from units_in(alternative)
            case LoopSegment():
                yield from units_in(segment.body)
