"""What saved tokens are worth: in a call and in a month, after what a provider's cache takes off their price."""

from __future__ import annotations

from decimal import Decimal
from typing import Final

from msgspec import Struct

from scrimp.model.caching import Caching
from scrimp.prices.book import Price
from scrimp.prices.caching import CacheRule, minimum_of, rule_of


class Saving(Struct, frozen=True):
    """Tokens of a call that are saved, and how many of them stand before the first variable that changes."""

    tokens: int
    prefix: int

    def plus(self, other: Saving) -> Saving:
        """Both together."""
        return Saving(self.tokens + other.tokens, self.prefix + other.prefix)


class Worth(Struct, frozen=True):
    """US dollars of one call and of a month; ``None`` where a price or a volume is unknown."""

    per_call: Decimal | None
    monthly: Decimal | None


UNKNOWN_WORTH: Final = Worth(None, None)


class CacheTerms(Struct, frozen=True):
    """What a model's provider does with the beginnings of prompts; ``None`` where nobody tells.

    ``minimum`` is the fewest tokens of a prefix that it keeps. ``read_share`` and ``write_share`` are the prices
    of a cached token, read and written, as shares of the usual one (0.1 is a tenth). ``rule`` is how it caches.
    """

    minimum: int | None
    read_share: Decimal | None
    write_share: Decimal | None
    rule: CacheRule | None

    @classmethod
    def of(cls, price: Price | None) -> CacheTerms:
        """The terms of a priced model."""
        rule = rule_of(price)
        if price is None or not price.input:
            return cls(minimum_of(price, rule), None, None, rule)
        read, write = price.cached_input, price.cache_write
        return cls(
            minimum_of(price, rule),
            None if read is None else read / price.input,
            None if write is None else write / price.input,
            rule,
        )


def cached_share(told: Caching | None, terms: CacheTerms) -> Decimal:
    """What a token of a request's cacheable prefix costs on average, as a share of the usual price."""
    whole = (told.cacheable or told.prefix) if told else 0
    if told is None or not whole:
        return Decimal(1)
    read, written = (min(each / whole, Decimal(1)) for each in (told.read, told.written))
    less = read * (1 - (Decimal(1) if terms.read_share is None else terms.read_share))
    more = written * ((Decimal(1) if terms.write_share is None else terms.write_share) - 1)
    return 1 - less + more
