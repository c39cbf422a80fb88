"""A few texts are counted without the vocabulary, and exactly as by it."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scrimp.tokens.few import FEW, MOST_CHARACTERS, FewTexts, counting_few
from scrimp.tokens.vocabularies import encoding, ranks_of

NAMES = ("o200k_base", "cl100k_base")
PRINTABLE = "".join(map(chr, range(32, 127)))
SIGNS = "’“”—…•→€✅🚀°·«»≤═"
TEXTS = [
    "",
    'You are a helpful assistant. Answer in JSON: {"a": [1, 22, 333, 4444]}\n',
    "  indented\n\n\tcode():\r\n    return 'it''s' + \"they'LL we'Ve I'M\"  \n",
    "supercalifragilisticexpialidocious SHOUTING CamelCaseName snake_case_name //// ---- ====\n\n\n   ",
    "tokenisation<|endoftext|>\u0020\n \n  x\n",
    "a'sT 's'S don't'd",
    "It’s “quoted” — and so on … • ✅ 🚀 → x≤3 €5 ~«a»·b°\n═════════\n" + "━" * 80 + "\n" + "=-" * 100 + "\n",
]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    kept = tmp_path_factory.mktemp("parts")
    for name in NAMES:
        FewTexts(kept).write(name, ranks_of(name))
    return kept


def exactly(text: str, name: str) -> int:
    return len(encoding(name).encode_ordinary(text))


@pytest.mark.parametrize("name", [*NAMES, "o200k_harmony"])
@pytest.mark.parametrize("text", TEXTS)
def test_it_counts_as_the_vocabulary_does(folder: Path, name: str, text: str) -> None:
    assert FewTexts(folder).count(text, name) == exactly(text, name)


@given(
    text=st.one_of(
        st.text(st.sampled_from(PRINTABLE + SIGNS + "\n\r\t  '"), max_size=120),
        st.lists(
            st.sampled_from(
                [
                    "word",
                    "Word",
                    "WORD",
                    "'s",
                    "'LL",
                    " ",
                    "  ",
                    "\n",
                    "\r\n",
                    "\t",
                    "12",
                    "/",
                    "_",
                    ".",
                    "—",
                    "’",
                    "🚀",
                ]
            ),
            max_size=40,
        ).map("".join),
    )
)
@pytest.mark.parametrize("name", NAMES)
def test_it_counts_any_text_of_ascii_and_signs_as_the_vocabulary_does(
    folder: Path, name: str, text: str
) -> None:
    assert FewTexts(folder).count(text, name) == exactly(text, name)


@pytest.mark.parametrize(
    "text", ["naïve", "a\u00a0b", "bell\a", "x" * 65 + "\x00", "2³", "\x1c", "qx" * 500, "❤\ufe0f", "\u200b"]
)
def test_it_leaves_what_is_not_plain_to_the_vocabulary(folder: Path, text: str) -> None:
    assert FewTexts(folder).count(text, "o200k_base") is None


def test_it_leaves_many_texts_to_the_vocabulary(folder: Path) -> None:
    few = FewTexts(folder)
    assert few.count("word " * (MOST_CHARACTERS // 10), "o200k_base") is not None
    assert few.count("word " * (MOST_CHARACTERS // 5), "o200k_base") is None


def test_without_parts_it_counts_nothing_and_has_them_written_for_the_next_run(tmp_path: Path) -> None:
    with counting_few(tmp_path):
        few = FEW.get()
        assert few is not None
        assert few.count("a text", "cl100k_base") is None
    assert FewTexts(tmp_path).count("a text", "cl100k_base") == 2
    assert not (tmp_path / "o200k_base").exists()


def test_damaged_parts_count_nothing(tmp_path: Path, folder: Path) -> None:
    raw = (folder / "cl100k_base").read_bytes()
    (tmp_path / "cl100k_base").write_bytes(raw[:-1_000_000] + bytes(1_000_000))
    few = FewTexts(tmp_path)
    words = [
        "every",
        "word",
        "of",
        "a",
        "longer",
        "text",
        "that",
        "has",
        "words",
        "enough",
        "to",
        "meet",
        "with",
        "what",
        "was",
        "damaged",
        "here",
    ]
    counted = [few.count(word, "cl100k_base") for word in words]
    assert None in counted
    assert all(
        tokens in (None, exactly(word, "cl100k_base")) for word, tokens in zip(words, counted, strict=True)
    )
