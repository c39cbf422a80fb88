"""Values as the bytes that files of the cache hold, and back: what can't be either is ``None``."""

from __future__ import annotations

from typing import Any, TypeVar

import msgspec

Value = TypeVar("Value")


def encoded(value: Any) -> bytes | None:
    """The bytes of a value; one with half of a surrogate pair, or a number beyond 64 bits, has none."""
    try:
        return msgspec.msgpack.encode(value)
    except (UnicodeEncodeError, OverflowError):
        return None


def decoded(decoder: msgspec.msgpack.Decoder[Value], content: bytes | None) -> Value | None:
    """The value that some bytes are of; ``None`` if there are no bytes, or they are damaged."""
    try:
        return None if content is None else decoder.decode(content)
    except msgspec.MsgspecError:
        return None
