"""Liquid: read as Jinja, whose marks it shares, with the words of its own tags."""

from __future__ import annotations

from collections.abc import Sequence

from scrimp.model.algebra import Expression, Text
from scrimp.readers.templates.jinja import Walk
from scrimp.readers.templates.jinja_tokens import Tag, Token

_SAME = {
    "elsif": "elif",
    "when": "elif",
    "unless": "if",
    "case": "if",
    "endunless": "endif",
    "endcase": "endif",
    "assign": "set",
    "capture": "set",
    "endcapture": "endset",
    "comment": "macro",
    "endcomment": "endmacro",
    "render": "include",
}
"""Liquid's tags by those of Jinja that do the same; what is defined and never called is a comment."""


def scan(text: Text) -> Expression:
    """What a template sends."""
    return _LiquidWalk(text).run()


class _LiquidWalk(Walk):
    """A walk over a template in which other words open and close blocks."""

    def statement(self, tag: Tag, name: str, tokens: Sequence[Token]) -> None:
        """Take in a tag. ``{% for %}`` needs no other word; a comment has no name to be called by."""
        Walk.statement(self, tag, _SAME.get(name, name), [] if name == "comment" else tokens)
