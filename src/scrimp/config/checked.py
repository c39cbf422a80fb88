"""What the schema alone cannot tell of a configuration file, each with its place.

The version it is for, keys that mean nothing below the root, patterns that are none, names that are there
twice, rules that don't exist.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from typing import Any, TypeAlias

from msgspec import Struct

from scrimp import __version__
from scrimp.config.cards import Card
from scrimp.config.globs import check_line
from scrimp.config.located import Located, Steps, decode, suggestion
from scrimp.config.quantities import VersionSpecifier
from scrimp.config.rule_settings import own_options
from scrimp.config.schema import ROOT_ONLY, Document
from scrimp.config.selectors import meant

ALL = "ALL"

Problem: TypeAlias = tuple[Sequence[str | int], str]
"""The path of a part of a rule's options, and what is wrong with it."""


class ConfigFile(Struct, frozen=True):
    """One file that was read: the folder it speaks of (``""``: the root), its values and what they mean."""

    folder: str
    located: Located
    document: Document


def check_root(located: Located) -> ConfigFile:
    """The root's file: for this version, known keys, right types. Raises a located ``UserError``."""
    _require_version(located)
    return _check("", located)


def check_nested(folder: str, located: Located) -> ConfigFile:
    """A file below the root, which may not speak of the whole tree. Raises a located ``UserError``."""
    for key in located.value if isinstance(located.value, dict) else ():
        if key in ROOT_ONLY:
            message = f'"{key}" speaks of the whole tree and has no meaning in a folder'
            located.refuse_key((key,), message, "move it to the configuration at the root")
    return _check(folder, located)


def check_rules(files: Iterable[ConfigFile], known: Collection[str]) -> None:
    """Raise a located ``UserError`` for a rule that isn't known, wherever a file names one.

    ``known`` are all rule ids, those of the project's own packs included. A selector is an id, the beginning
    of one, or ``ALL``.
    """
    for file in files:
        for steps, word in _selectors(file.document):
            if word != ALL and not any(rule.startswith(word) for rule in known):
                hint = meant(word, {*known, ALL}, '"')
                file.located.refuse_value(steps, f'no rule is called "{word}" or begins so', hint)
        for steps in _rule_tables(file.document):
            if steps[-1] not in known:
                hint = meant(str(steps[-1]), known, '"')
                file.located.refuse_key(steps, f'no rule is called "{steps[-1]}"', hint)


def check_options(
    files: Iterable[ConfigFile], cards: Mapping[str, Card], problems: Callable[[Card], Iterable[Problem]]
) -> None:
    """Raise a located ``UserError`` for an option that a rule doesn't have, or of another type; ids are known.

    ``problems`` tells what else is wrong with the options of a configured card.
    """
    for file in files:
        for steps in _rule_tables(file.document):
            card = cards[str(steps[-1])]
            options = own_options(_written(file.located.value, steps))
            for name, value in options.items():
                problem = card.problem(name, value)
                if problem is not None:
                    file.located.refuse_key((*steps, name), problem.message, problem.hint)
            for where, what in problems(card.configured(options)) if options else ():
                file.located.refuse_key((*steps, *where[:1]), f"option `{where[0]}` of {card.id}: {what}")


def check_models(
    files: Iterable[ConfigFile], is_known: Callable[[str], bool], encodings: Collection[str]
) -> None:
    """Raise a located ``UserError`` for a model to be counted like one that isn't known, or by no vocabulary."""
    for file in files:
        for name, entry in file.document.models.items():
            if entry.like is not None and not is_known(entry.like):
                message = f'no model is known as "{entry.like}"'
                file.located.refuse_value(
                    ("models", name, "like"), message, "name one that scrimp prices knows"
                )
            if entry.encoding is not None and entry.encoding not in encodings:
                message = f'no vocabulary is called "{entry.encoding}"'
                hint = suggestion(entry.encoding, encodings)
                file.located.refuse_value(("models", name, "encoding"), message, hint)


def _rule_tables(document: Document) -> Iterator[Steps]:
    """Where severities and options of rules are set, the last step of each being the rule."""
    yield from (("rules", rule) for rule in document.rules)
    for glob, table in document.per_path.items():
        yield from (("per_path", glob, "rules", rule) for rule in table.rules)


def _written(value: Any, steps: Steps) -> Mapping[str, object]:
    for step in steps:
        value = value[step]
    return value if isinstance(value, dict) else {}


def _selectors(document: Document) -> Iterator[tuple[Steps, str]]:
    yield from ((("select", index), word) for index, word in enumerate(document.select or ()))
    yield from ((("ignore", index), word) for index, word in enumerate(document.ignore))
    for glob, table in document.per_path.items():
        yield from ((("per_path", glob, "ignore", index), word) for index, word in enumerate(table.ignore))


def _check(folder: str, located: Located) -> ConfigFile:
    document = decode(located, Document)
    _refuse_bad_globs(located, document)
    _refuse_twins(located, document)
    return ConfigFile(folder, located, document)


def _require_version(located: Located) -> None:
    """Before any key is judged: a file for another version may well have keys that this one doesn't know."""
    wanted = located.value.get("required_version") if isinstance(located.value, dict) else None
    if wanted is None:
        return
    try:
        met = VersionSpecifier.parse(wanted).admits(__version__)
    except ValueError as error:
        located.refuse_value(("required_version",), f"required_version: {error}")
    if not met:
        message = f"this is scrimp {__version__}, but the configuration is for {wanted}"
        located.refuse_value(("required_version",), message, f'install "scrimp{wanted}"')


def _refuse_bad_globs(located: Located, document: Document) -> None:
    """Patterns that are keys or may be negated, which their types don't check."""
    for index, line in enumerate(document.exclude):
        try:
            check_line(line.removeprefix("!"))
        except ValueError as error:
            located.refuse_value(("exclude", index), f"exclude: {error}")
    owners = document.owners if isinstance(document.owners, dict) else {}
    for table, globs in (("per_path", document.per_path), ("owners", owners)):
        for glob in globs:
            try:
                check_line(glob)
            except ValueError as error:
                located.refuse_key((table, glob), f"{table}: {error}")


def _refuse_twins(located: Located, document: Document) -> None:
    names = [budget.name for budget in document.budgets]
    for index, name in enumerate(names):
        if name in names[:index]:
            hint = "give each budget a name of its own: breaches are reported by it"
            located.refuse_value(("budgets", index, "name"), f'another budget is called "{name}" too', hint)
