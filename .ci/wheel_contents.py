"""Fails if a wheel lacks data that scrimp needs at run time: wheel_contents.py WHEEL."""

from __future__ import annotations

import fnmatch
import sys
import zipfile

NEEDED = (
    "scrimp/rules/*.yaml",
    "scrimp/tokens/data/o200k_base.*",
    "scrimp/tokens/data/cl100k_base.*",
    "scrimp/tokens/data/families.json",
    "scrimp/tokens/data/framing.json",
    "scrimp/prices/data/*",
    "scrimp/reporters/scrimp-1.schema.json",
    "scrimp/config/scrimp.schema.json",
    "scrimp/starting/workflow.yml",
    "scrimp/py.typed",
    "scrimp-*.dist-info/licenses/LICENSE",
    "scrimp-*.dist-info/licenses/NOTICE",
)


def missing(names: list[str]) -> list[str]:
    """The needed patterns that no name matches."""
    return [pattern for pattern in NEEDED if not fnmatch.filter(names, pattern)]


if __name__ == "__main__":
    with zipfile.ZipFile(sys.argv[1]) as wheel:
        lacking = missing(wheel.namelist())
    if lacking:
        sys.exit(f"{sys.argv[1]} lacks {', '.join(lacking)}")
