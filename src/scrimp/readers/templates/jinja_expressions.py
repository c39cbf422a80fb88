"""Expressions in Jinja tags: the text that they may send, and the names of what fills the rest.

Only what writes text is read: literals, ``a if c else b``, ``a ~ b``, ``x | default("…")``. The rest is
a hole.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from scrimp.model.algebra import EMPTY, Branch, Expression, Text, Variable
from scrimp.model.pieces import Writer, slice_text
from scrimp.readers.templates.jinja_filters import filtered
from scrimp.readers.templates.jinja_tokens import Token
from scrimp.readers.templates.parts import join, place, unit

DEPTH = 20
"""How deep conditions and parentheses are followed; what is deeper is a hole."""

_ESCAPE = re.compile(r"\\(?:x([0-9a-fA-F]{2})|u([0-9a-fA-F]{4})|U([0-9a-fA-F]{8})|(.))", re.DOTALL)
_NAMED = {"n": "\n", "t": "\t", "r": "\r", "\\": "\\", "'": "'", '"': '"', "\n": ""}
_LONGEST_NAME = 60


def read(text: Text, tokens: Sequence[Token], start: int, end: int, depth: int = 0) -> Expression:
    """What the expression of some tokens sends; ``text.value[start:end]`` is where it stands."""
    tokens = _without_parentheses(tokens)
    if depth > DEPTH or not any(token.kind == "string" for token in tokens):
        return hole(text, tokens, start, end)
    if len(tokens) == 1:
        return _literal(text, tokens[0])
    condition = _index(tokens, "if")
    if condition > 0:
        return _conditional(text, tokens, condition, depth)
    parts = _split(tokens, "~")
    if len(parts) > 1:
        return join([_operand(text, part, depth) for part in parts])
    if _has_default(tokens):
        filled = hole(text, tokens[:-5], tokens[0].start, tokens[-6].end)
        return Branch(source(text, tokens[:-5]), (filled, _literal(text, tokens[-2])))
    return hole(text, tokens, start, end)


def hole(text: Text, tokens: Sequence[Token], start: int, end: int) -> Variable:
    """The variable that some tokens are, filled by the last of its filters if it has any."""
    where = place(text, start, end)
    return Variable(variable_name(text, tokens), *where, filtered(text, tokens, where))


def variable_name(text: Text, tokens: Sequence[Token]) -> str:
    """The name at the beginning of an expression; its source, shortened, where it begins with none."""
    if tokens and tokens[0].kind == "name" and tokens[0].value not in {"not", "loop"}:
        following = tokens[1].value if len(tokens) > 1 else "|"
        if following in {"|", "[", "(", "."}:
            return tokens[0].value
    return source(text, tokens)[:_LONGEST_NAME]


def source(text: Text, tokens: Sequence[Token]) -> str:
    """The source of some tokens, on one line."""
    return " ".join(text.value[tokens[0].start : tokens[-1].end].split()) if tokens else ""


def _conditional(text: Text, tokens: Sequence[Token], condition: int, depth: int) -> Expression:
    otherwise = _index(tokens, "else")
    end = otherwise if otherwise > condition else len(tokens)
    alternative = _operand(text, tokens[end + 1 :], depth) if end + 1 < len(tokens) else EMPTY
    chosen = _operand(text, tokens[:condition], depth)
    return Branch(source(text, tokens[condition + 1 : end]), (chosen, alternative))


def _operand(text: Text, tokens: Sequence[Token], depth: int) -> Expression:
    if not tokens:
        return EMPTY
    return read(text, tokens, tokens[0].start, tokens[-1].end, depth + 1)


def _literal(text: Text, token: Token) -> Text:
    """The text of a string literal."""
    writer = Writer()
    done = token.start + 1
    for escape in _ESCAPE.finditer(text.value, done, token.end - 1):
        writer.add(slice_text(text, done, escape.start()))
        code = escape[1] or escape[2] or escape[3]
        value = chr(min(int(code, 16), 0x10FFFF)) if code else _NAMED.get(escape[4], escape[0])
        writer.add(unit(text, value, escape.start(), escape.end()))
        done = escape.end()
    writer.add(slice_text(text, done, token.end - 1))
    return writer.text()


def _without_parentheses(tokens: Sequence[Token]) -> Sequence[Token]:
    while len(tokens) > 2 and tokens[0].value == "(" and _matching(tokens) == len(tokens) - 1:
        tokens = tokens[1:-1]
    return tokens


def _matching(tokens: Sequence[Token]) -> int:
    """The index of the bracket that closes the one at the beginning, -1 if none does."""
    depth = 0
    for index, token in enumerate(tokens):
        depth += (token.kind == "open") - (token.kind == "close")
        if depth == 0:
            return index
    return -1


def _index(tokens: Sequence[Token], word: str) -> int:
    """The index of a word outside brackets, -1 if it isn't there."""
    depth = 0
    for index, token in enumerate(tokens):
        depth += (token.kind == "open") - (token.kind == "close")
        if depth == 0 and token.value == word:
            return index
    return -1


def _split(tokens: Sequence[Token], operator: str) -> list[Sequence[Token]]:
    """The operands of an operator outside brackets."""
    parts: list[Sequence[Token]] = []
    while (index := _index(tokens, operator)) >= 0:
        parts.append(tokens[:index])
        tokens = tokens[index + 1 :]
    return [*parts, tokens]


def _has_default(tokens: Sequence[Token]) -> bool:
    """Whether an expression ends with ``| default("…")``."""
    if len(tokens) < 6:
        return False
    values = [token.value for token in tokens[-5:]]
    return (
        values[0] == "|"
        and values[1] in {"default", "d"}
        and values[2] == "("
        and tokens[-2].kind == "string"
    )
