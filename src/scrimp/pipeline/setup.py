"""What holds for a tree: its configuration, the rule cards and the prices."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import Struct, field
from msgspec.structs import replace

from scrimp import baseline
from scrimp.baseline import Baseline
from scrimp.catalog.models import Models, Own, resolve
from scrimp.config.cards import Card
from scrimp.config.checked import check_models, check_options, check_rules
from scrimp.config.entries import ignored_rules, in_force, settings_at
from scrimp.config.load import Loaded, load
from scrimp.config.own import own_files
from scrimp.config.schema import PriceEntry, Settings
from scrimp.config.selection import check_ids, enabled, ignored
from scrimp.model.errors import UserError
from scrimp.prices import lock, snapshot
from scrimp.prices.book import Override, PriceBook, Rates
from scrimp.prices.snapshot import Snapshot
from scrimp.readers import formats, sdks
from scrimp.readers.formats import NONE, Formats
from scrimp.readers.sdks import Sdk
from scrimp.suppress import Rules
from scrimp.tokens import calibration
from scrimp.tokens.tokenizers import Tokenizers
from scrimp.tokens.vocabularies import VOCABULARIES
from scrimp.tree.files import Tree
from scrimp.usage.book import DEFAULT_NAME, NO_USAGE, UsageBook

if TYPE_CHECKING:
    from scrimp.usage.file import UsageFile


class Selection(Struct, frozen=True):
    """What the command line says of rules; empty means that it says nothing."""

    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()


class Setup(Struct, frozen=True, dict=True):
    """Configuration, and what is made from it when it is first needed."""

    loaded: Loaded
    selection: Selection = field(default_factory=Selection)
    formats: Formats = NONE
    """The project's own formats of prompt files."""
    sdks: tuple[Sdk, ...] = ()
    """The project's own call patterns."""
    jobs: int = 1
    """Processes that may read files."""
    usage_file: UsageFile | None = None
    """Real usage, where the tree has a file with it."""
    tokenizers: Tokenizers = field(default_factory=Tokenizers)
    """How texts are counted."""
    lock: Snapshot | None = None
    """The project's own price list."""
    baseline: Baseline | None = None
    """The findings that are known, where the tree has a file with them."""
    packs: Mapping[str, bytes] = field(default_factory=dict)
    """The bytes of the project's own packs of rules, by path."""

    @property
    def settings(self) -> Settings:
        """The settings of the whole tree."""
        return self.loaded.settings

    @property
    def usage(self) -> UsageBook:
        """What is known of real usage. Raises ``UserError`` if the configuration names a file that isn't there."""
        if self.usage_file is not None:
            return self.usage_file.book
        if self.settings.usage is not None:
            hint = "`scrimp usage import` or `scrimp usage sync` writes it"
            message = f"usage: there is no file {self.settings.usage}"
            self.loaded.files[-1].located.refuse_value(("usage",), message, hint)
        return NO_USAGE

    @cached_property
    def prices(self) -> PriceBook:
        """The configured prices, then the locked ones, then the packaged ones."""
        configured = {name: _override(entry) for name, entry in self.settings.prices.items()}
        return PriceBook(snapshot.load(), configured, self.lock)

    @cached_property
    def cards(self) -> tuple[Card, ...]:
        """The rules that run, with their configured severities and options."""
        return tuple(
            self._configured(card)
            for card in enabled(
                self.all_cards,
                self.selection.select or self.settings.select or (),
                (*self.selection.ignore, *self.settings.ignore),
                preview=self.settings.preview,
            )
        )

    @cached_property
    def all_cards(self) -> tuple[Card, ...]:
        """All rules, those of the project's own packs included. Raises ``UserError``."""
        from scrimp.checks import all_cards  # noqa: PLC0415  heavy
        from scrimp.checks.cards import option_problems  # noqa: PLC0415

        cards = all_cards(self.packs)
        check_rules(self.loaded.files, [card.id for card in cards])
        check_options(self.loaded.files, {card.id: card for card in cards}, option_problems)
        check_ids((*self.selection.select, *self.selection.ignore), cards)
        return cards

    def _configured(self, card: Card) -> Card:
        settings = self.settings.rules.get(card.id)
        return (
            card
            if settings is None
            else card.configured(settings.options, settings.severity, settings.min_saving)
        )

    def ruling(self, card: Card, path: str) -> Card | None:
        """A rule as it holds for a path; ``None`` where it doesn't run."""
        if not self.settings.per_path:
            return card
        return None if ignored(card, self._ignored(path)) else self._at(card, path)

    def hidden(self, card: Card, path: str) -> Card | None:
        """A rule as it would hold for a path that ``per_path`` excepts from it; ``None`` for all others."""
        return self._at(card, path) if ignored(card, self._ignored(path)) else None

    @cached_property
    def _excepted(self) -> dict[str, tuple[str, ...]]:
        return {}

    def _ignored(self, path: str) -> tuple[str, ...]:
        """What ``per_path`` excepts a path from, remembered: all rules ask for it."""
        if path not in self._excepted:
            self._excepted[path] = ignored_rules(self.settings, path)
        return self._excepted[path]

    def _at(self, card: Card, path: str) -> Card:
        """A rule with what ``per_path`` says of it for a path, the first entry that matches last."""
        for settings in reversed(settings_at(self.settings, path, card.id)):
            card = card.configured(settings.options, settings.severity, settings.min_saving)
        return card

    def on(self, today: date) -> Setup:
        """The setup on a day: without the exceptions for paths that have ended."""
        settings = in_force(self.settings, today)
        return (
            self
            if settings is self.settings
            else replace(self, loaded=replace(self.loaded, settings=settings))
        )

    @property
    def narrowed(self) -> bool:
        """Whether the command line runs other rules than the project's own."""
        return bool(self.selection.select or self.selection.ignore)

    @property
    def rules(self) -> Rules:
        """The rules that there are, that the project uses, and that run."""
        settings = self.settings
        used = enabled(self.all_cards, settings.select or (), settings.ignore, preview=settings.preview)
        return Rules(
            frozenset(card.id for card in self.all_cards),
            frozenset(card.id for card in used),
            frozenset(card.id for card in self.cards),
        )


class _ConfigFiles(Struct, frozen=True):
    """The files of a tree as the configuration reads them; an explicit file may lie anywhere."""

    tree: Tree
    explicit: str | None
    given: str
    """Where the explicit file is named, for an error about it."""

    def read(self, path: str) -> bytes | None:
        """The bytes of a file, ``None`` if it isn't there.

        Raises ``UserError`` for one that is there but can't be read: a policy that nobody saw is none that holds.
        """
        if path == self.explicit:
            return self._read_explicit(path)
        found = self.tree.read(path)
        if isinstance(found, bytes):
            return found
        if path in self.tree.paths():
            raise UserError(f"{path}: it can't be read: {found.reason}", "nothing is judged without it")
        return None

    def _read_explicit(self, path: str) -> bytes:
        """The file as the tree has it, so that a revision is judged by its own; else the one on disk."""
        own = os.path.relpath(path, self.tree.root).replace(os.sep, "/")
        found = self.tree.read(own) if own in self.tree.paths() else None
        if isinstance(found, bytes):
            return found
        try:
            return Path(path).read_bytes()
        except OSError as error:
            raise UserError(f"{path}: {error.strerror}", f"check {self.given}") from error

    def paths(self) -> Iterable[str]:
        """All paths of the tree."""
        return self.tree.paths()


def setup(
    tree: Tree,
    explicit: str | None = None,
    selection: Selection | None = None,
    jobs: int = 1,
    given: str = "the path given to --config",
) -> Setup:
    """The setup of a tree. Raises ``UserError`` for a configuration or selection that can't be understood.

    ``given`` says where the ``explicit`` configuration was named.
    """
    files = _ConfigFiles(tree, explicit, given)
    loaded = load(files, explicit)
    own_formats = formats.load(own_files(files, loaded, "formats"))
    own_sdks = sdks.load(own_files(files, loaded, "sdks"))
    made = Setup(
        loaded,
        selection or Selection(),
        own_formats,
        own_sdks,
        jobs,
        _usage(files, loaded),
        _tokenizers(files, loaded),
        _lock(files),
        _baseline(files, loaded),
        own_files(files, loaded, "packs"),
    )
    # A misspelt rule is an error even where no rule runs.
    if (
        made.settings.select
        or made.settings.ignore
        or made.settings.rules
        or made.settings.per_path
        or made.packs
        or made.selection != Selection()
    ):
        _ = made.cards
    return made


def _usage(files: _ConfigFiles, loaded: Loaded) -> UsageFile | None:
    """The usage file that the configuration names, or the one at the root, if it is there."""
    name = loaded.settings.usage or DEFAULT_NAME
    raw = files.read(name)
    if raw is None:
        return None
    from scrimp.usage.file import UsageFile  # noqa: PLC0415  heavy, and few trees have one

    return UsageFile(name, raw)


def _tokenizers(files: _ConfigFiles, loaded: Loaded) -> Tokenizers:
    """How the tree's texts are counted, by its configuration and by what it measured."""
    check_models(loaded.files, lambda name: resolve(name) is not None, VOCABULARIES)
    own = {
        name: Own(entry.encoding or "", entry.like or "") for name, entry in loaded.settings.models.items()
    }
    named = loaded.settings.calibration
    raw = files.read(named or calibration.PLACE)
    if raw is None and named is not None:
        message = f"calibration: there is no file {named}"
        loaded.files[-1].located.refuse_value(("calibration",), message, "run scrimp calibrate to make it")
    measured = {} if raw is None else calibration.read(named or calibration.PLACE, raw)
    return Tokenizers(Models(own), measured)


def _lock(files: _ConfigFiles) -> Snapshot | None:
    """The price lock of a tree, if it has one."""
    content = files.read(lock.FILE)
    return None if content is None else lock.read_lock(content)


def _baseline(files: _ConfigFiles, loaded: Loaded) -> Baseline | None:
    """The baseline of a tree, if it has one; one that the configuration names may still have to be recorded."""
    name = loaded.settings.baseline or baseline.PLACE
    found = files.tree.read(name)
    if isinstance(found, bytes):
        return baseline.read(name, found)
    if found.code != "missing":
        raise UserError(
            f"{name}: the baseline can't be read: {found.reason}", "record it anew: scrimp baseline"
        )
    return None


def _override(entry: PriceEntry) -> Override:
    """A configured price."""
    batch = None
    if entry.batch_input is not None and entry.batch_output is not None:
        batch = Rates(entry.batch_input, entry.batch_output)
    return Override(entry.input, entry.cached_input, entry.output, entry.cache_write, batch)
