"""Writes the JSON Schema of the configuration, which editors use, from the classes that validate it.

Run it after a change of ``scrimp.config.schema``: ``python scripts/generate_schemas.py``. A test compares the
file with the classes.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import msgspec

from scrimp.config.globs import Pattern
from scrimp.config.owners import Owner
from scrimp.config.quantities import Money, Percent, Price, Share, VersionSpecifier
from scrimp.config.schema import Document

TARGET = Path(__file__).parents[1] / "src/scrimp/config/scrimp.schema.json"

_AMOUNT = r"^\s*\$?\s*(\d+([_,]\d{3})*(\.\d+)?|\.\d+)\s*$"
_NUMBER = r"^\s*\$?\s*\d+(\.\d+)?\s*$"
_CUSTOM: dict[type, dict[str, Any]] = {
    Money: {"anyOf": [{"type": "number", "minimum": 0}, {"type": "string", "pattern": _AMOUNT}]},
    Percent: {
        "anyOf": [
            {"type": "number", "minimum": 0},
            {"type": "string", "pattern": r"^\s*\d+(\.\d+)?\s*%?\s*$"},
        ]
    },
    Price: {
        "anyOf": [{"type": "number", "minimum": 0, "maximum": 100000}, {"type": "string", "pattern": _NUMBER}]
    },
    Share: {"type": "number", "minimum": 0, "maximum": 1},
    Owner: {"type": "string", "pattern": r"[^@\s]"},
    Pattern: {"type": "string", "pattern": "^[^!#]"},
    VersionSpecifier: {"type": "string", "pattern": r"^\s*(>=|<=|==|!=|~=|>|<)\s*\d"},
}
"""What the validator leaves to the types themselves, as near as a schema can say it."""


def schema() -> str:
    """The JSON Schema (draft 2020-12) as text."""
    body = msgspec.json.schema(Document, schema_hook=lambda kind: _CUSTOM[kind])
    head = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "scrimp.yaml",
        "description": "The configuration of scrimp, the prompt-efficiency linter.",
    }
    return json.dumps({**head, **body}, indent=2, ensure_ascii=False) + "\n"


if __name__ == "__main__":
    TARGET.write_text(schema(), encoding="utf-8")
    print(f"wrote {TARGET.name}")
