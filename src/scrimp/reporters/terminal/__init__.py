"""Pages for the terminal, as blocks: each is some lines, or a table with lines below it.

Everything that came from the scanned tree has gone through ``safe`` and stands in a ``Styled``, or in a cell of a table
as text whose markup rich doesn't interpret.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, TypeAlias

from scrimp.reporters.safe import disarmed
from scrimp.reporters.terminal.styled import Styled
from scrimp.reporters.view import View

if TYPE_CHECKING:
    from rich.table import Table

Block: TypeAlias = "Sequence[Styled | Table]"
"""What stands below each other without a blank line."""


def printed(blocks: Iterable[Block], view: View) -> str:
    """The blocks as text, a blank line between two of them; empty ones leave no trace."""
    texts = ["".join(_part(part, view) for part in block) for block in blocks]
    return "\n".join(text for text in texts if text.strip())


def _part(part: Styled | Table, view: View) -> str:
    if isinstance(part, Styled):
        text = part.colored if view.color else part.plain
    else:
        from scrimp.reporters.terminal.tables import drawn  # noqa: PLC0415 - rich takes its time

        text = drawn(part, view)
    return "".join(f"{disarmed(line.rstrip())}\n" for line in text.split("\n"))
