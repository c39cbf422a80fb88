"""An outline as the text of a file."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator

from scrimp.starting.outline import UNKNOWN, Entry, Section, Setting

_PLAIN = re.compile(r"[A-Za-z/$][\w./@-]*")
_MEANS_ELSE = re.compile(r"null|true|false|yes|no|on|off|y|n", re.IGNORECASE)


def as_yaml(sections: Iterable[Section]) -> str:
    """An outline as ``scrimp.yaml``."""
    return "\n".join("".join(f"{line}\n" for line in _yaml(section)) for section in sections)


def as_toml(sections: Iterable[Section], table: str) -> str:
    """An outline as a table of a TOML file; its lists come after all that belongs to the table itself."""
    ordered = sorted(sections, key=lambda section: bool(section.name))
    parts = ("".join(f"{line}\n" for line in _toml(section, table)) for section in ordered)
    return f"[{table}]\n" + "\n".join(parts)


def _yaml(section: Section) -> Iterator[str]:
    yield from map(_comment, section.about)
    for setting in section.settings:
        yield _yaml_line(setting)
    if section.name:
        yield _hidden(f"{section.name}:", all(entry.offered for entry in section.entries))
    for entry in section.entries:
        if entry.about:
            yield f"  {_comment(entry.about)}"
        for number, setting in enumerate(entry.settings):
            line = f"  {'- ' if number == 0 else '  '}{_yaml_line(setting)}"
            yield _hidden(line.replace("# ", "", 1), hidden=True) if entry.offered else line


def _yaml_line(setting: Setting) -> str:
    if setting.value is None:
        return f"# {setting.key}: {UNKNOWN}"
    return f"{setting.key}: {_yaml_value(setting.value)}{_note(setting)}"


def _yaml_value(value: str | int) -> str:
    if isinstance(value, str) and _PLAIN.fullmatch(value) and not _MEANS_ELSE.fullmatch(value):
        return value
    return json.dumps(value, ensure_ascii=False)


def _toml(section: Section, table: str) -> Iterator[str]:
    yield from map(_comment, section.about)
    for setting in section.settings:
        yield _toml_line(setting)
    for entry in section.entries:
        yield from _toml_entry(entry, f"[[{table}.{section.name}]]")


def _toml_entry(entry: Entry, head: str) -> Iterator[str]:
    yield ""
    if entry.about:
        yield _comment(entry.about)
    yield _hidden(head, entry.offered)
    for setting in entry.settings:
        line = _toml_line(setting)
        yield line if setting.value is None else _hidden(line, entry.offered)


def _toml_line(setting: Setting) -> str:
    if setting.value is None:
        return f"# {setting.key} = {UNKNOWN}"
    return f"{setting.key} = {json.dumps(setting.value, ensure_ascii=False)}{_note(setting)}"


def _hidden(line: str, hidden: bool) -> str:
    return f"# {line}" if hidden else line


def _comment(text: str) -> str:
    """A text as a comment of one line: what it quotes of the tree could otherwise end it."""
    return f"# {''.join(each if each.isprintable() else '?' for each in text)}".rstrip()


def _note(setting: Setting) -> str:
    return f"  {_comment(setting.note)}" if setting.note else ""
