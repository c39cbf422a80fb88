"""The usage file, ``scrimp-usage.yaml``: what people read and edit, and what was measured.

Of an entry, what stands under ``measured`` is written by imports; whatever stands beside it was written by people, goes
before it, and is never touched.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from copy import copy
from datetime import date
from decimal import Decimal
from typing import Annotated, Any, Literal

from msgspec import Meta, structs
from msgspec.structs import replace

from scrimp.config import documents
from scrimp.config.globs import Pattern, Target
from scrimp.config.located import Located, Marks, Position, Steps, decode
from scrimp.config.quantities import Share
from scrimp.config.schema import Count, Name, Part
from scrimp.model.errors import UserError
from scrimp.usage.book import Period, UsageBook, UsageEntry
from scrimp.usage.join import Rule

MAX_BYTES = 16 * 1024 * 1024
"""Far more than any repository's prompts take; a larger file is a mistake."""

_SAYS_SOMETHING = re.compile(rb"^\s*[^\s#]", re.MULTILINE)
_GROUPED = re.compile(r"\d{1,3}(?:_\d{3})+")

Glob = Annotated[Name | None, Meta(description="A glob for what rows say.")]


class MeasuredPart(Part, frozen=True, kw_only=True):
    """What an import measured; written anew by each."""

    calls_per_month: Count | None = None
    calls_from: Annotated[
        Literal["tokens"] | None, Meta(description="That the source counts no calls: they are estimated.")
    ] = None
    input_tokens: Count | None = None
    unsized_tokens: Annotated[
        Count | None, Meta(description="Of the input: what is in no text and no variable of known size.")
    ] = None
    output_tokens: Count | None = None
    reasoning_tokens: Count | None = None
    hit_rate: Share | None = None
    write_rate: Share | None = None
    split: Annotated[Count, Meta(description="Among how many calls the rows were divided.")] = 1
    period: Name | None = None
    source: str = ""


class EntryPart(Part, frozen=True, kw_only=True):
    """What is known of one prompt or call."""

    calls_per_month: Count | None = None
    input_tokens: Count | None = None
    output_tokens: Count | None = None
    reasoning_tokens: Count | None = None
    variables: dict[str, Count | None] = {}
    hit_rate: Share | None = None
    write_rate: Share | None = None
    measured: MeasuredPart | None = None
    gone: Annotated[date | None, Meta(description="The day on which the prompt was found missing.")] = None


class MatchPart(Part, frozen=True, kw_only=True):
    """Which rows belong to which prompts, before names, code and tags are compared; the first that fits counts."""

    to: Annotated[Pattern, Meta(description="A glob for a path, a prompt's id (with ::) or its name.")]
    source: Glob = None
    provider: Glob = None
    model: Glob = None
    project: Glob = None
    prompt: Glob = None
    path: Glob = None
    function: Glob = None
    tag: Glob = None


RULE_KEYS = ("source", "provider", "model", "project", "prompt", "path", "function", "tag")


class UsageDocument(Part, frozen=True, kw_only=True):
    """Real usage of prompts."""

    version: Literal[1] = 1
    match: tuple[MatchPart, ...] = ()
    prompts: dict[str, EntryPart] = {}


class UsageFile:
    """A usage file that was read: its document, and where everything stands in it."""

    def __init__(self, file: str, raw: bytes) -> None:
        if len(raw) > MAX_BYTES:
            raise UserError(f"{file}:1:1: is larger than {MAX_BYTES // 1024**2} MiB", "this is no usage file")
        parsed = documents.parse(file, raw) if _SAYS_SOMETHING.search(raw) else None
        self._parsed = parsed
        value = {} if parsed is None or parsed.value is None else _exact(parsed.value)
        self.located = Located(file, value, self._marks)
        self.document = decode(self.located, UsageDocument)
        parts = self.document.prompts.items()
        self.book = UsageBook(file, {name: self._entry(name, part) for name, part in parts})
        self.rules = tuple(self._rule(index, part) for index, part in enumerate(self.document.match))

    def by_people(self) -> UsageFile:
        """The file without what was measured."""
        bare = copy(self)
        parts = self.document.prompts.items()
        entries = {name: self._entry(name, structs.replace(part, measured=None)) for name, part in parts}
        bare.book = UsageBook(self.located.file, entries)
        return bare

    def unknown(self, ids: Collection[str], targets: Collection[Target]) -> Iterator[str]:
        """A located warning for each entry that is none of some ids, and each rule that matches no target.

        Entries that are marked as gone are known to be.
        """
        for name, entry in self.document.prompts.items():
            if name not in ids and entry.gone is None:
                place = self._at(self._marks().keys, ("prompts", name))
                yield f"{place}: no prompt is called {name}: `scrimp usage sync` marks what is gone"
        for index, rule in enumerate(self.document.match):
            if not any(rule.to.matches(target) for target in targets):
                place = self._at(self._marks().values, ("match", index, "to"))
                yield f"{place}: {rule.to} matches no prompt"

    def _at(self, marks: Mapping[Steps, Position], steps: Steps) -> str:
        line, column = marks.get(steps, (1, 1))
        return f"{self.located.file}:{line}:{column}"

    def _marks(self) -> Marks:
        if self._parsed is None:
            return Marks({}, {})
        parsed = self._parsed
        return Marks(
            {path: documents.position(node, parsed.raw) for path, node in parsed.keys.items()},
            {path: documents.position(node, parsed.raw) for path, node in parsed.values.items()},
        )

    def _rule(self, index: int, part: MatchPart) -> Rule:
        globs = tuple((name, glob) for name in RULE_KEYS if (glob := getattr(part, name)) is not None)
        if not globs:
            self.located.refuse_value(
                ("match", index), "a rule that every row fits", f"say which rows: {', '.join(RULE_KEYS)}"
            )
        return Rule(part.to, globs)

    def _entry(self, name: str, part: EntryPart) -> UsageEntry:
        measured = part.measured or MeasuredPart()
        own_calls = part.calls_per_month is not None
        entry = UsageEntry(
            name,
            _either(part.calls_per_month, measured.calls_per_month),
            {each: size for each, size in part.variables.items() if size is not None},
            _either(part.output_tokens, measured.output_tokens),
            _either(part.input_tokens, measured.input_tokens),
            _either(part.hit_rate, measured.hit_rate),
            self._period(("prompts", name, "measured", "period"), measured.period),
            measured.source,
            _either(part.write_rate, measured.write_rate),
            _either(part.reasoning_tokens, measured.reasoning_tokens),
            max(1, measured.split),
            calls_estimated=measured.calls_from is not None and not own_calls,
            unsized_tokens=measured.unsized_tokens,
        )
        return entry if part.gone is None else replace(entry, gone=part.gone)

    def _period(self, steps: Steps, written: str | None) -> Period | None:
        if written is None:
            return None
        try:
            return period(written)
        except ValueError as error:
            self.located.refuse_value(steps, f"period: {error}")


def period(written: str) -> Period:
    """The days of ``2026-10-01..2026-10-31`` or of the month ``2026-10``. Raises ``ValueError``."""
    first, between, last = written.strip().partition("..")
    try:
        if between:
            days = Period(date.fromisoformat(first), date.fromisoformat(last))
        else:
            year, _, month = first.partition("-")
            start = date(int(year), int(month), 1)
            following = date(start.year + start.month // 12, start.month % 12 + 1, 1)
            days = Period(start, date.fromordinal(following.toordinal() - 1))
    except ValueError:
        raise ValueError(f'"{written}" is no period: write 2026-10-01..2026-10-31 or 2026-10') from None
    if days.last < days.first:
        raise ValueError(f'"{written}" ends before it begins')
    return days


def _either(own: Any, measured: Any) -> Any:
    return measured if own is None else own


def _exact(value: object) -> object:
    """Numbers as they are written: those with a fraction decimal, those in groups (``5_000``) whole."""
    if isinstance(value, float):
        return Decimal(repr(value))
    if isinstance(value, str) and _GROUPED.fullmatch(value):
        return int(value)
    if isinstance(value, Mapping):
        return {key: _exact(each) for key, each in value.items()}
    if isinstance(value, list):
        return [_exact(each) for each in value]
    return value
