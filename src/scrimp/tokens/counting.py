"""Exact counts of texts, each made once, and not at all where it is known or somebody else can make it."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import AbstractContextManager
from contextvars import ContextVar
from functools import lru_cache
from typing import Protocol

from scrimp.ambient import holding
from scrimp.tokens.elsewhere import ELSEWHERE
from scrimp.tokens.exact import counted
from scrimp.tokens.few import FEW
from scrimp.tokens.vocabularies import loaded


class Counts(Protocol):
    """Counts that outlive a process."""

    def get(self, text: str, encoding: str) -> int | None:
        """The tokens of a text in a vocabulary; ``None`` if they aren't known."""
        ...

    def put(self, text: str, encoding: str, tokens: int) -> None:
        """Remember the tokens of a text."""
        ...


_KNOWN: ContextVar[Counts | None] = ContextVar("known counts", default=None)


def recalling(counts: Counts) -> AbstractContextManager[None]:
    """Takes what was counted before from ``counts``, and puts there what is counted now."""
    return holding(_KNOWN, counts)


@lru_cache(maxsize=1 << 16)
def count(text: str, encoding_name: str) -> int:
    """The number of tokens of a text in a vocabulary of ``vocabularies``, remembered for the process.

    Raises ``UserError`` for an unknown vocabulary. What ``recalling`` knows is counted without loading it.
    """
    known = _KNOWN.get()
    if known is None:
        return _counted(text, encoding_name)
    tokens = known.get(text, encoding_name)
    if tokens is None:
        tokens = _counted(text, encoding_name)
        known.put(text, encoding_name, tokens)
    return tokens


def foresee(texts: Iterable[str], encoding_name: str) -> None:
    """Have texts that will be counted be counted together, if another process counts; else nothing is done."""
    elsewhere = ELSEWHERE.get()
    if elsewhere is None or not elsewhere.begun:
        return
    known, unknown = _KNOWN.get(), dict.fromkeys(texts)
    if known is not None:
        unknown = {text: None for text in unknown if known.get(text, encoding_name) is None}
    elsewhere.foresee(list(unknown), encoding_name)


def _counted(text: str, encoding_name: str) -> int:
    few, elsewhere = FEW.get(), ELSEWHERE.get()
    tokens = None if elsewhere is None else elsewhere.count(text, encoding_name)
    if tokens is None and few is not None and not loaded():
        tokens = few.count(text, encoding_name)
    return counted(text, encoding_name) if tokens is None else tokens
