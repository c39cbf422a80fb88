"""The baseline: findings that were there when it was recorded, so that only new ones fail.

It is one line an entry: the findings of one rule about one prompt (or call, or file). A finding is known by its
fingerprint; else, where a text was moved or renamed, by the rule and the hash of the prompt's text; else as one of so
many of the rule in the same prompt, so that editing it elsewhere makes no old finding new. What is there more often
than it was is new.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Final, NoReturn

import msgspec
from msgspec import Struct

from scrimp.config.located import error_at
from scrimp.expressions import compiled_late
from scrimp.model.findings import Finding
from scrimp.model.source import Lines

PLACE: Final = ".scrimp/baseline.json"
"""Where the baseline lies unless the configuration says otherwise."""
SCHEMA: Final = "scrimp-baseline/1"
DIGITS: Final = 16
"""Hexadecimal digits of a hash that are kept: 64 bits, far more than any tree has findings."""

_STEP: Final = compiled_late(r"\.(\w+)|\[(\d+)\]")
_HINT: Final = "restore it from version control, or delete it and record a new one with: scrimp baseline"


class Entry(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What a rule found about one subject: a prompt or call by its id, or a file by its path.

    ``text`` is the beginning of the hash of the prompt's text, ``""`` where there is none; there are ``count``
    findings, each with the beginning of its fingerprint.
    """

    path: str
    rule: str
    count: int
    about: str
    text: str
    fingerprints: tuple[str, ...]


class _File(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    schema: str
    findings: tuple[Entry, ...]


class Baseline(Struct, frozen=True):
    """All entries, in the order of their paths; ``file`` is where they were read."""

    file: str
    entries: tuple[Entry, ...] = ()

    @property
    def count(self) -> int:
        """The findings in all."""
        return sum(entry.count for entry in self.entries)


class Matched(Struct, frozen=True):
    """Findings that a baseline knows and those that it doesn't, and how many that it knew are gone."""

    known: tuple[Finding, ...]
    new: tuple[Finding, ...]
    gone: int


def read(file: str, raw: bytes) -> Baseline:
    """The baseline in a file's bytes. Raises a located ``UserError`` for what is none."""
    try:
        text = raw.decode()
        content = msgspec.json.decode(raw, type=_File)
    except (UnicodeDecodeError, msgspec.DecodeError, RecursionError) as error:
        _explain(file, raw, error)
    if content.schema != SCHEMA:
        _refuse(file, text, ("schema",), f"this is a baseline of another kind ({content.schema})")
    seen: set[str] = set()
    for number, entry in enumerate(content.findings):
        steps = ("findings", number, "fingerprints")
        if entry.count != len(entry.fingerprints):
            _refuse(
                file,
                text,
                steps,
                f"the entry counts {entry.count} findings and lists {len(entry.fingerprints)}",
            )
        for position, fingerprint in enumerate(entry.fingerprints):
            if fingerprint in seen:
                _refuse(file, text, (*steps, position), f"the finding {fingerprint} is listed twice")
            seen.add(fingerprint)
    return Baseline(file, content.findings)


def written(baseline: Baseline) -> str:
    """A baseline as the text of its file: one entry a line, in a stable order."""
    entries = sorted(baseline.entries, key=lambda entry: (entry.path, entry.rule, entry.about))
    lines = ",\n".join(f"  {json.dumps(msgspec.to_builtins(entry), ensure_ascii=False)}" for entry in entries)
    return f'{{\n "schema": "{SCHEMA}",\n "findings": [\n{lines}\n ]\n}}\n' if entries else _EMPTY


_EMPTY: Final = f'{{\n "schema": "{SCHEMA}",\n "findings": []\n}}\n'


def record(file: str, findings: Iterable[Finding], texts: Mapping[str, str]) -> Baseline:
    """The baseline of some findings; ``texts`` are the hashes of prompts' texts by their ids."""
    groups: dict[tuple[str, str, str], list[Finding]] = defaultdict(list)
    for finding in findings:
        groups[finding.path, finding.rule, _about(finding)].append(finding)
    return Baseline(
        file,
        tuple(
            Entry(
                path,
                rule,
                len(found),
                about,
                texts.get(about, "")[:DIGITS],
                tuple(sorted(each.fingerprint[:DIGITS] for each in found)),
            )
            for (path, rule, about), found in sorted(groups.items())
        ),
    )


def match(baseline: Baseline, findings: Sequence[Finding], texts: Mapping[str, str]) -> Matched:
    """Which findings a baseline knows, in three rounds: the same, moved, one of so many in the same place."""
    known: set[int] = set()
    left = {number: set(entry.fingerprints) for number, entry in enumerate(baseline.entries)}
    owners = {each: number for number, entry in enumerate(baseline.entries) for each in entry.fingerprints}
    for position, finding in enumerate(findings):
        number = owners.get(finding.fingerprint[:DIGITS])
        if number is not None and baseline.entries[number].rule == finding.rule:
            left[number].discard(finding.fingerprint[:DIGITS])
            known.add(position)
    spare = {number: len(each) for number, each in left.items()}
    contents = [(finding.rule, texts.get(_about(finding), "")[:DIGITS]) for finding in findings]
    names = [(finding.rule, _name(_about(finding))) for finding in findings]
    subjects = [(finding.rule, _about(finding)) for finding in findings]
    moved = [one if one[1] else other for one, other in zip(contents, names, strict=True)]
    entries = baseline.entries
    _take([(each.rule, each.text or _name(each.about)) for each in entries], spare, moved, known)
    _take([(each.rule, each.about) for each in entries], spare, subjects, known)
    return Matched(
        tuple(finding for position, finding in enumerate(findings) if position in known),
        tuple(finding for position, finding in enumerate(findings) if position not in known),
        sum(spare.values()),
    )


def _take(
    entries: Sequence[tuple[str, str]],
    spare: dict[int, int],
    findings: Sequence[tuple[str, str]],
    known: set[int],
) -> None:
    """Give what entries have to spare to findings of the same key that are not known yet."""
    by_key: dict[tuple[str, str], list[int]] = defaultdict(list)
    for number, key in enumerate(entries):
        by_key[key].append(number)
    for position, key in enumerate(findings):
        giver = next((each for each in by_key.get(key, ()) if spare[each]), None)
        if position not in known and giver is not None:
            spare[giver] -= 1
            known.add(position)


def _about(finding: Finding) -> str:
    return finding.request or finding.prompt or finding.path


def _name(about: str) -> str:
    """An id without its path."""
    return about.partition("::")[2] or about


# --- errors ---------------------------------------------------------------------------------------------


def _explain(file: str, raw: bytes, error: Exception) -> NoReturn:
    """Raise the error of a file that is no baseline, with its place."""
    text = raw.decode("utf-8", "replace")
    if isinstance(error, msgspec.ValidationError):
        what, _, where = str(error).partition(" - at `$")
        steps = tuple(int(index) if index else name for name, index in _STEP.findall(where))
        _refuse(file, text, steps, f"this is no baseline of scrimp: {what[:1].lower()}{what[1:]}")
    try:
        json.loads(text)
    except (json.JSONDecodeError, RecursionError) as wrong:
        line, column = (wrong.lineno, wrong.colno) if isinstance(wrong, json.JSONDecodeError) else (1, 1)
        raise error_at(file, (line, column), "this is no JSON", _HINT) from None
    raise error_at(file, (1, 1), f"this can't be read: {error}", _HINT) from None


def _refuse(file: str, text: str, steps: Iterable[str | int], message: str) -> NoReturn:
    from scrimp.readers.json import parse  # noqa: PLC0415  only this error needs it

    wanted = tuple(steps)
    scalars = list(parse(text).scalars)
    found = next(
        (
            scalar.start
            for size in range(len(wanted), 0, -1)
            for scalar in scalars
            if scalar.keys[:size] == wanted[:size]
        ),
        0,
    )
    raise error_at(file, Lines.of(text).position(found), message, _HINT) from None
