"""Readers: one file's text becomes its facts. A reader is a module; this table says which reads what.

To add one: write ``readers/<name>.py`` with the names of ``reader.Reader``, and add its line to ``SUFFIXES``.
"""

from __future__ import annotations

from importlib import import_module
from pathlib import PurePosixPath
from typing import cast

from scrimp.readers import paths
from scrimp.readers.evidence import hints_at_prompt
from scrimp.readers.reader import Reader

__all__ = ["READERS", "Reader", "reader_for", "reader_named", "wanted"]

READERS = ("agent", "jinja", "json", "markdown", "mustache", "plain", "python", "toml", "yaml")
"""The readers by name, which is also their module's; they are imported when first needed."""

SUFFIXES = {
    ".hbs": "mustache",
    ".handlebars": "mustache",
    ".j2": "jinja",
    ".jinja": "jinja",
    ".jinja2": "jinja",
    ".json": "json",
    ".jsonc": "json",
    ".markdown": "markdown",
    ".md": "markdown",
    ".mdc": "markdown",
    ".mdx": "markdown",
    ".mustache": "mustache",
    ".prompt": "plain",
    ".prompty": "plain",
    ".py": "python",
    ".pyi": "python",
    ".pyw": "python",
    ".text": "plain",
    ".tmpl": "jinja",
    ".toml": "toml",
    ".tpl": "jinja",
    ".txt": "plain",
    ".yaml": "yaml",
    ".yml": "yaml",
}
"""Which reader reads which suffix; agent files go first, by their path."""

_TEXT_READERS = frozenset({"jinja", "markdown", "mustache", "plain"})


def reader_for(path: str, head: bytes) -> Reader | None:
    """The reader of a file, by its path (POSIX, relative to the root) and first bytes, or None.

    A file without a suffix is read if it begins with a line that starts Python, or if its path is a prompt's
    and its beginning is no binary's.
    """
    name = _name_of_reader(path, head)
    return reader_named(name) if name else None


def reader_named(name: str) -> Reader:
    """The reader called ``name``, one of ``READERS``."""
    return cast("Reader", import_module(f"{__name__}.{name}"))


def wanted(path: str, raw: bytes) -> bool:
    """Whether a file may hold a prompt or a call: a cheap look at its bytes that rather lets too much pass.

    What is not wanted is read only once something that is refers to it.
    """
    name = _name_of_reader(path, raw)
    if name is None:
        return False
    if name == "agent" or (name in _TEXT_READERS and paths.is_prompt_path(path)):
        return True
    if paths.is_never_prompt(path):
        return False
    return hints_at_prompt(name, raw)


def _name_of_reader(path: str, head: bytes) -> str | None:
    if paths.agent_file(path):
        return "agent"
    suffix = PurePosixPath(path).suffix.lower()
    if suffix:
        return SUFFIXES.get(suffix)
    if head[:2] == b"#!":
        return "python" if b"python" in head[:80].split(b"\n", 1)[0] else None
    return "plain" if paths.is_prompt_path(path) and b"\0" not in head[:1024] else None
