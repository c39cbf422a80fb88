"""Prompts, requests and what is linked between them."""

# Annotations are not postponed: msgspec would evaluate them at every start (see ``model.algebra``).

from collections.abc import Iterator
from decimal import Decimal
from enum import StrEnum
from typing import TypeAlias, Union

from msgspec import Struct, field

from scrimp.model.algebra import Piece
from scrimp.model.amounts import Grade, Interval
from scrimp.model.answers import Asked
from scrimp.model.arrangement import Together
from scrimp.model.caching import Caching
from scrimp.model.fillers import Filler, Payload
from scrimp.model.source import Place


class Confidence(StrEnum):
    """How sure it is that a text reaches a model."""

    HIGH = "high"  # reaches a call, or an explicit format
    MEDIUM = "medium"  # name or path
    LOW = "low"  # text alone, or hardly any text: reported, never gates


class TextSegment(Struct, tag=True, frozen=True, gc=False):
    """Fixed text, written in file ``path`` where ``pieces`` map it (see ``algebra.Piece``)."""

    value: str
    path: str
    pieces: tuple[Piece, ...]


class VariableSegment(Struct, tag=True, frozen=True, eq=False, gc=False):
    """A hole at offsets ``start`` to ``end`` of file ``path``; both are 0 where it is written nowhere.

    ``fillers`` are the calls whose value may fill it, as far as they are known; what fills a hole doesn't make it
    another one.
    """

    name: str
    path: str
    start: int
    end: int
    fillers: tuple[Filler, ...] = ()

    def __eq__(self, other: object) -> bool:
        return isinstance(other, VariableSegment) and self._place() == other._place()

    def __hash__(self) -> int:
        return hash(self._place())

    def _place(self) -> tuple[str, str, int, int]:
        return self.name, self.path, self.start, self.end


class BranchSegment(Struct, tag=True, frozen=True, gc=False):
    """Exclusive alternatives."""

    condition: str
    alternatives: "tuple[tuple[Segment, ...], ...]"


class LoopSegment(Struct, tag=True, frozen=True, gc=False):
    """A body sent once for each of ``over``; ``items`` is their number where it is written down."""

    over: str
    body: "tuple[Segment, ...]"
    items: int | None = None


class InlineSegment(Struct, tag=True, frozen=True, gc=False):
    """The text of another prompt, by its id, that stands inside this one."""

    prompt: str
    body: "tuple[Segment, ...]"


class MemberSegment(Struct, tag=True, frozen=True, gc=False):
    """One of the texts that a tool or a schema consists of: its own description, or that of a field.

    They are sent together and apart from each other, so text never runs from one into another.
    """

    body: "tuple[Segment, ...]"


Segment: TypeAlias = Union[  # noqa: UP007  the names below are strings until the module is whole
    TextSegment, VariableSegment, BranchSegment, LoopSegment, InlineSegment, MemberSegment
]


def walk(segments: tuple[Segment, ...]) -> Iterator[Segment]:
    """All segments, outer before inner, in the order of the text."""
    for segment in segments:
        yield segment
        match segment:
            case BranchSegment():
                for alternative in segment.alternatives:
                    yield from walk(alternative)
            case LoopSegment() | InlineSegment() | MemberSegment():
                yield from walk(segment.body)


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


class MeasuredVariable(Struct, frozen=True):
    """A variable with its size in tokens. ``volatility`` is ``constant user request unknown``.

    ``source`` says who tells the size: the configuration, the usage file, or a place of the repository.
    """

    name: str
    line: int
    column: int
    volatility: str
    tokens: int | None
    grade: Grade
    source: str = ""

    @property
    def told(self) -> bool:
        """Whether its size is told, rather than taken from an example or not known at all."""
        return self.tokens is not None and self.grade is not Grade.HEURISTIC


class MeasuredPrompt(Struct, frozen=True):
    """A prompt with its tokens and its share of the costs of the requests that send it."""

    prompt: Prompt
    model: str
    encoding: str
    static: int
    tokens: Interval[int]
    variables: tuple[MeasuredVariable, ...]
    per_call: Interval[Decimal]
    monthly: Interval[Decimal]
    owner: str
    text_sha256: str
    guessed: Decimal = Decimal(0)
    """US dollars a month of its typical cost that rest on examples of what fills its variables."""
    caching: Caching | None = None


class MeasuredRequest(Struct, frozen=True):
    """A request with its tokens and costs, overhead and output included once."""

    request: Request
    model: str
    provider: str
    model_source: str
    input_tokens: Interval[int]
    overhead: int
    output_tokens: Interval[int]
    calls: int
    calls_grade: Grade
    per_call: Interval[Decimal]
    monthly: Interval[Decimal]
    owner: str = ""
    shares: tuple[Interval[Decimal], ...] = ()
    """What each of ``request.parts`` bears of a call, in their order; the rest is overhead and output.

    Of parts that are sent one or the other, those of the typical call bear something, and the others at most what they
    cost (``part_costs``).
    """
    cached: Decimal | None = None
    """The share of input tokens that is read from the provider's cache; ``None`` where nothing is known."""
    output_source: str = ""
    """Who tells how long its answer is: the configuration, a usage file, a sentence, a task."""
    reasoning: int | None = None
    """Tokens of the answer that are thought and not seen, where that is told."""
    is_least: bool = False
    """Whether the model thinks before it answers and nothing tells how much: its output is a lower bound."""
    guessed_input: Decimal = Decimal(0)
    """US dollars a month of its typical cost that rest on examples of what fills variables."""
    guessed_output: Decimal = Decimal(0)
    """US dollars a month that a guess of its answer adds to, or takes from, what an answer is taken to cost."""
    tier: str = "standard"
    """How the provider serves it: ``standard batch flex priority``, or a word of its own."""
    region: str = ""
    """Where the provider is to serve it, as a word or an address; ``""`` if nobody tells."""
    rates: tuple[Decimal, Decimal] | None = None
    """The prices of input and output that it is charged by if it isn't long, in USD per million tokens."""
    caching: Caching | None = None
    part_caching: tuple[Caching, ...] = ()
    """What can be cached of each of ``request.parts``, in their order."""

    part_costs: tuple[Interval[Decimal], ...] = ()
    """What each of ``request.parts`` costs in a call that sends it."""
    sent: tuple[int, ...] = ()
    """The numbers of the parts that the typical call sends: the longest of those that exclude each other."""

    worst_output: int | None = None
    """The most tokens of an answer: what is declared, else what the model can write; ``None`` if nobody tells."""
    answer_cost: Decimal | None = None
    """US dollars of ``per_call.typical`` that its answer is; ``None`` if unknown."""
    alternatives: tuple[str, ...] = ()
    """Other models to which it may go as well, none of which is known to cost more typically than ``model``."""
    unpriced: tuple[str, ...] = ()
    """Those of the ``alternatives`` that have no price."""

    @property
    def guessed(self) -> Decimal:
        """US dollars a month of its typical cost that no budget should count on."""
        return self.guessed_input + self.guessed_output

    @property
    def may_be_another(self) -> bool:
        """Whether it may go to a model that nobody can read: from the environment, for example."""
        return MODEL in self.request.undecided and self.model_source == "call"

    @property
    def is_model_told(self) -> bool:
        """Whether somebody tells the model, and it is the only one that it may go to."""
        return self.model_source != "default" and not self.alternatives and not self.may_be_another

    @property
    def basis(self) -> Grade:
        """What the monthly cost rests on: the volume, and the model where nobody told it, or not for sure."""
        if not self.is_model_told:
            return Grade.ASSUMED
        told = self.calls_grade in (Grade.IMPORTED, Grade.CONFIGURED)
        return self.calls_grade if told else Grade.ASSUMED


class Measured(Struct, frozen=True):
    """All prompts and requests of a tree, measured."""

    prompts: tuple[MeasuredPrompt, ...]
    requests: tuple[MeasuredRequest, ...]
    unresolved: tuple[Unresolved, ...] = field(default=())
    payloads: tuple[Payload, ...] = ()
