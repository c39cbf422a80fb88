"""A YAML list made longer: what is there stays to the byte, whatever style it is written in."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from ruamel.yaml import YAML

from scrimp.model.errors import UserError
from scrimp.starting.sequence import with_item

ITEM = ("- repo: x", "  hooks:", "    - id: y")
SAID = {"repo": "x", "hooks": [{"id": "y"}]}


def values(text: str) -> Any:
    return YAML(typ="safe", pure=True).load(text)


def grown(text: str) -> str:
    return with_item("f.yaml", text, "repos", ITEM)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        pytest.param("", "repos:\n  - repo: x\n    hooks:\n      - id: y\n", id="an empty file"),
        pytest.param("# c\n", "# c\nrepos:\n  - repo: x\n    hooks:\n      - id: y\n", id="only a comment"),
        pytest.param(
            "ci: {a: 1}",
            "ci: {a: 1}\nrepos:\n  - repo: x\n    hooks:\n      - id: y\n",
            id="no such key, no line end",
        ),
        pytest.param(
            "repos: []  # none\nci: 1\n",
            "repos:   # none\n  - repo: x\n    hooks:\n      - id: y\nci: 1\n",
            id="an empty list",
        ),
        pytest.param(
            "repos:\n- repo: a # c\nci: 1\n",
            "repos:\n- repo: a # c\n- repo: x\n  hooks:\n    - id: y\nci: 1\n",
            id="dashes below the key",
        ),
        pytest.param(
            "repos:\n-   repo: a\n\n-   repo: b\n",
            "repos:\n-   repo: a\n\n-   repo: b\n\n-   repo: x\n    hooks:\n      -   id: y\n",
            id="wide, with empty lines between",
        ),
        pytest.param(
            "repos:\n  - repo: a\n    # - repo: hidden\n\n# end\n",
            "repos:\n  - repo: a\n    # - repo: hidden\n  - repo: x\n    hooks:\n      - id: y\n\n# end\n",
            id="comments that belong to the last item",
        ),
        pytest.param(
            "repos:\r\n  - repo: a\r\nci: 1\r\n",
            "repos:\r\n  - repo: a\r\n  - repo: x\r\n    hooks:\r\n      - id: y\r\nci: 1\r\n",
            id="line ends of Windows",
        ),
        pytest.param(
            "repos:\n  - repo: a\n    hooks: [\n      b,  # c\n    ]\n",
            "repos:\n  - repo: a\n    hooks: [\n      b,  # c\n    ]\n  - repo: x\n    hooks:\n      - id: y\n",
            id="a list in brackets at the end",
        ),
        pytest.param(
            "repos:\n  - entry: |\n      run\n\n\nci: 1\n",
            "repos:\n  - entry: |\n      run\n  - repo: x\n    hooks:\n      - id: y\n\n\nci: 1\n",
            id="a text of several lines at the end",
        ),
    ],
)
def test_the_item_is_written_as_the_list_is(before: str, after: str) -> None:
    assert grown(before) == after


@pytest.mark.parametrize(
    ("text", "place", "what"),
    [
        ("repos: [{repo: a}]\n", "f.yaml:1:8:", "one item a line"),
        ("ci: 1\nrepos: {a: 1}\n", "f.yaml:2:8:", "one item a line"),
        ("repos: none\n", "f.yaml:1:8:", "one item a line"),
        ("- a\n", "f.yaml:1:1:", "no key repos"),
        ("repos: [\n", "f.yaml:", "not valid YAML"),
        ("a: 1\na: 2\n", "f.yaml:2:1:", "here twice"),
    ],
)
def test_what_can_not_be_added_to_is_an_error_with_its_place(text: str, place: str, what: str) -> None:
    with pytest.raises(UserError) as caught:
        grown(text)

    assert caught.value.message.startswith(place)
    assert what in caught.value.message


words = st.sampled_from(
    ["a", "'a: b'", '"#x"', "1", "[a, b]", "{a: b}", "|\n{pad}  text\n{pad}  more", ">-\n{pad}  folded"]
)
comments = st.sampled_from(["", "", "  # why", "\n", "\n{pad}# deeper", "\n# at the margin", "\n\n"])
items = st.lists(st.lists(st.tuples(words, comments), min_size=1, max_size=3), min_size=1, max_size=3)
around = st.sampled_from(["", "# head\n", "---\n", "ci:\n  skip: [a]\n", "other: |\n  text\n\n"])


@given(
    items,
    around,
    around,
    st.sampled_from([0, 2, 4]),
    st.sampled_from([1, 3]),
    st.sampled_from(["\n", "\r\n"]),
)
def test_all_that_is_there_stays(
    written: list[list[tuple[str, str]]], head: str, tail: str, column: int, gap: int, newline: str
) -> None:
    lines = []
    for item in written:
        for number, (word, comment) in enumerate(item):
            pad = " " * (column + 1 + gap)
            start = " " * column + "-" + " " * gap if number == 0 else pad
            follows = "\n" in word and comment.startswith("  #")  # which would be text
            lines.append(f"{start}k{number}: {word}{'' if follows else comment}".replace("{pad}", pad))
    text = (
        head
        + "repos:\n"
        + "\n".join(lines)
        + "\n"
        + tail.replace("---\n", "").replace("ci", "ci2").replace("other", "o2")
    )
    text = text.replace("\n", newline)

    after = grown(text)

    more = len(after) - len(text)
    assert any(text == after[:cut] + after[cut + more :] for cut in range(len(text) + 1))
    assert values(after) == {**values(text), "repos": [*values(text)["repos"], SAID]}
