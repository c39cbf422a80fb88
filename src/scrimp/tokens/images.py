"""How many tokens a model sees an image as, by its size in pixels.

Four forms of rules are known: *tiles* of 512 pixels after scaling to fit 2,048 and then 768 on the short side;
*patches* that cover the image, at most so many; *crops* of a fixed cost; and a *fixed* number. Which model has which is
data (``framing``).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from math import ceil, sqrt
from typing import Any

from msgspec.structs import replace

from scrimp.catalog.models import Model
from scrimp.model.amounts import Grade, Interval
from scrimp.tokens.framing import image_row

UNKNOWN: Interval[int] = Interval(None, None, None, Grade.UNKNOWN)


def image_tokens(model: Model | None, width: int, height: int, low_detail: bool = False) -> Interval[int]:
    """The tokens of an image of so many pixels; unknown for a model of which nothing is known.

    ``low_detail`` is OpenAI's ``detail: low``, which matters where images are seen in tiles. Raises ``ValueError``
    for a size below a pixel.
    """
    if min(width, height) < 1:
        raise ValueError(f"an image of {width} x {height} pixels")
    row = image_row(model)
    if row is None:
        return UNKNOWN
    at_base = low_detail and "base" in row
    found = _sure(row["base"]) if at_base else _FORMS[row["form"]](row, width, height)
    return replace(found, grade=Grade.ASSUMED) if row.get("assumed") else found


def _tiles(row: Mapping[str, Any], width: int, height: int) -> Interval[int]:
    scale = min(1, 2048 / max(width, height))
    scale *= min(1, 768 / (min(width, height) * scale))
    tiles = _covered(width * scale, height * scale, 512)
    return _sure(row["base"] + row["tile"] * tiles)


def _patches(row: Mapping[str, Any], width: int, height: int) -> Interval[int]:
    """Where an image has too many patches it is scaled down; how that rounds differs, so a little less is possible."""
    size, most, percent = row["size"], row["most"], row.get("percent", 100)
    edge = row.get("edge")
    scale = min(1, edge / max(width, height)) if edge else 1
    patches = _covered(width * scale, height * scale, size)
    if patches <= most:
        return _sure(-(-patches * percent // 100))
    shrunk = sqrt(most * size * size / (width * height))
    least = max(1, int(width * shrunk / size)) * max(1, int(height * shrunk / size))
    return Interval(
        -(-least * percent // 100), -(-most * percent // 100), -(-most * percent // 100), Grade.CALIBRATED
    )


def _crops(row: Mapping[str, Any], width: int, height: int) -> Interval[int]:
    small = max(width, height) <= row["small"]
    return _sure(row["each"] * (1 if small else _covered(width, height, row["tile"])))


def _fixed(row: Mapping[str, Any], _width: int, _height: int) -> Interval[int]:
    return Interval(row["low"], row["typical"], row["high"], Grade.CALIBRATED)


_FORMS: dict[str, Callable[[Mapping[str, Any], int, int], Interval[int]]] = {
    "tiles": _tiles,
    "patches": _patches,
    "crops": _crops,
    "fixed": _fixed,
}


def _covered(width: float, height: float, size: int) -> int:
    """How many squares cover an area; a hair's breadth over a border, which scaling may leave, doesn't count."""
    return ceil(width / size - 1e-9) * ceil(height / size - 1e-9)


def _sure(tokens: int) -> Interval[int]:
    return Interval(tokens, tokens, tokens, Grade.CALIBRATED)
