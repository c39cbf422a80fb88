"""What the path of a file says about prompts. Paths are POSIX and relative to the root."""

from __future__ import annotations

import re
from functools import cache
from pathlib import PurePosixPath

from scrimp.readers.globs import compile_globs
from scrimp.readers.presets import Agent, presets, snake


def is_prompt_path(path: str) -> bool:
    """Whether a folder or the stem of a file is named after prompts, and nothing says that it holds none."""
    return bool(_words(path) & _prompt_words()) and not is_never_prompt(path)


def is_instruction_path(path: str) -> bool:
    """Whether a path is named after instructions or agents: its text must say the rest."""
    return bool(_words(path) & _instruction_words()) and not is_never_prompt(path)


def is_never_prompt(path: str) -> bool:
    """Whether a file is a manual, a licence, a web page, a mail or another template that no model is sent."""
    return _never().fullmatch(path) is not None


@cache
def agent_file(path: str) -> Agent | None:
    """The row of the table of agent files that a path matches."""
    if not _any_agent().fullmatch(path):
        return None
    return next(agent for agent in presets().agents if compile_globs(agent.files).fullmatch(path))


def _words(path: str) -> set[str]:
    parts = PurePosixPath(path)
    names = [*parts.parts[:-1], parts.name.split(".", 1)[0] or parts.suffix, *parts.suffixes]
    return {word for name in names for word in _PARTING.split(snake(name))}


_PARTING = re.compile(r"[_.\s+]+")


@cache
def _prompt_words() -> frozenset[str]:
    return frozenset(presets().paths.prompt_words)


@cache
def _instruction_words() -> frozenset[str]:
    return frozenset(presets().paths.instruction_words)


@cache
def _never() -> re.Pattern[str]:
    return compile_globs(presets().paths.never)


@cache
def _any_agent() -> re.Pattern[str]:
    return compile_globs(pattern for agent in presets().agents for pattern in agent.files)


def stem(path: str) -> str:
    """The name of a file without its suffixes."""
    return PurePosixPath(path).name.split(".", 1)[0]
