"""BAML: prompts of functions, template strings, and the descriptions that the output format sends.

The rules are those of docs.boundaryml.com ("function", "client", "template_string", "string", "class", for BAML v0),
read in November 2026: a block string is dedented and stripped; a prompt is Jinja; ``{{ _.role("user") }}`` begins a
message; ``{{ ctx.output_format }}`` is the schema of what the function returns.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from msgspec import Struct, field

from scrimp.model.algebra import Branch, Expression, Include, Join, Loop, Text, Variable
from scrimp.model.facts import Entry, Facts, Fault
from scrimp.model.pieces import concat, slice_text
from scrimp.model.source import Lines, Source
from scrimp.readers import markers, settings
from scrimp.readers.json import decode
from scrimp.readers.messages import MARKS, split_messages
from scrimp.readers.templates import jinja
from scrimp.readers.textfile import decoded, extent

name = "baml"
VERSION = 2

CLIENT = "client."
"""What the keys of clients begin with; a function names its client by the rest, in any file of the folder."""

_TOKEN = re.compile(
    r"(?P<skip>\s++|//[^\n]*+|\{//.*?(?://\}|\Z)|/\*.*?(?:\*/|\Z))"
    r"|(?P<block>(?P<hashes>\#+)\".*?(?:\"(?P=hashes)|\Z))"
    r"|(?P<string>\"(?:[^\"\\\n]|\\.)*+\")"
    r"|(?P<word>@{0,2}[\w][\w.-]*)"
    r"|(?P<mark>.)",
    re.DOTALL,
)
_CAPS = ("max_tokens", "max_output_tokens", "max_completion_tokens")
_CALLED = re.compile(r"\{\{[-+]?\s*(?P<name>[A-Za-z]\w*)\s*\(")
_DECLARATIONS = frozenset({"function", "template_string", "class", "enum", "client", "test", "generator"})


class Token(NamedTuple):
    """A token: ``block`` or ``string`` (its text in ``text``), ``word`` or ``mark``, and where it stands."""

    kind: str
    value: str
    start: int
    end: int


class _Declaration(Struct):
    """A declaration: its kind and name, the tokens before its body, and those in it."""

    kind: str
    name: str
    head: list[Token] = field(default_factory=list)
    body: list[Token] = field(default_factory=list)


def read(source: Source) -> Facts:
    """The prompts of a BAML file, each with the model and the cap of its client where the file tells them."""
    declared = list(_declarations(_tokens(source.text)))
    whole = decoded(source.text)
    walk = _Entries(source.text, {each.name: each for each in declared if each.kind == "client"})
    entries = [entry for each in declared for entry in walk.of(each)]
    returned = _returned(declared)
    for each in declared:
        if each.kind in {"class", "enum"}:
            entries += walk.descriptions(each, returned.get(each.name, "schema"))
    entries.sort(key=lambda entry: entry.start)
    facts = Facts(
        name, name, Lines.of(source.text).packed, tuple(entries), faults=tuple(walk.faults), text=whole
    )
    said = markers.at(source.text, _comments(source.text)).and_(markers.in_text(source.text))
    return markers.added(facts, said)


def _returned(declared: Sequence[_Declaration]) -> dict[str, str]:
    """The function that returns each class and enum, as such or somewhere in what it returns."""
    schemas = {each.name: each for each in declared if each.kind in {"class", "enum"}}
    found: dict[str, str] = {}
    for function in (each for each in declared if each.kind == "function"):
        written = "".join(token.value + " " for token in function.head)
        waiting = written.partition("- >")[2].split()
        while waiting:
            word = waiting.pop()
            if word in schemas and word not in found:
                found[word] = function.name
                waiting += [token.value for token in schemas[word].body if token.kind == "word"]
    return found


def dedented(text: Text) -> Text:
    """A block string as BAML reads it: without the indentation that its lines share, and stripped."""
    lines = text.value.split("\n")
    indents = [len(line) - len(line.lstrip(" \t")) for line in lines[1:] if line.strip()]
    indent = min(indents, default=0)
    kept, done = [], 0
    for number, line in enumerate(lines):
        start = done + (min(indent, len(line) - len(line.lstrip(" \t"))) if number else 0)
        kept.append(slice_text(text, start, done + len(line) + 1))
        done += len(line) + 1
    value = concat(kept)
    start = len(value.value) - len(value.value.lstrip())
    return slice_text(value, start, len(value.value.rstrip()))


def _comments(text: str) -> Iterator[tuple[int, int]]:
    """The comments outside of strings."""
    for token in _TOKEN.finditer(text):
        if token.lastgroup == "skip" and token[0].strip():
            yield token.span()


def _tokens(text: str) -> list[Token]:
    return [
        Token(token.lastgroup or "mark", token[0], token.start(), token.end())
        for token in _TOKEN.finditer(text)
        if token.lastgroup != "skip"
    ]


def _declarations(tokens: Sequence[Token]) -> Iterator[_Declaration]:
    """The declarations at the top of a file; what stands in no braces and no parentheses is text or type."""
    current: _Declaration | None = None
    braces = depth = 0
    for number, token in enumerate(tokens):
        is_mark = token.kind == "mark"
        braces += is_mark and token.value == "{"
        depth += is_mark and token.value in {"{", "(", "["}
        if depth == 0 and token.kind == "word" and token.value in _DECLARATIONS:
            if current is not None:
                yield current
            current = _Declaration(token.value, _name(tokens[number + 1 :]))
        elif current is not None:
            in_body = braces > 0 or (depth == 0 and token.kind in {"block", "string"})
            (current.body if in_body else current.head).append(token)
        braces -= is_mark and token.value == "}" and braces > 0
        depth -= is_mark and token.value in {"}", ")", "]"} and depth > 0
    if current is not None:
        yield current


def _name(tokens: Sequence[Token]) -> str:
    """The name of a declaration: its first word, that of ``client<llm> Name`` behind the brackets."""
    depth = 0
    for token in tokens[:6]:
        depth += (token.value == "<") - (token.value == ">")
        if token.kind == "word" and depth == 0:
            return token.value
    return ""


class _Entries(Struct):
    """The entries of one file; ``clients`` are those that it declares."""

    source: str
    clients: dict[str, _Declaration]
    faults: list[Fault] = field(default_factory=list)

    def of(self, declared: _Declaration) -> list[Entry]:
        """The prompts of a declaration; of a client its model, for functions of other files."""
        match declared.kind:
            case "function":
                return self._function(declared)
            case "template_string":
                block = next((token for token in declared.body if token.kind in {"block", "string"}), None)
                return self._prompt(declared.name, block, declared.name, "", kind="partial")
            case "client":
                return self._client(declared)
        return []

    def descriptions(self, declared: _Declaration, group: str) -> list[Entry]:
        """What ``@description`` says of the fields of a class or the values of an enum."""
        entries: list[Entry] = []
        member = ""
        for before, token in zip([None, *declared.body], declared.body, strict=False):
            begins = before is not None and "\n" in self.source[before.end : token.start]
            if token.kind == "word" and token.value[0] != "@" and begins:
                member = token.value
            if token.value in {"@description", "@@description"}:
                entries += self._description(declared, token, member if token.value[1] != "@" else "", group)
        return entries

    def _description(self, declared: _Declaration, mark: Token, member: str, group: str) -> list[Entry]:
        text = next(
            (each for each in declared.body if each.start > mark.end and each.kind in {"block", "string"}),
            None,
        )
        if text is None or self.source[mark.end : text.start].strip() != "(":
            return []
        value = self._text(text)
        key = ".".join(filter(None, (declared.name, member, "description")))
        return [Entry(key, value, text.start, text.end, "tool", "tool", "call", "none", group, "format")]

    def _function(self, declared: _Declaration) -> list[Entry]:
        client = _value(declared.body, ("client",))
        model = client.value.strip('"') if client is not None else ""
        block = _value(declared.body, ("prompt",))
        return self._prompt(declared.name, block, declared.name, model, kind="message")

    def _prompt(self, key: str, block: Token | None, group: str, model: str, *, kind: str) -> list[Entry]:
        if block is None or block.kind not in {"block", "string"}:
            return []
        text = self._text(block)
        expression, faults = jinja.parse(text)
        self.faults += faults
        expression = _called(expression, self.source)
        known = self.clients.get(model)
        first = "system" if MARKS["calls"].search(text.value) else "user"
        messages = split_messages(text, expression, "calls", first)
        return [
            Entry(
                key if len(messages) == 1 else f"{key}#{number}",
                message.expression,
                *extent(message.text),
                message.role,
                kind,
                "call",
                "jinja",
                group,
                "format",
                _model(known) if known else settings.name(model),
                _cap(known) if known else 0,
            )
            for number, message in enumerate(messages)
        ]

    def _client(self, declared: _Declaration) -> list[Entry]:
        model = _value(declared.body, ("model",))
        if model is None:
            return []
        text = Text(model.value.strip('"'))
        key, cap = CLIENT + declared.name, _cap(declared)
        return [
            Entry(
                key,
                text,
                model.start,
                model.end,
                "unknown",
                "message",
                "call",
                "none",
                key,
                "none",
                text.value,
                cap,
            )
        ]

    def _text(self, token: Token) -> Text:
        if token.kind == "string":
            return decode(self.source, token.start, token.end)
        hashes = token.value.index('"') + 1
        end = token.end - hashes if token.value.endswith(token.value[: hashes - 1]) else token.end
        inner = decoded(self.source[token.start + hashes : max(end, token.start + hashes)])
        shift = token.start + hashes
        moved = tuple((first, last, start + shift, end + shift) for first, last, start, end in inner.pieces)
        return dedented(Text(inner.value, moved))


def _value(body: Sequence[Token], names: tuple[str, ...]) -> Token | None:
    """What follows the first of some words in a body."""
    return next(
        (value for word, value in pairwise(body) if word.kind == "word" and word.value in names), None
    )


def _model(client: _Declaration) -> str:
    value = _value(client.body, ("model",))
    return settings.name(value.value.strip('"')) if value is not None else ""


def _cap(client: _Declaration) -> int:
    value = _value(client.body, _CAPS)
    return settings.cap(value.value) if value is not None else 0


def _called(expression: Expression, source: str) -> Expression:
    """An expression in which calls of template strings include them."""
    match expression:
        case Variable(_, start, end):
            found = _CALLED.match(source, start, end)
            return Include(found["name"], start, end) if found else expression
        case Join(parts):
            return Join(tuple(_called(part, source) for part in parts))
        case Loop(over, body):
            return Loop(over, _called(body, source))
        case Branch(condition, alternatives):
            return Branch(condition, tuple(_called(each, source) for each in alternatives))
    return expression
