"""Edits of texts carried over to what was linked before them, where that gives what linking anew would give.

Every character of a linked text knows where it was written, so a new wording is put where the old one stands. That is
right if no decision on the way from the literal to the prompt hung on the words: the edit lies within a line of what
was taken from the literal unchanged, it touches no placeholder and no text that code replaces, and what is told of the
wording is as it was (see ``refusals``). Where any of that isn't certain, nothing is carried.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence

from msgspec import Struct, field
from msgspec.structs import replace

from scrimp.link.edits.likeness import Edit
from scrimp.link.edits.moves import UncarriedError
from scrimp.link.edits.refusals import is_indented, refuse_other_copies, refuse_what_decides
from scrimp.link.edits.reworded import Reworded
from scrimp.link.limits import bounded
from scrimp.model.algebra import Piece, Text
from scrimp.model.fillers import Filler
from scrimp.model.pieces import Writer, slice_text
from scrimp.model.prompts import Linked, Prompt, Request
from scrimp.model.segments import (
    BranchSegment,
    InlineSegment,
    LoopSegment,
    MemberSegment,
    Segment,
    TextSegment,
    VariableSegment,
    walk,
)
from scrimp.model.source import Lines
from scrimp.readers.templates import sniff

INDENTED = re.compile(r"\n[ \t]")
"""What is in a text whose lines are indented as they were written."""


def carried(linked: Linked, packed: bytes, edits: Mapping[str, Edit]) -> Linked:
    """A linked tree, given as it is and ``packed``, after edits of some of its files, by their paths.

    What tells where something was seen (evidence, samples, what is unresolved) keeps the lines that it named. Raises
    ``UncarriedError`` where only linking anew can tell.
    """
    for each in edits.values():
        refuse_what_decides(each, linked)
    refuse_other_copies(packed, linked, [one for each in edits.values() for one in each.reworded])
    carrying = _Carrying({path: _Literals.of(each) for path, each in edits.items()})
    return replace(
        linked,
        prompts=tuple(map(carrying.prompt, linked.prompts)),
        requests=tuple(map(carrying.request, linked.requests)),
        payloads=tuple(replace(each, filler=carrying.filler(each.filler)) for each in linked.payloads),
    )


class _Literals(Struct, frozen=True):
    """The texts of a file that were reworded, by where they begin in its source."""

    edit: Edit
    starts: Sequence[int]
    reworded: Sequence[Reworded]

    @classmethod
    def of(cls, edit: Edit) -> _Literals:
        """The texts that no other one holds: of a file's whole text and one of its parts only the former."""
        if not all(each.before.pieces and each.after.pieces for each in edit.reworded):
            raise UncarriedError("a text is written nowhere")
        outermost: list[Reworded] = []
        for each in sorted(edit.reworded, key=lambda each: (each.begin, -each.close)):
            if not outermost or each.begin >= outermost[-1].close:
                outermost.append(each)
        return cls(edit, [each.begin for each in outermost], outermost)

    def at(self, offset: int) -> Reworded | None:
        """The text that was written around an offset."""
        number = bisect_right(self.starts, offset) - 1
        found = self.reworded[number] if number >= 0 else None
        return found if found is not None and offset < found.close else None

    def runs(self, segment: TextSegment) -> Iterator[_Run]:
        """What a segment consists of: pieces, those together that stand together in a reworded text."""
        run: _Run | None = None
        for piece in segment.pieces:
            literal = self.at(piece[2])
            within = None if literal is None else literal.where(piece)
            found = _Run(piece[0], piece[1], piece, None if within is None else literal, within or 0)
            if run is not None and run.goes_on(found):
                run = _Run(run.start, found.end, run.piece, run.literal, run.within)
                continue
            if run is not None:
                yield run
            run = found
        if run is not None:
            yield run


class _Run(Struct, frozen=True):
    """What stands at ``start`` to ``end`` of a segment, from ``within`` on in a reworded ``literal`` if it is of one.

    ``piece`` is the first of those that it consists of.
    """

    start: int
    end: int
    piece: Piece
    literal: Reworded | None
    within: int

    def goes_on(self, other: _Run) -> bool:
        """Whether another run of the same literal follows this one in both."""
        length = self.end - self.start
        is_behind = other.start == self.end and other.within == self.within + length
        return self.literal is not None and other.literal is self.literal and is_behind


class _Carrying(Struct):
    literals: Mapping[str, _Literals]
    met: list[Reworded] = field(default_factory=list)
    """The reworded texts that the prompt at hand holds something of."""
    put: list[Reworded] = field(default_factory=list)
    """Those whose new wording was put into it."""

    def prompt(self, prompt: Prompt) -> Prompt:
        self.met, self.put = [], []
        segments = self.segments(prompt.segments)
        if any(each not in self.put for each in self.met):
            raise UncarriedError("what was edited is in no prompt that holds the rest of it")
        if self.put and sniff(_text(prompt.segments)) != sniff(_text(segments)):
            raise UncarriedError("the text may be of another template language")
        if self.put and not all(bounded(each) is each for each in (prompt.segments, segments)):
            raise UncarriedError("the text is as large as any that is put together")
        own = self.literals.get(prompt.path)
        if own is None:
            return replace(prompt, segments=segments, group=self._group(prompt.group))
        start, end = own.edit.moves.at(prompt.start), own.edit.moves.at(prompt.end)
        place = Lines(own.edit.after.lines).place(start, end)
        return replace(
            prompt, segments=segments, start=start, end=end, place=place, group=self._group(prompt.group)
        )

    def request(self, request: Request) -> Request:
        own = self.literals.get(request.path)
        sent_at = request.sent_at
        if sent_at is not None and sent_at[0] in self.literals:
            moves = self.literals[sent_at[0]].edit.moves
            sent_at = sent_at[0], moves.at(sent_at[1]), moves.at(sent_at[2])
        if own is None:
            return request if sent_at is request.sent_at else replace(request, sent_at=sent_at)
        start, end = own.edit.moves.at(request.start), own.edit.moves.at(request.end)
        line, _ = Lines(own.edit.after.lines).position(start)
        return replace(request, start=start, end=end, line=line, sent_at=sent_at)

    def _group(self, group: str) -> str:
        """What stands for the call or the object that a prompt belongs to: some are known by where they stand."""
        path, _, offset = group.rpartition(":")
        own = self.literals.get(path)
        return group if own is None or not offset.isdecimal() else f"{path}:{own.edit.moves.at(int(offset))}"

    def segments(self, segments: tuple[Segment, ...]) -> tuple[Segment, ...]:
        return tuple(map(self._segment, segments))

    def _segment(self, segment: Segment) -> Segment:
        match segment:
            case TextSegment():
                own = self.literals.get(segment.path)
                return segment if own is None else self._text(segment, own)
            case VariableSegment():
                return self._variable(segment)
            case InlineSegment() | LoopSegment() | MemberSegment():
                return replace(segment, body=self.segments(segment.body))
            case BranchSegment():
                return replace(segment, alternatives=tuple(map(self.segments, segment.alternatives)))

    def _variable(self, segment: VariableSegment) -> VariableSegment:
        fillers = tuple(map(self.filler, segment.fillers))
        own = self.literals.get(segment.path)
        if own is None or not segment.end:
            return replace(segment, fillers=fillers) if fillers else segment
        moves = own.edit.moves
        return replace(segment, start=moves.at(segment.start), end=moves.at(segment.end), fillers=fillers)

    def filler(self, filler: Filler) -> Filler:
        of = tuple(map(self.filler, filler.of))
        own = self.literals.get(filler.path)
        if own is None:
            return replace(filler, of=of) if of else filler
        moves = own.edit.moves
        arguments = tuple(
            replace(each, start=moves.at(each.start), end=moves.at(each.end)) for each in filler.arguments
        )
        return replace(
            filler, of=of, arguments=arguments, start=moves.at(filler.start), end=moves.at(filler.end)
        )

    def _text(self, segment: TextSegment, own: _Literals) -> TextSegment:
        writer = Writer()
        at = 0
        for run in own.runs(segment):
            said = segment.value[run.start : run.end]
            writer.made(segment.value[at : run.start])
            if run.literal is None:
                start, end = map(own.edit.moves.at, run.piece[2:])
                writer.add(Text(said, ((0, len(said), start, end),)))
            else:
                writer.add(self._reworded(run.literal, run.within, said))
            at = run.end
        writer.made(segment.value[at:])
        text = writer.text()
        return TextSegment(text.value, segment.path, text.pieces)

    def _reworded(self, literal: Reworded, start: int, said: str) -> Text:
        """What stands now where a literal said something from an offset on."""
        end = start + len(said)
        if literal.before.value[start:end] != said:
            raise UncarriedError("a text isn't as it was written")
        self.met.append(literal)
        if literal.lays_out and is_indented(literal.before.value) and INDENTED.search(said) is None:
            raise UncarriedError("indentation was taken off")
        if literal.lies_in(start, end):
            self.put.append(literal)
            return slice_text(literal.after, start, end + literal.longer)
        if end < literal.start:
            return slice_text(literal.after, start, end)
        if start > literal.end:
            return slice_text(literal.after, start + literal.longer, end + literal.longer)
        raise UncarriedError("only a part of what was edited is sent")


def _text(segments: tuple[Segment, ...]) -> str:
    return "".join(part.value for part in walk(segments) if isinstance(part, TextSegment))
