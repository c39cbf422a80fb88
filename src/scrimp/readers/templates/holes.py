"""Template languages that only have holes: no branches, no loops, no escapes.

Their forms are from the documentation of Semantic Kernel ("Prompt template syntax"), Dify ("Variables"), n8n
("Expressions"), ragflow ("Agent components"), Visual Studio Code ("Prompt files") and Claude Code ("Slash
commands"), all read in November 2026.
"""

from __future__ import annotations

import re

from scrimp.model.algebra import Expression, Text
from scrimp.readers.templates.parts import Parts

_DIFY = r"\{\{#?(?P<dify>[A-Za-z_0-9][\w.-]*?)#?\}\}"

FORMS = {
    "semantic-kernel": re.compile(
        r"\{\{\s*(?:\$(?P<variable>\w+)|\"(?P<text>[^\"{}]*)\"|'(?P<quoted>[^'{}]*)'|(?P<call>[\w.-]+)[^{}]*)\s*\}\}"
    ),
    "dify": re.compile(_DIFY),
    "n8n": re.compile(r"\A=|\{\{(?P<code>(?:[^{}]|\{(?!\{)|\}(?!\}))++)\}\}"),
    "ragflow": re.compile(r"\{(?P<name>(?:[\w-]+:)?[\w-]+@[\w.-]+|(?:sys|env)\.\w+|[A-Za-z_]\w*)\}"),
    "angle": re.compile(r"<<(?P<name>(?!/?SYS>>)[A-Za-z_]\w*)>>"),
    "input": re.compile(r"\$(?:(?P<all>ARGUMENTS(?:\[\d+\])?|\d)\b|\{(?P<input>[A-Za-z]\w*(?::[^{}]*)?)\})"),
}
"""The holes of each language: a group that matches names the hole, ``text`` and ``quoted`` are sent as they are, and
what matches without a group is not sent. In n8n only a text that begins with ``=`` has holes."""


def scan(language: str, text: Text) -> Expression:
    """The template's text and variables."""
    if language == "n8n" and not text.value.startswith("="):
        return text
    parts = Parts(text)
    for hole in FORMS[language].finditer(text.value):
        group = hole.lastgroup
        if group is None or group in {"text", "quoted"}:
            parts.unit(hole[group] if group else "", hole.start(), hole.end())
        else:
            parts.variable(hole[group].strip(), hole.start(), hole.end())
    return parts.expression()
