"""Variables that the configuration sizes and no prompt has: most often a slip of the pen, which sizes nothing."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from scrimp.config.globs import Target
from scrimp.config.schema import PromptEntry, Settings
from scrimp.measure.variables import VariableSizes, looped
from scrimp.model.prompts import Prompt
from scrimp.model.segments import LoopSegment, VariableSegment, walk

MOST_NAMED = 5
"""Variables that are named where none is near."""


def misnamed(settings: Settings, prompts: Iterable[Prompt]) -> Iterator[str]:
    """A warning for each variable of an entry under ``prompts`` that none of the prompts has for which it is used."""
    if not any(entry.variables for entry in settings.prompts):
        return
    used: dict[int, dict[str, None]] = {}
    for prompt in prompts:
        target = Target(prompt.id, prompt.path, prompt.name)
        first = next((at for at, each in enumerate(settings.prompts) if each.match.matches(target)), None)
        if first is not None:
            used.setdefault(first, {}).update(dict.fromkeys(_holes(prompt)))
    for at, holes in sorted(used.items()):
        yield from _of_entry(settings.prompts[at], list(holes))


def _of_entry(entry: PromptEntry, holes: list[str]) -> Iterator[str]:
    for name, size in entry.variables.items():
        known = VariableSizes({name: size})
        if all(known.told(each) is None for each in holes):
            yield f'prompts: {entry.match}: variables: no prompt has "{name}": {_instead(name, holes)}'


def _holes(prompt: Prompt) -> Iterator[str]:
    """What its holes are called, and what its loops go over."""
    for segment in walk(prompt.segments):
        match segment:
            case VariableSegment():
                yield segment.name
            case LoopSegment():
                yield looped(segment.over)


def _instead(name: str, holes: list[str]) -> str:
    from difflib import get_close_matches  # noqa: PLC0415 - only a mistake needs it

    if not holes:
        return "there are no variables"
    close = get_close_matches(name, holes, n=1)
    if close:
        return f'did you mean "{close[0]}"?'
    more = f" and {len(holes) - MOST_NAMED} more" if len(holes) > MOST_NAMED else ""
    return f"there are {', '.join(holes[:MOST_NAMED])}{more}"
