"""What keeps an edit from being carried over: wherever something may hang on the words, only linking anew can tell."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence

from scrimp.link.classify import LEAST_OWN_WORDS
from scrimp.link.edits.likeness import Edit
from scrimp.link.edits.moves import UncarriedError
from scrimp.link.edits.reworded import AROUND, Reworded
from scrimp.link.edits.traits import traits
from scrimp.model.prompts import Linked
from scrimp.model.segments import TextSegment, walk

MARKS = re.compile(r"[{}%$<>]")
"""What stands around the holes of a template language, whichever it is."""
UNCLOSED = re.compile(r"[{<][^{}<>]*\Z|%\S{0,40}\Z|\$[\w{]*\Z")
"""The end of a text behind which a hole is being named."""


def refuse_what_decides(edit: Edit, linked: Linked) -> None:
    """Raise ``UncarriedError`` if the new wording of a file's texts may be more to the linker than another wording."""
    for each in edit.reworded:
        _refuse_name(each)
        _refuse_hole(each)
        _refuse_indentation(each)
        for text in linked.sought:
            if text in each.context(len(text)) or text in each.context_after(len(text)):
                raise UncarriedError("code replaces something in it")
    answers = {each.start for each in linked.prompts if each.path == edit.path and each.role == "tool"}
    before = tuple(traits(edit.path, edit.before, edit.sites, answers))
    if before != tuple(traits(edit.path, edit.after, edit.sites, set(map(edit.moves.at, answers)))):
        raise UncarriedError("the text may be taken for something else")


def _refuse_name(reworded: Reworded) -> None:
    """Refuse texts that may be the name of something: of a file, a model, a key."""
    if any(len(each.value.split()) < LEAST_OWN_WORDS for each in (reworded.before, reworded.after)):
        raise UncarriedError("so short a text may be a name")


def _refuse_hole(reworded: Reworded) -> None:
    """Refuse an edit of a placeholder, or of what may become one."""
    before = reworded.before.value
    if MARKS.search(reworded.removed + reworded.added) or UNCLOSED.search(before, 0, reworded.start):
        raise UncarriedError("a placeholder may have changed")


def _refuse_indentation(reworded: Reworded) -> None:
    """Refuse an edit after which indentation is taken off that wasn't before, or the other way round."""
    if reworded.lays_out and is_indented(reworded.before.value) != is_indented(reworded.after.value):
        raise UncarriedError("indentation may be taken off")


def is_indented(text: str) -> bool:
    """Whether all lines behind the first one that hold anything are indented, and there are some."""
    lines = [line for line in text.split("\n")[1:] if line.strip()]
    return bool(lines) and all(line[0] in " \t" for line in lines)


def refuse_other_copies(packed: bytes, linked: Linked, reworded: Sequence[Reworded]) -> None:
    """Refuse edits of texts of which copies are known elsewhere than in prompts: as a constant, as a sample."""
    if not reworded:
        return
    texts = [
        segment
        for prompt in linked.prompts
        for segment in walk(prompt.segments)
        if isinstance(segment, TextSegment)
    ]
    for each in reworded:
        probe = each.context(AROUND)
        holding = [segment for segment in texts if probe in segment.value]
        if packed.count(probe.encode()) != sum(segment.value.count(probe) for segment in holding):
            raise UncarriedError("more hangs on the text than prompts")
        if not all(map(_is_all_written, holding)):
            raise UncarriedError("a copy of the text doesn't tell where it was written")
        if any(escaped.encode() in packed for escaped in _escaped(probe)):
            raise UncarriedError("a schema holds the text")


def _escaped(text: str) -> set[str]:
    """A text as JSON writes it, where that is another one: schemas and options are kept so."""
    return {json.dumps(text, ensure_ascii=ascii_only)[1:-1] for ascii_only in (True, False)} - {text}


def _is_all_written(segment: TextSegment) -> bool:
    return sum(end - start for start, end, _, _ in segment.pieces) == len(segment.value)
