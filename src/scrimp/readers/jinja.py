"""Jinja template files."""

from __future__ import annotations

from scrimp.model.facts import Facts
from scrimp.model.source import Source
from scrimp.readers.textfile import read_text

name = "jinja"
VERSION = 3


def read(source: Source) -> Facts:
    """The file's text as one template, a prompt of its own where its format, path or text say so."""
    return read_text(source, name)
