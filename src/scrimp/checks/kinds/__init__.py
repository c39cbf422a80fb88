"""The kinds of checks: each is one module here with one function, and one line of ``KINDS``.

The line says what the function looks at: one prompt, one request (what a call sends), or all prompts of the
tree together. It also names the struct of the options that the function reads, which are those of every card of
the kind. A function yields a ``Hit`` for what is wasted, an ``Abstention`` for what can't be decided, and
nothing for what is as it should be. It never reads a file: what it may ask is in ``scrimp.checks.context``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Final, TypeAlias

import msgspec

from scrimp.checks.context import Context, RequestContext, TreeContext
from scrimp.checks.hits import Abstention, Hit
from scrimp.checks.kinds import (
    blanks,
    budget,
    cache_order,
    comments,
    count,
    gaps,
    indentation,
    limit,
    near_identical,
    outer_white_space,
    partial_indentation,
    pretty_json,
    price,
    ratio,
    regex,
    repetition,
    shared_paragraphs,
    substitute,
    table_padding,
    table_rules,
)
from scrimp.config.cards import Card
from scrimp.model.prompts import MeasuredPrompt, MeasuredRequest

PromptCheck: TypeAlias = Callable[[MeasuredPrompt, Card, Context], Iterable[Hit | Abstention]]
"""Looks at one prompt, for its text and its variables. A text that stands in several prompts is told of once."""

RequestCheck: TypeAlias = Callable[[MeasuredRequest, Card, RequestContext], Iterable[Hit | Abstention]]
"""Looks at what one call sends; a hit of it stands at the call unless it says otherwise."""

TreeCheck: TypeAlias = Callable[[Sequence[MeasuredPrompt], Card, TreeContext], Iterable[Hit | Abstention]]
"""Looks at all prompts together, those left out for which the rule doesn't run."""


class NoOptions(msgspec.Struct, frozen=True):
    """Of a kind that has none."""


@dataclass(frozen=True, slots=True)
class OfPrompts:
    """A kind that looks at each prompt alone."""

    check: PromptCheck
    options: type[msgspec.Struct] = NoOptions


@dataclass(frozen=True, slots=True)
class OfRequests:
    """A kind that looks at each request alone."""

    check: RequestCheck
    options: type[msgspec.Struct] = NoOptions


@dataclass(frozen=True, slots=True)
class OfTree:
    """A kind that looks at all prompts together."""

    check: TreeCheck
    options: type[msgspec.Struct] = NoOptions


@dataclass(frozen=True, slots=True)
class OfComments:
    """A kind that looks at comments that hide findings, once there are all: ``scrimp.suppress`` does that."""

    options: type[msgspec.Struct] = NoOptions


Kind: TypeAlias = OfPrompts | OfRequests | OfTree | OfComments

KINDS: Final[dict[str, Kind]] = {
    "blanks": OfPrompts(blanks.check, blanks.Options),
    "budget": OfPrompts(budget.check, budget.Options),
    "cache-order": OfPrompts(cache_order.check, cache_order.Options),
    "comments": OfPrompts(comments.check, comments.Options),
    "count": OfPrompts(count.check, count.Options),
    "gaps": OfPrompts(gaps.check),
    "indentation": OfPrompts(indentation.check, indentation.Options),
    "limit": OfPrompts(limit.check, limit.Options),
    "outer-white-space": OfPrompts(outer_white_space.check),
    "partial-indentation": OfPrompts(partial_indentation.check, partial_indentation.Options),
    "pretty-json": OfPrompts(pretty_json.check, pretty_json.Options),
    "near-identical": OfTree(near_identical.check, near_identical.Options),
    "price": OfRequests(price.check),
    "ratio": OfPrompts(ratio.check, ratio.Options),
    "regex": OfPrompts(regex.check, regex.Options),
    "repetition": OfPrompts(repetition.check, repetition.Options),
    "shared-paragraphs": OfTree(shared_paragraphs.check, shared_paragraphs.Options),
    "substitute": OfPrompts(substitute.check, substitute.Options),
    "suppression-expired": OfComments(),
    "suppression-unreadable": OfComments(),
    "suppression-unused": OfComments(),
    "table-padding": OfPrompts(table_padding.check),
    "table-rules": OfPrompts(table_rules.check),
}
