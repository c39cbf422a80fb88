"""What examples of SDKs consist of, and the texts that they have in common."""

from __future__ import annotations

from dataclasses import dataclass

from linked_trees import Sends

SYSTEM = "You are a careful librarian of old maps."
ASK = "Describe the map of {city} in two sentences."
RULES = "Name the year of each map and who drew it."
ASKED = "Describe the map of Prague."
BOTH = (("system", SYSTEM), ("user", ASK))

__all__ = ["ASK", "ASKED", "BOTH", "RULES", "SYSTEM", "Example", "Sends"]


@dataclass(frozen=True)
class Example:
    """A file with one call, and what it is read as."""

    path: str
    code: str
    sends: Sends
