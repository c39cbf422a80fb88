"""Counts for models: exact, within a band, or a guess that says so."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scrimp.catalog import models
from scrimp.catalog.models import resolve
from scrimp.model.amounts import Grade, Interval
from scrimp.tokens.counting import count
from scrimp.tokens.families import Band, count_for, encoding_for, factor_for, factors
from scrimp.tokens.kinds import Kind
from scrimp.tokens.vocabularies import VOCABULARIES

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
        ("claude-sonnet-4-5", 1.03, 1.17, 1.38, Grade.CALIBRATED),
        ("claude-opus-5-5", 1.25, 1.58, 1.90, Grade.CALIBRATED),
        ("gemini-2.5-pro", 1.03, 1.08, 1.15, Grade.CALIBRATED),
        ("mistral-large-latest", 0.99, 1.03, 1.20, Grade.CALIBRATED),
        ("open-mixtral-8x22b", 1.03, 1.18, 1.48, Grade.CALIBRATED),
        ("codellama:13b", 1.00, 1.18, 1.55, Grade.HEURISTIC),
        ("command-r-plus", 0.90, 1.05, 1.25, Grade.HEURISTIC),
        ("gpt-6-sol", 0.85, 1.00, 1.15, Grade.ASSUMED),
        ("kimi-k3", 0.95, 1.15, 1.90, Grade.HEURISTIC),
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


def test_each_kind_of_text_has_a_band_of_its_own() -> None:
    factor = factor_for(resolve("claude-sonnet-4-5"))
    assert factor.apply(RUSSIAN, 100).high == 400
    assert factor.apply(PROMPT + " “Yes” – no…", 100).high == 138
    assert factor.apply("for (const x of xs) { f(x[0]); }", 100).high == 148


@given(
    st.sampled_from([band for factor in factors().values() for band in factor.bands.values()]),
    st.integers(min_value=0, max_value=10**9),
)
def test_bounds_are_rounded_outward_and_hold_the_typical(band: Band, tokens: int) -> None:
    interval = band.apply(tokens, Grade.CALIBRATED)
    assert interval.low is not None
    assert interval.typical is not None
    assert interval.high is not None
    assert interval.low <= interval.typical <= interval.high
    assert interval.low * 1000 <= tokens * band.low
    assert interval.high * 1000 >= tokens * band.high


def test_every_factor_is_of_a_family_without_a_shipped_vocabulary_and_says_where_it_is_from() -> None:
    shipped = {family.family for _, family in models._prefixes() if family.encoding in SHIPPED}
    known = {family.family for _, family in models._prefixes()}
    assert set(factors()) - {""} <= known - shipped
    for factor in factors().values():
        assert factor.source
        assert factor.date.startswith("2026-")
        assert set(factor.bands) == set(Kind)


SHIPPED = {name for name, vocabulary in VOCABULARIES.items() if not vocabulary.package}
