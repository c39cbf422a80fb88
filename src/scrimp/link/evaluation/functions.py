"""What calls of functions outside the tree give: which load files, make paths, and hand text through."""

from __future__ import annotations

import posixpath

from scrimp.link.evaluation.choices import alternatives, choice
from scrimp.link.evaluation.interface import Evaluation
from scrimp.link.evaluation.members import member_of
from scrimp.link.evaluation.texts import segments_of
from scrimp.link.files import located, path_of
from scrimp.link.values import (
    Choice,
    Environment,
    Hole,
    Items,
    Made,
    Number,
    Outside,
    Value,
    Written,
    has_text,
    is_brought,
    literal,
)
from scrimp.model.algebra import Call

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
    | {"__dirname", "__filename", "import", "process", "URL", "Bun", "Deno", "JSON", "fetch", "$fetch"}
    | {"Date", "Math", "crypto", "performance"}
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
PATHS = frozenset(("pathlib.Path", "pathlib.PurePath", "pathlib.PosixPath"))
PATH_FUNCTIONS = PATHS | {
    *("os.path.abspath", "os.path.realpath", "os.path.dirname", "os.path.join"),
    *("os.getcwd", "process.cwd", "URL"),
}
PACKAGE_FOLDERS = frozenset(("importlib.resources.files", "importlib_resources.files"))
TELLING = SAME_TEXT | LOADERS | PATH_FUNCTIONS | PACKAGE_FOLDERS | {"open", "[]", "+"}
"""Callees whose value is told by what they are given."""
TEMPLATE_MAKERS = frozenset(("from_string",))
"""Methods of template environments whose value is the text of their first argument."""
ENTERED = frozenset(("enter_context", "enter_async_context"))
"""Methods of exit stacks whose value is what entering their argument gives, mostly itself."""
READS = frozenset(("read", "read_text", "decode"))
"""Methods of an opened file whose value is its text."""


def called_outside(evaluation: Evaluation, name: str, call: Call, path: str, given: Environment) -> Value:
    """What a call of an outside function gives."""
    short = name.rpartition(".")[2]
    plain = name.removeprefix("node:").replace(".default.", ".")
    name = SAME_FUNCTIONS.get(plain, name)
    found = None
    if name in DEFAULTS or short in ("Field", "InputField"):
        found = _default(evaluation, call, path, given)
    elif name in TELLING or short in ("dedent", "cleandoc"):
        found = _told(evaluation, name, call, path, given)
    return Made(Outside(name), (), call, path, "", None, given) if found is None else found


def _told(evaluation: Evaluation, name: str, call: Call, path: str, given: Environment) -> Value:
    """What a call gives of an outside function that makes something of its arguments."""
    arguments = call.arguments
    first = evaluation.evaluate(arguments[0].value, path, given) if arguments else Hole("")
    if name in PATH_FUNCTIONS:
        rest = [evaluation.evaluate(each.value, path, given) for each in arguments[1:]]
        return choice([_path(evaluation, name, each, rest, path) for each in alternatives(first)])
    if name in PACKAGE_FOLDERS:
        package = literal(first)
        found = None if package is None else evaluation.symbols.module_named(package, path)
        if found is not None:
            return located(posixpath.dirname(found))
        return Hole("path") if package is None else evaluation.files.folder(package, path)
    if name == "open":
        return choice([_opened(evaluation, each, path) for each in alternatives(first)])
    if name in LOADERS:
        return choice([evaluation.files.loaded(each) for each in alternatives(first)])
    if name == "[]":
        key = literal(evaluation.evaluate(arguments[1].value, path, given))
        return member_of(evaluation, first, "*" if key is None else key)
    if name == "+":
        return _sum([evaluation.evaluate(each.value, path, given) for each in arguments])
    return first


def _default(evaluation: Evaluation, call: Call, path: str, given: Environment) -> Value | None:
    """What a field of a class holds unless it is given: a value, or what a function without arguments gives."""
    for argument in call.arguments:
        if argument.name in ("default", ""):
            return evaluation.evaluate(argument.value, path, given)
        if argument.name == "default_factory":
            return evaluation.evaluate(Call(argument.value, (), call.start, call.end), path, given)
    return None


def _opened(evaluation: Evaluation, name: Value, path: str) -> Value:
    start = path_of(name, path)
    return Hole("file") if start is None else evaluation.files.nearest(start, path)


def _path(evaluation: Evaluation, name: str, first: Value, rest: list[Value], path: str) -> Value:
    """What a function that makes a path of others gives."""
    match name:
        case "os.getcwd" | "process.cwd":
            return located("")
        case "os.path.join":
            return evaluation.files.joined(first, rest, path)
        case "os.path.dirname":
            start = path_of(first, path)
            return Hole("path") if start is None else located(posixpath.dirname(start))
        case "URL" if rest:  # new URL("./name", base)
            base = path_of(rest[0], path)
            folder = located("" if base is None else posixpath.dirname(base))
            return Hole("path") if base is None else evaluation.files.joined(folder, [first], path)
    if literal(first) is not None:
        return evaluation.files.joined(located(""), [first], path)
    start = path_of(first, path)
    return Hole("path") if start is None else located(start)


def method_of_unknown(
    evaluation: Evaluation,
    value: Value,
    attributes: list[str],
    call: Call,
    path: str,
    given: Environment,
) -> Value:
    """What a call of a method of something unknown gives: reading a path, or joining one."""
    start = path_of(value, path)
    name = attributes[-1]
    if start is not None:
        here = start
        for attribute in attributes[:-1]:
            here = posixpath.dirname(here) if attribute == "parent" else here
        arguments = [evaluation.evaluate(each.value, path, given) for each in call.arguments if not each.name]
        match name:
            case "joinpath":
                return evaluation.files.joined(located(here), arguments, path)
            case "with_name":
                return evaluation.files.joined(located(posixpath.dirname(here)), arguments, path)
            case "resolve" | "absolute" | "expanduser":
                return located(here)
            case "open":
                return evaluation.files.nearest(here, path)
            case "read_text" | "read":
                return evaluation.files.nearest(here, path)
    receiver = value
    if name in ENTERED and call.arguments:
        return evaluation.evaluate(call.arguments[0].value, path, given)
    if name in TEMPLATE_MAKERS and call.arguments:
        first = evaluation.evaluate(call.arguments[0].value, path, given)
        if isinstance(first, Written):
            return first
    if isinstance(receiver, Made):
        names = (*receiver.attributes, *attributes)
        return Made(receiver.callee, names, call, path, receiver.scope, receiver.making, given)
    return Made(value, tuple(attributes), call, path, "", None, given)


def _sum(values: list[Value]) -> Value:
    """``a + b``: lists or texts one after the other.

    Where only parameters are known, nothing tells which of both: whoever brings them does.
    """
    if any(_holds_items(each) for each in values) or (
        any(map(is_brought, values)) and not any(isinstance(each, Written | Number) for each in values)
    ):
        return _one_list(values)
    if any(isinstance(each, Written | Choice) and has_text(each) for each in values):
        return Written(tuple(segment for each in values for segment in segments_of(each)))
    return Hole("+")


def _holds_items(value: Value) -> bool:
    return isinstance(value, Items) or (isinstance(value, Choice) and any(map(_holds_items, value.values)))


def _one_list(values: list[Value]) -> Items:
    """Lists one after the other; what isn't known may hold more items."""
    items: list[Value] = []
    is_open = False
    for each in values:
        if isinstance(each, Items):
            items += each.values
        else:
            items.append(each)
        is_open = is_open or not isinstance(each, Items) or each.open
    return Items(tuple(items), is_open)
