"""The beginning of a request that is the same in every call, and what caching it would be worth."""

from __future__ import annotations

from decimal import Decimal
from typing import Final

from scrimp.checks.hits import Abstention
from scrimp.checks.worth import CacheTerms
from scrimp.model.measured import MeasuredRequest
from scrimp.model.prompts import CACHE
from scrimp.prices.caching import MILLION
from scrimp.readers.sdks import sdks

UNDECIDED: Final = Abstention("what comes from outside may bear a cache marker")
UNTOLD: Final = Abstention("no model is told, and how it caches depends on it")

_NO_BREAKPOINTS: Final = ("key", "retention", "options")
"""Ends of the names of cache markers that route or keep entries, but set no breakpoint."""


def is_known(measured: MeasuredRequest) -> bool:
    """Whether a request is a call whose model is told, so that its cache rule and prices are its own."""
    return not measured.request.implicit and measured.model_source != "default"


def is_untold(measured: MeasuredRequest, provider: str, least: int) -> bool:
    """Whether a call by a provider's own SDK, of a model that nobody tells, sends so long an unchanging beginning."""
    request, caching = measured.request, measured.caching
    if request.implicit or caching is None or caching.prefix < least or measured.provider == provider:
        return False
    if measured.model_source in ("call", "file"):
        return False
    return any(sdk.sdk == request.sdk and sdk.provider == provider for sdk in sdks())


def is_undecided(measured: MeasuredRequest) -> bool:
    """Whether something that can't be read may set a cache marker."""
    return CACHE in measured.request.undecided


def sets_breakpoint(measured: MeasuredRequest) -> bool:
    """Whether a request says where what is to be cached ends."""
    return any(not marker.name.endswith(_NO_BREAKPOINTS) for marker in measured.request.cache_markers)


def worth_caching(measured: MeasuredRequest) -> int | None:
    """What a call saves if its unchanging beginning is cached, in tokens at the full price; ``None`` if unknown.

    It is the difference of what the call costs as it is, with the hit rate that is configured, and in the scenario of
    ``prices.caching.IF_CACHED_RATE``: nine of ten calls read the beginning, the tenth pays for writing it.
    """
    caching, rates = measured.caching, measured.rates
    now = measured.per_call.typical
    if caching is None or caching.per_call is None or rates is None or now is None or not rates[0]:
        return None
    return int((now - caching.per_call) * MILLION / rates[0])


def paid_if_cached(terms: CacheTerms, hit_rate: Decimal) -> Decimal | None:
    """The share of the full price that a cached token costs on average: read mostly, written else."""
    if terms.read_share is None:
        return None
    write = Decimal(1) if terms.write_share is None else terms.write_share
    return hit_rate * terms.read_share + (1 - hit_rate) * write
