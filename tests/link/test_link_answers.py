"""What a call lets its answer be, from whichever language the schema is written in."""

from __future__ import annotations

import pytest
from linked_repository import linked

from scrimp.model.answers import (
    Anything,
    Asked,
    Either,
    Many,
    Members,
    Nothing,
    Number,
    Options,
    Shape,
    Text,
    Truth,
)

CALL = """
from openai import OpenAI

def ask(question):
    return OpenAI().chat.completions.create(
        model="gpt-4o",
        messages=[{{"role": "system", "content": "You are a careful assistant of our company."}}],
        {more}
    )
"""


def asked(more: str, before: str = "", **files: str) -> Asked | None:
    """What the one call of a file asks for; other files by their stems."""
    tree = {f"{stem}.py": text for stem, text in files.items()}
    found = linked({"app.py": before + CALL.format(more=more), **tree})
    (request,) = (each for each in found.requests if not each.implicit)
    return request.answer


def shape(field: str, before: str = "") -> Shape:
    """The shape of a class's one field."""
    imports = (
        "from typing import *\nfrom enum import Enum\nfrom datetime import *\nfrom pydantic import *\n"
        "from annotated_types import Len\n"
    )
    found = asked(
        "response_format=Answer,", f"{imports}{before}\nclass Answer(BaseModel):\n    it: {field}\n"
    )
    assert found is not None
    assert isinstance(found.shape, Members)
    ((_, only),) = found.shape.members
    return only


@pytest.mark.parametrize(
    ("field", "expected"),
    [
        ("str", Text()),
        ("int", Number()),
        ("float = 0.5", Number()),
        ("bool", Truth()),
        ("Literal['yes', 'no']", Options(('"yes"', '"no"'))),
        ("Literal[1, 2]", Options(("1", "2"))),
        ("str | None = None", Either((Text(), Nothing()))),
        ("Optional[int]", Either((Number(), Nothing()))),
        ("Union[int, str]", Either((Number(), Text()))),
        ("list[str]", Many(Text())),
        ("List[bool] = []", Many(Truth())),
        ("str = Field(max_length=40)", Text(40)),
        ("str = Field(default='', max_length=40, description='what it is')", Text(40)),
        ("Annotated[str, Field(max_length=7)]", Text(7)),
        ("constr(max_length=9)", Text(9)),
        ("list[str] = Field(max_length=3)", Many(Text(), 0, 3)),
        ("conlist(str, min_length=1, max_length=3)", Many(Text(), 1, 3)),
        ("int = Field(ge=0, le=10)", Number(2)),
        ("'str'", Text()),
        ("date", Text(10)),
        ("dict[str, int]", Anything()),
        ("Missing", Anything()),
    ],
)
def test_a_field_by_its_type(field: str, expected: Shape) -> None:
    assert shape(field) == expected


def test_a_field_of_an_enumeration_and_of_another_class() -> None:
    before = (
        "class Kind(str, Enum):\n    A = 'alpha'\n    B = 'beta'\n"
        "class Item(BaseModel):\n    kind: Kind\n    name: str = Field(max_length=5)\n"
    )

    assert shape("list[Item] = Field(max_length=2)", before) == Many(
        Members((("kind", Options(('"alpha"', '"beta"'))), ("name", Text(5)))), 0, 2
    )


def test_a_class_that_holds_itself_is_nothing_known() -> None:
    assert shape("list['Answer']") == Many(Anything())


def test_a_class_of_another_module_with_the_fields_it_inherits() -> None:
    models = (
        "from pydantic import BaseModel\n"
        "class Base(BaseModel):\n    ok: bool\n"
        "class Answer(Base):\n    number: int\n"
    )

    assert asked("response_format=Answer,", "from models import Answer\n", models=models) == Asked(
        Members((("ok", Truth()), ("number", Number()))), "Answer"
    )


SCHEMA = (
    '{"type": "object", "properties": {"label": {"type": "string", "enum": ["a", "b"]}, '
    '"tags": {"type": "array", "maxItems": 2, "items": {"$ref": "#/$defs/tag"}}, '
    '"why": {"type": ["string", "null"], "maxLength": 9}}, "$defs": {"tag": {"type": "string", "maxLength": 3}}}'
)
WRITTEN = Members(
    (
        ("label", Options(('"a"', '"b"'))),
        ("tags", Many(Text(3), 0, 2)),
        ("why", Either((Text(9), Nothing()))),
    )
)


def test_a_schema_that_is_written_out() -> None:
    more = (
        f'response_format={{"type": "json_schema", "json_schema": {{"name": "labels", "schema": {SCHEMA}}}}},'
    )

    assert asked(more) == Asked(WRITTEN, "labels")


def test_a_schema_under_a_name() -> None:
    assert asked("response_format=FORMAT,", f"FORMAT = {{'schema': {SCHEMA}}}\n") == Asked(WRITTEN, "")


def test_the_schema_that_a_class_gives() -> None:
    before = "from pydantic import BaseModel\nclass Answer(BaseModel):\n    ok: bool\n"
    more = 'response_format={"type": "json_schema", "json_schema": {"schema": Answer.model_json_schema()}},'

    found = asked(more, before)

    assert found is not None
    assert found.shape == Members((("ok", Truth()),))


TOOL = f'{{"type": "function", "function": {{"name": "label", "parameters": {SCHEMA}}}}}'


@pytest.mark.parametrize(
    "choice", ['{"type": "function", "function": {"name": "label"}}', '"required"'], ids=["named", "any"]
)
def test_the_tool_that_a_call_forces(choice: str) -> None:
    assert asked(f"tools=[{TOOL}], tool_choice={choice},") == Asked(WRITTEN, "tool label", of_tool=True)


def test_one_of_the_tools_that_a_call_lets_the_model_choose_from() -> None:
    other = '{"type": "function", "function": {"name": "other", "parameters": {"type": "object", "properties": {"ok": {"type": "boolean"}}}}}'

    assert asked(f'tools=[{TOOL}, {other}], tool_choice="required",') == Asked(
        Either((WRITTEN, Members((("ok", Truth()),)))), "tool label, other", of_tool=True
    )


@pytest.mark.parametrize(
    "more",
    [
        "",
        'response_format={"type": "json_object"},',
        'response_format="text",',
        "response_format=from_elsewhere(),",
        f"tools=[{TOOL}],",
        f'tools=[{TOOL}], tool_choice="auto",',
        f'tools=[{TOOL}, OTHER], tool_choice="required",',
    ],
)
def test_a_call_that_asks_for_nothing_known(more: str) -> None:
    assert asked(more) is None


def test_the_answer_that_a_client_was_made_to_give() -> None:
    text = (
        "from langchain_openai import ChatOpenAI\nfrom pydantic import BaseModel\n"
        "class Answer(BaseModel):\n    ok: bool\n"
        "model = ChatOpenAI(model='gpt-4o').with_structured_output(Answer)\n"
        "def ask():\n    return model.invoke('You are a careful assistant, please say whether this holds.')\n"
    )
    (request,) = (each for each in linked({"app.py": text}).requests if not each.implicit)

    assert request.answer == Asked(Members((("ok", Truth()),)), "Answer")


def test_a_schema_that_calls_build() -> None:
    text = """
import { generateObject } from 'ai';
import { openai } from '@ai-sdk/openai';
import { z } from 'zod';
const Tag = z.string().max(20);
const Answer = z.object({
  label: z.enum(['yes', 'no']),
  score: z.number().min(0).max(10),
  tags: z.array(Tag).max(3),
  why: z.string().max(100).optional().describe('Why it was chosen'),
  kind: z.union([z.literal('a'), z.boolean()]),
});
export const ask = (text) => generateObject({
  model: openai('gpt-4o'), schema: Answer, prompt: `You are a careful assistant, please label ${text}`,
});
"""
    (request,) = (each for each in linked({"app.ts": text}).requests if not each.implicit)

    assert request.answer is not None
    assert request.answer.shape == Members(
        (
            ("label", Options(('"yes"', '"no"'))),
            ("score", Number(2)),
            ("tags", Many(Text(20), 0, 3)),
            ("why", Either((Text(100), Nothing()))),
            ("kind", Either((Options(('"a"',)), Truth()))),
        )
    )


def test_classes_that_hold_each_other_many_times_are_read_so_far() -> None:
    classes = ["from pydantic import BaseModel\n\n\nclass C0(BaseModel):\n    x: str\n"]
    for number in range(1, 12):
        fields = "".join(f"    f{each}: C{number - 1}\n" for each in range(5))
        classes.append(f"\n\nclass C{number}(BaseModel):\n{fields}")

    found = asked("response_format=C11,", "from models import C11\n", models="".join(classes))

    assert found is not None
    assert len(repr(found)) < 50_000  # and not five to the power of eleven members


def test_schemas_that_refer_to_each_other_many_times_are_read_so_far() -> None:
    definitions = {
        f"d{number}": {
            "type": "object",
            "properties": {f"f{each}": {"$ref": f"#/$defs/d{number - 1}"} for each in range(6)},
        }
        for number in range(1, 12)
    }
    schema = {"$ref": "#/$defs/d11", "$defs": {"d0": {"type": "string"}, **definitions}}

    found = asked(f"response_format={{'schema': {schema}}},")

    assert found is not None
    assert 10_000 < len(repr(found)) < 500_000
