"""The kinds of checks: each is one module here with a function ``check``, and one line of ``TABLE``.

The line says what the function looks at: one prompt, one request (what a call sends), or all prompts of the
tree together. Where the module has a struct ``Options``, that holds what the function reads, which are the options of
every card of the kind. A function yields a ``Hit`` for what is wasted, an ``Abstention`` for what can't be decided, and
nothing for what is as it should be. It never reads a file: what it may ask is in ``scrimp.checks.context``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, MutableMapping, Sequence
from functools import partial
from importlib import import_module
from typing import Final, TypeAlias

import msgspec
from msgspec import Struct

from scrimp.checks.context import Context, RequestContext, TreeContext
from scrimp.checks.hits import Abstention, Hit
from scrimp.config.cards import Card
from scrimp.model.measured import MeasuredPrompt, MeasuredRequest

PromptCheck: TypeAlias = Callable[[MeasuredPrompt, Card, Context], Iterable[Hit | Abstention]]
"""Looks at one prompt, for its text and its variables. A text that stands in several prompts is told of once."""

RequestCheck: TypeAlias = Callable[[MeasuredRequest, Card, RequestContext], Iterable[Hit | Abstention]]
"""Looks at what one call sends; a hit of it stands at the call unless it says otherwise."""

TreeCheck: TypeAlias = Callable[[Sequence[MeasuredPrompt], Card, TreeContext], Iterable[Hit | Abstention]]
"""Looks at all prompts together, those left out for which the rule doesn't run."""


class NoOptions(msgspec.Struct, frozen=True):
    """Of a kind that has none."""


class OfPrompts(Struct, frozen=True):
    """A kind that looks at each prompt alone."""

    check: PromptCheck
    options: type[msgspec.Struct] = NoOptions


class OfRequests(Struct, frozen=True):
    """A kind that looks at each request alone."""

    check: RequestCheck
    options: type[msgspec.Struct] = NoOptions


class OfTree(Struct, frozen=True):
    """A kind that looks at all prompts together; ``compares`` tells that it finds in one what others hold too."""

    check: TreeCheck
    options: type[msgspec.Struct] = NoOptions
    compares: bool = False


class OfComments(Struct, frozen=True):
    """A kind that looks at comments that hide findings, once there are all: ``scrimp.suppress`` does that."""

    options: type[msgspec.Struct] = NoOptions


Kind: TypeAlias = OfPrompts | OfRequests | OfTree | OfComments

TABLE: Final[Mapping[str, Callable[..., Kind]]] = {
    "blanks": OfPrompts,
    "budget": OfPrompts,
    "cache-breakpoint": OfRequests,
    "cache-marker": OfRequests,
    "cache-minimum": OfRequests,
    "cache-order": OfPrompts,
    "choices": OfRequests,
    "clock": OfPrompts,
    "comments": OfPrompts,
    "count": OfPrompts,
    "dear-settings": OfRequests,
    "documented-parameters": OfPrompts,
    "escaped-json": OfTree,
    "examples": OfPrompts,
    "gaps": OfPrompts,
    "indentation": OfPrompts,
    "indented-json": OfTree,
    "json-rows": OfTree,
    "limit": OfPrompts,
    "near-identical": partial(OfTree, compares=True),
    "outer-white-space": OfPrompts,
    "output-cap": OfRequests,
    "partial-indentation": OfPrompts,
    "per-item": OfRequests,
    "pretty-json": OfPrompts,
    "price": OfRequests,
    "ratio": OfPrompts,
    "reasoning-request": OfPrompts,
    "regex": OfPrompts,
    "repeated-passage": OfPrompts,
    "repetition": OfPrompts,
    "separators": OfPrompts,
    "shared-paragraphs": partial(OfTree, compares=True),
    "similar-examples": OfPrompts,
    "spaced-json": OfTree,
    "stated-schema": OfRequests,
    "substitute": OfPrompts,
    "superseded": OfRequests,
    "markdown-table": OfPrompts,
    "repeated-variable": OfPrompts,
    "unbounded-loop": OfPrompts,
    "unbounded-value": OfTree,
    "unordered-value": OfPrompts,
    "suppression-expired": OfComments,
    "suppression-unreadable": OfComments,
    "suppression-unused": OfComments,
    "table-padding": OfPrompts,
    "table-rules": OfPrompts,
}
"""What each kind looks at, by its name."""


class _Kinds(MutableMapping[str, Kind]):
    """All kinds by their names, each imported when it is asked for: rules that run use a third of them."""

    def __init__(self) -> None:
        self._known: dict[str, Kind] = {}

    def __getitem__(self, name: str) -> Kind:
        if name not in self._known:
            self._known[name] = _imported(name)
        return self._known[name]

    def __setitem__(self, name: str, kind: Kind) -> None:
        self._known[name] = kind

    def __delitem__(self, name: str) -> None:
        del self._known[name]

    def __contains__(self, name: object) -> bool:
        return name in TABLE

    def __iter__(self) -> Iterator[str]:
        return iter(TABLE)

    def __len__(self) -> int:
        return len(TABLE)


def _imported(name: str) -> Kind:
    """A kind with what its module says. Raises ``KeyError`` for a name that isn't in the table."""
    of = TABLE[name]
    if of is OfComments:
        return OfComments()
    module = import_module(f"{__name__}.{name.replace('-', '_')}")
    return of(module.check, getattr(module, "Options", NoOptions))


KINDS: Final = _Kinds()
