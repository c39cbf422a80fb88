"""A long beginning that never changes before an end that does, where the cache is read at breakpoints alone.

Such a provider sets a breakpoint by itself at the end of each request. If that end changes, no later request has a
prefix that ends there: all of the input is written to the cache, for more than the usual price, and never read.
"""

from __future__ import annotations

from collections.abc import Iterator

from scrimp.checks.context import RequestContext
from scrimp.checks.hits import Abstention, Hit
from scrimp.checks.prefixes import UNDECIDED, is_known, is_undecided, sets_breakpoint, worth_caching
from scrimp.config.cards import Card
from scrimp.model.measured import MeasuredRequest


def check(measured: MeasuredRequest, card: Card, context: RequestContext) -> Iterator[Hit | Abstention]:  # noqa: ARG001
    """At most one hit, at the call. The tokens saved are equivalents of full-price tokens."""
    request, caching, rule = measured.request, measured.caching, context.caching.rule
    if rule is None or rule.starts != "automatic" or rule.falls_back or not rule.breakpoints:
        return
    if caching is None or not caching.cacheable or not is_known(measured) or sets_breakpoint(measured):
        return
    if (
        not measured.input_tokens.open
        and (measured.input_tokens.typical or 0) - measured.overhead <= caching.prefix
    ):
        return  # all of it is the same in every call
    if is_undecided(measured):
        yield UNDECIDED
        return
    yield Hit(
        path=request.path,
        start=request.start,
        end=request.end,
        message=(
            f"the first {caching.prefix:,} tokens are the same in every call, but {measured.model} looks for cached "
            "ones only where a breakpoint ends them, and by itself sets one where the request ends, which changes"
        ),
        identity="",
        tokens_saved=worth_caching(measured),
    )
