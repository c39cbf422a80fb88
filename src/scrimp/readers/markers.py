"""Comments that speak to scrimp, in every host language: what it can't see, and what it should not see.

``scrimp: prompt name=triage model=gpt-5-mini calls=20000 role=system`` makes the text beside it a prompt, and
``scrimp: not-a-prompt`` makes it none; `` -- `` begins a reason, for people. ``scrimp: ignore[CCH001]`` hides findings
(see ``ignores``). Readers hand over their comments: those of a syntax tree, or those found in a text. What a marker
says wrong is a fault at its place; the rest of it counts.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, NamedTuple

from msgspec import structs

from scrimp.expressions import compiled_late
from scrimp.model.facts import Facts, Fault, Ignore, Marker
from scrimp.readers import fences, ignores
from scrimp.readers.comments import inner_end
from scrimp.readers.offsets import Offsets
from scrimp.readers.roles import role_of_word

if TYPE_CHECKING:
    from tree_sitter import Node

    from scrimp.readers.document import Document
    from scrimp.readers.frontmatter import Frontmatter


class Found(NamedTuple):
    """The markers of a file, what is wrong with them, and the comments that hide findings."""

    markers: tuple[Marker, ...] = ()
    faults: tuple[Fault, ...] = ()
    ignores: tuple[Ignore, ...] = ()

    def and_(self, other: Found) -> Found:
        """Both together."""
        return Found(self.markers + other.markers, self.faults + other.faults, self.ignores + other.ignores)


CALL = "scrimp:"
"""What a file with a marker holds."""
KINDS = ("prompt", "not-a-prompt")
OPTIONS = ("name", "model", "calls", "role")
NONE = Found()

_BEGIN = compiled_late(r"(?:\A[\W_]*|(?:#|//)[ \t]*)scrimp:[ \t]*(?P<kind>[\w-]+)")
_REASON = compiled_late(r"\s(?:--|#|//)(?=\s|\Z)")
_WORD = compiled_late(r"(?P<name>[^\s=]+)(?:\s*=\s*(?P<value>\"[^\"\n]*\"|'[^'\n]*'|[^\s\"']+))?")
_OPENING = compiled_late(r"(?P<mark><!--|\{\{!--|\{\{!|\{#)[^\w<{]{0,40}scrimp:")
_CLOSING = {"<!--": "-->", "{{!--": "--}}", "{{!": "}}", "{#": "#}"}
_HASH = compiled_late(r"(?<!\S)#[^\n]*")
_JSON = compiled_late(r'"(?:[^"\\\n]|\\.)*+"|(?P<comment>//[^\n]*+|/\*.*?(?:\*/|\Z))', re.DOTALL)
_PARAGRAPH = compiled_late(r"[^\n]*\s*[^\n]*(?:\n[ \t\r]*\S[^\n]*){0,50}")
_CALLS = compiled_late(r"(?P<number>\d+(?:[_,]\d{3})*)(?P<unit>[kKmM]?)")
_UNITS = {"": 1, "k": 1_000, "m": 1_000_000}
_DIGITS = 15
_NEAR = 0.7
_LONGEST = 2_000  # characters of a comment that is a marker


def in_tree(root: Node, offsets: Offsets, text: str) -> Found:
    """The markers in the comments of a syntax tree of any grammar whose comments' types end in ``comment``."""
    if CALL not in text:
        return NONE
    return _read(text, _comments(root, offsets))


def in_text(text: str, head: Frontmatter | None = None) -> Found:
    """The markers in the comments of a text or template, and in the frontmatter's; in code there are none."""
    if CALL not in text:
        return NONE
    code = fences.code(text)
    found = [span for span in _enclosed(text, head.end if head else 0) if not code.cover(span[0])]
    above = [match.span() for match in _HASH.finditer(text, head.start, head.end)] if head else []
    return _read(text, above, None if head is None else head.body).and_(_read(text, found))


def in_document(text: str, document: Document) -> Found:
    """The markers in the comments of YAML or TOML: what begins with ``#`` and stands in no scalar.

    Behind the ``|`` that begins a block there may be one, too: of that only the text counts.
    """
    if CALL not in text:
        return NONE
    scalars = fences.Ranges.of(
        (scalar.text.pieces[0][2] if scalar.text.pieces else scalar.start, scalar.end)
        for scalar in document.scalars
    )
    comments = [match.span() for match in _HASH.finditer(text) if CALL in match[0]]
    return _read(text, (span for span in comments if not scalars.cover(span[0])))


def in_json(text: str) -> Found:
    """The markers in the comments that some JSON files have."""
    if CALL not in text:
        return NONE
    return at(text, (match.span() for match in _JSON.finditer(text) if match["comment"]))


def at(text: str, comments: Iterable[tuple[int, int]]) -> Found:
    """The markers in comments of which a reader knows where they stand."""
    return _read(text, comments) if CALL in text else NONE


def added(facts: Facts, found: Found) -> Facts:
    """The facts of a file with its markers, and with what is wrong with them."""
    if found == NONE:
        return facts
    return structs.replace(
        facts, markers=found.markers, faults=(*facts.faults, *found.faults), ignores=found.ignores
    )


def calls(value: str) -> int | None:
    """A number of calls a month as people write it: ``20000``, ``20_000``, ``20k``; ``None`` if it is none."""
    found = _CALLS.fullmatch(value)
    if found is None or len(found["number"]) > _DIGITS:
        return None
    return int(re.sub("[_,]", "", found["number"])) * _UNITS[found["unit"].lower()]


def _enclosed(text: str, start: int) -> Iterator[tuple[int, int]]:
    """The comments of texts and templates that a marker begins."""
    for opening in _OPENING.finditer(text, start):
        closing = _CLOSING[opening["mark"]]
        end = text.find(closing, opening.end(), opening.end() + _LONGEST)
        if end >= 0:
            yield opening.start(), end + len(closing)


def _comments(root: Node, offsets: Offsets) -> Iterator[tuple[int, int]]:
    """The comments that hold a marker's beginning; the tree is only asked at these places."""
    at, sought = -1, CALL.encode()
    seen: set[int] = set()
    while (at := offsets.bytes.find(sought, at + 1)) >= 0:
        node = root.named_descendant_for_byte_range(at, at + len(sought))
        while node is not None and not node.type.endswith("comment"):
            node = node.parent
        if node is not None and node.start_byte not in seen:
            seen.add(node.start_byte)
            yield offsets.char(node.start_byte), offsets.char(node.end_byte)


def _read(text: str, comments: Iterable[tuple[int, int]], behind: int | None = None) -> Found:
    """The markers of some comments; what they speak of is looked for from ``behind`` on, or behind each."""
    markers: list[Marker] = []
    faults: list[Fault] = []
    hiding: list[Ignore] = []
    known = (*KINDS, *ignores.FORMS)
    for start, end in comments:
        paragraph = _PARAGRAPH.match(text, end if behind is None else behind)
        until = paragraph.end() if paragraph else end
        for found in _BEGIN.finditer(text[start:end]):
            kind, place = found["kind"], start + found.start("kind")
            if kind in ignores.FORMS:
                hiding.append(ignores.read(text, kind, ignores.Comment(start, end, place, until)))
            elif kind in KINDS:
                options, wrong = _options(kind, _rest(text[start:end], found.end()), start + found.end())
                faults.extend(wrong)
                markers.append(Marker(kind, options, start, end, until))
            else:
                faults.extend(_misspelt(kind, known, "marker", place, far=False))
    return Found(tuple(markers), tuple(faults), tuple(hiding))


def _rest(comment: str, start: int) -> str:
    """What follows a marker's kind, up to the reason or the comment's end."""
    end = max(start, inner_end(comment))
    reason = _REASON.search(comment, start, end)
    return comment[start : reason.start() if reason else end]


def _options(kind: str, written: str, offset: int) -> tuple[tuple[tuple[str, str], ...], list[Fault]]:
    """The options that a marker is written with, and a fault for each that can't be read."""
    options: dict[str, str] = {}
    faults: list[Fault] = []
    for word in _WORD.finditer(written):
        place = offset + word.start()
        name, value = word["name"], word["value"]
        if kind == "not-a-prompt":
            reason = f"not-a-prompt takes no options: write '-- {name}' to begin a reason"
            return (), [Fault("marker", reason, place, incomplete=False)]
        if value is None:
            faults.append(_fault(f"{name!r} is no option: options are written name=value", place))
        elif name not in OPTIONS:
            faults.extend(_misspelt(name, OPTIONS, "option", place, far=True))
        else:
            unquoted = value.strip("\"'")
            wrong = _wrong(name, unquoted)
            if wrong:
                faults.append(_fault(wrong, place))
            else:
                options[name] = unquoted
    return tuple(options.items()), faults


def _wrong(name: str, value: str) -> str:
    """What is wrong with the value of an option, ``""`` if nothing is."""
    if name == "calls" and calls(value) is None:
        return f"calls={value} is no number of calls a month, such as 20000 or 20k"
    if name == "role" and role_of_word(value) == "unknown":
        return f"role={value} is no role, such as system or user"
    return "" if value else f"{name} has no value"


def _misspelt(word: str, known: tuple[str, ...], what: str, place: int, *, far: bool) -> Iterator[Fault]:
    """A fault with the nearest known word; a word far from all is one only where ``far`` says so."""
    from difflib import get_close_matches  # noqa: PLC0415 - only mistakes need it

    near = get_close_matches(word, known, 1, _NEAR)
    if near:
        yield _fault(f"unknown {what} {word!r}: did you mean {near[0]!r}?", place)
    elif far:
        yield _fault(f"unknown {what} {word!r}: there are {', '.join(known)}", place)


def _fault(reason: str, place: int) -> Fault:
    return Fault("marker", reason, place, incomplete=False)
