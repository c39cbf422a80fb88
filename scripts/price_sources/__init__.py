"""What the sources of the price list have in common: how their wheels are got.

``litellm``  the table inside LiteLLM
``genai``    the data of genai-prices
"""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path


def download(source: Mapping[str, str], folder: Path) -> Path:
    """The wheel of a source, without its dependencies."""
    pip("download", "--no-deps", "--dest", str(folder), requirement(source))
    return next(folder.glob(f"{source['package'].replace('-', '_')}-*.whl"))


def install(source: Mapping[str, str], folder: Path) -> None:
    """A source and its dependencies, in a folder of its own."""
    pip("install", "--quiet", "--target", str(folder), requirement(source))


def requirement(source: Mapping[str, str]) -> str:
    """A source as pip's requirement of exactly its version."""
    return f"{source['package']}=={source['version']}"


def pip(*arguments: str) -> None:
    """Run pip, wheels only: nothing is built."""
    subprocess.run([sys.executable, "-m", "pip", *arguments, "--only-binary", ":all:"], check=True)
