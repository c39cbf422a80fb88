"""Fixes that are killed at any step, made twice at once, or made on a disk that is full or under a clock that jumps."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Callable
from functools import partial
from itertools import count
from pathlib import Path
from types import FrameType
from typing import Any

import pytest
from command_line import PRICED, Project, call

from scrimp.fix import FileRefusedError, Rewrite, reread, write
from scrimp.tree.decode import blob_hash

FORKS = pytest.mark.skipif(not hasattr(os, "fork"), reason="a process is killed, which is a copy of this one")
OLD, NEW = b"PROMPT = 'a  b'\n" * 3, b"PROMPT = 'a b'\n" * 3


def rewrites(folder: Path, *paths: str) -> list[Rewrite]:
    sources = [reread(folder, path, blob_hash(OLD)) for path in paths]
    return [Rewrite(source, NEW.decode()) for source in sources]


def started(work: Callable[[], object]) -> int:
    """Begin something in a copy of this process; returns its number."""
    process = os.fork()
    if process == 0:
        try:
            work()
            os._exit(0)
        finally:
            os._exit(1)
    return process


def in_a_copy(work: Callable[[], object]) -> int:
    """Do something in a copy of this process; returns the signal that ended it, 0 if it was done."""
    return os.waitstatus_to_exitcode(os.waitpid(started(work), 0)[1])


def killed_at(step: int, work: Callable[[], object]) -> Callable[[], object]:
    """Some work that is killed before the line of that number, as they are run, in what writes files."""
    steps = count(1)

    def trace(frame: FrameType, event: str, _: Any) -> Any:
        if not frame.f_code.co_filename.endswith("fix/write.py"):
            return None
        if event == "line" and next(steps) == step:
            os.kill(os.getpid(), signal.SIGKILL)
        return trace

    def run() -> object:
        sys.settrace(trace)
        return work()

    return run


@FORKS
def test_a_fix_that_is_killed_at_any_step_loses_nothing(tmp_path: Path) -> None:
    steps = 0
    for step in count(1):
        for name in ("a.py", "b.py"):
            (tmp_path / name).write_bytes(OLD)
        planned = rewrites(tmp_path, "a.py", "b.py")
        ended = in_a_copy(killed_at(step, partial(write, tmp_path, planned)))
        contents = {name: (tmp_path / name).read_bytes() for name in ("a.py", "b.py")}
        assert set(contents.values()) <= {OLD, NEW}
        for left in set(tmp_path.iterdir()) - {tmp_path / "a.py", tmp_path / "b.py"}:
            assert left.name.endswith(".scrimp")
            left.unlink()
        if ended != -signal.SIGKILL:
            assert set(contents.values()) == {NEW}
            break
        steps += 1
    assert steps > 50


@FORKS
def test_a_file_that_several_write_at_once_is_always_whole(tmp_path: Path) -> None:
    texts = [f"PROMPT = '{letter * 5_000}'\n".encode() for letter in "abcd"]
    (tmp_path / "a.py").write_bytes(texts[0])

    def keep_writing() -> None:
        for number in range(60):
            now = (tmp_path / "a.py").read_bytes()
            assert now in texts
            try:
                source = reread(tmp_path, "a.py", blob_hash(now))
                write(tmp_path, [Rewrite(source, texts[(os.getpid() + number) % 4].decode())])
            except FileRefusedError:
                continue

    processes = [started(keep_writing) for _ in range(3)]
    ended = [os.waitstatus_to_exitcode(os.waitpid(process, 0)[1]) for process in processes]

    assert ended == [0, 0, 0]
    assert (tmp_path / "a.py").read_bytes() in texts
    assert [path.name for path in tmp_path.iterdir()] == ["a.py"]


WASTE = 'PROMPT = """Review the change.   \nName each problem once. \t \t\nBe brief."""\n'
CLEAN = 'PROMPT = """Review the change.\nName each problem once.\nBe brief."""\n'


@pytest.fixture
def wasteful(project: Project) -> Project:
    """A call, and a prompt with two lines that end in blanks."""
    return project.init().write("app.py", call()).write("scrimp.yaml", PRICED).write("waste.py", WASTE)


def test_two_fixes_at_once_lead_to_what_one_does(wasteful: Project) -> None:
    program = "from scrimp.cli import run\nrun()"
    command = [sys.executable, "-P", "-c", program, "check", "--fix", "--jobs", "2"]
    runs = [
        subprocess.Popen(command, cwd=wasteful.root, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        for _ in range(2)
    ]
    said = [each.communicate()[1].decode() for each in runs]

    assert {each.returncode for each in runs} <= {0, 1}
    assert not any("Traceback" in each for each in said)
    assert wasteful.text("waste.py") == CLEAN
    assert not list(wasteful.root.glob(".*.scrimp"))


FULL = """
import resource, signal
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (40, 40))
"""


def test_results_that_find_no_room_make_a_run_incomplete(wasteful: Project) -> None:
    wasteful.write("large.py", f"{'# nothing' * 10_000}\nPROMPT = 'You are a helpful judge'\n")

    full = wasteful.shell("audit", "--format", "json", python=FULL)

    assert full.code == 3
    assert {each["id"] for each in full.document["prompts"]} >= {"app.py::SYSTEM", "waste.py::PROMPT"}
    assert [(each["path"], each["code"]) for each in full.document["skipped"]] == [("large.py", "crash")]


@pytest.mark.parametrize("moment", [0, 1, 2**31 + 5, 4_102_444_800], ids=["1970", "second", "2038", "2100"])
def test_a_change_is_seen_whatever_the_clock_says(wasteful: Project, moment: int) -> None:
    def tokens() -> int:
        document = wasteful.report("audit")
        return sum(each["tokens"]["static"] for each in document["prompts"])

    file = wasteful.root / "app.py"
    text = call()
    for word in ("seven", "never", "fever"):
        file.write_text(text.replace("seven", f"{word} x" if word == "never" else word + " "))
        os.utime(file, (moment, moment))
        before = tokens()
        file.write_text(file.read_text().replace("eight", "a b c"))  # as long as it was
        os.utime(file, (moment, moment))
        assert tokens() == before + 2
