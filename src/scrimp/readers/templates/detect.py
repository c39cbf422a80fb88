"""Which template language a text is most likely written in."""

from __future__ import annotations

import re

from scrimp.expressions import compiled_late

_JINJA_TAG = compiled_late(
    r"\{%[-+]?\s*(?:if|for|set|macro|raw|include|extends|block|import|from|with"
    r"|filter|call|chat|else|elif|end\w+)\b"
)
_MUSTACHE_TAG = compiled_late(
    r"\{\{~?(?:[#^/>!]\s*[\w.@\"'-]|else\b|\{[^{}\n]+\}\}\})"
    r"|\{\{~?(?:role|media|history|section)\b[^{}\n]*\}\}"
)
_JINJA_HOLE = compiled_late(
    r"\{\{[-+]?[ \t]*[A-Za-z_]\w*(?:\.\w+|\[[^\[\]{}\n]*\]|\([^(){}\n]*\))*"
    r"(?:\s*\|[^{}\n]*|\s+(?:if|or|and)\s[^{}\n]*)?"
    r"[ \t]*[-+]?\}\}"
)
_PLAIN_HOLE = compiled_late(r"\{\{[A-Za-z_]\w*\}\}")
_NAMED_FIELD = compiled_late(
    r"(?<![{$])\{[A-Za-z_]\w*(?:\.\w+|\[\w+\])*(?:![rsa])?(?::[^{}\n\"' ]{1,12})?\}(?!\})"
)
_PERCENT = compiled_late(r"%\([A-Za-z_]\w*\)[#0 +-]*\d*(?:\.\d+)?[diouxXeEfFgGcrsa]")
_DIFY = compiled_late(r"\{\{#[\w.-]+#\}\}")
_KERNEL = compiled_late(r"\{\{\s*\$[A-Za-z_]\w*\s*\}\}")
_INPUT = compiled_late(r"\$ARGUMENTS\b|\$\{input:[A-Za-z]\w*(?::[^{}\n]*)?\}")
_ANGLE = compiled_late(r"<<(?!/?SYS>>)[A-Za-z_]\w*>>")
_DOLLAR = compiled_late(r"\$(?:[a-z_][a-z0-9_]+\b|\{[a-z_][A-Za-z0-9_]*\})")
_CODE = compiled_late(r"^[ \t]*(```|~~~).*?^[ \t]*\1", re.DOTALL | re.MULTILINE)


def sniff(text: str) -> str:
    """The template language that a text's own marks show, doubt counting as ``none``.

    A JSON example is no template: only ``{name}`` is a hole, and ``{{"a": 1}}`` beside one is an escape. A
    hole ``{{name}}`` alone reads the same in Jinja and Mustache, and is called Jinja.
    """
    if "{" in text:
        language = _braced(text)
        if language != "none":
            return language
    if _PERCENT.search(text):
        return "percent"
    if "$" in text:
        if _INPUT.search(text):
            return "input"
        if _DOLLAR.search(_CODE.sub("", text)):
            return "dollar"
    return "angle" if "<<" in text and _ANGLE.search(text) else "none"


def _braced(text: str) -> str:
    """The language of a text with braces, ``none`` where they are no template's."""
    if _DIFY.search(text):
        return "dify"
    if _KERNEL.search(text):
        return "semantic-kernel"
    if _JINJA_TAG.search(text):
        return "jinja"
    if _MUSTACHE_TAG.search(text):
        return "mustache"
    fields = _NAMED_FIELD.search(text)
    hole = _JINJA_HOLE.search(text)
    if hole and not (fields and _all_escapes(text)):
        return "jinja"
    return "format" if fields else "none"


def _all_escapes(text: str) -> bool:
    """Whether every double brace may be an escape of ``str.format``: as many close as open, none spaced."""
    spaced = any(not _PLAIN_HOLE.fullmatch(hole[0]) for hole in _JINJA_HOLE.finditer(text))
    return not spaced and text.count("{{") == text.count("}}")
