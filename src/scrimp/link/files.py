"""Files of the tree that code names, by path, by what they are imported as, or by the keys of their data."""

from __future__ import annotations

import posixpath
from collections.abc import Iterable, Mapping

from msgspec import Struct, field

from scrimp.link import loader
from scrimp.link.values import Entries, Hole, Location, Outside, Value, Written, literal
from scrimp.model.facts import Facts
from scrimp.model.segments import InlineSegment, TextSegment

OWN_FILE = frozenset(("__file__", "__filename", "import.meta.url", "import.meta.filename"))
OWN_FOLDER = frozenset(("__dirname", "import.meta.dirname"))


class Files(Struct):
    """The files of the tree by path."""

    facts: Mapping[str, Facts]
    _settings: dict[tuple[str, str], Value | None] = field(default_factory=dict)

    def setting(self, keys: tuple[str, ...]) -> Value | None:
        """The text of a data file whose last two keys are those; None if there is none, or more than one."""
        if not self._settings:
            self._settings["", ""] = None
            for path, facts in self.facts.items():
                for number, entry in enumerate(facts.entries):
                    above, _, last = entry.key.rpartition(".")
                    if above and entry.certainty != "none":
                        key = (above.rpartition(".")[2].lower(), last.lower())
                        own = Written((InlineSegment(loader.entry_key(path, number), ()),))
                        self._settings[key] = None if key in self._settings else own
        return self._settings.get((keys[-2].lower(), keys[-1].lower()))

    def included(self, target: str, path: str) -> Value | None:
        """A template of the tree, by the name that another one includes it by."""
        found = loader.find(self.facts, target, path)
        return None if found is None else self.whole(found)

    def imported(self, bases: Iterable[str], name: str) -> Value | None:
        """A file that isn't code, imported as one of some paths: its text or, of data, its texts by their keys."""
        path = next((base for base in bases if base in self.facts), None)
        if path is None:
            return None
        if self.facts[path].text is not None or name == "":
            return self.whole(path)
        data = self.keyed(path)
        return data if name == "default" or not isinstance(data, Entries) else data.values.get(name)

    def whole(self, path: str) -> Value:
        """The text of a whole file: the entries that make it up, else its plain text, else where its data stand."""
        facts = self.facts[path]
        found = loader.whole(facts, path) if facts.text is not None else []
        if found:
            return Written(tuple(InlineSegment(key, ()) for key in found))
        if facts.text is not None:
            return Written((TextSegment(facts.text.value, path, facts.text.pieces),))
        return Location(path)

    def keyed(self, path: str) -> Value:
        """A data file as nested dictionaries of its texts."""
        root: dict[str, Value] = {}
        for number, entry in enumerate(self.facts[path].entries):
            if entry.key:
                _put(
                    root, entry.key.split("."), Written((InlineSegment(loader.entry_key(path, number), ()),))
                )
        return Entries(root)

    def joined(self, base: Value, parts: list[Value], path: str) -> Value:
        """``base / part / part`` as a path of the tree."""
        start = path_of(base, path)
        names = [literal(part) for part in parts]
        if start is None or any(name is None for name in names):
            return Hole("path")
        return located(posixpath.join(start, *[name for name in names if name is not None]))

    def folder(self, package: str, path: str) -> Value:
        """A folder of data files named like a package that holds no code."""
        wanted = package.replace(".", "/")
        for file in self.facts:
            folder = posixpath.dirname(file)
            if folder == wanted or folder.endswith("/" + wanted):
                return located(folder)
        return Hole(package, path)

    def named(self, name: Value, path: str) -> Value:
        """The text of the file of a name that the host language itself puts in place."""
        written = literal(name)
        if written is None:
            return Hole("file")
        found = self.nearest(written, path)
        if isinstance(found, Hole):  # resources lie in folders of their own
            wanted = "/" + posixpath.normpath(written).lstrip("/")
            ending = sorted((each for each in self.facts if each.endswith(wanted)), key=len)
            return self.whole(ending[0]) if ending else found
        return found

    def nearest(self, name: str, path: str) -> Value:
        """A file of the tree that code opens as ``name``: from the root, or next to or above the code."""
        folder = posixpath.dirname(path)
        candidates = [posixpath.normpath(name)]
        while True:
            candidates.append(posixpath.normpath(posixpath.join(folder, name)))
            if not folder:
                break
            folder = posixpath.dirname(folder)
        found = next((each for each in candidates if each in self.facts), None)
        return Hole(name) if found is None else self.whole(found)

    def loaded(self, text: Value) -> Value:
        """The data of a file whose text, or place, is given."""
        if isinstance(text, Location) and text.path in self.facts:
            return self.keyed(text.path)
        if isinstance(text, Written) and len(text.segments) == 1:
            segment = text.segments[0]
            if isinstance(segment, TextSegment) and segment.path in self.facts:
                return self.keyed(segment.path)
            if isinstance(segment, InlineSegment):
                file, _, _ = segment.prompt.rpartition("@")
                return self.keyed(file) if file in self.facts else Hole("data")
        return Hole("data")


def located(path: str) -> Value:
    """A path of the tree as a value."""
    return Location(path)


def beside(location: Location, attribute: str) -> Value:
    """An attribute of a path."""
    return Location(posixpath.dirname(location.path)) if attribute == "parent" else Hole(attribute)


def path_of(value: Value, path: str) -> str | None:
    """The path that a value names; ``None`` if it names none."""
    match value:
        case Location():
            return value.path
        case Outside(name=name) if name in OWN_FILE:
            return path
        case Outside(name=name) if name in OWN_FOLDER:
            return posixpath.dirname(path)
    return literal(value)


def _put(root: dict[str, Value], keys: list[str], value: Value) -> None:
    for key in keys[:-1]:
        below = root.get(key)
        if not isinstance(below, Entries):
            below = Entries({})
            root[key] = below
        assert isinstance(below.values, dict)
        root = below.values
    root[keys[-1]] = value
