"""Fixes of random prompts in every host language, format and template language break nothing."""

from __future__ import annotations

import pytest
from fix.hosts import HOSTS
from fix.trials import FIRST, PLAIN, WASTE, Case, cases, linted, problems
from hypothesis import HealthCheck, given, settings

from scrimp.model.prompts import Confidence


@settings(max_examples=250, deadline=None, suppress_health_check=list(HealthCheck))
@given(cases())
def test_fixes_break_nothing(case: Case) -> None:
    """``benchmarks/fixes.py`` tries ten thousand cases."""
    found, _ = problems(case)
    assert found == []


FOLDING = ("yaml folded", "yaml single quoted", "poml", "java block")
"""They take blanks at a line's end off, or have no line ends."""


@pytest.mark.parametrize("host", HOSTS)
def test_in_each_host_a_prompt_is_found_and_fixed(host: str) -> None:
    """Without that, the property would hold for want of fixes."""
    case = Case(host, [FIRST, *WASTE[0], ["Be brief."]])
    made = linted(case.form.path, case.raw)
    assert any(each.prompt.confidence is not Confidence.LOW for each in made.report.measured.prompts)
    assert ("FMT002" in {each.rule for each in made.fixed}) == (host not in FOLDING)
    assert problems(case)[0] == []


@pytest.mark.parametrize("host", HOSTS)
def test_what_all_hosts_can_write_they_parse(host: str) -> None:
    case = Case(host, [FIRST, *PLAIN[:4], *PLAIN[-3:]])
    case.form.parses(case.text)
