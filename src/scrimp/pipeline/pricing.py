"""The price list of a project: which models it uses, and its lock."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from msgspec import Struct

from scrimp.config.schema import Settings
from scrimp.model.measured import Measured
from scrimp.pipeline.audit import read_tree
from scrimp.pipeline.scan import Progress
from scrimp.pipeline.setup import Setup
from scrimp.prices.book import PriceBook, asked
from scrimp.prices.lock import Entry, Lock, resolve
from scrimp.prices.refresh import Step, steps
from scrimp.prices.snapshot import Snapshot, render
from scrimp.tree.files import Tree


class Locked(Struct, frozen=True):
    """A lock to be written as ``text``, the prices that it changes, and the models that come and go."""

    lock: Lock
    text: str
    steps: tuple[Step, ...]
    added: tuple[str, ...]
    dropped: tuple[str, ...]

    @property
    def suspicious(self) -> tuple[Step, ...]:
        """Changes that somebody should say are right."""
        return tuple(step for step in self.steps if step.suspicious)


def lock(
    tree: Tree, setup: Setup, today: date, newer: Snapshot | None = None, progress: Progress | None = None
) -> Locked:
    """The lock of the models that a tree uses; ``newer`` is a list that goes before those in force."""
    measured = read_tree(tree, setup, None, progress).measured
    names = models_in_use(measured, setup.settings)
    known = [each for each in (setup.lock, setup.prices.snapshot) if each]
    made = resolve(names, [newer, *known] if newer else known, today)
    before = _entries(setup.prices, names)
    old = setup.lock.rows.keys() if setup.lock else set()
    return Locked(
        made,
        render(made.document),
        tuple(steps(before, made)),
        tuple(sorted(made.entries.keys() - old)),
        tuple(sorted(old - made.entries.keys())),
    )


def models_in_use(measured: Measured, settings: Settings) -> tuple[str, ...]:
    """The names of models that requests and prompts are priced by, or that the configuration speaks of."""
    names = {request.model for request in measured.requests}
    names |= {prompt.model for prompt in measured.prompts}
    names |= {each.model for each in settings.defaults if each.model}
    names |= {each.model for each in settings.prompts if each.model}
    return tuple(sorted(name for name in names if name and name not in settings.prices))


def _entries(book: PriceBook, names: tuple[str, ...]) -> Mapping[str, Entry]:
    """The rows in force, by the names under which a lock keeps them."""
    lists = [each for each in (book.lock, book.snapshot) if each]
    entries: dict[str, Entry] = {}
    for name in names:
        found = book.price(name)
        holder = next((each for each in lists if found and found.key in each.rows), None)
        row = holder.row(found.key) if holder and found else None
        if holder and row:
            entries[asked(name)] = Entry(row, holder.sources[row["source"]])
    return entries
