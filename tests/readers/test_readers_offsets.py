from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from scrimp.readers.offsets import Offsets


@given(st.text(max_size=50), st.integers(0, 700))
def test_each_character_is_found_by_its_byte(text: str, repeats: int) -> None:
    long = text * repeats if len(text) * repeats < 5000 else text
    offsets = Offsets(long)
    position = 0
    for index, character in enumerate(long):
        assert offsets.char(position) == index
        position += len(character.encode("utf-8", "surrogatepass"))

    assert offsets.char(position) == len(long)
    assert position == len(offsets.bytes)


def test_offsets_hold_over_the_blocks_of_a_long_text() -> None:
    text = "aé漢😀" * 2000
    offsets = Offsets(text)

    ends = [len(text[:index].encode()) for index in range(0, len(text), 97)]

    assert [offsets.char(end) for end in ends] == list(range(0, len(text), 97))
