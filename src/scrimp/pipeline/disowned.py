"""New comments that call a text no prompt: the change that brings them is judged as if they weren't there.

A comment that BASE has counts, for as long as the text that it speaks of is the same. Where that text has changed the
comment counts on neither side, so that only what the text grew by is the change's.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator

from msgspec import Struct, structs
from msgspec.structs import replace

from scrimp.link import link
from scrimp.model.facts import Facts
from scrimp.model.measured import Measured
from scrimp.model.policy import Concealment
from scrimp.model.prompts import Confidence, Disowned, Prompt
from scrimp.model.source import Lines
from scrimp.pipeline.audit import Read
from scrimp.pipeline.setup import Setup

KIND = "not-a-prompt"


class Hidden(Struct, frozen=True):
    """A comment, and the prompt that its text would be without it."""

    by: Disowned
    prompt: Prompt


def owned(before: Read, after: Read, setup: Setup) -> tuple[Read, Read, tuple[Hidden, ...]]:
    """Both trees without the comments that don't count, and what those of HEAD would have hidden."""
    hidden = [each for each in _hidden(after, setup) if each.prompt.confidence is not Confidence.LOW]
    if not hidden:
        return before, after, ()
    known = list(_hidden(before, setup))
    texts = {each.prompt.text for each in known}
    new = [each for each in hidden if each.prompt.text not in texts]
    ids = {each.prompt.id for each in new}
    changed = [each.by for each in known if each.prompt.id in ids]
    return _without(before, changed, setup), _without(after, [each.by for each in new], setup), tuple(new)


def concealed(hidden: Collection[Hidden], measured: Measured) -> Iterator[Concealment]:
    """What the new comments would have hidden, with what it costs by ``measured``."""
    known = {each.prompt.id: each for each in measured.prompts}
    for each in hidden:
        found = known.get(each.prompt.id)
        tokens, monthly = (found.static, found.monthly.typical) if found else (None, None)
        yield Concealment(KIND, each.by.path, each.by.line, each.prompt.id, tokens, monthly)


def _hidden(tree: Read, setup: Setup) -> Iterator[Hidden]:
    """What comments of a tree keep from being prompts."""
    if not tree.linked.disowned:
        return
    bare = _without(tree, tree.linked.disowned, setup)
    prompts = {(each.path, each.start): each for each in bare.linked.prompts}
    for each in tree.linked.disowned:
        prompt = prompts.get((each.path, each.start))
        if prompt is not None:
            yield Hidden(each, prompt)


def _without(tree: Read, comments: Collection[Disowned], setup: Setup) -> Read:
    """A tree linked anew without some of its comments."""
    if not comments:
        return tree
    lines = {(each.path, each.line) for each in comments}
    paths = {each.path for each in comments}
    files = {
        path: _unmarked(facts, path, lines) if path in paths else facts
        for path, facts in tree.scan.files.items()
    }
    return replace(tree, scan=replace(tree.scan, files=files), linked=link(files, setup.sdks))


def _unmarked(facts: Facts, path: str, lines: Collection[tuple[str, int]]) -> Facts:
    places = Lines(facts.lines)
    kept = (
        each
        for each in facts.markers
        if each.kind != KIND or (path, places.position(each.start)[0]) not in lines
    )
    return structs.replace(facts, markers=tuple(kept))
