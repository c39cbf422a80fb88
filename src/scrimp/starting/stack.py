"""What was found in a tree, as far as a configuration can say it."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable
from itertools import takewhile

from msgspec import Struct

from scrimp.model.measured import Measured, MeasuredRequest
from scrimp.model.prompts import Confidence

NAMED = ("call", "file")
"""Sources of a model's name that lie in the repository itself."""

TITLES = {
    "csharp": "C#",
    "go": "Go",
    "java": "Java",
    "javascript": "JavaScript",
    "php": "PHP",
    "python": "Python",
    "ruby": "Ruby",
    "rust": "Rust",
    "typescript": "TypeScript",
}
"""Languages as people write them."""

_SIGN = re.compile(r"[*?\[\]!#\\ ]")


class Group(Struct, frozen=True):
    """The requests of one folder, or of a file beside the folders.

    ``match`` is the pattern that means them, ``models`` are those that the repository names, with how many requests
    name them, and ``unnamed`` counts the requests that name none.
    """

    match: str
    requests: int
    models: tuple[tuple[str, int], ...]
    unnamed: int
    owners: tuple[str, ...]


class Stack(Struct, frozen=True):
    """What a tree is made of. ``languages`` and ``sdks`` are in the order of how often they occur.

    ``owners`` is the path of a CODEOWNERS file, ``unpriced`` are models whose price nobody tells, and ``extras`` the
    parts of scrimp that files of the tree need and that are not installed.
    """

    languages: tuple[str, ...]
    sdks: tuple[tuple[str, int], ...]
    prompts: int
    groups: tuple[Group, ...]
    owners: str | None
    unpriced: tuple[str, ...]
    extras: tuple[str, ...]


def stack(measured: Measured, languages: Iterable[str], owners: str | None, extras: Collection[str]) -> Stack:
    """The stack of a measured tree; ``languages`` are those of its files, each as often as it occurs."""
    calls = Counter(each.request.sdk for each in measured.requests if each.request.sdk)
    unpriced = {
        each.model
        for each in measured.requests
        if each.per_call.typical is None and each.model_source in NAMED
    }
    return Stack(
        tuple(TITLES.get(name, name) for name, _ in _most_first(Counter(languages))),
        _most_first(calls),
        sum(each.prompt.confidence is not Confidence.LOW for each in measured.prompts),
        tuple(groups(measured.requests)),
        owners,
        tuple(sorted(unpriced)),
        tuple(sorted(extras)),
    )


def groups(requests: Collection[MeasuredRequest]) -> Iterable[Group]:
    """Requests by the folders that lie beside one another below the folder that holds them all."""
    depth = _shared_depth([each.request.path.split("/")[:-1] for each in requests])
    by_match: dict[str, list[MeasuredRequest]] = defaultdict(list)
    for each in requests:
        by_match[_match(each.request.path.split("/"), depth)].append(each)
    for match, members in sorted(by_match.items()):
        models = Counter(each.model for each in members if each.model_source in NAMED)
        owners = Counter(each.owner for each in members if each.owner)
        yield Group(
            match,
            len(members),
            _most_first(models),
            len(members) - models.total(),
            tuple(name for name, _ in _most_first(owners)),
        )


def _most_first(counts: Counter[str]) -> tuple[tuple[str, int], ...]:
    return tuple(sorted(counts.items(), key=lambda each: (-each[1], each[0])))


def _shared_depth(folders: list[list[str]]) -> int:
    """How many folders all paths have in common, from the root."""
    levels = zip(*folders, strict=False)
    return sum(1 for _ in takewhile(lambda names: len(set(names)) == 1, levels))


def _match(parts: list[str], depth: int) -> str:
    """The pattern of a path's folder at a depth, or of the file itself where no folder is left."""
    folders = parts[:-1]
    names = [*folders[: depth + 1], "**"] if len(folders) > depth else parts
    pattern = "/".join(name if name == "**" else _plain(name) for name in names)
    return pattern if "/" in pattern else f"/{pattern}"


def _plain(name: str) -> str:
    """A name as a pattern: what would mean something else, or can't be written, is any one character."""
    return "".join("?" if _SIGN.match(each) or not each.isprintable() else each for each in name)
