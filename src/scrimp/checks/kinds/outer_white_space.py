"""White space before the first word of a message and after its last: sent with every call, read as nothing.

Only what is known to be a whole message, or is a file that is one, has an outside; of a part of a message nobody
knows whether its white space keeps it from its neighbours.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from scrimp.checks.context import Context
from scrimp.checks.hits import Abstention, Hit, Span, place_of_first, removals
from scrimp.checks.margin import loses_indentation
from scrimp.checks.view import View
from scrimp.config.cards import Card
from scrimp.model.findings import Safety
from scrimp.model.measured import MeasuredPrompt
from scrimp.model.prompts import Prompt, Request

_FILES: Final = frozenset({"agent", "jinja", "markdown", "mustache", "plain"})
"""Formats of files that are nothing but a text."""

_PART: Final = "the text may be a part of a message, which its white space keeps from the rest"


def check(measured: MeasuredPrompt, card: Card, context: Context) -> Iterator[Hit | Abstention]:  # noqa: ARG001
    """At most one hit a prompt. The line end that every file of text has stays."""
    text = context.view
    is_file = _is_file(measured.prompt, text)
    changes = removals(text, _outside(text, keep_last=is_file))
    if not changes or not (is_file or text.literal):
        return
    if measured.prompt.inlined or (text.literal and not _is_sent(measured.prompt, context)):
        yield Abstention(_PART)
        return
    begins = "begins" if changes[0].start == 0 else "ends"
    both = " and ends" if len(changes) > 1 else ""
    yield Hit(
        *place_of_first(changes, context),
        f"the message {begins}{both} with white space",
        "",
        changes=changes,
        safety=Safety.SAFE if is_file else Safety.UNSAFE,
    )


def _is_file(prompt: Prompt, text: View) -> bool:
    """Whether the text is all of a file."""
    first = text.written(0, 1) or ()
    return prompt.format in _FILES and any(start == 0 for _, start, _ in first)


def _is_sent(prompt: Prompt, context: Context) -> bool:
    """Whether calls send the text as a message of its own."""
    return (
        prompt.kind == "message"
        and not loses_indentation(prompt, context)
        and any(_stands_alone(prompt, each.request) for each in context.requests)
    )


def _stands_alone(prompt: Prompt, request: Request) -> bool:
    """Whether a call sends the text as the only one in its role, so that it is no part of a longer one."""
    roles = [part.role for part in request.parts]
    own = next(part.role for part in request.parts if part.prompt == prompt.id)
    return not request.implicit and roles.count(own) == 1


def _outside(text: View, *, keep_last: bool) -> Iterator[Span]:
    """The white space at both ends of a text, but for its last line end if that is to stay."""
    start = len(text.text) - len(text.text.lstrip())
    end, stop = len(text.text.rstrip()), len(text.text)
    if keep_last and text.text.endswith("\n"):
        stop -= 2 if text.text.endswith("\r\n") else 1
    if start and end:
        yield 0, start
    if start < end < stop:
        yield end, stop
