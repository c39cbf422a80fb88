"""Memory for the frames of functions, taken once for all that a run calls."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

Function = TypeVar("Function", bound=Callable[..., object])

ROOM = 2**17
"""Words that a frame asks for so that others fit behind it.

CPython takes memory for frames in pieces of 16 KiB, and gives one back as soon as no frame is in it: a loop whose calls
need a new piece asks the system for it at each of them, which takes a hundred times as long as a call. A frame that
needs more gets a piece of the next power of two, here 2 MiB, of which all further frames have the second half (CPython
3.11 to 3.14, ``Python/pystate.c``). What is not used of it takes no memory.
"""


def with_room(function: Function) -> Function:
    """The same function, behind whose frame there is room for those of all that it calls.

    It should be called once: a traceback that is kept keeps its frame with all of its room.
    """
    code = function.__code__
    function.__code__ = code.replace(co_stacksize=code.co_stacksize + ROOM)
    return function
