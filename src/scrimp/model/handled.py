"""What code does to texts that are known by a name."""

from __future__ import annotations

from msgspec import Struct


class Handled(Struct, frozen=True):
    """Names, without what stands before the last dot, that tell what becomes of texts.

    ``dedenting`` are those of functions that take indentation off a text, ``filled`` those of texts whose placeholders
    some code fills by a method.
    """

    dedenting: frozenset[str] = frozenset()
    filled: frozenset[str] = frozenset()
