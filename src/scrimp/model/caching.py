"""What a provider's cache can do for a prompt or a request."""

from __future__ import annotations

from decimal import Decimal

from msgspec import Struct


class Caching(Struct, frozen=True):
    """What of a prompt or request can be cached, in tokens, and what it would cost if it were, in USD.

    ``prefix`` is what is sent up to the first hole that changes; ``cacheable`` what of it the provider's ``minimum``
    and steps leave (``minimum`` is ``None`` where nobody states one). ``per_call`` and ``monthly`` are the typical cost
    in the scenario of ``prices.caching.IF_CACHED_RATE``, ``None`` where no price is known. Of a request, ``read`` and
    ``written`` are the tokens of a call that its costs as configured take to be read from and written to the cache,
    and ``break_even`` the calls within a lifetime from which on caching pays, ``None`` if it never does.
    """

    prefix: int
    minimum: int | None
    cacheable: int
    per_call: Decimal | None
    monthly: Decimal | None
    read: Decimal = Decimal(0)
    written: Decimal = Decimal(0)
    break_even: int | None = None
