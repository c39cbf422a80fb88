"""What is made of the same objects once, where these are too large to be compared."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from typing import Generic, TypeVar

from msgspec import Struct, field

Found = TypeVar("Found")


class Once(Struct, Generic[Found], frozen=True):
    """What was made, by the identities of what it was made of, which is kept: another object could take these over."""

    known: dict[Hashable, tuple[Found, tuple[object, ...]]] = field(default_factory=dict)

    def of(self, objects: tuple[object, ...], make: Callable[[], Found], besides: Hashable = None) -> Found:
        """What ``make`` makes of some objects, and of what is compared ``besides``; empty ones are all the same."""
        key = (*(id(each) if each else 0 for each in objects), besides)
        if key not in self.known:
            self.known[key] = make(), objects
        return self.known[key][0]
