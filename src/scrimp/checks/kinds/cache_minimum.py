"""A beginning that never changes and is a little too short for the provider's cache."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

from scrimp.checks.context import RequestContext
from scrimp.checks.hits import Hit, settings
from scrimp.checks.prefixes import is_known, paid_if_cached
from scrimp.config.cards import Card
from scrimp.model.measured import MeasuredRequest
from scrimp.prices.caching import IF_CACHED_RATE


class Options(msgspec.Struct, frozen=True):
    """``min_share``: the share of the provider's minimum from which a beginning is a little too short."""

    min_share: float


def check(measured: MeasuredRequest, card: Card, context: RequestContext) -> Iterator[Hit]:
    """At most one hit, at the call: what a call saves if its beginning is as long as the minimum, and cached.

    What it is made longer by is sent and paid for too, at the price of cached tokens.
    """
    request, caching = measured.request, measured.caching
    if caching is None or caching.minimum is None or not is_known(measured):
        return
    if not settings(card, Options).min_share * caching.minimum <= caching.prefix < caching.minimum:
        return
    paid = paid_if_cached(context.caching, IF_CACHED_RATE)
    if paid is None:
        return
    yield Hit(
        path=request.path,
        start=request.start,
        end=request.end,
        message=(
            f"the first {caching.prefix:,} tokens are the same in every call: {caching.minimum - caching.prefix:,} "
            f"more, such as tools or examples in front, and {measured.model} caches them"
        ),
        identity="",
        tokens_saved=int(caching.prefix - paid * caching.minimum),
    )
