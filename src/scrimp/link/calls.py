"""Call sites joined with the text that reaches them: SDK patterns matched, wrappers followed to their callers."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cache

from scrimp.link.evaluate import NOTHING_GIVEN, Environment, Evaluator, has_text, top_units
from scrimp.link.library import literal
from scrimp.link.symbols import plain
from scrimp.link.values import (
    Choice,
    Entries,
    Hole,
    Instance,
    Items,
    Made,
    Number,
    Outside,
    SiteKey,
    Value,
)
from scrimp.model.algebra import Argument, Call, Expression
from scrimp.model.facts import CallSite
from scrimp.readers.sdks import Pattern, Sdk, TextArgument, sdks

ROLES = {
    "system": "system",
    "developer": "developer",
    "user": "user",
    "human": "user",
    "assistant": "assistant",
    "ai": "assistant",
    "model": "assistant",
    "tool": "tool",
    "function": "tool",
}
NAMES = re.compile(r"[A-Za-z_][\w.]*")
MOST_WRAPPERS = 4  # functions around a call that hand a parameter on to it
MOST_CALLERS = 200  # of one wrapper


@dataclass(frozen=True, slots=True)
class Part:
    """A unit that reaches a call, in a role."""

    unit: SiteKey
    role: str


@dataclass(frozen=True, slots=True)
class Sent:
    """What the text arguments of one call hold."""

    parts: tuple[Part, ...] = ()
    holes: int = 0
    messages: int = 0
    parameters: frozenset[tuple[str, str, str]] = frozenset()

    def plus(self, other: Sent) -> Sent:
        """Both together."""
        return Sent(
            (*self.parts, *(part for part in other.parts if part not in self.parts)),
            self.holes + other.holes,
            self.messages + other.messages,
            self.parameters | other.parameters,
        )


@dataclass(frozen=True, slots=True)
class Site:
    """A call site in a file."""

    path: str
    call: CallSite


@dataclass(frozen=True, slots=True)
class Sending:
    """A call that sends text: the SDK's call and the wrappers around it, innermost first."""

    sdk: Sdk
    pattern: Pattern
    function: str
    sink: Site
    callers: tuple[Site, ...]
    sent: Sent
    model: str
    output_cap: int
    tools: int

    @property
    def outermost(self) -> Site:
        """Where the text is put together."""
        return self.callers[-1] if self.callers else self.sink


@dataclass(slots=True)
class Calls:
    """Finds what sends."""

    evaluator: Evaluator
    by_name: dict[str, list[Site]] = field(default_factory=lambda: defaultdict(list))

    def find(self) -> list[Sending]:
        """All calls of known SDKs in the tree, wrappers followed."""
        wanted = _patterns()
        matched: list[Sending] = []
        for path, module in self.evaluator.symbols.modules.items():
            for call in module.facts.calls:
                site, name = Site(path, call), call.callee.rpartition(".")[2]
                self.by_name[name].append(site)
                for sdk, pattern, function in wanted.get(name, ()):
                    if self._matches(site, sdk, pattern, function):
                        matched.append(self._sending(sdk, pattern, function, site, ()))
                        break
        return [each for sending in matched for each in self._followed(sending)]

    # --- matching -----------------------------------------------------------------------------------

    def _matches(self, site: Site, sdk: Sdk, pattern: Pattern, function: str) -> bool:
        receiver, attributes = self.evaluator.callee(site.call.call.function, site.path)
        return self._is_callee(receiver, attributes, sdk, pattern, function, site)

    def _is_callee(
        self, receiver: Value, attributes: list[str], sdk: Sdk, pattern: Pattern, function: str, site: Site
    ) -> bool:
        match receiver:
            case Outside():
                name = ".".join((receiver.name, *attributes))
                return _belongs(name, sdk) and name.endswith("." + function)
            case Made():
                chain = ".".join((*receiver.attributes, *attributes))
                return (
                    pattern.on == "client"
                    and self._is_client(receiver.callee, sdk)
                    and _ends(chain, function)
                )
            case Choice():
                return any(
                    self._is_callee(each, attributes, sdk, pattern, function, site)
                    for each in receiver.values
                )
            case Hole():
                chain = ".".join(attributes)
                if not attributes or not _ends(chain, function):
                    return False
                return pattern.distinctive or self._is_annotated(receiver, sdk, pattern)
            case Instance():
                return pattern.distinctive and _ends(".".join(attributes), function)
        return False

    def _is_client(self, callee: Value, sdk: Sdk) -> bool:
        return (
            isinstance(callee, Outside)
            and _belongs(callee.name, sdk)
            and callee.name.rpartition(".")[2] in sdk.clients
        )

    def _is_annotated(self, hole: Hole, sdk: Sdk, pattern: Pattern) -> bool:
        """Whether the parameter that brings the receiver is annotated as a client."""
        if hole.parameter is None or pattern.on != "client":
            return False
        path, scope, name = hole.parameter
        module = self.evaluator.symbols.modules[path]
        function = module.functions.get(scope)
        annotation = (
            next((each.annotation for each in function.parameters if each.name == name), "")
            if function
            else ""
        )
        for written in NAMES.findall(annotation):
            found = self.evaluator.lookup(written, "", 0, path)
            if self._is_client(found, sdk):
                return True
        return False

    # --- arguments ----------------------------------------------------------------------------------

    def _sending(
        self, sdk: Sdk, pattern: Pattern, function: str, sink: Site, callers: tuple[Site, ...]
    ) -> Sending:
        given = self._environment(sink, callers)
        call, path = sink.call.call, sink.path
        sent = Sent()
        for text in pattern.texts:
            value = self._argument(call, text.argument, text.position, path, given)
            if value is not None:
                sent = sent.plus(self.sent(value, text, path, given))
        model = self._model(call, pattern, path, given)
        caps = (self._argument(call, name, -1, path, given) for name in pattern.output)
        cap = next(
            (each.value for each in caps if isinstance(each, Number) and isinstance(each.value, int)), 0
        )
        tools = self._argument(call, pattern.tools, -1, path, given) if pattern.tools else None
        count = len(tools.values) if isinstance(tools, Items) else 0
        return Sending(sdk, pattern, function, sink, callers, sent, model, int(cap), count)

    def _environment(self, sink: Site, callers: tuple[Site, ...]) -> Environment:
        """What the callers give to the parameters of the functions between them and the sink."""
        given: Environment = NOTHING_GIVEN
        inner = [sink, *callers]
        for position in range(len(callers) - 1, -1, -1):
            caller = callers[position]
            value = self.evaluator.function_of(caller.call.call, caller.path)
            if value is not None and inner[position].path == value.path:
                given = {
                    **given,
                    **self.evaluator.bound_arguments(value, caller.call.call, caller.path, given),
                }
        return given

    def _argument(self, call: Call, name: str, position: int, path: str, given: Environment) -> Value | None:
        expression = argument_of(call, name, position)
        if expression is not None:
            return self.evaluator.evaluate(expression, path, given)
        for argument in call.arguments:
            if argument.name == "**":
                spread = self.evaluator.evaluate(argument.value, path, given)
                if isinstance(spread, Entries) and name in spread.values:
                    return spread.values[name]
        return None

    def _model(self, call: Call, pattern: Pattern, path: str, given: Environment) -> str:
        value = self._argument(
            call, pattern.model, 0 if pattern.texts and pattern.texts[0].position == 1 else -1, path, given
        )
        if value is None:
            receiver, _ = self.evaluator.callee(call.function, path, given)
            if isinstance(receiver, Made):
                for name in ("model", "model_name"):
                    value = value or self._argument(receiver.call, name, -1, receiver.path, NOTHING_GIVEN)
        return self._literal(value)

    def _literal(self, value: Value | None) -> str:
        match value:
            case Choice():
                return next((found for each in value.values if (found := self._literal(each))), "")
            case Made(callee=Outside(name=name)) if name in ("os.getenv", "os.environ.get", "getenv"):
                default = argument_of(value.call, "default", 1)
                return "" if default is None else self._literal(self.evaluator.evaluate(default, value.path))
        return (literal(value) or "") if value is not None else ""

    def sent(self, value: Value, text: TextArgument, path: str, given: Environment) -> Sent:
        """What an argument holds, by its shape."""
        if text.shape == "messages":
            return self._messages(value, text.role, given)
        return self._content(value, text.role)

    def _messages(self, value: Value, role: str, given: Environment) -> Sent:
        match value:
            case Items():
                found = Sent(holes=1) if value.open else Sent()
                for each in value.values:
                    found = found.plus(self._message(each, role, given))
                return found
            case Choice():
                found = Sent()
                for each in value.values:
                    found = found.plus(self._messages(each, role, given))
                return found
        return self._message(value, role, given)

    def _message(self, value: Value, role: str, given: Environment) -> Sent:
        match value:
            case Entries():
                written = literal(value.values.get("role", Hole("")))
                content = value.values.get("content", value.values.get("parts"))
                own = ROLES.get(written or "", role)
                return Sent(holes=1) if content is None else self._content(content, own)
            case Items(values=(first, second)) if (name := literal(first)) in ROLES:
                return self._content(second, ROLES[name or ""])
            case Items():
                return self._messages(value, role, given)
            case Choice():
                found = Sent()
                for each in value.values:
                    found = found.plus(self._message(each, role, given))
                return found
            case Made():
                return self._made(value, role)
        return self._content(value, role)

    def _made(self, value: Made, role: str) -> Sent:
        """A message object, by its class; other objects are holes."""
        name = value.callee.name.rpartition(".")[2] if isinstance(value.callee, Outside) else ""
        for sdk, pattern, function in _patterns().get(value.attributes[-1] if value.attributes else name, ()):
            if (
                pattern.makes != "request"
                and isinstance(value.callee, Outside)
                and _belongs(value.callee.name, sdk)
            ):
                if not ".".join((value.callee.name, *value.attributes)).endswith("." + function):
                    continue
                found = Sent()
                for text in pattern.texts:
                    content = self._argument(
                        value.call, text.argument, text.position, value.path, NOTHING_GIVEN
                    )
                    if content is not None:
                        found = found.plus(self.sent(content, text, value.path, NOTHING_GIVEN))
                return found
        return self._content(Hole(name), role)

    def _content(self, value: Value, role: str) -> Sent:
        """One message's content: a text, or a list of blocks with a text each."""
        match value:
            case Items() if any(isinstance(each, Entries) for each in value.values):
                found = Sent(messages=1)
                for each in value.values:
                    block = each.values.get("text", Hole("")) if isinstance(each, Entries) else each
                    found = found.plus(replace(self._content(block, role), messages=0))
                return found
            case Choice():
                found = Sent()
                for each in value.values:
                    found = found.plus(self._content(each, role))
                return replace(found, messages=1)
            case Made():
                return self._made(value, role)
        parts = tuple(Part(unit, role) for unit in dict.fromkeys(top_units(value)))
        hole = value.parameter if isinstance(value, Hole) else None
        return Sent(
            parts,
            0 if has_text(value) else 1,
            1,
            frozenset((hole,)) if hole is not None else frozenset(),
        )

    # --- wrappers -----------------------------------------------------------------------------------

    def _followed(self, sending: Sending) -> Iterator[Sending]:
        """A sending as its callers put it together, if what it sends comes in by a parameter."""
        outermost = sending.outermost
        scope = outermost.call.scope
        own = {
            name
            for path, function, name in sending.sent.parameters
            if path == outermost.path and function == scope
        }
        if not own or len(sending.callers) >= MOST_WRAPPERS:
            yield sending
            return
        callers = self._callers(outermost.path, scope, sending)
        if not callers:
            yield sending
        for caller in callers:
            chain = (*sending.callers, caller)
            yield from self._followed(
                self._sending(sending.sdk, sending.pattern, sending.function, sending.sink, chain)
            )

    def _callers(self, path: str, scope: str, sending: Sending) -> list[Site]:
        name = scope.rpartition(".")[2]
        searched = scope.rpartition(".")[0].rpartition(".")[2] if name == "__init__" else name
        known = {id(site.call) for site in (sending.sink, *sending.callers)}
        found: list[Site] = []
        for site in self.by_name.get(searched, ()):
            if id(site.call) in known:
                continue
            value = self.evaluator.function_of(site.call.call, site.path)
            if value is not None and value.path == path and plain(value.function.name) == scope:
                found.append(site)
            if len(found) == MOST_CALLERS:
                break
        return found


def argument_of(call: Call, name: str, position: int) -> Expression | None:
    """The expression of an argument, by its keyword or its place."""
    positional: list[Argument] = []
    for argument in call.arguments:
        if argument.name == name and name:
            return argument.value
        if not argument.name:
            positional.append(argument)
    if 0 <= position < len(positional):
        return positional[position].value
    return None


def _ends(chain: str, function: str) -> bool:
    return chain == function or chain.endswith("." + function)


def _belongs(name: str, sdk: Sdk) -> bool:
    """Whether a dotted name lies in one of an SDK's modules."""
    return any(name == module or name.startswith(module + ".") for module in sdk.modules)


@cache
def _patterns() -> Mapping[str, list[tuple[Sdk, Pattern, str]]]:
    """All patterns by the last name of their callee."""
    table: dict[str, list[tuple[Sdk, Pattern, str]]] = defaultdict(list)
    for sdk in sdks():
        for pattern in sdk.patterns:
            for function in pattern.functions:
                table[function.rpartition(".")[2]].append((sdk, pattern, function))
    return dict(table)
