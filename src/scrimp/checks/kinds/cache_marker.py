"""A long beginning that never changes, sent to a provider that caches only what a call marks, without a mark."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from scrimp.checks.context import RequestContext
from scrimp.checks.hits import Abstention, Hit
from scrimp.checks.prefixes import UNDECIDED, UNTOLD, is_known, is_undecided, is_untold, worth_caching
from scrimp.config.cards import Card
from scrimp.model.measured import MeasuredRequest

LEAST: Final = 512
"""The shortest prefix that any model of Anthropic caches, in tokens; see ``prices/caching.toml`` (2026-11-24)."""


def check(measured: MeasuredRequest, card: Card, context: RequestContext) -> Iterator[Hit | Abstention]:  # noqa: ARG001
    """At most one hit, at the call. The tokens saved are equivalents of full-price tokens."""
    request, caching, rule = measured.request, measured.caching, context.caching.rule
    if is_untold(measured, "anthropic", LEAST) and not request.cache_markers:
        yield UNTOLD
        return
    if rule is None or rule.starts != "marked" or not is_known(measured) or request.cache_markers:
        return
    if caching is None or caching.minimum is None or not caching.cacheable or caching.break_even is None:
        return
    if is_undecided(measured):
        yield UNDECIDED
        return
    yield Hit(
        path=request.path,
        start=request.start,
        end=request.end,
        message=(
            f"the first {caching.prefix:,} tokens are the same in every call, and nothing marks them to be cached; "
            f"{measured.model} caches from {caching.minimum:,} tokens on, which pays from {caching.break_even} "
            f"calls within {rule.lifetimes[0]}"
        ),
        identity="",
        tokens_saved=worth_caching(measured),
    )
