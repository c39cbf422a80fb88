"""Which request of HEAD is which of BASE.

Requests are numbered within the function around them, so that a new call in front of another takes its number: what a
call sends and how tells more than its id. What is paired in one step is out of the next; of several equal candidates
their order decides.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping
from typing import TypeAlias

from msgspec import Struct

from scrimp.model.measured import MeasuredRequest


class Sent(Struct, frozen=True):
    """A request with the prompts that it sends, by the ids that they have in BASE; others can't be met there."""

    request: MeasuredRequest
    prompts: frozenset[str]

    @property
    def scope(self) -> str:
        """Where its call stands: the id without its number."""
        return self.request.request.id.rpartition("#")[0]


_Pairs: TypeAlias = Iterator[tuple[Sent, Sent]]


def paired(
    base: Iterable[MeasuredRequest], head: Iterable[MeasuredRequest], carried: Mapping[str, str]
) -> dict[str, str]:
    """The id in BASE of each request of HEAD that BASE has, by its id in HEAD.

    ``carried`` are the ids in BASE of HEAD's prompts. Requests without known text are paired by their ids alone.
    """
    open_base = [Sent(each, frozenset(_sent(each))) for each in _ordered(base)]
    open_head = [
        Sent(each, frozenset(carried.get(name, f"+{name}") for name in _sent(each)))
        for each in _ordered(head)
    ]
    found: dict[str, str] = {}
    for step in _STEPS:
        for one, other in step(open_base, open_head):
            found[other.request.request.id] = one.request.request.id
        taken = set(found.values())
        open_base = [each for each in open_base if each.request.request.id not in taken]
        open_head = [each for each in open_head if each.request.request.id not in found]
    return found


def _ordered(requests: Iterable[MeasuredRequest]) -> list[MeasuredRequest]:
    return sorted(requests, key=lambda each: (each.request.path, each.request.line, each.request.id))


def _sent(request: MeasuredRequest) -> Iterator[str]:
    return (part.prompt for part in request.request.parts)


def _equal(key: Callable[[Sent], Hashable]) -> Callable[[list[Sent], list[Sent]], _Pairs]:
    """A step that pairs requests of the same key in their order."""

    def step(base: list[Sent], head: list[Sent]) -> _Pairs:
        groups: dict[Hashable, list[Sent]] = defaultdict(list)
        for each in head:
            groups[key(each)].append(each)
        waiting = {value: iter(group) for value, group in groups.items()}
        for one in base:
            other = next(waiting.get(key(one), iter(())), None)
            if other is not None and (one.prompts & other.prompts or one.prompts == other.prompts):
                yield one, other

    return step


def _sharing(base: list[Sent], head: list[Sent]) -> _Pairs:
    """A step that pairs requests which send some prompt alike, those that share most of them first."""
    carriers: dict[str, list[int]] = defaultdict(list)
    for number, each in enumerate(base):
        for prompt in each.prompts:
            carriers[prompt].append(number)
    near = {
        (number, other)
        for other, each in enumerate(head)
        for prompt in each.prompts
        for number in carriers.get(prompt, ())[:_MOST_NEAR]
    }
    ranked = sorted(near, key=lambda pair: (-len(base[pair[0]].prompts & head[pair[1]].prompts), *pair))
    taken_base: set[int] = set()
    taken_head: set[int] = set()
    for one, other in ranked:
        if one not in taken_base and other not in taken_head:
            taken_base.add(one)
            taken_head.add(other)
            yield base[one], head[other]


_MOST_NEAR = 32
"""Requests that send one prompt, of which each is compared with another that does."""


def _all_that_it_says(each: Sent) -> Hashable:
    request, measured = each.request.request, each.request
    told = measured.model, measured.alternatives, measured.tier, measured.region
    return each.scope, each.prompts, told, request.output_cap, measured.overhead


def _id_and_prompts(each: Sent) -> Hashable:
    return each.request.request.id, each.prompts


def _scope_and_prompts(each: Sent) -> Hashable:
    return each.scope, each.prompts


def _id(each: Sent) -> Hashable:
    return each.request.request.id


def _prompts_alone(each: Sent) -> Hashable:
    return each.prompts or each.request.request.id


_STEPS: tuple[Callable[[list[Sent], list[Sent]], _Pairs], ...] = (
    _equal(_all_that_it_says),
    _equal(_id_and_prompts),
    _equal(_scope_and_prompts),
    _equal(_id),
    _equal(_prompts_alone),
    _sharing,
)
