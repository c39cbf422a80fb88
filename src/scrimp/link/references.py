"""What files say of other files: that one holds a prompt, and with which model and output cap it is sent."""

from __future__ import annotations

from collections.abc import Mapping

from msgspec import Struct, field

from scrimp.link import loader
from scrimp.link.values import SiteKey
from scrimp.model.algebra import File
from scrimp.model.facts import Entry, Facts
from scrimp.model.prompts import Sample, Unresolved
from scrimp.model.source import Lines


class Reference(Struct, frozen=True):
    """An entry that names another file's text, and the file that the entry is in."""

    path: str
    entry: Entry


class References(Struct):
    """The references of one tree, by the text that they name; of several of one text the first counts."""

    texts: dict[SiteKey, Reference] = field(default_factory=dict)
    clients: dict[tuple[str, str], Entry] = field(default_factory=dict)
    """Named clients of BAML, by their namespace and name."""
    unresolved: list[Unresolved] = field(default_factory=list)

    @classmethod
    def of(cls, files: Mapping[str, Facts]) -> References:
        """All that the files of a tree say of each other."""
        found = cls()
        for path, facts in files.items():
            for entry in facts.entries:
                if isinstance(entry.expression, File):
                    found._follow(files, Reference(path, entry))
                elif facts.language == "baml":
                    found._note_client(path, entry)
        return found

    def samples(self, files: Mapping[str, Facts], key: SiteKey, path: str) -> tuple[Sample, ...]:
        """What the tests and examples of a text's file, and of the file that refers to it, put into its variables."""
        beside = self.texts[key].path if key in self.texts else path
        return tuple(
            Sample(
                each.name,
                each.value,
                where,
                Lines(files[where].lines).position(each.start)[0],
                each.case,
                each.item,
            )
            for where in dict.fromkeys((path, beside))
            for each in files[where].samples
        )

    def settings(self, key: SiteKey, path: str, entry: Entry) -> tuple[str, int]:
        """The model and the output cap of an entry: its own, its client's, or those of what refers to it."""
        client = self.clients.get((loader.namespace(path), entry.model))
        if client is not None:
            return client.model, entry.output_cap or client.output_cap
        stated = self.texts[key].entry if key in self.texts else entry
        return entry.model or stated.model, entry.output_cap or stated.output_cap

    def _note_client(self, path: str, entry: Entry) -> None:
        """Note an entry of a file of BAML if it is a named client."""
        from scrimp.readers.baml import CLIENT  # noqa: PLC0415 - heavy, and few trees have such files

        if entry.key.startswith(CLIENT):
            self.clients.setdefault((loader.namespace(path), entry.key.removeprefix(CLIENT)), entry)

    def _follow(self, files: Mapping[str, Facts], reference: Reference) -> None:
        """Note what a reference leads to; one that a file's name alone made may lead nowhere."""
        entry = reference.entry
        target = loader.target_of(entry.expression)
        found = [
            key
            for path in loader.find_all(files, target, reference.path)
            for key in loader.whole(files[path], path)
        ]
        for key in found:
            self.texts.setdefault(key, reference)
        if not found and entry.key:
            line, column = Lines(files[reference.path].lines).position(entry.start)
            missing = Unresolved(reference.path, line, target, "the tree has no such text", column)
            self.unresolved.append(missing)
