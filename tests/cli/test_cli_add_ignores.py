"""``check --add-ignores``: comments written into the right places of files in every host language."""

from __future__ import annotations

import json
from typing import Any

import pytest
from command_line import Project
from suppression_examples import BLANKS, EXAMPLES, REASON, Example

CLIENT = "import openai\nclient = openai.OpenAI()\n"
PLAIN = f'PROMPT = """{BLANKS}"""\n'


@pytest.fixture
def tree(project: Project) -> Project:
    project.init().write("client.py", CLIENT).write("scrimp.yaml", "select: [FMT002, SUP]\n").commit()
    return project


def hidden(document: Any) -> list[tuple[str, str, str]]:
    return [
        (each["rule"], each["suppressed"]["by"], each["suppressed"]["reason"])
        for each in document["findings"]
        if each["suppressed"] is not None
    ]


def texts(document: Any) -> list[tuple[str, str]]:
    return [(each["id"], each["text_sha256"]) for each in document["prompts"]]


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: f"{example.path}-{example.row[:12]!r}")
def test_a_comment_is_written_that_hides_what_was_found(tree: Project, example: Example) -> None:
    before = tree.write(example.path, example.text(BLANKS, "prompt as it was measured")).report(
        "check", code=1
    )
    outcome = tree.scrimp("check", "--add-ignores", "--reason", REASON)
    after = tree.report("check")

    assert (outcome.code, outcome.err) == (0, "Hid 1 finding by comments in 1 file.\n")
    assert hidden(after) == [("FMT002", "comment", REASON)]
    assert len(after["findings"]) == 1
    assert texts(after) == texts(before)
    assert f"scrimp: ignore[FMT002] {REASON}" in tree.text(example.path) or (
        f"scrimp: ignore-file[FMT002] {REASON}" in tree.text(example.path)
    )


@pytest.mark.parametrize(
    ("path", "text", "reason"),
    [
        ("prompts/a.json", json.dumps({"system": BLANKS}), "JSON has no comments"),
        ("prompts/a.md", f"{BLANKS}\n", "a comment here would be sent to the model"),
        ("AGENTS.md", f"{BLANKS}\n", "a comment here would be sent to the model"),
        ("prompts/a.txt", f"{BLANKS}\n", "a comment here would be sent to the model"),
    ],
)
def test_where_no_comment_can_stand_nothing_is_written(
    tree: Project, path: str, text: str, reason: str
) -> None:
    tree.write(path, text)
    outcome = tree.scrimp("check", "--add-ignores")

    assert outcome.code == 1
    assert f" FMT002 not hidden: {reason}: except it under per_path in the configuration" in outcome.err
    assert tree.text(path) == text


@pytest.mark.parametrize(
    ("text", "after"),
    [
        (PLAIN, PLAIN[:-1] + "  # scrimp: ignore[FMT002]\n"),
        (PLAIN.replace("\n", "\r\n"), PLAIN.replace("\n", "\r\n")[:-2] + "  # scrimp: ignore[FMT002]\r\n"),
        (PLAIN[:-1], PLAIN[:-1] + "  # scrimp: ignore[FMT002]"),
        (f"{PLAIN[:-1]}  # noqa: E501\n", f"{PLAIN[:-1]}  # noqa: E501  # scrimp: ignore[FMT002]\n"),
        (
            f'PROMPTS = f(\n    """{BLANKS}""" \\\n    "more"\n)\n',
            f'PROMPTS = f(\n    """{BLANKS}""" \\\n    "more"  # scrimp: ignore[FMT002]\n)\n',
        ),
    ],
)
def test_it_stands_behind_the_text(tree: Project, text: str, after: str) -> None:
    tree.write("a.py", text)

    assert tree.scrimp("check", "--add-ignores").code == 0
    assert tree.text("a.py") == after


def test_rules_that_find_the_same_text_share_a_comment(tree: Project) -> None:
    lines = "".join(f"    {line}\n" for line in BLANKS.split("\n"))
    tree.write("scrimp.yaml", "select: [FMT001, FMT002, SUP]\n")
    tree.write("a.py", f'PROMPT = """Review with care and with patience.\n{lines}    """\n')

    assert tree.scrimp("check", "--add-ignores", "--reason", "frozen until 9999-12-31").code == 0
    assert '"""  # scrimp: ignore[FMT001, FMT002] frozen until 9999-12-31\n' in tree.text("a.py")
    assert [each["suppressed"]["until"] for each in tree.report("check")["findings"]] == ["9999-12-31"] * 2


def test_a_second_run_writes_nothing(tree: Project) -> None:
    tree.write("a.py", PLAIN).scrimp("check", "--add-ignores")
    once = tree.text("a.py")
    outcome = tree.scrimp("check", "--add-ignores")

    assert (outcome.code, outcome.err, tree.text("a.py")) == (0, "", once)


def test_what_is_hidden_already_and_what_is_said_of_comments_gets_none(tree: Project) -> None:
    text = f"{PLAIN[:-1]}  # scrimp: ignore[FMT002]\nX = 1  # scrimp: ignore[FMT002]\n"
    tree.write("a.py", text).scrimp("check", "--add-ignores")

    assert tree.text("a.py") == text


def test_a_diff_shows_what_would_be_written(tree: Project) -> None:
    outcome = tree.write("a.py", PLAIN).scrimp("check", "--add-ignores", "--diff")

    assert '+Be brief about it, and kind."""  # scrimp: ignore[FMT002]' in outcome.out
    assert outcome.err == "Would hide 1 finding by comments in 1 file.\n"
    assert tree.text("a.py") == PLAIN


def test_standard_input_comes_back_with_its_comments(tree: Project) -> None:
    outcome = tree.scrimp("check", "-", "--stdin-filename", "a.py", "--add-ignores", stdin=PLAIN.encode())

    assert outcome.out == PLAIN[:-1] + "  # scrimp: ignore[FMT002]\n"


def test_what_can_not_be_written_stays_as_it_was(tree: Project) -> None:
    tree.write("a.py", PLAIN)
    (tree.root / "b.py").hardlink_to(tree.root / "a.py")
    outcome = tree.scrimp("check", "a.py", "--add-ignores")

    assert outcome.code == 1
    assert "not hidden: it has several hard links" in outcome.err
    assert tree.text("a.py") == PLAIN


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--add-ignores", "--fix"], "--add-ignores and --fix at once"),
        (["--reason", "x"], "--reason without --add-ignores"),
        (["--add-ignores", "--reason", "a */ b"], "*/ would end or open a comment"),
        (["--add-ignores", "--reason", "a\nb"], "it must be one line"),
        (["--add-ignores", "--reason", "a # b"], "# or // would begin another comment"),
        (["--add-ignores", "--reason", "until 1.3.2027"], "1.3.2027 is no day"),
    ],
)
def test_contradictions_are_usage_errors(tree: Project, arguments: list[str], message: str) -> None:
    outcome = tree.write("a.py", PLAIN).scrimp("check", *arguments)

    assert (outcome.code, tree.text("a.py")) == (2, PLAIN)
    assert message in outcome.err
