"""Python's ``string.Template``: ``$name``, ``${name}``, ``$$``."""

from __future__ import annotations

import re

from scrimp.model.algebra import Expression, Text
from scrimp.readers.templates.parts import Parts

_FIELD = re.compile(
    r"\$(?:(?P<escape>\$)|(?P<bare>[A-Za-z_][A-Za-z0-9_]*)|\{(?P<braced>[A-Za-z_][A-Za-z0-9_]*)\})"
)


def scan(text: Text) -> Expression:
    """The template's text and variables; a dollar sign that begins no name is text."""
    parts = Parts(text)
    for field in _FIELD.finditer(text.value):
        if field["escape"]:
            parts.unit("$", field.start(), field.end())
        else:
            parts.variable(field["bare"] or field["braced"], field.start(), field.end())
    return parts.expression()
