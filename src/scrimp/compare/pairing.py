"""Which prompt of HEAD is which of BASE.

Within one path by equal text, then by name, then by similarity; then across paths by equal text (the same
name first), then by similarity (likewise). What is paired in one step is out of the next. Of several equal
candidates the order in the files decides, so the order of the input never does.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator
from typing import TypeAlias

from msgspec import Struct

from scrimp.compare.similarity import similar_pairs
from scrimp.model.prompts import Prompt


class _Known(Struct, frozen=True):
    """A prompt with its text, which takes a walk to put together."""

    prompt: Prompt
    text: str


_Key: TypeAlias = Callable[[_Known], Hashable | None]
_Pairs: TypeAlias = Iterable[tuple[_Known, _Known]]


def carry(base: Iterable[Prompt], head: Iterable[Prompt]) -> dict[str, str]:
    """The id in BASE of each prompt of HEAD that BASE has, by its id in HEAD.

    It needs texts and names only, so it can run before HEAD is measured: whoever measures HEAD asks the
    settings for volume and owner by the prompt's identity in BASE, which is how a prompt that moved keeps
    both.
    """
    open_base, open_head = _ordered(base), _ordered(head)
    carried: dict[str, str] = {}
    for step in _STEPS:
        for one, other in step(open_base, open_head):
            carried[other.prompt.id] = one.prompt.id
        taken = set(carried.values())
        open_base = [each for each in open_base if each.prompt.id not in taken]
        open_head = [each for each in open_head if each.prompt.id not in carried]
    return carried


def _ordered(prompts: Iterable[Prompt]) -> list[_Known]:
    ordered = sorted(prompts, key=lambda prompt: (prompt.path, prompt.start, prompt.id))
    return [_Known(prompt, prompt.text) for prompt in ordered]


def _groups(key: _Key, known: list[_Known]) -> dict[Hashable, list[_Known]]:
    """The prompts by a key; those without one belong nowhere."""
    groups: dict[Hashable, list[_Known]] = defaultdict(list)
    for each in known:
        value = key(each)
        if value is not None:
            groups[value].append(each)
    return groups


def _equal(key: _Key) -> Callable[[list[_Known], list[_Known]], _Pairs]:
    """A step that pairs prompts of the same key in their order."""

    def step(base: list[_Known], head: list[_Known]) -> Iterator[tuple[_Known, _Known]]:
        others = _groups(key, head)
        for value, group in _groups(key, base).items():
            yield from zip(group, others.get(value, ()), strict=False)

    return step


def _similar(key: _Key) -> Callable[[list[_Known], list[_Known]], _Pairs]:
    """A step that pairs similar texts among prompts of the same key, those of the same name first."""

    def step(base: list[_Known], head: list[_Known]) -> Iterator[tuple[_Known, _Known]]:
        others = _groups(key, head)
        for value, group in _groups(key, base).items():
            yield from _most_similar(group, others.get(value, []))

    return step


def _most_similar(base: list[_Known], head: list[_Known]) -> Iterator[tuple[_Known, _Known]]:
    found = similar_pairs([each.text for each in base], [each.text for each in head])
    ranked = sorted(
        (base[one].prompt.name != head[other].prompt.name, -score, one, other) for score, one, other in found
    )
    taken_base: set[int] = set()
    taken_head: set[int] = set()
    for _, _, one, other in ranked:
        if one not in taken_base and other not in taken_head:
            taken_base.add(one)
            taken_head.add(other)
            yield base[one], head[other]


def _path_text_id(known: _Known) -> Hashable:
    return known.prompt.id, known.text


def _path_text(known: _Known) -> Hashable | None:
    """Without fixed text, equality says nothing: such prompts are paired by name."""
    return (known.prompt.path, known.text) if known.text else None


def _id(known: _Known) -> Hashable:
    return known.prompt.id


def _path_name(known: _Known) -> Hashable:
    return known.prompt.path, known.prompt.name


def _path(known: _Known) -> Hashable:
    return known.prompt.path


def _text_name(known: _Known) -> Hashable:
    return known.text, known.prompt.name


def _text(known: _Known) -> Hashable | None:
    return known.text or None


def _anywhere(_known: _Known) -> Hashable:
    return True


_STEPS: tuple[Callable[[list[_Known], list[_Known]], _Pairs], ...] = (
    _equal(_path_text_id),
    _equal(_path_text),
    _equal(_id),
    _equal(_path_name),
    _similar(_path),
    _equal(_text_name),
    _equal(_text),
    _similar(_anywhere),
)
