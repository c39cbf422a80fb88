"""``scrimp calibrate`` against a server that counts as the documentation says."""

from __future__ import annotations

import json
from collections.abc import Iterator

import pytest
from command_line import Project, call
from counting_server import Counting, counting_server

TEXTS = [
    f"You are assistant number {n} of a library. Answer questions about its books briefly, and say what you are "
    f"unsure of; name shelf {n} where a book is missing."
    for n in range(4)
]
KEY = "key-very-secret"


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Iterator[Counting]:
    with counting_server() as counting:
        monkeypatch.setenv("ANTHROPIC_BASE_URL", counting.url)
        monkeypatch.setenv("ANTHROPIC_API_KEY", KEY)
        yield counting


@pytest.fixture
def library(project: Project) -> Project:
    for number, text in enumerate(TEXTS):
        source = call(text, model="claude-sonnet-5").replace("OpenAI", "Client")
        project.write(
            f"books{number}.py",
            source.replace("from openai import Client", "from openai import OpenAI as Client"),
        )
    return project


def test_prompts_are_measured_and_counted_so_from_then_on(library: Project, server: Counting) -> None:
    outcome = library.scrimp("calibrate")
    assert outcome.code == 0, outcome.err
    assert "claude-from-4.7 prose: " in outcome.out
    assert {asked.text for asked in server.asked} == {"a", *TEXTS}
    assert all(asked.body["model"] == "claude-sonnet-5" for asked in server.asked)
    assert KEY not in outcome.out + outcome.err
    assert KEY not in (library.root / ".scrimp/calibration.yaml").read_text()

    audit = library.scrimp("audit", "--format", "json").document
    (prompt,) = [
        each for each in audit["prompts"] if each["path"] == "books0.py" and each["role"] == "system"
    ]
    words = len(TEXTS[0].split())
    assert prompt["tokens"]["grade"] == "calibrated"
    assert prompt["tokens"]["typical"] == pytest.approx(2 * words, abs=2)

    before = (library.root / ".scrimp/calibration.yaml").read_text()
    assert library.scrimp("calibrate").code == 0
    assert (library.root / ".scrimp/calibration.yaml").read_text() == before


def test_a_dry_run_says_what_would_be_sent_and_sends_nothing(
    library: Project, server: Counting, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("ANTHROPIC_API_KEY")
    outcome = library.scrimp("calibrate", "--dry-run")
    assert outcome.code == 0, outcome.err
    assert outcome.out.startswith(
        f"claude-sonnet-5: 4 texts, {sum(map(len, TEXTS))} characters to {server.url}/v1/"
    )
    assert "You are assistant number 3 of a library." in outcome.out
    assert server.asked == []
    assert not (library.root / ".scrimp").exists()


def test_limits_are_kept(library: Project, server: Counting) -> None:
    assert library.scrimp("calibrate", "--most-texts", "3").code == 0
    assert len(server.asked) == 4


def test_a_missing_key_is_an_error_before_anything_is_sent(
    library: Project, server: Counting, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("ANTHROPIC_API_KEY")
    outcome = library.scrimp("calibrate")
    assert outcome.code == 2
    assert "set ANTHROPIC_API_KEY in the environment" in outcome.err
    assert server.asked == []


def test_a_failure_leaves_what_was_measured_before(library: Project, server: Counting) -> None:
    assert library.scrimp("calibrate").code == 0
    before = (library.root / ".scrimp/calibration.yaml").read_text()
    server.failures = [(401, {}, KEY.encode())]
    outcome = library.scrimp("calibrate")
    assert outcome.code == 2
    assert KEY not in outcome.out + outcome.err
    assert (library.root / ".scrimp/calibration.yaml").read_text() == before


def test_exact_models_need_no_measuring(project: Project, server: Counting) -> None:
    project.write("app.py", call(TEXTS[0]))
    assert project.scrimp("calibrate").out.startswith("Nothing to measure")
    outcome = project.scrimp("calibrate", "--model", "gpt-4o")
    assert (outcome.code, server.asked) == (2, [])
    assert "gpt-4o is counted exactly" in outcome.err


def test_a_model_that_nobody_counts_for_is_an_error(project: Project) -> None:
    outcome = project.scrimp("calibrate", "--model", "llama3:8b")
    assert outcome.code == 2
    assert "nobody can be asked how llama3:8b counts" in outcome.err


def test_the_file_stays_in_the_tree(library: Project, server: Counting) -> None:
    library.write("scrimp.yaml", "calibration: mine.yaml\n").write(
        "mine.yaml", "schema: scrimp-calibration/1\nfamilies: {}\n"
    )
    assert library.scrimp("calibrate").code == 0
    assert json.dumps("claude-sonnet-5") in (library.root / "mine.yaml").read_text()
    outside = library.root.parent / "outside.yaml"
    outside.write_text("schema: scrimp-calibration/1\nfamilies: {}\n")
    library.write("scrimp.yaml", "calibration: ../outside.yaml\n")
    outcome = library.scrimp("calibrate")
    assert outcome.code == 2
    assert "outside.yaml" in outcome.err
