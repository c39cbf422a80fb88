"""Pages for the terminal, as blocks that rich prints.

A block is a table or some lines. Everything that came from the scanned tree has gone through ``safe`` and
stands in a ``rich.text.Text``, whose markup rich doesn't interpret.
"""

from __future__ import annotations

import io
from collections.abc import Iterable

from rich.console import Console, RenderableType

from scrimp.reporters.safe import disarmed
from scrimp.reporters.view import View


def printed(blocks: Iterable[RenderableType], view: View) -> str:
    """The blocks as text, a blank line between two of them; empty ones leave no trace."""
    console = Console(
        file=io.StringIO(),
        width=view.width,
        height=25,
        color_system="standard" if view.color else None,
        force_terminal=view.color,
        force_jupyter=False,
        no_color=not view.color,
        legacy_windows=False,
        markup=False,
        emoji=False,
        highlight=False,
        _environ={},
    )
    texts = [_block(console, block) for block in blocks]
    return "\n".join(text for text in texts if text.strip())


def _block(console: Console, block: RenderableType) -> str:
    with console.capture() as capture:
        console.print(block, soft_wrap=True)
    return "".join(f"{disarmed(line.rstrip())}\n" for line in capture.get().splitlines())
