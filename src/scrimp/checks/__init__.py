"""Rules over a measured tree: a card says what is wasteful, a kind of check (see ``kinds``) finds it.

``run`` asks each rule about each prompt, request or the whole tree, and makes findings of its hits. A hit that
claims to save tokens is dropped unless it saves at least one by the prompt's own tokenizer.
"""

from __future__ import annotations

from scrimp.checks.cards import all_cards, make_ready, shipped_cards
from scrimp.checks.context import Context, RequestContext, TokenLimit, TreeContext
from scrimp.checks.findings import order
from scrimp.checks.giving_way import told
from scrimp.checks.hits import Abstention, Hit
from scrimp.checks.kinds import KINDS, Kind, OfComments, OfPrompts, OfRequests, OfTree
from scrimp.checks.run import WHOLE, Abstained, Results, Ruling, run
from scrimp.checks.worth import CacheTerms

__all__ = [
    "KINDS",
    "WHOLE",
    "Abstained",
    "Abstention",
    "CacheTerms",
    "Context",
    "Hit",
    "Kind",
    "OfComments",
    "OfPrompts",
    "OfRequests",
    "OfTree",
    "RequestContext",
    "Results",
    "Ruling",
    "TokenLimit",
    "TreeContext",
    "all_cards",
    "make_ready",
    "order",
    "run",
    "shipped_cards",
    "told",
]
