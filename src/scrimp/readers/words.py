"""What counts as a word, for all readers and all limits in words.

Most scripts part words by blanks; what has no letter and no digit between blanks is none. Where a script doesn't,
characters are counted: two of Chinese or Japanese, five of Thai, Lao, Burmese or Khmer make a word (about the means
that dictionaries of segmenters give).
"""

from __future__ import annotations

import re
from functools import cache

from scrimp.expressions import compiled_late

_DENSE = r"[\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003134f]"
_SPELT = r"[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff]"
_UNSPACED = rf"(?:{_DENSE}|{_SPELT}|[\u3000-\u303f\uff00-\uff65])+"
_MAY_BE_UNSPACED = compiled_late(
    rb"\xe0[\xb8-\xbb]|\xe1[\x80-\x82\x9e\x9f]|[\xe3-\xe9]|\xef[\xa4-\xab\xbc\xbd]|\xf0[\xa0-\xb1]"
)
"""How UTF-8 begins all of these, and hardly anything else; most runs meet none, and needn't compile the above."""
_WORD = compiled_late(r"[^\W_]\S*")
_BLANK = bytes(0x20 if chr(each).isspace() else each for each in range(256))
_NO_WORD = bytes(each for each in range(128) if not chr(each).isalnum() and not chr(each).isspace())
"""ASCII characters that are in no word by themselves."""
_DENSE_A_WORD = 2
_SPELT_A_WORD = 5

_LEAST_BLANKS = 2
_LEAST_WORDS = 3
_BLANKS = rb"(?:[^\"'`\n]*[ \n]){3}"
_CHARACTERS = rb"[^\"'`\n]{0,400}?(?:(?:[\xe3-\xe9][\x80-\xbf]{2}){6}|(?:\xe0[\xb8-\xbb][\x80-\xbf]){15})"
_FRAMING = (b"prompt", b"instruction", b"systemmessage", b"system_message")
_QUOTED = compiled_late(rb"[\"'`](?:%b|%b)" % (_BLANKS, _CHARACTERS))


def count_words(text: str) -> int:
    """Words of a text."""
    if text.isascii():  # what the expression finds, at a fifth of the time
        return len(text.encode().translate(_BLANK, _NO_WORD).split())
    if _MAY_BE_UNSPACED.search(text.encode("utf-8", "surrogatepass")) is None:
        return len(_WORD.findall(text))
    unspaced = "".join(_compiled(_UNSPACED).findall(text))
    dense, spelt = (len(_compiled(each).findall(unspaced)) for each in (_DENSE, _SPELT))
    spaced = len(_WORD.findall(_compiled(_UNSPACED).sub(" ", text)))
    return spaced + -(-dense // _DENSE_A_WORD) + -(-spelt // _SPELT_A_WORD)


@cache
def _compiled(expression: str) -> re.Pattern[str]:
    return re.compile(expression)


def may_be_text(written: bytes) -> bool:
    """Whether a literal in UTF-8 may hold three words: shorter ones carry no prompt of their own."""
    if written.count(b" ") + written.count(b"\n") >= _LEAST_BLANKS:
        return True
    return not written.isascii() and count_words(written.decode("utf-8", "replace")) >= _LEAST_WORDS


def names_frame(name: bytes) -> bool:
    """Whether a name says that it holds a prompt, which may be put together of what stands elsewhere.

    A literal of fewer words does that: ``prompt = f"{ROLE}{RULES}"``.
    """
    return name.lower().removesuffix(b"s").endswith(_FRAMING)


def quotes_any(data: bytes, start: int, end: int) -> bool:
    """Whether any text is quoted between two offsets."""
    return any(data.find(quote, start, end) >= 0 for quote in (b'"', b"'", b"`"))


def quotes_text(raw: bytes) -> bool:
    """Whether a file of code quotes anything of three words."""
    return _QUOTED.search(raw) is not None
