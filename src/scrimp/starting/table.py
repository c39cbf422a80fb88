"""A table put into a TOML file: behind its like, and without a change to anything else."""

from __future__ import annotations

import tomllib
from collections.abc import Sequence
from typing import Any

import tomlkit
from tomlkit.exceptions import TOMLKitError

from scrimp.config.located import error_at
from scrimp.config.read_toml import read_toml
from scrimp.model.errors import UserError


def with_table(file: str, text: str, keys: Sequence[str], written: str) -> str:
    """A TOML text with the table at ``keys`` (a parent's and its own), which is ``written`` with its head.

    It stands behind the other tables of its parent, with the file's line ends. Raises a located ``UserError`` where it
    has no place.
    """
    read_toml(file, text.encode(), tuple(keys))
    newline = "\r\n" if "\r\n" in text else "\n"
    parent, name = keys
    document = tomlkit.parse(text)
    ours = tomlkit.parse(written.rstrip("\n").replace("\n", newline) + 2 * newline)
    try:
        if parent not in document:
            document.append(parent, tomlkit.table(is_super_table=True))
        document[parent].append(name, ours[parent][name])
        after = _apart(tomlkit.dumps(document), f"[{parent}.{name}]", newline)
        values: dict[str, Any] = tomllib.loads(after)
        del values[parent][name]
    except (TOMLKitError, tomllib.TOMLDecodeError, ValueError, TypeError, AttributeError, KeyError) as error:
        raise _no_place(file, parent, name) from error
    before = tomllib.loads(text)
    if values not in (before, {**before, parent: {}}) or not _holds(after.splitlines(), text.splitlines()):
        raise _no_place(file, parent, name)
    return after


def _apart(text: str, head: str, newline: str) -> str:
    """A text with an empty line before a table, and one line end at its own end."""
    before, found, after = text.partition(head)
    gap = before.rstrip(newline) + 2 * newline if before.strip() else ""
    return gap + found + after.rstrip(newline) + newline


def _holds(lines: Sequence[str], wanted: Sequence[str]) -> bool:
    """Whether all wanted lines are among the lines, in their order and each as it was."""
    rest = iter(lines)
    return all(line in rest for line in wanted if line.strip())


def _no_place(file: str, parent: str, name: str) -> UserError:
    return error_at(
        file,
        (1, 1),
        f"[{parent}.{name}] can't be put in without changing what is there",
        "write the configuration to scrimp.yaml: leave --pyproject out",
    )
