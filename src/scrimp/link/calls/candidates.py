"""The calls of a tree that may fit a pattern of an SDK, told by names before anything is evaluated."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from scrimp.link.call_index import among
from scrimp.link.callees import last_name
from scrimp.link.calls.patterns import CALLED_ITSELF, Patterns
from scrimp.link.symbols import Symbols
from scrimp.model.algebra import Call
from scrimp.model.facts import CallSite

CONSTRUCTOR = "__init__"
"""What a call of a base's constructor calls: which base that is, its name doesn't tell."""

Callables = Mapping[str, frozenset[str]]
"""Last names of what may hold a client that is called like a function, by the path of the file that binds it."""


def callables(symbols: Symbols, patterns: Patterns) -> Callables:
    """What holds clients of SDKs whose clients are called like functions."""
    makers = frozenset(
        name for sdk, _, _ in patterns.calls.get(CALLED_ITSELF, ()) for name in patterns.clients[sdk.sdk]
    )
    return {
        path: frozenset(
            each.name.rpartition(".")[2]
            for each in symbols.modules[path].facts.bindings
            if isinstance(each.expression, Call) and last_name(each.expression.function) in makers
        )
        for path in symbols.calls.by_path(among(symbols.calls.named, makers))
    }


def candidates(symbols: Symbols, patterns: Patterns, clients: Callables) -> dict[str, list[CallSite]]:
    """The calls that may fit by what they call, ``clients`` included, or are handed; by the paths of their files."""
    calls = symbols.calls
    return calls.by_path(
        among(calls.named, (*patterns.calls, CONSTRUCTOR)),
        among(calls.handing, patterns.calls),
        _calling(symbols, clients),
    )


def _calling(symbols: Symbols, clients: Callables) -> Iterator[int]:
    """The numbers of the calls that call clients in the files that bind them."""
    calls = symbols.calls
    for path, names in clients.items():
        for number in among(calls.named, names):
            if calls.sites[number][0] == path:
                yield number
