"""Reads Mistral's vocabulary from the file that ``mistral-common`` has it in."""

from __future__ import annotations

import binascii
import hashlib
import itertools
from pathlib import Path

import msgspec

from scrimp.model.errors import UserError

TOKENS = 131072 - 1000
"""How many of the file's tokens are used, by its ``config``: ``default_vocab_size`` less
``default_num_special_tokens`` (mistral-common 1.13.1, 2026-11-02)."""


class _Token(msgspec.Struct):
    token_bytes: str


class _File(msgspec.Struct):
    vocab: list[_Token]


def read_tekken(path: Path, sha256: str) -> dict[bytes, int]:
    """The tokens of the vocabulary with their ranks, which count them.

    ``sha256`` is that of the tokens in base64 as they are written, joined by line ends. Raises ``UserError`` if the
    file can't be read or has other tokens.
    """
    try:
        vocab = msgspec.json.decode(path.read_bytes(), type=_File).vocab
    except (OSError, msgspec.MsgspecError) as error:
        raise UserError(
            f"{path}: the vocabulary can't be read: {error}", "install scrimp[mistral] again"
        ) from error
    tokens = [each.token_bytes for each in vocab[:TOKENS]]
    if hashlib.sha256("\n".join(tokens).encode()).hexdigest() != sha256:
        raise UserError(f"{path}: the vocabulary is not the published one", "install mistral-common 1.13")
    return dict(zip(map(binascii.a2b_base64, tokens), itertools.count(), strict=False))
