"""Which prompt of HEAD is which of BASE."""

from __future__ import annotations

import pytest
from measured_trees import Text, alone, tree
from msgspec.structs import replace

from scrimp.compare import carry
from scrimp.compare.similarity import similar_pairs

LONG = "Read the report below and list every figure that differs from last year with its page and its unit"
OTHER = "Translate what the customer wrote into plain German and keep names as they are in the original"


def _carried(base: list[Text], head: list[Text]) -> dict[str, str]:
    sides = [
        [each.prompt for each in tree(*(alone(text) for text in texts)).prompts] for texts in (base, head)
    ]
    return carry(*sides)


def test_within_a_path_an_equal_text_is_the_same_prompt_whatever_it_is_called() -> None:
    base = [Text("a.py", "ONE", LONG), Text("a.py", "TWO", OTHER)]
    head = [Text("a.py", "ONE", OTHER), Text("a.py", "TWO", LONG)]

    assert _carried(base, head) == {"a.py::ONE": "a.py::TWO", "a.py::TWO": "a.py::ONE"}


def test_of_equal_texts_the_one_with_the_same_name_is_taken() -> None:
    base = [Text("a.py", "ONE", LONG)]
    head = [Text("a.py", "COPY", LONG), Text("a.py", "ONE", LONG)]

    assert _carried(base, head) == {"a.py::ONE": "a.py::ONE"}


def test_within_a_path_a_name_stays_with_its_prompt_when_all_words_change() -> None:
    assert _carried([Text("a.py", "ONE", LONG)], [Text("a.py", "ONE", OTHER)]) == {"a.py::ONE": "a.py::ONE"}


def test_a_prompt_that_was_renamed_and_edited_is_found_by_similarity() -> None:
    head = [Text("a.py", "NEW", LONG.replace("page", "chapter"))]

    assert _carried([Text("a.py", "OLD", LONG)], head) == {"a.py::NEW": "a.py::OLD"}


def test_across_paths_an_equal_text_moved() -> None:
    assert _carried([Text("a.py", "ONE", LONG)], [Text("b.py", "ONE", LONG)]) == {"b.py::ONE": "a.py::ONE"}


def test_of_texts_that_moved_those_of_the_same_name_belong_together() -> None:
    base = [Text("a.py", "ONE", LONG), Text("b.py", "TWO", LONG)]
    head = [Text("c.py", "TWO", LONG), Text("d.py", "ONE", LONG)]

    assert _carried(base, head) == {"c.py::TWO": "b.py::TWO", "d.py::ONE": "a.py::ONE"}


def test_across_paths_a_name_alone_says_nothing() -> None:
    assert _carried([Text("a.py", "PROMPT", LONG)], [Text("b.py", "PROMPT", OTHER)]) == {}


def test_across_paths_the_same_name_comes_before_the_closer_text() -> None:
    base = [Text("a.py", "ONE", LONG + " please"), Text("a.py", "TWO", LONG)]
    head = [Text("b.py", "ONE", LONG + " today if you can manage it")]

    assert _carried(base, head) == {"b.py::ONE": "a.py::ONE"}


def test_a_path_is_asked_before_the_tree() -> None:
    base = [Text("a.py", "ONE", LONG), Text("b.py", "ONE", OTHER)]
    head = [Text("a.py", "ONE", OTHER)]

    assert _carried(base, head) == {"a.py::ONE": "a.py::ONE"}


def test_prompts_without_fixed_text_are_paired_by_name_only() -> None:
    empty = Text("a.py", "ONE", "", (("all", None),))

    assert _carried([empty], [replace(empty, path="b.py", name="TWO")]) == {}
    assert _carried([empty], [replace(empty, variables=())]) == {"a.py::ONE": "a.py::ONE"}


@pytest.mark.parametrize(
    ("one", "other", "similar"),
    [
        (LONG, LONG.replace("page", "chapter"), True),
        (LONG, OTHER, False),
        (LONG, f"{LONG} {LONG.upper()} {OTHER}", False),
        ("要約してください。短く、正確に。", "要約してください。短く、丁寧に。", True),
        ("Be brief", "Be brief", True),
        ("Be brief", "Be kind", False),
        ("", "", False),
    ],
    ids=["one word", "unrelated", "tripled", "no blanks", "short and equal", "short and different", "empty"],
)
def test_an_edit_keeps_half_of_the_larger_text(one: str, other: str, similar: bool) -> None:
    assert bool(list(similar_pairs([one], [other]))) is similar


def test_boilerplate_proposes_nobody() -> None:
    frame = (
        "You are a careful assistant of our house and follow each of the rules that are given below in order"
    )
    base = [f"{frame} {LONG.replace('page', f'page{number}')}" for number in range(200)]

    found = list(similar_pairs(base, base))

    assert [(one, other) for _, one, other in found] == [(number, number) for number in range(200)]
