"""Counts for models: exact, within a band, or a guess that says so."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scrimp.catalog import models
from scrimp.catalog.models import resolve
from scrimp.model.amounts import Grade, Interval
from scrimp.tokens.counting import count
from scrimp.tokens.families import FACTORS, Band, count_for, encoding_for, factor_for

PROMPT = "You are a careful assistant. Answer in one sentence, and cite the passage that you used."
RUSSIAN = "Ты внимательный помощник. Отвечай одним предложением и приводи использованный отрывок."


@pytest.mark.parametrize("name", ["gpt-4o", "azure/gpt-4", "gpt-oss-20b", "text-embedding-3-small"])
def test_a_published_vocabulary_is_exact(name: str) -> None:
    model = resolve(name)
    assert model is not None
    assert model.encoding
    tokens = count(PROMPT, model.encoding)
    assert count_for(PROMPT, model) == Interval(tokens, tokens, tokens, Grade.EXACT)


@pytest.mark.parametrize(
    ("name", "low", "typical", "high", "grade"),
    [
        ("claude-sonnet-4-5", 1.03, 1.15, 1.30, Grade.CALIBRATED),
        ("claude-opus-5-5", 1.30, 1.50, 1.75, Grade.CALIBRATED),
        ("gemini-2.5-pro", 1.03, 1.08, 1.15, Grade.CALIBRATED),
        ("command-r-plus", 0.90, 1.05, 1.25, Grade.HEURISTIC),
        ("gpt-6-sol", 0.90, 1.00, 1.10, Grade.ASSUMED),
        ("kimi-k3", 0.95, 1.15, 1.75, Grade.HEURISTIC),
    ],
)
def test_other_families_are_a_band_around_the_reference(
    name: str, low: float, typical: float, high: float, grade: Grade
) -> None:
    text = PROMPT * 200
    reference = count(text, "o200k_base")
    counted = count_for(text, resolve(name))
    assert counted.grade is grade
    assert counted.low == pytest.approx(low * reference, abs=1)
    assert counted.typical == pytest.approx(typical * reference, abs=1)
    assert counted.high == pytest.approx(high * reference, abs=1)


def test_an_unknown_model_is_a_guess_that_says_so() -> None:
    assert count_for(PROMPT, None).grade is Grade.HEURISTIC
    assert encoding_for(None) == "o200k_base"


def test_a_foreign_text_has_a_band_of_its_own_and_a_few_signs_dont_make_it_foreign() -> None:
    model = resolve("claude-sonnet-4-5")
    factor = factor_for(model)
    assert factor.apply(RUSSIAN, 100).high == 370
    assert factor.apply(PROMPT + " “Yes” – no…", 100).high == 130


@given(
    st.sampled_from([band for factor in FACTORS.values() for band in (factor.ascii, factor.other)]),
    st.integers(min_value=0, max_value=10**9),
)
def test_bounds_are_rounded_outward_and_hold_the_typical(band: Band, tokens: int) -> None:
    interval = band.apply(tokens, Grade.CALIBRATED)
    assert interval.low is not None
    assert interval.typical is not None
    assert interval.high is not None
    assert interval.low <= interval.typical <= interval.high
    assert interval.low * 100 <= tokens * band.low
    assert interval.high * 100 >= tokens * band.high


def test_every_factor_belongs_to_a_family_of_the_catalogue_without_vocabulary() -> None:
    families = {family.family: family for _, family in models._prefixes()}
    assert set(FACTORS) <= set(families)
    assert [name for name in FACTORS if families[name].encoding] == []
