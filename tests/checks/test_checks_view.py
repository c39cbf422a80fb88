"""Views: every character knows where it was written, and marks keep texts apart."""

from __future__ import annotations

from functools import reduce

import pytest
from checks.written import Files, facts
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from scrimp.checks.protected import SHOWN, SHOWN_ONLY, json_spans, ordered, without
from scrimp.checks.view import EDGE, HOLE, INLINE, MARKS, View, view
from scrimp.model.segments import (
    BranchSegment,
    InlineSegment,
    LoopSegment,
    MemberSegment,
    Segment,
    TextSegment,
    VariableSegment,
    walk,
)
from scrimp.model.source import Source

(PROMPT,) = (one.prompt for one in Files({"a.py": "PROMPT = 'Review the change that is given here'"}).prompts)


def seen_of(segments: tuple[Segment, ...]) -> View:
    """The view of a prompt that consists of some segments."""
    return view(replace(PROMPT, segments=segments))


def text(value: str, at: int = 0) -> TextSegment:
    return TextSegment(value, "a.py", ((0, len(value), at, at + len(value)),))


HOLED = VariableSegment("x", "a.py", 5, 8)


def test_marks_stand_for_what_is_no_text() -> None:
    inline = InlineSegment("other", (text("secret"),))
    branch = BranchSegment("c", ((text("yes"),), (text("no"),)))
    loop = LoopSegment("xs", (text("again"),))
    seen = seen_of((text("a"), HOLED, inline, branch, loop))
    assert seen.text == f"a{HOLE}{INLINE}{EDGE}yes{EDGE}no{EDGE}{EDGE}again{EDGE}"
    assert seen.arms(seen.text.index("yes")) == ((1, 0),)
    assert seen.arms(seen.text.index("no")) == ((1, 1),)
    assert seen.arms(seen.text.index("again")) == ()


def test_members_are_apart() -> None:
    seen = seen_of((MemberSegment((text("what"), HOLED)), MemberSegment((text("for whom"),))))
    assert seen.text == f"{EDGE}what{HOLE}{EDGE}{EDGE}for whom{EDGE}"
    assert [seen.member(seen.text.index(word)) for word in ("what", "for whom")] == [1, 2]
    assert seen_of((text("alone"),)).member(0) == 0


def test_text_can_not_pretend_to_be_a_mark() -> None:
    seen = seen_of((text(f"a{HOLE}b{EDGE}"),))
    assert not set(seen.text) & set(MARKS)
    assert len(seen.text) == 4


def test_neighbours_in_the_source_are_one_range_and_others_are_not() -> None:
    joined = TextSegment("abcd", "a.py", ((0, 2, 10, 12), (2, 4, 20, 22)))
    assert seen_of((joined,)).written(1, 3) == (("a.py", 11, 12), ("a.py", 20, 21))
    assert seen_of((text("ab", 10), text("cd", 12))).written(0, 4) == (("a.py", 10, 14),)


def test_units_are_written_whole_or_not_at_all() -> None:
    escaped = TextSegment("a\nb", "a.py", ((0, 1, 10, 11), (1, 2, 11, 13), (2, 3, 13, 14)))
    assert seen_of((escaped,)).written(0, 3) == (("a.py", 10, 14),)
    wide = TextSegment("abc", "a.py", ((0, 3, 10, 20),))
    assert seen_of((wide,)).written(0, 3) == (("a.py", 10, 20),)
    assert seen_of((wide,)).written(0, 2) is None


def test_what_is_written_nowhere_has_no_place() -> None:
    made = TextSegment("abc", "a.py", ((0, 1, 10, 11), (2, 3, 11, 12)))
    assert seen_of((made,)).written(0, 3) is None
    assert seen_of((made,)).written(2, 3) == (("a.py", 11, 12),)
    assert seen_of((text("a"), HOLED)).written(0, 2) is None


LITERALS = st.lists(
    st.sampled_from(["é", "\\n", " ", "x", "{y}", "{{", "\\\n", "\t", "\\x41", '" f"']), max_size=20
)


@given(LITERALS)
def test_every_single_character_stands_where_it_is_written(parts: list[str]) -> None:
    source = 'PROMPT = f"Review the change that is given: ' + "".join(parts) + '"\n'
    for measured in Files({"a.py": source}).prompts:
        seen = view(measured.prompt)
        for at, character in enumerate(seen.text):
            for path, start, end in seen.written(at, at + 1) or ():
                assert path == "a.py"
                assert end - start > 1 or source[start:end] == character


def test_the_files_of_these_tests_are_read() -> None:
    assert facts(Source("a.py", "x = 'some words of text'\n", "")).sites
    (measured,) = Files({"a.py": "PROMPT = 'Review the change that is given here'\n"}).prompts
    assert any(isinstance(one, TextSegment) for one in walk(measured.prompt.segments))


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ('a {"b": [1]} c [2]', ['{"b": [1]}', "[2]"]),
        ("[1] } [2]", ["[1]", "[2]"]),
        ('{"a": "}"}', ['{"a": "}"}']),
        ("{not json [1]}", ["[1]"]),
        (f'{{"a": {HOLE}, "b": "{HOLE}"}}', [f'{{"a": {HOLE}, "b": "{HOLE}"}}']),
        (f'{{"a": {EDGE}1{EDGE}}}', []),
    ],
)
def test_outermost_json_is_found(value: str, expected: list[str]) -> None:
    assert [value[start:end] for start, end in json_spans(value, 1)] == expected


def said(text: str) -> str:
    """A text without what it only shows."""
    return reduce(without, ordered(SHOWN_ONLY), text)


def test_deep_json_is_no_example() -> None:
    value = "[" * 10_000 + "]" * 10_000
    assert all(end - start <= 120 for start, end in json_spans(value, 1))


@pytest.mark.parametrize(
    "shown",
    [
        "```\nReturn only JSON.\n```",
        "<example>Return only JSON.</example>",
        "Example: Return only\nJSON.",
        "`Return only JSON.`",
        '"Return only JSON."',
        "https://return.only/json",
        '{"return": "only JSON"}',
    ],
)
def test_what_is_shown_is_hidden_and_what_is_said_is_not(shown: str) -> None:
    value = f"Before it.\n{shown}\n\nAfter it."
    hidden = said(value)
    assert len(hidden) == len(value)
    assert hidden.startswith("Before it.\n")
    assert hidden.endswith("\n\nAfter it.")
    assert "nly" not in hidden
    assert SHOWN in hidden


@given(st.text(alphabet='{}[]"\\`<>/examplE:Q\n ', max_size=200))
def test_hiding_keeps_lengths_and_lines(value: str) -> None:
    hidden = said(value)
    assert [len(line) for line in hidden.split("\n")] == [len(line) for line in value.split("\n")]
