"""How git is called: with the same answers everywhere, and without running what settings name.

No hook, pager, file system monitor, prompt, network transport or replacement object takes part. The user's
own configuration is kept (``safe.directory``, ``core.excludesFile``), the variables with which hooks point
git at another repository are not.
"""

from __future__ import annotations

import os
import subprocess
from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType

from scrimp.model.errors import UserError

# No command is ever given a path, so nothing has to be said about how git reads paths.
OPTIONS = (
    "--no-pager",
    "--no-optional-locks",
    "-c",
    "core.fsmonitor=",
    "-c",
    f"core.hooksPath={os.devnull}",
)

KEPT = (
    "GIT_CONFIG_",  # settings of the user, such as safe.directory in a container
    "GIT_CEILING_DIRECTORIES",
    "GIT_DISCOVERY_ACROSS_FILESYSTEM",
    "GIT_OBJECT_DIRECTORY",  # with the next two: where a pre-receive hook finds what is being pushed
    "GIT_ALTERNATE_OBJECT_DIRECTORIES",
    "GIT_QUARANTINE_PATH",
)
"""Starts of the names of git's variables that are passed on."""

FIXED = {
    "LC_ALL": "C",  # causes are told apart by their messages
    "LANGUAGE": "C",
    "GIT_TERMINAL_PROMPT": "0",
    "GIT_NO_LAZY_FETCH": "1",  # git 2.39.4, 2.45 and later
    "GIT_ALLOW_PROTOCOL": "none",  # the same for older ones: no transport is called so
    "GIT_NO_REPLACE_OBJECTS": "1",  # a hash stands for its own content
}

SAYS_NO = 1
"""The status with which git answers no; it fails with others, mostly 128."""


class NoRepositoryError(UserError):
    """Git can tell nothing about a folder: no repository is around it, or git is not installed."""


def environment(variables: Mapping[str, str]) -> dict[str, str]:
    """The variables that git gets, out of those of this process."""
    kept = {
        name: value
        for name, value in variables.items()
        if not name.startswith("GIT_") or name.startswith(KEPT)
    }
    return kept | FIXED


def arguments(root: Path, *command: str) -> list[str]:
    """The full command line of a git command that runs in a folder."""
    return ["git", *OPTIONS, "-C", str(root), *command]


def start(root: Path, *command: str) -> subprocess.Popen[bytes]:
    """Start a git command that answers line by line, its errors dropped."""
    try:
        return subprocess.Popen(
            arguments(root, *command),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=environment(os.environ),
        )
    except FileNotFoundError:
        raise _absent() from None


def run(
    root: Path, *command: str, given: bytes = b"", told: Mapping[str, str] = MappingProxyType({})
) -> bytes:
    """The output of a git command that has to succeed; ``given`` is its input. Raises ``UserError``.

    ``told`` are variables that it gets besides those that every command gets.
    """
    return _succeeded(root, _finished(root, *command, given=given, told=told)).stdout


def run_with_warnings(root: Path, *command: str) -> tuple[bytes, str]:
    """The output of a git command that has to succeed, and what it warned of. Raises ``UserError``."""
    done = _succeeded(root, _finished(root, *command))
    return done.stdout, decoded(done.stderr)


def ask(root: Path, *command: str) -> str | None:
    """The answer of a git command without its line end, ``None`` where git says no; raises ``UserError``."""
    done = _finished(root, *command)
    if done.returncode == SAYS_NO:
        return None
    return decoded(_succeeded(root, done).stdout).removesuffix("\n")


def decoded(raw: bytes) -> str:
    """Text from git: UTF-8, other bytes kept as lone surrogates."""
    return raw.decode("utf-8", "surrogateescape")


def records(output: bytes) -> list[str]:
    """The records of an output of git's that end with NUL each."""
    return decoded(output).split("\0")[:-1]


def _absent() -> UserError:
    return NoRepositoryError("git is not installed", "install git, or put it on the PATH")


def _finished(
    root: Path, *command: str, given: bytes = b"", told: Mapping[str, str] = MappingProxyType({})
) -> subprocess.CompletedProcess[bytes]:
    line = arguments(root, *command)
    variables = {**environment(os.environ), **told}
    try:
        return subprocess.run(line, input=given, capture_output=True, check=False, env=variables)
    except FileNotFoundError:
        raise _absent() from None


def _succeeded(root: Path, done: subprocess.CompletedProcess[bytes]) -> subprocess.CompletedProcess[bytes]:
    if done.returncode:
        raise _failure(root, decoded(done.stderr))
    return done


def _failure(root: Path, errors: str) -> UserError:
    if "dubious ownership" in errors:
        import shlex  # noqa: PLC0415  only this error needs it

        trusted = shlex.quote(_named_folder(errors, root))
        return UserError(
            f"{root}: git refuses a repository that belongs to another user (dubious ownership)",
            f"if you trust it, run: git config --global --add safe.directory {trusted}",
        )
    if "fatal: not a git repository" in errors:
        return NoRepositoryError(
            f"{root} is not in a git repository",
            "run scrimp inside a repository, or name saved audits instead",
        )
    if "must be run in a work tree" in errors:
        return UserError(
            f"{root} is a bare repository, or git's own folder: it has no working tree",
            "name the revisions to compare, or run scrimp in a clone that has its files checked out",
        )
    said = errors.strip().splitlines()
    return UserError(f"git failed in {root}: {said[-1] if said else 'it gave no reason'}")


def _named_folder(errors: str, root: Path) -> str:
    quoted = errors.partition("repository at '")[2].partition("'")[0]
    return quoted or str(root)
