"""What a change claims of itself: volumes of its own, and comments that would lower those that the policy tells."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from decimal import Decimal

from scrimp.compare import carry
from scrimp.config.globs import Target
from scrimp.measure.guarded import Claims
from scrimp.model.measured import Measured, MeasuredRequest
from scrimp.model.policy import Assumption, Concealment
from scrimp.model.prompts import Linked
from scrimp.pipeline.audit import Audited, Carried
from scrimp.pipeline.setup import Setup


def carried(base: Measured, head: Linked, policy: Setup, own: Setup | None) -> Carried:
    """What HEAD's prompts bring along from BASE; ``own`` is what HEAD says of itself, if that is not the policy."""
    known = {each.prompt.id: each.prompt for each in base.prompts}
    origins = {new: known[old] for new, old in carry(known.values(), head.prompts).items()}
    moved = {new: Target(old.id, old.path, old.name) for new, old in origins.items() if new != old.id}
    if own is None:
        return Carried(moved)
    requests = {each.request.id: (each.calls, each.calls_grade) for each in base.requests}
    now = Counter(map(_function, (each.id for each in head.requests)))
    then = Counter(map(_function, requests))
    steady = frozenset(each for each in then if now[each] in {0, then[each]})
    floors = {name: volume for name, volume in requests.items() if _function(name) in steady}
    return Carried(moved, Claims(own.settings, own.usage, policy.prices, origins, requests, floors))


def _function(request: str) -> str:
    """The function that makes a call: its calls are numbered, so that one more or less renumbers them."""
    return request.rpartition("#")[0] or request


def assumptions(after: Audited) -> Iterator[Assumption]:
    """The volumes that HEAD alone tells: those of requests that send nothing that BASE knows."""
    claims = after.carried.claims
    if claims is None:
        return
    for each in after.measured.requests:
        if not _is_known(each, claims):
            yield Assumption(each.request.id, each.calls, each.calls_grade, each.monthly.typical)


def lowered(after: Audited) -> Iterator[Concealment]:
    """Comments that tell a lower volume (``calls=``) than the one that a request is judged by."""
    if after.carried.claims is None:
        return
    prompts = {each.prompt.id: each.prompt for each in after.measured.prompts}
    for each in after.measured.requests:
        declaring = (prompts[part.prompt] for part in each.request.parts)
        prompt = next((part for part in declaring if part.declared_calls), None)
        if prompt is None or prompt.declared_calls >= each.calls:
            continue
        cost = each.per_call.typical
        more = None if cost is None else cost * Decimal(each.calls - prompt.declared_calls)
        yield Concealment("calls", prompt.path, prompt.place.line, prompt.id, None, more)


def undercut(after: Audited) -> Iterator[Concealment]:
    """Texts that newly name a cheaper model (``model=``) than the one that they are judged by."""
    claims = after.carried.claims
    if claims is None:
        return
    for each in after.measured.prompts:
        prompt, origin = each.prompt, claims.origins.get(each.prompt.id)
        is_new = origin is not None and not origin.declared_model
        if is_new and prompt.declared_model not in {"", each.model}:
            yield Concealment("model", prompt.path, prompt.place.line, prompt.id, each.static, None)


def _is_known(request: MeasuredRequest, claims: Claims) -> bool:
    parts = (part.prompt for part in request.request.parts)
    return request.request.id in claims.requests or any(part in claims.origins for part in parts)
