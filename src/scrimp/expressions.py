"""Regular expressions that are compiled when they are first used.

To compile one takes as long as to look through thousands of characters with it. A check of a few files imports modules
with 220 of them and uses a third: the others took a tenth of the time of all imports (November 2026).
"""

from __future__ import annotations

import re
from functools import cached_property
from types import ModuleType
from typing import Any, AnyStr, Generic, cast


class _Late(Generic[AnyStr]):
    """An expression that gets the methods of what it is compiled to, each when it is first asked for."""

    def __init__(self, source: AnyStr, flags: int) -> None:
        self._source: AnyStr = source
        self._flags = flags

    @cached_property
    def _compiled(self) -> re.Pattern[AnyStr]:
        return re.compile(self._source, self._flags)

    def __getattr__(self, name: str) -> Any:
        method = getattr(self._compiled, name)
        setattr(self, name, method)
        return method


def compiled_late(source: AnyStr, flags: int = 0) -> re.Pattern[AnyStr]:
    """An expression as ``re.compile`` takes it; what is wrong with it is found out when it is used."""
    return cast("re.Pattern[AnyStr]", _Late(source, flags))


def compile_late(*modules: ModuleType) -> None:
    """Compile what modules compile late, in a process that is waiting for others and will use it."""
    for module in modules:
        for each in vars(module).values():
            if isinstance(each, _Late):
                _ = each._compiled
