"""What all template scanners share: collecting the parts of a template in order."""

from __future__ import annotations

from scrimp.model.algebra import EMPTY, Expression, Join, Text, Variable
from scrimp.model.pieces import Writer, concat, slice_text, source_range


def place(text: Text, start: int, end: int) -> tuple[int, int]:
    """Where a stretch of a template stands in its file; ``(0, 0)`` if it is written nowhere."""
    return source_range(text, start, end) or (0, 0)


def join(parts: list[Expression]) -> Expression:
    """Parts as one expression, without the empty ones; texts in a row become one."""
    kept: list[Expression] = []
    run: list[Text] = []
    for part in [*parts, None]:
        if isinstance(part, Text):
            run.append(part)
            continue
        if run:
            text = concat(run)
            run = []
            if text.value:
                kept.append(text)
        if part is not None:
            kept.append(part)
    if not kept:
        return EMPTY
    return kept[0] if len(kept) == 1 else Join(tuple(kept))


class Parts:
    """The parts of a flat template, collected from left to right; what lies between them is text."""

    def __init__(self, text: Text) -> None:
        self._text = text
        self._done = 0
        self._parts: list[Expression] = []

    def variable(self, name: str, start: int, end: int) -> None:
        """A hole at ``value[start:end]``."""
        self._until(start, end)
        self._parts.append(Variable(name, *place(self._text, start, end)))

    def unit(self, value: str, start: int, end: int) -> None:
        """``value[start:end]`` is the template language's way to write ``value``."""
        self._until(start, end)
        self._parts.append(unit(self._text, value, start, end))

    def expression(self) -> Expression:
        """All of it."""
        self._until(len(self._text.value), len(self._text.value))
        return join(self._parts)

    def _until(self, start: int, end: int) -> None:
        self._parts.append(slice_text(self._text, self._done, start))
        self._done = end


def unit(text: Text, value: str, start: int, end: int) -> Text:
    """``value``, which stands in the template as ``text.value[start:end]``."""
    writer = Writer()
    where = source_range(text, start, end)
    if where is None:
        writer.made(value)
    else:
        writer.unit(value, *where)
    return writer.text()
