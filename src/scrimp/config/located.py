"""A configuration file as plain values that know their place, and errors that say it.

Values are ``dict`` with text keys, ``list``, ``str``, ``int``, ``Decimal``, ``bool``, ``date`` and ``None``.
A path into them is a tuple of keys and indices.
"""

from __future__ import annotations

from codecs import BOM_UTF8
from collections.abc import Callable, Iterable, Mapping
from typing import Any, NoReturn, TypeAlias, TypeVar

import msgspec
from msgspec import Struct

from scrimp.expressions import compiled_late
from scrimp.model.errors import UserError

Steps: TypeAlias = tuple[str | int, ...]
Position: TypeAlias = tuple[int, int]
"""Line and column, 1-based, in characters."""

T = TypeVar("T")

MAX_BYTES = 256 * 1024
"""A configuration is written by hand: a larger file is a mistake or an attack on the parser."""

_STEP = compiled_late(r"\.([^.\[]+)|\[(\d+|\.\.\.)\]")
_UNKNOWN_KEY = compiled_late(r"Object contains unknown field `(.+)`")
_MISSING_KEY = compiled_late(r"Object missing required field `(.+)`")
_WRONG_TYPE = compiled_late(r"Expected `([^`]+)`(.*?)(?:, got `([^`]+)`)?")
_WRONG_WORD = compiled_late(r"Invalid enum value '(.*)'")
_TYPE_NAMES = {
    "str": "text",
    "int": "a whole number",
    "decimal": "a number",
    "bool": "true or false",
    "array": "a list",
    "object": "a mapping",
    "date": "a date such as 2027-03-01",
    "null": "nothing",
}


class Marks(Struct, frozen=True):
    """Where the keys and the values of a file stand, by their paths."""

    keys: Mapping[Steps, Position]
    values: Mapping[Steps, Position]


class Located(Struct, frozen=True):
    """The values of one file. ``marks`` is only called when a place is asked for."""

    file: str
    value: object
    marks: Callable[[], Marks]

    def refuse_key(self, steps: Steps, message: str, hint: str = "") -> NoReturn:
        """Raise the ``UserError`` that points at a key."""
        self._refuse(self.marks().keys, steps, message, hint)

    def refuse_value(self, steps: Steps, message: str, hint: str = "") -> NoReturn:
        """Raise the ``UserError`` that points at a value."""
        self._refuse(self.marks().values, steps, message, hint)

    def _refuse(self, marks: Mapping[Steps, Position], steps: Steps, message: str, hint: str) -> NoReturn:
        known = (marks[steps[:size]] for size in range(len(steps), -1, -1) if steps[:size] in marks)
        raise error_at(self.file, next(known, (1, 1)), message, hint)


def error_at(file: str, position: Position, message: str, hint: str = "") -> UserError:
    """The error of a place in a file."""
    return UserError(f"{file}:{position[0]}:{position[1]}: {message}", hint)


def suggestion(word: str, known: Iterable[str]) -> str:
    """A hint with the closest known word, or with all of them if none is close."""
    from difflib import get_close_matches  # noqa: PLC0415 - only an error needs it

    words = sorted(known)
    close = get_close_matches(word, words, n=1, cutoff=0.6) or get_close_matches(
        word.upper(), words, n=1, cutoff=0.6
    )
    return f'did you mean "{close[0]}"?' if close else f"known here: {', '.join(words)}"


def text_of(file: str, raw: bytes) -> str:
    """The text of a configuration file's bytes; a ``UserError`` if it is too large or not UTF-8."""
    if len(raw) > MAX_BYTES:
        raise error_at(
            file, (1, 1), f"is larger than {MAX_BYTES // 1024} KiB", "a configuration this long is a mistake"
        )
    body = raw.removeprefix(BOM_UTF8)
    try:
        return body.decode()
    except UnicodeDecodeError as error:
        before = body[: error.start].decode()
        place = before.count("\n") + 1, len(before) - before.rfind("\n")
        raise error_at(file, place, "is not UTF-8", "save the file in the encoding UTF-8") from None


def decode(located: Located, kind: type[T]) -> T:
    """The values as an object of a schema's class; a located ``UserError`` if they don't fit."""
    try:
        return _convert(located.value, kind)
    except msgspec.ValidationError as error:
        _explain(located, kind, str(error))


def _convert(value: object, kind: type[T]) -> T:
    return msgspec.convert(value, kind, dec_hook=_parse, strict=True)


def _parse(kind: Any, value: object) -> object:
    """What msgspec does not know (money, patterns …) parses itself."""
    return kind.parse(value)


def _explain(located: Located, kind: type, message: str) -> NoReturn:
    """Turn the validator's words into the user's, with the place."""
    what, _, where = message.partition(" - at `$")
    steps = _resolve(
        located.value,
        kind,
        message,
        [name or index for name, index in _STEP.findall(where.removesuffix("`"))],
    )
    if found := _UNKNOWN_KEY.fullmatch(what):
        hint = suggestion(found[1], _keys_of(_type_at(kind, steps)))
        located.refuse_key((*steps, found[1]), f'unknown key "{found[1]}"', hint)
    if found := _MISSING_KEY.fullmatch(what):
        located.refuse_value(steps, f'the key "{found[1]}" is missing here', f"add `{found[1]}: …`")
    label = f"{_label(steps)}: " if steps else ""
    if found := _WRONG_WORD.fullmatch(what):
        hint = suggestion(found[1], _words_of(_type_at(kind, steps)))
        located.refuse_value(steps, f'{label}"{found[1]}" is not known', hint)
    located.refuse_value(steps, f"{label}{_in_words(what)}")


def _in_words(what: str) -> str:
    """The validator's statement about a type, in words; any other message as it is."""
    found = _WRONG_TYPE.fullmatch(what)
    if found is None:
        return "expected a date such as 2027-03-01" if "date" in what else what
    names = [_TYPE_NAMES.get(name, name) for name in found[1].split(" | ") if name != "null"]
    if found[2] == " of length >= 1":
        return "must not be empty"
    got = f", found {_TYPE_NAMES.get(found[3], found[3])}" if found[3] else ""
    return f"expected {' or '.join(names)}{found[2]}{got}"


def _label(steps: Steps) -> str:
    """The last key of a path, with what follows it: ``exclude[2]``."""
    last = max((index for index, step in enumerate(steps) if isinstance(step, str)), default=0)
    return str(steps[last]) + "".join(f"[{step}]" for step in steps[last + 1 :])


def _resolve(value: object, kind: type, message: str, names: list[str]) -> Steps:
    """The path of an error, where ``[...]`` stands for the key of a mapping: the one that fails alone."""
    steps: Steps = ()
    for name in names:
        if name != "...":
            steps = (*steps, int(name) if name.isdecimal() else name)
            continue
        entries = _at(value, steps)
        assert isinstance(entries, dict)
        culprits = (key for key in entries if _fails(_with(value, steps, {key: entries[key]}), kind, message))
        steps = (*steps, next(culprits))
    return steps


def _fails(value: object, kind: type, message: str) -> bool:
    try:
        _convert(value, kind)
    except msgspec.ValidationError as error:
        return str(error) == message
    return False


def _at(value: Any, steps: Steps) -> Any:
    for step in steps:
        value = value[step]
    return value


def _with(value: Any, steps: Steps, inner: object) -> Any:
    """A copy of a value with another one at a path."""
    if not steps:
        return inner
    copy = value.copy()
    copy[steps[0]] = _with(value[steps[0]], steps[1:], inner)
    return copy


def _type_at(kind: type, steps: Steps) -> list[msgspec.inspect.Type]:
    """What the schema allows at a path: the members of a union one by one."""
    from msgspec import inspect  # noqa: PLC0415 - only an error needs it

    types = _members(inspect.type_info(kind))
    for step in steps:
        inner: list[inspect.Type] = []
        for each in types:
            if isinstance(each, inspect.StructType):
                inner += (field.type for field in each.fields if field.encode_name == step)
            elif isinstance(each, inspect.DictType):
                inner.append(each.value_type)
            elif isinstance(each, inspect.VarTupleType):
                inner.append(each.item_type)
        types = [member for each in inner for member in _members(each)]
    return types


def _members(kind: msgspec.inspect.Type) -> list[msgspec.inspect.Type]:
    from msgspec import inspect  # noqa: PLC0415 - only an error needs it

    if isinstance(kind, inspect.Metadata):
        return _members(kind.type)
    if isinstance(kind, inspect.UnionType):
        return [member for each in kind.types for member in _members(each)]
    return [kind]


def _keys_of(types: list[msgspec.inspect.Type]) -> list[str]:
    return [field.encode_name for each in types for field in getattr(each, "fields", ())]


def _words_of(types: list[msgspec.inspect.Type]) -> list[str]:
    words = [value for each in types for value in getattr(each, "values", ())]
    return words + [member.value for each in types for member in getattr(each, "cls", ())]
