"""The kinds of checks: each is one module here with one function, and one line of ``KINDS``.

The line says what the function looks at: one prompt, one request (what a call sends), or all prompts of the
tree together. It also names the struct of the options that the function reads, which are those of every card of
the kind. A function yields a ``Hit`` for what is wasted, an ``Abstention`` for what can't be decided, and
nothing for what is as it should be. It never reads a file: what it may ask is in ``scrimp.checks.context``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Final, TypeAlias

import msgspec
from msgspec import Struct

from scrimp.checks.context import Context, RequestContext, TreeContext
from scrimp.checks.hits import Abstention, Hit
from scrimp.checks.kinds import (
    blanks,
    budget,
    cache_breakpoint,
    cache_marker,
    cache_minimum,
    cache_order,
    choices,
    clock,
    comments,
    count,
    dear_settings,
    documented_parameters,
    escaped_json,
    examples,
    gaps,
    indentation,
    indented_json,
    json_rows,
    limit,
    markdown_table,
    near_identical,
    outer_white_space,
    output_cap,
    partial_indentation,
    per_item,
    pretty_json,
    price,
    ratio,
    reasoning_request,
    regex,
    repeated_passage,
    repeated_variable,
    repetition,
    separators,
    shared_paragraphs,
    similar_examples,
    spaced_json,
    stated_schema,
    substitute,
    superseded,
    table_padding,
    table_rules,
    unbounded_loop,
    unbounded_value,
    unordered_value,
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


class OfPrompts(Struct, frozen=True):
    """A kind that looks at each prompt alone."""

    check: PromptCheck
    options: type[msgspec.Struct] = NoOptions


class OfRequests(Struct, frozen=True):
    """A kind that looks at each request alone."""

    check: RequestCheck
    options: type[msgspec.Struct] = NoOptions


class OfTree(Struct, frozen=True):
    """A kind that looks at all prompts together; ``compares`` tells that it finds in one what others hold too."""

    check: TreeCheck
    options: type[msgspec.Struct] = NoOptions
    compares: bool = False


class OfComments(Struct, frozen=True):
    """A kind that looks at comments that hide findings, once there are all: ``scrimp.suppress`` does that."""

    options: type[msgspec.Struct] = NoOptions


Kind: TypeAlias = OfPrompts | OfRequests | OfTree | OfComments

KINDS: Final[dict[str, Kind]] = {
    "blanks": OfPrompts(blanks.check, blanks.Options),
    "budget": OfPrompts(budget.check, budget.Options),
    "cache-breakpoint": OfRequests(cache_breakpoint.check),
    "cache-marker": OfRequests(cache_marker.check),
    "cache-minimum": OfRequests(cache_minimum.check, cache_minimum.Options),
    "cache-order": OfPrompts(cache_order.check, cache_order.Options),
    "choices": OfRequests(choices.check),
    "clock": OfPrompts(clock.check, clock.Options),
    "comments": OfPrompts(comments.check, comments.Options),
    "count": OfPrompts(count.check, count.Options),
    "dear-settings": OfRequests(dear_settings.check, dear_settings.Options),
    "documented-parameters": OfPrompts(documented_parameters.check),
    "escaped-json": OfTree(escaped_json.check),
    "examples": OfPrompts(examples.check, examples.Options),
    "gaps": OfPrompts(gaps.check),
    "indentation": OfPrompts(indentation.check, indentation.Options),
    "indented-json": OfTree(indented_json.check, indented_json.Options),
    "json-rows": OfTree(json_rows.check, json_rows.Options),
    "limit": OfPrompts(limit.check, limit.Options),
    "near-identical": OfTree(near_identical.check, near_identical.Options, compares=True),
    "outer-white-space": OfPrompts(outer_white_space.check),
    "output-cap": OfRequests(output_cap.check, output_cap.Options),
    "partial-indentation": OfPrompts(partial_indentation.check, partial_indentation.Options),
    "per-item": OfRequests(per_item.check, per_item.Options),
    "pretty-json": OfPrompts(pretty_json.check, pretty_json.Options),
    "price": OfRequests(price.check),
    "ratio": OfPrompts(ratio.check, ratio.Options),
    "reasoning-request": OfPrompts(reasoning_request.check, reasoning_request.Options),
    "regex": OfPrompts(regex.check, regex.Options),
    "repeated-passage": OfPrompts(repeated_passage.check, repeated_passage.Options),
    "repetition": OfPrompts(repetition.check, repetition.Options),
    "separators": OfPrompts(separators.check, separators.Options),
    "shared-paragraphs": OfTree(shared_paragraphs.check, shared_paragraphs.Options, compares=True),
    "similar-examples": OfPrompts(similar_examples.check, similar_examples.Options),
    "spaced-json": OfTree(spaced_json.check, spaced_json.Options),
    "stated-schema": OfRequests(stated_schema.check, stated_schema.Options),
    "substitute": OfPrompts(substitute.check, substitute.Options),
    "superseded": OfRequests(superseded.check),
    "markdown-table": OfPrompts(markdown_table.check),
    "repeated-variable": OfPrompts(repeated_variable.check, repeated_variable.Options),
    "unbounded-loop": OfPrompts(unbounded_loop.check),
    "unbounded-value": OfTree(unbounded_value.check),
    "unordered-value": OfPrompts(unordered_value.check, unordered_value.Options),
    "suppression-expired": OfComments(),
    "suppression-unreadable": OfComments(),
    "suppression-unused": OfComments(),
    "table-padding": OfPrompts(table_padding.check),
    "table-rules": OfPrompts(table_rules.check),
}
