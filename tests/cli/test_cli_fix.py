"""``check --fix`` on disk: what is kept, what is refused, and what is left when it is interrupted."""

from __future__ import annotations

import os
import signal
import stat
from pathlib import Path

import pytest
from command_line import PRICED, Project, call

WASTE = 'PROMPT = """Review the change.   \nName each problem once. \t \t\nBe brief."""\n'
CLEAN = 'PROMPT = """Review the change.\nName each problem once.\nBe brief."""\n'


@pytest.fixture
def wasteful(project: Project) -> Project:
    """A call, and a prompt with two lines that end in blanks."""
    return project.init().write("app.py", call()).write("scrimp.yaml", PRICED).write("waste.py", WASTE)


def names(folder: Path) -> set[str]:
    return {path.name for path in folder.iterdir()}


class TestASecondRun:
    def test_changes_nothing(self, wasteful: Project) -> None:
        assert wasteful.scrimp("check", "--fix").err.startswith("Fixed 1 finding in 1 file: 3 tokens a call")
        assert wasteful.text("waste.py") == CLEAN
        before = (wasteful.root / "waste.py").stat()

        assert wasteful.scrimp("check", "--fix").err == ""
        assert (wasteful.root / "waste.py").stat().st_mtime_ns == before.st_mtime_ns

    def test_has_nothing_to_do_that_the_diff_of_the_first_did_not_show(self, wasteful: Project) -> None:
        shown = wasteful.scrimp("check", "--diff")

        assert shown.err.startswith("Would fix 1 finding in 1 file: 3 tokens a call")
        assert [line for line in shown.out.splitlines() if line.startswith("+") and "+++" not in line] == [
            '+PROMPT = """Review the change.',
            "+Name each problem once.",
        ]
        assert wasteful.text("waste.py") == WASTE


class TestBytes:
    @pytest.mark.parametrize("end", ["\n", "\r\n"], ids=["lf", "crlf"])
    @pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "latin-1"])
    def test_around_the_fix_are_kept(self, wasteful: Project, encoding: str, end: str) -> None:
        first = "# coding: latin-1" if encoding == "latin-1" else "#"
        text, fixed = (f"{first}\n# caf\xe9\n{each}x = '\xe9  '  \n" for each in (WASTE, CLEAN))
        wasteful.write("waste.py", text.replace("\n", end).encode(encoding))

        wasteful.scrimp("check", "--fix")

        assert (wasteful.root / "waste.py").read_bytes() == fixed.replace("\n", end).encode(encoding)

    @pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be", "utf-32-le"])
    def test_of_wide_characters_are_kept(self, wasteful: Project, encoding: str) -> None:
        text = "\ufeffReview the caf\xe9.   \r\nName each \U0001f642 once. \t \t\nBe brief.\r\n"
        wasteful.write("prompts/review.md", text.encode(encoding))

        wasteful.scrimp("check", "--fix")

        expected = text.replace("   \r", "\r").replace(" \t \t\n", "\n")
        assert (wasteful.root / "prompts/review.md").read_bytes() == expected.encode(encoding)

    def test_of_mixed_line_ends_are_kept(self, wasteful: Project) -> None:
        text = "a = 1\r" + WASTE.replace(" \t \t\n", " \t \t\r\n") + "b = 2\r\nc = '  '\n"
        wasteful.write("waste.py", text.encode())

        wasteful.scrimp("check", "--fix")

        expected = text.replace("   \n", "\n").replace(" \t \t\r\n", "\r\n")
        assert (wasteful.root / "waste.py").read_bytes() == expected.encode()


class TestAFile:
    @pytest.mark.parametrize("mode", [0o600, 0o644, 0o755, 0o4750], ids=oct)
    def test_keeps_its_mode(self, wasteful: Project, mode: int) -> None:
        (wasteful.root / "waste.py").chmod(mode)

        wasteful.scrimp("check", "--fix")

        assert wasteful.text("waste.py") == CLEAN
        assert stat.S_IMODE((wasteful.root / "waste.py").stat().st_mode) == mode

    def test_keeps_the_links_that_lead_to_it(self, wasteful: Project) -> None:
        (wasteful.root / "link.py").symlink_to("waste.py")

        wasteful.scrimp("check", "--fix")

        assert (wasteful.root / "link.py").is_symlink()
        assert wasteful.text("link.py") == CLEAN

    def test_that_has_another_name_is_left_alone_and_costs_no_other(self, wasteful: Project) -> None:
        wasteful.write("other.py", WASTE)
        (wasteful.root / "twin").hardlink_to(wasteful.root / "waste.py")

        outcome = wasteful.scrimp("check", "--fix")

        assert outcome.code == 1
        assert "FMT002 not fixed: it has several hard links" in outcome.err
        assert "Fixed 1 finding in 1 file" in outcome.err
        assert wasteful.text("other.py") == CLEAN
        assert (wasteful.root / "twin").samefile(wasteful.root / "waste.py")
        assert wasteful.text("twin") == WASTE

    def test_that_changes_while_it_is_fixed_is_left_alone(
        self, wasteful: Project, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        forced = os.fsync

        def quicker(handle: int) -> None:
            forced(handle)
            wasteful.write("waste.py", WASTE + "# somebody was quicker\n")

        monkeypatch.setattr(os, "fsync", quicker)
        outcome = wasteful.scrimp("check", "--fix")

        assert outcome.code == 1
        assert "FMT002 not fixed: it has changed since it was scanned; run again" in outcome.err
        assert wasteful.text("waste.py") == WASTE + "# somebody was quicker\n"
        assert names(wasteful.root) == {".git", "app.py", "scrimp.yaml", "waste.py"}


FULL = """
import resource, signal
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (40, 40))
"""
KILLED = """
import os, signal
os.fsync = lambda handle: os.kill(os.getpid(), signal.SIGKILL)
"""
KILLED_BETWEEN = """
import os, signal
from pathlib import Path
moved, replace = [], Path.replace
def once(path, target):
    if Path(target).suffix == ".py":  # not what a cache writes
        if moved:
            os.kill(os.getpid(), signal.SIGKILL)
        moved.append(target)
    return replace(path, target)
Path.replace = once
"""


class TestTrouble:
    def test_with_a_full_disk_leaves_the_file_as_it_was(self, wasteful: Project) -> None:
        outcome = wasteful.shell("check", "--fix", "--jobs", "1", python=FULL)

        assert outcome.code == 1
        assert "FMT002 not fixed: it can't be written: File too large" in outcome.err
        assert wasteful.text("waste.py") == WASTE
        assert names(wasteful.root) == {".git", "app.py", "scrimp.yaml", "waste.py"}

    def test_in_the_midst_of_writing_leaves_the_file_as_it_was(self, wasteful: Project) -> None:
        assert wasteful.shell("check", "--fix", python=KILLED).code == -signal.SIGKILL
        assert wasteful.text("waste.py") == WASTE

        assert wasteful.scrimp("check", "--fix").code == 0
        assert wasteful.text("waste.py") == CLEAN

    def test_between_two_files_leaves_each_as_it_was_or_fixed(self, wasteful: Project) -> None:
        wasteful.write("other.py", WASTE)

        assert wasteful.shell("check", "--fix", python=KILLED_BETWEEN).code == -signal.SIGKILL
        assert {wasteful.text("other.py"), wasteful.text("waste.py")} == {WASTE, CLEAN}


class TestSeveralFiles:
    """A prompt whose text stands in several files is fixed where its waste was written."""

    def test_an_imported_constant_is_fixed_in_its_file(self, project: Project) -> None:
        project.write("scrimp.yaml", PRICED).write("texts.py", 'TAIL = "Be brief.\\t \\t \\t\\nBe kind."\n')
        app = "from texts import TAIL\n" + call().replace('eight"""', 'eight """ + TAIL')
        project.write("app.py", app)

        outcome = project.scrimp("check", "--fix", "app.py", "texts.py")

        assert outcome.err.startswith("Fixed 1 finding in 1 file: 3 tokens a call")
        assert project.text("texts.py") == 'TAIL = "Be brief.\\nBe kind."\n'
        assert project.text("app.py") == app

    def test_an_included_template_is_fixed_in_its_file(self, project: Project) -> None:
        project.write("prompts/main.j2", 'Review {{ change }} with care.\n{% include "rules.j2" %}\nNow.\n')
        project.write("prompts/rules.j2", "Name each problem once.   \nBe brief, {{ name }}. \t \t\nNow.\n")

        project.scrimp("check", "--fix")

        assert project.text("prompts/rules.j2") == "Name each problem once.\nBe brief, {{ name }}.\nNow.\n"
