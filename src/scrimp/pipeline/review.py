"""Saved JSON documents as the comment on a pull request. They may come from an untrusted run."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from scrimp.model.errors import UserError
from scrimp.pipeline.setup import setup
from scrimp.reporters.review import Document, Thresholds, decoded
from scrimp.tree.worktree import Worktree

LARGEST = 64 * 1024 * 1024
"""Bytes of the largest document that is read: an audit of 10,000 prompts has some 20 MB."""


def documents(files: Iterable[Path]) -> list[Document]:
    """Saved documents; one that is named again counts once.

    Raises ``UserError`` for one that can't be read or isn't of the schema.
    """
    return [_document(file) for file in {file.resolve(): file for file in reversed(list(files))}.values()][
        ::-1
    ]


def _document(file: Path) -> Document:
    advice = "save one with: scrimp diff --format json --show texts --output FILE"
    try:
        with file.open("rb") as stream:
            raw = stream.read(LARGEST + 1)
        if len(raw) > LARGEST:
            raise UserError(f"{file}: larger than {LARGEST // 2**20} MB", advice)
        return decoded(raw)
    except OSError as error:
        raise UserError(f"{file}: {error.strerror}", "check the path") from error
    except ValueError as error:
        raise UserError(f"{file}: not a document of schema scrimp/1: {error}", advice) from error


def thresholds(root: Path, config: str | None) -> Thresholds:
    """From when on a change is worth a comment, as the configuration of a folder says. Raises ``UserError``."""
    entry = setup(Worktree(root), config).settings.comment
    return Thresholds(entry.min_monthly_change, entry.min_token_change)
