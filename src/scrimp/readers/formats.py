"""The project's own formats of prompt files: ``formats:`` in ``scrimp.yaml`` names files of rows like ours.

A file is TOML or YAML with a list ``formats``, each of its members a row as in ``formats.toml``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cache

from msgspec import Struct

from scrimp.config.located import Located, Marks, Steps, decode, suggestion
from scrimp.readers.globs import compile_globs
from scrimp.readers.presets import Format

_ROLES = frozenset({"system", "developer", "user", "assistant", "tool", "unknown"})
_KINDS = frozenset({"message", "partial", "tool", "instructions"})
_LOADED = frozenset({"call", "session", "conditional", "on-demand", "manual"})


class FormatFile(Struct, frozen=True, forbid_unknown_fields=True):
    """What a file of formats holds."""

    formats: tuple[Format, ...]


class Formats(Struct, frozen=True):
    """The formats that a project adds, in the order in which they are tried."""

    rows: tuple[Format, ...] = ()

    def row_for(self, path: str) -> Format | None:
        """The first format whose files cover a path."""
        return next((row for row in self.rows if _files(row.files).fullmatch(path)), None)


NONE = Formats()
"""No formats but our own."""


def load(files: Mapping[str, bytes]) -> Formats:
    """The formats of some files, by their paths, in order.

    Raises a located ``UserError`` for what is no TOML or YAML, for unknown keys, and for words, patterns and
    expressions that mean nothing.
    """
    rows: list[Format] = []
    for path, raw in files.items():
        located = _located(path, raw)
        found = decode(located, FormatFile).formats
        for number, row in enumerate(found):
            _check(located, number, row)
        rows += found
    return Formats(tuple(rows))


def _located(path: str, raw: bytes) -> Located:
    if path.endswith(".toml"):
        from scrimp.config.read_toml import read_toml  # noqa: PLC0415 - few projects have formats

        return read_toml(path, raw, ()) or Located(path, {}, lambda: Marks({}, {}))
    from scrimp.config.read_yaml import read_yaml  # noqa: PLC0415 - likewise

    return read_yaml(path, raw)


def _check(located: Located, number: int, row: Format) -> None:
    """What the types alone don't tell of a row."""
    here: Steps = ("formats", number)
    for steps, word, known in _words(row):
        if word not in known:
            message = f'{_label(steps)}: "{word}" is not known'
            located.refuse_value((*here, *steps), message, suggestion(word, known - {""}))
    for steps, expression in _expressions(row):
        try:
            re.compile(expression)
        except re.error as error:
            message = f"{_label(steps)}: this is no regular expression: {error}"
            located.refuse_value((*here, *steps), message, "write it in Python's syntax")
    for index, rule in enumerate(row.texts):
        if not rule.keys:
            located.refuse_value((*here, "texts", index, "keys"), "keys: must not be empty")


def _words(row: Format) -> Iterator[tuple[Steps, str, frozenset[str]]]:
    """The words of a row, each with its place and those that are known there."""
    from scrimp.readers.messages import MARKS  # noqa: PLC0415 - few projects have formats
    from scrimp.readers.templates import LANGUAGES  # noqa: PLC0415 - likewise

    languages = frozenset({*LANGUAGES, "sniff"})
    yield ("template",), row.template, languages
    yield ("loaded",), row.loaded, _LOADED
    yield ("kind",), row.kind, _KINDS
    yield ("role",), row.role, _ROLES
    yield ("messages",), row.messages, frozenset({*MARKS, ""})
    for index, rule in enumerate(row.texts):
        yield ("texts", index, "role"), rule.role, _ROLES
        yield ("texts", index, "kind"), rule.kind, _KINDS
        yield ("texts", index, "template"), rule.template, languages | {""}


def _expressions(row: Format) -> Iterator[tuple[Steps, str]]:
    """The regular expressions of a row, each with its place."""
    yield ("opening",), row.opening
    yield ("header",), row.header
    for index, condition in enumerate(row.where):
        yield ("where", index, "matches"), condition.matches
    for index, rule in enumerate(row.texts):
        yield ("texts", index, "file"), rule.file
        for key, conditions in (("where", rule.where), ("unless", rule.unless)):
            for each, condition in enumerate(conditions):
                yield ("texts", index, key, each, "matches"), condition.matches


def _label(steps: Steps) -> str:
    return next(str(step) for step in reversed(steps) if isinstance(step, str))


@cache
def _files(patterns: tuple[str, ...]) -> re.Pattern[str]:
    return compile_globs(patterns)
