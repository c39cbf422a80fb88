"""What keeps the step from judging, told as one of the runner's commands."""

from __future__ import annotations


class Problem(Exception):  # noqa: N818  it is told to people, under this name
    """Nothing was judged: ``message`` says why, ``hint`` what to do; ``code`` is the exit code of the step."""

    def __init__(self, message: str, hint: str, code: int = 2) -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint
        self.code = code

    @property
    def command(self) -> str:
        """An error annotation."""
        return annotation("error", f"{self.message}. Nothing was judged: {self.hint}")


def annotation(level: str, message: str) -> str:
    """A line that the runner shows as ``error``, ``warning`` or ``notice``, whatever the message holds."""
    escaped = message.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A").replace("##[", "## [")
    return f"::{level} title=scrimp::{escaped}"
