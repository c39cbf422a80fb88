"""The workflow that judges pull requests with GitHub Actions, as ``docs/ci.md`` explains it."""

from __future__ import annotations

import json
import re
from importlib.resources import files

PLACE = ".github/workflows/prompts.yml"

_PLAIN = re.compile(r"[A-Za-z][\w./-]*")


def workflow(repository: str, commit: str, branch: str) -> str:
    """The text of the workflow; ``repository`` is ``owner/name``, ``branch`` the one that changes are merged into."""
    text = files("scrimp.starting").joinpath("workflow.yml").read_text("utf-8")
    filled = text.replace("OWNER/scrimp@COMMIT", f"{repository}@{commit}")
    return filled.replace("branches: [main]", f"branches: [{_written(branch)}]")


def _written(branch: str) -> str:
    """A branch's name as it stands in a list of patterns: what would mean something else there is quoted or escaped."""
    pattern = re.sub(r"[*?+\[\]!\\]", lambda sign: f"\\{sign[0]}", branch)
    return pattern if _PLAIN.fullmatch(pattern) else json.dumps(pattern)
