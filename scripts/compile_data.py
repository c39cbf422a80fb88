"""Writes what people edit as YAML and TOML as JSON, which is read ten to fifty times as fast.

Run it after a change of ``src/scrimp/readers/sdks/*.yaml``, the call patterns of all SDKs, which become one file, or of
a table in TOML below ``src/scrimp``, such as that of the formats: ``python scripts/compile_data.py``. Tests compare the
files with them. Each SDK is a line, and what has its default is left out.
"""

from __future__ import annotations

from pathlib import Path

import scrimp
from scrimp import tables
from scrimp.readers.sdks import COMPILED, FOLDER, compiled, load


def main() -> None:
    """Write the files."""
    texts = {path.name: path.read_bytes() for path in sorted(FOLDER.glob("*.yaml"))}
    (FOLDER / COMPILED).write_bytes(compiled(load(texts)))
    for path in Path(scrimp.__file__).parent.rglob("*.toml"):
        path.with_suffix(".json").write_bytes(tables.compiled(path))


if __name__ == "__main__":
    main()
