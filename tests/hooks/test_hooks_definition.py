"""What ``action.yml`` promises, without running it."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML

ROOT = Path(__file__).parents[2]
LARGE = {"mistral"}
"""Extras that bring more than scrimp itself."""


def definition() -> Any:
    return YAML(typ="safe").load((ROOT / "action.yml").read_text("utf-8"))


def test_inputs_reach_the_step_through_the_environment_only() -> None:
    (step,) = definition()["runs"]["steps"]

    assert "${{" not in step["run"]
    assert {value for value in step["env"].values() if "inputs." in value} == {
        f"${{{{ inputs.{name} }}}}" for name in definition()["inputs"]
    }


def test_by_default_every_language_is_read() -> None:
    extras = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["optional-dependencies"]
    (everything,) = re.findall(r"\[(.+)\]", extras["all"][0])

    assert set(definition()["inputs"]["extras"]["default"].split(",")) == set(everything.split(",")) - LARGE
