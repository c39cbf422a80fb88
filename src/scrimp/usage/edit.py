"""Writes the usage file: what changes is changed, and every comment, order and edit of people stays."""

from __future__ import annotations

import io
import re
from collections.abc import Collection, Iterable, Mapping
from datetime import date
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedMap

from scrimp.usage.measured import Measured
from scrimp.usage.targets import CallTarget

HEADER = """\
# Real usage of this repository's prompts, by their ids as `scrimp audit` shows them.
# `scrimp usage import` writes what stands under `measured`. What you write beside it goes before it and stays:
# calls_per_month, input_tokens, output_tokens, reasoning_tokens, variables, hit_rate, write_rate.
version: 1
prompts: {}
"""
WIDTH = 4096  # no line is ever broken
_INDENTED = re.compile(r"^prompts:[^\n]*\n(?:\s*(?:#[^\n]*)?\n)*( +)\S", re.MULTILINE)
_LISTED = re.compile(r"^match:[^\n]*\n(?:\s*(?:#[^\n]*)?\n)*( *)- ", re.MULTILINE)


class Editor:
    """A usage file while it is changed; ``text`` gives it back."""

    def __init__(self, raw: bytes | None) -> None:
        self._yaml = YAML()
        self._yaml.width = WIDTH
        self._yaml.preserve_quotes = True
        written = (raw or b"").decode("utf-8-sig")
        self._indent_as(written)
        self._before = written
        self._document = self._yaml.load(written if written.strip() else HEADER) or CommentedMap()
        if not isinstance(self._document.get("prompts"), CommentedMap):
            self._document["prompts"] = CommentedMap()
        self._changed = raw is None or not written.strip()

    def _indent_as(self, written: str) -> None:
        """Indent as the file does, where it shows how."""
        mapping, sequence = _INDENTED.search(written), _LISTED.search(written)
        offset = len(sequence[1]) if sequence else 2
        self._yaml.indent(mapping=len(mapping[1]) if mapping else 2, sequence=offset + 2, offset=offset)

    @property
    def _prompts(self) -> CommentedMap:
        prompts: CommentedMap = self._document["prompts"]
        return prompts

    def text(self) -> str:
        """The file as it is now; unchanged to the byte where nothing was changed."""
        if not self._changed:
            return self._before
        if self._prompts:
            self._prompts.fa.set_block_style()
        out = io.StringIO()
        self._yaml.dump(self._document, out)
        return out.getvalue()

    def measure(self, measured: Mapping[str, Measured], streams: Collection[str]) -> None:
        """Set what was measured of prompts; of others what rested on some streams is taken out."""
        for name, entry in self._prompts.items():
            before = entry.get("measured") if isinstance(entry, CommentedMap) else None
            if name not in measured and before and _streams(str(before.get("source", ""))) <= set(streams):
                del entry["measured"]
                self._changed = True
        for name in sorted(measured):
            entry = self._entry(name)
            values = _values(measured[name])
            if entry.get("measured") != values:
                entry["measured"] = CommentedMap(values)
                self._changed = True

    def add(self, targets: Iterable[CallTarget], unsized: Mapping[str, Collection[str]]) -> list[str]:
        """Give each call without any entry an empty one, with its variables of unknown size; gives their names."""
        added = []
        for target in targets:
            if {target.id, target.key, *(seen.id for seen in target.seen_as)}.isdisjoint(self._prompts):
                entry = self._entry(target.key)
                entry["calls_per_month"] = None
                if unsized.get(target.key):
                    entry["variables"] = CommentedMap((each, None) for each in unsized[target.key])
                added.append(target.key)
        return added

    def mark(self, known: Collection[str], today: date) -> tuple[list[str], list[str]]:
        """Mark entries of prompts that are gone, and unmark those that are back; gives the names of both."""
        gone, back = [], []
        for name, entry in self._prompts.items():
            if not isinstance(entry, CommentedMap):
                continue
            if name not in known and "gone" not in entry:
                entry["gone"] = today
                gone.append(name)
            elif name in known and "gone" in entry:
                del entry["gone"]
                back.append(name)
        self._changed = self._changed or bool(gone or back)
        return gone, back

    def _entry(self, name: str) -> CommentedMap:
        entry = self._prompts.get(name)
        if not isinstance(entry, CommentedMap):
            entry = self._prompts[name] = CommentedMap()
            self._changed = True
        return entry


def _streams(source: str) -> set[str]:
    """The streams that a source names: ``openai, litellm by tag; otel by code``."""
    return {stream.strip() for part in source.split(";") for stream in part.partition(" by ")[0].split(",")}


def _values(measured: Measured) -> dict[str, Any]:
    """What is written of measured values: those that are known."""
    values = {
        "calls_per_month": measured.calls_per_month,
        "calls_from": "tokens" if measured.calls_estimated and measured.calls_per_month is not None else None,
        "input_tokens": measured.input_tokens,
        "unsized_tokens": measured.unsized_tokens,
        "output_tokens": measured.output_tokens,
        "reasoning_tokens": measured.reasoning_tokens,
        "hit_rate": None if measured.hit_rate is None else float(measured.hit_rate),
        "write_rate": None if measured.write_rate is None else float(measured.write_rate),
        "split": measured.split if measured.split > 1 else None,
        "period": str(measured.period),
        "source": measured.source,
    }
    return {name: value for name, value in values.items() if value is not None}
