"""scrimp in the configuration of pre-commit."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence

from scrimp.config.read_yaml import read_yaml
from scrimp.starting.origin import Origin
from scrimp.starting.sequence import with_item

PLACE = ".pre-commit-config.yaml"
HOOK, BUDGET_HOOK = "scrimp", "scrimp-budget"
"""The hooks that are put in: see ``.pre-commit-hooks.yaml``."""

_PLAIN = re.compile(r"[A-Za-z][\w./:@~+%-]*[\w/]")


def runs_scrimp(text: str) -> bool:
    """Whether a configuration of pre-commit already has a hook of scrimp. Raises a located ``UserError``."""
    known = read_yaml(PLACE, text.encode()).value
    repos = known.get("repos") if isinstance(known, dict) else None
    hooks = [
        hook
        for repo in _listed(repos)
        for hook in _listed(repo.get("hooks") if isinstance(repo, dict) else None)
        if isinstance(hook, dict)
    ]
    return any(str(hook.get("id", "")).startswith(HOOK) for hook in hooks)


def _listed(value: object) -> list[object]:
    return value if isinstance(value, list) else []


def with_hooks(text: str, origin: Origin, hooks: Sequence[str]) -> str:
    """A configuration of pre-commit, or ``""`` for a new one, with some hooks of scrimp. Raises ``UserError``."""
    item = [
        f"- repo: {_scalar(origin.address)}",
        f"  rev: {_scalar(origin.commit)}",
        "  hooks:",
        *(f"    - id: {hook}" for hook in hooks),
    ]
    return with_item(PLACE, text, "repos", item)


def _scalar(value: str) -> str:
    """A text that YAML reads as one: a commit of digits alone would be a number."""
    return value if _PLAIN.fullmatch(value) else json.dumps(value)
