"""Trees and repositories that are not what they seem: what is there is read, what isn't is told, nothing is run."""

from __future__ import annotations

import os
import stat
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from command_line import PRICED, Project, call

GOOD = {"app.py::SYSTEM", "app.py::USER"}
PROMPT = "You are a careful assistant who answers in one sentence.\n"
POINTER = "version https://git-lfs.github.com/spec/v1\noid sha256:" + "0" * 64 + "\nsize 12345\n"


@pytest.fixture
def good(project: Project) -> Project:
    """A repository with a prompt as people write it."""
    return project.init().write("app.py", call()).write("scrimp.yaml", PRICED)


def skipped(project: Project, code: int) -> dict[str, tuple[str, bool]]:
    """What a run left out by path, after the good prompts were found; it must end with an exit code."""
    document = project.report("audit", code=code)
    assert {each["id"] for each in document["prompts"]} >= GOOD
    return {each["path"]: (each["code"], each["incomplete"]) for each in document["skipped"]}


def test_what_is_no_file_is_never_opened(good: Project) -> None:
    (good.root / "prompts").mkdir()
    os.mkfifo(good.root / "prompts/pipe.md")
    try:
        os.mknod(good.root / "prompts/zero.md", stat.S_IFCHR | 0o666, os.makedev(1, 5))
    except PermissionError:
        os.mkfifo(good.root / "prompts/zero.md")
    (good.root / "prompts/endless.md").symlink_to("/dev/zero")
    (good.root / "prompts/passwd.md").symlink_to("/etc/passwd")
    (good.root / "prompts/round.md").symlink_to("round.md")
    (good.root / "prompts/up").symlink_to("../..")

    found = skipped(good, 0)

    links = {f"prompts/{name}": ("link", False) for name in ("endless.md", "passwd.md", "round.md", "up")}
    assert found.items() >= links.items()
    assert {code for code, _ in found.values()} <= {"link", "special"}  # git doesn't list what is no file


def test_names_may_be_any_bytes(good: Project) -> None:
    names = (
        b"a\nb.md",
        b"c\rd.md",
        b"\x1b[2J.md",
        b"-rf.md",
        b"$(id).md",
        b"\xff\xfe.md",
        b"e\xe2\x80\xaef.md",
        b" .md",
    )
    for name in names:
        good.write(b"prompts/" + name, PROMPT)

    document = good.report("audit")
    plain = good.scrimp("audit", "--format", "text", "--verbose")

    found = {os.fsencode(each["path"]) for each in document["prompts"] if each["path"] != "app.py"}
    assert len(found) == len(names)
    assert plain.code == 0
    assert not set("\r\x1b\u202e") & set(plain.out + plain.err)


def test_what_large_file_storage_and_submodules_hold_is_told(good: Project) -> None:
    inner = Project(good.root.parent / "inner").init().write("prompts/a.md", PROMPT)
    inner.commit()
    good.write("prompts/large.md", POINTER).commit()
    good.git("-c", "protocol.file.allow=always", "submodule", "--quiet", "add", inner.root.as_uri(), "vendor")

    assert skipped(good, 3) == {"prompts/large.md": ("lfs", True), "vendor": ("submodule", False)}


def test_what_a_sparse_checkout_leaves_out_makes_a_run_incomplete(good: Project) -> None:
    good.write("prompts/a.md", PROMPT).commit()
    good.git("sparse-checkout", "set", "--no-cone", "/*", "!/prompts/")

    assert skipped(good, 3) == {"prompts/a.md": ("missing", True)}


def cloned(good: Project, *options: str) -> Project:
    good.write("prompts/a.md", PROMPT).commit()
    good.write("prompts/a.md", PROMPT * 2).commit()
    return Project(good.clone(good.root.parent / "clone", *options).root)


def test_a_shallow_clone_is_read_whole_and_has_no_other_base(good: Project) -> None:
    clone = cloned(good, "--depth=1")

    assert skipped(clone, 0) == {}
    refused = clone.scrimp("diff", "HEAD~1")
    assert (refused.code, refused.out) == (2, "")


def test_a_partial_clone_says_which_blobs_of_a_base_it_lacks(good: Project) -> None:
    good.git("config", "uploadpack.allowFilter", "true")
    clone = cloned(good, "--filter=blob:none")

    outcome = clone.scrimp("diff", "HEAD~1", "--format", "json")

    assert outcome.code == 3
    assert {(each["path"], each["code"]) for each in outcome.document["skipped"]} == {
        ("prompts/a.md", "missing")
    }
    assert outcome.document["verdict"]["outcome"] == "incomplete"


def _settings(root: Path, program: Path) -> None:
    (root / ".git/config").write_text(
        f"""
[core]
    repositoryformatversion = 0
    fsmonitor = {program}
    hooksPath = {program.parent}
    sshCommand = {program}
    pager = {program}
    editor = {program}
    alternateRefsCommand = {program}
[diff]
    external = {program}
[diff "trap"]
    textconv = {program}
    command = {program}
[filter "trap"]
    clean = {program}
    smudge = {program}
    process = {program}
    required = true
[credential]
    helper = "!{program}"
"""
    )
    (root / ".gitattributes").write_text("* diff=trap filter=trap merge=trap\n")


def _hooks(root: Path, program: Path) -> None:
    for name in (
        "post-index-change",
        "pre-commit",
        "post-checkout",
        "fsmonitor-watchman",
        "reference-transaction",
    ):
        (root / ".git/hooks").mkdir(exist_ok=True)
        (root / ".git/hooks" / name).symlink_to(program)


@pytest.mark.parametrize("trap", [_settings, _hooks])
def test_a_repositorys_own_settings_run_nothing(good: Project, trap: Callable[[Path, Path], None]) -> None:
    good.commit()
    good.write("app.py", call("one two three"))
    program = good.root / ".git" / "program"
    program.write_text("#!/bin/sh\ntouch " + str(good.root.parent / "ran") + "\n")
    program.chmod(0o755)
    trap(good.root, program)

    for arguments in (["audit"], ["diff", "HEAD"], ["check"]):
        outcome = good.scrimp(*arguments)
        assert outcome.code in (0, 1), outcome.err
    assert not (good.root.parent / "ran").exists()
    subprocess.run(["git", "add", "."], cwd=good.root, capture_output=True, check=False)
    assert (good.root.parent / "ran").exists(), "the trap doesn't work"


@pytest.mark.parametrize(
    "content", ["", "gitdir: ../elsewhere\n", "gitdir: .git\n", "\0", "gitdir: /dev/zero\n"]
)
def test_a_git_that_is_no_repository_ends_with_an_answer(project: Project, content: str) -> None:
    project.write("app.py", call()).write("scrimp.yaml", PRICED).write(".git", content)

    outcome = project.scrimp("audit", "--format", "json")

    assert outcome.code in (0, 2)
    assert "Traceback" not in outcome.err


@pytest.mark.parametrize("file", ["index", "HEAD", "packed-refs", "config"])
def test_a_damaged_repository_ends_with_an_answer(good: Project, file: str) -> None:
    good.commit()
    (good.root / ".git" / file).write_bytes(b"\xff\0DIRC" * 20)

    outcome = good.scrimp("audit", "--format", "json")

    assert outcome.code in (0, 2, 3)
    assert "Traceback" not in outcome.err
