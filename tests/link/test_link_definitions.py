"""The texts that one tool or one schema consists of are one prompt, sent and paid for together."""

from __future__ import annotations

import pytest
from linked_repository import explicit, ids, implicit, linked, linked_module, prompt, sent, shown

from scrimp.model.prompts import Prompt

IMPORTS = "import openai\nfrom pydantic import BaseModel, Field\n"
AUTHOR = '''class Author(BaseModel):
    """Somebody who wrote a book."""
    name: str = Field(description="The name as it stands on the cover")
'''
BOOK = '''class Book(BaseModel):
    """A book of the library."""
    title: str = Field(description="The title without its subtitle")
    author: Author
'''
SHELF = "class Shelf(BaseModel):\n    best: Author\n    books: list[Book]\n"


def schemas(code: str) -> list[Prompt]:
    """The prompts of a file with some classes."""
    return list(linked_module(IMPORTS + code).prompts)


def test_a_schema_is_one_prompt_with_what_its_fields_hold() -> None:
    (found,) = schemas(AUTHOR + BOOK + "agent = Agent(output_type=Book)\n")

    assert found.id == "app.py::Book"
    assert shown(found) == (
        "[Somebody who wrote a book.][The name as it stands on the cover]"
        "[A book of the library.][The title without its subtitle]"
    )
    assert (found.place.line, found.place.end_line) == (4, 8)
    assert found.evidence == ("output class Author", "output class Book")


@pytest.mark.parametrize(
    "code",
    [
        AUTHOR + BOOK + "one = Agent(output_type=Book)\nother = Agent(output_type=Author)\n",
        AUTHOR + BOOK + SHELF + "one = Agent(output_type=Shelf)\nother = Agent(output_type=Book)\n",
    ],
    ids=["sent by itself as well", "in two classes"],
)
def test_a_class_that_is_sent_elsewhere_too_is_a_prompt_of_its_own(code: str) -> None:
    assert [each.name for each in schemas(code)] == ["Author", "Book"]


def test_a_schema_without_a_text_of_its_own_is_known_by_its_name() -> None:
    (found,) = schemas(
        BOOK.replace("Author", "str") + SHELF.replace("Author", "str") + "agent = Agent(output_type=Shelf)\n"
    )
    assert (found.name, found.place.line) == ("Shelf", 4)


def test_a_class_of_another_file_is_a_prompt_of_its_own() -> None:
    found = linked(
        {
            "app.py": IMPORTS + "from authors import Author\n" + BOOK + "agent = Agent(output_type=Book)\n",
            "authors.py": IMPORTS + AUTHOR,
        }
    )
    assert ids(found) == ["app.py::Book", "authors.py::Author"]


def test_each_class_of_a_large_schema_is_a_prompt() -> None:
    names = ("Cover", "Spine", "Page")
    parts = [f'class {name}(BaseModel):\n    """A {name} of a book."""\n    size: int\n' for name in names]
    whole = "class Body(BaseModel):\n" + "".join(f"    {name.lower()}: {name}\n" for name in names)
    agent = "agent = Agent(output_type=Body)\n"
    assert [each.name for each in schemas("".join(parts) + whole + agent)] == list(names)
    smaller = "".join(parts[:2]) + whole.replace("    page: Page\n", "") + agent
    assert [each.name for each in schemas(smaller)] == ["Body"]


def test_classes_that_hold_each_other_are_found() -> None:
    code = AUTHOR + "    wrote: list['Book']\n" + BOOK
    (found,) = schemas(code + "agent = Agent(output_type=Book)\n")
    assert found.name == "Book"


def test_another_prompt_between_two_texts_keeps_them_apart() -> None:
    between = (
        'SYSTEM_PROMPT = """You are a careful clerk who knows each of the books that the library has."""\n'
    )
    found = schemas(AUTHOR + between + BOOK + "agent = Agent(output_type=Book)\n")
    assert [each.id for each in found] == ["app.py::Book#1", "app.py::SYSTEM_PROMPT", "app.py::Book#2"]


def test_what_a_comment_says_of_one_text_is_not_said_of_the_others() -> None:
    code = AUTHOR.replace("    name:", "    # scrimp: not-a-prompt\n    name:")
    (found,) = schemas(code + "agent = Agent(output_type=Author)\n")
    assert shown(found) == "Somebody who wrote a book."
    code = AUTHOR.replace("    name:", "    # scrimp: prompt name=cover\n    name:")
    assert [each.name for each in schemas(code + "agent = Agent(output_type=Author)\n")] == [
        "Author",
        "cover",
    ]


def test_a_tool_is_one_part_of_the_call_that_sends_it() -> None:
    found = linked_module(
        """
        from openai import OpenAI

        TOOLS = [
            {
                "type": "function",
                "function": {
                    "name": "find",
                    "description": "Finds a book by its title.",
                    "parameters": {
                        "type": "object",
                        "properties": {"title": {"type": "string", "description": "The title without its subtitle"}},
                    },
                },
            },
            {
                "type": "function",
                "function": {
                    "name": "lend",
                    "description": "Lends a book to a reader.",
                    "parameters": {
                        "type": "object",
                        "properties": {"reader": {"type": "string", "description": "The number on the reader's card"}},
                    },
                },
            },
        ]
        OpenAI().chat.completions.create(model="gpt-4o", messages=[{"role": "user", "content": ask}], tools=TOOLS)
        """
    )
    (request,) = explicit(found)
    assert sent(request) == [("tool", "find"), ("tool", "lend")]
    assert shown(prompt(found, "find")) == "[Finds a book by its title.][The title without its subtitle]"
    assert implicit(found) == []


def test_what_stands_in_another_prompt_is_known_by_itself() -> None:
    found = linked_module(
        """
        from openai import OpenAI

        class FindTool(BaseTool):
            name = "find"
            description = "Finds a book of the library by its title or its author."
            inputs = {"title": {"type": "string", "description": "The title without its subtitle"}}

        SYSTEM = f"You are a clerk of the library, and this is what you can do: {FindTool.description}"
        OpenAI().chat.completions.create(model="gpt-4o", messages=[{"role": "system", "content": SYSTEM}])
        """
    )
    assert ids(found) == ["app.py::FindTool.description", "app.py::FindTool", "app.py::SYSTEM"]


def test_a_decorated_function_is_sent_with_what_its_parameters_are_for() -> None:
    (found,) = schemas(
        '@tool(description="Finds a book by its title.")\n'
        'def find(title: Annotated[str, Description("The title without its subtitle")]) -> str:\n    return title\n'
    )
    assert found.name == "find"


def test_a_schema_of_calls_is_one_prompt() -> None:
    found = linked(
        {
            "app.ts": """
            import { tool } from "ai";
            import { z } from "zod";
            export const find = tool({
              description: "Finds a book by its title.",
              inputSchema: z.object({
                title: z.string().describe("The title without its subtitle"),
                year: z.number().describe("The year that it was printed in"),
              }),
            });
            """
        }
    )
    (only,) = found.prompts
    assert (only.id, shown(only).count("[")) == ("app.ts::find", 3)


def test_a_tool_that_is_registered_is_known_by_its_name() -> None:
    found = linked(
        {
            "app.ts": """
            import { z } from "zod";
            export function register(server: McpServer) {
              server.registerTool(
                "find_book",
                {
                  description: "Finds a book by its title.",
                  inputSchema: { title: z.string().describe("The title without its subtitle") },
                },
                async ({ title }) => ({ content: [{ type: "text", text: title }] }),
              );
              server.registerTool("lend_book", { description: "Lends a book to a reader.", inputSchema: {} }, lend);
            }
            """
        }
    )
    assert [each.name for each in found.prompts][:1] == ["register.find_book"]
