"""The part of a tree that somebody asked about: it is linked and measured with the whole, and told by itself."""

from __future__ import annotations

from collections.abc import Collection
from functools import cached_property

from msgspec import Struct
from msgspec.structs import replace

from scrimp import checks
from scrimp.model.carriers import inside, written_in
from scrimp.model.measured import Measured, MeasuredRequest
from scrimp.model.prompts import Linked, Request


class Part(Struct, frozen=True, dict=True):
    """The files and folders that were ``named``, by POSIX paths from the root, and what lies in them.

    ``None`` is the whole.
    """

    named: Collection[str] | None = None

    def covers(self, path: str) -> bool:
        """Whether a file is in it. What is about the tree as a whole is about each part."""
        if self.named is None or path in self.named or path == checks.WHOLE:
            return True
        return path.startswith(self._folders)

    @cached_property
    def _folders(self) -> tuple[str, ...]:
        """What paths begin with that lie in what was named."""
        return tuple(f"{name}/" for name in self.named or ())

    def of(self, measured: Measured) -> Measured:
        """What stands or is called there, the calls from elsewhere that send it, and all that these calls send."""
        if self.named is None:
            return measured
        there = {each.prompt.id for each in measured.prompts if self.covers(each.prompt.path)}
        carrying = {each.prompt.id for each in measured.prompts if not there.isdisjoint(inside(each.prompt))}
        requests = tuple(each for each in measured.requests if self._is_about(each, carrying))
        wanted = there.union(part.prompt for each in requests for part in each.request.parts)
        return replace(
            measured,
            prompts=tuple(each for each in measured.prompts if each.prompt.id in wanted),
            requests=requests,
            unresolved=tuple(each for each in measured.unresolved if self.covers(each.path)),
        )

    def linked(self, linked: Linked) -> Linked:
        """What a finding there may be about, and what that costs hangs on.

        These are the prompts of which anything is written there, the calls that stand there or send one of these, and
        all that these calls send.
        """
        held = {each.id: frozenset(inside(each)) for each in linked.prompts}
        there = {each.id for each in linked.prompts if any(map(self.covers, written_in(each)))}
        carrying = {prompt for prompt, inner in held.items() if not there.isdisjoint(inner)}
        requests = tuple(each for each in linked.requests if self._concerns(each, carrying))
        sent = carrying.union(part.prompt for each in requests for part in each.parts)
        wanted = sent.union(*(held[each] for each in sent))
        return replace(
            linked,
            prompts=tuple(each for each in linked.prompts if each.id in wanted),
            requests=requests,
            unresolved=tuple(each for each in linked.unresolved if self.covers(each.path)),
            payloads=tuple(
                each
                for each in linked.payloads
                if any(self.covers(call.path) for call in each.filler.chain())
            ),
        )

    def _concerns(self, request: Request, carrying: Collection[str]) -> bool:
        """Whether a call, or the SDK's own call below it, stands there, or it sends one of some prompts."""
        places = (request.path, *(() if request.sent_at is None else request.sent_at[:1]))
        return any(map(self.covers, places)) or any(each.prompt in carrying for each in request.parts)

    def told(self, found: checks.Results) -> checks.Results:
        """The findings of its files, and what could not be checked or decided there."""
        return replace(
            found,
            findings=tuple(each for each in found.findings if self.covers(each.path)),
            skipped=tuple(each for each in found.skipped if self.covers(each.path)),
            abstained=tuple(each for each in found.abstained if self.covers(each.path)),
        )

    def _is_about(self, request: MeasuredRequest, carrying: Collection[str]) -> bool:
        """Whether a call stands there, or sends one of the prompts that carry what does."""
        return self.covers(request.request.path) or any(
            each.prompt in carrying for each in request.request.parts
        )


WHOLE = Part()


def below(folder: str) -> Part:
    """The part of a tree below a folder of it; all of it for the root, whose path is empty."""
    return Part((folder,)) if folder else WHOLE
