"""What the kinds that replace phrases have in common: what holds them back, and what is done to a sentence."""

from __future__ import annotations

from typing import Final

from scrimp.checks import grammar
from scrimp.checks.context import Context
from scrimp.checks.hits import Hit, Span, place_of
from scrimp.checks.protected import SHOWN
from scrimp.checks.view import MARKS
from scrimp.config.cards import Card
from scrimp.model.savings import Change

_LONGEST: Final = 60
"""Characters of a phrase that a message shows."""

_OUT_OF_REACH: Final = frozenset(MARKS + SHOWN)


def replaced(
    context: Context, card: Card, span: Span, replacement: str, *, recapitalise: bool = False
) -> Hit | None:
    """The hit that replaces a range of a prompt's text; ``None`` where something holds that back.

    Variables, edges of branches and what the card protects are never part of it. A negation is never taken away. What
    is all of a text is no phrase in it.
    """
    text, spoken = context.view.text, context.unprotected(card.protect)
    start, end = span
    original = text[start:end]
    out_of_reach = not _OUT_OF_REACH.isdisjoint(spoken[start:end])
    if (
        out_of_reach
        or original == text.strip()
        or original == replacement
        or _is_held_back(spoken, span, replacement, card)
    ):
        return None
    changed = _change(text, span, replacement, recapitalise=recapitalise)
    path, at, until = place_of(context, span)
    return Hit(
        path=path,
        start=at,
        end=until,
        message=_message(card, original, replacement),
        identity=original.lower(),
        changes=(changed,),
    )


def _is_held_back(text: str, span: Span, replacement: str, card: Card) -> bool:
    start, end = span
    if grammar.denies(text[start:end]) and not grammar.denies(replacement):
        return True
    held = {
        "modal": lambda: grammar.follows_modal(text, start),
        "gerund": lambda: grammar.precedes_gerund(text, end),
        "only": lambda: grammar.beside_only(text, start, end),
    }
    return any(held[guard]() for guard in card.guards)


def _change(text: str, span: Span, replacement: str, *, recapitalise: bool) -> Change:
    """The change with what it drags along: capitals, articles, blanks left over."""
    start, end = span
    if not replacement:
        capital = recapitalise and _is_capitalised(text, span)
        start, end = grammar.closed(text, start, end)
        following = text[end : end + 1]
        if capital and following.islower():
            return Change(start, end + 1, following.upper())
    start, replacement = grammar.with_article(text, start, end, replacement)
    return Change(start, end, replacement)


def _is_capitalised(text: str, span: Span) -> bool:
    """Whether a phrase begins with a capital since a sentence does, of which a hole may hide the beginning."""
    start, end = span
    return text[start].isupper() and (
        grammar.starts_sentence(text, start) or not text[start:end].strip().isupper()
    )


def _message(card: Card, original: str, replacement: str) -> str:
    shown, new = _clipped(original), _clipped(replacement)
    if card.message:
        return card.message.replace("{text}", shown).replace("{to}", new)
    return f"`{shown}` says no more than `{new}`" if new else f"`{shown}` adds nothing"


def _clipped(text: str) -> str:
    text = " ".join(text.split())
    return text if len(text) <= _LONGEST else text[: _LONGEST - 1] + "…"
