"""Whether real counts lie in the bands of families whose vocabulary lies in a published wheel: bands.py [--measure]

Judged are the prompts of the corpus's packages and, for kinds of text that prompts seldom are, code, JSON and
translations of celery and wagtail. ``--measure`` prints what the bands were made from, which is other packages: for
each kind of text the 2nd percentile, the median and the 98th of tokens relative to o200k_base, in per mille.

Mistral's vocabulary is that of the extra ``mistral``; Qwen's and DeepSeek's are downloaded, on Linux with an x86-64.
"""

from __future__ import annotations

import argparse
import base64
import re
import sys
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import Any

import corpus
import harness
import negatives
import speed
from tiktoken import Encoding

from scrimp.catalog.models import resolve
from scrimp.model.prompts import Confidence
from scrimp.pipeline.audit import read_tree
from scrimp.pipeline.setup import setup
from scrimp.tokens.counting import count
from scrimp.tokens.families import REFERENCE, factor_for
from scrimp.tokens.kinds import Kind, kind_of
from scrimp.tree.worktree import Worktree

DJANGO, CELERY, WAGTAIL = negatives.WHEELS
DASHSCOPE = harness.Wheel(
    "dashscope", "2.0.2", "0602d1800f7433bdb7953560986eaf5146454ed3988636c0a91963ba24e74258"
)
LITELLM = harness.Wheel(
    "litellm", "1.109.1", "1c8b4dd671fa0cd0850aa751678704ff77e595fb1e6085b2dc3be39ee19bdaaf"
)
TOKENIZERS = harness.Wheel(
    "tokenizers", "0.23.3", "376851d22bcf9d650a5c3090bb83e6cf9e895fbf0595369fa4cd43c1f69b5f87"
)
MEASURED = (
    speed.CREWAI,
    harness.Wheel(
        "langchain-classic", "1.0.8", "1a11ea7fbe630c4f2af2f3873d27718ceac9488cf32d0821030be7cf039a6213"
    ),
    harness.Wheel("aider-chat", "0.86.2", "64f6a0c66c9f4633ad9f479bca3e64ebcba02b9da03c6b604b74a44736b2416e"),
    harness.Wheel(
        "lightrag-hku", "1.5.7", "895b81d94ca447afc6290c0e049d339f6caed46fbf29e4324f6db987046c6fcb"
    ),
    harness.Wheel("mem0ai", "2.2.1", "fe91bb91ac8926231993a4aa58df00a60c6c74c709e6a338fe399500776eef4d"),
    harness.Wheel(
        "scrapegraphai", "1.76.0", "bb749e6443d58fd87b21dd808098c4e5fe1ca61c93456494daf0f44b15a7c2bf"
    ),
    harness.Wheel(
        "browser-use", "0.13.14", "0023721820b32a71f209955960eb771f7683cde4ddc2071f36b1641b04925095"
    ),
)
"""Packages whose prompts the bands were made from; with Django's files and litellm's JSON."""

MODELS = {"mistral": "mistral-large-latest", "qwen": "qwen3-max", "deepseek": "deepseek-chat"}
"""A model of each family, that no exact vocabulary is known for."""

QWEN_PATTERN = (  # dashscope 2.0.2, dashscope/tokenizers/qwen_tokenizer.py
    r"(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}| ?[^\s\p{L}\p{N}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+"
)
TRANSLATED = re.compile(r'^msgstr(?:\[\d\])? ((?:".*"\n)+)', re.MULTILINE)
LENGTHS = (200, 600, 1500)
"""Characters of the pieces that files are cut into, in turns: prompts are of such sizes."""
FOREIGN = (Kind.LATIN, Kind.NON_LATIN)
MOST_PIECES = 400  # of one kind of file of one package


@cache
def qwen() -> Encoding:
    lines = (DASHSCOPE.unpacked() / "dashscope/resources/qwen.tiktoken").read_bytes().splitlines()
    ranks = {base64.b64decode(token): int(rank) for token, rank in map(bytes.split, lines)}
    return Encoding("qwen", pat_str=QWEN_PATTERN, mergeable_ranks=ranks, special_tokens={})


@cache
def deepseek() -> Any:
    sys.path.insert(0, str(TOKENIZERS.unpacked()))
    path = LITELLM.unpacked() / "litellm/litellm_core_utils/tokenizers/deepseek_tokenizer.json"
    return import_module("tokenizers").Tokenizer.from_file(str(path))


COUNTERS: dict[str, Callable[[str], int]] = {
    "mistral": lambda text: count(text, "tekken"),
    "qwen": lambda text: len(qwen().encode_ordinary(text)),
    "deepseek": lambda text: len(deepseek().encode(text, add_special_tokens=False).ids),
}


def prompts(tree: Path) -> Iterator[str]:
    """The texts of a tree's prompts, holes left out."""
    worktree = Worktree(tree)
    for measured in read_tree(worktree, setup(worktree)).measured.prompts:
        if measured.prompt.confidence is not Confidence.LOW:
            yield measured.prompt.text


def pieces(tree: Path, pattern: str) -> list[str]:
    """Pieces of the files that match, spread over all of them; of translations the texts, not the headers."""
    texts = [path.read_text("utf-8", errors="replace") for path in sorted(tree.rglob(pattern))]
    if pattern.endswith(".po"):
        texts = ["".join(map(_translation, TRANSLATED.findall(text)[1:])) for text in texts]
    cut = [each for number, text in enumerate(texts) for each in _cut(text, LENGTHS[number % len(LENGTHS)])]
    return cut[:: max(1, len(cut) // MOST_PIECES)]


def _translation(strings: str) -> str:
    return re.sub(r'"\n"?|^"|%\(\w+\)s|\\n', " ", strings)


def _cut(text: str, length: int) -> Iterator[str]:
    """Three pieces at most, from different places of a text."""
    for start in range(0, len(text) - length, max(length, len(text) // 3)):
        yield text[start : start + length]


def judged() -> Iterator[tuple[str, str]]:
    """The texts that the bands are judged by, each with what it is."""
    for tree, _ in corpus.fetched([*corpus.PYTHON_PACKAGES]):
        yield from (("prompt", text) for text in prompts(tree))
    for wheel in (CELERY, WAGTAIL):
        for pattern in ("*.py", "*.json", "django.po"):
            yield from (("other", text) for text in pieces(wheel.unpacked(), pattern))


def measured_on() -> Iterator[str]:
    """The texts that the bands were made from."""
    for wheel in MEASURED:
        yield from prompts(wheel.unpacked())
        yield from pieces(wheel.unpacked(), "*.json")
    yield from pieces(LITELLM.unpacked(), "*.json")
    for pattern in ("*.py", "*.js"):
        yield from pieces(DJANGO.unpacked(), pattern)
    # Dutch or Indonesian look like English; they are rare in prompts, and would make the band of English wider.
    yield from (text for text in pieces(DJANGO.unpacked(), "django.po") if kind_of(text) in FOREIGN)


def clean(texts: Iterable[str]) -> list[str]:
    """Each text once, without lone surrogates, which two of the counters refuse."""
    repaired = (text.encode("utf-8", "replace").decode() for text in texts)
    return [text for text in dict.fromkeys(repaired) if text.strip()]


def measure() -> None:
    texts = clean(measured_on())
    for family, counter in COUNTERS.items():
        ratios: dict[Kind, list[float]] = defaultdict(list)
        for text in texts:
            ratios[kind_of(text)].append(1000 * counter(text) / count(text, REFERENCE))
        for kind in Kind:
            print(f"{family:<9} {kind:<10} {len(ratios[kind]):>5} texts  {_quantiles(ratios[kind])}")


def _quantiles(values: Sequence[float]) -> str:
    ordered = sorted(values)
    return " ".join(f"{ordered[int(share * (len(ordered) - 1))]:5.0f}" for share in (0.02, 0.5, 0.98))


def judge() -> None:
    texts = list(judged())
    for family, name in MODELS.items():
        factor = factor_for(resolve(name))
        inside: dict[tuple[str, str], list[bool]] = defaultdict(list)
        for what in ("prompt", "other"):
            for text in clean(each for kind, each in texts if kind == what):
                band = factor.apply(text, count(text, REFERENCE))
                assert band.low is not None
                assert band.high is not None
                inside[what, kind_of(text)].append(band.low <= COUNTERS[family](text) <= band.high)
        for (what, kind), found in sorted(inside.items()):
            print(f"{family:<9} {what:<7} {kind:<10} inside {sum(found):>4}/{len(found):<4}")
        print(f"{family}: {_share(inside, 'prompt')} of prompts, {_share(inside, 'other')} of other texts")


def _share(inside: dict[tuple[str, str], list[bool]], what: str) -> str:
    found = [each for (of, _), members in inside.items() if of == what for each in members]
    return f"{sum(found)}/{len(found)} = {sum(found) / len(found):.3f}"


def benchmark() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--measure", action="store_true", help="print what the bands were made from")
    (measure if parser.parse_args().measure else judge)()


if __name__ == "__main__":
    harness.main(benchmark)
