"""Another implementation of the vocabularies, to compare counts with: the native part of ``bpe-openai``."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from importlib.machinery import ExtensionFileLoader
from importlib.util import find_spec, module_from_spec, spec_from_file_location
from pathlib import Path
from typing import Any


def counter(encoding_name: str) -> Callable[[str], int]:
    """What counts a text without surrogates by this vocabulary."""
    count: Callable[[str], int] = _bindings().tokenizer_for_encoding(encoding_name).count
    return count


@cache
def _bindings() -> Any:
    """The native module alone: importing its package takes half a second and warns of its own imports."""
    package = find_spec("bpe_openai")
    assert package is not None
    folder = Path((package.submodule_search_locations or [])[0])
    path = next(path for path in folder.glob("_bindings.*") if path.suffix in {".so", ".pyd"})
    spec = spec_from_file_location("_bindings", path, loader=ExtensionFileLoader("_bindings", str(path)))
    assert spec is not None
    assert spec.loader is not None
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    return module
