"""The keys of a configuration file, and the settings that all files of a tree together make.

``Document`` is what one file may say: msgspec checks it, and the JSON Schema for editors is generated from
it. ``Settings`` is what the rest of the tool uses: patterns bound to their folders, nearest file first.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from fnmatch import fnmatchcase
from typing import Annotated, Literal, TypeAlias

from msgspec import Meta, Struct, field

from scrimp.config.globs import Excludes, Pattern, Target
from scrimp.config.owners import Owner, Owners
from scrimp.config.quantities import Money, Percent, Price, Share, VersionSpecifier
from scrimp.config.rule_settings import RuleSettings, RuleTable
from scrimp.model.findings import Severity

Count: TypeAlias = Annotated[int, Meta(ge=0, le=10**15)]
Name: TypeAlias = Annotated[str, Meta(min_length=1)]
Level: TypeAlias = Literal["fail", "warn"]
Tier: TypeAlias = Literal["standard", "batch", "flex", "priority"]

ROOT_ONLY = (
    "required_version",
    "fail_on",
    "select",
    "preview",
    "rules",
    "packs",
    "formats",
    "sdks",
    "owners",
    "usage",
    "baseline",
    "prices",
    "models",
    "calibration",
    "comment",
)
"""Keys that speak of the whole tree, and are errors in a file below the root."""


class Part(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A mapping of the configuration: unknown keys are errors."""


class CacheEntry(Part, frozen=True, kw_only=True):
    """How well a provider's prompt cache works: the share of cacheable input tokens that are read from it."""

    hit_rate: Share


class VariableEntry(Part, frozen=True, kw_only=True):
    """The size of a variable that a loop goes over: tokens of all its items together, and how many there are."""

    tokens: Annotated[Count | None, Meta(description="Typical tokens, of all items together.")] = None
    items: Annotated[Count | None, Meta(description="How many items a loop goes over.")] = None

    def __post_init__(self) -> None:
        if self.tokens is None and self.items is None:
            raise ValueError("a variable without a size: add tokens or items")


class PromptEntry(Part, frozen=True, kw_only=True):
    """What is known of the prompts that match by path, id or name; the first entry that matches is used."""

    match: Annotated[Pattern, Meta(description="A glob for a path, a prompt's id (with ::) or its name.")]
    model: Annotated[Name | None, Meta(description="The model, where neither call nor file tells.")] = None
    calls_per_month: Annotated[Count | None, Meta(description="How often it is sent in a month.")] = None
    output_tokens: Annotated[Count | None, Meta(description="Tokens of a typical answer, as billed.")] = None
    reasoning_tokens: Annotated[
        Count | None,
        Meta(description="Tokens that a model thinks before a typical answer, on top of `output_tokens`."),
    ] = None
    variables: Annotated[
        dict[str, Count | VariableEntry],
        Meta(description="Typical tokens of each variable, by its name; for a loop also how many items."),
    ] = {}
    cache: CacheEntry | None = None
    tier: Annotated[
        Tier | None, Meta(description="How the provider serves it, where that is not at once.")
    ] = None
    region: Annotated[
        Name | None, Meta(description="Where the provider is to serve it, in its own word, such as us or eu.")
    ] = None
    owner: Annotated[Owner | None, Meta(description="Who owns the prompt, before `owners` is asked.")] = None


class BudgetException(Part, frozen=True, kw_only=True):
    """Prompts that a budget leaves alone, up to and including a day."""

    match: Pattern
    until: Annotated[date, Meta(description="The last day on which it holds, as YYYY-MM-DD.")]
    reason: Name

    def holds(self, target: Target, today: date) -> bool:
        """Whether it lets a prompt off today."""
        return today <= self.until and self.match.matches(target)


class Budget(Part, frozen=True, kw_only=True):
    """Limits on growth, on totals and on the size of prompts, for the whole tree, an owner or a glob."""

    name: Name
    owner: Annotated[
        Owner | None, Meta(description="Only what this owner owns, with or without a leading @.")
    ] = None
    match: Annotated[Pattern | None, Meta(description="Only prompts that match, by path, id or name.")] = None
    model: Annotated[
        Name | None, Meta(description="Only what goes to models whose name matches this glob.")
    ] = None
    max_monthly_increase: Annotated[
        Money | None, Meta(description="US dollars a change may add a month.")
    ] = None
    max_monthly_increase_percent: Annotated[
        Percent | None,
        Meta(description="What a change may add a month, in percent of what was spent before."),
    ] = None
    max_monthly: Annotated[Money | None, Meta(description="US dollars a month in all.")] = None
    max_per_call: Annotated[Money | None, Meta(description="US dollars that one call may cost.")] = None
    allowance: Annotated[
        Money | None,
        Meta(description="US dollars a month that `max_share_percent` is of; without it, `max_monthly`."),
    ] = None
    max_share_percent: Annotated[
        Percent | None,
        Meta(
            description="How much of the allowance one change may take (diff), or one request (audit), in percent."
        ),
    ] = None
    max_prompt_tokens: Annotated[Count | None, Meta(description="Static tokens of one prompt.")] = None
    level: Annotated[Level, Meta(description="What a broken budget does.")] = "fail"
    unknown: Annotated[Level, Meta(description="What a change without a price or a size does.")] = "fail"
    exceptions: tuple[BudgetException, ...] = ()

    def __post_init__(self) -> None:
        if not self.limits_money and self.max_prompt_tokens is None:
            raise ValueError(
                "a budget without a limit: add max_monthly_increase, max_monthly or max_prompt_tokens"
            )
        if self.max_share_percent is not None and self.allowance is None and self.max_monthly is None:
            raise ValueError("max_share_percent is a share of nothing: add allowance or max_monthly")
        if self.allowance is not None and self.max_share_percent is None:
            raise ValueError("allowance limits nothing by itself: add max_share_percent, or use max_monthly")

    @property
    def limits_money(self) -> bool:
        """Whether any of its limits is on what is spent."""
        limits = (
            self.max_monthly_increase,
            self.max_monthly_increase_percent,
            self.max_monthly,
            self.max_per_call,
            self.max_share_percent,
            self.allowance,
        )
        return any(limit is not None for limit in limits)

    def covers(self, target: Target, owner: str, today: date) -> bool:
        """Whether a prompt of an owner is in its scope, whatever its model, and no exception lets it off today."""
        in_scope = self.owner in {None, owner} and (self.match is None or self.match.matches(target))
        return in_scope and not any(exception.holds(target, today) for exception in self.exceptions)

    def is_about(self, model: str) -> bool:
        """Whether what goes to a model is in its scope."""
        return self.model is None or fnmatchcase(model.lower(), self.model.lower())


class PathTable(Part, frozen=True, kw_only=True):
    """What holds for the paths of one glob."""

    ignore: Annotated[tuple[Name, ...], Meta(description="Rules not to run: ids, prefixes or ALL.")] = ()
    reason: Annotated[str, Meta(description="Why, shown with what is hidden.")] = ""
    until: Annotated[
        date | None, Meta(description="The last day on which rules are not run, as YYYY-MM-DD.")
    ] = None
    rules: Annotated[dict[str, RuleTable], Meta(description="Severity and options of rules, by id.")] = {}


class PriceEntry(Part, frozen=True, kw_only=True):
    """A model's price in US dollars per million tokens; caching and batches may have prices of their own."""

    input: Price
    output: Price
    cached_input: Annotated[Price | None, Meta(description="Input that is read from the cache.")] = None
    cache_write: Annotated[Price | None, Meta(description="Input that is written to the cache.")] = None
    batch_input: Annotated[Price | None, Meta(description="Input of batches.")] = None
    batch_output: Annotated[Price | None, Meta(description="Output of batches.")] = None

    def __post_init__(self) -> None:
        if (self.batch_input is None) != (self.batch_output is None):
            raise ValueError("batches need both prices: batch_input and batch_output")
        if self.cached_input is not None and self.cached_input > self.input:
            raise ValueError("cached_input costs more than input: are the two mixed up?")
        if self.batch_input is not None and self.batch_input > self.input:
            raise ValueError("batch_input costs more than input: are the two mixed up?")


class ModelEntry(Part, frozen=True, kw_only=True):
    """How the text of a model is counted that scrimp doesn't know, or knows wrongly."""

    like: Annotated[Name | None, Meta(description="Another model's name, which it is counted like.")] = None
    encoding: Annotated[
        Name | None, Meta(description="The vocabulary that counts it, such as o200k_base.")
    ] = None

    def __post_init__(self) -> None:
        if self.like is None and self.encoding is None:
            raise ValueError("a model of which nothing is said: add like or encoding")


class CommentEntry(Part, frozen=True, kw_only=True):
    """From when on a change is worth a comment of its own: one that says so already is kept up to date anyway."""

    min_monthly_change: Annotated[
        Money | None, Meta(description="US dollars a month, up or down, that are worth a comment.")
    ] = None
    min_token_change: Annotated[
        Count | None, Meta(description="Static tokens, more or fewer, that are worth a comment.")
    ] = None


class Document(Part, frozen=True, kw_only=True):
    """A configuration of scrimp."""

    required_version: Annotated[
        VersionSpecifier | None, Meta(description='Versions of scrimp that it is for, such as ">=0.1".')
    ] = None
    model: Annotated[Name | None, Meta(description="The model where neither call, file nor entry tells.")] = (
        None
    )
    calls_per_month: Annotated[Count | None, Meta(description="The volume where no entry tells.")] = None
    exclude: Annotated[tuple[Name, ...], Meta(description="Paths left out, as in .gitignore.")] = ()
    prompts: Annotated[
        tuple[PromptEntry, ...], Meta(description="What is known of prompts; first match wins.")
    ] = ()
    budgets: tuple[Budget, ...] = ()
    fail_on: Annotated[Severity, Meta(description="The least severity that fails a check.")] = (
        Severity.WARNING
    )
    select: Annotated[
        tuple[Name, ...] | None,
        Meta(description="Rules to run: ids, prefixes or ALL; without it, the default ones."),
    ] = None
    ignore: Annotated[tuple[Name, ...], Meta(description="Rules not to run: ids, prefixes or ALL.")] = ()
    preview: Annotated[
        bool,
        Meta(description="Whether rules that are still on trial run, without being selected by their id."),
    ] = False
    rules: Annotated[dict[str, RuleTable], Meta(description="Severity and options of rules, by id.")] = {}
    per_path: Annotated[
        dict[str, PathTable], Meta(description="What holds of rules for some paths, by glob.")
    ] = {}
    packs: Annotated[tuple[Name, ...], Meta(description="Globs of the project's own rule cards.")] = ()
    formats: Annotated[tuple[Name, ...], Meta(description="Files with the project's own file adapters.")] = ()
    sdks: Annotated[tuple[Name, ...], Meta(description="Files with the project's own call patterns.")] = ()
    owners: Annotated[
        Name | dict[str, Owner] | None,
        Meta(description="A CODEOWNERS file, or owners by glob; first match wins."),
    ] = None
    usage: Annotated[Name | None, Meta(description="The file with real usage.")] = None
    baseline: Annotated[
        Name | None,
        Meta(description="The file with the findings that are known; without it, .scrimp/baseline.json."),
    ] = None
    prices: Annotated[
        dict[str, PriceEntry], Meta(description="Prices by model, before the packaged ones.")
    ] = {}
    models: Annotated[dict[str, ModelEntry], Meta(description="How models are counted, by name.")] = {}
    calibration: Annotated[
        Name | None,
        Meta(description="The file with factors that were measured; without it, .scrimp/calibration.yaml."),
    ] = None
    comment: Annotated[
        CommentEntry, Meta(description="When `scrimp comment --post` speaks; without it, always.")
    ] = CommentEntry()


class Defaults(Struct, frozen=True):
    """What one file says of every prompt of its folder that no entry speaks of."""

    folder: str
    model: str | None
    calls_per_month: int | None


class PathRules(Struct, frozen=True):
    """What holds of rules for some paths: those that are not run (ids, prefixes or ``ALL``), and settings by id."""

    match: Pattern
    ignore: tuple[str, ...]
    reason: str = ""
    rules: Mapping[str, RuleSettings] = field(default_factory=dict)
    until: date | None = None
    """The last day on which rules are not run; ``None`` if there is none."""

    def has_ended(self, today: date) -> bool:
        """Whether its rules are run again."""
        return self.until is not None and self.until < today


class Settings(Struct, frozen=True):
    """All that is configured. Of ordered parts the first match is used, those of nearer files come first."""

    defaults: tuple[Defaults, ...] = ()
    excludes: Excludes = field(default_factory=Excludes)
    prompts: tuple[PromptEntry, ...] = ()
    budgets: tuple[Budget, ...] = ()
    fail_on: Severity = Severity.WARNING
    select: tuple[str, ...] | None = None
    ignore: tuple[str, ...] = ()
    preview: bool = False
    rules: Mapping[str, RuleSettings] = field(default_factory=dict)
    per_path: tuple[PathRules, ...] = ()
    packs: tuple[str, ...] = ()
    formats: tuple[str, ...] = ()
    sdks: tuple[str, ...] = ()
    owners: Owners = field(default_factory=Owners)
    usage: str | None = None
    baseline: str | None = None
    prices: Mapping[str, PriceEntry] = field(default_factory=dict)
    models: Mapping[str, ModelEntry] = field(default_factory=dict)
    calibration: str | None = None
    comment: CommentEntry = field(default_factory=CommentEntry)
