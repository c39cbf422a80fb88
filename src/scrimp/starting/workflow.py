"""The workflow that judges pull requests with GitHub Actions, as ``docs/ci.md`` explains it."""

from __future__ import annotations

from importlib.resources import files

PLACE = ".github/workflows/prompts.yml"


def workflow(repository: str, commit: str, branch: str) -> str:
    """The text of the workflow; ``repository`` is ``owner/name``, ``branch`` the one that changes are merged into."""
    text = files("scrimp.starting").joinpath("workflow.yml").read_text("utf-8")
    filled = text.replace("OWNER/scrimp@COMMIT", f"{repository}@{commit}")
    return filled.replace("branches: [main]", f"branches: [{branch}]")
