"""The calls of a repository as rows of usage may know them: by names, code, tags, models and projects."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from posixpath import basename, splitext

from msgspec import Struct, field

from scrimp.catalog.models import resolve
from scrimp.catalog.names import canonical_provider, parse
from scrimp.config.globs import Target

_SEPARATORS = re.compile(r"[\W_]+")
_PROJECT_PREFIX = re.compile(r"^(?:proj|project|wrkspc|workspace|team)[_-]")


class CallTarget(Struct, frozen=True):
    """A request of the audit.

    ``key`` is the id that the usage file names it by. ``seen_as`` are the identities of the request and its prompts
    for patterns. ``function`` is the qualified name of the code that sends it. ``model`` is ``""`` where only a
    default is known. ``calls`` is the configured volume a month, ``None`` where nobody configured one.
    ``input_tokens`` is the typical size of a call, of which ``open_size`` tells that parts are unknown.
    """

    id: str
    key: str
    path: str
    function: str
    seen_as: tuple[Target, ...]
    model: str
    provider: str
    owner: str
    calls: int | None
    input_tokens: int | None
    open_size: bool


def key_of(request: str, parts: Sequence[str], senders: Mapping[str, int]) -> str:
    """What the usage file calls a request: its first prompt that nothing else sends, or else itself.

    Prompts keep their ids where calls are moved or added; ``senders`` counts the requests that send each.
    """
    return next((part for part in parts if senders[part] == 1), request)


def folded(name: str) -> str:
    """A name without case and separators: ``Summarise ticket``, ``SUMMARISE_TICKET`` and ``summarise-ticket``."""
    return _SEPARATORS.sub("", name).lower()


def provider_of(provider: str, model: str) -> str:
    """Our name of who bills: as the row says, or else as the model's name tells."""
    said = provider.strip().lower()
    known = canonical_provider(said) or canonical_provider(said.rpartition(".")[2]) if said else None
    if known:
        return known
    found = resolve(model)
    return found.provider if found is not None else said


def model_of(model: str) -> str:
    """A model's name without host and release, as it is compared."""
    return parse(model).undated if model else ""


class Index(Struct):
    """Targets by everything that a row may know of them."""

    targets: Sequence[CallTarget]
    by_id: dict[str, set[int]] = field(default_factory=lambda: defaultdict(set))
    by_name: dict[str, set[int]] = field(default_factory=lambda: defaultdict(set))
    by_file: dict[str, set[int]] = field(default_factory=lambda: defaultdict(set))
    by_model: dict[str, set[int]] = field(default_factory=lambda: defaultdict(set))

    def __post_init__(self) -> None:
        for number, target in enumerate(self.targets):
            self.by_id[target.key].add(number)
            for seen in target.seen_as:
                self.by_id[seen.id].add(number)
                self.by_file[basename(seen.path)].add(number)
                for name in {seen.name, seen.name.rpartition(".")[2], splitext(basename(seen.path))[0]}:
                    self.by_name[folded(name)].add(number)
            if target.function:
                self.by_name[folded(target.function.rpartition(".")[2])].add(number)
            if target.model:
                self.by_model[model_of(target.model)].add(number)

    def named(self, name: str) -> set[int]:
        """Targets by an id, a path or a name, the most telling first."""
        if not name:
            return set()
        return self.by_id.get(name, set()) or self.at(name) or self.by_name.get(folded(name), set())

    def at(self, path: str) -> set[int]:
        """Targets by the file of their call or of their prompts, wherever the repository lies on a server."""
        if "/" not in path and "." not in path and "\\" not in path:
            return set()
        parts = [part for part in path.replace("\\", "/").split("/") if part not in ("", ".")]
        found: dict[int, set[int]] = defaultdict(set)
        for number in self.by_file.get(parts[-1] if parts else "", ()):
            for seen in self.targets[number].seen_as:
                own = seen.path.split("/")
                shared = _shared_end(own, parts)
                if shared == min(len(own), len(parts)):
                    found[shared].add(number)
        return found[max(found)] if found else set()

    def of_function(self, numbers: Iterable[int], function: str) -> set[int]:
        """Those of some targets whose code has this name, which may be qualified by module and class."""
        called = re.split(r"\.|::|#|\\", function)
        scored: dict[int, set[int]] = defaultdict(set)
        for number in numbers:
            own = self.targets[number].function.split(".")
            shared = _shared_end(own, called)
            if shared:
                scored[shared].add(number)
        return scored[max(scored)] if scored else set()

    def of_model(self, numbers: Iterable[int], model: str) -> set[int]:
        """Those of some targets that are for a model."""
        return set(numbers) & self.by_model.get(model_of(model), set())

    def of_project(self, numbers: Iterable[int], project: str) -> set[int]:
        """Those of some targets whose owner, or one of whose folders, is called as a project is."""
        name = folded(_PROJECT_PREFIX.sub("", project))
        if not name:
            return set()
        return {number for number in numbers if name in _places(self.targets[number])}


def _places(target: CallTarget) -> set[str]:
    owner = target.owner.rpartition("/")[2]
    return {folded(owner), folded(target.owner), *(folded(part) for part in target.path.split("/")[:-1])} - {
        ""
    }


def _shared_end(one: Sequence[str], other: Sequence[str]) -> int:
    """How many last members are equal."""
    shared = 0
    for mine, theirs in zip(reversed(one), reversed(other), strict=False):
        if mine != theirs:
            break
        shared += 1
    return shared
