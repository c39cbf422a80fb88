"""Models that a later one of the same maker is meant to replace, as dated data (see ``superseded.toml``)."""

from __future__ import annotations

from datetime import date
from functools import lru_cache
from pathlib import Path

import msgspec
from msgspec import Struct

from scrimp.catalog.names import FINE_TUNED, parse
from scrimp.tables import table


class Succession(Struct, frozen=True, forbid_unknown_fields=True):
    """Some models, the ``successor`` of all of them, the day it came out, and the maker's word for it."""

    models: tuple[str, ...]
    successor: str
    since: date
    source: str


@lru_cache(maxsize=1)
def successions() -> tuple[Succession, ...]:
    """All successions, first match first."""
    rows = table(Path(__file__).with_name("superseded.toml"))["succession"]
    return msgspec.convert(rows, tuple[Succession, ...])


def succession_of(model: str) -> Succession | None:
    """What a model, in any spelling of its name, is replaced by; ``None`` if nobody says that it is.

    A fine-tuned model is not: it can do what its successor can't.
    """
    name = parse(model)
    if name.zone == FINE_TUNED:
        return None
    known = {name.bare, name.undated}
    return next((each for each in successions() if known & {*each.models}), None)


def in_place_of(model: str, succession: Succession) -> str:
    """The successor of a model, by the name that it has where the model is served."""
    provider = parse(model).provider
    return f"{provider}/{succession.successor}" if provider else succession.successor
