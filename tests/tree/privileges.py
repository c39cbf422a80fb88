"""Answers of a process that may not do everything: root passes over permissions, so it becomes nobody."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

NOBODY = 65534


def give_away(root: Path) -> None:
    """Make nobody the owner of a folder and all in it, if this process may."""
    if os.geteuid() == 0:
        for name in (root, *root.rglob("*")):
            os.chown(name, NOBODY, NOBODY, follow_symlinks=False)


def without_privileges(question: Callable[[], str]) -> str:
    """What a question answers in a child process that is not root; what it raises is its answer, too."""
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        try:
            if os.geteuid() == 0:
                os.setgroups([])
                os.setgid(NOBODY)
                os.setuid(NOBODY)
            answer = question()
        except BaseException as error:  # noqa: BLE001 - the child must not run on as a second test session
            answer = repr(error)
        os.write(writing, answer.encode())
        os._exit(0)
    os.close(writing)
    os.waitpid(child, 0)
    with os.fdopen(reading, encoding="utf-8") as pipe:
        return pipe.read()
