"""Prompts in YAML, TOML and JSON: which scalars of a document are prompts, in which role, sent with what.

A file whose path a format names is read by that format. In any other file the keys tell, with more evidence
asked of the more common ones; what the keys don't tell is still reported, as text that code may load by its
key path.
"""

from __future__ import annotations

from scrimp.model.algebra import Expression, Unknown
from scrimp.model.facts import Entry
from scrimp.model.source import Source
from scrimp.readers.document import Document, Scalar, key_path
from scrimp.readers.globs import compile_globs
from scrimp.readers.keys import KeyedPrompts
from scrimp.readers.patterns import KeyPattern, group_of
from scrimp.readers.presets import Format, presets
from scrimp.readers.roles import role_of_word
from scrimp.readers.templates import scan, sniff

LOADABLE = 2_000
"""The most scalars of a file that are reported as text that code may load; a file with more is data."""


def entries(source: Source, document: Document) -> tuple[Entry, ...]:
    """The texts of a document: those of its format or under the keys of prompts, and all other strings."""
    declared = next((row for row in presets().formats if row.texts and _matches(row, source.path)), None)
    found = _declared(document, declared) if declared else _keyed(source.path, document)
    if len(document.scalars) > LOADABLE:
        return tuple(found.values())
    return tuple(found.get(number) or _loadable(scalar) for number, scalar in _texts(document))


def setting(document: Document, paths: tuple[str, ...]) -> str:
    """The first value that stands at one of some key paths, else nothing."""
    for path in paths:
        pattern = KeyPattern(path)
        for scalar in document.scalars:
            if scalar.kind != "alias" and pattern.matches(scalar.keys):
                return scalar.text.value
    return ""


def cap(value: str) -> int:
    """A number of tokens as written, 0 if it is none."""
    return int(value) if value.isascii() and value.isdecimal() and len(value) < 10 else 0


def _texts(document: Document) -> list[tuple[int, Scalar]]:
    return [(number, scalar) for number, scalar in enumerate(document.scalars) if scalar.kind != "other"]


def _matches(row: Format, path: str) -> bool:
    return compile_globs(row.files).fullmatch(path) is not None


def _declared(document: Document, row: Format) -> dict[int, Entry]:
    """The texts that a format declares, by the number of their scalar."""
    model, output_cap = setting(document, row.model), cap(setting(document, row.output_cap))
    found: dict[int, Entry] = {}
    for rule in row.texts:
        pattern = KeyPattern(rule.keys)
        for number, scalar in _texts(document):
            if number in found or scalar.kind != "string" or not pattern.matches(scalar.keys):
                continue
            beside = document.siblings[scalar.keys[:-1]].get(rule.role_key)
            found[number] = Entry(
                key=key_path(scalar.keys),
                expression=_template(scalar, row.template),
                start=scalar.start,
                end=scalar.end,
                role=role_of_word(beside.text.value) if beside else rule.role,
                kind=rule.kind,
                loaded=row.loaded,
                template=_language(scalar, row.template),
                group=group_of(scalar.keys),
                certainty="format",
                model=model,
                output_cap=output_cap,
            )
    return found


def _keyed(path: str, document: Document) -> dict[int, Entry]:
    """The texts under the keys of prompts, by the number of their scalar."""
    keyed = KeyedPrompts(path, document)
    found: dict[int, Entry] = {}
    for number, scalar in _texts(document):
        prompt = keyed.prompt(scalar)
        if prompt is None:
            continue
        found[number] = Entry(
            key=key_path(scalar.keys),
            expression=_template(scalar, "sniff"),
            start=scalar.start,
            end=scalar.end,
            role=prompt.role,
            kind=prompt.kind,
            loaded="call",
            template=_language(scalar, "sniff"),
            group=prompt.group,
            certainty="key",
            model=prompt.model,
            output_cap=cap(prompt.output_cap),
        )
    return found


def _loadable(scalar: Scalar) -> Entry:
    """A string that says nothing of itself but that code may load."""
    language = _language(scalar, "sniff")
    return Entry(
        key=key_path(scalar.keys),
        expression=_template(scalar, language),
        start=scalar.start,
        end=scalar.end,
        role="unknown",
        kind="message",
        loaded="call",
        template=language,
        group=key_path(scalar.keys),
        certainty="none",
    )


def _language(scalar: Scalar, template: str) -> str:
    return sniff(scalar.text.value) if template == "sniff" else template


def _template(scalar: Scalar, template: str) -> Expression:
    if scalar.kind == "alias":
        return Unknown(scalar.text.value[:80])
    return scan(_language(scalar, template), scalar.text)
