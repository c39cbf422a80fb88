"""What calls are given to describe to a model: classes as answers or tools, with all that they hold, and functions."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from msgspec import Struct, field

from scrimp.link.call_index import among
from scrimp.link.class_texts import described_by, held
from scrimp.link.decorators import DESCRIPTIONS, is_property
from scrimp.link.evaluation import Evaluator
from scrimp.link.symbols import plain
from scrimp.link.values import Choice, ClassValue, Entries, FunctionValue, Items, Made, Value
from scrimp.model.algebra import Argument
from scrimp.model.facts import CallSite

ANSWERS = frozenset(
    (
        *(
            "response_model",
            "output_type",
            "response_format",
            "pydantic_object",
            "args_schema",
            "output_schema",
        ),
        *("response_schema", "output_cls", "text_format", "result_type", "output_pydantic", "output_json"),
        *("schema", "responseSchema", "structured_output", "structured_output_model", "output_model"),
        "result_schema",
    )
)
"""Arguments that take a class whose objects the model shall answer with."""
HELD = ANSWERS - {"schema"}
"""Names of class attributes that hold such a class: ``args_schema`` of a tool, ``output_model`` of a prompt."""
TOOLS = frozenset(("tools", "functions"))
"""Arguments that take tools."""
BY_NAME = TOOLS | ANSWERS
"""All arguments that are taken whatever is called."""
TAKES_TOOLS = frozenset(("bind_tools", "convert_to_openai_tool"))
"""Functions that take functions as tools by their place."""
TAKES_CLASS = TAKES_TOOLS | {
    *("with_structured_output", "withStructuredOutput", "as_structured_llm", "bindTools"),
    *("PydanticOutputParser", "JsonOutputParser", "StructuredOutputParser", "pydantic_function_tool"),
}
"""Functions that take a class or tools by their place."""
MAKES_TOOL = frozenset(
    ("tool", "function_tool", "from_function", "from_defaults", "as_tool", "register_tool", "tool_plain")
)
"""Functions that make a tool of a function or a class, as what is called ``…Tool`` does."""
MADE_OF = frozenset(("", "func", "fn", "function", "coroutine", "async_fn"))
"""Arguments of these that take the function; ``""`` is one by its place."""
ROUTES = frozenset(
    ("get", "post", "put", "patch", "delete", "options", "head", "trace", "api_route", "add_api_route")
)
"""Callees of web frameworks, whose ``response_model`` and ``schema`` say what browsers are answered."""
MOST_CLASSES = 3
"""Classes that make one schema together: of one with more, each is easier to find by itself."""


class Given(Struct):
    """What the calls of a tree are given, each once, in the order in which it is found."""

    evaluator: Evaluator
    classes: dict[tuple[str, str], ClassValue] = field(default_factory=dict)
    """Classes by path and name as their module has it: those that calls name and those that their fields hold."""
    functions: dict[tuple[str, str], FunctionValue] = field(default_factory=dict)
    """Functions that are tools as they are, likewise."""
    inherited: set[tuple[str, str]] = field(default_factory=set)
    """Those of the classes that others only have fields from: what they say of themselves isn't sent."""
    holders: dict[tuple[str, str], set[tuple[str, str]]] = field(default_factory=dict)
    """Of classes that no call names, those that have them as the type of a field, or have fields from them."""

    @classmethod
    def of(cls, evaluator: Evaluator) -> Given:
        """All that is given in a tree."""
        given = cls(evaluator)
        calls = evaluator.symbols.calls
        by_callee = among(calls.named, filter(_takes_by_name, calls.named))
        taking = calls.by_path(by_callee, among(calls.giving, BY_NAME))
        for path, module in evaluator.symbols.modules.items():
            for site in taking.get(path, ()):
                for argument, takes_functions in _taking(site):
                    given.add(evaluator.evaluate(argument.value, path), takes_functions=takes_functions)
            for (scope, name), bindings in module.bindings.items():
                if name in HELD and scope in module.classes:
                    for each in bindings:
                        given.add(evaluator.evaluate(each.expression, path), takes_functions=False)
        given.add_held()
        return given

    def add(self, value: Value, *, takes_functions: bool) -> None:
        """Note the classes in a value, and the functions where these are tools."""
        match value:
            case ClassValue():
                self.classes.setdefault(_key(value), value)
            case FunctionValue() if takes_functions and not is_property(value.function):
                self.functions.setdefault((value.path, value.function.name), value)
            case Items() | Choice():
                for each in value.values:
                    self.add(each, takes_functions=takes_functions)
            case Entries():
                for each in value.values.values():
                    self.add(each, takes_functions=takes_functions)
            case Made() if (described := described_by(value, self.evaluator)) is not None:
                self.add(described, takes_functions=False)

    def add_held(self) -> None:
        """Note the classes that fields of known ones hold, and the bases they have fields from."""
        waiting = list(self.classes.values())
        named = frozenset(self.classes)
        while waiting:
            current = waiting.pop()
            inner = list(held(current, self.evaluator))
            self.inherited -= {_key(each) for each in inner}
            bases = self.evaluator.bases(current)
            new = {_key(each) for each in bases} - self.classes.keys()
            self.inherited |= new - {_key(each) for each in inner}
            for each in (*inner, *bases):
                if _key(each) not in named and _key(each) != _key(current):
                    self.holders.setdefault(_key(each), set()).add(_key(current))
                if _key(each) not in self.classes:
                    self.classes[_key(each)] = each
                    waiting.append(each)

    def parts(self) -> Iterator[tuple[ClassValue, ClassValue]]:
        """The classes that are sent only as a part of another one of their file, each with the outermost of these."""
        outermost = {key: self._outermost(key) for key in self.holders}
        sizes = Counter(outermost.values())
        for key, whole in outermost.items():
            if key != whole and sizes[whole] < MOST_CLASSES:
                yield self.classes[key], self.classes[whole]

    def _outermost(self, key: tuple[str, str]) -> tuple[str, str]:
        seen = {key}
        while len(holders := self.holders.get(key, set())) == 1:
            (holder,) = holders
            if holder in seen or holder[0] != key[0]:
                break
            seen.add(holder)
            key = holder
        return key


def _key(value: ClassValue) -> tuple[str, str]:
    return value.path, plain(value.definition.name)


def _takes_by_name(name: str) -> bool:
    """Whether what is called so takes classes whatever its arguments are called."""
    return name in TAKES_CLASS or _makes_tool(name)


def _makes_tool(name: str) -> bool:
    return name in MAKES_TOOL or (name.endswith("Tool") and name.isidentifier())


def _taking(site: CallSite) -> Iterator[tuple[Argument, bool]]:
    """The arguments of a call that take classes, each with whether it takes functions, too."""
    name, arguments = site.callee.rpartition(".")[2], site.call.arguments
    if name in ROUTES:
        return
    makes_tool = _makes_tool(name)
    is_described = makes_tool and any(each.name in DESCRIPTIONS for each in arguments)
    for each in arguments:
        if each.name in TOOLS:
            yield each, True
        elif makes_tool and each.name in MADE_OF:
            yield each, not is_described
        elif each.name in ANSWERS or (not each.name and name in TAKES_CLASS):
            yield each, name in TAKES_TOOLS
