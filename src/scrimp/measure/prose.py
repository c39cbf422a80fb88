"""What instructions in English say: their sentences, without what they quote, and the table of answers' lengths."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from typing import Any

from scrimp import tables

MOST_CHARACTERS = 100_000
"""As much of a prompt as is read for what it says of the answer."""
LONGEST_SENTENCE = 500
"""Characters of a sentence that is read: what is longer is data, and expressions take the square of its length."""

DIRECTIVE = (
    r"(?:[-*•>#\s]|\d+[.)])*(?:\*\*|__)?"
    r"(?:(?:important|note|rules?|output|format|answer|response|length|task|instructions?)\s*:\s*)?"
    r"(?:(?:based on|given|using|from) [^,]{0,120}, )?"
    r"(?:(?:please|always|then|finally|now|next|and|first|simply|just|only)[ ,]+)*"
    r"(?:you (?:must|should|shall|will|need to|have to|are (?:going )?to|can|may|are (?:tasked|asked) (?:with|to))"
    r"(?: \w+ly)? |your (?:task|job|role|goal|objective|mission) (?:is|will be)(?: to)? )?"
    r"(?:(?:please|always|only|then|simply|just) )*"
)
"""How a sentence begins that tells a model what to do."""

_FENCED = re.compile(r"```.*?(?:```|\Z)|~~~.*?(?:~~~|\Z)", re.DOTALL)
_EXAMPLES = re.compile(r"<(?P<tag>examples?)\b[^>]*>.*?(?:</(?P=tag)>|\Z)", re.DOTALL | re.IGNORECASE)
_QUOTED = re.compile(r"[\"“«][^\"”»\n]{12,300}[\"”»]")
_END = re.compile(r"(?<=[.!?])[)\"'”*_]*+\s+")


@cache
def sentences(text: str) -> tuple[str, ...]:
    """The sentences of a text on one line each; code, examples and longer quotations are left out."""
    own = text[:MOST_CHARACTERS]
    for quoted in (_FENCED, _EXAMPLES, _QUOTED):
        own = quoted.sub(" … ", own)
    found = (" ".join(sentence.split()) for line in own.split("\n") for sentence in _END.split(line))
    return tuple(plain for plain in found if plain and len(plain) <= LONGEST_SENTENCE)


@cache
def directive() -> re.Pattern[str]:
    """How a sentence begins that tells what to do with the answer."""
    listed = table()["limits"]
    verbs, answers = ("|".join(listed[name]) for name in ("verbs", "answers"))
    return re.compile(
        rf"{DIRECTIVE}(?:(?:{verbs})|(?:(?:your|the|this|final) ){{0,2}}(?:{answers}))\b", re.IGNORECASE
    )


@cache
def table() -> dict[str, Any]:
    """What ``answers.toml`` holds."""
    return tables.table(Path(__file__).with_name("answers.toml"))
