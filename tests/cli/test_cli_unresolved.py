"""The coverage line, and ``audit --show unresolved``."""

from __future__ import annotations

import pytest
from command_line import Project, call

REMOTE = 'from langchain import hub\nprompt = hub.pull("rlm/rag-prompt")\n'
OPEN = "from openai import OpenAI\n\ndef ask(turns):\n    return OpenAI().responses.create(input=turns)\n"


@pytest.fixture
def half_seen(project: Project) -> Project:
    """A call with text, one without, a prompt kept elsewhere, and two references that lead nowhere."""
    project.write("app.py", call()).write("open.py", OPEN).write("remote.py", REMOTE)
    project.write("CLAUDE.md", "See @docs/gone.md for more.")
    project.write("flow.dag.yaml", "nodes:\n- type: llm\n  source: {path: gone.jinja2}\n")
    project.write("notes.bin", "nothing of ours")
    (project.root / "link.py").symlink_to("app.py")
    return project


def test_coverage_counts_what_was_and_what_was_not_seen(half_seen: Project) -> None:
    assert half_seen.report("audit")["coverage"] == {
        "files_seen": 7,
        "files_scanned": 5,
        "files_skipped": 1,
        "requests": 2,
        "requests_with_text": 1,
        "models_known": 1,
        "models_undecided": 0,
        "references_unresolved": 4,
        "prompts_remote": 1,
        "files_passed_over": 1,
        "requests_partial": 0,
    }
    page = half_seen.scrimp("audit").out
    assert "Coverage: 5 of 7 files read, 1 passed over, 1 skipped;\n" in page
    assert "  of 2 calls in code the text is known for 1, the model for 1;\n" in page
    assert "  4 unresolved: 1 import, 1 reference, 1 call, 1 remote prompt\n" in page


def test_each_is_listed_with_its_place_and_reason(half_seen: Project) -> None:
    lines = half_seen.scrimp("audit", "--show", "unresolved").out.splitlines()
    first = lines.index("Unresolved: 4")

    assert lines[first + 1 : first + 5] == [
        "CLAUDE.md:1:5 @docs/gone.md: the tree has no such text",
        "flow.dag.yaml:3:18 gone.jinja2: the tree has no such text",
        "open.py:4:12 openai.responses.create: its messages come from outside: turns",
        "remote.py:2:10 langchain-hub.pull rlm/rag-prompt: the prompt is kept outside of the repository",
    ]
    assert "Unresolved" not in half_seen.scrimp("audit").out


def test_json_lists_them_whether_asked_or_not(half_seen: Project) -> None:
    listed = half_seen.report("audit")["unresolved"]

    assert [(each["kind"], each["path"], each["line"], each["column"]) for each in listed] == [
        ("import", "CLAUDE.md", 1, 5),
        ("reference", "flow.dag.yaml", 3, 18),
        ("call", "open.py", 4, 12),
        ("remote", "remote.py", 2, 10),
    ]
    assert half_seen.report("audit", "--show", "unresolved")["unresolved"] == listed


def test_a_saved_audit_keeps_them(half_seen: Project) -> None:
    half_seen.scrimp("audit", "--format", "json", "--output", "saved.json")
    report = half_seen.report("diff", "saved.json", "saved.json")

    assert report["unresolved"] == half_seen.report("audit")["unresolved"]
    assert report["coverage"]["prompts_remote"] == 1


def test_nothing_else_can_be_shown(project: Project) -> None:
    outcome = project.scrimp("audit", "--show", "everything")

    assert outcome.code == 2
    assert "unresolved" in outcome.err


def test_a_file_that_was_read_in_part_is_read_and_a_call_may_be_known_in_part(project: Project) -> None:
    broken = 'A = "You are a helper who says little.\n'
    part = (
        call()
        .replace("(question):", "(question, turns):")
        .replace("        ],", "            *turns,\n        ],")
    )
    covered = project.write("broken.py", broken).write("app.py", part).report("audit", code=3)["coverage"]

    assert (covered["files_seen"], covered["files_scanned"], covered["files_skipped"]) == (2, 2, 0)
    assert (covered["requests"], covered["requests_with_text"]) == (1, 1)
    assert covered["requests_partial"] == 1
