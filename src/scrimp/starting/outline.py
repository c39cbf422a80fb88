"""A configuration before it is written: what was found as settings, and what nobody tells as comments."""

from __future__ import annotations

from msgspec import Struct

from scrimp.config.load import CODEOWNERS
from scrimp.starting.stack import Group, Stack

UNKNOWN = "unknown"
"""What stands in a comment for what was not found. As a setting it would be refused."""
MOST_GROUPS = 40
"""Folders that get an entry of their own."""


class Setting(Struct, frozen=True):
    """A key with its value; ``None`` is unknown, and the key a comment. ``note`` stands behind it."""

    key: str
    value: str | int | None
    note: str = ""


class Entry(Struct, frozen=True):
    """An item of a list, with its explanation; one that is only ``offered`` is a comment as a whole."""

    about: str
    settings: tuple[Setting, ...]
    offered: bool = False


class Section(Struct, frozen=True):
    """A few settings of the top level, or the ``entries`` of the list called ``name``, under their explanation."""

    about: tuple[str, ...]
    settings: tuple[Setting, ...] = ()
    name: str = ""
    entries: tuple[Entry, ...] = ()


def outline(found: Stack, budget: str | None) -> tuple[Section, ...]:
    """The configuration of a stack; ``budget`` is what a change may add a month, in US dollars, if it is limited."""
    return (
        Section(_found(found)),
        _model(found),
        Section(
            (
                "How often a call is made in a month, where no entry below tells. Until then 1,000 is assumed.",
                "`scrimp usage import` takes this from what your provider, proxy or traces recorded.",
            ),
            (Setting("calls_per_month", None),),
        ),
        _owners(found),
        *_prompts(found),
        *_prices(found),
        _budgets(budget),
    )


def _found(found: Stack) -> tuple[str, ...]:
    """The head of the file."""
    languages = ", ".join(found.languages) or "no code that calls a model"
    sdks = (
        ", ".join(f"{name} ({_requests(number)})" for name, number in found.sdks) or "none that scrimp knows"
    )
    lines = (
        "What scrimp is told of this repository; all keys are in its README, under Configure.",
        f"What is {UNKNOWN} was not found: take away the # and say it. Until then scrimp assumes, and says so.",
        "",
        f"Languages: {languages}",
        f"SDKs: {sdks}",
        f"Prompts: {found.prompts}",
    )
    if not found.extras:
        return lines
    return (*lines, f"Not read yet, for want of a grammar: pip install 'scrimp[{','.join(found.extras)}]'")


def _model(found: Stack) -> Section:
    unnamed = sum(each.unnamed for each in found.groups)
    all_requests = sum(each.requests for each in found.groups)
    if unnamed:
        said = f"{unnamed} of {_requests(all_requests)} don't; gpt-5-mini is assumed for them."
    else:
        said = "Here all do." if all_requests else "There are none yet."
    return Section(
        (f"The model of calls whose code, file and entry below don't name one. {said}",),
        (Setting("model", None),),
    )


def _owners(found: Stack) -> Section:
    if found.owners is None:
        about = "Who owns which paths: a CODEOWNERS file, or a mapping of patterns to owners. There is no CODEOWNERS."
        return Section((about,), (Setting("owners", None),))
    note = found.owners if found.owners != CODEOWNERS else ""
    return Section(("Who owns which paths.",), (Setting("owners", CODEOWNERS, note),))


def _prompts(found: Stack) -> tuple[Section, ...]:
    if not found.groups:
        return ()
    about = ["What is known of the prompts of each folder; the first entry that matches is used."]
    if len(found.groups) > MOST_GROUPS:
        about.append(f"{len(found.groups) - MOST_GROUPS} further folders have prompts; they are not listed.")
    kept = sorted(
        sorted(found.groups, key=lambda each: -each.requests)[:MOST_GROUPS], key=lambda each: each.match
    )
    return (
        Section(tuple(about), name="prompts", entries=tuple(Entry(_of(each), _known(each)) for each in kept)),
    )


def _of(group: Group) -> str:
    """What is known of a folder, in words."""
    owners = f"; owned by {', '.join(group.owners)}" if group.owners else ""
    return f"{_requests(group.requests)}: {_models(group)}{owners}"


def _models(group: Group) -> str:
    named = [name if number == 1 else f"{name} ({number})" for name, number in group.models]
    if not group.unnamed:
        return ", ".join(named)
    return ", ".join((*named, f"{group.unnamed} without a model"))


def _known(group: Group) -> tuple[Setting, ...]:
    """The settings of a folder: its model only where the code names one and the same everywhere."""
    settings = [Setting("match", group.match)]
    if group.unnamed:
        settings.append(Setting("model", None))
    elif len(group.models) == 1 and group.models[0][0].isprintable():
        settings.append(Setting("model", group.models[0][0], "as all of them say"))
    return (*settings, Setting("calls_per_month", None))


def _prices(found: Stack) -> tuple[Section, ...]:
    if not found.unpriced:
        return ()
    about = (
        f"No price is known for: {', '.join(found.unpriced)}. State it under `prices`, in USD per million tokens,",
        "as input and output; until then what is sent to them is in no total.",
    )
    return (Section(about),)


def _budgets(budget: str | None) -> Section:
    about = (
        "What fails a change: what it may add a month, in US dollars. More limits: docs/budgets.md of scrimp."
    )
    limit = Setting("max_monthly_increase", budget)
    entry = Entry("", (Setting("name", "repository"), limit), offered=budget is None)
    return Section((about,), name="budgets", entries=(entry,))


def _requests(number: int) -> str:
    return f"{number} request{'' if number == 1 else 's'}"
