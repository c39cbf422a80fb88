"""Evaluates expressions of the tree as far as they are text, without running anything.

Names are looked up as the host language does (function scopes, module, imports, classes and their bases); functions
that return text are inlined with their arguments. What can't be known stays a hole.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from msgspec.structs import replace

from scrimp.link import library, transforms
from scrimp.link.limits import bounded, bounded_value
from scrimp.link.symbols import Module, Symbols, plain
from scrimp.link.values import (
    Choice,
    ClassValue,
    Entries,
    FunctionValue,
    Hole,
    Instance,
    Items,
    Location,
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

MOST_DEPTH = 64  # of expressions and references followed one after the other: more is a cycle, or a puzzle
MOST_STEPS = 50_000  # expressions evaluated for one: lists of lists of the same list would take for ever
LONG = 200  # expressions evaluated for one, from which on names are not looked up twice
MOST_ACTIVE = 100  # names that are looked up at once, such as re-exports of re-exports
MOST_INLINED = 4  # functions within functions whose returned text is put in place
MOST_CONSTRUCTIONS = 12  # calls of one class that are asked for a field
MOST_BASES = 8  # classes that are derived from one another
MOST_STARS = 40  # modules outside that a name may come from
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
        "safe_substitute",
        "render",
        "render_async",
        "trim",
        "trimStart",
        "trimEnd",
        "replaceAll",
        "toString",
    )
)

Environment = Mapping[tuple[str, str, str], Value]
"""Values of parameters, by path, function and name."""
ALTERNATIVES = re.compile(r"(?:(?:typing\.)?(?:Optional|Union|Type|type)\[|[\w.\"']+|[\s,|\]])+")
NAMES = re.compile(r"[A-Za-z_][\w.]*(?!\w*\[)(?![\w.]*\[)")
"""Names in annotations that are alternatives of classes: ``X``, ``X | None``, ``Optional[X]``, ``type[X] | X``."""
NOTHING_GIVEN: Environment = {}
SELF = ("", "", "self")
"""The key of an environment for the class whose object ``self`` is, where that isn't just the class around."""


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
    assembled: dict[SiteKey, tuple[Segment, ...]] = field(default_factory=dict)
    """What becomes of a unit that is put together in steps: with its separators, branches and loops."""
    _active: set[object] = field(default_factory=set)
    _depth: int = 0
    _steps: int = 0
    _inlined: int = 0
    _cuts: int = 0
    """How often evaluation was cut short so far: what was found meanwhile holds only where it was found."""
    _known: dict[object, Value] = field(default_factory=dict)
    """Values of names as far as they hold everywhere."""
    _types: dict[tuple[str, str], ClassValue | None] = field(default_factory=dict)
    """The classes of the tree that annotations name, by path and annotation."""
    _passing: dict[object, Value] = field(default_factory=dict)
    """Values of names that hold for the expression being evaluated; used once that takes long."""

    def evaluate(self, expression: Expression, path: str, given: Environment = NOTHING_GIVEN) -> Value:
        """The value of an expression of the file ``path``."""
        self._steps = self._steps + 1 if self._depth else 0
        if not self._depth:
            self._passing.clear()
        if self._depth > MOST_DEPTH or self._steps > MOST_STEPS:
            self._cuts += 1
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
                found = self.lookup(expression.name, expression.scope, expression.start, path, given)
                return self._setting(expression, found)
            case Item():
                found = self.member(self.evaluate(expression.of, path, given), expression.key)
                return self._setting(expression, found)
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
                return self._items(expression, path, given)
            case MappingNode():
                return self._entries(expression, path, given)
            case Constant():
                return Number(expression.value)
            case Transform():
                return self._transform(expression, path, given)
            case Include():
                return self.files.included(expression.target, path) or Hole(expression.target, path)
            case File():
                return self.files.named(self.evaluate(expression.path, path, given), path)
            case Parameter():
                return Hole(expression.name, path)
            case Unknown():
                return Hole(expression.name, path)

    def _setting(self, expression: Reference | Item, found: Value) -> Value:
        """What an unknown object's members are, if a data file has text under the same keys."""
        if not isinstance(found, Hole | Made | Outside | Choice) or has_text(found):
            return found
        keys = trailing_keys(expression)
        return (self.files.setting(keys) if len(keys) > 1 else None) or found

    # --- text ---------------------------------------------------------------------------------------

    def _template(self, template: Template, path: str, given: Environment) -> Value:
        key = f"{path}:{template.site}"
        unit = self.aliases.get(key, key)
        if given:
            own = bounded(self.text(self.evaluate(template.body, path, given)))
            return Written((InlineSegment(unit, own),))
        segments = self.site(key, template.body, path)
        return Hole("…", path) if segments is None else Written((InlineSegment(unit, segments),))

    def site(self, key: SiteKey, body: Expression, path: str) -> tuple[Segment, ...] | None:
        """The segments of a site, evaluated once; ``None`` while it is being evaluated itself."""
        if key not in self.units:
            if key in self._active:
                self._cuts += 1
                return None
            self._active.add(key)
            self.units[key] = bounded(self.text(self.evaluate(body, path)))
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
            items = self._joined(parts)
            joined = transforms.join(self.text(of), items)
            self._keep_assembled(joined, items)
            return Written(joined)
        filled = [
            (name, self.text(value, (VariableSegment(name, "", 0, 0),) if name else ()))
            for name, value in arguments
        ]
        return Written(transforms.apply(operation, of.segments, filled))

    def _keep_assembled(self, segments: tuple[Segment, ...], steps: list[tuple[Segment, ...]]) -> None:
        """Remember the longest text that is put together from steps of one unit."""
        found = [unit for step in steps for unit in units_in(step)]
        if len(found) > 1 and len(set(found)) == 1:
            known = self.assembled.get(found[0], ())
            if len(found) > list(units_in(known)).count(found[0]):
                self.assembled[found[0]] = segments

    def _joined(self, parts: Value) -> list[tuple[Segment, ...]]:
        if isinstance(parts, Items):
            return [self.text(each) for each in parts.values]
        return [self.text(parts)]

    def _items(self, sequence: Sequence, path: str, given: Environment) -> Value:
        values: list[Value] = []
        is_open = False
        for each in sequence.items:
            if isinstance(each, Transform) and each.operation == "spread":
                inner = self.evaluate(each.of, path, given)
                values += inner.values if isinstance(inner, Items) else (inner,)
                is_open = is_open or not isinstance(inner, Items) or inner.open
            else:
                values.append(self.evaluate(each, path, given))
        return Items(tuple(values), is_open)

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
            value = self._of_class(module, scope, rest[0], given)
            rest = rest[1:]
        elif head in ("self", "cls") and (around := class_around(module, scope)) is not None:
            value = around if head == "cls" else Instance(around)
        else:
            value = self._named(module, head, scope, start, given)
        for position, attribute in enumerate(rest):
            if isinstance(value, Outside):
                return Outside(".".join((value.name, *rest[position:])))
            value = self.member(value, attribute)
        return value

    def _of_class(self, module: Module, scope: str, attribute: str, given: Environment) -> Value:
        around = class_around(module, scope)
        own = given.get(SELF)
        if around is not None and isinstance(own, ClassValue) and self._is_derived(own, around):
            around = own
        found = None if around is None else self.attribute(around, attribute, 0, given)
        return found if found is not None else Hole(f"self.{attribute}", module.path)

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
            else:
                found = self._packaged(module, star.module, name)
            if found is not None:
                return found
        packaged = self._packaged(module, module.facts.package, name)
        if packaged is not None:
            return packaged
        return Outside(name) if name in library.BUILTINS else self._of_stars(module, name)

    def _packaged(self, module: Module, package: str | None, name: str) -> Value | None:
        """A name of a package, or of a class in one, as a file sees it that belongs to a package itself."""
        found = self.symbols.packages.find(package, name, module.path)
        if found is not None:
            path, qualified = found
            declaring = self.symbols.modules[path]
            if qualified in declaring.classes:
                return ClassValue(path, declaring.classes[qualified])
            return self._exported(path, name) if path != module.path else None
        outer, _, last = (package or "").rpartition(".")
        holder = self.symbols.packages.find(outer, last, module.path) if last else None
        if holder is None or holder[1] not in self.symbols.modules[holder[0]].classes:
            return None
        return self.attribute(ClassValue(holder[0], self.symbols.modules[holder[0]].classes[holder[1]]), name)

    def _of_stars(self, module: Module, name: str) -> Value:
        """A name that the tree doesn't bind: it comes from one of the modules outside that are imported whole."""
        if module.facts.package is None or not name[:1].isupper():
            return Hole(name, module.path)
        packages = self.symbols.packages
        wide = [each.module for each in module.stars if packages.file_of(each.module, module.path) is None]
        if not wide:
            return Hole(name, module.path)
        return choice([Outside(f"{each}.{name}") for each in wide], most=MOST_STARS)

    def _in_scope(
        self, module: Module, name: str, scope: str, before: int | None, given: Environment
    ) -> Value | None:
        bindings = module.bindings.get((scope, name))
        function = module.functions.get(scope) if scope else None
        parameter = (
            next((each for each in function.parameters if each.name.lstrip("*") == name), None)
            if function
            else None
        )
        brought: Value | None = None
        if parameter is not None and function is not None:
            key = (module.path, scope, name)
            if key in given:
                brought = given[key]
            else:
                hole = self._typed(module, parameter, key) or Hole(name, module.path, parameter=key)
                default = self._default(parameter, module, scope)
                telling = default is not None and (
                    has_text(default) or isinstance(default, ClassValue | FunctionValue)
                )
                brought = choice([default, hole]) if default is not None and telling else hole
        if bindings:
            found = self._bound(module, (scope, name), bindings, before, brought, given)
            # try: import x, except ImportError: x = None
            is_absent = isinstance(found, Number) and found.value is None
            return (self._imported(module, name, scope) or found) if is_absent else found
        if brought is not None:
            return brought
        qualified = f"{scope}.{name}" if scope else name
        if qualified in module.functions:
            return FunctionValue(module.path, module.functions[qualified])
        if qualified in module.classes:
            return ClassValue(module.path, module.classes[qualified])
        return self._imported(module, name, scope)

    def _default(self, parameter: FunctionParameter, module: Module, scope: str) -> Value | None:
        """The default of a parameter, which is evaluated where its function is defined."""
        match parameter.default:
            case None:
                return None
            case Reference(name=name, start=start):
                return self.lookup(name, scope.rpartition(".")[0], start, module.path)
        return self.evaluate(parameter.default, module.path)

    def _typed(self, module: Module, parameter: FunctionParameter, key: tuple[str, str, str]) -> Value | None:
        """An object of the class that a parameter is annotated with, if the tree holds it."""
        written = parameter.annotation.strip("\"'")
        named = (module.path, written)
        if written and named not in self._types:
            self._types[named] = None  # while it is looked up
            self._types[named] = self._class_named(written, module)
        found = self._types.get(named)
        return None if found is None else Instance(found, key)

    def _class_named(self, annotation: str, module: Module) -> ClassValue | None:
        """The one class of the tree that an annotation names."""
        if not ALTERNATIVES.fullmatch(annotation):
            return None
        named = [self.lookup(name, "", 0, module.path) for name in dict.fromkeys(NAMES.findall(annotation))]
        classes = [each for each in named if isinstance(each, ClassValue)]
        return classes[0] if len(classes) == 1 else None

    def _imported(self, module: Module, name: str, scope: str) -> Value | None:
        found = module.imports.get((scope, name))
        if found is None:
            # ``import a.b`` binds ``a``: members are looked up from there.
            dotted = [
                each
                for (where, alias), each in module.imports.items()
                if where == scope and alias.startswith(name + ".")
            ]
            package = self.symbols.module_named(name, module.path) if dotted else None
            if package is not None:
                return ModuleValue(package)
            return Outside(name) if dotted else None
        target = self.symbols.module_named(found.module, module.path, found.level)
        if target is None:
            loaded = self.files.imported(self.symbols.paths_named(found.module, module.path), found.name)
            if loaded is not None:
                return loaded
        if target is None and module.facts.package is not None:
            packaged = self._packaged(module, found.module, found.name)
            if packaged is not None:
                return packaged
            below = f"{found.module}.{found.name}".strip(".")
            target = self.symbols.packages.file_of(below, module.path)
            return ModuleValue(target) if target is not None else Outside(below)
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
        if key in self._active or len(self._active) > MOST_ACTIVE:
            self._cuts += 1
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
            if found is None and module.facts.package is not None:
                found = self._packaged(module, module.facts.package, name)
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
            self._cuts += 1
            return Hole(key[1], module.path)
        # In a loop a name may be used above its binding.
        earlier = [each for each in bindings if before is None or each.end <= before] or list(bindings)
        named = (module.path, key, len(earlier), id(given) if given else 0)
        found = self._known.get(named) or (self._passing.get(named) if self._steps > LONG else None)
        if found is not None:
            return found
        self._active.add(guard)
        cuts = self._cuts
        try:
            found = bounded_value(self._accumulate(module.path, key, _live(earlier), brought, given))
        finally:
            self._active.discard(guard)
        memory = self._passing if given or self._cuts > cuts else self._known
        memory[named] = found
        return found

    def _accumulate(
        self,
        path: str,
        key: tuple[str, str],
        bindings: list[Binding],
        brought: Value | None,
        given: Environment,
    ) -> Value:
        state = brought
        start: Binding | None = None
        for each in bindings:
            binding = each if start is None else _since(each, start)
            value = self.evaluate(binding.expression, path, given)
            match binding.operation:
                case "=":
                    start = each
                    alternative = state is not None and bool(each.arms) and each is not bindings[0]
                    state = choice([state, value]) if alternative and state is not None else value
                case "+=":
                    state = self._added(path, key, state, value, binding)
                case "append":
                    state = _appended(state, (value,), binding.loop)
                case "extend":
                    more = value.values if isinstance(value, Items) else (value,)
                    state = _appended(state, more, open_=binding.loop or not isinstance(value, Items))
                case "update" if state is None or isinstance(state, Entries):
                    old = state.values if isinstance(state, Entries) else {}
                    state = Entries({**old, **value.values} if isinstance(value, Entries) else old)
        if isinstance(state, Written):
            self._keep_assembled(state.segments, [state.segments])
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

    def member(self, value: Value, key: str | int) -> Value:  # noqa: C901, PLR0912  one case a kind of value
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
                return self._field(value, str(key))
            case Written() if key == "value":  # an enum's member
                return value
            case Outside():
                return Outside(f"{value.name}.{key}")
            case Location():
                return library.beside(value, str(key))
            case Made():
                attributes = (*value.attributes, str(key))
                return Made(
                    value.callee, attributes, value.call, value.path, value.scope, value.origin, value.given
                )
            case Hole(parameter=parameter) if parameter is not None:
                return Hole(str(key), value.path, parameter=parameter)
        return Hole(str(key))

    def _is_enum(self, value: ClassValue) -> bool:
        return any(base.rpartition(".")[2].endswith("Enum") for base in value.definition.bases)

    def _members(self, value: ClassValue) -> Value:
        """The value of any member of an enumeration."""
        module, own = self.symbols.modules[value.path], plain(value.definition.name)
        bound = [self.attribute(value, name) for scope, name in module.bindings if scope == own]
        return choice([each for each in bound if each is not None], most=len(bound))

    def _field(self, value: Instance, name: str) -> Value:
        """An attribute of an object; one that its constructor was given is what the known call gave."""
        found = self.attribute(value.of, name)
        if found is None and value.call is not None:
            given = next((each.value for each in value.call.arguments if each.name == name), None)
            return (
                Hole(name, parameter=value.parameter)
                if given is None
                else self.evaluate(given, value.path, value.given)
            )
        found = found or Hole(name, parameter=value.parameter)
        brought = found.parameter if isinstance(found, Hole | Instance) else None
        guard = ("made", value.path, value.call.start if value.call else -1, name)
        if brought is None or value.call is None or guard in self._active:
            return found
        self._active.add(guard)
        try:
            initializer = self.attribute(value.of, "__init__")
            if isinstance(initializer, FunctionValue):
                bound = self.bound_arguments(initializer, value.call, value.path, value.given)
                return bound.get(brought, found)
        finally:
            self._active.discard(guard)
        return found

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

    def attribute(
        self, value: ClassValue, name: str, depth: int = 0, given: Environment = NOTHING_GIVEN
    ) -> Value | None:
        """An attribute of a class of the tree, looked up in its bases too."""
        module = self.symbols.modules[value.path]
        own = plain(value.definition.name)
        bindings = module.bindings.get((own, name))
        if bindings:
            return self._bound(module, (own, name), bindings, None, None, given)
        if f"{own}.{name}" in module.functions:
            return FunctionValue(value.path, module.functions[f"{own}.{name}"], (value.path, own))
        if f"{own}.{name}" in module.classes:
            return ClassValue(value.path, module.classes[f"{own}.{name}"])
        if depth < MOST_BASES:
            for base in self.bases(value):
                found = self.attribute(base, name, depth + 1, given)
                if found is not None:
                    return found
        elsewhere = self.symbols.packages.find(module.facts.package, f"{own}.{name}", value.path)
        if elsewhere is not None and elsewhere[1] in self.symbols.modules[elsewhere[0]].classes:
            return ClassValue(elsewhere[0], self.symbols.modules[elsewhere[0]].classes[elsewhere[1]])
        return self._constructed(value, name) if depth == 0 else None

    def _constructed(self, value: ClassValue, name: str) -> Value | None:
        """What calls of a class give to a field that nothing in the class binds, as in a dataclass."""
        own = plain(value.definition.name).rpartition(".")[2]
        guard = ("field", value.path, own, name)
        if guard in self._active:
            self._cuts += 1
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

    def _is_derived(self, value: ClassValue, base: ClassValue, depth: int = 0) -> bool:
        """Whether a class is another one, or has it among its bases."""
        return value == base or (
            depth < MOST_BASES and any(self._is_derived(each, base, depth + 1) for each in self.bases(value))
        )

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
            return self._receiver(receiver, [*names[known:], *attributes])
        return self.evaluate(function, path, given), attributes

    def _receiver(self, value: Value, attributes: list[str]) -> tuple[Value, list[str]]:
        """Attributes of modules, classes and objects of the tree followed as far as they hold other objects."""
        while attributes and isinstance(value, ModuleValue | ClassValue | Instance):
            found = self.member(value, attributes[0])
            if not isinstance(found, Made | Outside | Instance | ModuleValue):
                break
            value, attributes = found, attributes[1:]
        return value, attributes

    def _call(self, call: Call, path: str, given: Environment) -> Value:
        if isinstance(call.function, Reference) and call.function.name == "super":
            return self._base(call.function, path)
        receiver, attributes = self.callee(call.function, path, given)
        if attributes and attributes[-1] in STRING_METHODS:
            of = receiver
            for attribute in attributes[:-1]:
                of = self.member(of, attribute)
            if has_text(of):
                arguments = [(each.name, self.evaluate(each.value, path, given)) for each in call.arguments]
                return self._filled(attributes[-1], of, arguments)
            if attributes[-1] != "join" and is_brought(of):
                return of
        value = receiver
        for position, attribute in enumerate(attributes):
            if isinstance(value, Written) and len(attributes) == position + 1 and attribute in library.READS:
                return value
            if isinstance(value, Made | Hole | Location):
                return self.files.method(value, attributes[position:], call, path, self, given)
            if isinstance(value, Entries) and attributes[position:] == ["get"]:
                return self._got(value, call, path, given)
            value = self.member(value, attribute)
        return self._called(value, call, path, given)

    def _base(self, reference: Reference, path: str) -> Value:
        """``super()``: the object as one of the first base of its class that the tree holds."""
        around = class_around(self.symbols.modules[path], reference.scope)
        base = next(self.bases(around), None) if around is not None else None
        return Hole("super", path) if base is None else Instance(base)

    def _called(self, value: Value, call: Call, path: str, given: Environment) -> Value:
        """What a call of a value gives."""
        match value:
            case FunctionValue():
                return self.returned(value, call, path, given)
            case Choice() if any(
                isinstance(each, FunctionValue | ClassValue | Made) for each in value.values
            ):
                return choice([self._called(each, call, path, given) for each in value.values])
            case Made() if value.attributes:
                return Made(value.callee, value.attributes, call, path, value.scope, value.making, given)
            case ClassValue():
                return Instance(value, None, call, path, given)
            case Outside():
                return self.files.called(value.name, call, path, self, given)
        scope = call.function.scope if isinstance(call.function, Reference) else ""
        return Made(value, (), call, path, scope, None, given)

    def _got(self, value: Entries, call: Call, path: str, given: Environment) -> Value:
        """``entries.get(key, default)``."""
        key, *default = [self.evaluate(each.value, path, given) for each in call.arguments] or [Hole("get")]
        name = library.literal(key)
        found = self.member(value, "*" if name is None else name)
        return choice([found, *default]) if isinstance(found, Hole) or name is None else found

    def _filled(self, method: str, of: Value, arguments: list[tuple[str, Value]]) -> Value:
        """A text of elsewhere that a call fills or trims: the text itself, then what text is put into it."""
        language = {
            "format": "format",
            "format_map": "format",
            "substitute": "dollar",
            "safe_substitute": "dollar",
            "render": "jinja",
            "render_async": "jinja",
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
            self._cuts += bool(function.returns)
            return Hole(plain(function.name).rpartition(".")[2], path)
        self._active.add(guard)
        self._inlined += 1
        try:
            environment = self.bound_arguments(value, call, path, given)
            if SELF in given:
                environment[SELF] = given[SELF]
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
        qualified = function.name
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
        free = [name for name in names[len(positional) :] if (value.path, qualified, name) not in bound]
        bound |= self._bound_rest(value, call, path, given, names)
        bound |= self._bound_options(value, call, path, given, free)
        return self._bound_defaults(value, call) | bound

    def _bound_defaults(self, value: FunctionValue, call: Call) -> dict[tuple[str, str, str], Value]:
        """The defaults of a function's parameters, unless an unpacked argument may bring any of them."""
        if any(each.name in ("*", "**") for each in call.arguments):
            return {}
        return {
            (value.path, value.function.name, each.name): self.evaluate(each.default, value.path)
            for each in value.function.parameters
            if each.default is not None
        }

    def _bound_rest(
        self, value: FunctionValue, call: Call, path: str, given: Environment, names: list[str]
    ) -> dict[tuple[str, str, str], Value]:
        """What ``*args`` and ``**kwargs`` of a function get: the arguments that no other parameter takes."""
        bound: dict[tuple[str, str, str], Value] = {}
        for parameter in function_rest(value):
            name = parameter.lstrip("*")
            key = (value.path, value.function.name, name)
            if parameter.startswith("**"):
                more = [each for each in call.arguments if each.name not in ("", "*", "**", *names)]
                known = Entries({each.name: self.evaluate(each.value, path, given) for each in more})
                spread = [
                    self.evaluate(each.value, path, given) for each in call.arguments if each.name == "**"
                ]
                bound[key] = choice([known, *spread]) if spread else known
            else:
                more = [each for each in call.arguments if not each.name][len(names) :]
                bound[key] = Items(tuple(self.evaluate(each.value, path, given) for each in more))
        return bound

    def _bound_options(
        self, value: FunctionValue, call: Call, path: str, given: Environment, free: list[str]
    ) -> dict[tuple[str, str, str], Value]:
        """The object that keywords make which no parameter has the name of: the next parameter's, as in JavaScript."""
        function = value.function
        known = {each.name.lstrip("*") for each in function.parameters}
        options = [each for each in call.arguments if each.name not in ("", "*", "**", *known)]
        if not free or not options or any(each.name.startswith("**") for each in function.parameters):
            return {}
        entries = Entries({each.name: self.evaluate(each.value, path, given) for each in options})
        return {(value.path, function.name, free[0]): entries}

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
        if isinstance(value, Choice):
            functions = [each for each in value.values if isinstance(each, FunctionValue)]
            return functions[0] if len(functions) == 1 else None
        name = attributes[-1] if attributes else ""
        owners = self.symbols.methods.get(name, [])
        if isinstance(value, Hole) and len(owners) == 1 and name not in library.COMMON_METHODS:
            found_path, found_name = owners[0]
            return FunctionValue(found_path, self.symbols.modules[found_path].functions[found_name])
        return None


def trailing_keys(expression: Expression) -> tuple[str, ...]:
    """The names of members at the end of an expression: ``settings().prompts.system`` has two."""
    keys: list[str] = []
    while isinstance(expression, Item):
        keys.append(str(expression.key))
        expression = expression.of
    names = expression.name.split(".")[1:] if isinstance(expression, Reference) else []
    return (*names, *reversed(keys))


def is_brought(value: Value) -> bool:
    """Whether a parameter brings a value, or one of its alternatives."""
    match value:
        case Hole():
            return value.parameter is not None
        case Choice():
            return any(is_brought(each) for each in value.values)
    return False


def class_around(module: Module, scope: str) -> ClassValue | None:
    """The innermost class around a scope."""
    while scope:
        if scope in module.classes:
            return ClassValue(module.path, module.classes[scope])
        scope = scope.rpartition(".")[0]
    return None


def function_rest(value: FunctionValue) -> list[str]:
    """The starred parameters of a function, as written."""
    return [each.name for each in value.function.parameters if each.name.startswith("*")]


def _live(bindings: list[Binding]) -> list[Binding]:
    """The last binding that replaces all earlier ones whatever happens, and those after it."""
    for number in range(len(bindings) - 1, 0, -1):
        if bindings[number].operation == "=" and not bindings[number].arms:
            return bindings[number:]
    return bindings


def _since(binding: Binding, start: Binding) -> Binding:
    """A binding as seen from the one that set its name: branches and loops around both say nothing."""
    shared = 0
    for one, other in zip(binding.arms, start.arms, strict=False):
        if one != other:
            break
        shared += 1
    return replace(binding, arms=binding.arms[shared:], loop=binding.loop and not start.loop)


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
            case InlineSegment() if _only_holds(segment.body):
                yield from units_in(segment.body)
            case InlineSegment():
                yield segment.prompt
            case BranchSegment():
                for alternative in segment.alternatives:
                    yield from units_in(alternative)
            case LoopSegment():
                yield from units_in(segment.body)


def _only_holds(segments: tuple[Segment, ...]) -> bool:
    """Whether a text has no word of its own and is there to put others together (``f"{ROLE} {TASK}"``)."""
    own = list(_flat_parts(segments))
    words = (segment.value for segment in own if isinstance(segment, TextSegment))
    return any(isinstance(segment, InlineSegment) for segment in own) and not any(
        character.isalnum() for value in words for character in value
    )


def _flat_parts(segments: tuple[Segment, ...]) -> Iterator[Segment]:
    """Segments and those within branches and loops, but not what is inlined."""
    for segment in segments:
        yield segment
        match segment:
            case BranchSegment():
                for alternative in segment.alternatives:
                    yield from _flat_parts(alternative)
            case LoopSegment():
                yield from _flat_parts(segment.body)
