"""The JSON Schema that editors use says what the validator says."""

from __future__ import annotations

import json
import tomllib
from pathlib import Path
from runpy import run_path
from typing import Any

import pytest
from configured_tree import FULL_TOML, FULL_YAML, refused
from jsonschema import Draft202012Validator
from ruamel.yaml import YAML

import scrimp.config.schema

FOLDER = Path(scrimp.config.schema.__file__).parent
SCRIPT = FOLDER.parents[2] / "scripts/generate_schemas.py"


@pytest.fixture(scope="module")
def validator() -> Draft202012Validator:
    schema = json.loads((FOLDER / "scrimp.schema.json").read_text("utf-8"))
    Draft202012Validator.check_schema(schema)
    return Draft202012Validator(schema)


def _plain(text: str) -> Any:
    """The values as an editor sees them: dates are text."""
    return json.loads(json.dumps(YAML(typ="safe", pure=True).load(text), default=str))


def test_the_shipped_schemas_are_those_that_the_classes_give() -> None:
    made = run_path(str(SCRIPT))["schemas"]()

    assert {path.name for path in made} == {"scrimp.schema.json", "scrimp-usage.schema.json"}
    assert {path: path.read_text("utf-8") for path in made} == made


def test_what_is_accepted_is_valid(validator: Draft202012Validator) -> None:
    validator.validate(_plain(FULL_YAML))
    validator.validate(json.loads(json.dumps(tomllib.loads(FULL_TOML)["tool"]["scrimp"], default=str)))


@pytest.mark.parametrize(
    "text",
    [
        "modle: x",
        "budgets: [{max_monthly: 3}]",
        "budgets: [{name: a, max_monthly: twelve}]",
        "prompts: [{match: '!a'}]",
        "prompts: [{match: a, cache: {hit_rate: 2}}]",
        "rules: {A: {severity: high}}",
        "calls_per_month: -1",
        "required_version: latest",
        "prices: {a: {input: 1}}",
    ],
)
def test_what_is_refused_is_not_valid(validator: Draft202012Validator, text: str) -> None:
    assert refused({"scrimp.yaml": text})
    assert not validator.is_valid(_plain(text))
