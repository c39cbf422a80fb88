"""All files of a tree as one ``Settings``: the nearest file comes first, and globs keep their folder."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from msgspec.structs import replace

from scrimp.config.checked import ConfigFile
from scrimp.config.globs import ExcludeList, Excludes, Pattern
from scrimp.config.owners import Owners
from scrimp.config.rule_settings import RuleSettings, RuleTable, own_options
from scrimp.config.schema import (
    Budget,
    Defaults,
    Document,
    PathRules,
    PromptEntry,
    Settings,
)

EVERYTHING = "**"


def join(files: tuple[ConfigFile, ...], owners: Owners) -> Settings:
    """The settings of files that are ordered nearest first; the root's, if there is one, is the last."""
    root = files[-1] if files and not files[-1].folder else None
    top = root.document if root else Document()
    return Settings(
        defaults=tuple(_defaults(file) for file in files),
        excludes=excludes(files),
        prompts=tuple(entry for file in files for entry in _prompts(file)),
        budgets=tuple(budget for file in reversed(files) for budget in _budgets(file)),
        fail_on=top.fail_on,
        select=top.select,
        ignore=top.ignore,
        preview=top.preview,
        rules=_rules(top.rules, _written(root, "rules")) if root else {},
        per_path=tuple(rules for file in files for rules in _path_rules(file)),
        packs=top.packs,
        formats=top.formats,
        sdks=top.sdks,
        owners=owners,
        usage=top.usage,
        baseline=top.baseline,
        prices=top.prices,
        models=top.models,
        calibration=top.calibration,
        comment=top.comment,
    )


def excludes(files: tuple[ConfigFile, ...]) -> Excludes:
    """What files, nearest first, leave out."""
    return Excludes(
        tuple(ExcludeList(file.folder, file.document.exclude) for file in files if file.document.exclude)
    )


def _defaults(file: ConfigFile) -> Defaults:
    return Defaults(file.folder, file.document.model, file.document.calls_per_month)


def _prompts(file: ConfigFile) -> Iterator[PromptEntry]:
    for entry in file.document.prompts:
        yield replace(entry, match=entry.match.within(file.folder))


def _budgets(file: ConfigFile) -> Iterator[Budget]:
    """A budget of a nested file is about its folder, whatever else it is about."""
    for budget in file.document.budgets:
        inner = budget.match or (Pattern(EVERYTHING) if file.folder else None)
        yield replace(
            budget,
            match=inner and inner.within(file.folder),
            exceptions=tuple(
                replace(each, match=each.match.within(file.folder)) for each in budget.exceptions
            ),
        )


def _path_rules(file: ConfigFile) -> Iterator[PathRules]:
    """What ``per_path`` says, and what a nested file's ``ignore`` says of its whole folder."""
    for glob, table in file.document.per_path.items():
        rules = _rules(table.rules, _written(file, "per_path", glob, "rules"))
        yield PathRules(Pattern(glob, file.folder), table.ignore, table.reason, rules, table.until)
    if file.folder and file.document.ignore:
        yield PathRules(Pattern(EVERYTHING, file.folder), file.document.ignore)


def _rules(tables: Mapping[str, RuleTable], written: Mapping[str, Any]) -> dict[str, RuleSettings]:
    """What every rule has as the schema read it, and all other keys as they were written."""
    return {
        rule: RuleSettings(table.severity, own_options(written[rule]), table.min_saving)
        for rule, table in tables.items()
    }


def _written(file: ConfigFile, *steps: str) -> Mapping[str, Any]:
    """A mapping of a file as it was written; empty where there is none."""
    value: Any = file.located.value
    for step in steps:
        value = value.get(step) if isinstance(value, dict) else None
    return value if isinstance(value, dict) else {}
