"""Put the vocabularies into ``src/scrimp/tokens/data`` from a published wheel.

    python -m scripts.refresh_vocabularies

The files are taken as they are, packed, from the wheel of ``bpe-openai`` (MIT), and only if their content has
the hash that tiktoken pins for what OpenAI publishes. Then put the version and the hashes that this prints
into NOTICE; a test compares them.
"""

from __future__ import annotations

import hashlib
import tempfile
import zipfile
from pathlib import Path

from scrimp.tokens.vocabularies import DATA, VOCABULARIES, read_ranks
from scripts.price_sources import download

SOURCE = {"package": "bpe-openai", "version": "0.1.4"}
"""The version to take them from."""


def main() -> None:
    """Unpack the files, check them and print what NOTICE says of them."""
    hashes = {vocabulary.ranks: vocabulary.sha256 for vocabulary in VOCABULARIES.values()}
    with tempfile.TemporaryDirectory() as folder:
        wheel = download(SOURCE, Path(folder))
        for name, sha256 in hashes.items():
            packed = Path(folder) / f"{name}.tiktoken.gz"
            with zipfile.ZipFile(wheel) as archive:
                packed.write_bytes(archive.read(f"bpe_openai/data/{packed.name}"))
            read_ranks(packed, sha256)
            (DATA / packed.name).write_bytes(packed.read_bytes())
            print(
                f"{packed.name}: packed {hashlib.sha256(packed.read_bytes()).hexdigest()}, unpacked {sha256}"
            )


if __name__ == "__main__":
    main()
