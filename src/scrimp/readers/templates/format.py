"""Python's ``str.format`` templates: ``{name}``, ``{}``, ``{0.attribute!r:>10}``, ``{{`` and ``}}``."""

from __future__ import annotations

import re

from scrimp.model.algebra import Expression, Text
from scrimp.readers.templates.parts import Parts

_FIELD = r"\{(?P<name>[A-Za-z_]\w*(?:\.\w+|\[[^\[\]{}]*\])*|\d*)(?:![rsa])?(?::(?:[^{}]|\{\w*\})*)?\}"
_STRICT = re.compile(rf"(?P<escape>\{{\{{|\}}\}})|{_FIELD}|(?P<foreign>[{{}}])")
_LOOSE = re.compile(r"(?<!\{)" + _FIELD.replace(r"\d*", r"\d+") + r"(?!\})")


def scan(text: Text) -> Expression:
    """The template's text and variables; a variable is named by its field, an empty one by its number.

    Where a brace can be no field (a JSON example), ``str.format`` would refuse the template, so something
    else fills it: then double braces stay as they are and only named fields are variables.
    """
    tokens = list(_STRICT.finditer(text.value))
    if any(token["foreign"] for token in tokens):
        return _fields(text, list(_LOOSE.finditer(text.value)))
    return _fields(text, tokens)


def _fields(text: Text, tokens: list[re.Match[str]]) -> Expression:
    parts = Parts(text)
    number = 0
    for token in tokens:
        if token.groupdict().get("escape"):
            parts.unit(token[0][0], token.start(), token.end())
            continue
        parts.variable(token["name"] or str(number), token.start(), token.end())
        number += not token["name"]
    return parts.expression()
