"""What holds for all that runs inside of a block, without being handed down to it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import TypeVar

Value = TypeVar("Value")


@contextmanager
def holding(variable: ContextVar[Value], value: Value) -> Iterator[None]:
    """Gives a variable a value while this lasts; then it has again the one that it had before."""
    token = variable.set(value)
    try:
        yield
    finally:
        variable.reset(token)
