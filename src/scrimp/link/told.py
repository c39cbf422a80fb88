"""Texts that are told to people through a name: raised in errors, or asked for at a keyboard."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cache
from typing import TypeAlias

from scrimp.model.algebra import Reference
from scrimp.model.facts import Facts

Local: TypeAlias = tuple[str, str, str]
"""A name by its path and the scope that it is used in."""

TELLS = re.compile(
    r"(?:Error|Exception|Warning)$|(?:^|\.)(?:input|confirm|getpass|warn|deprecated|HTTPException)$"
)
"""Callees whose text people read. Those of logs aren't among them: prompts are logged too."""


@cache
def _tells(callee: str) -> bool:
    """Whether what a callee is given is told to people; a tree calls few functions very often."""
    return TELLS.search(callee) is not None


def told_to_people(files: Mapping[str, Facts]) -> Iterator[Local]:
    """The names that calls which speak to people are given, as in ``msg = …; raise ValueError(msg)``."""
    for path, facts in files.items():
        for site in facts.calls:
            if _tells(site.callee):
                for argument in site.call.arguments:
                    if isinstance(argument.value, Reference):
                        yield path, argument.value.scope, argument.value.name
