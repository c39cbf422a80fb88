"""Reads rule cards from their files: every key is known, every option fits, and every error has its place."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from typing import Annotated, Any, Final, NoReturn, TypeAlias

import msgspec
from msgspec import Meta, Struct

from scrimp.config.cards import (
    Card,
    Evidence,
    Examples,
    Hit,
    Miss,
    Name,
    Option,
    Record,
    Tests,
    suggestion,
)
from scrimp.config.documents import Document, KeyPath, parse
from scrimp.expressions import compiled_late
from scrimp.model.errors import UserError

Kinds: TypeAlias = Mapping[str, type[Struct]]
"""The options of each kind of check, by its name."""

Problems: TypeAlias = Callable[[Card], Iterator[tuple[KeyPath, str]]]
"""What is wrong with a card's options: the path of one, or of a part of it, and why."""

_OURS: Final = frozenset({"given", "settings", "origin"})
_KEYS: Final = tuple(name for name in Card.__struct_fields__ if name not in _OURS)
"""What a card may say of itself, whatever its kind."""
_SHARED: Final = (
    "severity",
    "enabled",
    "preview",
    "fix",
    "fix_safety",
    "protect",
    "guards",
    "min_saving",
    "why",
    "references",
)
"""What a pack may say of all its cards."""


def load_cards(folder: Path, kinds: Kinds) -> tuple[Card, ...]:
    """All cards of a folder, sorted by id; a located ``UserError`` for one that can't be understood."""
    cards = [read_card(path.name, path.read_bytes(), kinds) for path in sorted(folder.glob("*.yaml"))]
    for card in cards:
        others = [
            other for other in cards if other is not card and {other.id, other.name} & {card.id, card.name}
        ]
        if others:
            raise UserError(f"two rule cards are called {card.id} {card.name}", f"rename one in {folder}")
    return tuple(sorted(cards, key=lambda card: card.id))


def read_card(name: str, raw: bytes, kinds: Kinds) -> Card:
    """The card in the bytes of file ``name``; a ``UserError`` with its place if it can't be understood."""
    return _Reader(parse(name, raw), kinds).card((), {})


def read_pack(name: str, raw: bytes, kinds: Kinds, problems: Problems) -> tuple[Card, ...]:
    """The cards in the bytes of file ``name``, which is one card or a pack of them, each with its ``origin``.

    ``problems`` tells what is wrong with a card's options besides their types. Raises a ``UserError`` with its place.
    """
    reader = _Reader(parse(name, raw), kinds)
    if "rules" not in reader.mapping(()):
        return (reader.own_card((), {}, problems),)
    pack: Pack = reader.converted(reader.document.value, Pack, ())
    defaults = reader.defaults(("defaults",)) if pack.defaults else {}
    return tuple(reader.own_card(("rules", at), defaults, problems) for at in range(len(pack.rules)))


class Pack(Record, frozen=True):
    """Rules of a project in one file: what they are called together, their version and language, and their defaults."""

    pack: Name
    rules: Annotated[tuple[dict[str, Any], ...], Meta(min_length=1)]
    version: Annotated[int, Meta(ge=1)] = 1
    language: str = ""
    defaults: dict[str, Any] = {}


class _Reader(Struct, frozen=True):
    """Reads the cards of one file."""

    document: Document
    kinds: Kinds

    def card(self, path: KeyPath, defaults: Mapping[str, Any]) -> Card:
        """The card at a path, with what the file says of all its cards."""
        written = self.mapping(path)
        told = {**defaults, **written}
        options = self._kind(path, told)
        known = (*_KEYS, "tests", *options.__struct_fields__)
        for key in written:
            if key not in known or key in _OURS:
                self.refuse((*path, key), f"a card has no key `{key}`", suggestion(key, known))
        self._require_examples(path, told)
        own = {key: told[key] for key in told if key in _KEYS}
        if "tests" in told:
            own["examples"] = self._tests(path, told)
        card: Card = self.converted(own, Card, path)
        given = {key: told[key] for key in told if key not in _KEYS and key in options.__struct_fields__}
        made = msgspec.structs.replace(card, given=given)
        self._check_options(path, made, options)
        return made

    def own_card(self, path: KeyPath, defaults: Mapping[str, Any], problems: Problems) -> Card:
        """The card at a path of a file that doesn't come with scrimp, with its place."""
        card = self.card(path, defaults)
        for where, what in problems(card):
            self.refuse(self._place(path, card, where), what, "")
        return msgspec.structs.replace(card, origin=self.document.at((*path, "id")))

    def defaults(self, path: KeyPath) -> Mapping[str, Any]:
        """What a pack says of all its cards; what tells one from others is none of it."""
        given = self.mapping(path)
        for key in given:
            if key not in _SHARED:
                self.refuse((*path, key), f"a pack has no default for `{key}`", suggestion(key, _SHARED))
        return given

    def _tests(self, path: KeyPath, told: Mapping[str, Any]) -> Mapping[str, Any]:
        """The examples that a card gives in short: texts of prompts, and what becomes of some of them."""
        if "examples" in told:
            self.refuse((*path, "tests"), "a card has `tests` or `examples`, not both", "put them together")
        tests: Tests = self.converted(told["tests"], Tests, (*path, "tests"))
        strangers = [text for text in tests.out if text not in tests.hit]
        if strangers:
            hint = "what comes out belongs to one of the hits"
            self.refuse((*path, "tests", "out", strangers[0]), "this text is none of the hits", hint)
        hits = [{"before": text, "after": tests.out.get(text)} for text in tests.hit]
        return {"hit": hits, "miss": [{"text": text} for text in tests.miss]}

    def mapping(self, path: KeyPath) -> Mapping[str, Any]:
        """The mapping at a path."""
        value: Any = self.document.value
        for step in path:
            value = value[step]
        if not isinstance(value, dict):
            self.refuse(path, "a rule card is a mapping", "write `id:`, `name:`, `kind:` and so on")
        return value

    def _require_examples(self, path: KeyPath, told: Mapping[str, Any]) -> None:
        if "examples" not in told and "tests" not in told:
            what = "a rule without examples: nobody knows what it finds and what it leaves alone"
            self.refuse(path, what, "add `tests: {hit: [a text that is hit], miss: [one that is not]}`")

    def converted(self, value: object, into: type[Any], path: KeyPath) -> Any:
        """A value as a struct, or the error of msgspec with its place."""
        try:
            return msgspec.convert(value, into)
        except msgspec.ValidationError as error:
            what, where = taken_apart(str(error))
            unknown = _UNKNOWN.search(what)
            hint = suggestion(unknown[1], _known_keys(into, (*path, *where))) if unknown else ""
            self.refuse((*path, *where, *((unknown[1],) if unknown else ())), what, hint)

    def refuse(self, path: KeyPath, what: str, hint: str) -> NoReturn:
        """Raise the error that says what is wrong at a path."""
        found = next((known for known in self.document.keys if _matches(known, path)), path)
        raise UserError(f"{self.document.at(found)}: {what}", hint)

    def _kind(self, path: KeyPath, told: Mapping[str, Any]) -> type[Struct]:
        """The options of the card's kind; a card without one is refused when it is converted."""
        kind = told.get("kind")
        if not isinstance(kind, str):
            return Struct
        if kind not in self.kinds:
            self.refuse((*path, "kind"), f"no kind of check is called `{kind}`", suggestion(kind, self.kinds))
        return self.kinds[kind]

    def _check_options(self, path: KeyPath, card: Card, options: type[Struct]) -> None:
        """Refuse options that the kind doesn't have or can't use."""
        for name in card.options:
            if name not in options.__struct_fields__:
                hint = suggestion(name, options.__struct_fields__)
                self.refuse((*path, "options", name), f"the kind {card.kind} has no option `{name}`", hint)
        try:
            msgspec.convert(card.values, options)
        except msgspec.ValidationError as error:
            what, where = taken_apart(str(error))
            self.refuse(self._place(path, card, where), what, "")

    def _place(self, path: KeyPath, card: Card, where: KeyPath) -> KeyPath:
        """Where a part of an option's value is written."""
        if not where:
            return (*path, "kind")
        if where[0] in card.options:
            return (*path, "options", where[0], "default", *where[1:])
        return (*path, *where)


_STEP: Final = compiled_late(r"\.([^.\[`]+)|\[(\d+|\.\.\.)\]")
_UNKNOWN: Final = compiled_late(r"unknown field `([^`]+)`")
_ANY: Final = "..."
"""What msgspec writes for a key of a mapping with keys of its own."""


def taken_apart(message: str) -> tuple[str, KeyPath]:
    """What a message of msgspec says, and the path that it names."""
    what, _, where = message.partition(" - at `$")
    return what, tuple(_steps(where))


def _steps(where: str) -> Iterator[str | int]:
    for name, index in _STEP.findall(where):
        yield int(index) if index.isdigit() else name or _ANY


def _matches(known: KeyPath, wanted: KeyPath) -> bool:
    return len(known) == len(wanted) and all(
        one in (other, _ANY) for one, other in zip(wanted, known, strict=True)
    )


def _known_keys(whole: type[Any], path: KeyPath) -> Iterable[str]:
    """The keys of the part of a card or pack that a path leads to."""
    if whole is Pack:
        return Pack.__struct_fields__
    match path[2:] if path[:1] == ("rules",) else path:
        case ("examples", "hit", *_):
            part: type[Struct] = Hit
        case ("examples", "miss", *_):
            part = Miss
        case ("examples", *_):
            part = Examples
        case ("evidence", *_):
            part = Evidence
        case ("tests", *_):
            part = Tests
        case ("options", *_):
            part = Option
        case _:
            return _KEYS
    return part.__struct_fields__
