"""Images of the tree that prompts show, by the paths that stand in their holes: ``<img src="assets/plan.png"/>``."""

from __future__ import annotations

import posixpath
from collections.abc import Iterable, Iterator, Mapping
from typing import TypeAlias

from scrimp.catalog.models import Model
from scrimp.measure.variables import VariableSize
from scrimp.model.prompts import Prompt
from scrimp.model.segments import VariableSegment, walk
from scrimp.tokens.images import image_tokens
from scrimp.tokens.pixels import Size

SUFFIXES = (".png", ".jpg", ".jpeg", ".gif", ".webp")
"""Of the formats that models take."""

Pictures: TypeAlias = Mapping[str, Size]
"""The sizes in pixels of images of the tree, by their paths."""


def shown(prompts: Iterable[Prompt]) -> Iterator[str]:
    """The paths at which the images that prompts show may lie."""
    for prompt in prompts:
        for segment in walk(prompt.segments):
            if isinstance(segment, VariableSegment):
                yield from places(segment.name, prompt.path)


def places(name: str, path: str) -> tuple[str, ...]:
    """Where the image of a hole may lie, seen from a prompt's file: beside it, or below the root; none for no image."""
    if not name.lower().endswith(SUFFIXES):
        return ()
    beside = posixpath.normpath(posixpath.join(posixpath.dirname(path), name))
    return tuple(dict.fromkeys((beside, posixpath.normpath(name))))


def picture_sizes(prompt: Prompt, pictures: Pictures, model: Model | None) -> dict[str, VariableSize]:
    """The tokens of the images that a prompt shows, by the names of its holes; unknown for some models."""
    if not pictures:
        return {}
    names = {each.name for each in walk(prompt.segments) if isinstance(each, VariableSegment)}
    return {name: size for name in names if (size := _size(name, prompt.path, pictures, model)) is not None}


def _size(name: str, path: str, pictures: Pictures, model: Model | None) -> VariableSize | None:
    place = next((each for each in places(name, path) if each in pictures), None)
    if place is None:
        return None
    width, height = pictures[place]
    tokens = image_tokens(model, width, height)
    if tokens.typical is None:
        return None
    source = f"image {place}, {width} x {height} pixels"
    return VariableSize(tokens.low or 0, tokens.typical, tokens.high, tokens.grade, source)
