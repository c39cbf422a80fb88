"""Descriptions in schemas that calls build: found where a model, a tool or a parser takes the schema, not elsewhere."""

from __future__ import annotations

import pytest
from linked_repository import linked, shown

HEAD = 'import { generateObject, tool } from "ai";\nimport { openai } from "@ai-sdk/openai";\nimport { z } from "zod";\n'
TOLD = "The name of the ship as painted on it."
SHIP = f'const Ship = z.object({{ name: z.string().min(1).describe("{TOLD}").optional() }});\n'


def tool_texts(code: str) -> list[str]:
    """The texts of the tools and schemas in a file."""
    found = linked({"app.ts": HEAD + code})
    return [shown(each) for each in found.prompts if each.kind == "tool" and each.confidence != "low"]


@pytest.mark.parametrize(
    "code",
    [
        SHIP + "await generateObject({ model, schema: Ship, prompt });",
        SHIP
        + "await client.createChatCompletion({ options: { messages, response_model: { schema: Ship } } });",
        SHIP + "const model = new ChatOpenAI().withStructuredOutput(Ship);",
        SHIP + 'const format = zodResponseFormat(Ship.extend({ age: z.number() }), "ship");',
        SHIP + "await streamText({ model, prompt, output: Output.array({ element: Ship }) });",
        SHIP + "const parser = new StructuredOutputParser(Ship);",
        SHIP + "const lookUp = { description, inputSchema: z.array(Ship).min(1), execute };",
        SHIP + "const lookUp = tool({ description, inputSchema: z.object({ ships: z.array(Ship) }) });",
        f'server.tool("look_up", description, {{ name: z.string().describe("{TOLD}") }}, handler);',
        f'server.registerTool("look_up", {{ inputSchema: {{ name: z.string().describe("{TOLD}") }} }}, handler);',
        f'const told = "{TOLD}";\n'
        "const lookUp = tool({ description, parameters: z.object({ name: z.string().describe(told) }) });",
        f'function ship(z) {{ return z.object({{ name: z.string().describe("{TOLD}") }}); }}\n'
        "await generateObject({ model, schema: ship(z), prompt });",
        f'const lookUp = tool({{ description, parameters: Type.Object({{ name: Type.String({{ description: "{TOLD}" }}) }}) }});'
        "z.string().describe(other);",
    ],
)
def test_a_schema_for_a_model_tells_what_its_fields_are(code: str) -> None:
    assert TOLD in tool_texts(code)


@pytest.mark.parametrize(
    "code",
    [
        SHIP + "const settings = Ship.parse(process.env);",
        SHIP + "router.post('/ships', validate({ schema: Ship }), add);",
        SHIP + "const route = createRoute({ method: 'post', path: '/ships', description, schema: Ship });",
    ],
)
def test_a_schema_of_settings_or_routes_is_none_for_a_model(code: str) -> None:
    assert tool_texts(code) == []


@pytest.mark.parametrize(
    "description",
    ["SAYS", "says(win)", "`${SAYS}`"],
)
def test_a_tool_is_described_wherever_its_description_is_written(description: str) -> None:
    code = f'const SAYS = "{TOLD}";\nfunction says(win) {{ return SAYS; }}\n'

    assert tool_texts(
        code + f"const lookUp = createTool({{ name, description: {description}, execute }});"
    ) == [TOLD]


@pytest.mark.parametrize(
    ("parameters", "is_tool"),
    [
        ('{ type: "object", properties: {} }', True),
        ('{ city: { type: "string" } }', True),
        ("{ city: z.string() }", True),
        ("Parameters", True),
        ("{}", True),
        ("{ prompt: { default: '' }, seed: { default: null } }", False),
        ("{ temperature: 1, top_p: 1 }", False),
    ],
)
def test_an_object_is_a_tool_if_its_parameters_may_be_a_schema(parameters: str, is_tool: bool) -> None:
    code = f'const card = {{ name: "ship", description: "{TOLD}", parameters: {parameters} }};'

    assert tool_texts(code) == ([TOLD] if is_tool else [])
