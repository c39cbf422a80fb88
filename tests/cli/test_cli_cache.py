"""The cache makes a run faster and never another one."""

from __future__ import annotations

import os
import shutil
import sys
import time
from collections.abc import Callable
from pathlib import Path

import msgspec
import pytest
from command_line import EIGHT, PRICED, SAY_WHETHER_IT_LINKED, Outcome, Project, call
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from scrimp.model.prompts import Linked
from scrimp.store import sealed, seen

HEAVY = (
    "jinja2",
    "rich",
    "ruamel",
    "tiktoken",
    "tree_sitter",
    "scrimp.link",
    "scrimp.measure",
    "scrimp.readers",
)
"""What a run needs that does the work, and one that repeats an answer does not."""

SAY_WHAT_WAS_IMPORTED = f"""
import atexit, sys

def said():
    heavy = [name for name in {HEAVY!r} if name in sys.modules]
    print("imported:", *heavy, file=sys.stderr)

atexit.register(said)
"""


def kept(cache: Path) -> list[Path]:
    return sorted(each for each in cache.rglob("*") if each.is_file())


def outcomes(project: Project, *arguments: str) -> tuple[Outcome, Outcome]:
    """With the cache and without."""
    return project.scrimp(*arguments), project.scrimp(*arguments, "--no-cache")


@pytest.fixture
def settled(monkeypatch: pytest.MonkeyPatch) -> None:
    """A file system whose every change has a time of its own."""
    monkeypatch.setattr(seen, "SETTLED", 0)


@pytest.mark.parametrize("command", ["audit", "check"])
@pytest.mark.parametrize("form", ["text", "json", "csv"])
def test_a_second_run_says_what_the_first_one_said(committed: Project, command: str, form: str) -> None:
    first, second, anew = (
        committed.scrimp(command, "--format", form, *more) for more in ([], [], ["--no-cache"])
    )
    assert first == second == anew


@pytest.mark.parametrize("again", [["check"], ["audit", "--by", "model"], ["diff", "HEAD"], ["forecast"]])
def test_a_tree_is_linked_once_whatever_is_asked_of_it(committed: Project, again: list[str]) -> None:
    assert committed.scrimp("audit").code == 0
    found = committed.shell(*again, python=SAY_WHETHER_IT_LINKED)
    assert "linked: False" in found.err
    assert found.out == committed.scrimp(*again, "--no-cache").out


def test_a_changed_tree_is_linked_anew(committed: Project) -> None:
    assert committed.scrimp("audit").code == 0
    committed.write("more.py", call("nine ten eleven twelve"))
    assert "linked: True" in committed.shell("audit", python=SAY_WHETHER_IT_LINKED).err


def test_a_second_run_imports_nothing_that_does_the_work(committed: Project) -> None:
    first, second = (
        committed.shell("audit", "--format", "json", python=SAY_WHAT_WAS_IMPORTED) for _ in range(2)
    )
    assert "tiktoken" in first.err
    assert second.err.splitlines()[-1] == "imported:"
    assert first.out == second.out


def test_after_an_edit_no_vocabulary_is_loaded(committed: Project) -> None:
    committed.shell("audit")
    committed.write("README", "of no interest\n").write("app.py", call(system=f"{EIGHT} and nine"))
    outcome = committed.shell("audit", "--format", "json", python=SAY_WHAT_WAS_IMPORTED)
    assert "scrimp.link" in outcome.err
    assert "tiktoken" not in outcome.err
    assert outcome.out == committed.scrimp("audit", "--format", "json", "--no-cache").out


def test_nor_is_one_in_a_tree_that_might_take_long_to_link(committed: Project) -> None:
    for number in range(110):  # a process stands by to count, if much has to be read
        committed.write(f"notes/{number}.py", "x = 1\n")
    committed.shell("audit", "--jobs", "2")
    committed.write("app.py", call(system=f"{EIGHT} and nine"))
    outcome = committed.shell("audit", "--jobs", "2", "--format", "json", python=SAY_WHAT_WAS_IMPORTED)
    assert "scrimp.link" in outcome.err
    assert "tiktoken" not in outcome.err


def test_exit_codes_and_warnings_are_repeated(committed: Project) -> None:
    committed.write("scrimp.yaml", "budgets: [{name: all, max_monthly: $1}]\nexclude: [nothing/**]\n")
    first, second = (committed.scrimp("audit", "--format", "json") for _ in range(2))
    assert first.code == 1
    assert "warning:" in first.err
    assert first == second


def test_files_that_were_asked_for_are_written_again(committed: Project) -> None:
    arguments = ("audit", "--format", "json", "--output", "audit.json")
    committed.write(".gitignore", "audit.json\n").scrimp(*arguments)
    first = committed.text("audit.json")
    (committed.root / "audit.json").unlink()
    committed.scrimp(*arguments)
    assert committed.text("audit.json") == first


@pytest.mark.parametrize(
    ("path", "content"),
    [
        ("app.py", call(system=f"{EIGHT} more")),
        ("scrimp.yaml", PRICED.replace("1.00", "2.00")),
        ("new.py", call(user="another {question}")),
        ("prompts/new.md", "You are a helpful assistant that answers questions about ships.\n"),
        ("scrimp-usage.yaml", "version: 1\n"),
        ("CODEOWNERS", "* @search\n"),
    ],
    ids=lambda value: value if "." in value and "\n" not in value else "",
)
@pytest.mark.usefixtures("settled")
def test_a_change_of_anything_that_counts_is_seen(committed: Project, path: str, content: str) -> None:
    before = committed.scrimp("audit", "--format", "json")
    committed.write(path, content)
    cached, anew = outcomes(committed, "audit", "--format", "json")
    assert cached == anew
    assert cached.out != before.out
    (committed.root / path).unlink()
    committed.git("checkout", "--", ".")
    assert committed.scrimp("audit", "--format", "json") == before


def test_what_git_ignores_and_the_run_reads_counts_too(committed: Project) -> None:
    committed.write(".gitignore", "scrimp.lock.json\nscrimp-usage.yaml\n").commit()
    committed.scrimp("audit", "--format", "json")
    committed.write("scrimp-usage.yaml", "not: a usage file\n")
    cached, anew = outcomes(committed, "audit", "--format", "json")
    assert cached == anew
    assert cached.code == 2


def test_a_configuration_from_elsewhere_counts_too(committed: Project, tmp_path: Path) -> None:
    elsewhere = tmp_path / "elsewhere.yaml"
    elsewhere.write_text(PRICED)
    before = committed.scrimp("audit", "--format", "json", "--config", str(elsewhere))
    elsewhere.write_text(PRICED.replace("1.00", "3.00"))
    cached, anew = outcomes(committed, "audit", "--format", "json", "--config", str(elsewhere))
    assert cached == anew != before


def test_other_options_and_files_are_other_questions(committed: Project) -> None:
    committed.write("other.py", call(system=EIGHT.replace("one", "please make sure that"))).commit()
    for arguments in (
        ["audit"],
        ["audit", "--verbose"],
        ["audit", "--by", "folder"],
        ["audit", "--color", "always"],
        ["check"],
        ["check", "app.py"],
        ["check", "other.py"],
        ["check", "--select", "WRD"],
        ["check", "--statistics"],
    ):
        cached, anew = outcomes(committed, *arguments)
        assert cached == anew == committed.scrimp(*arguments)


def test_fixes_are_made_each_time(committed: Project) -> None:
    wordy = call(system="Please make sure that you answer in French, in order to help the user who asks you.")
    for _ in range(2):
        committed.write("app.py", wordy)
        committed.scrimp("check")
        committed.scrimp("check", "--fix", "--unsafe-fixes", "--select", "ALL")
        assert committed.text("app.py") != wordy
        cached, anew = outcomes(committed, "check", "--select", "ALL")
        assert cached == anew


class TestContinuousIntegration:
    """Who proposes a change may have written the cache that would judge it."""

    def test_nothing_is_read_or_written(
        self, committed: Project, cache: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setenv("CI", "true")
        committed.scrimp("audit")
        assert kept(cache) == []

    def test_a_poisoned_answer_decides_nothing(
        self, committed: Project, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        committed.write("scrimp.yaml", PRICED + "budgets: [{name: all, max_monthly: $1}]\n").commit()
        honest = committed.scrimp("audit")
        assert honest.code == 1
        monkeypatch.setattr("scrimp.commands.output.Output.repeat", lambda _self, _printed: 0)
        assert committed.scrimp("audit").code == 0
        monkeypatch.setenv("CI", "true")
        assert committed.scrimp("audit", "--cache").code in {0, 1}
        assert committed.scrimp("audit").code == 1
        assert committed.scrimp("audit").out == honest.out

    def test_a_poisoned_link_decides_nothing(
        self, committed: Project, cache: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        committed.write("scrimp.yaml", PRICED + "budgets: [{name: all, max_monthly: $1}]\n").commit()
        honest = committed.scrimp("audit")
        assert honest.code == 1
        nothing = msgspec.msgpack.encode(Linked((), ()))
        assert all(sealed.write(link, nothing) for link in cache.rglob("links/*"))
        assert committed.scrimp("audit", "--by", "model").code == 0
        monkeypatch.setenv("CI", "true")
        assert committed.scrimp("audit").out == honest.out
        assert committed.scrimp("audit", "--by", "model").code == 1

    def test_it_is_used_if_it_is_asked_for(
        self, committed: Project, cache: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setenv("CI", "true")
        first = committed.scrimp("audit", "--cache")
        assert kept(cache)
        assert committed.scrimp("audit", "--cache") == first


def test_no_cache_neither_reads_nor_writes(committed: Project, cache: Path) -> None:
    committed.scrimp("audit", "--no-cache")
    assert kept(cache) == []


DAMAGES: dict[str, Callable[[bytes], bytes]] = {
    "empty": lambda _: b"",
    "cut off": lambda raw: raw[: len(raw) // 2],
    "a bit": lambda raw: raw[:-9] + bytes((raw[-9] ^ 1,)) + raw[-8:],
    "zeros": lambda raw: bytes(len(raw)),
    "random": lambda raw: os.urandom(len(raw)),
}


def test_damaged_files_make_no_difference(committed: Project, cache: Path) -> None:
    anew = committed.scrimp("audit", "--format", "json", "--no-cache")
    committed.scrimp("audit", "--format", "json")
    files = {file: file.read_bytes() for file in kept(cache)}
    for name, damage in DAMAGES.items():
        for file, raw in files.items():
            file.write_bytes(damage(raw))
        assert committed.scrimp("audit", "--format", "json") == anew, name


def test_folders_in_place_of_files_make_no_difference(committed: Project, cache: Path) -> None:
    first = committed.scrimp("audit")
    for file in kept(cache):
        file.unlink()
        file.mkdir()
    assert committed.scrimp("audit") == first


@pytest.mark.skipif(sys.platform == "win32", reason="permissions of POSIX")
def test_a_cache_that_cannot_be_written_makes_no_difference(committed: Project, cache: Path) -> None:
    first = committed.scrimp("audit")
    for file in kept(cache):
        file.unlink()
    folders = [each for each in cache.rglob("*") if each.is_dir()]
    for folder in folders:
        folder.chmod(0o500)
    try:
        assert committed.scrimp("audit") == first
    finally:
        for folder in folders:
            folder.chmod(0o700)


def test_a_full_disk_makes_no_difference(committed: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    anew = committed.scrimp("audit", "--no-cache")

    def full(*_: object) -> int:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr("scrimp.store.sealed._created", full)
        assert committed.scrimp("audit") == anew
    assert committed.scrimp("audit") == anew


KILLED = """
import os, signal
from pathlib import Path
from scrimp.store import sealed

left = {steps}

def counting(function):
    def counted(*arguments, **options):
        global left
        left -= 1
        if left < 0:
            os.kill(os.getpid(), signal.SIGKILL)
        return function(*arguments, **options)
    return counted

class Stream:
    def __init__(self, stream):
        self.stream = stream
    def __enter__(self):
        return self
    def __exit__(self, *raised):
        self.stream.close()
    def writelines(self, parts):
        for part in parts:
            half = len(part) // 2
            counting(self.stream.write)(part[:half])
            counting(self.stream.write)(part[half:])
            self.stream.flush()

created = sealed._created
sealed._created = lambda file: Stream(created(file))
Path.replace = counting(Path.replace)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="signals of POSIX")
def test_a_run_that_is_killed_while_it_writes_leaves_nothing_wrong(committed: Project, cache: Path) -> None:
    anew = committed.scrimp("audit", "--format", "json", "--no-cache")
    committed.scrimp("audit", "--format", "json")
    earlier = cache.with_name("earlier")
    cache.rename(earlier)
    for steps in (0, 1, 6, 7, 14, 20):
        shutil.rmtree(cache, ignore_errors=True)
        shutil.copytree(earlier, cache)
        committed.write("more.py", call(system=f"{EIGHT} {steps}"))
        killed = committed.shell("audit", "--format", "json", python=KILLED.format(steps=steps))
        (committed.root / "more.py").unlink()
        assert killed.code in {0, -9}
        assert committed.scrimp("audit", "--format", "json") == anew, steps


def test_cleaning_empties_it(committed: Project, cache: Path) -> None:
    committed.scrimp("audit")
    outcome = committed.scrimp("cache", "clean")
    assert outcome.code == 0
    assert "MiB from" in outcome.out
    assert kept(cache) == []
    assert committed.scrimp("cache", "clean").code == 0


CONSTANTS = [
    "SYSTEM = 'one two three four five six seven eight'\n",
    "SYSTEM = 'You are a helpful assistant who answers in French, please.'\n",
    "from prompts import SYSTEM\nUSER = SYSTEM + ' and nothing else than that'\n",
    "OTHER = 1\n",
    call(),
    call(user="{question} and more"),
    "from helpers import SYSTEM\n" + call().replace('SYSTEM = """' + EIGHT + '"""\n', ""),
    "",
]
PATHS = ["app.py", "prompts.py", "helpers.py", "prompts/triage.md", "scrimp.yaml", "notes.txt"]
EDITS = st.lists(
    st.tuples(st.sampled_from(PATHS), st.sampled_from([*CONSTANTS, None])), min_size=1, max_size=4
)


@given(edits=EDITS)
@settings(
    max_examples=8,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@pytest.mark.parametrize("command", ["audit", "check"])
@pytest.mark.usefixtures("settled")
def test_after_any_edits_a_run_says_what_it_says_without_a_cache(
    committed: Project, command: str, edits: list[tuple[str, str | None]]
) -> None:
    for path, content in edits:
        if content is None:
            (committed.root / path).unlink(missing_ok=True)
        else:
            priced = PRICED.replace("1.00", f"{len(content)}.00")
            committed.write(path, priced if path == "scrimp.yaml" else content)
        time.sleep(0.01)  # so that each change has a time of its own
        cached, anew = outcomes(committed, command, "--format", "json")
        assert cached == anew
