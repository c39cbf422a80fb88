"""JSON that code makes at run time and a model gets: the calls that make it, and how they are told to lay it out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from msgspec import Struct

from scrimp.checks.context import TreeContext
from scrimp.model.fillers import Filler, FillerArgument
from scrimp.model.measured import MeasuredPrompt, MeasuredVariable
from scrimp.model.segments import VariableSegment, walk


class Serialiser(Struct, frozen=True):
    """A function that makes JSON of data, by its full name or, where it begins with a dot, by its end.

    ``indent`` is the place of the argument that indents, -1 where only a keyword does. ``is_spaced`` tells that it
    writes blanks behind commas and colons if nothing else is told, ``is_escaping`` that it escapes what isn't ASCII.
    """

    function: str
    indent: int = -1
    is_spaced: bool = False
    is_escaping: bool = False


SERIALISERS: Final = (
    Serialiser("json.dumps", is_spaced=True, is_escaping=True),
    Serialiser("simplejson.dumps", is_spaced=True, is_escaping=True),
    Serialiser("ujson.dumps", is_escaping=True),
    Serialiser("JSON.stringify", indent=2),
    Serialiser("tojson", indent=1),
    Serialiser(".model_dump_json"),
    Serialiser(".dump_json"),
    Serialiser(".to_json"),
    Serialiser(".json"),
)
"""From the documentation of Python's json, simplejson, ujson, pydantic 2, pandas 2 and Jinja 3.1, and of ECMAScript,
read in November 2026. ``.json`` is pydantic 1's, and answers of HTTP clients have such a method too, which takes no
arguments of these."""

SAME: Final = frozenset(
    {
        *(
            "strip",
            "lstrip",
            "rstrip",
            "replace",
            "encode",
            "decode",
            "trim",
            "trimEnd",
            "trimStart",
            "replaceAll",
        ),
        *("str", "safe", "escape", "textwrap.indent", "indent", "html.escape", "markupsafe.Markup"),
    }
)
"""Functions and methods of a text that leave it as long as it is, but for its ends and single characters."""
CUTTING: Final = frozenset({"slice", "substring", "substr", "truncate", "textwrap.shorten"})
PART: Final = ".*"
"""How a function's name ends of whose value only a part is taken (see ``Filler``)."""


class Serialised(Struct, frozen=True):
    """A call of a serialiser whose value a model gets.

    It fills ``hole`` of the prompt with the id ``prompt``, or is a payload and both are empty; ``what`` names where it
    goes. ``is_cut`` tells that only a part of it goes out. ``size`` are the tokens that fill the hole, if somebody
    tells them and nothing else fills it.
    """

    call: Filler
    serialiser: Serialiser
    what: str
    hole: str = ""
    prompt: str = ""
    is_cut: bool = False
    size: int | None = None

    @property
    def function(self) -> str:
        """The name of the serialiser, without what it is a method of."""
        return self.serialiser.function.removeprefix(".")

    @property
    def is_of_text(self) -> bool:
        """Whether what is serialised is a single text, which has no layout."""
        return self.call.data == "text"

    @property
    def identity(self) -> str:
        """What tells it from others in the same tree, whatever lines they stand on."""
        return f"{self.call.path} {self.call.function} {self.what}"


def serialised(prompts: Sequence[MeasuredPrompt], tree: TreeContext) -> Iterator[Serialised]:
    """The calls of serialisers that reach some prompts or a model without any, each once."""
    seen: set[tuple[str, int, int]] = set()
    for each in (*_in_prompts(prompts), *_alone(tree)):
        place = each.call.path, each.call.start, each.call.end
        if place not in seen:
            seen.add(place)
            yield each


def serialiser(function: str) -> Serialiser | None:
    """The serialiser that a function is."""
    for each in SERIALISERS:
        if function == each.function or (each.function[0] == "." and function.endswith(each.function)):
            return each
    return None


def laid_out(pairs: int) -> int:
    """The fewest tokens that indentation by two columns or more adds to an object of so many texts and numbers.

    A line break and blanks before each pair are a token more than the blank between two, and before the last brace
    they are one; counted with o200k_base and cl100k_base, November 2026. What the texts end with may make it more.
    """
    return pairs + 1


def indentation(call: Filler, known: Serialiser) -> FillerArgument | None:
    """The argument of a serialiser that indents, ``None`` if it has none."""
    return call.argument("indent", known.indent)


def _in_prompts(prompts: Sequence[MeasuredPrompt]) -> Iterator[Serialised]:
    for measured in prompts:
        sizes = {each.name: each for each in measured.variables}
        for segment in walk(measured.prompt.segments):
            if not isinstance(segment, VariableSegment):
                continue
            for filler in segment.fillers:
                for call, known, is_cut in _made(filler):
                    name = segment.name or "a variable"
                    size = _size(sizes.get(segment.name)) if len(segment.fillers) == 1 else None
                    yield Serialised(call, known, f"`{name}`", segment.name, measured.prompt.id, is_cut, size)


def _size(variable: MeasuredVariable | None) -> int | None:
    return variable.tokens if variable is not None and variable.told else None


def _alone(tree: TreeContext) -> Iterator[Serialised]:
    for payload in tree.measured.payloads:
        for call, known, is_cut in _made(payload.filler):
            what = "the answer of a tool" if payload.role == "tool" else f"a message of role {payload.role}"
            yield Serialised(call, known, what, is_cut=is_cut)


def _made(filler: Filler, is_cut: bool = False) -> Iterator[tuple[Filler, Serialiser, bool]]:
    """The serialisers whose JSON a value is, perhaps with its ends or some characters changed."""
    name = filler.function.removesuffix(PART)
    is_cut = is_cut or name != filler.function
    known = serialiser(name)
    if known is not None:
        yield filler, known, is_cut
        return
    last = name.rpartition(".")[2]
    is_cut = is_cut or name in CUTTING or last in CUTTING
    if is_cut or name in SAME or last in SAME:
        for inner in filler.of:
            yield from _made(inner, is_cut)
