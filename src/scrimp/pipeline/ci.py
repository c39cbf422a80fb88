"""Whether a run is one of continuous integration."""

from __future__ import annotations

from collections.abc import Mapping

CI_VARIABLES = ("CI", "TF_BUILD", "JENKINS_URL")
"""What tells that a run is one of CI: ``CI`` of GitHub, GitLab, Bitbucket and most others, and those of Azure Pipelines
and Jenkins, which don't set it (their documentation, November 2026)."""
NO = frozenset(("", "0", "false"))


def is_ci(variables: Mapping[str, str]) -> bool:
    """Whether a run is one of CI."""
    return any(variables.get(name, "").lower() not in NO for name in CI_VARIABLES)
