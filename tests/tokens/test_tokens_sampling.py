"""Which texts are asked about, and what the answers make."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scrimp.tokens.counting import count
from scrimp.tokens.kinds import Kind
from scrimp.tokens.sampling import Limits, chosen, measured

PROSE = [
    f"You are assistant number {n}. " + "Answer briefly, and say what you are unsure of. " * 3
    for n in range(9)
]
CODE = [f"for (const x{n} of list) {{ send(x{n}[0], {{ retry: true }}); }}\n" * 4 for n in range(9)]
PLENTY = Limits(100, 100_000)


def test_texts_of_all_kinds_are_chosen_in_turns() -> None:
    taken = chosen([*PROSE, *CODE, "short"], Limits(4, 100_000))
    assert (
        len([text for text in taken if text in PROSE]) == len([text for text in taken if text in CODE]) == 2
    )


def test_the_choice_depends_on_nothing_but_the_texts() -> None:
    assert chosen([*PROSE, *CODE], PLENTY) == chosen([*CODE[::-1], *PROSE, *PROSE], PLENTY)


@given(st.lists(st.text(max_size=400)), st.integers(0, 5), st.integers(0, 1000))
def test_limits_hold(texts: list[str], most: int, characters: int) -> None:
    taken = chosen(texts, Limits(most, characters))
    assert len(taken) <= most
    assert sum(map(len, taken)) <= characters


def ask(text: str) -> int:
    """A provider that needs three tokens for two of ours, and frames with eleven."""
    return 11 + (1 if text == "a" else 3 * count(text, "o200k_base") // 2)


def test_framing_is_taken_off_and_the_factor_is_what_is_left() -> None:
    found = measured(PROSE, ask, "o200k_base", "a-model", "2026-11-24")
    factor = found[Kind.PROSE]
    assert factor.band.typical == pytest.approx(1500, abs=15)
    assert factor.band.low <= factor.band.typical <= factor.band.high
    assert factor.band.high - factor.band.low < 60
    assert (factor.texts, factor.model, factor.date) == (9, "a-model", "2026-11-24")
    assert factor.tokens == sum(count(text, "o200k_base") for text in PROSE)


def test_a_kind_with_few_texts_is_left_out() -> None:
    assert set(measured([*PROSE, *CODE[:2]], ask, "o200k_base", "m", "2026-11-24")) == {Kind.PROSE}


def test_few_texts_make_a_wider_band_than_their_own_span() -> None:
    answers = iter([1, 100, 200, 300])
    found = measured(PROSE[:3], lambda _: next(answers), "o200k_base", "m", "2026-11-24")[Kind.PROSE]
    reference = count(PROSE[0], "o200k_base")
    assert found.band.low < 1000 * 100 / reference
    assert found.band.high > 1000 * 300 / reference
