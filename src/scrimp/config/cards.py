"""Rule cards: one entry in YAML a rule, which is its definition, its tests and its page.

A card says what is wasteful and why, which kind of check finds it with which options, and shows texts that
are hit and texts that are not. Code for a kind of check lies in ``scrimp.checks``; a card never holds code.
"""

# Annotations are not postponed: msgspec would evaluate them at every start (see ``model.algebra``).

from collections.abc import Iterable, Mapping
from functools import cached_property
from pathlib import Path
from typing import Annotated, Any, Final, Literal, TypeAlias

import msgspec
from msgspec import Meta, Struct, field

from scrimp.config.selectors import meant
from scrimp.model.errors import UserError
from scrimp.model.findings import Severity

Id = Annotated[str, Meta(pattern=r"^[A-Z]{3,8}[0-9]{3}$")]
Name = Annotated[str, Meta(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$")]
Text = Annotated[str, Meta(min_length=1)]
Options = dict[str, Any]
"""Options of a rule by name: strings, numbers, truth values, lists and mappings of them."""

Protection: TypeAlias = Literal["placeholder", "tag", "fence", "quote", "json", "table", "example", "url"]
"""A part of a prompt that a rule about words leaves alone."""

Guard: TypeAlias = Literal["modal", "gerund", "only"]
"""What stands beside a phrase that a rule then leaves alone: a verb like "may" or "to" before it, a word in "-ing"
behind it, or "only" in its sentence."""


class Record(Struct, frozen=True, forbid_unknown_fields=True):
    """A part of a card; a key that it doesn't know is an error."""


class Option(Record, frozen=True):
    """An option of a rule: its default, whose type is the option's type, and what it does."""

    default: str | int | float | bool | list[Any] | dict[str, Any]
    help: Text


class Evidence(Record, frozen=True):
    """What a rule was measured to find: prompts and places hit, tokens saved there, hits a reader approved.

    ``tokens_saved`` is in o200k_base tokens unless ``note`` says otherwise; ``precision`` is ``right/read``.
    ``abstentions`` are places that it could not decide about.
    """

    corpus: Text
    date: Text
    prompts: int
    hits: int
    tokens_saved: int
    precision: Text
    note: str = ""
    abstentions: int = 0


EXAMPLE_PATH: Final = "prompts/example.txt"


class Hit(Record, frozen=True):
    """A file with waste: its text, the part that the finding marks, and its text once fixed (if it is)."""

    before: Text
    path: Text = EXAMPLE_PATH
    marks: str = ""
    after: str | None = None
    options: Options = {}


class Miss(Record, frozen=True):
    """A file that looks like it but isn't, and why it isn't."""

    text: Text
    because: str = ""
    path: Text = EXAMPLE_PATH
    options: Options = {}


class Examples(Record, frozen=True):
    """What a rule finds and what it leaves alone: at least one each."""

    hit: Annotated[tuple[Hit, ...], Meta(min_length=1)]
    miss: Annotated[tuple[Miss, ...], Meta(min_length=1)]


class Tests(Record, frozen=True):
    """The same in short, for rules about words: texts of prompts, and what becomes of some of those that are hit."""

    hit: Annotated[tuple[Text, ...], Meta(min_length=1)]
    miss: Annotated[tuple[Text, ...], Meta(min_length=1)]
    out: dict[str, str] = {}


class Card(Record, frozen=True, kw_only=True, dict=True):
    """A rule.

    ``name`` names the waste, so that it reads after "allow". ``enabled`` is whether it runs unless told
    otherwise; one in ``preview`` is still on trial, and runs only if somebody asks for it by its id, or for all such.
    ``kind`` is the check that finds it, ``fix`` how far its fix can be trusted (``none``: there is
    no fix). ``message`` is what a finding says, where a kind leaves that to the card. ``protect`` names what its
    kind leaves alone, ``guards`` what else holds it back; ``min_saving`` are the tokens from which a finding is
    one. It ``gives_way`` to rules that say the same of a place and more, by their ids. Every other key is one of its
    kind's options that users can't set; those that they can are ``options``.
    """

    id: Id
    name: Name
    summary: Text
    kind: Name
    examples: Examples
    why: str = ""
    severity: Severity = Severity.INFO
    enabled: bool = True
    preview: bool = False
    fix: Literal["safe", "unsafe", "none"] = "none"
    fix_safety: str = ""
    message: str = ""
    protect: tuple[Protection, ...] = ("placeholder", "fence", "quote", "json", "example", "url")
    guards: tuple[Guard, ...] = ()
    min_saving: Annotated[int, Meta(ge=1)] = 1
    gives_way: tuple[Id, ...] = ()
    evidence: Evidence | None = None
    options: dict[str, Option] = {}
    references: tuple[str, ...] = ()
    given: Options = field(default_factory=dict)
    """Options of its kind that the card itself settles."""
    settings: Options = field(default_factory=dict)
    """Options that the user or an example has set; every other one has its default."""
    origin: str = ""
    """``file:line:column`` of a card that doesn't come with scrimp."""

    @property
    def status(self) -> str:
        """Whether it runs unless told otherwise: ``on``, ``off`` or ``preview``."""
        return "preview" if self.preview else "on" if self.enabled else "off"

    @property
    def values(self) -> Options:
        """All options with the values in force."""
        defaults = {name: option.default for name, option in self.options.items()}
        return self.given | defaults | self.settings

    @cached_property
    def converted(self) -> dict[type, object]:
        """These as what they were converted to so far: a rule asks for its options at each prompt."""
        return {}

    def configured(
        self, settings: Mapping[str, Any], severity: Severity | None = None, min_saving: int | None = None
    ) -> "Card":
        """The card with options (and what every card has) set; a ``UserError`` for an option or type it hasn't."""
        for name, value in settings.items():
            problem = self.problem(name, value)
            if problem is not None:
                raise problem
        return msgspec.structs.replace(
            self,
            settings=self.settings | dict(settings),
            severity=severity or self.severity,
            min_saving=min_saving or self.min_saving,
        )

    def problem(self, name: str, value: object) -> UserError | None:
        """What is wrong with an option and its value, ``None`` if nothing is."""
        if name not in self.options:
            return UserError(
                f"{self.id} has no option `{name}`",
                suggestion(name, {*self.options, "min_saving", "severity"}),
            )
        expected = type(self.options[name].default)
        fits = type(value) is expected or (expected is float and type(value) is int)
        if fits:
            return None
        return UserError(
            f"option `{name}` of {self.id} must be {_TYPES[expected]}, not {value!r}",
            f"its default is {self.options[name].default!r}",
        )


_TYPES: Final = {
    str: "a string",
    int: "a whole number",
    float: "a number",
    bool: "true or false",
    list: "a list",
    dict: "a mapping",
}


def suggestion(word: str, known: Iterable[str]) -> str:
    """A hint that names the nearest of the known words, or lists them all."""
    import difflib  # noqa: PLC0415  10 ms that only an error needs

    words = sorted(known)
    near = difflib.get_close_matches(word, words, n=1, cutoff=0.6)
    if near:
        return f"did you mean `{near[0]}`?"
    return f"known are: {', '.join(words)}" if words else "there are none"


def find_cards() -> Path:
    """The folder with the cards: inside the installed package, or at the root of an editable install."""
    package = Path(__file__).parents[1]
    folders = (package / "rules", package.parents[1] / "rules")
    found = next((folder for folder in folders if any(folder.glob("*.yaml"))), None)
    if found is None:
        raise UserError(f"no rule cards in {folders[0]}", "the installation is broken: install scrimp again")
    return found


def card_named(cards: Iterable[Card], word: str) -> Card:
    """The card with this id (in any case) or name; a ``UserError`` with a suggestion if there is none."""
    known = {key: card for card in cards for key in (card.id, card.name)}
    found = known.get(word) or known.get(word.upper())
    if found is None:
        raise UserError(f"there is no rule `{word}`", meant(word, known))
    return found
