"""Factors that a project measured: the file, and the counts that they change."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scrimp.catalog.models import Models, Own
from scrimp.model.amounts import Grade
from scrimp.model.errors import UserError
from scrimp.tokens.calibration import Calibration, Measured, read, write
from scrimp.tokens.counting import count
from scrimp.tokens.families import Band
from scrimp.tokens.kinds import Kind
from scrimp.tokens.tokenizers import Tokenizers

PROSE = "You are a careful assistant. Answer in one sentence, and cite the passage that you used."
CODE = "for (const each of list) { send(each[0], { retry: true }); }"

ROW = Measured(Band(1490, 1570, 1660), "o200k_base", 18, 5120, "claude-sonnet-5", "2026-11-24")
MEASURED: Calibration = {"claude-from-4.7": {Kind.PROSE: ROW}}


def test_what_is_written_is_read_again() -> None:
    assert read("c.yaml", write(MEASURED).encode()) == MEASURED
    assert read("c.yaml", write({}).encode()) == {}


@given(
    st.dictionaries(
        st.sampled_from(["gemini", "claude-from-4.7", "gpt-6"]),
        st.dictionaries(
            st.sampled_from(list(Kind)),
            st.lists(st.integers(1, 100_000), min_size=3, max_size=3).map(
                lambda figures: Measured(Band(*sorted(figures)), "o200k_base", 3, 99, "m:x/1", "2026-01-31")
            ),
            min_size=1,
        ),
    )
)
def test_every_calibration_survives_its_file(calibration: Calibration) -> None:
    assert read("c.yaml", write(calibration).encode()) == calibration


def test_a_measured_kind_goes_before_the_table_and_others_stay() -> None:
    tokenizers = Tokenizers(calibration=MEASURED)
    model = tokenizers.resolve("claude-sonnet-5")
    text = PROSE * 100
    measured = tokenizers.count(text, model)
    assert measured.grade is Grade.CALIBRATED
    assert measured.typical == pytest.approx(1.57 * count(text, "o200k_base"), abs=1)
    assert tokenizers.count(CODE, model) == Tokenizers().count(CODE, model)
    assert tokenizers.count(text, None) == Tokenizers().count(text, None)


def test_a_provisional_vocabulary_is_calibrated_and_an_exact_one_is_not() -> None:
    tokenizers = Tokenizers(
        calibration={"gpt-6": {Kind.PROSE: ROW}, "gpt-5": {Kind.PROSE: ROW}, "gemini": {}}
    )
    assert tokenizers.count(PROSE, tokenizers.resolve("gpt-6-sol")).grade is Grade.CALIBRATED
    assert tokenizers.count(PROSE, tokenizers.resolve("gpt-5-mini")).grade is Grade.EXACT


def test_what_was_measured_against_another_vocabulary_is_not_used() -> None:
    other = Measured(ROW.band, "cl100k_base", 18, 5120, "claude-sonnet-5", "2026-11-24")
    tokenizers = Tokenizers(calibration={"claude-from-4.7": {Kind.PROSE: other}})
    model = tokenizers.resolve("claude-sonnet-5")
    assert tokenizers.count(PROSE, model) == Tokenizers().count(PROSE, model)


def test_the_project_says_how_its_models_are_counted() -> None:
    own = {
        "our-deployment": Own(like="gpt-4o"),
        "gpt-6-astra": Own(encoding="o200k_base"),
        "in-house": Own("cl100k_base"),
    }
    tokenizers = Tokenizers(Models(own))
    exact = count(PROSE, "o200k_base")
    liked = tokenizers.count(PROSE, tokenizers.resolve("our-deployment"))
    assert (liked.low, liked.high, liked.grade) == (exact, exact, Grade.EXACT)
    stated = tokenizers.count(PROSE, tokenizers.resolve("openai/gpt-6-astra"))
    assert (stated.low, stated.high, stated.grade) == (exact, exact, Grade.CONFIGURED)
    house = tokenizers.count(PROSE, tokenizers.resolve("in-house"))
    assert (house.typical, house.grade) == (count(PROSE, "cl100k_base"), Grade.CONFIGURED)
    assert tokenizers.resolve("gpt-4o") == Tokenizers().resolve("gpt-4o")


@pytest.mark.parametrize(
    ("text", "place", "what"),
    [
        ("", "c.yaml:1:1", "one document is expected"),
        ("families: {}\n", "c.yaml:1:1", "expected scrimp-calibration/1"),
        ("schema: scrimp-calibration/1\n", "c.yaml:1:1", "families: expected a mapping"),
        ("schema: scrimp-calibration/1\nfamilies: {}\nmore: 1\n", "c.yaml:3:1", "unknown key more"),
        ("schema: scrimp-calibration/1\nfamilies:\n  x:\n    verse: {}\n", "c.yaml:4:5", "kind of text"),
        ("schema: scrimp-calibration/1\nfamilies:\n  x:\n    code: {low: -1}\n", "c.yaml:4:", "low"),
        ("schema: scrimp-calibration/1\nfamilies:\n  x:\n    code: {low: .nan}\n", "c.yaml:4:", "float"),
        ("schema: [1\n", "c.yaml:1:", "YAML"),
    ],
)
def test_a_file_that_cant_be_understood_is_a_located_error(text: str, place: str, what: str) -> None:
    with pytest.raises(UserError) as error:
        read("c.yaml", text.encode())
    assert error.value.message.startswith(place)
    assert what in error.value.message


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("1.570", "1.999"),
        ("texts: 18", "texts: many"),
        ("2026-11-24", "soon"),
        ("1.660", "1e9"),
        ("low:", "lo:"),
    ],
)
def test_absurd_figures_are_refused(old: str, new: str) -> None:
    with pytest.raises(UserError, match=r"^c.yaml:5:"):
        read("c.yaml", write(MEASURED).replace(old, new).encode())
