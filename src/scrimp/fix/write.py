"""Reading a file again before it is fixed, and replacing files: all or none, only what was scanned."""

from __future__ import annotations

import hashlib
import os
import stat
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path

from msgspec import Struct

from scrimp.model.source import Skipped, Source
from scrimp.tree.decode import decode, encode


class FileRefusedError(Exception):
    """A file that may not be changed; the message says why. ``path`` is relative to the root."""

    def __init__(self, reason: str, path: str) -> None:
        super().__init__(reason)
        self.path = path


class Rewrite(Struct, frozen=True):
    """A file as it was read, and its text once fixed."""

    before: Source
    text: str


def reread(root: Path, path: str, blob: str) -> Source:
    """The text of a file, whose bytes must still have the git hash ``blob`` that the scan saw.

    Raises ``FileRefusedError`` if they haven't, or if the file can't be read.
    """
    raw = _bytes(_regular(root, path), path)
    if _blob_like(raw, blob) != blob:
        raise _changed(path)
    source = decode(path, raw)
    if isinstance(source, Skipped):
        raise FileRefusedError(source.reason, path)
    return source


def write(root: Path, rewrites: Sequence[Rewrite]) -> None:
    """Replace the texts of files, all or none: encoding, byte order mark, line ends, mode and owner stay.

    The new bytes of all files are written beside them and forced to the disk before the first is moved over its
    file, so that whoever reads one sees the old or the new text, whenever this is interrupted. A symbolic link stays
    one: its target is replaced. Raises ``FileRefusedError`` if a file is no longer what it was read from, or can't be
    replaced without breaking something; then all are as they were.
    """
    with ExitStack() as stack:
        staged = [stack.enter_context(_staged(root, rewrite)) for rewrite in rewrites]
        done: list[_Staged] = []
        try:
            for each in staged:
                each.put()
                done.append(each)
        except BaseException:
            for each in reversed(done):
                each.take_back()
            raise


class _Staged(Struct, frozen=True):
    """New bytes that wait beside the file that they will replace."""

    path: str
    target: Path
    temporary: Path
    old: bytes

    def put(self) -> None:
        """Move the new bytes over the file, if that is still what it was."""
        if _bytes(self.target, self.path) != self.old:
            raise _changed(self.path)
        with _refusing(self.path):
            self.temporary.replace(self.target)

    def take_back(self) -> None:
        """Put the old bytes back."""
        with _refusing(self.path), _beside(self.target, self.old) as temporary:
            temporary.replace(self.target)


@contextmanager
def _staged(root: Path, rewrite: Rewrite) -> Iterator[_Staged]:
    path = rewrite.before.path
    target = _regular(root, path)
    old, new = encode(rewrite.before, rewrite.before.text), _encoded(rewrite)
    if target.stat().st_nlink > 1:
        raise FileRefusedError("it has several hard links, which replacing it would separate", path)
    if not os.access(target, os.W_OK):
        raise FileRefusedError("it is write-protected", path)
    with ExitStack() as stack:
        with _refusing(path):
            temporary = stack.enter_context(_beside(target, new))
        yield _Staged(path, target, temporary, old)


@contextmanager
def _beside(target: Path, raw: bytes) -> Iterator[Path]:
    """A file of some bytes in the folder of another, with its owner and mode; it is gone in the end, if not moved."""
    handle, name = tempfile.mkstemp(prefix=f".{target.name}.", suffix=".scrimp", dir=target.parent)
    temporary = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(raw)
            file.flush()
            _keep_status(temporary, target)
            os.fsync(file.fileno())
        yield temporary
    finally:
        temporary.unlink(missing_ok=True)


@contextmanager
def _refusing(path: str) -> Iterator[None]:
    """What the system refuses, as a refusal of the file."""
    try:
        yield
    except OSError as error:
        raise FileRefusedError(f"it can't be written: {error.strerror}", path) from error


def _changed(path: str) -> FileRefusedError:
    return FileRefusedError("it has changed since it was scanned; run again", path)


def _regular(root: Path, path: str) -> Path:
    """The regular file that a path leads to, inside the root."""
    base = root.resolve()
    try:
        target = (base / path).resolve(strict=True)
    except (OSError, RuntimeError) as error:
        raise FileRefusedError(f"it can't be found: {error}", path) from error
    if not target.is_relative_to(base):
        raise FileRefusedError("it lies outside of the root", path)
    if not stat.S_ISREG(target.stat().st_mode):
        raise FileRefusedError("it is no regular file", path)
    return target


def _bytes(target: Path, path: str) -> bytes:
    try:
        return target.read_bytes()
    except OSError as error:
        raise FileRefusedError(f"it can't be read: {error.strerror}", path) from error


def _encoded(rewrite: Rewrite) -> bytes:
    before = rewrite.before
    try:
        return encode(before, rewrite.text)
    except UnicodeEncodeError as error:
        character = error.object[error.start]
        raise FileRefusedError(f"{before.encoding} has no bytes for {character!r}", before.path) from error


def _keep_status(temporary: Path, target: Path) -> None:
    """Give a new file the owner, the mode and the extended attributes of the one that it will replace."""
    status, own = target.stat(), temporary.stat()
    if (own.st_uid, own.st_gid) != (status.st_uid, status.st_gid):
        os.chown(temporary, status.st_uid, status.st_gid)
    temporary.chmod(stat.S_IMODE(status.st_mode))
    for name in os.listxattr(target) if hasattr(os, "listxattr") else ():
        with suppress(OSError):  # some are the system's own
            os.setxattr(temporary, name, os.getxattr(target, name))


def _blob_like(raw: bytes, blob: str) -> str:
    """The git hash of some bytes, SHA-256 where the other hash is one (repositories may use either)."""
    data = b"blob %d\0" % len(raw) + raw
    if len(blob) == hashlib.sha256().digest_size * 2:
        return hashlib.sha256(data).hexdigest()
    return hashlib.sha1(data, usedforsecurity=False).hexdigest()
