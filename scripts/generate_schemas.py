"""Writes the JSON Schemas of the configuration and the usage file, for editors, from the classes that validate them.

Run it after a change of ``scrimp.config.schema`` or ``scrimp.usage.file``: ``python scripts/generate_schemas.py``.
A test compares the files with the classes.
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
from scrimp.usage.file import UsageDocument

SOURCE = Path(__file__).parents[1] / "src/scrimp"

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


def schemas() -> dict[Path, str]:
    """The JSON Schemas (draft 2020-12) as text, by their files."""
    return {
        SOURCE / "config/scrimp.schema.json": _schema(
            Document, "scrimp.yaml", "The configuration of scrimp, the prompt-efficiency linter."
        ),
        SOURCE / "usage/scrimp-usage.schema.json": _schema(
            UsageDocument,
            "scrimp-usage.yaml",
            "What was really called of a repository's prompts, for scrimp.",
        ),
    }


def _schema(kind: type, title: str, description: str) -> str:
    body = msgspec.json.schema(kind, schema_hook=lambda each: _CUSTOM[each])
    head = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": title,
        "description": description,
    }
    return json.dumps({**head, **body}, indent=2, ensure_ascii=False) + "\n"


if __name__ == "__main__":
    for target, text in schemas().items():
        target.write_text(text, encoding="utf-8")
        print(f"wrote {target.name}")
