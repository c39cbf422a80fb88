"""What the settings say of one prompt, and which of their patterns match nothing."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from datetime import date

from msgspec import Struct
from msgspec.structs import replace

from scrimp.config.globs import Pattern, Target, relative
from scrimp.config.quantities import Share
from scrimp.config.rule_settings import RuleSettings
from scrimp.config.schema import (
    Budget,
    Defaults,
    PathRules,
    PromptEntry,
    Settings,
    VariableEntry,
)
from scrimp.config.selectors import covers


class Effective(Struct, frozen=True):
    """What is configured for one prompt; ``None`` where nothing tells.

    ``calls_per_month`` counts calls, as the prompt's own entry says; ``default_calls`` as the nearest file says of
    every prompt. ``output_tokens`` and ``reasoning_tokens`` count tokens.
    """

    model: str | None
    calls_per_month: int | None
    default_calls: int | None
    output_tokens: int | None
    reasoning_tokens: int | None
    variables: Mapping[str, int | VariableEntry]
    hit_rate: Share | None
    owner: str | None
    tier: str | None = None
    region: str | None = None
    stated_model: str | None = None
    """The model as its own entry says, whatever the nearest file says of every prompt."""


def effective(settings: Settings, target: Target) -> Effective:
    """The first entry that matches; for model and volume then the nearest file that tells."""
    entry = next((each for each in settings.prompts if each.match.matches(target)), None)
    near = [each for each in settings.defaults if relative(target.path, each.folder) is not None]
    return Effective(
        model=_model(entry, near),
        calls_per_month=entry.calls_per_month if entry else None,
        default_calls=next((each.calls_per_month for each in near if each.calls_per_month is not None), None),
        output_tokens=entry.output_tokens if entry else None,
        reasoning_tokens=entry.reasoning_tokens if entry else None,
        variables=entry.variables if entry else {},
        hit_rate=entry.cache.hit_rate if entry and entry.cache else None,
        owner=entry.owner if entry and entry.owner else settings.owners.of(target.path),
        tier=entry.tier if entry else None,
        region=entry.region if entry else None,
        stated_model=entry.model if entry else None,
    )


def ignoring(settings: Settings, path: str, rule: str) -> PathRules | None:
    """The entry by which a rule isn't run for a path, the first if there are several."""
    return next(
        (
            rules
            for rules in settings.per_path
            if any(covers(word, rule) for word in rules.ignore) and rules.match.matches_path(path)
        ),
        None,
    )


def in_force(settings: Settings, today: date) -> Settings:
    """The settings without the exceptions for paths that have ended."""
    if not any(each.has_ended(today) for each in settings.per_path):
        return settings
    per_path = (replace(each, ignore=()) if each.has_ended(today) else each for each in settings.per_path)
    return replace(settings, per_path=tuple(per_path))


def ended(settings: Settings, today: date) -> Iterator[str]:
    """A warning for each exception for paths that has ended."""
    for each in settings.per_path:
        if each.has_ended(today):
            why = f" ({each.reason})" if each.reason else ""
            yield f"per_path: {each.match}{why} ended on {each.until}: remove it, or renew it with a reason"


def ignored_rules(settings: Settings, path: str) -> tuple[str, ...]:
    """Ids, prefixes or ``ALL`` of the rules that are not run for a path."""
    return tuple(
        rule for rules in settings.per_path if rules.match.matches_path(path) for rule in rules.ignore
    )


def settings_at(settings: Settings, path: str, rule: str) -> tuple[RuleSettings, ...]:
    """What is set of a rule, by its id, for a path alone, the first entry that matches first."""
    return tuple(
        rules.rules[rule]
        for rules in settings.per_path
        if rule in rules.rules and rules.match.matches_path(path)
    )


def unmatched(settings: Settings, targets: Collection[Target], paths: Collection[str]) -> tuple[str, ...]:
    """A warning for each entry of ``prompts``, ``budgets`` and ``exclude`` that matches nothing.

    ``targets`` are all prompts found, ``paths`` all files seen, those that ``exclude`` leaves out included.
    """
    return (
        *_unmatched_prompts(settings, targets),
        *_unmatched_budgets(settings, targets),
        *_unmatched_excludes(settings, paths),
    )


def _model(entry: PromptEntry | None, near: list[Defaults]) -> str | None:
    if entry and entry.model:
        return entry.model
    return next((each.model for each in near if each.model is not None), None)


def _unmatched_prompts(settings: Settings, targets: Collection[Target]) -> Iterator[str]:
    for entry in settings.prompts:
        if not _matches_any(entry.match, targets):
            yield f"prompts: {entry.match} matches no prompt"


def _unmatched_budgets(settings: Settings, targets: Collection[Target]) -> Iterator[str]:
    owners = {effective(settings, target).owner for target in targets} if settings.budgets else set()
    for budget in settings.budgets:
        if budget.owner is not None and budget.owner not in owners:
            yield f"budgets: {budget.name}: nothing is owned by {budget.owner}"
        for pattern in _patterns(budget):
            if not _matches_any(pattern, targets):
                yield f"budgets: {budget.name}: {pattern} matches no prompt"


def _unmatched_excludes(settings: Settings, paths: Collection[str]) -> Iterator[str]:
    for entry in settings.excludes.lists:
        for line in entry.lines:
            pattern = Pattern(line.removeprefix("!"), entry.folder)
            if not any(pattern.matches_path(path) for path in paths):
                yield f"exclude: {pattern} matches no file"


def _patterns(budget: Budget) -> Iterator[Pattern]:
    if budget.match is not None:
        yield budget.match
    yield from (exception.match for exception in budget.exceptions)


def _matches_any(pattern: Pattern, targets: Collection[Target]) -> bool:
    return any(pattern.matches(target) for target in targets)
