"""Instruction files of coding agents: what is in context in each session, and what only on occasion."""

from __future__ import annotations

import msgspec

from scrimp.model.algebra import Text
from scrimp.model.facts import Entry, Facts
from scrimp.model.pieces import concat, slice_text, verbatim
from scrimp.model.source import Lines, Source
from scrimp.readers import frontmatter, imports, markers
from scrimp.readers.frontmatter import Field, Frontmatter
from scrimp.readers.paths import agent_file, is_nested
from scrimp.readers.presets import Agent
from scrimp.readers.textfile import decoded, extent

name = "agent"
VERSION = 3

_SCOPES = ("globs", "paths", "applyTo", "fileMatchPattern")
_EVERYWHERE = frozenset({"**", "*", "**/*"})
_WORDS = ("trigger", "inclusion")
_LOADED = {
    "always_on": "session",
    "always": "session",
    "glob": "conditional",
    "filematch": "conditional",
    "model_decision": "on-demand",
    "auto": "on-demand",
    "manual": "manual",
}
"""When a rule is sent: Windsurf's ``trigger`` and Kiro's ``inclusion``, as quoted by third parties (2026-11)."""


def read(source: Source) -> Facts:
    """The file as the agent is sent it, without frontmatter, and the fields that are always in context."""
    row = agent_file(source.path) or Agent((), "session")
    head = frontmatter.find(source.text)
    fields = frontmatter.fields(source.text, head) if head else {}
    loaded = _loaded(row, fields, source.path)
    entries = (*_always(source, row, fields, loaded), *_body(source, row, fields, head, loaded))
    facts = Facts("markdown", "agent", Lines.of(source.text).packed, entries, text=decoded(source.text))
    return markers.added(facts, markers.in_text(source.text, head))


def imported(source: Source, facts: Facts | None) -> Facts:
    """The facts of a file that an instruction file imports: its own, if any, and its text as the agent gets it.

    A text that its format or path makes a prompt by itself stays as it is.
    """
    if facts is None:
        facts = Facts("plain", "plain", Lines.of(source.text).packed)
    whole = imports.whole_entry(facts)
    if whole is not None and facts.entries[whole].certainty != "none":
        return facts
    entries = tuple(entry for number, entry in enumerate(facts.entries) if number != whole)
    text = _sent(source, frontmatter.find(source.text) if source.path.endswith(".md") else None)
    if not text.value.strip():
        return facts
    entry = Entry(
        "", imports.parse(text), *extent(text), "system", "instructions", "session", "none", "", "none"
    )
    return msgspec.structs.replace(facts, entries=(*entries, entry), text=facts.text or decoded(source.text))


def _sent(source: Source, head: Frontmatter | None) -> Text:
    """The text after the frontmatter."""
    whole = decoded(source.text)
    start = head.body if head else 0
    return slice_text(whole, start - source.text.count("\r\n", 0, start), len(whole.value))


def _body(
    source: Source, row: Agent, fields: dict[str, Field], head: Frontmatter | None, loaded: str
) -> list[Entry]:
    """The text after the frontmatter; none if it is blank."""
    text = _sent(source, head)
    if not text.value.strip():
        return []
    model = fields["model"].value if "model" in fields else ""
    first, last = extent(text)
    expression = imports.parse(text)
    return [Entry("", expression, first, last, row.role, "instructions", loaded, "none", "", "format", model)]


def _always(source: Source, row: Agent, fields: dict[str, Field], loaded: str) -> list[Entry]:
    """The fields of the frontmatter that stand in every session's context, as one text.

    They are there for the agent to decide by: a file that it doesn't load on demand has none.
    """
    kept = sorted((fields[key] for key in row.always if key in fields), key=lambda field: field.start)
    if not kept or loaded != "on-demand":
        return []
    text = concat(verbatim(source.text, field.start, min(field.end + 1, len(source.text))) for field in kept)
    place = (kept[0].start, kept[-1].end)
    return [
        Entry(
            "frontmatter", text, *place, "system", "instructions", "session", "none", "frontmatter", "format"
        )
    ]


def _loaded(row: Agent, fields: dict[str, Field], path: str) -> str:
    """When the body of a file is sent: as its place and frontmatter say; one in a folder only with that folder."""
    loaded = _by_frontmatter(row, fields) if row.loaded == "frontmatter" else row.loaded
    if loaded == "session" and is_nested(path, row):
        return "conditional"
    if loaded == "on-demand" and "disable-model-invocation" in fields:
        return "manual" if fields["disable-model-invocation"].truth else loaded
    return loaded


def _by_frontmatter(row: Agent, fields: dict[str, Field]) -> str:
    """When a rule is sent, by its frontmatter: always, for certain files, when found fit, or when told."""
    if "alwaysApply" in fields and fields["alwaysApply"].truth:
        return "session"
    for key in _WORDS:
        if key in fields and fields[key].value.strip("\"'").lower() in _LOADED:
            return _LOADED[fields[key].value.strip("\"'").lower()]
    scopes = [fields[key] for key in _SCOPES if key in fields and fields[key].truth]
    if scopes:
        everywhere = all(scope.value.strip("\"'") in _EVERYWHERE for scope in scopes)
        return "session" if everywhere else "conditional"
    if row.otherwise == "manual" and "description" in fields and fields["description"].truth:
        return "on-demand"
    return row.otherwise
