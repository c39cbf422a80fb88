"""What of a request goes out together, and what only in place of something else.

Code picks one of several texts by an ``if``, a dictionary, a default: each call sends one of them. Such alternatives
exclude each other, so that neither their tokens nor their messages add up.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Iterator
from typing import Generic, TypeVar

from msgspec import Struct

Leaf = TypeVar("Leaf", bound=Hashable)
Other = TypeVar("Other", bound=Hashable)


class OneOf(Struct, Generic[Leaf], frozen=True):
    """Alternatives, of which each call sends one; ``condition`` is the source that decides, ``""`` if not told."""

    condition: str
    alternatives: tuple[Together[Leaf], ...]


class Together(Struct, Generic[Leaf], frozen=True):
    """What goes out one after the other: ``pieces``, in as many ``messages``, with so many parts from outside.

    ``messages`` and ``open_parts`` are those outside of its alternatives, which have their own.
    """

    pieces: tuple[Leaf | OneOf[Leaf], ...] = ()
    messages: int = 0
    open_parts: int = 0

    def leaves(self) -> Iterator[Leaf]:
        """All that any call sends, in order, as often as it stands here."""
        waiting = [*reversed(self.pieces)]
        while waiting:
            piece = waiting.pop()
            if isinstance(piece, OneOf):
                for alternative in reversed(piece.alternatives):
                    waiting += reversed(alternative.pieces)
            else:
                yield piece

    def certain(self) -> Iterator[Leaf]:
        """What every call sends."""
        for piece in self.pieces:
            if isinstance(piece, OneOf):
                ways = [set(each.certain()) for each in piece.alternatives]
                yield from set.intersection(*ways)
            else:
                yield piece

    @property
    def has_any(self) -> bool:
        """Whether any call sends a leaf of it."""
        return next(self.leaves(), None) is not None

    @property
    def sends_messages(self) -> bool:
        """Whether any call sends a message."""
        return self.messages > 0 or any(
            each.sends_messages for piece in self._choices for each in piece.alternatives
        )

    @property
    def most_messages(self) -> int:
        """The messages of the call that sends most of them."""
        return self.messages + sum(
            max(each.most_messages for each in piece.alternatives) for piece in self._choices
        )

    @property
    def most_open(self) -> int:
        """The parts from outside of the call that sends most of them."""
        return self.open_parts + sum(
            max(each.most_open for each in piece.alternatives) for piece in self._choices
        )

    @property
    def is_certain(self) -> bool:
        """Whether all calls send the same."""
        return OneOf not in map(type, self.pieces)

    def within(self, messages: int) -> Together[Leaf]:
        """The same in so many messages, whatever is picked."""
        return Together(tuple(map(_unframed, self.pieces)), messages, self.open_parts)

    def put(self, inner: Callable[[Leaf], Together[Other]]) -> Together[Other]:
        """The same with what stands for each leaf in its place."""

        def found(piece: Leaf | OneOf[Leaf]) -> Together[Other]:
            if not isinstance(piece, OneOf):
                return inner(piece)
            several = tuple(each.put(inner) for each in piece.alternatives)
            return Together((OneOf(piece.condition, several),))

        return self.holding(map(found, self.pieces))

    def holding(self, several: Iterable[Together[Other]]) -> Together[Other]:
        """What goes out one after the other in place of its pieces, with its own messages and parts from outside."""
        pieces: list[Other | OneOf[Other]] = []
        messages, open_parts = self.messages, self.open_parts
        for one in several:
            pieces += one.pieces
            messages += one.messages
            open_parts += one.open_parts
        return Together(tuple(pieces), messages, open_parts)

    def settled(self) -> Together[Leaf]:
        """The same with each leaf once in each call, and without alternatives that differ in nothing."""
        return _settled(self, set())

    @property
    def _choices(self) -> Iterator[OneOf[Leaf]]:
        return (piece for piece in self.pieces if isinstance(piece, OneOf))


def _unframed(piece: Leaf | OneOf[Leaf]) -> Leaf | OneOf[Leaf]:
    if isinstance(piece, OneOf):
        return OneOf(piece.condition, tuple(each.within(0) for each in piece.alternatives))
    return piece


def _settled(together: Together[Leaf], sent: set[Leaf | OneOf[Leaf]]) -> Together[Leaf]:
    """Settled where ``sent`` goes out with it anyway, which gets what does now."""
    return together.holding(_settled_pieces(together, sent))


def _settled_pieces(together: Together[Leaf], sent: set[Leaf | OneOf[Leaf]]) -> Iterator[Together[Leaf]]:
    for piece in together.pieces:
        if piece in sent:
            continue
        sent.add(piece)
        if not isinstance(piece, OneOf):
            yield Together((piece,))
            continue
        ways = [set(sent) for _ in piece.alternatives]
        several = tuple(
            dict.fromkeys(_settled(each, way) for each, way in zip(piece.alternatives, ways, strict=True))
        )
        sent |= set.intersection(*ways) if ways else set()
        if len(several) > 1:
            yield Together((OneOf(piece.condition, several),))
        else:
            yield from several
