"""Paths as bytes, which files of the cache can hold whatever names a system lets files have."""

from __future__ import annotations

_ERRORS = "surrogatepass"
"""Names that are not UTF-8 hold lone surrogates (see ``scrimp.tree``)."""


def packed(path: str) -> bytes:
    """A path as bytes."""
    return path.encode("utf-8", _ERRORS)


def unpacked(raw: bytes) -> str:
    """The path that ``packed`` made these bytes of. Raises ``ValueError`` for others."""
    return raw.decode("utf-8", _ERRORS)
