"""``%`` templates: Python's ``%s``, ``%(name)s``, ``%-10.3f`` and ``%%``, Ruby's ``%{name}`` and ``%<name>s``."""

from __future__ import annotations

import re

from scrimp.model.algebra import Expression, Text
from scrimp.readers.templates.parts import Parts

_FIELD = re.compile(
    r"%(?:(?P<escape>%)|\{(?P<braced>\w+)\}"
    r"|(?:\((?P<name>[^()]*)\)|<(?P<angled>\w+)>)?[#0 +-]*(?:\d+|\*)?(?:\.(?:\d+|\*))?[hlL]?[a-zA-Z])"
)
_CONVERSIONS = frozenset("diouxXeEfFgGcrsab")


def scan(text: Text) -> Expression:
    """The template's text and variables; one without a name is named by its number."""
    parts = Parts(text)
    number = 0
    for field in _FIELD.finditer(text.value):
        if field["escape"]:
            parts.unit("%", field.start(), field.end())
        elif field["braced"] or field[0][-1] in _CONVERSIONS:
            name = field["braced"] or field["angled"] or field["name"]
            parts.variable(name or str(number), field.start(), field.end())
            number += not name
    return parts.expression()
