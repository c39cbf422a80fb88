"""What a run never does: use the network, run or import what it scans, write anything that nobody asked for.

Each in a process of its own, as a user would start it.
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from command_line import EIGHT, PRICED, Project, call

NO_SOCKETS = """
import sys

def forbid(event, arguments):
    if event.startswith("socket.") and event not in ("socket.__init__", "socket.gethostname"):
        raise RuntimeError(f"the network was used: {event} {arguments}")

sys.addaudithook(forbid)
"""
TRAP = """\
from pathlib import Path

Path(__file__).with_name("sprung").write_text("this module was imported")
"""


@pytest.fixture
def hostile(project: Project) -> Project:
    """A repository whose every module leaves a trace if it is imported, and whose templates run if rendered."""
    project.init().write("scrimp.yaml", PRICED).write("app.py", TRAP + call())
    project.write("prompts/__init__.py", TRAP).write("conftest.py", TRAP).write("sitecustomize.py", TRAP)
    project.write("openai.py", TRAP).write("tiktoken.py", TRAP).write("jinja2.py", TRAP)
    project.write(
        "prompts/page.j2", "You are {{ ''.__class__.__mro__[1].__subclasses__() }} {{ 9 ** 9 ** 9 }}\n"
    )
    project.commit()
    project.write("app.py", TRAP + call(system=f"{EIGHT} more"))
    return project


@pytest.mark.parametrize(
    "arguments",
    [["audit"], ["check"], ["diff", "main"], ["count", "app.py"], ["prices", "gpt-4o"]],
    ids=" ".join,
)
def test_a_run_uses_no_network_imports_nothing_it_scans_and_writes_nothing(
    hostile: Project, tmp_path: Path, arguments: list[str]
) -> None:
    home = tmp_path / "home"
    home.mkdir()
    before = _files(hostile.root)

    outcome = hostile.shell(
        *arguments,
        python=NO_SOCKETS,
        HOME=str(home),
        XDG_CACHE_HOME=str(home / "cache"),
        TIKTOKEN_CACHE_DIR=str(home / "tiktoken"),
    )

    assert outcome.code == 0, outcome.out + outcome.err
    assert _files(hostile.root) == before
    assert list(home.rglob("*")) == []


def test_a_fix_imports_nothing_either(hostile: Project) -> None:
    blanks = 'PROMPT = """Review the change.   \nName each problem once. \t \t\nBe brief."""\n'
    hostile.write("prompts/review.py", TRAP + blanks)

    outcome = hostile.shell("check", "--fix", python=NO_SOCKETS)

    assert outcome.code == 0, outcome.out + outcome.err
    assert outcome.err.startswith("Fixed 1 finding")
    assert not list(hostile.root.rglob("sprung"))


def test_the_ban_on_sockets_would_be_noticed(project: Project) -> None:
    attempt = f"{NO_SOCKETS}\nimport socket\nsocket.create_connection(('127.0.0.1', 9))"

    assert "the network was used" in project.shell("--version", python=attempt).err


def _files(root: Path) -> dict[str, tuple[int, int]]:
    """All files with their sizes and times; git may refresh its index."""
    return {
        str(path): (path.stat().st_size, path.stat().st_mtime_ns)
        for path in root.rglob("*")
        if path.is_file() and path.name != "index"
    }


def test_run_as_a_module_imports_nothing_of_the_current_folder_either(hostile: Project) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "scrimp", "audit"], cwd=hostile.root, capture_output=True, check=False
    )

    assert done.returncode == 0, done.stderr
    assert b"SYSTEM  app.py:" in done.stdout
    assert not list(hostile.root.rglob("sprung"))


def test_exit_codes_reach_the_shell(committed: Project) -> None:
    assert [committed.shell("rules").code, committed.shell("audti").code] == [0, 2]


def test_the_version_is_told_without_loading_what_it_does_not_need(project: Project) -> None:
    heavy = "rich ruamel tiktoken jinja2 tree_sitter msgspec regex scrimp.model.prompts"
    told = (
        "import atexit, sys\n"
        f"atexit.register(lambda: print(*sorted(set('{heavy}'.split()) & set(sys.modules)), file=sys.stderr))"
    )

    outcome = project.shell("--version", python=told)

    assert outcome.code == 0
    assert outcome.err == "\n"
