"""What changes save: counting only what is near them gives what counting the whole text gives."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import pytest
from checks.written import Files
from hypothesis import given, settings
from hypothesis import strategies as st

from scrimp.checks import TreeContext
from scrimp.checks.savings import made, saving
from scrimp.model.savings import Change
from scrimp.tokens.counting import count

BITS = st.sampled_from(
    [
        "word",
        "B",
        "\n",
        "\n\n",
        " ",
        "  ",
        "\t",
        "/",
        "-",
        "12",
        "é",
        "日本",
        "'s",
        "don't",
        ".",
        "…",
        "🙂",
        "=",
        "\xa0",
    ]
)
TEXTS = st.lists(BITS, min_size=1, max_size=40).map("".join)


@st.composite
def changed(draw: st.DrawFn) -> tuple[str, tuple[Change, ...]]:
    text = "Answer the question in two sentences." + draw(TEXTS) + " end"
    cuts = sorted(draw(st.sets(st.integers(0, len(text)), max_size=8)))
    pairs = zip(cuts[::2], cuts[1::2], strict=False)
    new = st.sampled_from(["", "x", "\n", " ", "Xy z"])
    return text, tuple(Change(start, end, draw(new)) for start, end in pairs)


def pieces(text: str, changes: Sequence[Change]) -> Iterator[str]:
    at = 0
    for change in changes:
        yield text[at : change.start] + change.text
        at = change.end
    yield text[at:]


def tree_of(text: str) -> TreeContext:
    return Files({"prompts/a.txt": text}).tree


@given(changed())
@settings(max_examples=80, deadline=None)
def test_what_changes_save_is_what_counting_the_whole_text_shows(
    case: tuple[str, tuple[Change, ...]],
) -> None:
    text, changes = case
    tree = tree_of(text)
    context = tree.of(tree.measured.prompts[0])
    assert context.view.text == text
    whole = count(text, "o200k_base") - count("".join(pieces(text, changes)), "o200k_base")
    assert saving(changes, context).tokens == whole


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Answer briefly.    \n{% if a %}Say it all.    \n{% else %}Say.    \n{% endif %}", (2, 2)),
        ("Answer briefly.    \n{{ question }}\nSay it all.    \nEnd.", (2, 1)),
    ],
)
def test_one_alternative_counts_and_what_stands_before_the_first_variable_is_told(
    text: str, expected: tuple[int, int]
) -> None:
    tree = Files({"prompts/a.j2": text}).tree
    context = tree.of(tree.measured.prompts[0])
    view = context.view.text
    starts = [at for at in range(len(view)) if view.startswith("    \n", at)]
    result = saving([Change(at, at + 4) for at in starts], context)
    assert (result.tokens, result.prefix) == expected


def test_a_replacement_over_two_literals_is_written_in_the_first() -> None:
    code = 'PROMPT = ("Read the report in order "\n          "to answer the question in two sentences.")\n'
    tree = Files({"a.py": code}).tree
    context = tree.of(tree.measured.prompts[0])
    at = context.view.text.index("in order to")
    edits = made([Change(at, at + len("in order to"), "to")], context)
    assert [(code[one.start : one.end], one.text) for one in edits] == [("in order ", "to"), ("to", "")]
