"""What popular advice saves: each piece of it applied to the prompts of published packages, counted before and after.

Texts are counted by o200k_base, from hole to hole as ``scrimp`` counts them; code, JSON and examples are not left out,
so that each figure is at least what careful editing would save. A hit saves nothing if the text around it has as many
tokens without it as with it. The rows are those of docs/myths.md.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Final

import bands
import corpus
import harness

from scrimp.checks.view import MARKS, view
from scrimp.model.prompts import Confidence
from scrimp.pipeline.audit import read_tree
from scrimp.pipeline.setup import setup
from scrimp.tokens.counting import count
from scrimp.tree.worktree import Worktree

ENCODING = "o200k_base"
AROUND = 300
"""Characters on either side of a hit that are counted with it: tokens end at blanks and marks long before."""

WORDS: Final = {
    "additionally": "also",
    "approximately": "about",
    "assistance": "help",
    "commence": "start",
    "demonstrate": "show",
    "facilitate": "help",
    "furthermore": "also",
    "however": "but",
    "indicate": "show",
    "leverage": "use",
    "numerous": "many",
    "obtain": "get",
    "provide": "give",
    "purchase": "buy",
    "regarding": "about",
    "require": "need",
    "subsequently": "then",
    "sufficient": "enough",
    "utilize": "use",
}
QUOTES: Final = {"“": '"', "”": '"', "‘": "'", "’": "'"}

Replace = Callable[[re.Match[str]], str]


def _word(found: re.Match[str]) -> str:
    word = WORDS[found[0].lower()]
    return word.capitalize() if found[0][0].isupper() else word


@dataclass
class Myth:
    """A piece of advice, the pattern of what it changes and what it changes that to; and what came of it."""

    advice: str
    pattern: re.Pattern[str]
    replace: str | Replace
    prompts: int = 0
    hits: int = 0
    idle: int = 0
    dearer: int = 0
    saved: int = 0

    def apply(self, runs: list[str]) -> None:
        """Follow the advice in a prompt."""
        hits = 0
        for run in runs:
            for hit in self.pattern.finditer(run):
                hits += 1
                saving = self._saving(run, hit)
                self.idle += saving == 0
                self.dearer += saving < 0
            if self.pattern.search(run):
                self.saved += count(run, ENCODING) - count(self.pattern.sub(self.replace, run), ENCODING)
        self.hits += hits
        self.prompts += hits > 0

    def _saving(self, run: str, hit: re.Match[str]) -> int:
        start, end = max(0, hit.start() - AROUND), min(len(run), hit.end() + AROUND)
        instead = self.replace(hit) if callable(self.replace) else hit.expand(self.replace)
        before, after = run[start:end], run[start : hit.start()] + instead + run[hit.end() : end]
        return count(before, ENCODING) - count(after, ENCODING)

    def row(self, tokens: int) -> str:
        """The advice as a row of the page."""
        nothing = f"{(self.idle + self.dearer) / self.hits:.0%}" if self.hits else "-"
        share = f"{self.saved / tokens:.2%}"
        return f"| {self.advice} | {self.prompts:,} | {self.hits:,} | {nothing} | {self.saved:,} | {share} |"


def _myths() -> list[Myth]:
    every = "|".join(WORDS)
    listed: list[tuple[str, str, str | Replace]] = [
        ("squeeze runs of blank lines to one", r"\n{3,}", "\n\n"),
        ("no blank line below a heading", r"(?m)^(#{1,6} [^\n]+)\n\n(?=\S)", r"\1\n"),
        ("no blank lines between list items", r"(?m)^([-*] [^\n]+)\n\n(?=[-*] )", r"\1\n"),
        ("indent lists by two instead of four", r"(?m)^ {4}(?=[-*] )", "  "),
        ("`-` instead of `•`", "•", "-"),
        ("` - ` instead of ` — `", " — ", " - "),
        ("`...` instead of `…`", "…", "..."),
        ("`->` instead of `→`", "→", "->"),
        ("straight quotes", f"[{''.join(QUOTES)}]", lambda hit: QUOTES[hit[0]]),
        ("`---` instead of separators of 4 to 9 characters", r"(?m)^([-=*_])\1{3,8}$", "---"),
        ("plain words (utilize → use, …)", rf"(?i)\b(?:{every})\b", _word),
        ("`e.g.` instead of `for example`", r"\bfor example\b", "e.g."),
        ("`can't` instead of `cannot`", r"\bcannot\b", "can't"),
        (
            "no capitals (IMPORTANT, NEVER, MUST, …)",
            r"\b(?:IMPORTANT|NEVER|MUST|ALWAYS|ONLY|NOT|NOTE|CRITICAL|MANDATORY)\b",
            lambda hit: hit[0].lower(),
        ),
        ("`!` instead of `!!`", r"!{2,}", "!"),
        ("no bold", r"\*\*([^*\n]+)\*\*", r"\1"),
        ("bullets instead of numbers", r"(?m)^(\s*)\d{1,2}\. ", r"\1- "),
        ("no articles", r"(?i)\b(?:the|an|a) ", ""),
    ]
    return [Myth(advice, re.compile(pattern), replace) for advice, pattern, replace in listed]


@dataclass
class Corpus:
    """The runs of text of each different prompt."""

    texts: dict[str, list[str]] = field(default_factory=dict)

    def add(self, tree: Worktree) -> None:
        """Add the prompts of a tree that are surely prompts."""
        for measured in read_tree(tree, setup(tree)).measured.prompts:
            if measured.prompt.confidence is not Confidence.LOW:
                runs = [run for run in re.split(f"[{MARKS}]", view(measured.prompt).text) if run]
                self.texts.setdefault("\0".join(runs), runs)

    @property
    def tokens(self) -> int:
        return sum(count(run, ENCODING) for runs in self.texts.values() for run in runs)


def _facts() -> Iterator[str]:
    """What single things cost, in tokens."""
    breaks = [count("one" + "\n" * number + "two", ENCODING) - 2 for number in range(1, 7)]
    yield f"1 to 6 line ends between two words: {', '.join(map(str, breaks))} tokens"
    blanks = [count(" " * number + "word", ENCODING) - 1 for number in (2, 4, 8, 16)]
    yield f"2, 4, 8 and 16 blanks before a word: {', '.join(map(str, blanks))} tokens"
    for mark in ("-", "=", "─", "═"):
        runs = [count(mark * number, ENCODING) for number in (3, 10, 40, 80)]
        yield f"3, 10, 40 and 80 times {mark}: {', '.join(map(str, runs))} tokens"
    rows = [{"id": number, "name": f"item {number}", "tags": ["a", "b"]} for number in range(100)]
    widths = [count(json.dumps(rows, indent=indent), ENCODING) for indent in (2, 4)]
    one_line = [count(json.dumps(rows, separators=given), ENCODING) for given in (None, (",", ":"))]
    yield f"100 objects with indent=2, indent=4, in one line, without blanks: {[*widths, *one_line]} tokens"


def benchmark() -> None:
    texts = Corpus()
    for tree, _ in corpus.fetched(corpus.PYTHON_PACKAGES):
        texts.add(Worktree(tree))
    for wheel in bands.MEASURED:
        texts.add(Worktree(wheel.unpacked()))
    tokens = texts.tokens
    print(f"{len(texts.texts):,} prompts, {tokens:,} tokens")
    for myth in _myths():
        for runs in texts.texts.values():
            myth.apply(runs)
        print(myth.row(tokens))
    for fact in _facts():
        print(fact)


if __name__ == "__main__":
    harness.main(benchmark)
