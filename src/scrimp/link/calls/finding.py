"""Call sites joined with the text that reaches them, wrappers followed to their callers."""

from __future__ import annotations

import re
from collections.abc import Container, Iterable, Iterator
from dataclasses import dataclass, field

from msgspec.structs import replace

from scrimp.link.answers import Answers
from scrimp.link.calls.arguments import Arguments, Bound
from scrimp.link.calls.caching import BREAKPOINTS, marker
from scrimp.link.calls.callers import MOST_WRAPPERS, Callers, Ways
from scrimp.link.calls.candidates import callables, candidates
from scrimp.link.calls.contents import Contents
from scrimp.link.calls.declared import Declared
from scrimp.link.calls.matching import Matcher
from scrimp.link.calls.models import Models, together
from scrimp.link.calls.naming import Naming
from scrimp.link.calls.parts import with_parts
from scrimp.link.calls.passed import handed, may_be_function
from scrimp.link.calls.patterns import Patterns
from scrimp.link.calls.sending import Match, Place, Sending, Sent, Site, one_of
from scrimp.link.calls.settings import settings_of
from scrimp.link.calls.tool_forms import CHOICES, is_forced
from scrimp.link.calls.toolset import Toolset, toolset
from scrimp.link.calls.wires import bodies_of
from scrimp.link.evaluation import Evaluator
from scrimp.link.symbols import Module, plain
from scrimp.link.values import literal
from scrimp.model.facts import CallSite
from scrimp.model.prompts import CacheMarker
from scrimp.readers.sdks import Pattern, Sdk, sdks

BINDS_TOOLS = re.compile(r"^(?:bind_tools|bindTools|bind_functions)$")
"""Methods of a client that make one which is given tools with each call."""
MOST_WRAPPERS_OF_PARTS = (
    2  # like ``MOST_WRAPPERS``, around what makes a message or a template of its arguments
)


@dataclass(slots=True)
class Calls:
    """Finds what sends."""

    evaluator: Evaluator
    sdks: tuple[Sdk, ...] = field(default_factory=sdks)
    ways: Ways = field(default_factory=Ways)
    """How many more ways over callers of callers are followed to the call at hand."""
    callers: Callers = field(init=False)
    arguments: Arguments = field(init=False)
    models: Models = field(init=False)
    naming: Naming = field(init=False)
    contents: Contents = field(init=False)
    answers: Answers = field(init=False)
    matcher: Matcher = field(init=False)

    def __post_init__(self) -> None:
        patterns = Patterns.of(self.evaluator, self.sdks)
        self.callers = Callers(self.evaluator)
        self.arguments = Arguments(self.evaluator, patterns)
        self.models = Models(self.arguments)
        self.naming = Naming(self.arguments, self.models, self.callers)
        self.contents = Contents(self.evaluator, self.arguments)
        self.answers = Answers(self.evaluator, self.arguments)
        self.matcher = Matcher(self.evaluator, patterns, self.arguments)

    def find(self) -> list[Sending]:
        """All calls of known SDKs in the tree, wrappers followed."""
        symbols, patterns = self.evaluator.symbols, self.matcher.patterns
        modules = symbols.modules
        functions = {name.rpartition(".")[2] for each in modules.values() for name in each.functions}
        self.callers.functions = patterns.functions | functions
        clients = callables(symbols, patterns)
        matched = [
            sending
            for path, sites in candidates(symbols, patterns, clients).items()
            for sending in self._in_module(modules[path], sites, clients.get(path, frozenset()))
        ]
        self.callers.senders.update(id(each.sink.call) for each in matched if each.pattern.makes == "request")
        followed = [each for sending in matched for each in self._followed(sending)]
        declared = Declared(self.matcher, self.contents)
        for path, module in modules.items():
            for match, site, sent in declared.find(path, module):
                marked = self._marked(match.pattern, sent, self._bound(match, site))
                followed.append(Sending(match, site, (), marked))
        described = [self.naming.named(self._described(each)) for each in followed]
        once, others = _once(described)
        once += [self._described(each) for each in matched if _sink(each) in others]
        joined = with_parts(once, self.arguments)
        return [each for each in joined if each.sent.parts or not each.pattern.keeps]

    def _in_module(
        self, module: Module, sites: Iterable[CallSite], clients: Container[str]
    ) -> Iterator[Sending]:
        path = module.path
        for call in sites:
            if call.call.start in module.decorating:
                continue
            match = self.matcher.match(call, path)
            if match is None and call.callee.rpartition(".")[2] in clients:
                match = self.matcher.called_itself(call.call, path)
            if match is not None:
                self.callers.fitting.add(id(call))
                if match.pattern.makes != "model":
                    yield self._sending(match, Site(path, call), ())
                continue
            for _, virtual in handed(call, self.callers.functions):
                match = self.matcher.match(virtual, path) if may_be_function(virtual.call, module) else None
                if match is not None and virtual.call.arguments:
                    yield self._sending(match, Site(path, virtual), ())

    # --- one call -----------------------------------------------------------------------------------

    def _sending(self, match: Match, sink: Site, callers: tuple[Site, ...]) -> Sending:
        """A call with what it sends through some callers, of which not all will turn out to be calls of their own."""
        bound = self._bound(match, sink, callers)
        sent = self.contents.sent(match.pattern, bound)
        for template in match.piped:
            sent = self.contents.content(template, "user").plus(sent)
        if match.piped:
            sent = sent.plus(self.contents.filling.of_chain(sent, bound))
        return Sending(match, sink, callers, self._marked(match.pattern, sent, bound))

    def _bound(self, match: Match, sink: Site, callers: tuple[Site, ...] = ()) -> Bound:
        """A call with what callers, innermost first, give to the functions around it."""
        bodies = bodies_of(match.pattern)
        return Bound(sink.call.call, sink.path, self.callers.given(callers), match.client, bodies)

    def _marked(self, pattern: Pattern, sent: Sent, bound: Bound) -> Sent:
        """What is sent, with the cache markers of the call itself."""
        if not pattern.cache:
            return sent
        return replace(sent, markers=(*sent.markers, *self._markers(pattern, bound, len(sent.parts))))

    def _described(self, sending: Sending) -> Sending:
        """A sending with its model, output cap and tools, and what else its call says."""
        pattern = sending.pattern
        bound = self._bound(sending.match, sending.sink, sending.through or sending.callers)
        named = self.naming.values(sending.match, bound)
        cap = self.arguments.number(bound, pattern.output)
        return replace(
            sending,
            models=self.models.among(named, bound.given),
            output_cap=cap or next((most for value in named if (most := self.arguments.cap(value))), 0),
            tools=self._tools(pattern, bound),
            remote=self._remote(pattern, bound),
            answer=self.answers.asked(pattern, bound),
            answer_texts=self.answers.texts(pattern, bound),
            effort=self.answers.effort(pattern, bound),
            settings=settings_of(self.arguments, pattern, bound, named),
        )

    def _tools(self, pattern: Pattern, bound: Bound) -> Toolset:
        """The tools that a call gives, and whether it has the model use one."""
        values = ((name, self.arguments.value(bound, name)) for name in pattern.toolsets)
        place, given = next(
            (each for each in values if each[1] is not None),
            ("", self.arguments.of_client(bound, BINDS_TOOLS)),
        )
        if given is None:
            return Toolset()
        beside = place.rpartition(".")[0]
        names = (f"{beside}.{name}" if beside else name for name in CHOICES)
        choices = (self.arguments.value(bound, name) for name in names)
        forced = any(choice is not None and is_forced(choice) for choice in choices)
        return replace(toolset(given, self.evaluator), forced=forced)

    def _markers(self, pattern: Pattern, bound: Bound, parts: int) -> Iterator[CacheMarker]:
        """The cache markers of a call itself: a breakpoint among its arguments stands behind all parts."""
        for name in pattern.cache:
            value = self.arguments.value(bound, name)
            own = name.rpartition(".")[2]
            if value is not None:
                yield from marker(own, value, parts if own in BREAKPOINTS else None)

    def _remote(self, pattern: Pattern, bound: Bound) -> str | None:
        """The prompt kept elsewhere that a call names; ``""`` if its name is not known, ``None`` if there is none."""
        named = [value for name in pattern.remote if (value := self.arguments.value(bound, name)) is not None]
        return next((name for value in named if (name := literal(value))), "") if named else None

    # --- wrappers -----------------------------------------------------------------------------------

    def _followed(self, sending: Sending) -> Iterator[Sending]:
        """A sending as its callers put it together, if what it sends comes in by a parameter."""
        self.ways = Ways()
        found = list(self._put_together(sending))
        is_cut = self.ways.left < 0 or _own_function(sending) in self.callers.crowded
        if _adds_nothing(found, sending):
            yield replace(sending, cut=is_cut)
            return
        telling = {
            (each.outermost.path, each.outermost.call.call.start): each for each in found if each.sent.parts
        }
        if len(found) == 1 and telling:
            only = found[0]
            yield replace(only, callers=(), through=only.callers)  # no wrapper that others share
            return
        if len(telling) < len(found) or not found or is_cut:
            yield replace(sending, cut=is_cut)
        yield from telling.values()

    def _put_together(self, sending: Sending) -> Iterator[Sending]:
        """The sending, for each of the calls that bring its text from outermost."""
        most = MOST_WRAPPERS if sending.pattern.makes == "request" else MOST_WRAPPERS_OF_PARTS
        if len(sending.callers) >= most:
            yield sending
            return
        function, constructor = _own_function(sending), _constructor(sending)
        callers = [] if function is None else self.callers.of(*function, sending.sink, sending.callers)
        if not callers:
            yield sending if constructor is None else self._kept(sending, constructor)
        for caller in callers:
            chain = (*sending.callers, caller)
            if len(chain) > 1 and not self.ways.take():
                return
            yield from self._as_far_as_told(self._sending(sending.match, sending.sink, chain))

    def _as_far_as_told(self, sending: Sending) -> Iterator[Sending]:
        """The sending as its callers put it together, or as it is where none adds to what is known of it."""
        found = list(self._put_together(sending))
        if _adds_nothing(found, sending):
            yield sending
        else:
            yield from found

    def _kept(
        self, sending: Sending, constructor: tuple[str, str], inner: frozenset[tuple[str, str]] = frozenset()
    ) -> Sending:
        """The sending with the text that its object was made with, wherever that happens.

        ``inner`` are the constructors that have been followed so far: an object is made by each of them once.
        """
        made: list[Sent] = []
        followed = inner | {constructor}
        for caller in self.callers.of(*constructor, sending.sink, sending.callers):
            chain = (*sending.callers, caller)
            found = self._sending(sending.match, sending.sink, chain)
            above = _constructor(found, followed) if len(chain) < MOST_WRAPPERS else None
            if above is not None and self.ways.take():
                found = self._kept(found, above, followed)
            made.append(found.sent)
        sent, own = one_of(made), set(sending.sent.parts)
        if own.issuperset(sent.parts):
            return sending
        # Each object has what it was made with, or what its class has by itself.
        return replace(sending, sent=sent if own.issubset(sent.parts) else one_of((*made, sending.sent)))


def _adds_nothing(found: list[Sending], sending: Sending) -> bool:
    """Whether ways over the callers of a sending have no text but its own: it stands for all of them, then."""
    own = frozenset(sending.sent.parts)
    return bool(own) and len(found) > 1 and all(own.issuperset(each.sent.parts) for each in found)


def _once(sendings: list[Sending]) -> tuple[list[Sending], set[Place]]:
    """Sendings without those that only differ in the branch of a wrapper that sends: streamed or not, for example.

    Where one text goes out by several SDKs, whichever the object is of, its request stands there once; the calls of
    the other SDKs, whose places come too, stay where they are.
    """
    known: dict[object, Sending] = {}
    others: set[Place] = set()
    for each in sendings:
        outermost = each.outermost
        place = (outermost.path, outermost.call.call.start)
        units = frozenset(part.unit for part in each.sent.parts)
        key = (place, units) if each.callers else (place, each.match.pattern, each.sink.call.callee)
        first = known.setdefault(key, each)
        if first is not each and first.models != each.models:
            known[key] = replace(first, models=together((first.models, each.models)))
        if first.match.sdk.sdk != each.match.sdk.sdk:
            others.add(_sink(each))
    others -= {_sink(each) for each in known.values()}
    return list(known.values()), others


def _sink(sending: Sending) -> Place:
    return sending.sink.path, sending.sink.call.call.start


def _own_function(sending: Sending) -> tuple[str, str] | None:
    """The innermost function around the outermost call of which a parameter brings some of what is sent."""
    outermost = sending.outermost
    functions = {function for path, function, _ in sending.sent.parameters if path == outermost.path}
    scope = outermost.call.scope if functions else ""
    while scope:
        found = next((each for each in (scope, plain(scope)) if each in functions), None)
        if found is not None:
            return outermost.path, found
        scope = scope.rpartition(".")[0]
    return None


def _constructor(sending: Sending, but: frozenset[tuple[str, str]] = frozenset()) -> tuple[str, str] | None:
    """The constructor of which a parameter brings some of what is sent, none of those named."""
    functions = {(path, function) for path, function, _ in sending.sent.parameters} - but
    return min((each for each in functions if each[1].endswith(".__init__")), default=None)
