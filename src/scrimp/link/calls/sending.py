"""What is found: calls that send, and what they send."""

from __future__ import annotations

from collections.abc import Iterable

from msgspec import Struct
from msgspec.structs import replace

from scrimp.link.calls.settings import NO_SETTINGS, Settings
from scrimp.link.calls.toolset import Toolset
from scrimp.link.values import FunctionValue, Made, SiteKey
from scrimp.model.answers import Asked
from scrimp.model.arrangement import OneOf, Together
from scrimp.model.facts import CallSite
from scrimp.model.fillers import Filler
from scrimp.model.prompts import CacheMarker
from scrimp.readers.sdks import Pattern, Sdk

Parameter = tuple[str, str, str]
"""A parameter of a function of the tree: path, function, name."""


Place = tuple[str, int]
"""A file and the offset of a call in it."""

MOST_CALLERS = 200
"""How many calls of one wrapper are followed."""


class Part(Struct, frozen=True):
    """A unit that reaches a call, in a role."""

    unit: SiteKey
    role: str


class Fed(Struct, frozen=True):
    """A call whose value is all of a message's content, in a role."""

    filler: Filler
    role: str


class Sent(Struct, frozen=True):
    """What the text arguments of one call hold.

    ``pieces``, ``holes`` and ``messages`` are those of ``together``: what is sent, with its alternatives, the messages
    and arguments from outside, and the messages in all. ``parameters`` are those that bring some of the holes;
    ``markers`` are cache markers that stand among the parts; ``fed`` are calls that some of the holes are.
    """

    pieces: tuple[Part | OneOf[Part], ...] = ()
    holes: int = 0
    messages: int = 0
    parameters: frozenset[Parameter] = frozenset()
    markers: tuple[CacheMarker, ...] = ()
    details: frozenset[str] = frozenset()
    """How closely images are to be looked at, where they say so."""
    fed: tuple[Fed, ...] = ()

    @property
    def together(self) -> Together[Part]:
        """What is sent, without what is known besides."""
        return Together(self.pieces, self.messages, self.holes)

    @property
    def parts(self) -> tuple[Part, ...]:
        """All that some call sends, each once, in order."""
        return tuple(dict.fromkeys(self.together.leaves()))

    def plus(self, other: Sent) -> Sent:
        """Both together."""
        moved = (
            marker
            if marker.covers is None
            else replace(marker, covers=len(self._joined(other, marker.covers)))
            for marker in other.markers
        )
        return Sent(
            self.pieces + other.pieces,
            self.holes + other.holes,
            self.messages + other.messages,
            self.parameters | other.parameters,
            (*self.markers, *moved) if other.markers else self.markers,
            self.details | other.details,
            self.fed + other.fed,
        )

    def within(self, messages: int) -> Sent:
        """The same in so many messages, whatever is picked."""
        return replace(self, pieces=self.together.within(messages).pieces, messages=messages)

    def _joined(self, other: Sent, first: int) -> set[Part]:
        """These parts and the first of the others."""
        return {*self.parts, *other.parts[:first]}


NOTHING = Sent()


def together(several: Iterable[Sent]) -> Sent:
    """All of it, one after the other."""
    found = NOTHING
    for each in several:
        found = each if found is NOTHING and not each.markers else found.plus(each)
    return found


def one_of(several: Iterable[Sent]) -> Sent:
    """One or the other of it."""
    ways = tuple(several)
    if len(ways) < 2:
        return together(ways)
    pieces = (OneOf("", tuple(each.together for each in ways)),)
    return replace(together(ways), pieces=pieces, holes=0, messages=0)


class Site(Struct, frozen=True):
    """A call site in a file. ``runs`` is the function that it was followed to."""

    path: str
    call: CallSite
    runs: FunctionValue | None = None


class Match(Struct, frozen=True):
    """A pattern that a call fits. ``client`` is what made its receiver, where that is known."""

    sdk: Sdk
    pattern: Pattern
    function: str
    client: Made | None = None
    piped: tuple[Made, ...] = ()
    """The templates of a chain (``prompt | model``)."""
    others: tuple[Made, ...] = ()
    """What else may have made its receiver, where that is one or another of several."""


class Named(Struct, frozen=True):
    """The names of the models that a call may be sent to, in the order of the code.

    ``is_open`` tells that something which can't be read may name another one; ``parameters`` are those that bring it.
    """

    names: tuple[str, ...] = ()
    is_open: bool = False
    parameters: frozenset[Parameter] = frozenset()


NO_MODEL = Named()


class Sending(Struct, frozen=True):
    """A call that sends text: the SDK's call and the wrappers around it, innermost first.

    What it says besides is read once it is known which calls do send (see ``Calls``).
    """

    match: Match
    sink: Site
    callers: tuple[Site, ...]
    sent: Sent
    models: Named = NO_MODEL
    output_cap: int = 0
    tools: Toolset = Toolset()
    remote: str | None = None
    """The name of a prompt outside of the repository that it sends or fetches, as far as that is known."""
    answer: Asked | None = None
    """The answer that it asks for, where it names a schema or forces a tool."""
    answer_texts: tuple[SiteKey, ...] = ()
    """The units that describe this answer."""
    effort: str = ""
    """How much the model is to think, in the SDK's own word or number."""
    cut: bool = False
    """Whether the function around it has more calls than are followed."""
    settings: Settings = NO_SETTINGS
    through: tuple[Site, ...] = ()
    """The only callers of the functions around it, innermost first, where it stands for them."""

    @property
    def sdk(self) -> Sdk:
        """The SDK whose call it is."""
        return self.match.sdk

    @property
    def pattern(self) -> Pattern:
        """The pattern that the call fits."""
        return self.match.pattern

    @property
    def function(self) -> str:
        """The function as the pattern names it."""
        return self.match.function

    @property
    def outermost(self) -> Site:
        """Where the text is put together."""
        return self.callers[-1] if self.callers else self.sink
