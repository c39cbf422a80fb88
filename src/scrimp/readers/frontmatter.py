"""The settings before a text, between lines of ``---`` or ``+++``."""

from __future__ import annotations

import re

from msgspec import Struct

_WHOLE = re.compile(
    r"\A(?P<mark>---|\+\+\+)[ \t]*\r?\n(?P<inner>.*?)^(?P=mark)[ \t]*(?:\r?\n|\Z)", re.DOTALL | re.MULTILINE
)
_FIELD = re.compile(
    r"^(?P<key>[\w-]+)[ \t]*:[ \t]*(?P<value>.*(?:\n(?:[ \t].*|-[ \t].*|[ \t]*(?=\n[ \t])))*)", re.MULTILINE
)


class Frontmatter(Struct, frozen=True):
    """Offsets of a file's frontmatter, its marks left out, and of the body behind it."""

    start: int
    end: int
    body: int


class Field(Struct, frozen=True):
    """A field at the top of a frontmatter: its value as written, and where the whole field stands."""

    value: str
    start: int
    end: int

    @property
    def truth(self) -> bool:
        """Whether it says yes: anything but nothing, an empty list and ``false``."""
        return self.value.strip().lower() not in {"", "false", "no", "null", "~", "[]", '""', "''"}


def find(text: str) -> Frontmatter | None:
    """A text's frontmatter, None if it begins without one."""
    whole = _WHOLE.match(text)
    return Frontmatter(whole.start("inner"), whole.end("inner"), whole.end()) if whole else None


def fields(text: str, frontmatter: Frontmatter) -> dict[str, Field]:
    """The fields at the top, line by line: agents write what no YAML parser takes (``globs: *.py, *.ts``)."""
    found = _FIELD.finditer(text, frontmatter.start, frontmatter.end)
    return {field["key"]: Field(field["value"].strip(), field.start(), field.end()) for field in found}
