"""The one exception whose message is meant for the user."""

from __future__ import annotations


class UserError(Exception):
    """Bad usage, configuration or revision: nothing was judged (exit code 2).

    ``message`` says what is wrong, starting with ``file:line:column:`` where there is a file;
    ``hint`` says what to do about it, and may be empty.
    """

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint
