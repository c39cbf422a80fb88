"""Messages that no known call takes: dictionaries with a role and a content, and objects of message classes.

Whatever sends them, their content is text for a model. It is followed like the argument of a call: through names,
functions that return it, and parameters to the callers that bring it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TypeAlias

from msgspec import Struct, field
from msgspec.structs import replace

from scrimp.link.call_index import among
from scrimp.link.classify import SDK_MODULES
from scrimp.link.evaluation import Evaluator
from scrimp.link.evaluation.fillers import fillers
from scrimp.link.evaluation.inlined import top_units
from scrimp.link.values import (
    NOTHING_GIVEN,
    Choice,
    Entries,
    Environment,
    Hole,
    Items,
    Outside,
    SiteKey,
    Value,
    literal,
)
from scrimp.model.algebra import Expression
from scrimp.model.facts import CallSite
from scrimp.model.fillers import Filler

MESSAGE_CLASS = re.compile(
    r"(?:System|Human|User|AI|Assistant|Developer|Tool|Function|Chat|Text|Llm|LLM|Model)"
    r"(?:Message|Prompt|ChatMessage|PromptPart|MessageParam|Content)(?:Chunk)?"
)
"""Last names of classes of messages, whatever package they come from. Their content goes by ``content`` or is first."""
PLAIN_CLASS = re.compile(r"[A-Z]\w*(?:Message|Msg|Turn)\w*|Message|Msg|Turn")
"""Those of classes that may be of messages: one that is given a role and a content is."""
CLASS_ROLES = (
    ("System", "system"),
    ("Developer", "developer"),
    ("Human", "user"),
    ("User", "user"),
    ("Tool", "tool"),
    ("Function", "tool"),
    ("AI", "assistant"),
    ("Assistant", "assistant"),
    ("Model", "assistant"),
)
ROLES = {
    "system": "system",
    "developer": "developer",
    "user": "user",
    "human": "user",
    "tool": "tool",
    "function": "tool",
    "assistant": "assistant",
    "ai": "assistant",
    "model": "assistant",
}
CONTENTS = ("content", "text", "parts", "message")
MOST_HOPS = 2  # from the message to the callers that bring its content
MOST_CALLERS = 50


class Message(Struct, frozen=True):
    """A unit that is the content of a message; ``path`` and ``start`` are the message's.

    ``is_object`` tells a message object, whose class says what it is, from a dictionary.
    """

    unit: SiteKey
    role: str
    path: str
    start: int
    is_object: bool = False


class FedMessage(Struct, frozen=True):
    """A message whose content is the value of a call; else like ``Message``."""

    filler: Filler
    role: str
    path: str
    start: int
    is_object: bool = False


Calling: TypeAlias = tuple[str, CallSite, Environment]
"""A call with the path of its file, and what it gives to the function that it runs."""


class Messages(Struct):
    """Finds messages."""

    evaluator: Evaluator
    _known: dict[tuple[str, str], tuple[Calling, ...]] = field(default_factory=dict)
    """The calls of functions that were asked for, by path and name."""

    def find(self) -> Iterator[Message | FedMessage]:
        """All units that are contents of messages, and all calls that are."""
        calls = self.evaluator.symbols.calls
        classes = (name for name in calls.named if name[:1].isupper())
        may_be = (name for name in classes if MESSAGE_CLASS.fullmatch(name) or PLAIN_CLASS.fullmatch(name))
        making = calls.by_path(among(calls.named, may_be))
        for path, module in self.evaluator.symbols.modules.items():
            for mapping in module.mappings:
                entries = {key: value for key, value in mapping.entries if key is not None}
                content = entries.get("content", entries.get("parts"))
                if "role" in entries and content is not None:
                    written = literal(self.evaluator.evaluate(entries["role"], path)) or ""
                    yield from self._contents(content, ROLES.get(written, "unknown"), path, 0, MOST_HOPS)
            for call in making.get(path, ()):
                if self._is_message(call, path) and self._is_for_models(call, path):
                    for message in self._object(call, path):
                        yield replace(message, is_object=True)

    def _is_message(self, call: CallSite, path: str) -> bool:
        """Whether a call makes a message, by the name of its class or by what that is given."""
        name = call.callee.rpartition(".")[2]
        if MESSAGE_CLASS.fullmatch(name):
            return True
        if not PLAIN_CLASS.fullmatch(name):
            return False
        given = {each.name: each.value for each in call.call.arguments}
        told = literal(self.evaluator.evaluate(given["role"], path)) if "role" in given else None
        return told in ROLES and "content" in given

    def _is_for_models(self, call: CallSite, path: str) -> bool:
        """Whether a message class may be for models: those of packages that only show or pass on messages aren't."""
        value, _ = self.evaluator.callee(call.call.function, path)
        return not isinstance(value, Outside) or SDK_MODULES.match(value.name) is not None

    def _object(self, call: CallSite, path: str) -> Iterator[Message | FedMessage]:
        name = call.callee.rpartition(".")[2]
        role = next((role for start, role in CLASS_ROLES if name.startswith(start)), "unknown")
        positional = [argument for argument in call.call.arguments if not argument.name]
        named = [argument for argument in call.call.arguments if argument.name in CONTENTS]
        told = next((each for each in call.call.arguments if each.name == "role"), None)
        if told is not None:
            written = literal(self.evaluator.evaluate(told.value, path)) or ""
            role = ROLES.get(written, role)
        for argument in (*named, *positional[:1])[:1]:
            yield from self._contents(argument.value, role, path, call.call.start, MOST_HOPS)

    def _contents(
        self,
        content: Expression,
        role: str,
        path: str,
        start: int,
        hops: int,
        given: Environment = NOTHING_GIVEN,
    ) -> Iterator[Message | FedMessage]:
        value = self.evaluator.evaluate(content, path, given)
        yield from _messages(value, role, path, start)
        if not hops:
            return
        for parameter in parameters(value):
            for caller_path, call, environment in self._callers(*parameter[:2]):
                bound = self.evaluator.evaluate(content, path, environment)
                yield from _messages(bound, role, caller_path, call.call.start)

    def _callers(self, path: str, scope: str) -> tuple[Calling, ...]:
        """The calls of a function, with what they give to its parameters, each of which may bring a content."""
        if (path, scope) not in self._known:
            self._known[path, scope] = tuple(self._calling(path, scope))
        return self._known[path, scope]

    def _calling(self, path: str, scope: str) -> Iterator[Calling]:
        name = scope.rpartition(".")[2]
        searched = scope.rpartition(".")[0].rpartition(".")[2] if name == "__init__" else name
        for caller_path, call in self.evaluator.symbols.calls.of(searched, MOST_CALLERS):
            function = self.evaluator.function_run(call.call, caller_path, (path, scope))
            if function is not None:
                bound = self.evaluator.bound_arguments(function, call.call, caller_path, NOTHING_GIVEN)
                yield caller_path, call, self.evaluator.course.environments.same(bound)


def _messages(value: Value, role: str, path: str, start: int) -> Iterator[Message | FedMessage]:
    """The messages that a content makes: one for each of its texts, and of the calls that are all of one."""
    texts = list(contents(value))
    for unit in dict.fromkeys(unit for text in texts for unit in top_units(text)):
        yield Message(unit, role, path, start)
    for filler in dict.fromkeys(filler for text in texts for filler in fillers(text)):
        yield FedMessage(filler, role, path, start)


def contents(value: Value) -> Iterator[Value]:
    """The texts of a message's content: one, or blocks with one each."""
    match value:
        case Items():
            for each in value.values:
                yield from contents(each.values.get("text", Hole("")) if isinstance(each, Entries) else each)
        case Choice():
            for each in value.values:
                yield from contents(each)
        case _:
            yield value


def parameters(value: Value) -> Iterator[tuple[str, str, str]]:
    """The parameters that bring a value, or a part of it."""
    match value:
        case Hole() if value.parameter is not None:
            yield value.parameter
        case Choice() | Items():
            for each in value.values:
                yield from parameters(each)
