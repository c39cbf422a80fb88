"""``docs/formats.md``: each example is what the command prints, and fingerprints survive moves as it says."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from command_line import Project

from scrimp.reporters import FORMATS

PAGE = (Path(__file__).parents[2] / "docs" / "formats.md").read_text("utf-8")
SOURCE = next(re.finditer(r"```python\n(.*?)```", PAGE, re.DOTALL))[1]
SETTINGS = "prices: {gpt-4o: {input: 2.50, output: 10.00}}\ncalls_per_month: 1_000_000\n"
EXAMPLES = {
    match["name"]: match["text"]
    for match in re.finditer(
        r"^`scrimp check --format (?P<name>\w+)`:\n\n```\w*\n(?P<text>.*?)^```$",
        PAGE,
        re.DOTALL | re.MULTILINE,
    )
}
ROW = re.compile(r"^\| `(\w+)` \|[^|]*\| (✓|) ?\| (✓|) ?\| (✓|) ?\|", re.MULTILINE)


@pytest.fixture
def documented(project: Project) -> Project:
    """The project of the page."""
    return project.write("scrimp.yaml", SETTINGS).write("summary.py", SOURCE)


@pytest.mark.parametrize("name", EXAMPLES)
def test_each_example_is_what_is_printed(documented: Project, name: str) -> None:
    printed = documented.scrimp("check", "--format", name).out.replace("\r\n", "\n")

    for part in EXAMPLES[name].split("…\n"):
        assert part.removesuffix("\n") in printed


def test_the_table_names_every_format_with_its_commands() -> None:
    rows = {
        row[1]: {
            name for name, mark in zip(("audit", "check", "diff"), row.groups()[1:], strict=True) if mark
        }
        for row in ROW.finditer(PAGE)
    }

    assert rows == {name: set(commands) for name, commands in FORMATS.items()}
    assert set(FORMATS) - set(EXAMPLES) <= {"json", "markdown"}


@pytest.mark.parametrize("name", ["sarif", "gitlab", "json"])
def test_a_fingerprint_survives_when_code_moves(documented: Project, name: str) -> None:
    def fingerprints() -> set[str]:
        text = documented.scrimp("check", "--format", name).out
        return set(re.findall(r'"(?:fingerprint|primaryLocationLineHash)": "([0-9a-f:]+)"', text))

    before = fingerprints()
    documented.write("summary.py", f"import json\n\n\ndef other():\n    return json\n\n\n{SOURCE}")

    assert before == fingerprints() != set()


@pytest.mark.parametrize("name", ["github", "gitlab", "rdjson", "sarif"])
def test_platforms_get_paths_from_the_top_of_the_repository(project: Project, name: str) -> None:
    project.init().write("services/a b/scrimp.yaml", SETTINGS).write("services/a b/summary.py", SOURCE)

    printed = project.scrimp("audit", "services/a b", "--format", name).out

    paths = re.findall(r'(?:file=|"path": "|"uri": ")([^",]*summary.py)', printed)
    assert set(paths) == {"services/a%20b/summary.py" if name == "sarif" else "services/a b/summary.py"}


def test_elsewhere_paths_stay_those_of_the_scanned_folder(project: Project) -> None:
    project.init().write("inner/scrimp.yaml", SETTINGS).write("inner/summary.py", SOURCE)

    assert (
        project.scrimp("audit", "inner", "--format", "json").document["findings"][0]["path"] == "summary.py"
    )
