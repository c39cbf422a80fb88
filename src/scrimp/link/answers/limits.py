"""What limits say of a shape, by the names that JSON Schema, pydantic and zod give them."""

from __future__ import annotations

from collections.abc import Mapping

from msgspec.structs import replace

from scrimp.model.answers import Either, Many, Number, Shape, Text

LONGEST = ("maxLength", "max_length", "length")
"""Most characters of a text; pydantic says so of the items of a list too."""
MOST_ITEMS = ("maxItems", "max_items", "max_length", "length")
LEAST_ITEMS = ("minItems", "min_items", "min_length", "length")
LARGEST = ("maximum", "le", "lt", "exclusiveMaximum")


def limited(shape: Shape, limits: Mapping[str, object]) -> Shape:
    """A shape within limits; of several shapes each is."""
    match shape:
        case Text():
            return replace(shape, most=_first(limits, LONGEST, shape.most))
        case Many():
            most, least = _first(limits, MOST_ITEMS, shape.most), _first(limits, LEAST_ITEMS, shape.least)
            return replace(shape, most=most, least=min(least or 0, most) if most is not None else least or 0)
        case Number():
            largest = next(
                (limits[name] for name in LARGEST if isinstance(limits.get(name), int | float)), None
            )
            return shape if largest is None else Number(_digits(largest))
        case Either():
            return Either(tuple(limited(each, limits) for each in shape.alternatives))
    return shape


def _first(limits: Mapping[str, object], names: tuple[str, ...], known: int | None) -> int | None:
    found = (limits[name] for name in names if name in limits)
    return next((each for each in found if isinstance(each, int) and not isinstance(each, bool)), known)


def _digits(largest: object) -> int | None:
    """Digits of a number that is written whole; a fraction may have any number of them."""
    return len(str(abs(largest))) if isinstance(largest, int) and not isinstance(largest, bool) else None
