"""Sizes of images by the first bytes of their files."""

from __future__ import annotations

from struct import pack

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scrimp.tokens.pixels import size_of

PNG = b"\x89PNG\r\n\x1a\n" + pack(">I4sII", 13, b"IHDR", 640, 480)
GIF = b"GIF89a" + pack("<HH", 640, 480)
APP0 = b"\xff\xe0" + pack(">H", 16) + b"JFIF\0" + bytes(9)
TABLES = b"\xff\xc4" + pack(">H", 4) + b"\xff\xc0"  # no frame header, though it looks like one inside
JPEG = b"\xff\xd8" + APP0 + TABLES + b"\xff\xff\xc2" + pack(">HBHH", 17, 8, 480, 640)
LOSSY = b"RIFF" + bytes(4) + b"WEBPVP8 " + bytes(7) + b"\x9d\x01\x2a" + pack("<HH", 640 | 1 << 14, 480)
LOSSLESS = b"RIFF" + bytes(4) + b"WEBPVP8L" + bytes(4) + b"\x2f" + pack("<I", 639 | 479 << 14)
EXTENDED = (
    b"RIFF" + bytes(4) + b"WEBPVP8X" + bytes(8) + (639).to_bytes(3, "little") + (479).to_bytes(3, "little")
)
IMAGES = {"png": PNG, "gif": GIF, "jpeg": JPEG, "lossy": LOSSY, "lossless": LOSSLESS, "extended": EXTENDED}


@pytest.mark.parametrize("image", IMAGES.values(), ids=IMAGES)
def test_a_size_is_read_from_the_header(image: bytes) -> None:
    assert size_of(image) == size_of(image + bytes(100)) == (640, 480)


@pytest.mark.parametrize("image", IMAGES.values(), ids=IMAGES)
def test_a_header_that_is_cut_is_no_image(image: bytes) -> None:
    assert {size_of(image[:end]) for end in range(len(image) - 2)} == {None}


@pytest.mark.parametrize("text", [b"", b"RIFF", b"GIF89b", b"You are a careful assistant.", "Ты".encode()])
def test_text_is_no_image(text: bytes) -> None:
    assert size_of(text) is None


@given(
    st.sampled_from([b"\xff\xd8\xff", b"RIFF0000WEBP", b"GIF87a", b"\x89PNG\r\n\x1a\n"]),
    st.binary(max_size=200),
)
def test_whatever_follows_is_a_size_or_none(magic: bytes, rest: bytes) -> None:
    size = size_of(magic + rest)
    assert size is None or min(size) > 0
