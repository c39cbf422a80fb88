"""Texts that are told to people through a name: raised in errors, or asked for at a keyboard."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TypeAlias

from scrimp.link.call_index import CallIndex, among
from scrimp.model.algebra import Reference

Local: TypeAlias = tuple[str, str, str]
"""A name by its path and the scope that it is used in."""

ERRORS = ("Error", "Exception", "Warning")
"""How the names of errors end."""
TELLS = frozenset(("input", "confirm", "getpass", "warn", "deprecated", "HTTPException"))
"""Other callees whose text people read. Those of logs aren't among them: prompts are logged too."""


def told_to_people(calls: CallIndex) -> Iterator[Local]:
    """The names that calls which speak to people are given, as in ``msg = …; raise ValueError(msg)``."""
    telling = [name for name in calls.named if name in TELLS or name.endswith(ERRORS)]
    for path, sites in calls.by_path(among(calls.named, telling)).items():
        for site in sites:
            for argument in site.call.arguments:
                if isinstance(argument.value, Reference):
                    yield path, argument.value.scope, argument.value.name
