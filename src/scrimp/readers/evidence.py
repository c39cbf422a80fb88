"""What a text itself says about being a prompt."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache

from scrimp.expressions import compiled_late
from scrimp.readers.presets import any_of, presets
from scrimp.readers.words import count_words

_HEAD = 4_000
_REFERENCE = compiled_late(
    r"\s*# [^\n]*\b(?:reference|guide|documentation|manual|overview|specification|changelog|tutorial|readme)\b",
    re.IGNORECASE,
)
CODE = ("csharp", "go", "java", "javascript", "notebook", "php", "python", "ruby", "rust")
"""Readers of code, which is looked at for names of SDKs too."""
_INTERFACE_WORDS = 30


def hints_at_prompt(reader: str, raw: bytes) -> bool:
    """Whether a file's bytes hold any of what prompts or calls are written with, in what ``reader`` reads."""
    lowered = raw.lower()
    if reader == "json":
        return any(word in lowered and hint.search(lowered) for word, hint in _json_hints())
    if any(hint in lowered and not _is_chance(hint, lowered) for hint in _hints(reader)):
        return True
    return reader in CODE and all(any(hint in lowered for hint in row) for row in _tool_hints())


def speaks_to_model(text: str) -> bool:
    """Whether a text's beginning addresses a model as prompts do."""
    return _speech().search(text, 0, _HEAD) is not None


def is_reference(text: str) -> bool:
    """Whether a text's title says that it is a work of reference for people, and nothing in it addresses a model."""
    return _REFERENCE.match(text) is not None and not speaks_to_model(text)


def speaks_to_user(text: str) -> bool:
    """Whether a text is a short question or request to somebody at a keyboard."""
    return _interface().match(text.lstrip()) is not None and count_words(text) <= _INTERFACE_WORDS


@cache
def _hints(reader: str) -> tuple[bytes, ...]:
    table = presets().hints
    kinds = dict.fromkeys(CODE, table.code) | {"yaml": table.keys, "toml": table.keys}
    return tuple(hint.encode() for hint in kinds.get(reader, table.text))


@cache
def _tool_hints() -> tuple[tuple[bytes, ...], ...]:
    return tuple(tuple(hint.encode() for hint in row) for row in presets().hints.tool)


def _is_chance(hint: bytes, lowered: bytes) -> bool:
    """Whether a hint stands only in words that hold it by chance, as ``agent`` does in ``userAgent``."""
    words = _chance().get(hint)
    return words is not None and lowered.count(hint) <= sum(map(lowered.count, words))


@cache
def _chance() -> Mapping[bytes, tuple[bytes, ...]]:
    table = presets().hints.chance
    return {hint.encode(): tuple(word.encode() for word in words) for hint, words in table.items()}


@cache
def _json_hints() -> tuple[tuple[bytes, re.Pattern[bytes]], ...]:
    rows = presets().hints.json.items()
    return tuple((word.encode(), re.compile(hint.encode())) for word, hints in rows for hint in hints)


@cache
def _speech() -> re.Pattern[str]:
    table = presets().evidence
    return re.compile(rf"(?:^|\n)[^\w\n]{{0,6}}(?:{any_of(table.lines)})|{any_of(table.phrases)}")


@cache
def _interface() -> re.Pattern[str]:
    return re.compile(presets().evidence.interface)
