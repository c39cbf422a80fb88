"""The vocabularies that OpenAI publishes, shipped with the package and checked at each load.

``tiktoken`` downloads a vocabulary at its first use; a hook must not. So the bytes lie in ``data/`` (made by
``scripts/refresh_vocabularies.py``), are compared with the hash that tiktoken itself pins, and
``tiktoken.Encoding`` is built from them directly: nothing is downloaded or written, and no environment
variable is read.

Mistral's ``tekken`` is too large to ship; it is read from the data of ``mistral-common``, if that is there (the extra
``mistral``), without importing it.

The hashes, patterns and special tokens below are those of ``tiktoken_ext.openai_public`` in tiktoken 0.14.0
(2026-08-17); a test compares them.
"""

from __future__ import annotations

import binascii
import hashlib
import itertools
import zlib
from collections.abc import Iterator, Mapping
from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import Struct

from scrimp.model.errors import UserError

if TYPE_CHECKING:
    from tiktoken import Encoding

DATA = Path(__file__).with_name("data")
"""Where the packed vocabularies lie."""

_GZIP = 16 + zlib.MAX_WBITS
_BLOCK = 64 * 1024


class Vocabulary(Struct, frozen=True):
    """How a vocabulary is built: ``ranks`` names a file, ``sha256`` hashes its content.

    The file lies in ``data/``, or in the folder ``data`` of another ``package``, which may not be installed.
    """

    ranks: str
    sha256: str
    pattern: str
    special_tokens: Mapping[str, int]
    package: str = ""

    @property
    def path(self) -> Path | None:
        """Where its file lies; ``None`` if the package that has it isn't installed."""
        if not self.package:
            return DATA / self.ranks
        spec = find_spec(self.package)
        folders = (spec and spec.submodule_search_locations) or ()
        paths = (Path(folder) / "data" / self.ranks for folder in folders)
        return next((path for path in paths if path.is_file()), None)


_CL100K_SHA256 = "223921b76ee99bde995b7ff738513eef100fb51d18c93597a113bcffe865b2a7"
_O200K_SHA256 = "446a9538cb6c348e3516120d7c08b09f57c36495e2acfffe59a5bf8b0cfb1a2d"

_CL100K_PATTERN = (
    r"'(?i:[sdmt]|ll|ve|re)|[^\r\n\p{L}\p{N}]?+\p{L}++|\p{N}{1,3}+| ?[^\s\p{L}\p{N}]++[\r\n]*+"
    r"|\s++$|\s*[\r\n]|\s+(?!\S)|\s"
)
# mistral-common 1.13.1 (2026-11-02), data/tekken_240911.json: the pattern in its `config`, and of the tokens in its
# `vocab` those that are used (see tekken.py), joined by line ends. Those of tekken_240718.json are the same.
_TEKKEN_SHA256 = "6e8394d108f7035db0317efdb7d8c57e2d44290b9b8bde909249d3ff0ab8269d"
_TEKKEN_PATTERN = "|".join(
    (
        r"[^\r\n\p{L}\p{N}]?[\p{Lu}\p{Lt}\p{Lm}\p{Lo}\p{M}]*[\p{Ll}\p{Lm}\p{Lo}\p{M}]+",
        r"[^\r\n\p{L}\p{N}]?[\p{Lu}\p{Lt}\p{Lm}\p{Lo}\p{M}]+[\p{Ll}\p{Lm}\p{Lo}\p{M}]*",
        r"\p{N}",
        r" ?[^\s\p{L}\p{N}]+[\r\n/]*",
        r"\s*[\r\n]+",
        r"\s+(?!\S)",
        r"\s+",
    )
)
_O200K_PATTERN = "|".join(
    (
        r"[^\r\n\p{L}\p{N}]?[\p{Lu}\p{Lt}\p{Lm}\p{Lo}\p{M}]*[\p{Ll}\p{Lm}\p{Lo}\p{M}]+(?i:'s|'t|'re|'ve|'m|'ll|'d)?",
        r"[^\r\n\p{L}\p{N}]?[\p{Lu}\p{Lt}\p{Lm}\p{Lo}\p{M}]+[\p{Ll}\p{Lm}\p{Lo}\p{M}]*(?i:'s|'t|'re|'ve|'m|'ll|'d)?",
        r"\p{N}{1,3}",
        r" ?[^\s\p{L}\p{N}]+[\r\n/]*",
        r"\s*[\r\n]+",
        r"\s+(?!\S)",
        r"\s+",
    )
)

_CL100K_SPECIAL = {
    "<|endoftext|>": 100257,
    "<|fim_prefix|>": 100258,
    "<|fim_middle|>": 100259,
    "<|fim_suffix|>": 100260,
    "<|endofprompt|>": 100276,
}
_O200K_SPECIAL = {"<|endoftext|>": 199999, "<|endofprompt|>": 200018}
_HARMONY_NAMED = {
    "<|startoftext|>": 199998,
    "<|endoftext|>": 199999,
    "<|return|>": 200002,
    "<|constrain|>": 200003,
    "<|channel|>": 200005,
    "<|start|>": 200006,
    "<|end|>": 200007,
    "<|message|>": 200008,
    "<|call|>": 200012,
    # 200018 bears two names in the published table: this one and `<|reserved_200018|>`.
    "<|endofprompt|>": 200018,
}
_HARMONY_RESERVED = {
    f"<|reserved_{token}|>": token
    for token in (*range(200000, 200002), 200004, *range(200009, 200012), *range(200013, 201088))
}

VOCABULARIES: Mapping[str, Vocabulary] = {
    "o200k_base": Vocabulary("o200k_base.tiktoken.gz", _O200K_SHA256, _O200K_PATTERN, _O200K_SPECIAL),
    "o200k_harmony": Vocabulary(
        "o200k_base.tiktoken.gz", _O200K_SHA256, _O200K_PATTERN, {**_HARMONY_NAMED, **_HARMONY_RESERVED}
    ),
    "cl100k_base": Vocabulary("cl100k_base.tiktoken.gz", _CL100K_SHA256, _CL100K_PATTERN, _CL100K_SPECIAL),
    "tekken": Vocabulary("tekken_240911.json", _TEKKEN_SHA256, _TEKKEN_PATTERN, {}, package="mistral_common"),
}
"""Every vocabulary that can be loaded, by its name."""


@lru_cache(maxsize=len(VOCABULARIES))
def available(name: str) -> bool:
    """Whether a vocabulary is known and its file is here."""
    return name in VOCABULARIES and VOCABULARIES[name].path is not None


@lru_cache(maxsize=len(VOCABULARIES))
def encoding(name: str) -> Encoding:
    """The encoding with this name, loaded once a process (about a quarter of a second for ``o200k_base``).

    Raises ``UserError`` if there is no such vocabulary, or if its file is missing or was changed.
    """
    if name not in VOCABULARIES:
        known = ", ".join(sorted(VOCABULARIES))
        raise UserError(f"no vocabulary is called {name!r}", f"use one of {known}")
    from tiktoken import Encoding  # noqa: PLC0415 - a warm run counts nothing and must not pay for it

    vocabulary = VOCABULARIES[name]
    path = vocabulary.path
    if path is None:
        raise UserError(f"the vocabulary {name!r} is not installed", "install scrimp[mistral]")
    loaded = Encoding(
        name,
        pat_str=vocabulary.pattern,
        mergeable_ranks=_read(path, vocabulary.sha256),
        special_tokens=dict(vocabulary.special_tokens),
    )
    # tiktoken counts with its own copy; the table in Python is for pickling, and a third of the vocabulary's 80 MB.
    loaded._mergeable_ranks = {}
    return loaded


def loaded() -> bool:
    """Whether this process has loaded any vocabulary."""
    return encoding.cache_info().currsize > 0


def ranks_of(name: str) -> dict[bytes, int]:
    """The tokens of one of OpenAI's vocabularies with their ranks. Raises ``UserError`` as ``encoding`` does."""
    vocabulary = VOCABULARIES[name]
    return read_ranks(DATA / vocabulary.ranks, vocabulary.sha256)


def _read(path: Path, sha256: str) -> dict[bytes, int]:
    if path.suffix == ".json":
        from scrimp.tokens.tekken import read_tekken  # noqa: PLC0415 - few count for Mistral

        return read_tekken(path, sha256)
    return read_ranks(path, sha256)


def read_ranks(path: Path, sha256: str) -> dict[bytes, int]:
    """The tokens of a packed vocabulary with their ranks.

    ``sha256`` is that of the unpacked file. Raises ``UserError`` if the file can't be read or its content has
    another hash: a changed vocabulary would count wrongly without a sign of it.
    """
    try:
        content = zlib.decompress(path.read_bytes(), wbits=_GZIP)
    except (OSError, zlib.error) as error:
        raise UserError(f"{path}: the vocabulary can't be read: {error}", "install scrimp again") from error
    if hashlib.sha256(content).hexdigest() != sha256:
        raise UserError(f"{path}: the vocabulary is not the published one", "install scrimp again")
    # Lines are `<token in base64> <rank>`. In the files with these hashes ranks count the lines, which a test
    # checks once, so that a load needn't read 200,000 numbers.
    tokens = itertools.chain.from_iterable(map(binascii.a2b_base64, block) for block in _written(content))
    return dict(zip(tokens, itertools.count(), strict=False))


def _written(content: bytes) -> Iterator[list[bytes]]:
    """The tokens in base64, some thousands at a time: all at once would take as much memory as the vocabulary."""
    start = 0
    while start < len(content):
        end = content.find(b"\n", start + _BLOCK) + 1 or len(content)
        yield content[start:end].split()[::2]
        start = end
