"""Prompts, requests and what is linked between them."""

# Annotations are not postponed: msgspec would evaluate them at every start (see ``model.algebra``).

from enum import StrEnum

from msgspec import Struct

from scrimp.model.answers import Asked
from scrimp.model.arrangement import Together
from scrimp.model.fillers import Payload
from scrimp.model.handled import Handled
from scrimp.model.segments import MemberSegment, Segment, TextSegment, VariableSegment, walk
from scrimp.model.source import Place


class Confidence(StrEnum):
    """How sure it is that a text reaches a model."""

    HIGH = "high"  # reaches a call, or an explicit format
    MEDIUM = "medium"  # name or path
    LOW = "low"  # text alone, or hardly any text: reported, never gates


class Sample(Struct, frozen=True):
    """A text that the repository itself puts into a hole, in a test or an example, and the place that says so.

    Of a list all items have the same ``name``, and ``item`` tells their places; other values have none (-1). Values
    of one ``case`` go together.
    """

    name: str
    value: str
    path: str
    line: int
    case: str = ""
    item: int = -1


class Prompt(Struct, frozen=True):
    """Text written in the repository that reaches a language model as all or part of its input.

    ``id`` is ``path::name[#role or ordinal]`` and never holds a line number. ``declared_model``,
    ``declared_output`` and ``declared_calls`` (a month) are what its own file says (``""`` and 0 if nothing).
    """

    id: str
    path: str
    place: Place
    start: int
    end: int
    name: str
    language: str
    format: str
    template: str
    role: str
    kind: str
    loaded: str
    confidence: Confidence
    evidence: tuple[str, ...]
    segments: tuple[Segment, ...]
    group: str
    inlined: bool = False
    """Whether it reaches a model only inside other prompts, which bear its cost."""
    declared_model: str = ""
    declared_output: int = 0
    declared_calls: int = 0
    samples: tuple[Sample, ...] = ()
    guessed: bool = False
    """Whether its placeholders are told by their looks alone: neither code nor the format says that they are filled."""

    @property
    def text(self) -> str:
        """All its text in order, holes left out and each member on a line of its own: it identifies it by content."""
        return "".join(map(_said, walk(self.segments)))

    @property
    def variables(self) -> tuple[VariableSegment, ...]:
        """Its holes, in order, each name once."""
        named = {
            part.name: part
            for part in reversed(list(walk(self.segments)))
            if isinstance(part, VariableSegment)
        }
        return tuple(reversed(list(named.values())))


def _said(part: Segment) -> str:
    match part:
        case TextSegment():
            return part.value
        case MemberSegment():
            return "\n"
    return ""


class RequestPart(Struct, frozen=True):
    """A prompt in a request, in the role it has there."""

    prompt: str
    role: str


class CacheMarker(Struct, frozen=True):
    """Where a call asks its provider to cache what it sends.

    ``name`` is what asks, as the call writes it (``cache_control``, ``cachePoint``, ``prompt_cache_key``). ``covers``
    tells how many of the parts, in their order, stand in front of the breakpoint; ``None`` where the marker is of the
    request as a whole. ``lifetime`` is as written (``1h``), ``""`` for the provider's own. ``mode`` is that of a marker
    of the whole request, as written: ``explicit`` has OpenAI set no breakpoint by itself.
    """

    name: str
    covers: int | None
    lifetime: str = ""
    mode: str = ""


OUTPUT, CACHE, MESSAGES, MODEL = "output", "cache", "messages", "model"
"""What of a call may be undecided: its output cap, its cache markers, what messages it sends, and to which model."""


class Request(Struct, frozen=True):
    """What one call sends. ``model`` is the name as the call writes it, ``""`` if it doesn't tell.

    ``text`` is ``full partial passthrough unknown``; ``output_cap`` is in tokens, 0 if there is none; ``open_parts``
    counts messages or arguments that come from outside; ``repeats`` is ``once`` or ``loop``. ``parts`` are in the
    order in which providers put them together: tools, system, messages; ``cache_markers`` count them so. ``tier`` is
    how the provider is asked to serve it, in its own word, ``""`` if the call doesn't tell; ``region`` where, as a word
    or an address. ``answer`` is what the call
    asks for, where it says so.
    """

    id: str
    path: str
    line: int
    sdk: str
    function: str
    implicit: bool
    text: str
    parts: tuple[RequestPart, ...]
    model: str
    model_source: str
    output_cap: int
    messages: int
    tools: int
    repeats: str
    open_parts: int = 0
    cache_markers: tuple[CacheMarker, ...] = ()
    tier: str = ""
    region: str = ""
    tool_schemas: tuple[str, ...] = ()
    """Those of its ``tools`` that are written out, as JSON without their descriptions."""
    tool_forced: bool = False
    """Whether the model must use one of its tools."""
    answer: Asked | None = None
    effort: str = ""
    """How much the model is to think before it answers, in the SDK's own word or number; ``""`` if nothing tells."""
    start: int = 0
    end: int = 0
    """Where its call stands in its file, as offsets; of an implicit request, its first prompt."""
    sent_at: tuple[str, int, int] | None = None
    """Path and offsets of the SDK's own call, where the call is one of a function around that."""
    each: str = ""
    """What the call is made for each item of, as written and shortened; ``""`` if it isn't."""
    choices: int = 0
    """The answers that one call asks for; 0 if it doesn't tell."""
    details: frozenset[str] = frozenset()
    """How closely images are to be looked at, where they say so: ``low high auto``."""
    undecided: frozenset[str] = frozenset()
    """What of ``output`` and ``cache`` may be set by something that can't be read (``**options``), ``messages`` where
    a list of them comes from outside, and ``model`` where something that can't be read may name another one."""
    arrangement: Together[int] | None = None
    """Where calls send one or the other of ``parts``: these by their numbers. ``None`` if all of them always go out."""
    models: tuple[str, ...] = ()
    """The models to one or another of which the call sends, ``model`` first, where the code names several."""

    @property
    def together(self) -> Together[int]:
        """Its parts by their numbers, with those that exclude each other as alternatives."""
        if self.arrangement is not None:
            return self.arrangement
        return Together(tuple(range(len(self.parts))), self.messages, self.open_parts)


class Unresolved(Struct, frozen=True):
    """What could not be followed, with the reason.

    ``kind`` is ``call`` (what a call sends), ``model`` (which of several it goes to), ``remote`` (a prompt kept outside
    of the repository), ``reference`` (a file or template that another names), ``import`` (of an instruction file) or
    ``comment`` (that speaks to scrimp).
    """

    path: str
    line: int
    what: str
    reason: str
    column: int = 1
    kind: str = "reference"


class Disowned(Struct, frozen=True):
    """A text that a comment says is no prompt: where the comment stands, and where the text begins (its offset)."""

    path: str
    line: int
    start: int


class Linked(Struct, frozen=True):
    """The whole tree, linked."""

    prompts: tuple[Prompt, ...]
    requests: tuple[Request, ...]
    unresolved: tuple[Unresolved, ...] = ()
    payloads: tuple[Payload, ...] = ()
    disowned: tuple[Disowned, ...] = ()
    sought: frozenset[str] = frozenset()
    """Texts that code looks for in others, to put something in their place."""
    handled: Handled = Handled()
    """What all files tell of names, be the rest of a part of the tree."""
