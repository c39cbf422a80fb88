"""Prompts in YAML, TOML and JSON: which scalars of a document are prompts, in which role, sent with what.

A file whose path a format names is read by that format. In any other file the keys tell, with more evidence
asked of the more common ones; what the keys don't tell is still reported, as text that code may load by its
key path.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from scrimp.model.algebra import Unknown
from scrimp.model.facts import Entry, Facts
from scrimp.model.source import Lines, Source
from scrimp.readers import declared, settings
from scrimp.readers.document import LOADABLE, Document, Scalar, key_path
from scrimp.readers.globs import compile_globs
from scrimp.readers.keys import KeyedPrompts
from scrimp.readers.presets import Format, presets
from scrimp.readers.settings import meets
from scrimp.readers.templates import scan, sniff


def facts(language: str, source: Source, document: Document) -> Facts:
    """The texts of a document: those of its format or under the keys of prompts, and all other strings."""
    row = format_of(document, (row for row in presets().formats if _matches(row, source.path)))
    entries = of_format(document, row) if row else _with_others(document, _keyed(source.path, document))
    return Facts(
        language,
        language,
        Lines.of(source.text).packed,
        entries,
        faults=document.faults,
        samples=settings.samples(document, row.samples) if row else (),
    )


def of_format(document: Document, row: Format) -> tuple[Entry, ...]:
    """The texts of a document that a format declares, what it refers to, and all other strings."""
    return (*declared.reference(document, row), *_with_others(document, declared.entries(document, row)))


def format_of(document: Document, rows: Iterable[Format]) -> Format | None:
    """The first of some formats of documents whose conditions a document meets."""
    return next((row for row in rows if row.of_documents and meets(document, row.where)), None)


def _with_others(document: Document, found: Mapping[int, Sequence[Entry]]) -> tuple[Entry, ...]:
    """The entries found, and the other strings as text that code may load; of data only those found."""
    if len(document.scalars) > LOADABLE:
        return tuple(entry for made in found.values() for entry in made)
    return tuple(
        entry
        for number, scalar in enumerate(document.scalars)
        if scalar.kind != "other"
        for entry in (found.get(number) or (_loadable(scalar),))
    )


def _matches(row: Format, path: str) -> bool:
    return compile_globs(row.files).fullmatch(path) is not None


def _keyed(path: str, document: Document) -> dict[int, tuple[Entry, ...]]:
    """The texts under the keys of prompts, by the number of their scalar."""
    keyed = KeyedPrompts(path, document)
    found: dict[int, tuple[Entry, ...]] = {}
    for number, scalar in enumerate(document.scalars):
        prompt = keyed.prompt(scalar)
        if prompt is None:
            continue
        language = sniff(scalar.text.value)
        entry = Entry(
            key=key_path(scalar.keys),
            expression=scan(language, scalar.text),
            start=scalar.start,
            end=scalar.end,
            role=prompt.role,
            kind=prompt.kind,
            loaded="call",
            template=language,
            group=prompt.group,
            certainty="key",
            model=prompt.model,
            output_cap=prompt.output_cap,
        )
        found[number] = (entry,)
    return found


def _loadable(scalar: Scalar) -> Entry:
    """A string that says nothing of itself but that code may load; where an alias stands, nothing is known."""
    key, language = key_path(scalar.keys), sniff(scalar.text.value)
    is_alias = scalar.kind == "alias"
    return Entry(
        key=key,
        expression=Unknown(scalar.text.value[:80]) if is_alias else scan(language, scalar.text),
        start=scalar.start,
        end=scalar.end,
        role="unknown",
        kind="message",
        loaded="call",
        template=language,
        group=key,
        certainty="none",
    )
