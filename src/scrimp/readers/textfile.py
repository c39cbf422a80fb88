"""Files whose whole text is one template: what plain text, Markdown, Jinja and Mustache share."""

from __future__ import annotations

import re
from collections.abc import Iterable

from msgspec import Struct, structs

from scrimp.model.algebra import Expression, Text
from scrimp.model.facts import Entry, Facts, Fault
from scrimp.model.pieces import Writer, slice_text, verbatim
from scrimp.model.source import Lines, Source
from scrimp.readers import frontmatter, markers, settings
from scrimp.readers.document import Document
from scrimp.readers.evidence import is_reference, speaks_to_model
from scrimp.readers.frontmatter import Frontmatter
from scrimp.readers.globs import compile_globs
from scrimp.readers.messages import sniff_marks, split_messages
from scrimp.readers.paths import is_instruction_path, is_never_prompt, is_prompt_path, stem
from scrimp.readers.presets import Format, presets
from scrimp.readers.roles import role_of_key
from scrimp.readers.templates import jinja, language_of, scan, sniff
from scrimp.readers.templates.defaults import with_defaults
from scrimp.readers.words import count_words

_TEMPLATES = frozenset({"jinja", "mustache"})


def read_text(source: Source, language: str) -> Facts:
    """The facts of a text file; ``language`` is its format's name, and its template language if it is one.

    Its whole text is there for code that loads it; it is a prompt of its own where its format, its path, or a
    template's text say so.
    """
    row = format_of(source, presets().formats)
    facts = of_format(source, language, row) if row else _undeclared(source, language)
    return markers.added(facts, markers.in_text(source.text, frontmatter.find(source.text)))


def format_of(source: Source, rows: Iterable[Format]) -> Format | None:
    """The first of some formats of text files whose path and opening fit a file."""
    for row in rows:
        if row.of_documents or not compile_globs(row.files).fullmatch(source.path):
            continue
        if re.match(row.opening, source.text.lstrip(_BLANKS), re.DOTALL):
            return row
    return None


def of_format(source: Source, language: str, row: Format) -> Facts:
    """The facts of a text file of a format that is for prompts."""
    file = _File.of(source, row.header)
    entries, faults = _messages(file, row)
    samples = settings.samples(file.settings, row.samples)
    lines = Lines.of(source.text).packed
    return Facts(language, language, lines, entries, faults=faults, text=file.whole, samples=samples)


def _undeclared(source: Source, language: str) -> Facts:
    file = _File.of(source)
    entries, faults = _whole(source.path, file, language if language in _TEMPLATES else "sniff")
    return Facts(language, language, Lines.of(source.text).packed, entries, faults=faults, text=file.whole)


class _File(Struct, frozen=True):
    """A text file: its whole text, the body behind its frontmatter, and the frontmatter's settings."""

    whole: Text
    body: Text
    settings: Document

    @classmethod
    def of(cls, source: Source, header: str = "") -> _File:
        """A source as one; what ``header`` matches may stand before the frontmatter."""
        whole = decoded(source.text)
        before = re.match(header, source.text)
        head = _frontmatter(source.text, before.end() if before else 0)
        if head is None:
            return cls(whole, whole, Document(()))
        body = slice_text(whole, _value_offset(source.text, head.body), len(whole.value))
        return cls(whole, body, _settings(source.text, head))


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
_INK = re.compile(r"[^\r\n]")
_BLANKS = "\ufeff \t\r\n"


def _frontmatter(text: str, start: int) -> Frontmatter | None:
    head = frontmatter.find(text[start:])
    return head and Frontmatter(head.start + start, head.end + start, head.body + start)


def _value_offset(text: str, offset: int) -> int:
    """The offset in the decoded text of an offset in the file."""
    return offset - text.count("\r\n", 0, offset)


def _settings(text: str, head: Frontmatter) -> Document:
    """The fields of a frontmatter, at their places in the file."""
    from scrimp.readers.yaml import parse  # noqa: PLC0415 - few text files have settings

    return parse(blank_before(text, head.start, head.end))


def blank_before(text: str, start: int, end: int) -> str:
    """A text up to ``end`` in which all before ``start`` is blank, so that offsets stay those of the file."""
    return _INK.sub(" ", text[:start]) + text[start:end]


def _messages(file: _File, row: Format) -> tuple[tuple[Entry, ...], tuple[Fault, ...]]:
    """The messages that a format's marks part a text into."""
    if not file.body.value.strip():
        return (), ()
    language = language_of(settings.setting(file.settings, row.template_key)) or row.template
    language = sniff(file.body.value) if language == "sniff" else language
    expression, faults = _scan(language, file.body)
    defaults = settings.defaults(file.settings, row.defaults)
    model = settings.name(settings.setting(file.settings, row.model))
    output_cap = settings.cap(settings.setting(file.settings, row.output_cap))
    entries = [
        Entry(
            f"messages[{number}]",
            with_defaults(message.expression, defaults),
            *extent(message.text),
            message.role,
            row.kind,
            row.loaded,
            language,
            "",
            "format",
            model,
            output_cap,
        )
        for number, message in enumerate(split_messages(file.body, expression, row.messages, row.role))
    ]
    return tuple(entries), faults


def _whole(path: str, file: _File, template: str) -> tuple[tuple[Entry, ...], tuple[Fault, ...]]:
    """A text as one prompt, or as the messages that it begins with marks of, as far as it may be a prompt at all."""
    body = file.body.value
    if not body.strip():
        return (), ()
    keys = presets().keys
    marks = sniff_marks(body)
    certainty = "key" if _is_prompt(path, body, template, parted=bool(marks)) else "none"
    if marks:
        row = Format(
            path, (), template=template, model=keys.model, output_cap=keys.output_cap, messages=marks
        )
        entries, faults = _messages(file, row)
        return tuple(structs.replace(entry, certainty=certainty) for entry in entries), faults
    language = sniff(body) if template == "sniff" else template
    expression, faults = _scan(language, file.body)
    entry = Entry(
        "",
        expression,
        *extent(file.body),
        role_of_key(stem(path)),
        "message",
        "call",
        language,
        "",
        certainty,
        settings.name(settings.setting(file.settings, keys.model)),
        settings.cap(settings.setting(file.settings, keys.output_cap)),
    )
    return (entry,), faults


def _is_prompt(path: str, text: str, template: str, *, parted: bool) -> bool:
    """Whether a text's path, its words, or marks of messages in a template make it a prompt."""
    if is_never_prompt(path) or count_words(text) < presets().keys.named_words or is_reference(text):
        return False
    if is_prompt_path(path) or (parted and template in _TEMPLATES):
        return True
    return (template in _TEMPLATES or is_instruction_path(path)) and speaks_to_model(text)


def _scan(language: str, text: Text) -> tuple[Expression, tuple[Fault, ...]]:
    if language == "jinja":
        return jinja.parse(text)
    return scan(language, text), ()
