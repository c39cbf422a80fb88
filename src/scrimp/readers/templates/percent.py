"""Python's ``%`` templates: ``%s``, ``%(name)s``, ``%-10.3f``, ``%%``."""

from __future__ import annotations

import re

from scrimp.model.algebra import Expression, Text
from scrimp.readers.templates.parts import Parts

_FIELD = re.compile(
    r"%(?:(?P<escape>%)|(?:\((?P<name>[^()]*)\))?[#0 +-]*(?:\d+|\*)?(?:\.(?:\d+|\*))?[hlL]?[a-zA-Z])"
)
_CONVERSIONS = frozenset("diouxXeEfFgGcrsab")


def scan(text: Text) -> Expression:
    """The template's text and variables; one without a name is named by its number."""
    parts = Parts(text)
    number = 0
    for field in _FIELD.finditer(text.value):
        if field["escape"]:
            parts.unit("%", field.start(), field.end())
        elif field[0][-1] in _CONVERSIONS:
            parts.variable(field["name"] or str(number), field.start(), field.end())
            number += not field["name"]
    return parts.expression()
