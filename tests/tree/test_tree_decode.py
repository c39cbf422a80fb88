"""Bytes to text and back."""

from __future__ import annotations

import subprocess

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from tree.repository import Repository

from scrimp.model.source import Skipped, Source
from scrimp.tree.decode import DECLARABLE, MARKS, blob_hash, decode, encode

marks = st.sampled_from([mark for mark, _ in MARKS] + [b""])
cookies = st.sampled_from([f"# coding: {name}\n".encode() for name in sorted(DECLARABLE)] + [b""])


def source(raw: bytes, path: str = "a.md") -> Source:
    decoded = decode(path, raw)
    assert isinstance(decoded, Source), decoded
    return decoded


def refused(raw: bytes, path: str = "a.md") -> Skipped:
    decoded = decode(path, raw)
    assert isinstance(decoded, Skipped), decoded
    return decoded


@given(mark=marks, cookie=cookies, rest=st.binary(max_size=60), path=st.sampled_from(["a.py", "a.md"]))
@example(mark=b"\xef\xbb\xbf", cookie=b"", rest=b"\xef\xbb\xbfone\r\n", path="a.md")
@example(mark=b"", cookie=b"# coding: shift_jis\n", rest=b"\x81\x5f", path="a.py")
@example(mark=b"", cookie=b"# coding: cp932\n", rest=b"\x87\x90", path="a.py")
def test_what_is_decoded_goes_back_to_its_bytes(mark: bytes, cookie: bytes, rest: bytes, path: str) -> None:
    raw = mark + cookie + rest
    decoded = decode(path, raw)
    if isinstance(decoded, Source):
        assert encode(decoded, decoded.text) == raw
        assert decoded.blob == blob_hash(raw)
    else:
        assert decoded.code in {"binary", "encoding"}


@given(
    text=st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0")),
    mark=st.sampled_from(MARKS),
)
def test_every_text_is_read_behind_every_mark(text: str, mark: tuple[bytes, str]) -> None:
    decoded = source(mark[0] + text.encode(mark[1]))
    assert (decoded.text, decoded.mark, decoded.encoding) == (text, *mark)


@given(text=st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0")))
def test_without_a_mark_text_is_utf_8(text: str) -> None:
    decoded = decode("a.md", text.encode())
    if not text.startswith("\ufeff"):
        assert isinstance(decoded, Source)
        assert (decoded.text, decoded.mark, decoded.encoding) == (text, b"", "utf-8")


def test_line_ends_stay_as_they_are() -> None:
    assert source(b"one\r\ntwo\rthree\n").text == "one\r\ntwo\rthree\n"


@pytest.mark.parametrize(
    ("raw", "encoding"),
    [
        (b"# -*- coding: latin-1 -*-\nx = '\xe9'\n", "iso8859-1"),
        (b"#!/usr/bin/python\r\n# vim: set fileencoding=cp1252 :\r\nx = '\x80'\r\n", "cp1252"),
        (b"\n# coding: iso-8859-15\nx = '\xa4'", "iso8859-15"),
        (b"# coding: koi8-r\rx = '\xc1'", "koi8-r"),
        ("# coding: EUC-JP\nx = '日本'".encode("euc-jp"), "euc_jp"),
        ("# coding: UTF-8\nx = 'é'".encode(), "utf-8"),
        ("x = 1\n# coding: latin-1\ny = 'é'".encode(), "utf-8"),
        ("'''\n# coding: latin-1\n''' + 'é'".encode(), "utf-8"),
    ],
)
def test_a_python_file_may_declare_its_encoding(raw: bytes, encoding: str) -> None:
    decoded = source(raw, "a.py")
    assert decoded.encoding == encoding
    compiled = compile(raw, "a.py", "exec", dont_inherit=True)
    assert [each for each in compiled.co_consts if isinstance(each, str)] or encoding == "utf-8"
    assert decoded.text == raw.decode(encoding)


def test_only_a_python_file_may_declare_its_encoding() -> None:
    assert refused(b"# coding: latin-1\n\xe9", "a.md").code == "encoding"


@pytest.mark.parametrize(
    "name",
    [
        "utf-7",
        "rot13",
        "base64",
        "unicode_escape",
        "raw_unicode_escape",
        "idna",
        "utf-16",
        "cp037",
        "no.such",
    ],
)
def test_a_codec_that_hides_or_transforms_text_is_refused(name: str) -> None:
    skipped = refused(f"# coding: {name}\nx = 1\n".encode(), "a.py")
    assert (skipped.code, skipped.incomplete, skipped.line) == ("encoding", True, 1)
    assert name in skipped.reason


def test_text_that_cannot_be_decoded_makes_a_run_incomplete_and_names_the_line() -> None:
    skipped = refused(b"one\ntwo\nthr\xff\xfe")
    assert (skipped.code, skipped.incomplete, skipped.line) == ("encoding", True, 3)
    assert "byte ff at offset 11" in skipped.reason


def test_a_nul_means_binary_unless_a_mark_says_otherwise() -> None:
    skipped = refused(b"\x89PNG\0\0")
    assert (skipped.code, skipped.incomplete) == ("binary", False)
    assert refused("text".encode("utf-16-le")).code == "binary"
    assert source("text".encode("utf-16")).text == "text"
    assert source(b"x" * 10_000 + b"\0").text.endswith("\0")


def test_bytes_that_would_change_when_written_back_are_refused() -> None:
    assert "\u2252" in source(b"# coding: cp932\n\x81\xe0", "a.py").text
    assert "written back" in refused(b"# coding: cp932\n\x87\x90", "a.py").reason  # the same character


def test_a_character_that_the_encoding_lacks_is_not_lost_silently() -> None:
    latin = source(b"# coding: latin-1\n\xe9", "a.py")
    with pytest.raises(UnicodeEncodeError):
        encode(latin, "\u20ac")


@pytest.mark.parametrize("raw", [b"", b"one\r\n", b"\0\xff"])
def test_the_hash_is_gits_own(raw: bytes, repository: Repository) -> None:
    done = subprocess.run(
        ["git", "hash-object", "--stdin"], input=raw, cwd=repository.root, capture_output=True, check=True
    )
    assert done.stdout.decode().strip() == blob_hash(raw)


def test_a_known_hash_is_kept() -> None:
    decoded = decode("a.md", b"one", "f" * 64)
    assert isinstance(decoded, Source)
    assert decoded.blob == "f" * 64
