"""Writes the call patterns of all SDKs as one JSON file, which is read ten times as fast as the YAML files.

Run it after a change of ``src/scrimp/readers/sdks/*.yaml``: ``python scripts/compile_sdks.py``. A test compares the
file with them. Each SDK is a line, and what has its default is left out.
"""

from __future__ import annotations

from scrimp.readers.sdks import COMPILED, FOLDER, compiled, load


def main() -> None:
    """Write the file."""
    texts = {path.name: path.read_bytes() for path in sorted(FOLDER.glob("*.yaml"))}
    (FOLDER / COMPILED).write_bytes(compiled(load(texts)))


if __name__ == "__main__":
    main()
