"""What people should know of a tree besides its findings; it changes no verdict."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from datetime import date

from scrimp.config.entries import unmatched
from scrimp.config.globs import Target
from scrimp.measure.misnamed import misnamed
from scrimp.model.measured import Measured, MeasuredRequest
from scrimp.model.prompts import Request
from scrimp.pipeline.setup import Setup


def warnings(measured: Measured, setup: Setup, paths: Collection[str], today: date) -> tuple[str, ...]:
    """What people should know of a tree, of which ``paths`` are all files; it changes no verdict."""
    from scrimp import gate  # noqa: PLC0415  a check has no use for it

    targets = [Target(each.prompt.id, each.prompt.path, each.prompt.name) for each in measured.prompts]
    return (
        *unpriced(measured.requests),
        *unmatched(setup.settings, targets, paths),
        *misnamed(setup.settings, (each.prompt for each in measured.prompts)),
        *gate.notices(
            setup.settings.budgets,
            {name for each in measured.requests for name in (each.model, *each.alternatives)},
            today,
        ),
        *old_prices(setup, today),
        *unknown_usage(measured, setup, targets),
    )


def unknown_usage(measured: Measured, setup: Setup, targets: Collection[Target]) -> Iterator[str]:
    """A warning for each entry and rule of the usage file that names nothing of the tree."""
    if setup.usage_file is not None:
        calls = {each.request.id for each in measured.requests}
        yield from setup.usage_file.unknown({each.id for each in targets} | calls, targets)


def old_prices(setup: Setup, today: date) -> Iterator[str]:
    """A warning if the price list is too old to judge by."""
    if setup.prices.is_old(today):
        yield f"prices are of {setup.prices.stamp.date}, more than 90 days old: run scrimp prices --refresh"


def unpriced(requests: Iterable[MeasuredRequest]) -> Iterator[str]:
    """A warning for each model without a price, as what it costs is in no total."""
    by_model: dict[str, list[Request]] = defaultdict(list)
    for each in requests:
        for model in (each.model,) if each.per_call.typical is None else each.unpriced:
            by_model[model].append(each.request)
    for model, sent in by_model.items():
        first = f"{sent[0].path}:{sent[0].line}"
        more = f" and {len(sent) - 1} more" if len(sent) > 1 else ""
        yield f"{first}{more}: no price is known for {model}: state it under prices in scrimp.yaml"
