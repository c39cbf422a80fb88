"""What is known of names outside the tree: files loaded by literal paths, and functions that hand text through."""

from __future__ import annotations

import posixpath
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from scrimp.link import loader
from scrimp.link.values import Entries, Hole, Items, Location, Made, Outside, Value, Written
from scrimp.model.algebra import Call
from scrimp.model.facts import Facts
from scrimp.model.prompts import InlineSegment, TextSegment

if TYPE_CHECKING:
    from scrimp.link.evaluate import Environment, Evaluator

BUILTINS = (
    frozenset(
        (
            "open",
            "str",
            "repr",
            "len",
            "print",
            "input",
            "list",
            "tuple",
            "dict",
            "sorted",
            "getattr",
            "__file__",
        )
    )
    | {"__dirname", "__filename", "import", "process", "URL", "Bun", "Deno", "JSON"}
    | {"+", "|", "[]"}
)
"""Names that need no import; the operators are those whose meaning their operands tell."""
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
            "copy.copy",
            "copy.deepcopy",
            "list",
            "tuple",
            "dict",
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
SAME_FUNCTIONS = {
    "fs.readFileSync": "open",
    "fs.readFile": "open",
    "fs.promises.readFile": "open",
    "fs/promises.readFile": "open",
    "Bun.file": "open",
    "Deno.readTextFile": "open",
    "Deno.readTextFileSync": "open",
    "path.join": "os.path.join",
    "path.resolve": "os.path.join",
    "path.posix.join": "os.path.join",
    "path.dirname": "os.path.dirname",
    "url.fileURLToPath": "os.path.abspath",
    "JSON.parse": "json.loads",
    "yaml.parse": "yaml.load",
    "js-yaml.load": "yaml.load",
    "toml.parse": "toml.load",
}
"""Functions of Node, Bun and Deno, by those of Python that do the same; see their documentation, 2026-11."""
OWN_FILE = frozenset(("__file__", "__filename", "import.meta.url", "import.meta.filename"))
OWN_FOLDER = frozenset(("__dirname", "import.meta.dirname"))
PATHS = frozenset(("pathlib.Path", "pathlib.PurePath", "pathlib.PosixPath"))
PATH_FUNCTIONS = PATHS | {
    *("os.path.abspath", "os.path.realpath", "os.path.dirname", "os.path.join"),
    *("os.getcwd", "process.cwd", "URL"),
}
TEMPLATE_MAKERS = frozenset(("from_string",))
"""Methods of template environments whose value is the text of their first argument."""
ENTERED = frozenset(("enter_context", "enter_async_context"))
"""Methods of exit stacks whose value is what entering their argument gives, mostly itself."""
READS = frozenset(("read", "read_text", "decode"))
"""Methods of an opened file whose value is its text."""


@dataclass(slots=True)
class Library:
    """Files of the tree by path, and what calls of outside functions give."""

    files: Mapping[str, Facts]
    _settings: dict[tuple[str, str], Value | None] = field(default_factory=dict)

    def setting(self, keys: tuple[str, ...]) -> Value | None:
        """The text of a data file whose last two keys are those; None if there is none, or more than one."""
        if not self._settings:
            self._settings["", ""] = None
            for path, facts in self.files.items():
                for number, entry in enumerate(facts.entries):
                    above, _, last = entry.key.rpartition(".")
                    if above and entry.certainty != "none":
                        key = (above.rpartition(".")[2].lower(), last.lower())
                        own = Written((InlineSegment(loader.entry_key(path, number), ()),))
                        self._settings[key] = None if key in self._settings else own
        return self._settings.get((keys[-2].lower(), keys[-1].lower()))

    def included(self, target: str, path: str) -> Value | None:
        """A template of the tree, by the name that another one includes it by."""
        found = loader.find(self.files, target, path)
        return None if found is None else self.whole(found)

    def imported(self, bases: Iterable[str], name: str) -> Value | None:
        """A file that isn't code, imported as one of some paths: its text or, of data, its texts by their keys."""
        path = next((base for base in bases if base in self.files), None)
        if path is None:
            return None
        if self.files[path].text is not None or name == "":
            return self.whole(path)
        data = self.keyed(path)
        return data if name == "default" or not isinstance(data, Entries) else data.values.get(name)

    def whole(self, path: str) -> Value:
        """The text of a whole file: the entries that make it up, else its plain text, else where its data stand."""
        facts = self.files[path]
        found = loader.whole(facts, path) if facts.text is not None else []
        if found:
            return Written(tuple(InlineSegment(key, ()) for key in found))
        if facts.text is not None:
            return Written((TextSegment(facts.text.value, path, facts.text.pieces),))
        return Location(path)

    def keyed(self, path: str) -> Value:
        """A data file as nested dictionaries of its texts."""
        root: dict[str, Value] = {}
        for number, entry in enumerate(self.files[path].entries):
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

    def called(self, name: str, call: Call, path: str, evaluator: Evaluator, given: Environment) -> Value:
        """What a call of an outside function gives."""
        arguments = call.arguments
        first = evaluator.evaluate(arguments[0].value, path, given) if arguments else Hole("")
        short = name.rpartition(".")[2]
        plain = name.removeprefix("node:").replace(".default.", ".")
        name = SAME_FUNCTIONS.get(plain, name)
        if name in SAME_TEXT or short in ("dedent", "cleandoc"):
            return first
        if name in DEFAULTS or short in ("Field", "InputField"):
            for argument in arguments:
                if argument.name == "default":
                    return evaluator.evaluate(argument.value, path, given)
            return (
                first
                if arguments and not arguments[0].name
                else Made(Outside(name), (), call, path, "", None, given)
            )
        if name in PATH_FUNCTIONS:
            rest = [evaluator.evaluate(each.value, path, given) for each in arguments[1:]]
            return self._path(name, first, rest, path)
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
        if name == "[]":
            key = literal(evaluator.evaluate(arguments[1].value, path, given))
            return evaluator.member(first, "*" if key is None else key)
        if name == "+":
            return _sum([evaluator.evaluate(each.value, path, given) for each in arguments])
        return Made(Outside(name), (), call, path, "", None, given)

    def _path(self, name: str, first: Value, rest: list[Value], path: str) -> Value:
        """What a function that makes a path of others gives."""
        match name:
            case "os.getcwd" | "process.cwd":
                return located("")
            case "os.path.join":
                return self.joined(first, rest, path)
            case "os.path.dirname":
                start = path_of(first, path)
                return Hole("path") if start is None else located(posixpath.dirname(start))
            case "URL" if rest:  # new URL("./name", base)
                base = path_of(rest[0], path)
                folder = located("" if base is None else posixpath.dirname(base))
                return Hole("path") if base is None else self.joined(folder, [first], path)
        return self.joined(located(""), [first], path) if literal(first) is not None else _own(first, path)

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
        if name in ENTERED and call.arguments:
            return evaluator.evaluate(call.arguments[0].value, path, given)
        if name in TEMPLATE_MAKERS and call.arguments:
            first = evaluator.evaluate(call.arguments[0].value, path, given)
            if isinstance(first, Written):
                return first
        if isinstance(receiver, Made):
            names = (*receiver.attributes, *attributes)
            return Made(receiver.callee, names, call, path, receiver.scope, receiver.making, given)
        return Made(value, tuple(attributes), call, path, "", None, given)

    def named(self, name: Value, path: str) -> Value:
        """The text of the file of a name that the host language itself puts in place."""
        written = literal(name)
        if written is None:
            return Hole("file")
        found = self._nearest(written, path)
        if isinstance(found, Hole):  # resources lie in folders of their own
            wanted = "/" + posixpath.normpath(written).lstrip("/")
            ending = sorted((each for each in self.files if each.endswith(wanted)), key=len)
            return self.whole(ending[0]) if ending else found
        return found

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
        """The data of a file whose text, or place, is given."""
        if isinstance(text, Location) and text.path in self.files:
            return self.keyed(text.path)
        if isinstance(text, Written) and len(text.segments) == 1:
            segment = text.segments[0]
            if isinstance(segment, TextSegment) and segment.path in self.files:
                return self.keyed(segment.path)
            if isinstance(segment, InlineSegment):
                file, _, _ = segment.prompt.rpartition("@")
                return self.keyed(file) if file in self.files else Hole("data")
        return Hole("data")


def _sum(values: list[Value]) -> Value:
    """Lists one after the other; what isn't known may hold more items. Of anything else nothing is known."""
    if not any(isinstance(each, Items) for each in values):
        return Hole("+")
    items: list[Value] = []
    is_open = False
    for each in values:
        if isinstance(each, Items):
            items += each.values
        else:
            items.append(each)
        is_open = is_open or not isinstance(each, Items) or each.open
    return Items(tuple(items), is_open)


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
