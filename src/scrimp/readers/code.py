"""What all readers of code share: the context of an expression, decoded literals with their pieces, and words."""

from __future__ import annotations

from dataclasses import dataclass

from scrimp.model.algebra import (
    EMPTY,
    Branch,
    Expression,
    Join,
    Loop,
    Piece,
    Sequence,
    Text,
    Transform,
    Variable,
)
from scrimp.readers.words import count_words


@dataclass(frozen=True, slots=True)
class Context:
    """What holds an expression (see ``facts.Site``)."""

    scope: str
    name: str
    holder: str
    loop: bool = False
    callees: tuple[str, ...] = ()
    keys: tuple[str, ...] = ()

    def inside(self, holder: str, key: str = "", callee: str = "") -> Context:
        """The context of a part: an argument, entry or element of what this context holds."""
        return Context(
            self.scope,
            key or self.name,
            holder,
            self.loop,
            (callee, *self.callees) if callee else self.callees,
            (key, *self.keys) if key else self.keys,
        )


class TextBuilder:
    """Collects decoded text together with the pieces of source that it came from."""

    def __init__(self) -> None:
        self.parts: list[str] = []
        self.pieces: list[Piece] = []
        self.length = 0

    def verbatim(self, value: str, source_start: int) -> None:
        """Text that stands in the source character by character."""
        if value:
            self._add(value, source_start, source_start + len(value))

    def unit(self, value: str, source_start: int, source_end: int) -> None:
        """Text that was written differently, such as an escape.

        Where both are equally long (a lone carriage return, which is read as a line feed), the text would pass
        for a copy of its source, so its place is left out.
        """
        if len(value) == source_end - source_start:
            self.parts.append(value)
            self.length += len(value)
        elif value:
            self._add(value, source_start, source_end)

    def _add(self, value: str, source_start: int, source_end: int) -> None:
        end = self.length + len(value)
        self.parts.append(value)
        self.pieces.append((self.length, end, source_start, source_end))
        self.length = end

    def take(self) -> Text:
        """The text so far; the builder starts anew."""
        text = Text("".join(self.parts), tuple(self.pieces)) if self.parts else EMPTY
        self.parts, self.pieces, self.length = [], [], 0
        return text


def words_of(expression: Expression) -> int:
    """Words of a string expression's own text, that within its holes included."""
    match expression:
        case Text():
            return count_words(expression.value)
        case Variable(of=of):
            return 0 if of is None else words_of(of)
        case Join():
            return sum(map(words_of, expression.parts))
        case Branch():
            return sum(map(words_of, expression.alternatives))
        case Loop():
            return words_of(expression.body)
        case Sequence():
            return sum(map(words_of, expression.items))
        case Transform():
            return words_of(expression.of) + sum(
                words_of(argument.value) for argument in expression.arguments
            )
    return 0
