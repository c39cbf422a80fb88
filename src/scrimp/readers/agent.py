"""Instruction files of coding agents: what is in context in each session, and what only on occasion."""

from __future__ import annotations

from scrimp.model.facts import Entry, Facts
from scrimp.model.pieces import concat, slice_text, verbatim
from scrimp.model.source import Lines, Source
from scrimp.readers import frontmatter
from scrimp.readers.frontmatter import Field
from scrimp.readers.paths import agent_file
from scrimp.readers.presets import Agent
from scrimp.readers.textfile import decoded, extent

name = "agent"
VERSION = 1

_SCOPES = ("globs", "paths", "applyTo")
_EVERYWHERE = frozenset({"**", "*", "**/*"})


def read(source: Source) -> Facts:
    """The file as the agent is sent it, without frontmatter, and the fields that are always in context."""
    row = agent_file(source.path) or Agent((), "session")
    head = frontmatter.find(source.text)
    fields = frontmatter.fields(source.text, head) if head else {}
    entries = [*_always(source, row, fields), *_body(source, row, fields, head.body if head else 0)]
    return Facts("markdown", "agent", Lines.of(source.text).starts, tuple(entries), text=decoded(source.text))


def _body(source: Source, row: Agent, fields: dict[str, Field], start: int) -> list[Entry]:
    """The text after the frontmatter; none if it is blank."""
    whole = decoded(source.text)
    text = slice_text(whole, start - source.text.count("\r\n", 0, start), len(whole.value))
    if not text.value.strip():
        return []
    first, last = extent(text)
    loaded = _loaded(row, fields) if row.loaded == "frontmatter" else row.loaded
    model = fields["model"].value if "model" in fields else ""
    return [Entry("", text, first, last, row.role, "instructions", loaded, "none", "", "format", model)]


def _always(source: Source, row: Agent, fields: dict[str, Field]) -> list[Entry]:
    """The fields of the frontmatter that stand in every session's context, as one text."""
    kept = [fields[key] for key in row.always if key in fields]
    if not kept:
        return []
    kept.sort(key=lambda field: field.start)
    text = concat(verbatim(source.text, field.start, min(field.end + 1, len(source.text))) for field in kept)
    start, end = kept[0].start, kept[-1].end
    return [
        Entry(
            "frontmatter",
            text,
            start,
            end,
            "system",
            "instructions",
            "session",
            "none",
            "frontmatter",
            "format",
        )
    ]


def _loaded(row: Agent, fields: dict[str, Field]) -> str:
    """When a rule is sent, by its frontmatter: always, for certain files, when found fit, or when told."""
    if "alwaysApply" in fields and fields["alwaysApply"].truth:
        return "session"
    scopes = [fields[key] for key in _SCOPES if key in fields and fields[key].truth]
    if scopes:
        everywhere = all(scope.value.strip("\"'") in _EVERYWHERE for scope in scopes)
        return "session" if everywhere else "conditional"
    if row.otherwise == "manual" and "description" in fields and fields["description"].truth:
        return "on-demand"
    return row.otherwise
