"""Untrusted text made harmless to print.

Whoever writes a file of a scanned repository controls its name, its prompts' names and what an error message
quotes. In a terminal such text could move the cursor, hide or reorder what is read; in the log of a CI run it
could be taken for a command to the runner.
"""

from __future__ import annotations

import re
from functools import cache

_INVISIBLE = r"[\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u3164\ufe00-\ufe0f\uffa0\U000e0100-\U000e01ef]"
"""Characters that Python calls printable though nothing is seen of them: Default_Ignorable_Code_Point
(Unicode's ``DerivedCoreProperties.txt``, the same from version 14 of 2021 to 16 of 2024), less those that
``str.isprintable`` already refuses."""

_LEADING_COMMAND = re.compile(r"^(\s*:):")
"""A workflow command of GitHub's runner stands at the start of a line, blanks before it allowed
(``actions/runner``, ``ActionCommand.TryParseV2``)."""


MARKED_COMMAND = re.compile(r"##(?=[A-Za-z]*\[)")
"""The beginning of a command that counts anywhere in a line: ``##[`` of GitHub's older ones (``TryParse``), and
``##vso[`` of Azure Pipelines (``azure-pipelines-agent``, ``Command.TryParse``); TeamCity's are of the same form."""


def safe(text: str) -> str:
    r"""``text`` on one line, where all that doesn't print as itself is a visible escape like ``\x1b``.

    These are control characters, bidirectional and zero-width ones, blanks other than the space, unassigned
    and private ones, and lone surrogates, which stand for the bytes of a file name that is not UTF-8. The
    beginnings of commands to the runner of a CI job (see ``disarmed``) are broken by an escape. Text that needs none
    of it comes back as it is, and so does text that already went through here.
    """
    if not text.isprintable():
        text = "".join(character if character.isprintable() else escape(character) for character in text)
    if not text.isascii():
        text = _invisible().sub(lambda match: escape(match[0]), text)
    return disarmed(text)


@cache
def _invisible() -> re.Pattern[str]:
    return re.compile(_INVISIBLE)


def disarmed(line: str) -> str:
    """A line without the beginnings of commands to a runner: ``::`` in front, ``##[`` and its like anywhere.

    For lines that are put together from safe parts, as two of them may make a command.
    """
    return MARKED_COMMAND.sub(r"#\\x23", _LEADING_COMMAND.sub(r"\1\\x3a", line))


def escape(character: str) -> str:
    r"""A character as Python would write it in a string: ``\n``, ``\x1b``, ``\u202e``, ``\U000e0001``."""
    return character.encode("unicode_escape", "surrogatepass").decode("ascii")
