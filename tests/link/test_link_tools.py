"""Text of tools and answers: found where a call is given the function or the class, not elsewhere."""

from __future__ import annotations

import pytest
from linked_repository import linked, shown

TOLD = "Looks up the ship that is painted on the wall."
HEAD = "import openai\nfrom pydantic import BaseModel, Field\n"
FIND = f'def find(name: str) -> str:\n    """{TOLD}"""\n    return name\n'
SHIP = f'class Ship(BaseModel):\n    name: str = Field(description="{TOLD}")\n'


def tool_texts(files: dict[str, str]) -> list[str]:
    """The texts of tools and schemas in a tree."""
    found = linked({path: HEAD + code for path, code in files.items()})
    return [shown(each) for each in found.prompts if each.kind == "tool" and each.confidence != "low"]


@pytest.mark.parametrize(
    "call",
    [
        "agent = Agent(tools=[find])",
        "model = llm.bind_tools([find])",
        "agent = Agent(tools=[FunctionTool(find), other])",
        "looked = StructuredTool.from_function(func=find)",
    ],
)
def test_a_function_that_is_given_as_a_tool_is_told_by_its_docstring(call: str) -> None:
    assert tool_texts({"app.py": FIND + call}) == [TOLD]
    assert tool_texts({"app.py": f"from ships import find\n{call}", "ships.py": FIND}) == [TOLD]
    assert tool_texts(
        {"app.py": f"import ships\n{call.replace('find', 'ships.find')}", "ships.py": FIND}
    ) == [TOLD]


@pytest.mark.parametrize(
    "call",
    [
        "find('Argo')",
        "register(callbacks=[find])",
        f'looked = StructuredTool.from_function(func=find, description="{TOLD[::-1]}")',
    ],
)
def test_a_docstring_that_nothing_sends_is_no_tool(call: str) -> None:
    assert TOLD not in tool_texts({"app.py": FIND + call})


def test_a_description_is_sent_instead_of_the_docstring() -> None:
    code = f'SAYS = "{TOLD}"\n@tool(description=SAYS)\ndef find(name):\n    """For those who read the code of this."""\n'

    assert tool_texts({"app.py": code}) == [TOLD]


@pytest.mark.parametrize(
    "code",
    [
        "class Fleet(BaseModel):\n    ships: list[Ship]\nFLEET = Fleet\n",
        "class Fleet(Ship):\n    size: int\n",
        'class Fleet(BaseModel):\n    flag: Optional["Ship"] = None\n',
    ],
)
def test_a_schema_tells_of_what_its_fields_hold(code: str) -> None:
    assert tool_texts({"app.py": f"{SHIP}{code}answer = llm.with_structured_output(Fleet)"}) == [TOLD]


def test_a_class_says_nothing_of_itself_where_another_has_its_fields() -> None:
    base = f'class Ship(BaseModel):\n    """For those who read the code of this."""\n    name: str = Field(description="{TOLD}")\n'
    code = base + "class Fleet(Ship):\n    size: int\nagent = Agent(output_type=Fleet)"

    assert tool_texts({"app.py": code}) == [TOLD]


def test_a_class_may_be_made_a_tool() -> None:
    assert tool_texts({"app.py": SHIP + "tools = [tool(Ship)]"}) == [TOLD]


def test_a_tool_that_is_described_elsewhere_has_no_docstring_to_send() -> None:
    code = (
        f'SAYS = "{TOLD}"\n@tool(description=SAYS)\ndef find(name: str):\n    """For those who read the code of this."""\n'
        "agent = Agent(tools=[find])"
    )

    assert tool_texts({"app.py": code}) == [TOLD]


def test_a_property_gives_tools_and_is_none() -> None:
    code = (
        'class Ship:\n    @property\n    def tools(self):\n        """Gives all that the ship can do."""\n'
        "        return []\n    def agent(self):\n        return Agent(tools=self.tools)\n"
    )

    assert tool_texts({"app.py": code}) == []


@pytest.mark.parametrize("reads", ["self.run.__doc__", "inspect.getdoc(self.run)"])
def test_a_framework_of_the_tree_may_read_docstrings(reads: str) -> None:
    base = f"class Tool:\n    def describe(self):\n        return {reads}\n"
    look = (
        f'class Look(Tool):\n    """For those who read this."""\n    def run(self):\n        """{TOLD}"""\n'
    )

    assert tool_texts({"base.py": base, "look.py": f"from base import Tool\n{look}"}) == [TOLD]


def test_a_docstring_of_a_tool_that_nothing_reads_is_not_sent() -> None:
    code = f'class Look(Tool):\n    def run(self):\n        """{TOLD}"""\n'

    assert tool_texts({"app.py": code}) == []


SCHEMA = (
    f'{{"type": "object", "properties": {{"name": {{"type": "string", "description": "{TOLD[::-1]}"}}}}}}'
)


@pytest.mark.parametrize(
    ("schema", "before"),
    [(SCHEMA, ""), ("takes()", f"def takes():\n    return {SCHEMA}\n"), ("TAKES", f"TAKES = {SCHEMA}\n")],
    ids=["written", "returned", "named"],
)
def test_what_has_a_description_and_a_schema_is_a_tool(schema: str, before: str) -> None:
    code = f'{before}ALL = [Described(name="find", description="{TOLD}", parameters={schema})]\n'
    found = "".join(tool_texts({"app.py": code}))
    assert TOLD in found
    assert TOLD[::-1] in found


def test_a_description_beside_anything_else_is_none() -> None:
    code = f'ALL = [Described(name="find", description="{TOLD}", parameters=[1, 2]), Route(description="{TOLD}")]\n'
    assert tool_texts({"app.py": code}) == []


HARBOUR = 'import { z } from "zod";\nimport OpenAI from "openai";\n'


@pytest.mark.parametrize(
    "described",
    [f'description: "{TOLD}"', f'getDescription: () => "{TOLD}"', "getToolDescription: (mode) => TEXT"],
)
def test_an_object_with_a_schema_that_runs_is_a_tool(described: str) -> None:
    code = (
        HARBOUR
        + f'const TEXT = "{TOLD}";\nexport const find: Action = {{\n  name: "find", schema: z.object({{}}),\n'
    )
    code += f"  {described},\n  execute: async (input) => ships(input),\n}};\n"
    found = linked({"find.ts": code})
    assert [shown(each) for each in found.prompts if each.kind == "tool" and each.confidence == "medium"] == [
        TOLD
    ]


@pytest.mark.parametrize(
    ("answer", "is_found"),
    [
        ('return "No ship of that name was found. Try another name.";', True),
        ('return { error: "No ship of that name was found. Please try another name." };', True),
        ('return { label: "Try it" };', False),
        ('log({ text: "No ship of that name was found. Please try another name." }); return 1;', False),
    ],
)
def test_what_a_tool_answers_is_a_part_if_it_says_what_to_do(answer: str, is_found: bool) -> None:
    code = HARBOUR + (
        f'export const find = createTool({{ name: "find", description: "{TOLD}",\n'
        f"  execute: async (input) => {{ if (!input.name) {{ {answer} }} return ships(input); }} }});\n"
    )
    parts = [each for each in linked({"find.ts": code}).prompts if each.kind == "partial"]
    assert [each.confidence for each in parts] == ["medium"] * is_found
