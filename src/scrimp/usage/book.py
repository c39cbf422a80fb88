"""What is known of real usage: how often each prompt is sent, and how long what is sent and answered is."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from functools import reduce

from msgspec import Struct, field
from msgspec.structs import replace

DEFAULT_NAME = "scrimp-usage.yaml"
"""The usage file, at the root of a tree, unless the configuration names another."""

DAYS_A_MONTH = Decimal("30.4375")
"""Days of an average month of the Gregorian calendar's leap cycle of four years: 365.25 / 12."""


class Period(Struct, frozen=True):
    """The days that numbers rest on, both included."""

    first: date
    last: date

    def __str__(self) -> str:
        return f"{self.first}..{self.last}"


class UsageEntry(Struct, frozen=True):
    """What is known of one prompt or call; ``None`` where nothing is.

    ``prompt`` is the id of a prompt or of a request, as ``audit`` shows it. ``calls_per_month`` counts calls in an
    average month; ``calls_estimated`` tells that no source counted them: they are the tokens of a month divided by
    those of a call as measured here, so that their product is real and neither factor alone. All sizes are means a
    call: ``input_tokens`` of everything that is sent (cached parts included), ``output_tokens`` of everything that is
    billed as output (``reasoning_tokens`` of it were thought), ``variables`` of what fills the holes, by name.
    ``unsized_tokens`` is what of the input was in no text and no variable of known size when it was measured: what
    fills the holes of unknown size, all together. ``hit_rate`` and ``write_rate`` are the shares of all input tokens,
    between 0 and 1, that were read from and written to the provider's cache. ``split`` is the number of calls among
    which the rows had to be divided, as they told no more. ``source`` names the importers, or is ``""`` where people
    wrote the entry. ``gone`` is the day on which the prompt was found missing.
    """

    prompt: str
    calls_per_month: int | None = None
    variables: Mapping[str, int] = field(default_factory=dict)
    output_tokens: int | None = None
    input_tokens: int | None = None
    hit_rate: Decimal | None = None
    period: Period | None = None
    source: str = ""
    write_rate: Decimal | None = None
    reasoning_tokens: int | None = None
    split: int = 1
    calls_estimated: bool = False
    unsized_tokens: int | None = None
    gone: date | None = None


class UsageDay(Struct, frozen=True):
    """All calls of one model on one day (UTC); ``calls`` and ``usd``, what was billed, are ``None`` where no row tells.

    ``input_tokens`` include ``cached_tokens`` and ``written_tokens``.
    """

    day: date
    provider: str
    model: str
    calls: int | None
    input_tokens: int
    cached_tokens: int
    written_tokens: int
    output_tokens: int
    usd: Decimal | None


class UsageBook(Struct, frozen=True):
    """The usage file: its path, and entries by id."""

    file: str = ""
    entries: Mapping[str, UsageEntry] = field(default_factory=dict)

    def of(self, *ids: str) -> UsageEntry | None:
        """What the entries of some ids tell together; where several tell, the first of them.

        A request is asked for by its own id, then by those of its prompts in their order: an import names the
        request only where each of its prompts is sent by others too.
        """
        found = [self.entries[each] for each in ids if each in self.entries]
        return reduce(_filled, found) if found else None


def _filled(entry: UsageEntry, other: UsageEntry) -> UsageEntry:
    """An entry, with what it doesn't tell taken from another one."""
    calls = entry if entry.calls_per_month is not None else other
    return replace(
        entry,
        calls_per_month=calls.calls_per_month,
        calls_estimated=calls.calls_estimated,
        variables={**other.variables, **entry.variables},
        output_tokens=other.output_tokens if entry.output_tokens is None else entry.output_tokens,
        input_tokens=other.input_tokens if entry.input_tokens is None else entry.input_tokens,
        unsized_tokens=other.unsized_tokens if entry.unsized_tokens is None else entry.unsized_tokens,
        hit_rate=other.hit_rate if entry.hit_rate is None else entry.hit_rate,
        write_rate=other.write_rate if entry.write_rate is None else entry.write_rate,
        reasoning_tokens=other.reasoning_tokens if entry.reasoning_tokens is None else entry.reasoning_tokens,
        period=entry.period or other.period,
        source=entry.source or other.source,
        split=max(entry.split, other.split),
    )


NO_USAGE = UsageBook()
"""Where there is no usage file."""
