"""Exact counts, compared with OpenAI's published ones and with an independent implementation."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator

import pytest
from tokens.independent import counter

from scrimp.tokens.counting import count
from scrimp.tokens.exact import LONG_RUN
from scrimp.tokens.vocabularies import encoding

ENCODINGS = ("o200k_base", "cl100k_base")

PIECES = [
    "\ud800", "\ud83d", "\udfff",
    "The quick brown fox", "don't", "I'LL", "WE'VE", "it\u017f", "naïve façade", "Größe",
    "Привет, мир", "你好，世界", "お誕生日おめでとう", "안녕하세요", "مرحبا بالعالم", "שלום",
    "नमस्ते दुनिया", "สวัสดี", "வணக்கம்", "e\u0301\u0302\u0303", "\u0915\u094d\u200d\u0937",
    "👩‍👩‍👧‍👦", "🇩🇪🏳️‍🌈", "😀", "\ufe0f", "\u200b", "\ufeff", " ", "  ", "       ", "\t",
    "\t\t", "\n", "\r\n", "\n\n\n", "\r", "\v", "\f", "\x85", "\xa0", "\u2003", "\u3000", "\u2028",
    "\x1c", "\x1f", "\x00", "<|endoftext|>", "<|start|>user<|message|>", "<|im_start|>",
    "<|fim_prefix|>", "{{ name }}", "{% for x in y %}", "${value}", "%(x)s",
    "def f(self, x: int) -> None:", "    return x == 1", '{"a": [1, 2.5, null]}',
    "https://example.org/a/b?c=d#e", "// comment", "/* */", "=====", "-----", "!!!", "/\n/",
    "1234567890", "3.14159", "٣٤٥", "Ⅷ", "½", "snake_case_name", "CamelCaseName", "SCREAMING", "ǅ",
    "ʰ",
]  # fmt: skip


def random_texts(number: int) -> Iterator[str]:
    """Texts of words, scripts, blanks, control tokens, marks and any code points, the same in each run."""
    rng = random.Random(20261123)
    for _ in range(number):
        parts = [_part(rng) for _ in range(rng.randrange(12))]
        yield rng.choice(["", " "]).join(parts)


def _part(rng: random.Random) -> str:
    kind = rng.random()
    if kind < 0.7:
        return rng.choice(PIECES)
    if kind < 0.8:
        return rng.choice(" \t\n\r\u3000") * rng.randrange(1, 90)
    if kind < 0.95:
        return "".join(chr(rng.randrange(0x110000)) for _ in range(rng.randrange(1, 6)))
    return "".join(rng.choice("abcXYZ019") for _ in range(rng.randrange(1, 30)))


def repaired(text: str) -> str:
    """A text whose lone surrogates are replaced, as tiktoken does before it counts."""
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


@pytest.fixture(params=ENCODINGS)
def name(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def independent(name: str) -> Callable[[str], int]:
    return counter(name)


@pytest.mark.parametrize(
    ("text", "cl100k", "o200k"),
    [
        ("tiktoken is great!", 6, 6),
        ("antidisestablishmentarianism", 6, 6),
        ("2 + 2 = 4", 7, 7),
        ("お誕生日おめでとう", 9, 8),
        ("The quick brown fox jumps over the lazy dog.", 10, 10),
        ("", 0, 0),
    ],
)
def test_published_counts_hold(text: str, cl100k: int, o200k: int) -> None:
    assert (count(text, "cl100k_base"), count(text, "o200k_base")) == (cl100k, o200k)


def test_published_ids_hold() -> None:
    assert encoding("cl100k_base").encode_ordinary("tiktoken is great!") == [83, 1609, 5963, 374, 2294, 0]


def test_ten_thousand_texts_count_as_in_an_independent_implementation(
    name: str, independent: Callable[[str], int]
) -> None:
    texts = list(random_texts(10_000))
    assert sum(repaired(text) != text for text in texts) > 100, "lone surrogates must be among them"
    assert sum("<|endoftext|>" in text for text in texts) > 100
    assert [text for text in texts if count(text, name) != independent(repaired(text))] == []


def test_harmony_counts_text_as_its_base_does() -> None:
    for text in random_texts(300):
        assert count(text, "o200k_harmony") == count(text, "o200k_base")


def test_a_lone_surrogate_is_counted(name: str) -> None:
    assert count("a\ud800b", name) == count("a\ufffdb", name)


@pytest.mark.parametrize("blank", [" ", "\u3000"])
def test_a_million_blanks_are_counted(blank: str) -> None:
    text = f"before{blank * 1_050_000}after"
    assert count(text, "o200k_base") == counter("o200k_base")(text)


@pytest.mark.parametrize("before", ["", "x", "x\n", "!\n"])
@pytest.mark.parametrize("after", ["", "y", "1", "\r\n  z"])
def test_a_long_run_of_blanks_is_exact_among_anything(
    before: str, after: str, name: str, independent: Callable[[str], int]
) -> None:
    text = before + " " * (LONG_RUN + 1) + after
    assert count(text, name) == independent(text)


def test_many_runs_just_under_the_limit_are_counted_in_linear_time(
    independent: Callable[[str], int], name: str
) -> None:
    text = (" " * (LONG_RUN - 1) + "x") * 3
    assert count(text, name) == independent(text)


def test_a_text_is_counted_once_a_process(monkeypatch: pytest.MonkeyPatch) -> None:
    text = "counted only once"
    first = count(text, "o200k_base")
    monkeypatch.setattr(
        type(encoding("o200k_base")), "encode_ordinary", lambda *_: pytest.fail("counted again")
    )
    assert count(text, "o200k_base") == first
