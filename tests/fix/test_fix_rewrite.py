"""Which fixes are made: all of a finding or none, the first of two that overlap, none that breaks."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pytest

from scrimp.fix import FileRefusedError, Outcome, rewrite, unified_diff
from scrimp.fix.shift import splice
from scrimp.model.findings import Edit, Finding, Fix, Safety, Severity, Suppression
from scrimp.model.source import Lines, Place, Source

TEXTS = {"a.py": "one two three four", "b.py": "five six"}
SAFE = frozenset({Safety.SAFE})


def edit(path: str, start: int, end: int) -> Edit:
    return Edit(path, start, end, "", Lines.of(TEXTS.get(path, "")).place(start, end))


def finding(*edits: Edit, safety: Safety = Safety.SAFE, suppressed: Suppression | None = None) -> Finding:
    fix = Fix(safety, edits) if edits else None
    place = Place(1, 1, 1, 1)
    return Finding("X", "x", Severity.INFO, "a.py", place, "", "", 1, None, fix, "", suppressed)


def read(path: str) -> Source:
    if path not in TEXTS:
        raise FileRefusedError("it has changed since it was scanned; run again", path)
    return Source(path, TEXTS[path], "")


def fixed(*findings: Finding, refuse: Mapping[str, str] = {}) -> Outcome:
    def verify(before: Source, fixes: Sequence[Fix]) -> str | None:
        edits = [edit for fix in fixes for edit in fix.edits if edit.path == before.path]
        after = splice(before.text, edits)
        return "no" if before.path in refuse and refuse[before.path] not in after else None

    return rewrite(findings, SAFE, read, verify)


def texts(outcome: Outcome) -> dict[str, str]:
    return {one.before.path: one.text for one in outcome.rewrites}


def test_edits_are_made_wherever_they_stand() -> None:
    outcome = fixed(finding(edit("a.py", 8, 14), edit("b.py", 0, 5)), finding(edit("a.py", 0, 4)))
    assert texts(outcome) == {"a.py": "two four", "b.py": "six"}
    assert len(outcome.fixed) == 2


def test_of_two_that_overlap_the_first_is_made_and_deletions_may_meet() -> None:
    first, second, meeting = (finding(edit("a.py", *span)) for span in ((4, 8), (6, 10), (8, 14)))
    outcome = fixed(first, second, meeting)
    assert texts(outcome) == {"a.py": "one four"}
    assert (outcome.fixed, outcome.waiting) == ((first, meeting), (second,))


def test_a_finding_waits_whole() -> None:
    outcome = fixed(finding(edit("a.py", 0, 4)), finding(edit("a.py", 2, 4), edit("b.py", 0, 5)))
    assert texts(outcome) == {"a.py": "two three four"}


def test_unsafe_suppressed_and_unfixable_findings_are_left_alone() -> None:
    outcome = fixed(
        finding(edit("a.py", 0, 4), safety=Safety.UNSAFE),
        finding(edit("a.py", 4, 8), suppressed=Suppression("comment", "")),
        finding(),
    )
    assert outcome == Outcome((), (), (), ())
    both = rewrite([finding(edit("a.py", 0, 4), safety=Safety.UNSAFE)], set(Safety), read, lambda *_: None)
    assert texts(both) == {"a.py": "two three four"}


def test_a_fix_that_is_refused_costs_no_other() -> None:
    good, bad = finding(edit("a.py", 0, 4)), finding(edit("a.py", 8, 14))
    outcome = fixed(good, bad, refuse={"a.py": "three"})
    assert texts(outcome) == {"a.py": "two three four"}
    assert [(one.finding, one.reason) for one in outcome.refused] == [(bad, "no")]
    assert outcome.fixed == (good,)


def test_a_fix_that_one_file_refuses_is_made_in_none() -> None:
    both, other = finding(edit("a.py", 0, 4), edit("b.py", 0, 5)), finding(edit("a.py", 8, 14))
    outcome = fixed(both, other, refuse={"b.py": "five"})
    assert texts(outcome) == {"a.py": "one two four"}
    assert [one.finding for one in outcome.refused] == [both]


def test_a_file_that_can_not_be_read_refuses_all_its_fixes() -> None:
    outcome = fixed(finding(edit("gone.py", 0, 4)), finding(edit("a.py", 0, 4)))
    assert texts(outcome) == {"a.py": "two three four"}
    assert [one.reason for one in outcome.refused] == ["it has changed since it was scanned; run again"]


@pytest.mark.parametrize("end", ["", "\n", "\r\n"])
def test_the_diff_is_that_of_git(end: str) -> None:
    TEXTS["c.py"] = f"one\x0c\ntwo  {end}"
    try:
        (done,) = fixed(finding(edit("c.py", 8, 10))).rewrites
    finally:
        del TEXTS["c.py"]
    missing = "" if end else "\n\\ No newline at end of file\n"
    assert unified_diff(done) == (
        f"--- a/c.py\n+++ b/c.py\n@@ -1,2 +1,2 @@\n one\x0c\n-two  {end}{missing}+two{end}{missing}"
    )
