"""The size of an image in pixels, from the first bytes of its file: PNG, GIF, JPEG and WebP, which models take.

Nothing is decoded. The layouts are those of the formats' specifications: PNG (W3C, 11.2.2), GIF89a (18), JPEG (T.81,
B.2.2), and WebP (RFC 9649, 2.5 to 2.7).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from struct import error as TooShort  # noqa: N812 - what it means here
from struct import unpack_from
from typing import TypeAlias

Size: TypeAlias = tuple[int, int]
"""Width and height."""


def size_of(raw: bytes) -> Size | None:
    """The size of the image in some bytes; ``None`` if they are no image of these formats, or a broken one."""
    read = next((read for magic, read in _READERS.items() if raw.startswith(magic)), None)
    if read is None:
        return None
    try:
        size = read(raw)
    except (TooShort, IndexError):
        return None
    return size if size and min(size) > 0 else None


def _png(raw: bytes) -> Size | None:
    width, height = unpack_from(">II", raw, 16)
    return width, height


def _gif(raw: bytes) -> Size | None:
    width, height = unpack_from("<HH", raw, 6)
    return width, height


def _jpeg(raw: bytes) -> Size | None:
    """Segments are skipped until the frame header; ``0xFF`` may be repeated before a marker."""
    at = 2
    while raw[at] == 0xFF:
        marker = raw[at + 1]
        if marker == 0xFF:
            at += 1
        elif 0xC0 <= marker <= 0xCF and marker not in {0xC4, 0xC8, 0xCC}:
            height, width = unpack_from(">HH", raw, at + 5)
            return width, height
        else:
            at += 2 + max(2, unpack_from(">H", raw, at + 2)[0])
    return None


def _webp(raw: bytes) -> Size | None:
    match raw[8:16]:
        case b"WEBPVP8 ":
            width, height = unpack_from("<HH", raw, 26)
            return width & 0x3FFF, height & 0x3FFF
        case b"WEBPVP8L":
            (bits,) = unpack_from("<I", raw, 21)
            return (bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1
        case b"WEBPVP8X":
            width, height = (int.from_bytes(raw[start : start + 3], "little") + 1 for start in (24, 27))
            return (width, height) if len(raw) >= 30 else None
    return None


_READERS: Mapping[bytes, Callable[[bytes], Size | None]] = {
    b"\x89PNG\r\n\x1a\n": _png,
    b"GIF87a": _gif,
    b"GIF89a": _gif,
    b"\xff\xd8": _jpeg,
    b"RIFF": _webp,
}
