"""What is known of names outside the tree: files loaded by literal paths, and functions that hand text through."""

from __future__ import annotations

import posixpath
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from scrimp.link.values import Entries, Hole, Made, Outside, SiteKey, Value, Written
from scrimp.model.algebra import Call
from scrimp.model.facts import Facts
from scrimp.model.prompts import InlineSegment, TextSegment

if TYPE_CHECKING:
    from scrimp.link.evaluate import Environment, Evaluator

BUILTINS = frozenset(
    ("open", "str", "repr", "len", "print", "input", "list", "tuple", "dict", "sorted", "getattr", "__file__")
)
COMMON_METHODS = frozenset(
    (
        *(
            "get",
            "run",
            "create",
            "format",
            "invoke",
            "ainvoke",
            "call",
            "execute",
            "process",
            "update",
            "append",
            "add",
        ),
        *(
            "generate",
            "send",
            "write",
            "read",
            "open",
            "close",
            "start",
            "stop",
            "load",
            "save",
            "build",
            "render",
            "join",
        ),
        *(
            "items",
            "keys",
            "values",
            "pop",
            "copy",
            "__call__",
            "__init__",
            "stream",
            "chat",
            "complete",
            "put",
            "post",
        ),
    )
)
"""Method names so common that a single definition in the tree doesn't tell what an unknown receiver is."""

SAME_TEXT = frozenset(
    (
        *(
            "str",
            "textwrap.dedent",
            "inspect.cleandoc",
            "inspect.getdoc",
            "html.unescape",
            "string.Template",
            "typing.cast",
        ),
        *("jinja2.Template", "jinja2.Environment.from_string", "SafeString", "gettext.gettext"),
    )
)
"""Callees whose value is the text of their first argument."""
DEFAULTS = frozenset(
    ("pydantic.Field", "dataclasses.field", "attr.ib", "attrs.field", "msgspec.field", "Field", "field")
)
"""Callees whose value is their ``default``."""
LOADERS = frozenset(
    (
        "yaml.safe_load",
        "yaml.load",
        "yaml.full_load",
        "json.load",
        "json.loads",
        "tomllib.load",
        "tomllib.loads",
        "toml.load",
    )
)
PATHS = frozenset(("pathlib.Path", "pathlib.PurePath", "pathlib.PosixPath"))
READS = frozenset(("read", "read_text", "decode", "readlines"))


@dataclass(slots=True)
class Library:
    """Files of the tree by path, and what calls of outside functions give."""

    files: Mapping[str, Facts]

    def included(self, target: str, path: str) -> Value | None:
        """A template of the tree, by the name that another one includes it by: the nearest that ends in it."""
        folder = posixpath.dirname(path)
        while True:
            found = posixpath.normpath(posixpath.join(folder, target))
            if found in self.files and found != path:
                return self.whole(found)
            if not folder:
                return None
            folder = posixpath.dirname(folder)

    def whole(self, path: str) -> Value:
        """The text of a whole file: the entry that covers it, else its plain text."""
        facts = self.files[path]
        for number, entry in enumerate(facts.entries):
            if entry.key == "":
                return Written((InlineSegment(entry_key(path, number), ()),))
        if facts.text is not None:
            return Written((TextSegment(facts.text.value, path, facts.text.pieces),))
        return Hole(path)

    def keyed(self, path: str) -> Value:
        """A data file as nested dictionaries of its texts."""
        root: dict[str, Value] = {}
        for number, entry in enumerate(self.files[path].entries):
            if entry.key:
                _put(root, entry.key.split("."), Written((InlineSegment(entry_key(path, number), ()),)))
        return Entries(root)

    def joined(self, base: Value, parts: list[Value], path: str) -> Value:
        """``base / part / part`` as a path of the tree."""
        start = path_of(base, path)
        names = [literal(part) for part in parts]
        if start is None or any(name is None for name in names):
            return Hole("path")
        return located(posixpath.join(start, *[name for name in names if name is not None]))

    def called(self, name: str, call: Call, path: str, evaluator: Evaluator, given: Environment) -> Value:
        """What a call of an outside function gives."""
        arguments = call.arguments
        first = evaluator.evaluate(arguments[0].value, path, given) if arguments else Hole("")
        short = name.rpartition(".")[2]
        if name in SAME_TEXT or short in ("dedent", "cleandoc"):
            return first
        if name in DEFAULTS or short in ("Field", "InputField"):
            for argument in arguments:
                if argument.name == "default":
                    return evaluator.evaluate(argument.value, path, given)
            return first if arguments and not arguments[0].name else Made(Outside(name), (), call, path, "")
        if name in PATHS or name in ("os.path.abspath", "os.path.realpath"):
            return (
                self.joined(located(""), [first], path) if literal(first) is not None else _own(first, path)
            )
        if name == "os.path.dirname":
            start = path_of(first, path)
            return Hole("path") if start is None else located(posixpath.dirname(start))
        if name == "os.path.join":
            rest = [evaluator.evaluate(each.value, path, given) for each in arguments[1:]]
            return self.joined(first, rest, path)
        if name in ("importlib.resources.files", "importlib_resources.files"):
            package = literal(first)
            found = None if package is None else evaluator.symbols.module_named(package, path)
            if found is not None:
                return located(posixpath.dirname(found))
            return Hole("path") if package is None else self._folder(package, path)
        if name == "open":
            start = path_of(first, path)
            return Hole("file") if start is None else self._nearest(start, path)
        if name in LOADERS:
            return self._loaded(first)
        return Made(Outside(name), (), call, path, "")

    def _folder(self, package: str, path: str) -> Value:
        """A folder of data files named like a package that holds no code."""
        wanted = package.replace(".", "/")
        for file in self.files:
            folder = posixpath.dirname(file)
            if folder == wanted or folder.endswith("/" + wanted):
                return located(folder)
        return Hole(package, path)

    def method(
        self,
        value: Value,
        attributes: list[str],
        call: Call,
        path: str,
        evaluator: Evaluator,
        given: Environment,
    ) -> Value:
        """What a call of a method of something unknown gives: reading a path, or joining one."""
        start = path_of(value, path)
        name = attributes[-1]
        if start is not None:
            here = start
            for attribute in attributes[:-1]:
                here = posixpath.dirname(here) if attribute == "parent" else here
            arguments = [
                evaluator.evaluate(each.value, path, given) for each in call.arguments if not each.name
            ]
            match name:
                case "joinpath":
                    return self.joined(located(here), arguments, path)
                case "with_name":
                    return self.joined(located(posixpath.dirname(here)), arguments, path)
                case "resolve" | "absolute" | "expanduser":
                    return located(here)
                case "open":
                    return self._nearest(here, path)
                case "read_text" | "read":
                    return self._nearest(here, path)
        receiver = value
        if isinstance(receiver, Made):
            return Made(receiver.callee, (*receiver.attributes, *attributes), call, path, receiver.scope)
        return Made(value, tuple(attributes), call, path, "")

    def _nearest(self, name: str, path: str) -> Value:
        """A file of the tree that code opens as ``name``: from the root, or next to or above the code."""
        folder = posixpath.dirname(path)
        candidates = [posixpath.normpath(name)]
        while True:
            candidates.append(posixpath.normpath(posixpath.join(folder, name)))
            if not folder:
                break
            folder = posixpath.dirname(folder)
        found = next((each for each in candidates if each in self.files), None)
        return Hole(name) if found is None else self.whole(found)

    def _loaded(self, text: Value) -> Value:
        if isinstance(text, Written) and len(text.segments) == 1:
            segment = text.segments[0]
            if isinstance(segment, TextSegment) and segment.path in self.files:
                return self.keyed(segment.path)
            if isinstance(segment, InlineSegment):
                file, _, _ = segment.prompt.rpartition("@")
                return self.keyed(file) if file in self.files else Hole("data")
        return Hole("data")


def entry_key(path: str, number: int) -> SiteKey:
    """The key of a file's entry while linking."""
    return f"{path}@{number}"


def located(path: str) -> Value:
    """A path of the tree as a value."""
    return Outside(f"path:{path}")


def path_of(value: Value, path: str) -> str | None:
    """The path that a value names; ``None`` if it names none."""
    match value:
        case Outside(name=name) if name.startswith("path:"):
            return name.removeprefix("path:")
        case Outside(name="__file__"):
            return path
    return literal(value)


def _own(value: Value, path: str) -> Value:
    start = path_of(value, path)
    return Hole("path") if start is None else located(start)


def literal(value: Value) -> str | None:
    """The text of a value that is wholly known."""
    if isinstance(value, Written) and len(value.segments) == 1:
        segment = value.segments[0]
        if isinstance(segment, TextSegment):
            return segment.value
        if isinstance(segment, InlineSegment):
            return literal(Written(segment.body))
    return None


def _put(root: dict[str, Value], keys: list[str], value: Value) -> None:
    for key in keys[:-1]:
        below = root.get(key)
        if not isinstance(below, Entries):
            below = Entries({})
            root[key] = below
        assert isinstance(below.values, dict)
        root = below.values
    root[keys[-1]] = value
