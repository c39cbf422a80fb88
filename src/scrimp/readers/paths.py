"""What the path of a file says about prompts. Paths are POSIX and relative to the root."""

from __future__ import annotations

import re
from functools import cache
from pathlib import PurePosixPath

from scrimp.expressions import compiled_late
from scrimp.readers.globs import compile_globs, compile_rooted
from scrimp.readers.presets import Agent, presets, snake


def is_prompt_path(path: str) -> bool:
    """Whether a folder or the stem of a file is named after prompts, and nothing says that it holds none."""
    return _is_named(path, _prompt_words()) and not is_never_prompt(path)


def is_instruction_path(path: str) -> bool:
    """Whether a path is named after instructions or agents: its text must say the rest."""
    return _is_named(path, _instruction_words()) and not is_never_prompt(path)


def is_never_prompt(path: str) -> bool:
    """Whether a file is a manual, a licence, a web page, a mail or another template that no model is sent."""
    return _never().fullmatch(path) is not None


@cache
def is_test(path: str) -> bool:
    """Whether a file tests the code beside it, by the usual names of such files and their folders."""
    return _tests().fullmatch(path) is not None


def is_project_file(path: str) -> bool:
    """Whether a file says what the imports of JavaScript modules stand for."""
    return _PROJECT_FILE.search(path) is not None


def is_named_format(path: str) -> bool:
    """Whether a path is one that a format for prompts names, more than by its last suffix."""
    return _named_formats().fullmatch(path) is not None


@cache
def agent_file(path: str) -> Agent | None:
    """The row of the table of agent files that a path matches."""
    if not _any_agent().fullmatch(path):
        return None
    return next(agent for agent in presets().agents if compile_globs(agent.files).fullmatch(path))


def imports_files(path: str) -> bool:
    """Whether ``@path`` in an agent file stands for that file's text."""
    row = agent_file(path)
    return row is not None and row.imports


def is_nested(path: str, row: Agent) -> bool:
    """Whether an agent file stands in a folder of its own: it is for that folder, not for the whole repository."""
    return compile_rooted(row.files).fullmatch(path) is None


def _is_named(path: str, words: frozenset[str]) -> bool:
    """Whether a folder, the stem or a suffix of a path holds one of some words, and none that makes it about them."""
    parts = PurePosixPath(path)
    names = [*parts.parts[:-1], parts.name.split(".", 1)[0] or parts.suffix, *parts.suffixes]
    found = (frozenset(_PARTING.split(snake(name))) for name in names)
    return any(not each.isdisjoint(words) and each.isdisjoint(_about_words()) for each in found)


_PROJECT_FILE = compiled_late(r"(?:^|/)(?:package|[tj]sconfig[\w.-]*)\.json$")
_PARTING = compiled_late(r"[_.\s+]+")


@cache
def _prompt_words() -> frozenset[str]:
    return frozenset(presets().paths.prompt_words)


@cache
def _about_words() -> frozenset[str]:
    return frozenset(presets().paths.about_words)


@cache
def _instruction_words() -> frozenset[str]:
    return frozenset(presets().paths.instruction_words)


@cache
def _never() -> re.Pattern[str]:
    return compile_globs(presets().paths.never)


@cache
def _tests() -> re.Pattern[str]:
    return compile_globs(presets().paths.tests)


@cache
def _named_formats() -> re.Pattern[str]:
    patterns = [pattern for row in presets().formats for pattern in row.files]
    return compile_globs(pattern for pattern in patterns if not _ANY_NAME.fullmatch(pattern))


_ANY_NAME = compiled_late(r"\*\.(?:\{[\w,]+\}|json|ya?ml|toml|txt|md)")


@cache
def _any_agent() -> re.Pattern[str]:
    return compile_globs(pattern for agent in presets().agents for pattern in agent.files)


def stem(path: str) -> str:
    """The name of a file without its suffixes."""
    return PurePosixPath(path).name.split(".", 1)[0]
