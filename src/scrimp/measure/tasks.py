"""The length of an answer by the task that a prompt sets, where nothing tells more: an assumption."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache

from msgspec import Struct

from scrimp.measure.prose import DIRECTIVE, directive, sentences, table

DEFAULT_OUTPUT = 210
"""Tokens of an answer where nothing tells the task: mean output of 19,366 conversation requests in the Azure LLM
inference traces of 2023 (github.com/Azure/AzurePublicDataset, CC-BY; computed 2026-11-24: 211)."""


class Task(Struct, frozen=True):
    """A task by its name: tokens of its answer, or ``share`` of what fills the variables where that is known.

    ``document`` is the task whose answers are as long where this one's is to be a list or a document.
    """

    name: str
    tokens: int
    share: float | None = None
    document: str = ""

    def expected(self, filled: int) -> int:
        """Tokens of the answer where ``filled`` tokens fill the prompts' variables (0 if that isn't known)."""
        return max(1, round(filled * self.share)) if self.share is not None and filled else self.tokens


def task(texts: Iterable[str]) -> Task | None:
    """The first task that some texts set, in their order, or what it is like by the form that any of them asks for."""
    read = list(texts)
    found = next((known for text in read if (known := _task(text)) is not None), None)
    if found is not None and found.document and any(map(_asks_for_document, read)):
        return next(known for _, known in _tasks() if known.name == found.document)
    return found


def make_ready() -> None:
    """Compile what tells tasks and documents."""
    _any_task(), _beginning(), _documents()
    for words, _ in _tasks():
        _verb(words)


@cache
def _task(text: str) -> Task | None:
    for sentence in sentences(text):
        if _any_task().match(sentence):
            return _first(sentence)
    return None


def _first(sentence: str) -> Task:
    """The first task of the table that a sentence sets, wherever what begins such sentences may end in it."""
    starts = [each.start() for each in _WORD.finditer(sentence)]
    verbs = [at for at in starts if _beginning().fullmatch(sentence, 0, at)]
    return next(known for words, known in _tasks() if any(_verb(words).match(sentence, at) for at in verbs))


@cache
def _asks_for_document(text: str) -> bool:
    """Whether a sentence says that the answer is a list or a document."""
    told, kinds = _documents()
    return any(told.match(each) and kinds.search(each) for each in sentences(text))


@cache
def _documents() -> tuple[re.Pattern[str], re.Pattern[str]]:
    kinds = "|".join(table()["documents"]["kinds"])
    return directive(), re.compile(rf"\b(?:{kinds})\b", re.IGNORECASE)


@cache
def _tasks() -> tuple[tuple[str, Task], ...]:
    """All tasks, each with the words of sentences that set it, as a regular expression."""
    return tuple(
        (row["verbs"], Task(name, row["tokens"], row.get("share"), row.get("document", "")))
        for name, row in table()["tasks"].items()
    )


@cache
def _any_task() -> re.Pattern[str]:
    """Matches sentences that set any task, which few do."""
    verbs = "|".join(words for words, _ in _tasks())
    return re.compile(rf"{DIRECTIVE}(?:{verbs})\b", re.IGNORECASE)


@cache
def _beginning() -> re.Pattern[str]:
    return re.compile(DIRECTIVE, re.IGNORECASE)


@cache
def _verb(words: str) -> re.Pattern[str]:
    return re.compile(rf"(?:{words})\b", re.IGNORECASE)


_WORD = re.compile(r"(?<![^\W_])[^\W\d_]")
"""Where a word begins, be it behind a number or a mark."""
