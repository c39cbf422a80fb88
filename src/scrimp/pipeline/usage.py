"""Real usage of a tree: exports into its usage file, and the file kept in step with its prompts."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace

from scrimp.config.globs import Target
from scrimp.measure.charges import at_list
from scrimp.model.amounts import Grade
from scrimp.model.errors import UserError
from scrimp.model.measured import Measured, MeasuredRequest
from scrimp.model.prompts import Prompt
from scrimp.model.source import Skipped
from scrimp.pipeline.audit import Audited, read_tree
from scrimp.pipeline.setup import Setup
from scrimp.prices.book import PriceBook
from scrimp.prices.caching import Traffic
from scrimp.tree.worktree import Worktree
from scrimp.usage import ledger
from scrimp.usage.book import DEFAULT_NAME
from scrimp.usage.file import UsageFile
from scrimp.usage.join import Joined, Matcher, Rule
from scrimp.usage.ledger import Cell, Sums
from scrimp.usage.measured import Measures, Window, measure, windows
from scrimp.usage.reading import Choices, Reading, batches
from scrimp.usage.targets import CallTarget, key_of

if TYPE_CHECKING:
    from scrimp.usage.edit import Editor


class Imported(Struct, frozen=True):
    """The outcome of an import, before anything is written.

    ``uncounted`` is what both the ledger and the exports held. ``files`` are the texts of the usage file and the ledger
    as they will be, by path; ``targets`` are the tree's calls, by whose places ``measures`` and ``joined`` speak of
    them.
    """

    reading: Reading
    uncounted: Sums
    targets: Sequence[CallTarget]
    joined: Joined
    measures: Measures
    windows: Mapping[str, Window]
    files: dict[str, str]
    skipped: tuple[Skipped, ...]


# --- the tree's calls -----------------------------------------------------------------------------------


def targets_of(measured: Measured) -> tuple[CallTarget, ...]:
    """The calls of a tree as rows of usage may know them."""
    prompts = {each.prompt.id: each.prompt for each in measured.prompts}
    senders = Counter(part.prompt for request in measured.requests for part in request.request.parts)
    return tuple(_target(request, prompts, senders) for request in measured.requests)


def _target(
    request: MeasuredRequest, prompts: Mapping[str, Prompt], senders: Mapping[str, int]
) -> CallTarget:
    own = request.request
    parts = [prompts[part.prompt] for part in own.parts]
    name = own.id.partition("::")[2].rstrip("!")
    function = "" if own.implicit else name.rpartition("#")[0] or name
    return CallTarget(
        own.id,
        key_of(own.id, [part.id for part in parts], senders),
        own.path,
        function,
        (
            Target(own.id, own.path, function or name),
            *(Target(part.id, part.path, part.name) for part in parts),
        ),
        "" if request.model_source == "default" else request.model,
        request.provider,
        request.owner,
        request.calls if request.calls_grade is Grade.CONFIGURED else None,
        request.input_tokens.typical,
        request.input_tokens.open,
    )


# --- importing and syncing ------------------------------------------------------------------------------


def import_usage(tree: Worktree, setup: Setup, exports: Sequence[Path], choices: Choices) -> Imported:
    """Read exports, add them to the tree's ledger, and measure its calls anew from all of it; nothing is written."""
    reading = Reading()
    cells: Sequence[Cell] = read_ledger(tree, setup)
    uncounted = ledger.NOTHING
    for batch in batches(exports, choices, reading):
        merged = ledger.merge(cells, batch.cells, in_buckets=batch.importer.in_buckets)
        cells, uncounted = merged.cells, uncounted.plus(merged.repeated)
    audited = _unmeasured(tree, setup)
    targets = targets_of(audited.measured)
    joined = _joined(setup, targets, cells, choices.rules)
    by_stream = windows(cells, choices.period)
    measures = measure(joined, targets, by_stream)
    editor = _editor(tree, setup)
    editor.measure(
        {targets[number].key: measured for number, measured in measures.by_target.items()},
        {cell.key.stream for cell in cells},
    )
    files = {usage_path(setup): editor.text(), ledger_path(setup): ledger.written(cells)}
    return Imported(reading, uncounted, targets, joined, measures, by_stream, files, audited.skipped)


def _joined(
    setup: Setup, targets: Sequence[CallTarget], cells: Iterable[Cell], rules: Sequence[Rule] = ()
) -> Joined:
    """Cells by the calls that they belong to, by some rules and those of the usage file."""
    known = setup.usage_file.rules if setup.usage_file else ()
    return Matcher(targets, (*rules, *known)).join(cells)


class Borne(Struct, frozen=True):
    """Which owner's calls the cells of a ledger are of: how much of each cell belongs to each, by the cell's place.

    ``loose`` are cells that belong to no call, or to those of several owners.
    """

    parts: Mapping[int, Mapping[str, Fraction]]
    owners: frozenset[str]
    loose: Sequence[Cell]
    skipped: tuple[Skipped, ...]

    def part(self, cell: Cell, owner: str) -> Fraction:
        """How much of a cell is an owner's."""
        return self.parts.get(id(cell), {}).get(owner, Fraction(0))


def borne(tree: Worktree, setup: Setup, cells: Sequence[Cell]) -> Borne:
    """Whose calls were made, by the code and owners of today."""
    audited = _unmeasured(tree, setup)
    targets = targets_of(audited.measured)
    joined = _joined(setup, targets, cells)
    parts: dict[int, dict[str, Fraction]] = defaultdict(lambda: defaultdict(Fraction))
    for number, shares in joined.shares.items():
        for share in shares:
            parts[id(share.cell)][targets[number].owner] += share.weight
    loose = [*joined.unmatched, *(cell for cell, _ in joined.ambiguous)]
    return Borne(parts, frozenset(each.owner for each in targets), loose, audited.skipped)


def _unmeasured(tree: Worktree, setup: Setup) -> Audited:
    """The tree without measured usage: what is measured may not rest on what was measured before."""
    usage = UsageFile(usage_path(setup), b"") if setup.usage_file is None else setup.usage_file.by_people()
    return read_tree(tree, replace(setup, usage_file=usage))


class Synced(Struct, frozen=True):
    """A usage file in step with the tree, before it is written: ids that are new, gone, and back."""

    files: dict[str, str]
    added: Sequence[str]
    gone: Sequence[str]
    back: Sequence[str]
    skipped: tuple[Skipped, ...]


def sync_usage(tree: Worktree, setup: Setup, today: date) -> Synced:
    """Add new prompts to the usage file, mark those that are gone; nothing is written."""
    audited = _unmeasured(tree, setup)
    targets = targets_of(audited.measured)
    editor = _editor(tree, setup)
    added = editor.add(targets, _unsized(targets, audited.measured))
    gone, back = editor.mark(known_ids(audited.measured), today)
    return Synced({usage_path(setup): editor.text()}, added, gone, back, audited.skipped)


def known_ids(measured: Measured) -> set[str]:
    """Everything that an entry of the usage file may be called."""
    return {each.prompt.id for each in measured.prompts} | {each.request.id for each in measured.requests}


def _unsized(targets: Iterable[CallTarget], measured: Measured) -> dict[str, list[str]]:
    """Variables of unknown size by target."""
    by_prompt = {
        each.prompt.id: [variable.name for variable in each.variables if variable.tokens is None]
        for each in measured.prompts
    }
    return {
        target.key: list(
            dict.fromkeys(name for seen in target.seen_as for name in by_prompt.get(seen.id, ()))
        )
        for target in targets
    }


# --- files ----------------------------------------------------------------------------------------------


def usage_path(setup: Setup) -> str:
    """The usage file's path, relative to the root."""
    return setup.settings.usage or DEFAULT_NAME


def ledger_path(setup: Setup) -> str:
    """The ledger's path: beside the usage file, as a table."""
    return str(Path(usage_path(setup)).with_suffix(".csv").as_posix())


def read_ledger(tree: Worktree, setup: Setup) -> tuple[Cell, ...]:
    """The cells of the ledger beside the usage file. Raises a located ``UserError`` if it can't be understood."""
    raw = _read(tree, ledger_path(setup))
    return () if raw is None else ledger.read(ledger_path(setup), raw)


def list_price(provider: str, model: str, sums: Sums, prices: PriceBook) -> Decimal | None:
    """What calls that were made cost at list price in USD; ``None`` without a price."""
    price = (prices.price(f"{provider}/{model}") if provider else None) or (
        prices.price(model) if model else None
    )
    if price is None:
        return None
    traffic = Traffic(Decimal(sums.cached), Decimal(sums.written))
    return at_list(price, sums.calls, sums.input, sums.output, traffic)


def _editor(tree: Worktree, setup: Setup) -> Editor:
    from scrimp.usage.edit import Editor  # noqa: PLC0415  its parser takes 40 ms to import

    return Editor(_read(tree, usage_path(setup)))


def _read(tree: Worktree, path: str) -> bytes | None:
    """A file of ours, which may be larger than what is scanned."""
    try:
        return (Path(tree.root) / path).read_bytes()
    except FileNotFoundError:
        return None
    except OSError as error:
        raise UserError(f"{path}: {error.strerror}") from error
