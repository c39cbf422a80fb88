"""Who speaks in a message: by what its role argument holds, or by the name of the message's class."""

from __future__ import annotations

import re

from scrimp.link.values import Choice, Hole, Outside, Value, literal

ROLES = {
    "system": "system",
    "developer": "developer",
    "user": "user",
    "human": "user",
    "assistant": "assistant",
    "ai": "assistant",
    "model": "assistant",
    "chatbot": "assistant",
    "tool": "tool",
    "function": "tool",
}
MESSAGE = re.compile(r"(System|Developer|User|Human|Assistant|A[Ii]|Tool)(?:Chat)?(?:Message|Prompt)")
"""Names of the classes of messages of one speaker: ``ChatCompletionSystemMessageParam``, ``HumanMessage``."""


def role_in(value: Value) -> str:
    """The role that a value names: a text, or a member of an enumeration; else ``""``."""
    match value:
        case Outside(name=name):
            return ROLES.get(name.rpartition(".")[2].lower(), "")
        case Choice():
            return next((found for each in value.values if (found := role_in(each))), "")
        case Hole(name=name):
            return ROLES.get(name.rpartition(".")[2].lower(), "")
    return ROLES.get((literal(value) or "").lower(), "")


def role_of_class(name: str) -> str:
    """The role of all messages of a class, by its name; ``""`` if that tells none."""
    found = MESSAGE.search(name)
    return "" if found is None else ROLES[found[1].lower()]
