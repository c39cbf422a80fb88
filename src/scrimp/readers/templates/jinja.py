"""Jinja: holes, branches, loops, includes, set, macro, raw, comments, whitespace control, with exact offsets.

Templates are read, never compiled or rendered: no expression is evaluated. Other block tags (``block``,
``call``, ``filter``, ``with``, custom ones) are left out and what they hold stays in its place.
"""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct, field

from scrimp.model.algebra import EMPTY, Branch, Expression, Include, Loop, Text, Variable
from scrimp.model.facts import Fault
from scrimp.model.pieces import slice_text
from scrimp.readers.templates import jinja_expressions as expressions
from scrimp.readers.templates.jinja_tokens import Tag, Token, Unclosed, skip_blanks, tags
from scrimp.readers.templates.parts import join, place

DEPTH = 100
"""How deep blocks may nest; the tags of deeper ones are left out, their text stays."""

_ENDS = {"endif": "if", "endfor": "for", "endset": "set", "endmacro": "macro"}


def scan(text: Text) -> Expression:
    """What a template sends. One line break at its end is left out, as Jinja does by default."""
    return parse(text)[0]


def parse(text: Text) -> tuple[Expression, tuple[Fault, ...]]:
    """What a template sends, and where it is malformed: its text is kept, its structure may be wrong."""
    walk = Walk(text)
    return walk.run(), tuple(walk.faults)


class _Block(Struct):
    """An open block: the parts of the alternative that is being read, and those before it.

    ``bound`` are the names that a loop or macro gives other values.
    """

    kind: str
    subject: str = ""
    bound: frozenset[str] = frozenset()
    parts: list[Expression] = field(default_factory=list)
    conditions: list[str] = field(default_factory=list)
    alternatives: list[Expression] = field(default_factory=list)
    complete: bool = False

    def turn(self, condition: str) -> None:
        """What follows is sent instead of what came before, without a condition as the last alternative."""
        self.alternatives.append(join(self.parts))
        self.parts = []
        self.complete = not condition
        if condition:
            self.conditions.append(condition)

    def close(self) -> Expression:
        """The block as one expression."""
        alternatives = [*self.alternatives, join(self.parts)]
        if self.kind == "for":
            alternatives[0] = Loop(self.subject, alternatives[0])
            if len(alternatives) == 1:
                return alternatives[0]
        elif not self.complete:
            alternatives.append(EMPTY)
        return Branch(" elif ".join([self.subject, *self.conditions]), tuple(alternatives))


class Walk:
    """One walk over a template, with the blocks that are open and the names that it has set."""

    def __init__(self, text: Text) -> None:
        self.text = text
        self.end = len(text.value) - text.value.endswith("\n")
        self.open = [_Block("")]
        self.values: dict[str, Expression] = {}
        self.faults: list[Fault] = []
        self.too_deep: list[str] = []

    def run(self) -> Expression:
        """The whole template; blocks that are never closed end with it."""
        done, trim = 0, False
        for tag in tags(self.text.value[: self.end]):
            if isinstance(tag, Unclosed):
                self._fault("a tag is never closed, so what follows was read as text", tag.start)
                break
            self._write(done, tag.start, left=trim, right=tag.left)
            done, trim = tag.end, tag.right
            self._tag(tag)
        self._write(done, self.end, left=trim, right=False)
        while len(self.open) > 1:
            self._fault(f"a block {self.open[-1].kind} is never closed", self.end)
            self._close()
        return join(self.open[0].parts)

    def _write(self, start: int, end: int, *, left: bool, right: bool) -> None:
        """Text between two tags, without the blanks that they take."""
        if left:
            start = skip_blanks(self.text.value, start, end)
        if right:
            end = start + len(self.text.value[start:end].rstrip())
        if end > start:
            self._add(slice_text(self.text, start, end))

    def _tag(self, tag: Tag) -> None:
        if tag.kind == "raw":
            self._add(slice_text(self.text, *tag.inner))
        elif tag.kind == "{{" and tag.tokens:
            self._output(tag)
        elif tag.kind == "{%" and tag.tokens:
            self.statement(tag, tag.tokens[0].value, tag.tokens[1:])

    def _output(self, tag: Tag) -> None:
        sent = expressions.read(self.text, tag.tokens, tag.start, tag.end)
        if isinstance(sent, Variable):
            known = self.values.get(sent.name)
            called = len(tag.tokens) > 1 and tag.tokens[1].value != "("
            if known is not None and not called and not any(sent.name in block.bound for block in self.open):
                sent = Variable(sent.name, sent.start, sent.end, known)
        self._add(sent)

    def statement(self, tag: Tag, name: str, tokens: Sequence[Token]) -> None:
        """Take in the tag of a statement: its name, and what follows it."""
        if name in _ENDS:
            self._end(_ENDS[name], tag)
        elif name in {"elif", "else"}:
            self._turn(expressions.source(self.text, tokens) if name == "elif" else "", tag)
        elif name in {"include", "extends"}:
            self._add(self._include(tokens, tag))
        elif name == "set":
            self._set(tokens)
        elif name == "if":
            self._begin(_Block("if", expressions.source(self.text, tokens)))
        elif name == "for":
            self._begin(self._loop(tokens))
        elif name == "macro":
            self._begin(_Block("macro", tokens[0].value if tokens else "", _names(tokens)))

    def _loop(self, tokens: Sequence[Token]) -> _Block:
        named = next((number for number, token in enumerate(tokens) if token.value == "in"), -1)
        over = expressions.source(self.text, tokens[named + 1 :])
        return _Block("for", over, _names(tokens[: max(named, 0)]) | {"loop"})

    def _include(self, tokens: Sequence[Token], tag: Tag) -> Expression:
        """The first literal name that a tag gives; a hole where the name is made at run time."""
        where = place(self.text, tag.start, tag.end)
        if tokens and (tokens[0].kind == "string" or tokens[0].value == "["):
            target = next((token.value[1:-1] for token in tokens if token.kind == "string"), "")
            if target:
                return Include(target, *where)
        return Variable(expressions.variable_name(self.text, tokens), *where)

    def _set(self, tokens: Sequence[Token]) -> None:
        """A name is known if it is set to text outside all blocks; set anywhere else it may be either."""
        name = tokens[0].value if tokens else ""
        if len(tokens) < 2 or tokens[1].value not in {"=", ","}:
            self._begin(_Block("set", name))
        elif tokens[1].value == "=" and len(tokens) > 2:
            value = expressions.read(self.text, tokens[2:], tokens[2].start, tokens[-1].end)
            self._know(name, None if isinstance(value, Variable) else value)

    def _know(self, name: str, value: Expression | None) -> None:
        if value is None or len(self.open) > 1:
            self.values.pop(name, None)
        else:
            self.values[name] = value

    def _begin(self, block: _Block) -> None:
        if len(self.open) > DEPTH:
            self.too_deep.append(block.kind)
        else:
            self.open.append(block)

    def _turn(self, condition: str, tag: Tag) -> None:
        if self.too_deep:
            return
        if self.open[-1].kind in {"if", "for"} and not self.open[-1].complete:
            self.open[-1].turn(condition)
        else:
            self._fault("an else belongs to no block", tag.start)

    def _end(self, kind: str, tag: Tag) -> None:
        if self.too_deep and self.too_deep[-1] == kind:
            self.too_deep.pop()
        elif not any(block.kind == kind for block in self.open):
            self._fault(f"an end{kind} belongs to no block", tag.start)
        else:
            while self.open[-1].kind != kind:
                self._fault(f"a block {self.open[-1].kind} is never closed", tag.start)
                self._close()
            self._close()

    def _close(self) -> None:
        block = self.open.pop()
        if block.kind in {"set", "macro"}:
            self._know(block.subject, join(block.parts))
        else:
            self._add(block.close())

    def _add(self, expression: Expression) -> None:
        self.open[-1].parts.append(expression)

    def _fault(self, reason: str, offset: int) -> None:
        start, _ = place(self.text, offset, offset + 1)
        self.faults.append(Fault("syntax", reason, start, incomplete=False))


def _names(tokens: Sequence[Token]) -> frozenset[str]:
    return frozenset(token.value for token in tokens if token.kind == "name")
