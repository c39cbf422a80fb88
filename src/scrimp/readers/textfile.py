"""Files whose whole text is one template: what plain text, Markdown, Jinja and Mustache share."""

from __future__ import annotations

import re

from scrimp.model.algebra import Expression, Text
from scrimp.model.facts import Entry, Facts, Fault
from scrimp.model.pieces import Writer, slice_text, verbatim
from scrimp.model.source import Lines, Source
from scrimp.readers import frontmatter
from scrimp.readers.adapters import cap, setting
from scrimp.readers.document import Document
from scrimp.readers.evidence import count_words, speaks_to_model
from scrimp.readers.globs import compile_globs
from scrimp.readers.paths import is_instruction_path, is_never_prompt, is_prompt_path, stem
from scrimp.readers.presets import Format, presets
from scrimp.readers.roles import role_of_key, split_messages
from scrimp.readers.templates import jinja, scan, sniff

_TEMPLATES = frozenset({"jinja", "mustache"})


def read_text(source: Source, language: str) -> Facts:
    """The facts of a text file; ``language`` is its format's name, and its template language if it is one.

    Its whole text is there for code that loads it; it is a prompt of its own where its format, its path, or a
    template's text say so.
    """
    whole = decoded(source.text)
    head = frontmatter.find(source.text)
    body = slice_text(whole, _value_offset(source.text, head.body), len(whole.value)) if head else whole
    settings = _settings(source.text[head.start : head.end]) if head else Document(())
    declared = _declared(source)
    template = language if language in _TEMPLATES else "sniff"
    if declared is not None:
        entries, faults = _messages(body, settings, declared)
    else:
        entries, faults = _whole(source.path, body, settings, template)
    return Facts(language, language, Lines.of(source.text).starts, entries, faults=faults, text=whole)


def decoded(text: str) -> Text:
    """A file's text as programs read it: each line end is one line feed."""
    if "\r\n" not in text:
        return verbatim(text, 0, len(text))
    writer = Writer()
    done = 0
    for end in _LINE_END.finditer(text):
        writer.copy(text, done, end.start())
        writer.unit("\n", end.start(), end.end())
        done = end.end()
    writer.copy(text, done, len(text))
    return writer.text()


def extent(text: Text) -> tuple[int, int]:
    """Where a text stands in its file, without the blanks around it."""
    value = text.value
    start = len(value) - len(value.lstrip())
    places = [(first, last) for _, _, first, last in slice_text(text, start, len(value.rstrip())).pieces]
    return (places[0][0], places[-1][1]) if places else (0, 0)


_LINE_END = re.compile(r"\r\n")


def _value_offset(text: str, offset: int) -> int:
    """The offset in the decoded text of an offset in the file."""
    return offset - text.count("\r\n", 0, offset)


def _settings(inner: str) -> Document:
    from scrimp.readers.yaml import parse  # noqa: PLC0415 - few text files have settings

    return parse(inner)


def _declared(source: Source) -> Format | None:
    for row in presets().formats:
        named = row.messages and compile_globs(row.files).fullmatch(source.path)
        if named and re.match(row.opening, source.text.lstrip()):
            return row
    return None


def _messages(body: Text, settings: Document, row: Format) -> tuple[tuple[Entry, ...], tuple[Fault, ...]]:
    """The messages that a format's marks part a text into."""
    model, output_cap = setting(settings, row.model), cap(setting(settings, row.output_cap))
    entries: list[Entry] = []
    faults: list[Fault] = []
    for number, (role, part) in enumerate(split_messages(body, row.messages, row.role)):
        expression, found = _scan(row.template, part)
        faults.extend(found)
        start, end = extent(part)
        key = f"messages[{number}]"
        entries.append(
            Entry(
                key,
                expression,
                start,
                end,
                role,
                "message",
                row.loaded,
                row.template,
                "",
                "format",
                model,
                output_cap,
            )
        )
    return tuple(entries), tuple(faults)


def _whole(
    path: str, body: Text, settings: Document, template: str
) -> tuple[tuple[Entry, ...], tuple[Fault, ...]]:
    """A text as one prompt, as far as its path and its words let it be one."""
    if not body.value.strip():
        return (), ()
    language = sniff(body.value) if template == "sniff" else template
    expression, faults = _scan(language, body)
    start, end = extent(body)
    certainty = "key" if _is_prompt(path, body.value, template) else "none"
    keys = presets().keys
    model, output_cap = setting(settings, keys.model), cap(setting(settings, keys.output_cap))
    role = role_of_key(stem(path))
    entry = Entry(
        "", expression, start, end, role, "message", "call", language, "", certainty, model, output_cap
    )
    return (entry,), faults


def _is_prompt(path: str, text: str, template: str) -> bool:
    if is_never_prompt(path) or count_words(text) < presets().keys.named_words:
        return False
    if is_prompt_path(path):
        return True
    return (template in _TEMPLATES or is_instruction_path(path)) and speaks_to_model(text)


def _scan(language: str, text: Text) -> tuple[Expression, tuple[Fault, ...]]:
    if language == "jinja":
        return jinja.parse(text)
    return scan(language, text), ()
