"""Imports of agents' instruction files: ``@path/to/file`` stands for the text of that file.

The rules are those of Claude Code's page on memory, which Gemini CLI's import processor follows by default (both
read in November 2026): an import follows a blank or begins a line, is ignored in code spans and code blocks, may
name any kind of file, is relative to the file that it stands in, and may import in turn, five hops deep. What lies
outside of the tree (``~/…``, ``/…``, ``../…`` above the root) is never followed.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator

from scrimp.expressions import compiled_late
from scrimp.model.algebra import Expression, Include, Join, Text
from scrimp.model.facts import Facts
from scrimp.model.pieces import slice_text, source_range
from scrimp.readers import fences

AGENT = "agent"
"""The format of files that agents load by themselves."""

MOST_HOPS = 5
"""How far imports in imported files are followed from the file that an agent loads by itself."""

_IMPORT = compiled_late(r"(?<!\S)@(?P<path>(?:~/|\.{0,2}/|[\w.-])(?:\\ |[^\s\\])*)")


def parse(text: Text) -> Expression:
    """A text with an ``Include`` for each import, whose target is the path as written."""
    if "@" not in text.value:
        return text
    parts: list[Expression] = []
    done = 0
    for match in _found(text.value):
        written = source_range(text, *match.span())
        if written is None:
            continue
        if match.start() > done:
            parts.append(slice_text(text, done, match.start()))
        parts.append(Include(match["path"], *written))
        done = match.end()
    if not parts:
        return text
    if done < len(text.value):
        parts.append(slice_text(text, done, len(text.value)))
    return parts[0] if len(parts) == 1 else Join(tuple(parts))


def target(include: Include, path: str) -> str | None:
    """The file of the tree that an import in the file ``path`` names; ``None`` if it is outside of the tree."""
    written = include.target.partition("#")[0].replace("\\ ", " ")
    if not written or written.startswith(("~", "/")):
        return None
    found = posixpath.normpath(posixpath.join(posixpath.dirname(path), written))
    return None if found == ".." or found.startswith("../") else found


def whole_entry(facts: Facts) -> int | None:
    """The number of the entry that is a file's whole text, less its frontmatter."""
    return next((number for number, entry in enumerate(facts.entries) if entry.key == ""), None)


def includes(facts: Facts) -> Iterator[Include]:
    """The imports in a file's text, in order."""
    number = whole_entry(facts)
    expression = None if number is None else facts.entries[number].expression
    parts = expression.parts if isinstance(expression, Join) else (expression,)
    return (part for part in parts if isinstance(part, Include))


def _found(value: str) -> Iterator[re.Match[str]]:
    """The imports in a text; what stands in code or in a comment is none."""
    matches = list(_IMPORT.finditer(value))
    if not matches:
        return
    code, comments = fences.code(value), fences.comments(value)
    for match in matches:
        if not code.cover(match.start()) and not comments.cover(match.start()):
            yield match
