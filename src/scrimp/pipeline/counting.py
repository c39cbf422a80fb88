"""Which model a single text is counted for, where nobody names one: the one that the text would be sent to."""

from __future__ import annotations

from dataclasses import dataclass

from scrimp.config.entries import effective
from scrimp.config.globs import Target
from scrimp.measure import DEFAULT_MODEL
from scrimp.pipeline.audit import read_tree
from scrimp.pipeline.setup import Setup
from scrimp.readers import frontmatter
from scrimp.tree.memory import MemoryTree

BY_FILE = frozenset({"call", "file"})


@dataclass(frozen=True, slots=True)
class Asked:
    """A model, and who names it: ``option file config default``."""

    model: str
    source: str


def models(path: str, raw: bytes, text: str, setup: Setup) -> tuple[Asked, ...]:
    """The models that a file says its prompts are sent to, else the one that is configured for it, else ours.

    ``path`` is POSIX and relative to the root; one that no file can have is no file's. ``text`` is what it says, empty
    for an image.
    """
    requests = read_tree(MemoryTree({path: raw}), setup, named=(path,)).measured.requests if text else ()
    own = [each.model for each in requests if each.model_source in BY_FILE] or list(_ahead(text))
    if own:
        return tuple(Asked(name, "file") for name in dict.fromkeys(own))
    told = [each.model for each in requests if each.model_source == "config"]
    told += [name for name in (effective(setup.settings, Target(path, path, "")).model,) if name]
    return (Asked(told[0], "config"),) if told else (Asked(DEFAULT_MODEL, "default"),)


def _ahead(text: str) -> list[str]:
    """The model that a frontmatter names, whatever the text behind it is for."""
    head = frontmatter.find(text)
    field = frontmatter.fields(text, head).get("model") if head else None
    name = field.value.strip("\"'") if field else ""
    return [name] if name and not any(mark in name for mark in "{[\n:") else []
