"""A tree of files in memory, as the loader of configurations sees it."""

from __future__ import annotations

from collections.abc import Iterable

import pytest

from scrimp.config.load import Loaded, load
from scrimp.model.errors import UserError

FULL_YAML = """\
required_version: ">=0.1"
model: gpt-5-mini
calls_per_month: 10_000
exclude: ["vendor/**"]
prompts:
  - match: "src/search/**"
    model: claude-sonnet-5
    calls_per_month: 250_000
    output_tokens: 300
    variables: {docs: 3000, question: 40}
    cache: {hit_rate: 0.8}
    tier: batch
    owner: search
budgets:
  - name: repository
    max_monthly_increase: $200
    max_monthly_increase_percent: 5
    max_monthly: $12_000
    allowance: $20_000
    max_share_percent: 10%
    unknown: warn
  - name: search team
    owner: search
    match: "src/**"
    model: claude-*
    max_per_call: $0.05
    max_prompt_tokens: 4000
    level: warn
    exceptions: [{match: "src/search/legacy.py", until: 2027-03-01, reason: "migration"}]
fail_on: error
select: [ALL]
ignore: [WRD]
rules: {CCH001: {severity: error, least: 3}}
per_path: {"tests/**": {ignore: [ALL]}}
packs: [".scrimp/rules/*.yaml"]
formats: [formats.yaml]
sdks: [sdks.yaml]
owners: {"src/mail/": post, "src/": core}
usage: scrimp-usage.yaml
prices: {my-finetune: {input: 3.00, cached_input: 0.30, output: 12.00}}
models: {our-deployment: {like: gpt-4o}, my-finetune: {encoding: o200k_base}}
calibration: calibration.yaml
"""

"""Every key there is."""

FULL_TOML = """\
[project]
name = "other"

[tool.scrimp]
required_version = ">=0.1"
model = "gpt-5-mini"
calls_per_month = 10_000
exclude = ["vendor/**"]
fail_on = "error"
select = ["ALL"]
ignore = ["WRD"]
rules.CCH001 = { severity = "error", least = 3 }
packs = [".scrimp/rules/*.yaml"]
formats = ["formats.yaml"]
sdks = ["sdks.yaml"]
usage = "scrimp-usage.yaml"
calibration = "calibration.yaml"
models = { our-deployment = { like = "gpt-4o" }, my-finetune = { encoding = "o200k_base" } }
owners = { "src/mail/" = "post", "src/" = "core" }

[[tool.scrimp.prompts]]
match = "src/search/**"
model = "claude-sonnet-5"
calls_per_month = 250_000
output_tokens = 300
variables = { docs = 3000, question = 40 }
cache.hit_rate = 0.8
tier = "batch"
owner = "search"

[[tool.scrimp.budgets]]
name = "repository"
max_monthly_increase = "$200"
max_monthly_increase_percent = 5
max_monthly = "$12_000"
allowance = "$20_000"
max_share_percent = "10%"
unknown = "warn"

[[tool.scrimp.budgets]]
name = "search team"
owner = "search"
match = "src/**"
model = "claude-*"
max_per_call = "$0.05"
max_prompt_tokens = 4000
level = "warn"
exceptions = [{ match = "src/search/legacy.py", until = 2027-03-01, reason = "migration" }]

[tool.scrimp.per_path."tests/**"]
ignore = ["ALL"]

[tool.scrimp.prices.my-finetune]
input = 3.00
cached_input = 0.30
output = 12.00
"""
"""The same in TOML, beside a table of another tool."""


class Files(dict[str, str | bytes]):
    """Files by path; text is UTF-8."""

    def read(self, path: str) -> bytes | None:
        content = self.get(path)
        return content.encode() if isinstance(content, str) else content

    def paths(self) -> Iterable[str]:
        return list(self)


def loaded(**texts: str) -> Loaded:
    """The configuration of a tree with a ``scrimp.yaml`` (``yaml``) or a ``pyproject.toml`` (``toml``)."""
    names = {"yaml": "scrimp.yaml", "toml": "pyproject.toml"}
    return load(Files({names[kind]: text for kind, text in texts.items()}))


def refused(files: dict[str, str | bytes], explicit: str | None = None) -> tuple[str, str]:
    """Message and hint of the error that a tree's configuration is refused with."""
    with pytest.raises(UserError) as caught:
        load(Files(files), explicit)
    return caught.value.message, caught.value.hint
