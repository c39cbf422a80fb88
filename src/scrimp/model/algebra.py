"""The one form that every template language becomes, and everything else works on.

Readers translate f-strings, ``.format``, Jinja, YAML scalars and the rest into these nodes; the linker evaluates
references, items, calls, files and transforms, so that only text, variables, joins, branches, loops and includes
remain. Nodes are ``msgspec.Struct`` rather than dataclasses: they are made by the ten thousand, and they are what
crosses processes and caches. They never hold themselves, so the collector of cycles needn't look at them
(``gc=False``): that halves the time that facts take to be decoded.

``start`` and ``end`` are offsets in the file that a node was read from (see ``source``).
"""

# Annotations are not postponed: msgspec would evaluate them at every start, here and elsewhere for some 5 ms.

from typing import TypeAlias, Union

from msgspec import Struct

Piece: TypeAlias = tuple[int, int, int, int]
"""``(start, end, source_start, source_end)``: ``value[start:end]`` was written at those offsets of the source.

Where both are equally long, characters correspond one by one; otherwise the piece is a unit (an escape) that can
only be replaced whole. What no piece covers was not written anywhere (made by a transform).
"""


class Node(Struct, frozen=True, array_like=True, gc=False):
    """A node of the algebra; each kind has a number, by which it is known where facts are written down.

    No kind of node is derived from another: where most are of other kinds, ``type(node) is Text`` asks at a twentieth
    of what ``isinstance`` takes, which turns to the metaclass of all structs (Python 3.11).
    """


class Text(Node, frozen=True, tag=0):
    """Fixed text. ``pieces`` are in order and do not overlap."""

    value: str
    pieces: tuple[Piece, ...] = ()


class Variable(Node, frozen=True, tag=1):
    """A hole that is filled at run time.

    ``of`` is the expression that fills it, where the host language shows one: if it evaluates to text that is
    written in the repository, that text stands here instead.
    """

    name: str
    start: int
    end: int
    of: "Expression | None" = None


class Join(Node, frozen=True, tag=2):
    """Parts one after the other."""

    parts: "tuple[Expression, ...]"


class Branch(Node, frozen=True, tag=3):
    """One of several alternatives; an absent ``else`` is an empty ``Text``. ``condition`` is its source text."""

    condition: str
    alternatives: "tuple[Expression, ...]"


class Loop(Node, frozen=True, tag=4):
    """A body that is repeated for each of ``over`` (source text): any number of times, none included.

    ``of`` is a list whose every item makes it once, or a number of times, where the host language shows one.
    """

    over: str
    body: "Expression"
    of: "Expression | None" = None


class Include(Node, frozen=True, tag=5):
    """Another template, by the name that the template language uses for it."""

    target: str
    start: int
    end: int


class Reference(Node, frozen=True, tag=6):
    """A name as written, dotted (``prompts.SYSTEM``, ``self.template``), looked up from scope ``scope``."""

    name: str
    scope: str
    start: int


class Item(Node, frozen=True, tag=7):
    """One member of a mapping, sequence or object."""

    of: "Expression"
    key: str | int


class Parameter(Node, frozen=True, tag=8):
    """A parameter of the function with the qualified name ``function``."""

    name: str
    function: str


class Argument(Struct, frozen=True, array_like=True, gc=False):
    """An argument of a call: ``name`` is empty for a positional one, ``*`` and ``**`` for unpacked ones.

    It stands at ``start`` to ``end``, its keyword included; both are 0 where the reader doesn't tell.
    """

    name: str
    value: "Expression"
    start: int = 0
    end: int = 0


class Call(Node, frozen=True, tag=9):
    """A call. ``function`` is the callee as an expression: mostly a ``Reference`` or an ``Item`` of a call."""

    function: "Expression"
    arguments: tuple[Argument, ...]
    start: int
    end: int


class File(Node, frozen=True, tag=10):
    """The text of a file of the repository, or of one key path in it; ``path`` evaluates to its relative name."""

    path: "Expression"
    keys: tuple[str, ...] = ()


class Transform(Node, frozen=True, tag=11):
    """Text changed by a known operation: ``strip lstrip rstrip dedent cleandoc format percent replace join …``."""

    operation: str
    of: "Expression"
    arguments: tuple[Argument, ...] = ()


class Sequence(Node, frozen=True, tag=12):
    """A list or tuple literal."""

    items: "tuple[Expression, ...]"


class Mapping(Node, frozen=True, tag=13):
    """A dictionary literal; entries whose key is not a literal have the key ``None``."""

    entries: "tuple[tuple[str | None, Expression], ...]"


class Constant(Node, frozen=True, tag=14):
    """A number, a truth value or nothing."""

    value: int | float | bool | None


class Template(Node, frozen=True, tag=15):
    """A maximal string expression: the unit that a developer sees as one prompt. ``site`` indexes ``Facts.sites``."""

    site: int
    body: "Expression"


class Unknown(Node, frozen=True, tag=16):
    """An expression that says nothing about text; ``name`` is its source, shortened."""

    name: str = ""


Expression: TypeAlias = Union[  # noqa: UP007  the names below are strings until the module is whole
    Text,
    Variable,
    Join,
    Branch,
    Loop,
    Include,
    Reference,
    Item,
    Parameter,
    Call,
    File,
    Transform,
    Sequence,
    Mapping,
    Constant,
    Template,
    Unknown,
]

EMPTY = Text("")
