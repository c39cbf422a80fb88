"""Two loaded configurations compared: where the second is milder than the first, which is the policy.

Only what can make a judgement milder is told; a stricter budget or a new rule is nobody's concern. Both settings are
values that were read already: nothing here reads files or knows where they came from.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal

from msgspec import Struct

from scrimp.config.rule_settings import RuleSettings
from scrimp.config.schema import Budget, PathRules, PriceEntry, PromptEntry, Settings
from scrimp.config.selectors import covers
from scrimp.model.policy import Loosening
from scrimp.model.written import stated_dollars

NONE = "none"
MONEY = ("max_monthly_increase", "max_monthly", "max_per_call", "allowance")
LIMITS = (*MONEY, "max_monthly_increase_percent", "max_share_percent", "max_prompt_tokens")
SIZES = ("calls_per_month", "output_tokens", "reasoning_tokens")


def loosened(policy: Settings, head: Settings) -> tuple[Loosening, ...]:
    """Where ``head`` is milder than ``policy``, in the order of the configuration's keys."""
    return (
        *_excludes(policy, head),
        *_prompts(policy, head),
        *_budgets(policy.budgets, head.budgets),
        *_rules(policy, head),
        *_paths(policy.per_path, head.per_path),
        *_prices(policy.prices, head.prices),
        *_others(policy, head),
    )


def _excludes(policy: Settings, head: Settings) -> Iterator[Loosening]:
    known = {(each.folder, line) for each in policy.excludes.lists for line in each.lines}
    for each in head.excludes.lists:
        for line in each.lines:
            if (each.folder, line) not in known and not line.startswith("!"):
                yield Loosening(_within("exclude", each.folder), NONE, line)


def _prompts(policy: Settings, head: Settings) -> Iterator[Loosening]:
    """Volumes and sizes that went down; of several entries of one pattern the first is used."""
    entries = {str(each.match): each for each in reversed(head.prompts)}
    for match, own in {str(each.match): each for each in reversed(policy.prompts)}.items():
        if match in entries:
            yield from _entry(f"prompts.{match}", own, entries[match])
    volumes = {each.folder: each.calls_per_month for each in head.defaults}
    for each in policy.defaults:
        yield from _lower(
            _within("calls_per_month", each.folder), each.calls_per_month, volumes.get(each.folder)
        )


def _entry(name: str, own: PromptEntry, other: PromptEntry) -> Iterator[Loosening]:
    for key in SIZES:
        yield from _lower(f"{name}.{key}", getattr(own, key), getattr(other, key))
    for variable, size in own.variables.items():
        now = other.variables.get(variable)
        if isinstance(size, int) and isinstance(now, int):
            yield from _lower(f"{name}.variables.{variable}", size, now)
        elif size != now:
            yield Loosening(f"{name}.variables.{variable}", _shown(size), _shown(now))
    for key in ("model", "cache", "tier", "region", "owner"):
        if getattr(own, key) != getattr(other, key):
            yield Loosening(f"{name}.{key}", _shown(getattr(own, key)), _shown(getattr(other, key)))


def _lower(name: str, own: int | None, other: int | None) -> Iterator[Loosening]:
    if own is not None and (other is None or other < own):
        yield Loosening(name, f"{own:,}", NONE if other is None else f"{other:,}")


def _budgets(policy: Iterable[Budget], head: Iterable[Budget]) -> Iterator[Loosening]:
    now = {each.name: each for each in head}
    for own in policy:
        name, other = f"budgets.{own.name}", now.get(own.name)
        if other is None:
            yield Loosening(name, "a budget", NONE)
            continue
        for key in LIMITS:
            limit, wider = getattr(own, key), getattr(other, key)
            if limit is not None and (wider is None or wider > limit):
                yield Loosening(f"{name}.{key}", _limit(key, limit), _limit(key, wider))
        for key in ("level", "unknown"):
            if getattr(own, key) == "fail" != getattr(other, key):
                yield Loosening(f"{name}.{key}", "fail", getattr(other, key))
        for key in ("owner", "match", "model"):
            if getattr(own, key) != getattr(other, key):
                yield Loosening(f"{name}.{key}", _shown(getattr(own, key)), _shown(getattr(other, key)))
        yield from _exceptions(name, own, other)


def _exceptions(name: str, own: Budget, other: Budget) -> Iterator[Loosening]:
    until = {str(each.match): each.until for each in own.exceptions}
    for each in other.exceptions:
        match = str(each.match)
        if match not in until or each.until > until[match]:
            before = f"until {until[match]}" if match in until else NONE
            yield Loosening(f"{name}.exceptions.{match}", before, f"until {each.until}")


def _rules(policy: Settings, head: Settings) -> Iterator[Loosening]:
    if head.fail_on.rank > policy.fail_on.rank:
        yield Loosening("fail_on", policy.fail_on, head.fail_on)
    gone = [word for word in policy.select or () if not _chosen(word, head.select or ())]
    if gone or (policy.select is None and head.select is not None and "ALL" not in head.select):
        yield Loosening("select", _words(policy.select or ("default",)), _words(head.select or ("default",)))
    more = [word for word in head.ignore if not _chosen(word, policy.ignore)]
    if more:
        yield Loosening("ignore", _words(policy.ignore), _words(head.ignore))
    if policy.preview and not head.preview:
        yield Loosening("preview", "true", "false")
    yield from _settings("rules", policy.rules, head.rules)


def _settings(
    name: str, policy: Mapping[str, RuleSettings], head: Mapping[str, RuleSettings]
) -> Iterator[Loosening]:
    """Severities that went down, and options that differ: which way is milder only the rule knows."""
    for rule in sorted({*policy, *head}):
        own, other = policy.get(rule), head.get(rule)
        before, after = (own.severity if own else None), (other.severity if other else None)
        if before != after and (before is None or after is None or after.rank < before.rank):
            yield Loosening(f"{name}.{rule}.severity", _shown(before), _shown(after))
        if (own.min_saving if own else None) != (other.min_saving if other else None):
            saving = (_shown(each.min_saving if each else None) for each in (own, other))
            yield Loosening(f"{name}.{rule}.min_saving", *saving)
        for key in sorted({*(own.options if own else ()), *(other.options if other else ())}):
            one, two = (each.options.get(key) if each else None for each in (own, other))
            if one != two:
                yield Loosening(f"{name}.{rule}.{key}", _shown(one), _shown(two))


def _paths(policy: Iterable[PathRules], head: Iterable[PathRules]) -> Iterator[Loosening]:
    known = {str(each.match): each for each in policy}
    for each in head:
        own = known.get(str(each.match))
        name = f"per_path.{each.match}"
        more = [word for word in each.ignore if own is None or not _chosen(word, own.ignore)]
        if more:
            yield Loosening(f"{name}.ignore", _words(own.ignore if own else ()), _words(each.ignore))
        if own is not None and own.until is not None and (each.until is None or each.until > own.until):
            yield Loosening(f"{name}.until", str(own.until), _shown(each.until))
        yield from _settings(f"{name}.rules", own.rules if own else {}, each.rules)


def _prices(policy: Mapping[str, PriceEntry], head: Mapping[str, PriceEntry]) -> Iterator[Loosening]:
    """Prices that went down, are stated anew, or are no longer stated."""
    for model in sorted({*policy, *head}):
        own, other = policy.get(model), head.get(model)
        if own != other:
            yield Loosening(f"prices.{model}", _price(own), _price(other))


def _others(policy: Settings, head: Settings) -> Iterator[Loosening]:
    """What is merely another: nobody can tell which is milder."""
    if policy.owners != head.owners:
        yield Loosening("owners", "as on BASE", "others")
    for key in ("packs", "formats", "sdks"):
        own, other = getattr(policy, key), getattr(head, key)
        if own != other:
            yield Loosening(key, _words(own), _words(other))
    for key in ("usage", "baseline", "calibration"):
        own, other = getattr(policy, key), getattr(head, key)
        if own != other:
            yield Loosening(key, _shown(own), _shown(other))
    for model in sorted({*policy.models, *head.models}):
        if policy.models.get(model) != head.models.get(model):
            yield Loosening(f"models.{model}", "as on BASE", "another")


# --- words ----------------------------------------------------------------------------------------------


def _chosen(word: str, by: Iterable[str]) -> bool:
    """Whether all that a word chooses is chosen by others."""
    return any(covers(each, word) for each in by)


def _within(key: str, folder: str) -> str:
    return f"{folder}/{key}" if folder else key


def _words(words: Iterable[str]) -> str:
    return ", ".join(words) or NONE


def _limit(key: str, limit: Decimal | int | None) -> str:
    if limit is None:
        return NONE
    return stated_dollars(Decimal(limit)) if key in MONEY else f"{limit:,}"


def _price(entry: PriceEntry | None) -> str:
    return NONE if entry is None else f"{entry.input} in, {entry.output} out"


def _shown(value: object) -> str:
    if isinstance(value, Struct):
        told = ((key, getattr(value, key)) for key in value.__struct_fields__)
        return ", ".join(f"{key} {each}" for key, each in told if each is not None)
    return NONE if value is None else str(value)
