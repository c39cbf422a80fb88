"""Names that survive moves: ``path::qualified name[#role or ordinal]``."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence


def identify(units: Sequence[tuple[str, str, str]]) -> list[str]:
    """An id for each unit, given as path, qualified name and role in the order of the text.

    Where several have the same path and name, the role tells them apart, else their number among them.
    """
    groups: dict[tuple[str, str], list[int]] = defaultdict(list)
    for position, (path, name, _) in enumerate(units):
        groups[path, name].append(position)
    ids = [""] * len(units)
    for (path, name), positions in groups.items():
        base = f"{path}::{name}" if name else path
        roles = Counter(units[position][2] for position in positions)
        for number, position in enumerate(positions, 1):
            role = units[position][2]
            if len(positions) == 1:
                ids[position] = base
            elif roles[role] == 1 and role != "unknown":
                ids[position] = f"{base}#{role}"
            else:
                ids[position] = f"{base}#{number}"
    return ids
