"""Call patterns of the SDKs that send text to models, as data: one YAML file an SDK.

A pattern says which callee (resolved through imports and constructors, not by a bare suffix) takes which text in
which argument, and where the model, the output cap, the tools and the cache markers stand.

Names are written as in Python; the camel-case spelling of a name with underscores (``systemInstruction``) means the
same. Where a pattern names an argument, it may be

- a keyword, ``max_tokens``, or a place among the positional arguments, ``"0"``;
- a member of it, ``config.system_instruction``: of a dictionary, of an object by the keyword that its constructor
  got, or of a dictionary that was made JSON;
- with ``client.`` in front, an argument of the constructor of the client: ``client.model``.
"""

# Annotations are not postponed: msgspec would evaluate them at every start (see ``model.algebra``).

import re
from collections.abc import Iterable, Mapping
from contextlib import AbstractContextManager
from contextvars import ContextVar
from functools import cache
from pathlib import Path
from typing import Literal

import msgspec

from scrimp.ambient import holding

FOLDER = Path(__file__).parent
COMPILED = "sdks.json"
"""The file in ``FOLDER`` that holds what the YAML files say."""
UNDERSCORED = re.compile(r"(?<=[a-z0-9])_([a-z0-9])")


class TextArgument(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """An argument that holds text, or another place of it.

    ``argument`` is its name, ``position`` its place among the positional ones (-1: keyword only); with ``rest`` the
    positional ones behind it hold more of the same. A message without a ``role`` has that of what
    holds it. ``shape`` is
    ``text`` (one text, or a list of them), ``messages`` (dictionaries, pairs or message objects with their own roles)
    or ``blocks`` (a text, or dictionaries with a ``text``). ``of`` tells where the text stands: in an ``argument`` of
    the call; for decorators in the ``docstring`` of the function or in what it returns (``return``); for classes in
    the ``docstring``, in the class ``attribute`` named ``argument``, or in the argument of that name of the calls
    that make its ``fields``.
    """

    argument: str = ""
    position: int = -1
    rest: bool = False
    shape: Literal["text", "messages", "blocks"] = "text"
    role: str = "user"
    of: Literal["argument", "docstring", "return", "attribute", "fields"] = "argument"


class Wire(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """What makes a model call of a function that sends anything anywhere, such as an HTTP client's ``post``.

    ``address`` are the arguments that may hold the URL, ``bodies`` those that may hold what is sent (``""``: the
    arguments themselves); the pattern's texts, model and so on are members of these. It is one if the URL matches one
    of the regular expressions ``endpoints``, or if all names of one of ``shapes`` are there; but not if the URL
    matches one of ``others``, or is a path of the same server.
    """

    address: tuple[str, ...]
    bodies: tuple[str, ...]
    endpoints: tuple[str, ...]
    shapes: tuple[tuple[str, ...], ...]
    others: tuple[str, ...] = ()


class Pattern(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """A callee that takes text.

    ``functions`` are dotted names below a client, a class or a module of the SDK; ``__call__`` is the client itself,
    called. ``form`` is how the name is used: in a ``call``, as a ``decorator`` of a function, or as the ``base`` of a
    class. ``makes`` is ``request`` if the call sends, ``template`` if it makes an object that is text to be sent,
    ``message`` if it makes one message, ``model`` if it makes what names the model (such an object is a client too),
    ``part`` if its text goes out with the request that ``joins`` names, or that made its client, ``remote`` if it
    fetches a prompt that is kept outside of the repository.

    A receiver that nothing is known of is believed if the name is ``distinctive``, or if all arguments in
    ``known_by`` are there, or if the file imports the SDK and the name has several parts or the receiver is called
    like one of ``receivers``; and always only if one of the text arguments is given. A call without any of ``needs``
    is none.

    What ``keeps`` its text is an agent, which sends it with each run: without text in the tree it is no request.

    ``model``, ``output``, ``tools``, ``cache``, ``tier``, ``region``, ``choices`` are names of arguments; of several
    the first that is there counts. ``choices`` hold the number of answers that one call asks for, ``answer`` a schema
    of the answer, ``effort`` whether the model thinks before it. ``speaker`` is the argument that holds a message's
    role. ``template`` is the template language of the text.
    ``remote`` are arguments that name a prompt which is kept outside of the repository. ``served`` is the tier that the
    call itself asks for: a method for batches has no other.
    """

    functions: tuple[str, ...]
    texts: tuple[TextArgument, ...] = ()
    form: Literal["call", "decorator", "base"] = "call"
    on: Literal["client", "module"] = "client"
    makes: Literal["request", "template", "message", "model", "part", "remote"] = "request"
    distinctive: bool = False
    known_by: tuple[str, ...] = ()
    receivers: tuple[str, ...] = ()
    needs: tuple[str, ...] = ()
    joins: str | tuple[str, ...] = ""
    keeps: bool = False
    model: str | tuple[str, ...] = ""
    output: tuple[str, ...] = ()
    answer: tuple[str, ...] = ()
    effort: tuple[str, ...] = ()
    tools: str | tuple[str, ...] = ""
    cache: tuple[str, ...] = ()
    choices: tuple[str, ...] = ()
    tier: str = ""
    region: tuple[str, ...] = ()
    served: str = ""
    wire: Wire | None = None
    speaker: str = ""
    template: str = ""
    remote: tuple[str, ...] = ()

    @property
    def joined(self) -> tuple[str, ...]:
        """The arguments that may name what a part goes out with, before its client."""
        return _several(self.joins)

    @property
    def models(self) -> tuple[str, ...]:
        """The arguments that may name the model."""
        return _several(self.model)

    @property
    def toolsets(self) -> tuple[str, ...]:
        """The arguments that may hold the tools."""
        return _several(self.tools)


def _several(names: str | tuple[str, ...]) -> tuple[str, ...]:
    """One name, several or none."""
    if isinstance(names, tuple):
        return names
    return (names,) if names else ()


class Sdk(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """An SDK: the modules it is imported from, what makes its clients, and its patterns.

    ``modules`` are Python modules and npm packages. ``clients`` are names of classes and functions; one with an
    argument, ``client(bedrock-runtime)``, makes a client only with that text as its first argument. ``languages`` are
    those that it is for, where a name of it means another SDK elsewhere; without any it is for all. ``in_tree``
    tells that the SDK's own package is worth matching where a tree holds it: its name is nobody else's. ``general``
    tells that the modules are for anything, so that importing one says nothing. ``provider`` is who answers, where it
    is always the same; ``source`` is what the patterns were written after.
    """

    sdk: str
    modules: tuple[str, ...]
    patterns: tuple[Pattern, ...]
    provider: str = ""
    source: str = ""
    clients: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    in_tree: bool = False
    general: bool = False


MESSAGE_KEYS = frozenset((b"role", b"content", b"system", b"user", b"messages", b"prompt", b"instructions"))
"""Keys that mark a dictionary as a message, or as what is sent with one."""


def load(texts: Mapping[str, bytes]) -> tuple[Sdk, ...]:
    """The SDKs that YAML files describe, by the files' names.

    Raises a located ``UserError`` for what is no YAML, for unknown keys, wrong types and bad regular expressions.
    """
    return tuple(_sdk(name, raw) for name, raw in texts.items())


def _sdk(name: str, raw: bytes) -> Sdk:
    from scrimp.config.located import decode  # noqa: PLC0415  few projects have call patterns of their own
    from scrimp.config.read_yaml import read_yaml  # noqa: PLC0415  likewise

    located = read_yaml(name, raw)
    found = decode(located, Sdk)
    for number, pattern in enumerate(found.patterns):
        for key in ("endpoints", "others") if pattern.wire is not None else ():
            for place, expression in enumerate(getattr(pattern.wire, key)):
                try:
                    re.compile(expression)
                except re.error as error:
                    steps = ("patterns", number, "wire", key, place)
                    located.refuse_value(steps, f"{key}: no regular expression: {error}")
    return found


def compiled(known: Iterable[Sdk]) -> bytes:
    """SDKs as JSON, each on a line."""
    return b"[\n" + b",\n".join(msgspec.json.encode(each) for each in known) + b"\n]\n"


@cache
def sdks() -> tuple[Sdk, ...]:
    """All SDKs that scrimp knows, in the order of their files' names, as ``scripts/compile_data.py`` wrote them."""
    return msgspec.json.decode((FOLDER / COMPILED).read_bytes(), type=tuple[Sdk, ...])


@cache
def spellings(name: str) -> tuple[str, ...]:
    """A name as Python writes it and as JavaScript does."""
    if "_" not in name:  # most haven't one
        return (name,)
    camel = UNDERSCORED.sub(lambda found: found[1].upper(), name)
    return (name,) if camel == name else (name, camel)


def last_names(known: Iterable[Sdk]) -> Iterable[str]:
    """The last names of everything that makes clients or fits patterns, in all spellings."""
    for sdk in known:
        for client in sdk.clients:
            yield client.partition("(")[0].rpartition(".")[2]
        for pattern in sdk.patterns:
            for function in pattern.functions:
                yield from spellings(function.rpartition(".")[2])


@cache
def _our_names() -> frozenset[bytes]:
    return frozenset(name.encode() for name in last_names(sdks()))


_OWN_NAMES: ContextVar[frozenset[bytes]] = ContextVar("own names of calls", default=frozenset())


def own_names() -> frozenset[bytes]:
    """The last names of what the SDKs of ``knowing`` call: facts that were read with others are not the same."""
    return _OWN_NAMES.get()


def call_names() -> frozenset[bytes]:
    """The last names of all callees, those of ``knowing`` included: what makes a statement worth a look."""
    return _all_names(own_names())


@cache
def _all_names(own: frozenset[bytes]) -> frozenset[bytes]:
    return _our_names() | own


def knowing(own: Iterable[Sdk]) -> AbstractContextManager[None]:
    """Makes readers keep what the patterns of a project's own SDKs need, too."""
    return holding(_OWN_NAMES, frozenset(name.encode() for name in last_names(own)))


@cache
def text_keys() -> frozenset[bytes]:
    """Short strings that mark a statement as holding messages."""
    return MESSAGE_KEYS
