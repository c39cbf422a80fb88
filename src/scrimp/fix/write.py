"""Reading a file again before it is fixed, and replacing it: all or nothing, only what was scanned."""

from __future__ import annotations

import hashlib
import os
import stat
import tempfile
from pathlib import Path

from scrimp.model.source import Skipped, Source
from scrimp.tree.decode import decode, encode


class FileRefusedError(Exception):
    """A file that may not be changed; the message says why."""


def reread(root: Path, path: str, blob: str) -> Source:
    """The text of a file, whose bytes must still have the git hash ``blob`` that the scan saw.

    Raises ``FileRefusedError`` if they haven't, or if the file can't be read.
    """
    raw = _bytes(_regular(root, path))
    if _blob_like(raw, blob) != blob:
        raise FileRefusedError("it has changed since it was scanned; run again")
    source = decode(path, raw)
    if isinstance(source, Skipped):
        raise FileRefusedError(source.reason)
    return source


def write(root: Path, before: Source, text: str) -> None:
    """Replace a file's text: encoding, byte order mark, line ends, mode and owner stay.

    The new bytes are written beside the file, forced to the disk and moved over it, so that whoever reads it
    sees the old or the new text. A symbolic link stays one: its target is replaced. Raises
    ``FileRefusedError`` if the file is no longer what ``before`` was read from, or can't be replaced without
    breaking something.
    """
    target = _regular(root, before.path)
    old, new = encode(before, before.text), _encoded(before, text)
    status = target.stat()
    if status.st_nlink > 1:
        raise FileRefusedError("it has several hard links, which replacing it would separate")
    if not os.access(target, os.W_OK):
        raise FileRefusedError("it is write-protected")
    handle, name = tempfile.mkstemp(prefix=f".{target.name}.", suffix=".scrimp", dir=target.parent)
    temporary = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(new)
            file.flush()
            _keep_status(temporary, status)
            os.fsync(file.fileno())
        if _bytes(target) != old:
            raise FileRefusedError("it has changed since it was scanned; run again")
        temporary.replace(target)
    except OSError as error:
        raise FileRefusedError(f"it can't be written: {error.strerror}") from error
    finally:
        temporary.unlink(missing_ok=True)


def _regular(root: Path, path: str) -> Path:
    """The regular file that a path leads to, inside the root."""
    base = root.resolve()
    try:
        target = (base / path).resolve(strict=True)
    except (OSError, RuntimeError) as error:
        raise FileRefusedError(f"it can't be found: {error}") from error
    if not target.is_relative_to(base):
        raise FileRefusedError("it lies outside of the root")
    if not stat.S_ISREG(target.stat().st_mode):
        raise FileRefusedError("it is no regular file")
    return target


def _bytes(target: Path) -> bytes:
    try:
        return target.read_bytes()
    except OSError as error:
        raise FileRefusedError(f"it can't be read: {error.strerror}") from error


def _encoded(before: Source, text: str) -> bytes:
    try:
        return encode(before, text)
    except UnicodeEncodeError as error:
        raise FileRefusedError(f"{before.encoding} has no bytes for {error.object[error.start]!r}") from error


def _keep_status(temporary: Path, status: os.stat_result) -> None:
    """Give a new file the owner and the mode of the one that it will replace."""
    own = temporary.stat()
    if (own.st_uid, own.st_gid) != (status.st_uid, status.st_gid):
        os.chown(temporary, status.st_uid, status.st_gid)
    temporary.chmod(stat.S_IMODE(status.st_mode))


def _blob_like(raw: bytes, blob: str) -> str:
    """The git hash of some bytes, SHA-256 where the other hash is one (repositories may use either)."""
    data = b"blob %d\0" % len(raw) + raw
    if len(blob) == hashlib.sha256().digest_size * 2:
        return hashlib.sha256(data).hexdigest()
    return hashlib.sha1(data, usedforsecurity=False).hexdigest()
