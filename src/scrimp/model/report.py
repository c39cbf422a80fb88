"""The final value that reporters render: nothing is filtered, sorted or computed after it."""

from __future__ import annotations

from decimal import Decimal

from msgspec import Struct

from scrimp.model.amounts import Grade, Interval
from scrimp.model.attribution import Attribution
from scrimp.model.changes import Change, Unlisted, Verdict
from scrimp.model.findings import Abstentions, Finding, Rule, Severity
from scrimp.model.measured import Measured
from scrimp.model.policy import Policy
from scrimp.model.revision import Revision
from scrimp.model.savings import Saved, SavedByRule
from scrimp.model.source import Skipped


class PriceStamp(Struct, frozen=True):
    """Which prices were in force: ``source`` is ``packaged``, ``lock`` or ``configuration``."""

    source: str
    date: str
    sha256: str


class Coverage(Struct, frozen=True):
    """What was looked at, and what was not seen.

    ``files_seen`` are all that aren't excluded: those scanned, skipped (see ``Report.skipped``; a file that was only
    read in part is scanned) and passed over, as they are of no format that is read, or have no bytes that let hope for
    a prompt. ``requests`` are calls in code, ``requests_partial`` those of them of which some text is known and some
    isn't; both kinds have text. ``models_known`` counts those whose model the repository itself tells.
    ``references_unresolved`` is all that could not be followed, ``prompts_remote`` those of it that are prompts kept
    outside of the repository. ``models_undecided`` are the calls that name a model which need not
    be the one.
    """

    files_seen: int
    files_scanned: int
    requests: int
    requests_with_text: int
    models_known: int
    references_unresolved: int
    files_skipped: int = 0
    prompts_remote: int = 0
    files_passed_over: int = 0
    requests_partial: int = 0
    models_undecided: int = 0


class Purposes(Struct, frozen=True):
    """Typical US dollars a month by what they are paid for, which add up to the total.

    ``prompts`` is their input, ``answers`` the output of calls, ``other`` the rest of the input: the marks around
    messages, tools, the schemas of answers, and what isn't known to be of a prompt.
    """

    prompts: Decimal
    answers: Decimal
    other: Decimal


class Totals(Struct, frozen=True):
    """Sums over requests and loads, each cost once. ``saveable`` counts no token twice.

    ``prompts`` and ``static_tokens`` leave out what is of low confidence, of which there are ``unsure``.
    """

    prompts: int
    static_tokens: int
    monthly: Interval[Decimal]
    by_grade: dict[Grade, Decimal]
    saveable: Decimal | None
    unpriced: int
    """Requests whose cost is unknown."""
    unsure: int = 0
    paid_for: Purposes | None = None
    """``None`` where no cost is known."""


class Report(Struct, frozen=True):
    """What one run found. ``changes`` and ``base_totals`` are those of a ``diff``; warnings are for people."""

    command: str
    revision: Revision
    prices: PriceStamp
    measured: Measured
    findings: tuple[Finding, ...]
    changes: tuple[Change, ...]
    verdict: Verdict
    skipped: tuple[Skipped, ...]
    coverage: Coverage
    totals: Totals
    base_totals: Totals | None = None
    warnings: tuple[str, ...] = ()
    attribution: Attribution | None = None
    """Who or what bears the totals of an ``audit``."""
    abstentions: tuple[Abstentions, ...] = ()
    """What rules could not decide, sorted by rule."""
    saved: tuple[Saved, ...] = ()
    """What the tree costs less without what its findings name."""
    saved_by_rule: tuple[SavedByRule, ...] = ()
    """The shares of the rules in that, the dearest first."""
    policy: Policy | None = None
    """By whose policy a ``diff`` was judged."""
    rules: tuple[Rule, ...] = ()
    """The rules that ran, sorted by id."""
    fail_on: Severity | None = None
    """The least severity of a finding that fails the run; ``None`` where none does."""
    unlisted: Unlisted | None = None
    """What totals of a ``diff`` grow by beside its changes."""
    part: str = ""
    """The folder that an ``audit`` speaks of, where that isn't the whole tree: POSIX, from the root."""
