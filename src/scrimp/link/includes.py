"""The text of a template file with the templates that it includes in their places."""

from __future__ import annotations

from collections.abc import Mapping

from msgspec import Struct, field

from scrimp.link import loader, transforms
from scrimp.link.limits import bounded
from scrimp.link.values import SiteKey
from scrimp.model.algebra import Expression, Include
from scrimp.model.facts import Facts
from scrimp.model.segments import InlineSegment, Segment

MOST_HOPS = 8
"""How far includes within included templates are followed."""


class Includes(Struct):
    """The templates of one tree."""

    files: Mapping[str, Facts]
    _known: dict[SiteKey, tuple[Segment, ...]] = field(default_factory=dict)
    _active: list[SiteKey] = field(default_factory=list)

    def body(self, path: str, expression: Expression) -> tuple[Segment, ...]:
        """The segments of an entry of ``path``. What can't be found, or includes itself, is a hole."""
        return bounded(transforms.segments_of(expression, path, self._included))

    def _included(self, include: Include, path: str) -> tuple[Segment, ...]:
        found = loader.units(self.files, include.target, path) if len(self._active) < MOST_HOPS else []
        if not found or any(key in self._active for key in found):
            return transforms.hole(include, path)
        return tuple(InlineSegment(key, self._text(key)) for key in found)

    def _text(self, key: SiteKey) -> tuple[Segment, ...]:
        if key not in self._known:
            path, _, number = key.rpartition("@")
            self._active.append(key)
            self._known[key] = self.body(path, self.files[path].entries[int(number)].expression)
            self._active.pop()
        return self._known[key]
