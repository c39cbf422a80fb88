"""A YAML list made longer by an item: all other bytes of the file stay, comments and formatting with them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from ruamel.yaml import YAML
from ruamel.yaml.nodes import CollectionNode, MappingNode, Node, SequenceNode

from scrimp.config.located import Position, error_at
from scrimp.config.read_yaml import read_yaml
from scrimp.model.errors import UserError

_COMMENT = re.compile(r"[ \t]*#")


def with_item(file: str, text: str, key: str, item: Sequence[str]) -> str:
    """A YAML text whose list under the top-level ``key`` ends with one more item; without the key it gets one.

    The ``item`` is given as its lines in a list without indentation: ``- repo: x``, ``  rev: y``. It is written as the
    last item of the list is, with the file's line ends. Raises a located ``UserError`` for what is no YAML or no list,
    and for a list in brackets.
    """
    before = read_yaml(file, text.encode()).value
    node = YAML(typ="rt", pure=True).compose(text)
    newline = "\r\n" if "\r\n" in text else "\n"
    value = _value(node, key)
    if value is None:
        if node is not None and not (isinstance(node, MappingNode) and not node.flow_style):
            raise error_at(file, (1, 1), f"there is no key {key} in this file", f"add it by hand: {key}:")
        place, lines = len(text), [f"{key}:", *_indented(item, 2, 1)]
    elif isinstance(value, SequenceNode) and value.value and not value.flow_style:
        place, lines = _behind(text, value), _as_in(text, value, item)
    elif value.value in ("", []) and not isinstance(value, MappingNode) and value.anchor is None:
        text = text[: value.start_mark.index] + text[value.end_mark.index :]
        place, lines = _line_end(text, value.start_mark.index), list(_indented(item, 2, 1))
    else:
        hint = "write it with one item a line, or add the item by hand"
        raise error_at(file, _position(value), f"{key} is no list with one item a line", hint)
    start = text[:place] + ("" if not place or text[:place].endswith("\n") else newline)
    after = start + "".join(line + newline for line in lines) + text[place:]
    _check(file, key, before, after)
    return after


def _value(node: Node | None, key: str) -> Node | None:
    """What stands at a key of the top level."""
    if not isinstance(node, MappingNode):
        return None
    return next((value for name, value in node.value if name.value == key), None)


def _as_in(text: str, value: SequenceNode, item: Sequence[str]) -> list[str]:
    """An item as the last one of a list is written: how far in, and whether with an empty line before it."""
    last = value.value[-1]
    column = value.start_mark.column
    gap = max(1, last.start_mark.column - column - 1)
    above = text[: last.start_mark.index].rpartition("\n")[0]
    is_apart = len(value.value) > 1 and not above.rpartition("\n")[2].strip()
    return [*([""] if is_apart else []), *_indented(item, column, gap)]


def _indented(item: Sequence[str], column: int, gap: int) -> Iterator[str]:
    """An item whose dashes stand at a column, or further in, and have some blanks behind them."""
    for number, line in enumerate(item):
        inner = line.lstrip()
        depth = (len(line) - len(inner)) // 2  # of two blanks each
        blanks = " " * (column + (1 + gap if number else 0) + 2 * max(0, depth - 1))
        yield blanks + ("-" + " " * gap + inner[2:] if inner.startswith("- ") else inner)


def _behind(text: str, value: SequenceNode) -> int:
    """Where the line after a list begins; comments that are further in than its dashes belong to its last item."""
    end = max(_ends(value.value[-1]))
    place = _line_end(text, len(text[:end].rstrip()))
    column = value.start_mark.column
    ahead = place
    while ahead < len(text):
        following = _line_end(text, ahead)
        line = text[ahead:following]
        if _COMMENT.match(line) and line.index("#") > column:
            place = following
        elif line.strip():
            break
        ahead = following
    return place


def _ends(node: Node) -> Iterator[int]:
    """Where the scalars and the bracketed parts of a node end; a block's own end lies behind what follows it."""
    if not isinstance(node, CollectionNode) or node.flow_style:
        yield max(node.start_mark.index, node.end_mark.index)
    elif isinstance(node, MappingNode):
        for pair in node.value:
            for each in pair:
                yield from _ends(each)
    else:
        for each in node.value:
            yield from _ends(each)


def _line_end(text: str, place: int) -> int:
    """The index behind the line end at or after a place."""
    found = text.find("\n", place)
    return len(text) if found < 0 else found + 1


def _position(node: Node) -> Position:
    return node.start_mark.line + 1, node.start_mark.column + 1


def _check(file: str, key: str, before: object, after: str) -> None:
    """Raise unless a text says what was said before, and one item more."""
    try:
        said = read_yaml(file, after.encode()).value
    except UserError:
        said = None
    known = before if isinstance(before, dict) else {}
    grown = said.get(key) if isinstance(said, dict) else None
    if isinstance(said, dict) and isinstance(grown, list):
        kept = {**said, key: grown[:-1]} == {**known, key: known.get(key) or []}
        if kept and len(grown) == len(known.get(key) or []) + 1:
            return
    raise error_at(file, (1, 1), f"{key} can't be added to without other changes", "add the item by hand")
