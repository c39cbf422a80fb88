"""Whether a fixed file still says the same around what its fixes replace.

The file is read again. Every node of its syntax, every escape and every character of its strings that no edit
replaces must be there as before, at its place, and nothing else but what the edits put in. So an edit that makes
something new of what stands beside it is refused: blanks deleted behind a backslash that then escapes a line end,
a brace that then opens a hole, a line without which the others lose another margin.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from itertools import zip_longest
from typing import Final, Protocol, TypeAlias, cast

from msgspec import Struct
from msgspec.structs import replace

from scrimp.fix.outline import Atom, of_entries, of_expression, of_text
from scrimp.fix.shift import Shift, splice
from scrimp.model.algebra import Text
from scrimp.model.facts import Facts, Ignore
from scrimp.model.findings import Edit, Fix, Safety
from scrimp.model.source import Source
from scrimp.readers import reader_named
from scrimp.readers.document import Document
from scrimp.readers.syntax import Part, Syntax, syntax

Verify: TypeAlias = Callable[[Source, Sequence[Fix]], str | None]
"""From a source and its fixes, which may have edits in others too, to the reason not to make them, if there is one."""

MORE: Final = "the fix would change more than the text of strings"
CARRIAGE_RETURN: Final = "the fix would delete a lone carriage return, which is not a line end everywhere"
OTHER: Final = "the fix would change what the text beside it means"

_HEREDOC_END: Final = "heredoc_end"
_LONE: Final = re.compile(r"\r(?!\n)")
_ARGUMENTS: Final = frozenset({"argument_list", "arguments"})
_DOCUMENTS: Final = frozenset({"json", "toml", "yaml"})


def verifier(read: Callable[[Source], Facts]) -> Verify:
    """A verification that reads the new text as the old one was read, by ``read``."""

    def verify(before: Source, fixes: Sequence[Fix]) -> str | None:
        edits = [edit for fix in fixes for edit in fix.edits if edit.path == before.path]
        unsafe = {edit for fix in fixes if fix.safety is Safety.UNSAFE for edit in fix.edits}
        facts = read(before)
        comments = [edit for edit in edits if _is_of_comment(edit, facts.ignores)]
        return _Reading(before, facts, read).reason(edits, comments, unsafe)

    return verify


def comment_verifier(read: Callable[[Source], Facts]) -> Callable[[Source, Sequence[Edit]], str | None]:
    """A verification of edits that only put comments in, or change some."""

    def verify(before: Source, edits: Sequence[Edit]) -> str | None:
        return _Reading(before, read(before), read).reason(edits, edits, frozenset())

    return verify


class _Reading(Struct, frozen=True):
    """A file as it was read, with what reads it again."""

    before: Source
    facts: Facts
    read: Callable[[Source], Facts]

    def reason(
        self, edits: Sequence[Edit], comments: Collection[Edit], unsafe: Collection[Edit]
    ) -> str | None:
        """Why edits can't be trusted, some of which are of ``comments``; only ``unsafe`` ones may leave strings."""
        before = self.before
        if any(_LONE.search(before.text, edit.start, edit.end) for edit in edits):
            return CARRIAGE_RETURN
        after = Source(before.path, splice(before.text, edits), "", before.encoding, before.mark)
        changed = self.read(after)
        code, changed_code = syntax(before, self.facts.language), syntax(after, changed.language)
        others = [edit for edit in edits if edit not in comments]
        if code is None or changed_code is None:
            return _without_syntax(self.facts, changed, edits, others) or _documents(
                self.facts.language, before.text, after.text, Shift.of(edits)
            )
        arguments = [edit for edit in others if not _stands_in(edit, code.texts)]
        if not set(unsafe).issuperset(arguments):
            return MORE
        if not all(
            _stands_first(part, after.text) for part in changed_code.nodes if part.kind == _HEREDOC_END
        ):
            return OTHER
        spoken = Shift.of(comments)
        return code_difference(
            _without_comments(code, spoken), _without_comments(changed_code, spoken.back), edits, arguments
        ) or _sites(self.facts, changed, Shift.of(edits), Shift.of(arguments))


def _without_comments(code: Syntax, shift: Shift) -> Syntax:
    """The syntax without the comments that edits touch: one may be put in behind another on its line."""
    nodes = (
        node
        for node in code.nodes
        if not (node.kind.endswith("comment") and shift.touches(node.start, node.end))
    )
    return replace(code, nodes=tuple(nodes))


def _is_of_comment(edit: Edit, ignores: Iterable[Ignore]) -> bool:
    """Whether an edit takes a comment away that hides findings, or changes something in it."""
    return any(
        (edit.start, edit.end) == (each.removal.start, each.removal.end)
        or each.start <= edit.start < edit.end <= each.end
        for each in ignores
    )


# --- code -----------------------------------------------------------------------------------------------


def code_difference(
    before: Syntax, after: Syntax, edits: Sequence[Edit], arguments: Sequence[Edit] = ()
) -> str | None:
    """Why edits that lead from one syntax to another can't be trusted, ``None`` if they can.

    ``arguments`` are those that stand in no string: they may add or take away whole arguments of calls.
    """
    shift, whole = Shift.of(edits), Shift.of(arguments)
    if any(_holder(before.nodes, edit) not in _ARGUMENTS for edit in arguments):
        return MORE
    # The root is as long as the file, and may begin elsewhere once a comment goes.
    if not _equal(_kept(before.nodes[1:], shift, grows=False), _old(after.nodes[1:], shift)):
        return MORE
    if not _equal(_kept(before.escapes, shift, grows=False), _old(after.escapes, shift)):
        return OTHER
    texts = [text for text in before.texts if not whole.covers(text.start, text.end)]
    moved = (text for text in _kept(texts, shift, grows=True) if text is None or text.end > text.start)
    return None if _equal(moved, _old(after.texts, whole)) else OTHER


def _stands_in(edit: Edit, texts: Iterable[Part]) -> bool:
    return any(text.start <= edit.start and edit.end <= text.end for text in texts)


def _stands_first(part: Part, text: str) -> bool:
    """Whether a node is the first of its line: Ruby's grammar takes for a heredoc's end what stands behind a hole."""
    return not text[text.rfind("\n", 0, part.start) + 1 : part.start].strip()


def _holder(nodes: Iterable[Part], edit: Edit) -> str:
    """The kind of the innermost node that holds an edit and more."""
    around = [node for node in nodes if node.start < edit.start and edit.end < node.end]
    return around[-1].kind if around else ""


def _kept(parts: Iterable[Part], shift: Shift, *, grows: bool) -> Iterator[Part | None]:
    """Where parts of the syntax stand afterwards, without those replaced; ``None`` for one that was cut."""
    for part in parts:
        if grows or not shift.covers(part.start, part.end):
            place = shift.moved(part.start, part.end, grows=grows)
            yield None if place is None else Part(part.kind, *place)


def _old(parts: Iterable[Part], shift: Shift) -> Iterator[Part]:
    """The parts of a syntax afterwards that weren't put in."""
    back = shift.back
    return (part for part in parts if not back.covers(part.start, part.end))


def _equal(one: Iterable[object], other: Iterable[object]) -> bool:
    return all(first == second for first, second in zip_longest(one, other))


def _sites(before: Facts, after: Facts, shift: Shift, arguments: Shift) -> str | None:
    """Why string expressions can't be trusted: one that is read before and after says something else.

    Short ones need not be read at all; their syntax was compared.
    """
    back, now = shift.back, {site.start: site for site in after.sites}
    for site in before.sites:
        place = shift.moved(site.start, site.end, grows=False)
        other = None if place is None else now.get(place[0])
        if other is None or place is None or other.end != place[1]:
            continue
        if arguments.touches(site.start, site.end):
            continue
        if not _equal(of_expression(site.expression, shift), of_expression(other.expression, back)):
            return OTHER
    return None


# --- other files ----------------------------------------------------------------------------------------


def _without_syntax(
    before: Facts, after: Facts, edits: Sequence[Edit], in_texts: Sequence[Edit]
) -> str | None:
    """Why the entries of a file can't be trusted; edits ``in_texts`` must stand in one of these."""
    places = [place for entry in before.entries for place in _places(entry.expression)]
    if not all(any(start <= edit.start and edit.end <= end for start, end in places) for edit in in_texts):
        return MORE
    shift = Shift.of(edits)
    if not _equal(of_entries(before.entries, shift), of_entries(after.entries, shift.back)):
        return OTHER
    return None


def _places(node: object) -> Iterator[tuple[int, int]]:
    """From where to where the texts in an expression are written."""
    if isinstance(node, Text):
        if node.pieces:
            yield node.pieces[0][2], node.pieces[-1][3]
    elif isinstance(node, (list, tuple)):
        for part in node:
            yield from _places(part)
    elif isinstance(node, Struct):
        for name in node.__struct_fields__:
            yield from _places(getattr(node, name))


def _documents(language: str, before: str, after: str, shift: Shift) -> str | None:
    """Why a document can't be trusted: any key or value of it, prompt or not, is another."""
    if language not in _DOCUMENTS:
        return None
    parse = cast("_DocumentReader", reader_named(language)).parse
    same = _equal(_scalars(parse(before), shift), _scalars(parse(after), shift.back))
    return None if same else OTHER


def _scalars(document: Document, replaced: Shift) -> Iterator[Atom]:
    for fault in document.faults:
        yield fault.code, fault.reason
    for scalar in document.scalars:
        yield repr(scalar.keys), scalar.kind
        yield from of_text(scalar.text, replaced)


class _DocumentReader(Protocol):
    def parse(self, text: str) -> Document:
        """All scalars of a text."""
