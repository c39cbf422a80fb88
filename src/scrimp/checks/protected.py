"""Parts of a prompt that are shown rather than said: code, quotations, JSON, examples, addresses, placeholders.

A card names those that its rule leaves alone (``protect``); what follows stands for each of them by name.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Collection, Iterator
from typing import Final, TypeAlias

from scrimp.checks.view import EDGE, HOLE, INLINE
from scrimp.model.prompts import Prompt

SHOWN: Final = "\ufdd3"
"""Stands for each character of a protected part, line ends excepted."""

_STRING_OR_BRACKET: Final = re.compile(r'"(?:[^"\\\n]++|\\.)*+"|[{}\[\]]')
_PAIRS: Final = {"}": "{", "]": "["}
_CHARACTER: Final = re.compile(r"[^\n]")
_DEPTH: Final = 60
"""Deeper JSON is no example of anything, and the parser's own stack is finite."""

Spans: TypeAlias = Callable[[str], Iterator[tuple[int, int]]]


def _matches(*patterns: tuple[str, *tuple[str, ...]]) -> Spans:
    """What patterns match, each with marks of which every match has one: most texts have none, and aren't searched."""
    compiled = [(re.compile(pattern), marks) for pattern, *marks in patterns]

    def spans(text: str) -> Iterator[tuple[int, int]]:
        for pattern, marks in compiled:
            if any(mark in text for mark in marks):
                for found in pattern.finditer(text):
                    yield found.span()

    return spans


PROTECTIONS: Final[dict[str, Spans]] = {
    "json": lambda text: json_spans(text, min_lines=1),
    "fence": _matches(
        (r"(?m)^[ \t]*(`{3,}|~{3,})[\s\S]*?(?:^[ \t]*\1|\Z)", "```", "~~~"),
        (r"`[^`\n]*`", "`"),
    ),
    "example": _matches(
        (r"(?is)<(\w*examples?)\b[^>]*>.*?</\1>", "</"),
        (
            r"(?m)^[ \t#*]*(?:[Ee]xamples?\b[^\n]{0,40}|[QA]"
            r"|(?:User|Human|Assistant|Input|Output)(?: turn)?(?: \d{1,3})?):[\s\S]*?(?=\n[ \t]*\n|\Z)",
            ":",
        ),
    ),
    "quote": _matches((r"\"[^\"\n]{1,200}\"|“[^”\n]{1,200}”", '"', "“"), (r"(?m)^[ \t]*>[^\n]*", ">")),
    "url": _matches((r"https?://\S+", "://")),
    "table": _matches((r"(?m)^[ \t]*\|[^\n]*", "|")),
    "tag": _matches((r"</?[A-Za-z_][\w:-]*(?:[ \t][^<>\n]{0,200})?/?>", "<")),
    "placeholder": _matches(
        (r"\{[{%#][^\n]{0,200}?[}%#]\}", "{{", "{%", "{#"),
        (r"\{[^{}\n]{0,80}\}", "{"),
        (r"%\([\w.]{1,60}\)[sdrf]", "%("),
        (r"\$\{?[A-Za-z_]\w{0,60}\}?", "$"),
        (r"\[[A-Z][A-Z0-9_ ]{1,60}\]", "["),
    ),
}
"""What can be protected, in the order in which it is looked for: what one has hidden, the next doesn't see."""

_EXAMPLES: Final = re.compile(
    r"(?i)(?:^|[_.])(?:examples|few_?shots?|\w*shots|demos|demonstrations)(?:[_#]\w*)?$"
)
"""Names of what holds examples."""


def is_shown(prompt: Prompt) -> bool:
    """Whether all of a prompt is shown: it is an example, or an answer of a tool or of the model."""
    answers = prompt.role == "assistant" or (prompt.role == "tool" and prompt.kind != "tool")
    return answers or prompt.kind == "fewshot" or _EXAMPLES.search(prompt.name) is not None


ALL: Final = tuple(PROTECTIONS)
SHOWN_ONLY: Final = ("json", "fence", "example", "quote", "url")
"""What a prompt shows rather than says; the rest is of the prompt's own frame."""


def ordered(protect: Collection[str]) -> tuple[str, ...]:
    """The names of protected parts in the order in which they are looked for."""
    return tuple(name for name in PROTECTIONS if name in protect)


def without(text: str, name: str) -> str:
    """A text of the same length in which every character of the parts of one name is ``SHOWN``."""
    parts: list[str] = []
    at = 0  # some parts may lie in others
    for start, end in sorted(PROTECTIONS[name](text)):
        if end > at:
            parts += (text[at : max(at, start)], hidden(text[max(at, start) : end]))
            at = end
    return "".join((*parts, text[at:])) if parts else text


def json_spans(text: str, min_lines: int) -> Iterator[tuple[int, int]]:
    """The outermost objects and arrays of valid JSON over at least ``min_lines`` lines, in order.

    A variable may stand for a value or inside a string; JSON with a branch, a loop or another prompt in it is
    left out.
    """
    done = 0
    for start, end in sorted(bracketed(text), key=lambda span: (span[0], -span[1])):
        if start < done or text.count("\n", start, end) + 1 < min_lines:
            continue
        if _is_json(text[start:end]):
            done = end
            yield start, end


def bracketed(text: str) -> Iterator[tuple[int, int]]:
    """Ranges from a bracket to the one that closes it; after one that closes nothing all starts anew."""
    open_brackets: list[tuple[str, int]] = []
    if not any(closing in text for closing in _PAIRS):
        return
    for found in _STRING_OR_BRACKET.finditer(text):
        token = found[0]
        if token in _PAIRS.values():
            open_brackets.append((token, found.start()))
            if len(open_brackets) > _DEPTH:
                open_brackets.clear()
        elif token in _PAIRS:
            if open_brackets and open_brackets[-1][0] == _PAIRS[token]:
                yield open_brackets.pop()[1], found.end()
            else:
                open_brackets.clear()


def _is_json(text: str) -> bool:
    if EDGE in text or INLINE in text:
        return False
    try:
        json.loads(text.replace(HOLE, "0"))
    except ValueError:
        return False
    return True


def hidden(text: str) -> str:
    """A text of the same length, of which only the line ends are left."""
    return _CHARACTER.sub(SHOWN, text)
