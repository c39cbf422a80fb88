"""What describes the answer of a call is sent with it: classes, schemas that are built or written, and tools' classes."""

from __future__ import annotations

import pytest
from linked_repository import explicit, implicit, linked, sent

BOOK = '''
class Author(BaseModel):
    """Somebody who wrote a book."""

    name: str = Field(description="The name as it stands on the cover")

class Book(BaseModel):
    """A book of the library."""

    title: str = Field(description="The title without its subtitle")
    author: Author
'''
HEAD = "from openai import OpenAI\nfrom pydantic import BaseModel, Field\n"
SYSTEM = "You are a careful clerk of a small library who likes to help."
PYTHON = {
    "a class": (
        'OpenAI().responses.parse(model="gpt-4o", input=SYSTEM, text_format=Book)',
        [("tool", "Book"), ("user", "SYSTEM")],
    ),
    "its schema": (
        "OpenAI().chat.completions.create(\n"
        '    model="gpt-4o", messages=[{"role": "system", "content": SYSTEM}],\n'
        '    response_format={"type": "json_schema", "json_schema": {"name": "book", "schema": Book.model_json_schema()}},\n'
        ")",
        [("tool", "Book"), ("system", "SYSTEM")],
    ),
    "a client that gives it": (
        "from langchain_openai import ChatOpenAI\n"
        'ChatOpenAI(model="gpt-4o").with_structured_output(Book).invoke(SYSTEM)',
        [("tool", "Book"), ("user", "SYSTEM")],
    ),
    "a tool": (
        'from langchain_openai import ChatOpenAI\nChatOpenAI(model="gpt-4o").bind_tools([Book]).invoke(SYSTEM)',
        [("tool", "Book"), ("user", "SYSTEM")],
    ),
}


@pytest.mark.parametrize("way", PYTHON)
def test_a_class_goes_out_with_the_call_that_asks_for_it(way: str) -> None:
    call, parts = PYTHON[way]
    found = linked({"app.py": f'{HEAD}{BOOK}\nSYSTEM = "{SYSTEM}"\n{call}\n'})
    (request,) = explicit(found)
    assert sent(request) == parts
    assert implicit(found) == []


def test_a_written_schema_goes_out_with_the_call_that_asks_for_it() -> None:
    schema = '{"type": "object", "properties": {"title": {"type": "string", "description": "The title as it is printed"}}}'
    call = (
        'OpenAI().chat.completions.create(model="gpt-4o", messages=[{"role": "system", "content": SYSTEM}],\n'
        f'    response_format={{"type": "json_schema", "json_schema": {{"name": "book", "schema": {schema}}}}})\n'
    )
    found = linked({"app.py": f'{HEAD}SYSTEM = "{SYSTEM}"\n{call}'})
    (request,) = explicit(found)
    assert [role for role, _ in sent(request)] == ["tool", "system"]
    assert implicit(found) == []


def test_a_schema_that_is_built_goes_out_with_the_call_that_asks_for_it() -> None:
    found = linked(
        {
            "app.ts": f"""
            import {{ openai }} from "@ai-sdk/openai";
            import {{ generateObject }} from "ai";
            import {{ z }} from "zod";
            const Book = z.object({{ title: z.string().describe("The title without its subtitle") }});
            export const ask = (question: string) =>
              generateObject({{ model: openai("gpt-4o"), schema: Book, system: "{SYSTEM}", prompt: question }});
            """
        }
    )
    (request,) = explicit(found)
    assert sent(request)[0] == ("tool", "Book")
    assert implicit(found) == []


def test_a_class_of_tools_goes_out_with_the_class_of_what_it_takes() -> None:
    code = """
from langchain_core.tools import BaseTool
from langchain_openai import ChatOpenAI

class Taken(BaseModel):
    title: str = Field(description="The title without its subtitle")

class FindTool(BaseTool):
    name: str = "find"
    description: str = "Finds a book of the library by its title."
    args_schema: type[BaseModel] = Taken

ChatOpenAI(model="gpt-4o").bind_tools([FindTool()]).invoke("Which of the books of Homer are in the library?")
"""
    found = linked({"app.py": HEAD + code})
    (request,) = explicit(found)
    assert [name for role, name in sent(request) if role == "tool"] == ["FindTool", "Taken"]


def test_what_a_call_does_not_ask_for_is_sent_by_nobody() -> None:
    call = (
        'OpenAI().chat.completions.create(model="gpt-4o", messages=[{"role": "system", "content": SYSTEM}])\n'
    )
    found = linked({"app.py": f'{HEAD}{BOOK}\nSYSTEM = "{SYSTEM}"\n{call}agent = Agent(output_type=Book)\n'})
    (request,) = explicit(found)
    assert sent(request) == [("system", "SYSTEM")]
    assert len(implicit(found)) == 1


def test_a_class_that_is_defined_again_is_another_one() -> None:
    call = 'OpenAI().responses.parse(model="gpt-4o", input="Which book is it?", text_format=Book)\n'
    book = BOOK.partition("class Book")[2].replace("    author: Author\n", "")
    book, again = (f"class Book{text}" for text in (book, book.replace("its subtitle", "anything else")))
    found = linked({"app.py": f"{HEAD}{book}\n{call}{again}\n{call}"})
    first, second = ([name for role, name in sent(each) if role == "tool"] for each in explicit(found))
    assert (first, second) == (["Book#1"], ["Book#2"])
