"""What every importer says of its source."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from msgspec import Struct

from scrimp.usage.exports import Sample
from scrimp.usage.rows import PassedOver, Row
from scrimp.usage.streams import Layout, Record


class Importer(Struct, frozen=True):
    """A source of usage.

    ``name`` is what ``--source`` calls it, ``title`` what people do. ``knows`` tells its exports by their beginning.
    ``rows`` gives the rows of one record of an export; it raises ``RowError`` for one that can't be understood.
    """

    name: str
    title: str
    knows: Callable[[Sample], bool]
    layout: Layout
    rows: Callable[[Record], Iterator[Row | PassedOver]]
    in_buckets: bool = False
    """Whether rows are sums of calls, which another export may add up in another way."""
