"""POML: the text of XML elements as a model is sent it, its messages, its tools, the model that it names.

The rules are those of the documentation and the components in github.com/microsoft/poml, read in November 2026.
Elements are rendered as Markdown, so that a prompt has a few characters more than are written: headings of
``<role>``, ``<task>`` and captions, dashes of items, blank lines between blocks. Files and data that an element
shows are holes, unless they are text.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from msgspec import Struct, field

from scrimp.model.algebra import EMPTY, Branch, Expression, Include, Join, Loop, Text, Variable
from scrimp.model.facts import Entry, Facts
from scrimp.model.pieces import slice_text, verbatim
from scrimp.model.source import Lines, Source
from scrimp.readers import markers, settings
from scrimp.readers.poml_tags import Span, Tag, Value, content, holes, tokens
from scrimp.readers.templates.parts import join
from scrimp.readers.textfile import decoded

name = "poml"
VERSION = 2

DEPTH = 100
"""How deep elements may nest; the tags of deeper ones are left out, their text stays."""

_SPEAKERS = {"system": "system", "human": "user", "ai": "assistant", "tool": "tool"}
_MESSAGES = {
    "systemmsg": "system",
    "humanmsg": "user",
    "usermsg": "user",
    "aimsg": "assistant",
    "assistantmsg": "assistant",
}
_CHAT = {"input": "user", "output": "assistant"}
_UNSEEN = frozenset(
    {"let", "meta", "stylesheet", "runtime", "outputschema", "tool", "tooldefinition", "tooldef", "schema"}
)
_INLINE = frozenset(
    {"img", "b", "i", "s", "u", "bold", "italic", "strong", "em", "span", "inline", "br", "code", "text"}
)
_SHOWN = frozenset(
    {
        "document",
        "doc",
        "table",
        "img",
        "image",
        "audio",
        "folder",
        "tree",
        "webpage",
        "object",
        "obj",
        "dataobj",
        "conversation",
    }
)
_TEXT_FILES = (".txt", ".md", ".poml")
_CAPTIONS = {
    "role": "Role",
    "task": "Task",
    "outputformat": "Output Format",
    "stepwiseinstructions": "Stepwise Instructions",
    "hint": "Hint",
}
_RUN = re.compile(r"[ \t]*\n\s*")
_CAPS = ("maxoutputtokens", "maxtokens")


class _Element(Struct):
    """An open element: what it sends so far, and the role of its message if it is one."""

    tag: Tag
    role: str = ""
    keeps_blanks: bool = False
    parts: list[Expression] = field(default_factory=list)

    @property
    def is_inline(self) -> bool:
        """Whether it stands within a line."""
        return self.tag.name in _INLINE


class _Message(Struct, frozen=True):
    role: str
    expression: Expression
    start: int
    end: int


def read(source: Source) -> Facts:
    """The messages and tools of a file."""
    walk = _Walk(source.text)
    walk.run()
    entries = tuple(sorted((*walk.entries(), *walk.tools), key=lambda entry: entry.start))
    facts = Facts(name, name, Lines.of(source.text).packed, entries, text=decoded(source.text))
    return markers.added(facts, markers.in_text(source.text))


class _Walk(Struct):
    """One walk over the tags of a file, with the elements that are open."""

    source: str
    open: list[_Element] = field(default_factory=list)
    messages: list[_Message] = field(default_factory=list)
    tools: list[Entry] = field(default_factory=list)
    model: str = ""
    cap: int = 0
    unseen: int = 0

    def run(self) -> None:
        """Read all; elements that are never closed end with the file."""
        self.open = [_Element(Tag("", {}, 0, 0, closes=False, is_empty=False))]
        for token in tokens(self.source):
            if isinstance(token, Span):
                self._text(token)
            elif token.closes:
                self._end(token)
            else:
                self._begin(token)
        while len(self.open) > 1:
            self._close(len(self.source))

    def entries(self) -> list[Entry]:
        """The messages; what stands in none is the system's if people speak too, before the model has spoken."""
        rest = _stripped(self.open[0].parts)
        messages = list(self.messages)
        if rest != EMPTY:
            spoken = any(message.role == "user" for message in messages)
            start, end = _extent(rest)
            messages.insert(0, _Message("system" if spoken else "user", rest, start, end))
        return [
            Entry(
                f"messages[{number}]",
                message.expression,
                message.start,
                message.end,
                message.role,
                "message",
                "call",
                name,
                "",
                "format",
                self.model,
                self.cap,
            )
            for number, message in enumerate(messages)
        ]

    def _text(self, span: Span) -> None:
        if not self.unseen:
            element = self.open[-1]
            element.parts.append(content(self.source, span, keeps_blanks=element.keeps_blanks))

    def _begin(self, tag: Tag) -> None:
        if tag.name in _UNSEEN or self.unseen:
            self._setting(tag)
            self.unseen += not tag.is_empty
        elif len(self.open) <= DEPTH:
            self.open.append(_Element(tag, self._role(tag), self._keeps_blanks(tag)))
            self._heading(tag)
            if tag.is_empty:
                self._close(tag.end)

    def _end(self, tag: Tag) -> None:
        if self.unseen:
            self.unseen -= 1
        elif any(element.tag.name == tag.name for element in self.open[1:]):
            while self.open[-1].tag.name != tag.name:
                self._close(tag.start)
            self._close(tag.end)

    def _close(self, end: int) -> None:
        element = self.open.pop()
        tag = element.tag
        parts = [self._shown(tag), *element.parts] if tag.name in (*_SHOWN, "include") else element.parts
        sent = join(parts) if element.is_inline or element.keeps_blanks else _stripped(parts)
        sent = _wrapped(sent, tag.attributes)
        if element.role:
            for outer in reversed(self.open):
                sent = _wrapped(sent, outer.tag.attributes)
            if sent != EMPTY:
                self.messages.append(_Message(element.role, sent, tag.start, end))
        elif element.is_inline:
            self.open[-1].parts.append(sent)
        elif tag.name in {"item", "listitem", "li"}:
            self.open[-1].parts += [Text("- "), sent, Text("\n")]
        elif sent != EMPTY:
            self.open[-1].parts += [Text("\n\n"), sent, Text("\n\n")]

    def _heading(self, tag: Tag) -> None:
        """The caption of an element, above what it holds."""
        caption = tag.attributes.get("caption")
        hidden = tag.attributes.get("captionstyle", Value("", 0, 0)).value in {"hidden", "none"}
        if hidden:
            return
        if caption is not None:
            text = holes(verbatim(self.source, caption.start, caption.end))
            self.open[-1].parts += [Text("# "), text, Text("\n\n")]
        elif tag.name in _CAPTIONS:
            self.open[-1].parts.append(Text(f"# {_CAPTIONS[tag.name]}\n\n"))

    def _shown(self, tag: Tag) -> Expression:
        """What stands for a file or for data."""
        named = next(
            (tag.attributes[key] for key in ("src", "data", "records", "messages") if key in tag.attributes),
            None,
        )
        if named is None:
            return EMPTY
        if "{{" not in named.value and named.value.endswith(_TEXT_FILES):
            return Include(named.value, tag.start, tag.end)
        return Variable(named.value.strip("{} ")[:60], tag.start, tag.end)

    def _role(self, tag: Tag) -> str:
        speaker = tag.attributes.get("speaker")
        if speaker is not None and tag.name != "poml":
            return _SPEAKERS.get(speaker.value, "")
        if tag.name in _CHAT and any(element.tag.name == "example" for element in self.open):
            chats = [element.tag.attributes.get("chat") for element in self.open]
            return (
                "" if any(chat is not None and chat.value == "false" for chat in chats) else _CHAT[tag.name]
            )
        return _MESSAGES.get(tag.name, "")

    def _keeps_blanks(self, tag: Tag) -> bool:
        stated = tag.attributes.get("whitespace")
        if stated is not None:
            return stated.value == "pre"
        syntax = tag.attributes.get("syntax")
        return (
            tag.name == "code"
            or (syntax is not None and syntax.value == "text")
            or self.open[-1].keeps_blanks
        )

    def _setting(self, tag: Tag) -> None:
        if tag.name == "runtime":
            model = tag.attributes.get("model")
            self.model = settings.name(model.value) if model else self.model
            caps = [tag.attributes[key].value for key in _CAPS if key in tag.attributes]
            self.cap = settings.cap(caps[0]) if caps else self.cap
        description = tag.attributes.get("description")
        if tag.name.startswith("tool") and description is not None:
            called = tag.attributes.get("name")
            key = f"tools.{called.value}" if called else "tools"
            text = holes(verbatim(self.source, description.start, description.end))
            self.tools.append(
                Entry(
                    key, text, description.start, description.end, "tool", "tool", "call", name, "", "format"
                )
            )


def _wrapped(sent: Expression, attributes: Mapping[str, Value]) -> Expression:
    """What an element sends, as often as ``for`` says and only where ``if`` allows it."""
    if sent == EMPTY:
        return sent
    if "if" in attributes:
        sent = Branch(attributes["if"].value.strip("{} "), (sent, EMPTY))
    if "for" in attributes:
        sent = Loop(attributes["for"].value.partition(" in ")[2] or attributes["for"].value, sent)
    return sent


def _stripped(parts: list[Expression]) -> Expression:
    """Parts as one expression, without blanks at its ends, and at most one blank line in a row."""
    found = join(parts)
    members = list(found.parts) if isinstance(found, Join) else [found]
    members = [_squeezed(each) if isinstance(each, Text) else each for each in members]
    if isinstance(members[0], Text):
        members[0] = slice_text(
            members[0], len(members[0].value) - len(members[0].value.lstrip()), len(members[0].value)
        )
    if isinstance(members[-1], Text):
        members[-1] = slice_text(members[-1], 0, len(members[-1].value.rstrip()))
    return join(members)


def _squeezed(text: Text) -> Text:
    """A text in which blanks around line breaks that rendering made are those line breaks alone."""
    kept: list[Expression] = []
    done = 0
    for run in _RUN.finditer(text.value):
        pieces = slice_text(text, *run.span()).pieces
        if pieces and pieces[0][:2] == (0, len(run[0])):
            continue  # written so, in an element that keeps its blanks
        kept += [slice_text(text, done, run.start()), Text("\n\n" if run[0].count("\n") > 1 else "\n")]
        done = run.end()
    squeezed = join([*kept, slice_text(text, done, len(text.value))])
    return squeezed if isinstance(squeezed, Text) else text


def _extent(expression: Expression) -> tuple[int, int]:
    """From the first to the last place that an expression was read from."""
    places = list(_places(expression))
    return (min(start for start, _ in places), max(end for _, end in places)) if places else (0, 0)


def _places(expression: Expression) -> list[tuple[int, int]]:
    match expression:
        case Text(_, pieces):
            return [(start, end) for _, _, start, end in pieces]
        case Variable(_, start, end) | Include(_, start, end):
            return [(start, end)]
        case Join(parts) | Branch(_, parts):
            return [place for part in parts for place in _places(part)]
        case Loop(_, body):
            return _places(body)
    return []
