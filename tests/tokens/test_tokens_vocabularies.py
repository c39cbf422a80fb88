"""The shipped vocabularies: the published ones, and nothing else."""

from __future__ import annotations

import gzip
import hashlib
import re
import socket
from pathlib import Path

import pytest
import tiktoken_ext.openai_public as published  # type: ignore[import-untyped]

from scrimp.catalog.models import resolve
from scrimp.model.amounts import Grade, Interval
from scrimp.model.errors import UserError
from scrimp.tokens import vocabularies
from scrimp.tokens.counting import count
from scrimp.tokens.families import count_for
from scrimp.tokens.tekken import read_tekken
from scrimp.tokens.vocabularies import DATA, VOCABULARIES, available, encoding, read_ranks

SHIPPED = sorted(name for name, vocabulary in VOCABULARIES.items() if not vocabulary.package)


@pytest.fixture(params=SHIPPED)
def name(request: pytest.FixtureRequest) -> str:
    return str(request.param)


def test_a_vocabulary_is_what_tiktoken_builds(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: dict[str, str] = {}

    def pinned(url: str, expected_hash: str) -> dict[bytes, int]:
        asked[url] = expected_hash
        return {}

    monkeypatch.setattr(published, "load_tiktoken_bpe", pinned)
    theirs = published.ENCODING_CONSTRUCTORS[name]()
    ours = VOCABULARIES[name]
    assert ours.pattern == theirs["pat_str"]
    assert ours.special_tokens == theirs["special_tokens"]
    assert list(asked.values()) == [ours.sha256]
    assert re.search(rf"/{ours.ranks.removesuffix('.tiktoken.gz')}\.tiktoken$", next(iter(asked)))


@pytest.mark.parametrize("ranks", ["o200k_base", "cl100k_base"])
def test_ranks_count_the_lines_of_the_published_file(ranks: str) -> None:
    content = gzip.decompress((DATA / f"{ranks}.tiktoken.gz").read_bytes())
    assert hashlib.sha256(content).hexdigest() == VOCABULARIES[ranks].sha256
    numbers = [int(line.split()[1]) for line in content.splitlines()]
    assert numbers == list(range(len(numbers)))


def test_loading_uses_no_network_and_no_environment(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise AssertionError("a socket was opened")

    monkeypatch.setattr(socket, "socket", refuse)
    monkeypatch.setenv("TIKTOKEN_CACHE_DIR", str(tmp_path))
    loaded = encoding.__wrapped__("cl100k_base")
    assert loaded.encode_ordinary("tiktoken is great!") == [83, 1609, 5963, 374, 2294, 0]
    assert list(tmp_path.iterdir()) == []


def test_harmony_has_its_control_tokens() -> None:
    text = "<|start|>user<|message|>hi<|end|>"
    assert len(encoding("o200k_harmony").encode(text, allowed_special="all")) == 5
    assert len(encoding("o200k_harmony").encode_ordinary(text)) == 17


def test_a_changed_vocabulary_is_an_error(tmp_path: Path) -> None:
    changed = tmp_path / "o200k_base.tiktoken.gz"
    content = gzip.decompress((DATA / changed.name).read_bytes())
    changed.write_bytes(gzip.compress(content.replace(b"IQ== 0", b"Ig== 0", 1), 1))
    with pytest.raises(UserError, match=r"o200k_base\.tiktoken\.gz: the vocabulary is not the published one"):
        read_ranks(changed, VOCABULARIES["o200k_base"].sha256)


@pytest.mark.parametrize("content", [None, b"", b"no gzip", b"\x1f\x8b\x08\x00"])
def test_an_unreadable_vocabulary_is_an_error(tmp_path: Path, content: bytes | None) -> None:
    path = tmp_path / "broken.tiktoken.gz"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(UserError, match=r"broken\.tiktoken\.gz: the vocabulary can't be read") as caught:
        read_ranks(path, "")
    assert caught.value.hint == "install scrimp again"


def test_an_unknown_vocabulary_is_an_error_that_names_the_known() -> None:
    with pytest.raises(UserError, match="no vocabulary is called 'p50k_base'") as caught:
        encoding("p50k_base")
    assert caught.value.hint == "use one of cl100k_base, o200k_base, o200k_harmony, tekken"


# Counted by Tekkenizer of mistral-common 1.13.1 from its tekken_240911.json (2026-11-24), without its control tokens.
# It and ours were equal on 2,519 texts: prompts, code, JSON and 25 languages.
@pytest.mark.parametrize(
    ("text", "tokens"),
    [
        ("tiktoken is great!", 5),
        ("お誕生日おめでとう", 7),
        ("2 + 2 = 4, 12345", 14),
        ("<|endoftext|>[INST]", 10),
        ("def f(x):\n    return x['a'] + 1\n", 14),
        ("Ты внимательный помощник.\r\n\r\n   ", 13),
    ],
)
def test_mistrals_vocabulary_counts_as_its_own_tokenizer(text: str, tokens: int) -> None:
    assert count(text, "tekken") == tokens
    assert count_for(text, resolve("open-mistral-nemo")) == Interval(tokens, tokens, tokens, Grade.EXACT)


def test_without_its_package_mistral_is_counted_by_a_factor(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(vocabularies, "find_spec", lambda _name: None)
    available.cache_clear()
    encoding.cache_clear()
    try:
        assert not available("tekken")
        assert count_for("tiktoken is great!", resolve("open-mistral-nemo")).grade is Grade.CALIBRATED
        with pytest.raises(UserError, match="'tekken' is not installed") as caught:
            encoding("tekken")
        assert caught.value.hint == "install scrimp[mistral]"
    finally:
        available.cache_clear()
        encoding.cache_clear()


@pytest.mark.parametrize(
    ("content", "what"),
    [
        (None, "can't be read"),
        (b"{", "can't be read"),
        (b'{"vocab": [{"token_bytes": 1}]}', "can't be read"),
        (b'{"vocab": [{"token_bytes": "IQ=="}]}', "not the published one"),
    ],
)
def test_another_vocabulary_than_mistrals_is_an_error(
    tmp_path: Path, content: bytes | None, what: str
) -> None:
    path = tmp_path / "tekken.json"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(UserError, match=what):
        read_tekken(path, VOCABULARIES["tekken"].sha256)
