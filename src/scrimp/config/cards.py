"""Rule cards: one YAML file a rule, which is its definition, its tests and its page.

A card says what is wasteful and why, which kind of check finds it with which options, and shows texts that
are hit and texts that are not. Code for a kind of check lies in ``scrimp.checks``; a card never holds code.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Annotated, Any, Final, Literal

import msgspec
from msgspec import Meta, Struct, field

from scrimp.config.documents import Document, KeyPath, parse
from scrimp.model.errors import UserError
from scrimp.model.findings import Severity

Id = Annotated[str, Meta(pattern=r"^[A-Z]{3}[0-9]{3}$")]
Name = Annotated[str, Meta(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$")]
Text = Annotated[str, Meta(min_length=1)]
Options = dict[str, Any]
"""Options of a rule by name: strings, numbers, truth values, lists and mappings of them."""


class Record(Struct, frozen=True, forbid_unknown_fields=True):
    """A part of a card; a key that it doesn't know is an error."""


class Option(Record, frozen=True):
    """An option of a rule: its default, whose type is the option's type, and what it does."""

    default: str | int | float | bool | list[Any] | dict[str, Any]
    help: Text


class Evidence(Record, frozen=True):
    """What a rule was measured to find: prompts and places hit, tokens saved there, hits a reader approved.

    ``tokens_saved`` is in o200k_base tokens unless ``note`` says otherwise; ``precision`` is ``right/read``.
    """

    corpus: Text
    date: Text
    prompts: int
    hits: int
    tokens_saved: int
    precision: Text
    note: str = ""


class Hit(Record, frozen=True):
    """A file with waste: its text, the part that the finding marks, and its text once fixed (if it is)."""

    path: Text
    before: Text
    marks: Text
    after: str | None = None
    options: Options = {}


class Miss(Record, frozen=True):
    """A file that looks like it but isn't, and why it isn't."""

    path: Text
    text: Text
    because: Text
    options: Options = {}


class Examples(Record, frozen=True):
    """What a rule finds and what it leaves alone: at least one each."""

    hit: Annotated[tuple[Hit, ...], Meta(min_length=1)]
    miss: Annotated[tuple[Miss, ...], Meta(min_length=1)]


class Card(Record, frozen=True):
    """A rule.

    ``name`` names the waste, so that it reads after "allow". ``enabled`` is whether it runs unless told
    otherwise. ``kind`` is the check that finds it, ``fix`` how far its fix can be trusted (``none``: there is
    no fix).
    """

    id: Id
    name: Name
    summary: Text
    why: Text
    severity: Severity
    enabled: bool
    kind: Name
    fix: Literal["safe", "unsafe", "none"]
    evidence: Evidence
    examples: Examples
    options: dict[str, Option] = {}
    fix_safety: str = ""
    references: tuple[str, ...] = ()
    settings: Options = field(default_factory=dict)
    """Options that the user or an example has set; every other one has its default."""

    @property
    def values(self) -> Options:
        """All options with the values in force."""
        return {name: option.default for name, option in self.options.items()} | self.settings

    def configured(self, settings: Mapping[str, Any], severity: Severity | None = None) -> Card:
        """The card with options (and its severity) set; a ``UserError`` for an option or type it hasn't."""
        for name, value in settings.items():
            self._require(name, value)
        return msgspec.structs.replace(
            self, settings=self.settings | dict(settings), severity=severity or self.severity
        )

    def _require(self, name: str, value: object) -> None:
        if name not in self.options:
            raise UserError(f"{self.id} has no option `{name}`", suggestion(name, self.options))
        expected = type(self.options[name].default)
        fits = type(value) is expected or (expected is float and type(value) is int)
        if not fits:
            raise UserError(
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


def load_cards(folder: Path) -> tuple[Card, ...]:
    """All cards of a folder, sorted by id; a located ``UserError`` for one that can't be understood."""
    cards = [read_card(path.name, path.read_bytes()) for path in sorted(folder.glob("*.yaml"))]
    for card in cards:
        others = [
            other for other in cards if other is not card and {other.id, other.name} & {card.id, card.name}
        ]
        if others:
            raise UserError(f"two rule cards are called {card.id} {card.name}", f"rename one in {folder}")
    return tuple(sorted(cards, key=lambda card: card.id))


def read_card(name: str, raw: bytes) -> Card:
    """The card in the bytes of file ``name``; a ``UserError`` with its place if it can't be understood."""
    document = parse(name, raw)
    try:
        card = msgspec.convert(document.value, Card)
    except msgspec.ValidationError as error:
        raise _located(document, str(error)) from error
    if card.settings:
        raise UserError(f"{document.at(('settings',))}: a card sets no options", "give them as `options`")
    return card


def card_named(cards: Iterable[Card], word: str) -> Card:
    """The card with this id (in any case) or name; a ``UserError`` with a suggestion if there is none."""
    known = {key: card for card in cards for key in (card.id, card.name)}
    found = known.get(word) or known.get(word.upper())
    if found is None:
        raise UserError(f"there is no rule `{word}`", suggestion(word, known))
    return found


_STEP: Final = re.compile(r"\.([^.\[`]+)|\[(\d+|\.\.\.)\]")
_UNKNOWN: Final = re.compile(r"unknown field `([^`]+)`")
_ANY: Final = "..."
"""What msgspec writes for a key of a mapping with keys of its own."""


def _located(document: Document, message: str) -> UserError:
    """The message of msgspec, which names a path, with the place of that path."""
    what, _, where = message.partition(" - at `$")
    path = tuple(_steps(where))
    unknown = _UNKNOWN.search(what)
    hint = suggestion(unknown[1], _known_keys(path)) if unknown else ""
    wanted = (*path, unknown[1]) if unknown else path
    found = next((known for known in document.keys if _matches(known, wanted)), wanted)
    return UserError(f"{document.at(found)}: {what}", hint)


def _steps(where: str) -> Iterator[str | int]:
    for name, index in _STEP.findall(where):
        yield int(index) if index.isdigit() else name or _ANY


def _matches(known: KeyPath, wanted: KeyPath) -> bool:
    return len(known) == len(wanted) and all(
        one in (other, _ANY) for one, other in zip(wanted, known, strict=True)
    )


def _known_keys(path: KeyPath) -> tuple[str, ...]:
    """The keys of the part of a card that a path leads to."""
    match path:
        case ("examples", "hit", *_):
            part: type[Struct] = Hit
        case ("examples", "miss", *_):
            part = Miss
        case ("examples", *_):
            part = Examples
        case ("evidence", *_):
            part = Evidence
        case ("options", *_):
            part = Option
        case _:
            part = Card
    return part.__struct_fields__
