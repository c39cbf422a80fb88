"""By whose policy a change was judged, and what of HEAD's it took no notice of, as lines of a page."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import TypeVar

from scrimp.model.policy import Assumption, Concealment, Loosening, Policy
from scrimp.model.written import counted, dollars
from scrimp.reporters.remarks import concealed
from scrimp.reporters.safe import safe
from scrimp.reporters.terminal.styled import Styled
from scrimp.reporters.terminal.words import location
from scrimp.reporters.view import View

SHOWN = 10
"""Lines of each list, unless the view lists everything."""

Each = TypeVar("Each", Loosening, Concealment, Assumption)


def lines(policy: Policy, view: View) -> Iterator[Styled]:
    """The policy, then each list with what it is about; nothing if each side spoke for itself, as outside of CI."""
    if not policy.reason:
        return
    name = safe(policy.name) if policy.source == "file" else f"{policy.source.upper()} ({safe(policy.name)})"
    yield Styled(f"Policy: {name}; {safe(policy.reason)}", style="bold")
    if policy.loosened:
        yield Styled("  HEAD is milder here, which counts once it is merged:", style="yellow")
        yield from _listed(policy.loosened, view, _loosening)
    if policy.concealed:
        yield Styled("  New in HEAD, and judged all the same:", style="yellow")
        yield from _listed(policy.concealed, view, _concealment)
    if policy.assumptions:
        yield Styled("  Volumes that HEAD alone tells:", style="yellow")
        yield from _listed(policy.assumptions, view, _assumption)


def _listed(each: Sequence[Each], view: View, said: Callable[[Each], str]) -> Iterator[Styled]:
    shown = each if view.verbose else each[:SHOWN]
    yield from (Styled(f"    {said(one)}") for one in shown)
    if len(shown) < len(each):
        yield Styled(f"    and {len(each) - len(shown):,} more (--verbose lists them)")


def _loosening(loosening: Loosening) -> str:
    return f"{safe(loosening.setting)}: {safe(loosening.policy)} → {safe(loosening.head)}"


def _concealment(concealment: Concealment) -> str:
    return f"{location(concealment.path, concealment.line)} {safe(concealed(concealment))}"


def _assumption(assumption: Assumption) -> str:
    calls = f"{counted(assumption.calls, 'call')} a month ({assumption.grade.value})"
    monthly = "cost unknown" if assumption.monthly is None else f"{dollars(assumption.monthly)} a month"
    return f"{safe(assumption.request)}: {calls}, {monthly}"
