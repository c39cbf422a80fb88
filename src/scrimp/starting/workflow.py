"""The workflow that judges pull requests with GitHub Actions, as ``docs/ci.md`` explains it."""

from __future__ import annotations

from string import Template

PLACE = ".github/workflows/scrimp.yml"

_TEMPLATE = Template("""\
name: prompts
on:
  pull_request:
  merge_group:
  push:
    branches: [$branch]
  schedule:
    - cron: "17 4 * * 1"

permissions: {}

jobs:
  scrimp:
    runs-on: ubuntu-latest
    permissions:
      contents: read
    steps:
      - uses: actions/checkout@3d3c42e5aac5ba805825da76410c181273ba90b1 # v7.0.1
      - uses: $repository@$commit
""")


def workflow(repository: str, commit: str, branch: str) -> str:
    """The text of the workflow; ``repository`` is ``owner/name``, ``branch`` the one that changes are merged into."""
    return _TEMPLATE.substitute(repository=repository, commit=commit, branch=branch)
