"""Gaps in sentences: a line of source that ends in a backslash goes on with the indentation of the next one.

The blanks stand in the middle of a line of text, but at the first column of a line of source. That tells them from
blanks that somebody has typed to line something up.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from scrimp.checks.context import Context
from scrimp.checks.hits import Hit, place_of_first, removals
from scrimp.checks.view import EDGE, View
from scrimp.config.cards import Card
from scrimp.expressions import compiled_late
from scrimp.model.measured import MeasuredPrompt

# After an edge, a template language may swallow the blanks together with the tag.
_GAP: Final = compiled_late(rf"(?<=[^\s{EDGE}])[ \t]{{2,}}+(?=[^\s{EDGE}])")

_FENCES: Final = ("fence",)
"""What is fenced is laid out as it shall be read."""


def check(measured: MeasuredPrompt, card: Card, context: Context) -> Iterator[Hit]:  # noqa: ARG001
    """One hit a prompt, with all its gaps; one blank of each stays."""
    text = context.view
    if not text.literal:
        return
    spoken = context.unprotected(_FENCES)
    found = [gap.span() for gap in _GAP.finditer(spoken) if _continues(text, gap, context)]
    changes = removals(text, ((start + 1, end) for start, end in found))
    if not changes:
        return
    path, start, end = place_of_first(changes, context)
    times = "a continued line brings" if len(changes) == 1 else f"{len(changes)} continued lines bring"
    message = f"{times} indentation into the middle of the text"
    yield Hit(path, start, end, message, "", changes=changes)


def _continues(text: View, gap: re.Match[str], context: Context) -> bool:
    """Whether some of the blanks begin a line of source."""
    written = text.written(*gap.span()) or ()
    return any(context.place(*each).column == 1 for each in written)
