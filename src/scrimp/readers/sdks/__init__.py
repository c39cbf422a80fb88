"""Call patterns of the SDKs that send text to models, as data: one YAML file an SDK.

A pattern says which callee (resolved through imports and constructors, not by a bare suffix) takes which text in
which argument, and where the model, the output cap and the tools stand.
"""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from typing import Literal

import msgspec


class TextArgument(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """An argument that holds text.

    ``argument`` is its keyword, ``position`` its place among the positional ones (-1: keyword only). ``shape`` is
    ``text`` (one text, or a list of them), ``messages`` (dictionaries, pairs or message objects with their own roles)
    or ``blocks`` (a text, or dictionaries with a ``text``).
    """

    argument: str
    position: int = -1
    shape: Literal["text", "messages", "blocks"] = "text"
    role: str = "user"


class Pattern(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A callee that takes text.

    ``functions`` are dotted names below a client, a class or a module of the SDK. ``makes`` is ``request`` if the call
    sends, ``template`` if it makes an object that is text to be sent, ``message`` if it makes one message.
    ``distinctive`` names are believed where the receiver isn't known at all. ``model`` and ``output`` are arguments.
    """

    functions: tuple[str, ...]
    texts: tuple[TextArgument, ...]
    on: Literal["client", "module"] = "client"
    makes: Literal["request", "template", "message"] = "request"
    distinctive: bool = False
    model: str = ""
    output: tuple[str, ...] = ()
    tools: str = ""
    template: str = ""


class Sdk(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """An SDK: the modules it is imported from, the classes that are its clients, and its patterns."""

    sdk: str
    provider: str
    source: str
    modules: tuple[str, ...]
    patterns: tuple[Pattern, ...]
    clients: tuple[str, ...] = ()


MESSAGE_KEYS = frozenset((b"role", b"content", b"system", b"user", b"messages", b"prompt", b"instructions"))
"""Keys that mark a dictionary as a message, or as what is sent with one."""


@cache
def sdks() -> tuple[Sdk, ...]:
    """All SDKs, in the order of their files' names."""
    from ruamel.yaml import YAML  # noqa: PLC0415  (only runs that read code need it)

    yaml = YAML(typ="safe", pure=True)
    found = sorted(
        (file for file in files(__name__).iterdir() if file.name.endswith(".yaml")),
        key=lambda file: file.name,
    )
    return tuple(msgspec.convert(yaml.load(file.read_text(encoding="utf-8")), Sdk) for file in found)


@cache
def call_names() -> frozenset[bytes]:
    """The last names of all callees: what makes a statement worth a look."""
    return frozenset(
        function.rpartition(".")[2].encode()
        for sdk in sdks()
        for pattern in sdk.patterns
        for function in pattern.functions
    )


@cache
def text_keys() -> frozenset[bytes]:
    """Short strings that mark a statement as holding messages."""
    return MESSAGE_KEYS
