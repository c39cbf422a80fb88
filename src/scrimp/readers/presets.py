"""The table of formats, ``formats.toml``, validated."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from pathlib import Path

import msgspec
from msgspec import Struct


class PathWords(Struct, frozen=True, forbid_unknown_fields=True):
    """What a path says: words that make it a prompt's, words that need evidence, and patterns of none."""

    prompt_words: tuple[str, ...]
    instruction_words: tuple[str, ...]
    never: tuple[str, ...]


class Evidence(Struct, frozen=True, forbid_unknown_fields=True):
    """Regular expressions of text that speaks to a model, and of text that speaks to a person."""

    lines: tuple[str, ...]
    phrases: tuple[str, ...]
    interface: str


class Hints(Struct, frozen=True, forbid_unknown_fields=True):
    """What the bytes of a file hold, in lower case, that may hold a prompt; for JSON regular expressions."""

    code: tuple[str, ...]
    keys: tuple[str, ...]
    text: tuple[str, ...]
    json: tuple[str, ...]


class Doubtful(Struct, frozen=True, forbid_unknown_fields=True):
    """Files that hold other things than prompts: by path, or by the keys at their top (all of one row)."""

    files: tuple[str, ...]
    keys: tuple[tuple[str, ...], ...]


class Beside(Struct, frozen=True, forbid_unknown_fields=True):
    """Keys that hold prompts where all of ``all`` stand beside them."""

    keys: tuple[str, ...]
    all: tuple[str, ...]
    role: str = ""
    group: str = "name"


class Keys(Struct, frozen=True, forbid_unknown_fields=True):
    """Which keys of any YAML, TOML or JSON file hold prompts; see the comments in ``formats.toml``."""

    named: tuple[str, ...]
    likely: tuple[str, ...]
    beside: tuple[Beside, ...]
    spoken: tuple[str, ...]
    about: tuple[str, ...]
    model_keys: tuple[str, ...]
    model: tuple[str, ...]
    output_cap: tuple[str, ...]
    named_words: int
    likely_words: int
    dataset: int


class Agent(Struct, frozen=True, forbid_unknown_fields=True):
    """Instruction files of coding agents.

    ``loaded`` is the contract's word, or ``frontmatter`` where that decides and ``otherwise`` where it says
    nothing; the fields ``always`` of the frontmatter are in every session's context.
    """

    files: tuple[str, ...]
    loaded: str
    otherwise: str = "session"
    role: str = "system"
    always: tuple[str, ...] = ()


class TextRule(Struct, frozen=True, forbid_unknown_fields=True):
    """Where a format holds text, and in which role: that of the key beside it, else the fixed one."""

    keys: str
    role_key: str = ""
    role: str = "unknown"
    kind: str = "message"


class Format(Struct, frozen=True, forbid_unknown_fields=True):
    """A format for prompts only: values at the key patterns ``texts``, or a text after a frontmatter.

    ``opening`` must match a file's beginning. ``messages`` says how a text is parted into roles: ``lines``
    (``system:``), ``calls`` (``{{role "system"}}``) or not at all; ``role`` is that of text before the first
    mark.
    """

    name: str
    files: tuple[str, ...]
    opening: str = ""
    texts: tuple[TextRule, ...] = ()
    template: str = "sniff"
    model: tuple[str, ...] = ()
    output_cap: tuple[str, ...] = ()
    loaded: str = "call"
    messages: str = ""
    role: str = "unknown"


class Presets(Struct, frozen=True, forbid_unknown_fields=True):
    """All of ``formats.toml``."""

    paths: PathWords
    hints: Hints
    evidence: Evidence
    doubtful: Doubtful
    keys: Keys
    roles: dict[str, tuple[str, ...]]
    role_keys: dict[str, tuple[str, ...]]
    agents: tuple[Agent, ...]
    formats: tuple[Format, ...]


@cache
def presets() -> Presets:
    """The table that scrimp ships."""
    raw = Path(__file__).with_name("formats.toml").read_text("utf-8")
    return msgspec.convert(tomllib.loads(raw), Presets)


def any_of(expressions: tuple[str, ...]) -> str:
    """One regular expression for several."""
    return "|".join(f"(?:{expression})" for expression in expressions)


def snake(key: str) -> str:
    """A key in lower case, its words parted by ``_``: ``systemPrompt`` is ``system_prompt``."""
    return _HUMP.sub(r"\1_\2", key).replace("-", "_").replace(" ", "_").lower()


_HUMP = re.compile(r"([a-z0-9])([A-Z])")
