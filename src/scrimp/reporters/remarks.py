"""What a report says of places, one remark each, for the formats that list such: findings, broken budgets, files.

Texts of remarks are as untrusted as what they were made from.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable, Iterator
from decimal import Decimal
from typing import Final

from msgspec import Struct
from msgspec.structs import replace

from scrimp.model.changes import Breach, Change
from scrimp.model.findings import Finding, Severity
from scrimp.model.policy import Concealment
from scrimp.model.prompts import Confidence
from scrimp.model.report import Report
from scrimp.model.source import Place, Skipped
from scrimp.model.written import counted, dollars, signed_dollars

BUDGET, UNREAD, POLICY, GROWTH = "budget", "not-judged", "policy", "change"
"""The codes of remarks that no rule made."""

OF_THE_GATE: Final = frozenset({BUDGET, UNREAD, POLICY})

_CONCEALED: Final = {
    "ignore": "a new comment hides {what}",
    "not-a-prompt": "a new comment calls {what} no prompt",
    "calls": "a new comment lowers the volume of {what}",
    "model": "a cheaper model is named beside {what}",
    "exclude": "{what} went where the policy doesn't look",
}


class Remark(Struct, frozen=True):
    """Something to say about a place, or of the whole tree where ``path`` is empty.

    ``code`` is a rule's id or one of this module, ``worth`` what it is about in USD a month, ``fingerprint`` tells it
    from every other remark of the report and stays the same when lines move.
    """

    code: str
    title: str
    message: str
    severity: Severity
    path: str = ""
    place: Place | None = None
    worth: Decimal | None = None
    fingerprint: str = ""

    def seen_from(self, within: str) -> Remark:
        """The same with its path from the top of the repository, in which ``within`` is the scanned folder."""
        return replace(self, path=f"{within}{self.path}") if within and self.path else self

    @property
    def weight(self) -> tuple[bool, Decimal]:
        """What sorts the remarks that matter most last: those of the gate, then money."""
        return self.code in OF_THE_GATE, self.worth or Decimal(0)


def savings(of: Finding) -> str:
    """What a finding would save, as far as it is known."""
    tokens = counted(of.tokens_saved, "token") if of.tokens_saved else ""
    per_call = f"{dollars(of.per_call_saved)} a call" if of.per_call_saved else ""
    monthly = f"{dollars(of.monthly_saved)} a month" if of.monthly_saved else ""
    return ", ".join(part for part in (tokens, per_call, monthly) if part)


def told(findings: Iterable[Finding]) -> list[tuple[Finding, Remark]]:
    """Each finding with its remark."""
    seen: Counter[str] = Counter()
    return [(finding, _of_finding(finding, seen)) for finding in findings]


def found(report: Report) -> list[Remark]:
    """The findings that nothing hides. A hidden one counts where fingerprints are told apart."""
    return [remark for finding, remark in told(report.findings) if finding.suppressed is None]


def _of_finding(finding: Finding, seen: Counter[str]) -> Remark:
    seen[finding.fingerprint] += 1
    again = seen[finding.fingerprint]
    saved = savings(finding)
    return Remark(
        finding.rule,
        f"{finding.rule} {finding.name}",
        f"{finding.message} (saves {saved})" if saved else finding.message,
        finding.severity,
        finding.path,
        finding.place,
        finding.monthly_saved,
        finding.fingerprint if again == 1 else f"{finding.fingerprint}:{again}",
    )


def broken(report: Report) -> Iterator[Remark]:
    """The budgets that are broken."""
    for breach in report.verdict.breaches:
        severity = Severity.ERROR if breach.level == "fail" else Severity.WARNING
        fingerprint = _hash(BUDGET, breach.budget, breach.key)
        yield Remark(BUDGET, f"budget {breach.budget}", _of_breach(breach), severity, fingerprint=fingerprint)


def _of_breach(breach: Breach) -> str:
    why = f" ({breach.reason})" if breach.reason else ""
    rests = "".join(f"; {each}" for each in breach.ground)
    advice = f"; {breach.advice}" if breach.advice else ""
    return f"limit {breach.limit}, actual {breach.actual}{why}{rests}{advice}"


def unread(report: Report) -> Iterator[Remark]:
    """What was in scope and not judged."""
    seen: Counter[str] = Counter()
    for each in report.skipped:
        if each.incomplete:
            fingerprint = _hash(UNREAD, each.path, each.code, each.reason)
            seen[fingerprint] += 1
            again = seen[fingerprint]
            yield _of_unread(each, fingerprint if again == 1 else f"{fingerprint}:{again}")


def _of_unread(each: Skipped, fingerprint: str) -> Remark:
    line = max(each.line, 1)
    message = f"{each.code}: {each.reason}" if each.reason else each.code
    place = Place(line, 1, line, 1)
    return Remark(UNREAD, "not judged", message, Severity.ERROR, each.path, place, fingerprint=fingerprint)


def milder(report: Report) -> Iterator[Remark]:
    """What a change does to be judged less strictly, of which the gate took no notice."""
    policy = report.policy
    if policy is None or not policy.reason:
        return
    for setting in policy.loosened:
        said = f"{setting.setting}: {setting.policy} → {setting.head}, which counts once it is merged"
        fingerprint = _hash(POLICY, setting.setting)
        yield Remark(POLICY, "milder policy", said, Severity.WARNING, fingerprint=fingerprint)
    for each in policy.concealed:
        yield _of_concealment(each)


def concealed(of: Concealment) -> str:
    """What hides something new from the gate, and what that is worth."""
    tokens = "" if of.tokens is None else f"{counted(of.tokens, 'token')}, "
    monthly = "cost unknown" if of.monthly is None else f"{dollars(of.monthly)} a month"
    return f"{_CONCEALED[of.by].format(what=of.what)}: {tokens}{monthly}"


def _of_concealment(of: Concealment) -> Remark:
    line = max(of.line, 1)
    return Remark(
        POLICY,
        "judged all the same",
        concealed(of),
        Severity.WARNING,
        of.path,
        Place(line, 1, line, 1),
        of.monthly,
        _hash(POLICY, of.by, of.path, of.what),
    )


def grown(report: Report) -> Iterator[Remark]:
    """The prompts that a change makes dearer, or whose cost it makes unknown."""
    for change in report.changes:
        after = change.after
        if change.kind == "moved" or after is None or after.prompt.confidence is Confidence.LOW:
            continue
        old = Decimal(0) if change.before is None else change.before.monthly.typical
        new = after.monthly.typical
        growth = None if old is None or new is None else new - old
        if growth is None or growth > 0:
            yield _of_growth(change, growth)


def _of_growth(change: Change, growth: Decimal | None) -> Remark:
    after = change.after
    assert after is not None
    static = 0 if change.before is None else change.before.static
    causes = ", ".join(cause.cause for cause in change.causes)
    said = f"{change.kind}: {static:,} → {after.static:,} static tokens"
    step = "cost unknown" if growth is None else f"{signed_dollars(growth)} a month"
    return Remark(
        GROWTH,
        f"{after.prompt.name or after.prompt.path} {step}",
        f"{said}, {step}, {after.monthly.grade.value}{f' (by {causes})' if causes else ''}",
        Severity.INFO,
        after.prompt.path,
        after.prompt.place,
        growth,
        _hash(GROWTH, after.prompt.id),
    )


def _hash(*parts: str) -> str:
    return hashlib.sha256("\0".join(parts).encode(errors="surrogatepass")).hexdigest()
