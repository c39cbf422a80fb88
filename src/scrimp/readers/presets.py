"""The table of formats, ``formats.toml``, validated."""

# Annotations are not postponed: msgspec would evaluate them at every start (see ``model.algebra``).

from functools import cache, lru_cache
from pathlib import Path

import msgspec
from msgspec import Struct

from scrimp.expressions import compiled_late
from scrimp.tables import table


class PathWords(Struct, frozen=True, forbid_unknown_fields=True):
    """What a path says: words that make it a prompt's, words that need evidence, and patterns of none.

    A name that holds one of ``about_words`` too is about prompts.
    """

    prompt_words: tuple[str, ...]
    instruction_words: tuple[str, ...]
    about_words: tuple[str, ...]
    never: tuple[str, ...]
    tests: tuple[str, ...]


class Evidence(Struct, frozen=True, forbid_unknown_fields=True):
    """Regular expressions of text that speaks to a model, and of text that speaks to a person."""

    lines: tuple[str, ...]
    phrases: tuple[str, ...]
    interface: str


class Hints(Struct, frozen=True, forbid_unknown_fields=True):
    """What the bytes of a file hold, in lower case, that may hold a prompt; for JSON regular expressions.

    Any of them tells, but one of each row of ``tool`` has to be there: files of code that describe a tool and name no
    model. ``chance`` are words of something else that hold a hint.
    """

    code: tuple[str, ...]
    tool: tuple[tuple[str, ...], ...]
    keys: tuple[str, ...]
    text: tuple[str, ...]
    chance: dict[str, tuple[str, ...]]
    json: dict[str, tuple[str, ...]]


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
    kindred: tuple[str, ...]
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

    ``loaded`` is the contract's word for the body, or ``frontmatter`` where that decides and ``otherwise`` where
    it says nothing; ``session`` becomes ``conditional`` for a file below the root. Of a body that is loaded on
    demand the fields ``always`` of the frontmatter are in every session's context. ``imports`` tells whether
    ``@path`` stands for that file's text.
    """

    files: tuple[str, ...]
    loaded: str
    otherwise: str = "session"
    role: str = "system"
    always: tuple[str, ...] = ()
    imports: bool = False


class Condition(Struct, frozen=True, forbid_unknown_fields=True):
    """A value that must stand at a key path, and the regular expression that it must match whole."""

    keys: str
    matches: str = ""


class TextRule(Struct, frozen=True, forbid_unknown_fields=True):
    """Where a format holds text, and in which role: that of the nearest key ``role_key``, else the fixed one.

    All of ``where`` and nothing of ``unless`` must stand around the text, beside it or above. A value that
    ``file`` matches is no text: its group names the file whose text it stands for (a pattern with ``*`` names
    several), and without a group it is left out. ``template`` overrides the format's.
    """

    keys: str
    role_key: str = ""
    role: str = "unknown"
    kind: str = "message"
    template: str = ""
    file: str = ""
    where: tuple[Condition, ...] = ()
    unless: tuple[Condition, ...] = ()


class Format(Struct, frozen=True, forbid_unknown_fields=True):
    """A format for prompts only: values at the key patterns ``texts``, or a text after a frontmatter.

    ``opening`` must match a text file's beginning, and what ``header`` matches may stand before its
    frontmatter; all of ``where`` must stand in a document. ``template`` is a
    template language, or ``sniff``; the value of ``template_key`` goes before it. Values of ``model``,
    ``output_cap`` and ``template_key`` are taken from nearest around each text. Texts of one request are those
    in one of ``group`` (key patterns), else in one list or mapping.

    ``messages`` says by which marks a text is parted into roles (see ``messages.MARKS``); ``role`` is that of
    text before the first mark. ``defaults`` are where values of variables stand that are sent if no others are
    given, and ``samples`` where those that tests and examples give; all items of a list are one value. A format with
    ``once`` stores texts more than once: equal ones are one. Texts of fewer than ``words``
    words are left out. ``settings_of`` names a file beside this one that holds the text which these are the
    settings of. Documents of a format that is ``empty`` hold no prompts of their own.
    """

    name: str
    files: tuple[str, ...]
    opening: str = ""
    header: str = ""
    where: tuple[Condition, ...] = ()
    texts: tuple[TextRule, ...] = ()
    template: str = "sniff"
    template_key: tuple[str, ...] = ()
    model: tuple[str, ...] = ()
    output_cap: tuple[str, ...] = ()
    group: tuple[str, ...] = ()
    loaded: str = "call"
    messages: str = ""
    role: str = "unknown"
    kind: str = "message"
    defaults: tuple[str, ...] = ()
    samples: tuple[str, ...] = ()
    once: bool = False
    words: int = 0
    settings_of: str = ""
    empty: bool = False

    @property
    def of_documents(self) -> bool:
        """Whether it is a format of YAML, TOML or JSON, and not of text with or without a frontmatter."""
        return bool(self.texts or self.settings_of or self.empty)


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


MOST_KEYS = 4096
"""Keys whose words are known: a file says few of them very often."""


@cache
def presets() -> Presets:
    """The table that scrimp ships."""
    return msgspec.convert(table(Path(__file__).with_name("formats.toml")), Presets)


def any_of(expressions: tuple[str, ...]) -> str:
    """One regular expression for several."""
    return "|".join(f"(?:{expression})" for expression in expressions)


@lru_cache(MOST_KEYS)
def snake(key: str) -> str:
    """A key in lower case, its words parted by ``_``: ``systemPrompt`` is ``system_prompt``."""
    return _HUMP.sub("_", key).replace("-", "_").replace(" ", "_").lower()


_HUMP = compiled_late(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])")
