"""Repositories that would have scrimp read, show or overwrite what lies outside of them, or wait for ever."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest
from command_line import EIGHT, PRICED, Project, call

SECRET = "the quick secret of the house that nobody may see"


@pytest.fixture
def secret(committed: Project) -> Path:
    """A file beside the repository."""
    file = committed.root.parent / "secret.md"
    file.write_text(f"You are an assistant. {SECRET}: {SECRET}\n")
    return file


def shown(project: Project, *arguments: str) -> str:
    outcome = project.scrimp(*arguments)
    return outcome.out + outcome.err


def tokens(project: Project) -> int:
    outcome = project.scrimp("audit", "--format", "json")
    total = json.loads(outcome.out)["totals"]["static_tokens"]
    assert isinstance(total, int)
    return total


class TestReading:
    @pytest.mark.parametrize(
        ("path", "content"),
        [
            pytest.param("prompts/a.j2", "You are {{% include '{up}' %}} a judge of words\n", id="include"),
            pytest.param("prompts/b.j2", "{{% extends '{absolute}' %}}\n", id="extends"),
            pytest.param("AGENTS.md", "Follow @{up} and @{absolute} closely, always\n", id="import"),
            pytest.param(
                "load.py",
                "from pathlib import Path\nSYSTEM_PROMPT = Path('{absolute}').read_text()\n"
                "USER_PROMPT = open('{up}').read()\n",
                id="file",
            ),
            pytest.param(
                "promptfooconfig.yaml", "prompts:\n  - file://{absolute}\n  - file://{up}\n", id="address"
            ),
            pytest.param("shown.md", "---\nname: a\n---\n![look]({absolute}) ![at]({up})\n", id="picture"),
        ],
    )
    def test_a_name_that_leads_out_of_the_repository(
        self, committed: Project, secret: Path, path: str, content: str
    ) -> None:
        up = "../" * path.count("/") + "../secret.md"
        committed.write(path, content.format(up=up, absolute=secret))
        with_secret = tokens(committed)
        said = shown(committed, "audit", "--verbose") + shown(committed, "check", "--verbose")
        secret.write_text("nothing\n")

        assert "house" not in said
        assert tokens(committed) == with_secret

    @pytest.mark.parametrize("target", ["secret.md", "."])
    def test_a_link_that_leads_out_of_the_repository(
        self, committed: Project, secret: Path, target: str
    ) -> None:
        (committed.root / "prompts").mkdir()
        (committed.root / "prompts/linked.md").symlink_to(secret.parent / target)

        assert "house" not in shown(committed, "audit", "--verbose", "--show", "unresolved")
        assert tokens(committed) == 12

    @pytest.mark.parametrize(
        "key", ["usage", "owners", "baseline", "calibration", "packs", "formats", "sdks"]
    )
    @pytest.mark.parametrize("absolute", [True, False])
    def test_a_configuration_that_names_a_file_elsewhere(
        self, committed: Project, secret: Path, key: str, absolute: bool
    ) -> None:
        named = str(secret) if absolute else "../secret.md"
        value = f"[{named}]" if key in {"packs", "formats", "sdks"} else named
        committed.write("scrimp.yaml", f"{key}: {value}\n{PRICED}")

        assert "house" not in shown(committed, "audit", "--verbose")
        assert "house" not in shown(committed, "diff", "main", "--policy", "base")

    def test_a_pipe_is_not_waited_for(self, project: Project) -> None:
        project.write("app.py", call()).write("scrimp.yaml", PRICED)
        os.mkfifo(project.root / "AGENTS.md")
        os.mkfifo(project.root / "CODEOWNERS")
        (project.root / "prompts").mkdir()
        (project.root / "prompts/endless.md").symlink_to("/dev/zero")

        document = project.report("audit")

        assert {each["path"] for each in document["prompts"]} == {"app.py"}
        assert {each["code"] for each in document["skipped"]} == {"special", "link"}

    def test_links_in_a_circle_end(self, project: Project) -> None:
        project.write("app.py", call()).write("scrimp.yaml", PRICED)
        (project.root / "inner").mkdir()
        (project.root / "inner/outer").symlink_to("..")
        (project.root / "a.md").symlink_to("b.md")
        (project.root / "b.md").symlink_to("a.md")

        assert len(project.report("audit")["prompts"]) == 2


class TestWriting:
    @pytest.mark.parametrize("absolute", [True, False])
    def test_a_baseline_elsewhere(self, committed: Project, secret: Path, absolute: bool) -> None:
        named = str(secret) if absolute else "../secret.md"
        committed.write("scrimp.yaml", f"baseline: {named}\n{PRICED}")

        outcome = committed.scrimp("baseline")

        assert outcome.code == 2
        assert SECRET in secret.read_text()

    @pytest.mark.parametrize("absolute", [True, False])
    def test_a_usage_file_elsewhere(self, committed: Project, secret: Path, absolute: bool) -> None:
        named = str(secret) if absolute else "../secret.md"
        committed.write("scrimp.yaml", f"usage: {named}\n{PRICED}")

        assert committed.scrimp("usage", "sync").code == 2
        assert SECRET in secret.read_text()

    @pytest.mark.parametrize(
        ("link", "arguments"),
        [
            ("scrimp-prices.lock.json", ["prices", "--lock"]),
            ("scrimp-usage.yaml", ["usage", "sync"]),
            (".scrimp/baseline.json", ["baseline"]),
        ],
    )
    def test_through_a_link(self, committed: Project, secret: Path, link: str, arguments: list[str]) -> None:
        (committed.root / link).parent.mkdir(exist_ok=True)
        (committed.root / link).symlink_to(secret)

        assert committed.scrimp(*arguments).code == 2
        assert SECRET in secret.read_text()

    def test_into_a_folder_that_is_a_link(self, committed: Project, secret: Path) -> None:
        (committed.root / ".scrimp").symlink_to(secret.parent)

        assert committed.scrimp("baseline").code == 2
        assert not (secret.parent / "baseline.json").exists()

    def test_a_fix_through_a_link(self, committed: Project) -> None:
        outside = committed.root.parent / "outside.md"
        outside.write_text(f"{EIGHT}.   \n\n\n\n\n{EIGHT}!   \n")
        before = outside.read_text()
        (committed.root / "prompts").mkdir()
        (committed.root / "prompts/linked.md").symlink_to(outside)

        committed.scrimp("check", "--fix", "--unsafe-fixes")
        committed.scrimp("check", "--fix", "--unsafe-fixes", "prompts/linked.md")

        assert outside.read_text() == before
