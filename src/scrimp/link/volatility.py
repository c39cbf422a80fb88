"""How often the value of a variable changes, judged by its name.

A provider's cache serves a prompt up to the first place that differs from an earlier request, so the order of
volatilities decides how much of a prompt is cheap. Names are the only evidence that a template itself gives;
a configuration that knows better is applied elsewhere, before or after this.

The three levels, and judging by names at all, come from a reading of templates in 74 packages (November
2026): of the findings of one such table 20 of 24 were right, of those of "the first placeholder" 8 of 20. The
words here are a list of their own, which has not been measured apart.
"""

from __future__ import annotations

import re
from functools import cache
from typing import Final

CONSTANT: Final = "constant"
USER: Final = "user"
REQUEST: Final = "request"
UNKNOWN: Final = "unknown"


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


_CONSTANT_WORDS: Final = _words(
    """
    action agent annotation api assistant attribute bot capabilities categories category choice class
    classes column company config constraint count criteria criterion definition delimiter dialect domain
    enum example expertise fewshot field format function goal guideline header instruction intents intro k
    key kinds label length limit metadata metric mode model name number operators options organization
    output persona policies policy preamble prefix principles properties role rubric rule schema scope
    section separator settings shots signature skills spec specification standard style suffix system tags
    taxonomy template threshold tone tool topk type typescript version voice
    """
)

_USER_WORDS: Final = _words(
    """
    account country currency customer customization cwd date day directory email env environment
    experience host lang language locale location memories memory month os permissions plan platform
    preference profile region repo repository root shell skill subscription tenant timezone today tz user
    username weekday workdir workspace year
    """
)

_REQUEST_WORDS: Final = _words(
    """
    abstract answer argument article body chat chunk claim code command comment completion content context
    conversation data dialog dialogue diff doc document draft error evidence excerpt fact feedback finding
    hash history image incident input issue item log message now objective observation outline page
    paragraph passage patch problem queries query question random records reference reply report request
    response result review row scratchpad search seed sentence session snippet source statement step story
    subject summaries summary task text thought ticket time timestamp title topic trajectory transcript
    turn tweet uid utcnow utterance uuid
    """
)

_WHOLE_NAMES: Final = {
    "agent_scratchpad": REQUEST,
    "context_length": CONSTANT,
    "context_window": CONSTANT,
    "current_date": USER,
    "current_time": REQUEST,
    "date_time": REQUEST,
    "datetime": REQUEST,
    "user_name": USER,
    "user_input": REQUEST,
    "user_id": USER,
    "session_id": REQUEST,
    "request_id": REQUEST,
    "thread_id": REQUEST,
    "system_prompt": CONSTANT,
    "user_prompt": REQUEST,
    "prompt": UNKNOWN,
}

_QUANTITY: Final = frozenset({"max", "maximum", "min", "minimum", "num", "n", "top", "total"})
"""A number of something is a setting, whatever it counts: ``max_results`` is no result."""

_LITERAL: Final = re.compile(r"\"[^\"]*\"|'[^']*'")
_WORD: Final = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+|\d+")
_IDENTIFIER: Final = re.compile(r"[^\W\d]\w*")

_NEUTRAL: Final = _words(
    """
    append block concat current dict dumps encode escape fetch filter formatted get getvalue given int
    isoformat join json len list load lower map model_dump model_dump_json my new pop raw read render
    replace repr round self set sorted split str strftime string strip to tojson truncated upper value
    """
)
"""Operations and containers, which say nothing about the value that they are applied to or hold."""


@cache
def volatility(name: str) -> str:
    """``constant``, ``user`` (per user or day), ``request`` or ``unknown``, by a name or expression.

    The last word decides, because English compounds end in what they are: ``query_schema`` is a schema and
    ``schema_query`` a query. Only words that say nothing are passed over, from right to left.
    """
    identifiers = _IDENTIFIER.findall(_LITERAL.sub(" ", name))
    told = (_of_identifier(identifier) for identifier in reversed(identifiers))
    return next((found for found in told if found is not None), UNKNOWN)


def _of_identifier(identifier: str) -> str | None:
    """The volatility that one identifier tells; ``None`` if it says nothing about any value."""
    words = [word.lower() for word in _WORD.findall(identifier)]
    whole = "_".join(words)
    if whole in _WHOLE_NAMES:
        return _WHOLE_NAMES[whole]
    if whole in _NEUTRAL:
        return None
    if len(words) > 1 and words[0] in _QUANTITY:
        return CONSTANT
    telling = (word for word in reversed(words) if word not in _NEUTRAL and not word.isdigit())
    last = next(telling, None)
    return None if last is None else _of_word(last)


def _of_word(word: str) -> str:
    """The volatility that one lower-case word tells, in the singular or the plural."""
    forms = {word, word.removesuffix("s"), word + "s"}
    if forms & _REQUEST_WORDS:
        return REQUEST
    if forms & _USER_WORDS:
        return USER
    return CONSTANT if forms & _CONSTANT_WORDS else UNKNOWN
