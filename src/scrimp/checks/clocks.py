"""Calls whose value is another one each time: clocks, calendars and generators of random values."""

from __future__ import annotations

from enum import StrEnum
from typing import Final

from scrimp.expressions import compiled_late
from scrimp.model.fillers import Filler


class Change(StrEnum):
    """How often a value changes."""

    CALL = "call"
    DAY = "day"


CLOCKS: Final = (
    *("datetime.datetime.now", "datetime.datetime.utcnow", "datetime.datetime.today"),
    *("time.time", "time.time_ns", "time.ctime", "time.asctime", "time.monotonic", "time.perf_counter"),
    *("django.utils.timezone.now", "django.utils.timezone.localtime", "pandas.Timestamp.now", "pendulum.now"),
    *("arrow.now", "arrow.utcnow", "Date.now", "performance.now", "dayjs", "moment"),
)
CALENDARS: Final = ("datetime.date.today", "django.utils.timezone.localdate", "pendulum.today")
GENERATORS: Final = (
    *(
        "uuid.uuid1",
        "uuid.uuid4",
        "uuid.uuid7",
        "uuid.v1",
        "uuid.v4",
        "uuid.v7",
        "shortuuid.uuid",
        "ulid.ulid",
    ),
    *("secrets.token_hex", "secrets.token_urlsafe", "secrets.token_bytes", "secrets.randbelow", "os.urandom"),
    *("random.random", "random.randint", "random.randrange", "random.uniform", "random.getrandbits"),
    *("Math.random", "crypto.randomUUID", "crypto.randomBytes", "nanoid.nanoid"),
)
"""Functions by their full names, from the documentation of their packages, read in November 2026. What chooses among
given things (``random.choice``) is left out: what it chooses is meant to be sent."""

_OPENED: Final = "Date"
"""A constructor that gives the time of the call unless it is given another."""
_FROM_TIME: Final = (
    *("datetime.datetime.fromtimestamp", "datetime.datetime.utcfromtimestamp"),
    *("time.gmtime", "time.localtime"),
)
"""Functions that are given a time; the last two take that of the call if they are given none."""
_FORMATTED: Final = frozenset({"format", "str", "repr", "int", "round", "String"})
"""Functions that write a value down; what they are given tells how often it changes."""
_WRITES: Final = frozenset({"format", "strftime", "toFormat", "time.strftime"})
_DIRECTIVE: Final = compiled_late(r"%[-_0^#]?([A-Za-z+])")
_TIME_OF_DAY: Final = frozenset("HIMSfpXcsTRr+")
"""Directives of ``strftime`` that say more than the day."""
_LETTERS: Final = compiled_late(r"\b(?:[Hhms]{1,2}|S{1,3}|[LTx])\b|L{1,4}T")
"""The same in formats of dayjs and moment."""
_DAY: Final = compiled_late(
    r"\.(?:date|year|month|day|weekday|isoweekday|toDateString|toLocaleDateString|getFullYear|getMonth|getDate|getDay)"
    r"(?:\.|$)|\.toISOString\.(?:split|slice|substring|substr)(?:\.|$)"
)
"""What is taken of a time that is only its day."""


def change_of(filler: Filler) -> Change | None:
    """How often the value of a call changes by itself; ``None`` if that isn't known."""
    name = filler.function
    if name in _FORMATTED or name.startswith(_FROM_TIME):
        inner = Change.CALL if name in _FROM_TIME[2:] and not filler.arguments else None
        found = next((change for each in filler.of if (change := change_of(each)) is not None), inner)
        return Change.DAY if found is not None and _DAY.search(name) else _written(filler, found)
    if _is_one_of(name, GENERATORS):
        return Change.CALL
    if _is_one_of(name, CALENDARS):
        return Change.DAY
    if name == "time.strftime":
        return _written(filler, Change.CALL) if len(filler.arguments) == 1 else None
    if _is_one_of(name, CLOCKS) or _is_new_date(filler):
        return Change.DAY if _DAY.search(name) else _written(filler, Change.CALL)
    return None


def _written(filler: Filler, change: Change | None) -> Change | None:
    """How often a value changes once a call has written it down by a format: a day has no hours."""
    if change is not Change.CALL or (
        filler.function not in _WRITES and _last(filler.function) not in _WRITES
    ):
        return change
    formats = [each.value for each in filler.arguments if each.is_known and isinstance(each.value, str)]
    return Change.DAY if formats and not any(map(_tells_time_of_day, formats)) else change


def _tells_time_of_day(written: str) -> bool:
    directives = _DIRECTIVE.findall(written)
    return bool(_TIME_OF_DAY.intersection(directives)) if directives else _LETTERS.search(written) is not None


def _is_new_date(filler: Filler) -> bool:
    """Whether it is the time of the call, or something of it, that JavaScript's ``new Date()`` gives."""
    calls = [each for each in filler.chain() if each.function == _OPENED]
    return (
        filler.function.partition(".")[0] == _OPENED
        and bool(calls)
        and not any(each.arguments for each in calls)
    )


def _is_one_of(name: str, functions: tuple[str, ...]) -> bool:
    return any(name == each or name.startswith(f"{each}.") for each in functions)


def _last(name: str) -> str:
    return name.rpartition(".")[2]
