"""Prompts and requests with their tokens and what they cost."""

# Annotations are not postponed: msgspec would evaluate them at every start (see ``model.algebra``).

from decimal import Decimal

from msgspec import Struct, field

from scrimp.model.amounts import Grade, Interval
from scrimp.model.caching import Caching
from scrimp.model.fillers import Payload
from scrimp.model.prompts import MODEL, Prompt, Request, Unresolved


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
