"""Examples and schemas that classes hold: found in classes of prompts and of tools, not elsewhere."""

from __future__ import annotations

import pytest
from linked_repository import linked, shown

SHOWN = "What colour is the sea on a calm day?"
HEAD = "import openai\nfrom pydantic import BaseModel, Field\n"
CASE = f'Case(question="{SHOWN}", answers=["It is blue, as everybody knows.", "Wet"])'
TOLD = "The name of the ship as painted on it."
SHIP = f'class Ship(BaseModel):\n    name: str = Field(description="{TOLD}")\n'


def texts(code: str, kind: str) -> list[str]:
    """The texts of a kind that are prompts for all that is known."""
    found = linked({"app.py": HEAD + code})
    return [shown(each) for each in found.prompts if each.kind == kind and each.confidence != "low"]


@pytest.mark.parametrize(
    "code",
    [
        f"class SeaPrompt:\n    examples = [({CASE}, True)]",
        f"class Sea(PydanticPrompt[Case, bool]):\n    examples = [({CASE}, True)]",
        f"class SeaPrompt:\n    few_shots = [{CASE}]",
        f'class SeaPrompt:\n    examples = [{{"question": "{SHOWN}", "answers": ["It is blue, as everybody knows."]}}]',
        f"class BasePrompt:\n    pass\nclass Sea(BasePrompt):\n    examples = ({CASE},)",
    ],
)
def test_a_prompt_shows_its_examples(code: str) -> None:
    assert texts(code, "fewshot") == [SHOWN, "It is blue, as everybody knows."]


@pytest.mark.parametrize(
    "code", [f"class Sea:\n    examples = [{CASE}]", f"class SeaPrompt:\n    cases = [{CASE}]"]
)
def test_what_may_be_anything_is_no_example(code: str) -> None:
    assert texts(code, "fewshot") == []


@pytest.mark.parametrize(
    "code",
    [
        "class Look(BaseTool):\n    args_schema: type[BaseModel] = Ship\n",
        "class SeaPrompt(BasePrompt):\n    output_model = Ship\n",
    ],
)
def test_a_class_that_an_attribute_names_is_a_schema(code: str) -> None:
    assert texts(SHIP + code, "tool") == [TOLD]


def test_a_schema_of_forms_is_none() -> None:
    assert texts(SHIP + "class View:\n    schema = Ship\n    form = Ship\n", "tool") == []
