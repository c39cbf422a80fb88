"""Readers: one file's text becomes its facts. A reader is a module; this table says which reads what.

To add one: write ``readers/<name>.py`` with the names of ``reader.Reader``, and add its line to ``SUFFIXES``.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from functools import cache
from importlib import import_module
from importlib.util import find_spec
from typing import cast

from scrimp.readers import paths
from scrimp.readers.document import LOADABLE
from scrimp.readers.evidence import hints_at_prompt
from scrimp.readers.formats import NONE, Formats
from scrimp.readers.reader import Reader

__all__ = [
    "READERS",
    "Formats",
    "Reader",
    "is_data",
    "is_read",
    "missing_extra",
    "reader_for",
    "reader_name",
    "reader_named",
    "usual_reader",
    "wanted",
]

READERS = (
    *("agent", "baml", "csharp", "go", "java", "javascript", "jinja", "json", "markdown", "mustache"),
    *("notebook", "php", "plain", "poml", "project", "python", "ruby", "rust", "toml", "yaml"),
)
"""The readers by name, which is also their module's; they are imported when first needed."""

EXTRAS = {
    "csharp": "tree_sitter_c_sharp",
    "go": "tree_sitter_go",
    "java": "tree_sitter_java",
    "php": "tree_sitter_php",
    "ruby": "tree_sitter_ruby",
    "rust": "tree_sitter_rust",
}
"""Readers whose grammar is an extra of the same name, and the grammar's module."""

SUFFIXES = {
    ".astro": "javascript",
    ".baml": "baml",
    ".cjs": "javascript",
    ".cs": "csharp",
    ".cts": "javascript",
    ".go": "go",
    ".handlebars": "mustache",
    ".hbs": "mustache",
    ".ipynb": "notebook",
    ".j2": "jinja",
    ".java": "java",
    ".jinja": "jinja",
    ".jinja2": "jinja",
    ".js": "javascript",
    ".json": "json",
    ".jsonc": "json",
    ".jsx": "javascript",
    ".markdown": "markdown",
    ".md": "markdown",
    ".mdc": "markdown",
    ".mdx": "markdown",
    ".mjs": "javascript",
    ".mts": "javascript",
    ".mustache": "mustache",
    ".php": "php",
    ".poml": "poml",
    ".prompt": "plain",
    ".prompty": "plain",
    ".py": "python",
    ".pyi": "python",
    ".pyw": "python",
    ".rake": "ruby",
    ".rb": "ruby",
    ".rs": "rust",
    ".st": "plain",
    ".svelte": "javascript",
    ".text": "plain",
    ".tmpl": "jinja",
    ".toml": "toml",
    ".tpl": "jinja",
    ".ts": "javascript",
    ".tsx": "javascript",
    ".txt": "plain",
    ".vue": "javascript",
    ".yaml": "yaml",
    ".yml": "yaml",
}
"""Which reader reads which suffix; agent and project files go first, by their path."""

_ALWAYS = frozenset({"agent", "baml", "poml", "project"})
MARKER = b"scrimp:"
"""What begins a comment that speaks to scrimp (see ``markers``)."""
_TEXT_READERS = frozenset({"jinja", "markdown", "mustache", "plain"})


def reader_for(path: str, head: bytes, formats: Formats = NONE) -> Reader | None:
    """The reader of a file, by its path (POSIX, relative to the root) and first bytes, or None.

    ``formats`` are the project's own, which go first. A file without a suffix is read if it begins with a line
    that starts Python, or if its path is a prompt's and its beginning is no binary's.
    """
    name = reader_name(path, head, formats)
    return None if name is None else reader_named(name, path, formats)


def reader_name(path: str, head: bytes, formats: Formats = NONE) -> str | None:
    """Which of ``READERS`` reads a file, by the same; that reader is not imported."""
    name = _name_of_reader(path, head)
    return "plain" if name is None and formats.row_for(path) is not None else name


def reader_named(name: str, path: str = "", formats: Formats = NONE) -> Reader:
    """The reader called ``name``, one of ``READERS``, as it reads a path if the project's own formats name that."""
    row = formats.row_for(path)
    if row is not None:
        from scrimp.readers.format_reader import FormatReader  # noqa: PLC0415 - few projects have formats

        return FormatReader(row, name)
    return cast("Reader", import_module(f"{__name__}.{name}"))


def is_data(path: str, raw: bytes) -> bool:
    """Whether a JSON file has more values than code looks up by name: of one only prompts under keys are read."""
    return SUFFIXES.get(_suffix(path)) == "json" and raw.count(b'":') > LOADABLE


def is_read(path: str) -> bool:
    """Whether there is a reader for files with the suffix of a path."""
    return _suffix(path) in SUFFIXES


def usual_reader(paths: Iterable[str]) -> str:
    """The reader of most of some files that are read."""
    return Counter(SUFFIXES[_suffix(path)] for path in paths).most_common(1)[0][0]


def missing_extra(path: str) -> str | None:
    """The extra that has to be installed before a file can be read, such as ``go``; ``None`` if none is missing."""
    name = SUFFIXES.get(_suffix(path), "")
    return name if name in EXTRAS and not _is_installed(EXTRAS[name]) else None


@cache
def _is_installed(module: str) -> bool:
    return find_spec(module) is not None


def wanted(path: str, raw: bytes, formats: Formats = NONE) -> bool:
    """Whether a file may hold a prompt or a call: a cheap look at its bytes that rather lets too much pass.

    What is not wanted is read only once something that is refers to it.
    """
    if formats.row_for(path) is not None:
        return True
    name = _name_of_reader(path, raw)
    if name is None:
        return False
    if (
        name in _ALWAYS
        or paths.is_named_format(path)
        or (name in _TEXT_READERS and paths.is_prompt_path(path))
    ):
        return True
    if MARKER in raw:
        return True
    if paths.is_never_prompt(path):
        return False
    return hints_at_prompt(name, raw)


def _suffix(path: str) -> str:
    """The last suffix of a file's name, in lower case and with its dot: ``pathlib`` takes eight times as long."""
    file = path.rpartition("/")[2]
    dot = file.rfind(".")
    return file[dot:].lower() if 0 < dot < len(file) - 1 else ""


def _name_of_reader(path: str, head: bytes) -> str | None:
    if paths.agent_file(path):
        return "agent"
    if paths.is_project_file(path):
        return "project"
    suffix = _suffix(path)
    if suffix:
        return SUFFIXES.get(suffix)
    if head[:2] == b"#!":
        return "python" if b"python" in head[:80].split(b"\n", 1)[0] else None
    return "plain" if paths.is_prompt_path(path) and b"\0" not in head[:1024] else None
