"""Tokens of texts, by the hash of a text and the name of the vocabulary that counted it."""

from __future__ import annotations

from hashlib import blake2b
from pathlib import Path

import msgspec

from scrimp.store import sealed

MOST_COUNTS = 400_000
"""Counts that are kept, some 8 MB; those that weren't used last are left out first."""

KEY = 12
"""Bytes of a text's hash: among a million texts two have the same with a chance of 1 in 10^17."""

_DECODER = msgspec.msgpack.Decoder(dict[str, dict[bytes, int]])


class Counts:
    """The counts of a file; ``None`` for a file is to know and keep nothing."""

    def __init__(self, file: Path | None) -> None:
        self._file = file
        self._before: dict[str, dict[bytes, int]] | None = None
        self._used: dict[str, dict[bytes, int]] = {}
        self._is_new = False

    def get(self, text: str, encoding: str) -> int | None:
        """The tokens of a text in a vocabulary; ``None`` if they aren't known."""
        if self._before is None:
            self._before = _read(self._file)
        key = _key(text)
        found = self._before.get(encoding, {}).get(key)
        if found is not None:
            self._used.setdefault(encoding, {})[key] = found
        return found

    def put(self, text: str, encoding: str, tokens: int) -> None:
        """Remember the tokens of a text."""
        self._used.setdefault(encoding, {})[_key(text)] = tokens
        self._is_new = True

    def save(self) -> bool:
        """Write the counts, if there are new ones; whether they were written."""
        if self._file is None or not self._is_new:
            return False
        kept = {encoding: dict(counts) for encoding, counts in self._used.items()}
        room = MOST_COUNTS - sum(map(len, kept.values()))
        for encoding, counts in (self._before or {}).items():
            for key, tokens in counts.items():
                if room > 0 and key not in kept.setdefault(encoding, {}):
                    kept[encoding][key] = tokens
                    room -= 1
        return sealed.write(self._file, msgspec.msgpack.encode(kept))


def _key(text: str) -> bytes:
    return blake2b(text.encode("utf-8", "surrogatepass"), digest_size=KEY).digest()


def _read(file: Path | None) -> dict[str, dict[bytes, int]]:
    content = None if file is None else sealed.read(file)
    try:
        return {} if content is None else _DECODER.decode(content)
    except msgspec.MsgspecError:
        return {}
