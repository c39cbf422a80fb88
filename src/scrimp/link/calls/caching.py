"""Cache markers: where in a request a call asks its provider to cache what stands before."""

from __future__ import annotations

import re
from collections.abc import Iterator

from scrimp.link.values import Entries, Made, Number, Value, literal
from scrimp.model.algebra import Text
from scrimp.model.prompts import CacheMarker

BREAKPOINTS = frozenset(
    (
        *("cache_control", "cacheControl"),  # Anthropic, in Python and TypeScript
        *("cachePoint", "cache_point", "prompt_cache_breakpoint"),  # Bedrock, OpenAI
    )
)
"""What messages, blocks and tools ask by for a breakpoint behind them, and requests behind everything."""
OPTIONS = re.compile(
    r"(?i)(?:experimental_)?provider_?(?:options|metadata)|additional_kwargs|anthropic|bedrock|openrouter"
)
"""Keys of messages that hold what one provider understands."""
LIFETIME = re.compile(r"\d+[smhd]")
MOST_NESTED = 3  # options of a provider among the options of a message


def breakpoints(value: Entries, covers: int, depth: int = MOST_NESTED) -> Iterator[CacheMarker]:
    """The markers that a message, a block or a tool bears, behind so many parts."""
    for key, inner in value.values.items():
        if key in BREAKPOINTS:
            yield from marker(key, inner, covers)
        elif isinstance(inner, Entries) and depth and OPTIONS.fullmatch(key):
            yield from breakpoints(inner, covers, depth - 1)


def marker(name: str, value: Value, covers: int | None) -> Iterator[CacheMarker]:
    """The marker that an argument or a key is, unless it is switched off."""
    if not isinstance(value, Number) or value.value:
        yield CacheMarker(name, covers, _lifetime(value), "" if covers is not None else _told(value, "mode"))


def _lifetime(value: Value) -> str:
    """How long to keep what is cached: ``{"ttl": "1h"}``, an object made with ``ttl="1h"``, or the bare ``1h``."""
    written = _told(value, "ttl") or literal(value) or ""
    return written if LIFETIME.fullmatch(written) else ""


def _told(value: Value, name: str) -> str:
    """What a dictionary, or an object as it is made, says under a name; ``""`` if nothing that is known."""
    match value:
        case Entries(values=values) if name in values:
            return literal(values[name]) or ""
        case Made(call=call):
            told = (each.value for each in call.arguments if each.name == name)
            return next((each.value for each in told if isinstance(each, Text)), "")
    return ""
