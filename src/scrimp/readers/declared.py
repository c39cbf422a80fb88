"""Documents (YAML, TOML, JSON) of a format that is for prompts: their texts, as the format's row declares them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cached_property

from msgspec import Struct, field

from scrimp.model.algebra import File, Text
from scrimp.model.facts import Entry
from scrimp.model.pieces import slice_text
from scrimp.readers import settings
from scrimp.readers.document import Document, Key, Scalar, key_path
from scrimp.readers.messages import Message, split_messages
from scrimp.readers.patterns import KeyPattern, group_of
from scrimp.readers.presets import Condition, Format, TextRule
from scrimp.readers.roles import role_of_value
from scrimp.readers.settings import Nearest
from scrimp.readers.templates import language_of, scan, sniff
from scrimp.readers.templates.defaults import texts_of, with_defaults
from scrimp.readers.textfile import extent
from scrimp.readers.words import count_words


def entries(document: Document, row: Format) -> dict[int, list[Entry]]:
    """The entries of each text that a format declares, by the number of its scalar."""
    found: dict[int, list[Entry]] = {}
    texts = _Texts(document, row)
    seen: set[str] = set()
    for rule in row.texts:
        for number, scalar in texts.of(rule):
            if number in found or (row.once and scalar.text.value in seen):
                continue
            made = texts.entries(scalar, rule)
            if made is not None:
                seen.add(scalar.text.value)
                found[number] = made
    return found


def reference(document: Document, row: Format) -> tuple[Entry, ...]:
    """What a document of settings says: that the file beside it, which ``row`` names, is a prompt sent with them."""
    if not row.settings_of or not document.scalars:
        return ()
    scalar = document.scalars[0]
    return (_Texts(document, row).refers(scalar, TextRule(""), Text(row.settings_of), ""),)


class _Texts(Struct, dict=True):
    """The texts of one document and the settings around them."""

    document: Document
    row: Format
    roles: dict[str, Nearest] = field(default_factory=dict)
    conditions: dict[Condition, Nearest] = field(default_factory=dict)

    def of(self, rule: TextRule) -> Iterator[tuple[int, Scalar]]:
        """The scalars that a rule speaks of."""
        pattern = KeyPattern(rule.keys)
        for number, scalar in enumerate(self.document.scalars):
            if scalar.kind == "string" and pattern.matches(scalar.keys) and self._meets(scalar.keys, rule):
                yield number, scalar

    def entries(self, scalar: Scalar, rule: TextRule) -> list[Entry] | None:
        """The messages of a scalar, or the reference to a file that it is; None if the rule wants another kind."""
        if rule.file:
            named = re.fullmatch(rule.file, scalar.text.value, re.DOTALL)
            if named is None:
                return None
            target = slice_text(scalar.text, *named.span(1)) if named[1] else None
            return [self.refers(scalar, rule, target, key_path(scalar.keys))] if target else []
        language = self._language(scalar, rule)
        expression = scan(language, scalar.text)
        if count_words(" ".join(text.value for text in texts_of(expression))) < self.row.words:
            return None
        role = self._role(scalar.keys, rule)
        messages = split_messages(scalar.text, expression, self.row.messages, role)
        return [
            self._entry(scalar, rule, message, language, f"#{number}" if len(messages) > 1 else "")
            for number, message in enumerate(messages)
        ]

    def refers(self, scalar: Scalar, rule: TextRule, target: Text, key: str) -> Entry:
        """The entry that makes another file a prompt."""
        return Entry(
            key,
            File(target),
            scalar.start,
            scalar.end,
            rule.role,
            rule.kind,
            self.row.loaded,
            "none",
            key,
            "format",
            self._model.around(scalar.keys),
            settings.cap(self._cap.around(scalar.keys)),
        )

    def _entry(self, scalar: Scalar, rule: TextRule, message: Message, language: str, suffix: str) -> Entry:
        start, end = (scalar.start, scalar.end) if not suffix else extent(message.text)
        return Entry(
            key_path(scalar.keys) + suffix,
            with_defaults(message.expression, self._defaults),
            start,
            end,
            message.role,
            rule.kind,
            self.row.loaded,
            language,
            self._group(scalar.keys),
            "format",
            self._model.around(scalar.keys),
            settings.cap(self._cap.around(scalar.keys)),
        )

    def _meets(self, keys: tuple[Key, ...], rule: TextRule) -> bool:
        return all(self._has(keys, condition) for condition in rule.where) and not any(
            self._has(keys, condition) for condition in rule.unless
        )

    def _has(self, keys: tuple[Key, ...], condition: Condition) -> bool:
        """Whether a value that a condition accepts stands around a text."""
        if condition not in self.conditions:
            accept = re.compile(condition.matches, re.DOTALL).fullmatch
            known = Nearest.of(self.document, (condition.keys,), lambda value: accept(value) is not None)
            self.conditions[condition] = known
        return self.conditions[condition].around(keys) != ""

    def _role(self, keys: tuple[Key, ...], rule: TextRule) -> str:
        if not rule.role_key:
            return rule.role
        if rule.role_key not in self.roles:
            known = Nearest.of(
                self.document, (rule.role_key,), lambda value: role_of_value(value) != "unknown"
            )
            self.roles[rule.role_key] = known
        value = self.roles[rule.role_key].around(keys)
        return role_of_value(value) if value else rule.role

    def _language(self, scalar: Scalar, rule: TextRule) -> str:
        stated = language_of(self._stated.around(scalar.keys))
        language = rule.template or stated or self.row.template
        return sniff(scalar.text.value) if language == "sniff" else language

    def _group(self, keys: tuple[Key, ...]) -> str:
        for pattern in self.row.group:
            if pattern == ".":
                return ""
            size = KeyPattern(pattern).covers(keys)
            if size:
                return key_path(keys[:size])
        return group_of(keys)

    @cached_property
    def _model(self) -> Nearest:
        found = Nearest.of(self.document, self.row.model, lambda value: bool(settings.name(value)))
        return Nearest({keys: settings.name(value) for keys, value in found.values.items()})

    @cached_property
    def _cap(self) -> Nearest:
        return Nearest.of(self.document, self.row.output_cap, lambda value: settings.cap(value) > 0)

    @cached_property
    def _stated(self) -> Nearest:
        return Nearest.of(self.document, self.row.template_key)

    @cached_property
    def _defaults(self) -> dict[str, Text]:
        return settings.defaults(self.document, self.row.defaults)
