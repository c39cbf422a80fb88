"""JavaScript and TypeScript linked: names are found as those languages do, and texts reach the calls that send them."""

from __future__ import annotations

import pytest
from linked_repository import explicit, ids, linked, prompt, sent, shown

CLIENT = 'import OpenAI from "openai";\nconst client = new OpenAI();\n'
PIRATE = "You are a pirate who answers in rhymes."


def send(expression: str) -> str:
    """A call that sends an expression as the system message."""
    return (
        'await client.chat.completions.create({ model: "gpt-5-mini", max_tokens: 99, '
        f'messages: [{{ role: "system", content: {expression} }}] }});\n'
    )


def system(files: dict[str, str]) -> list[str]:
    """The texts of the prompts that the only call sends as system messages."""
    found = linked(files)
    (request,) = explicit(found)
    return [shown(prompt(found, part.prompt)) for part in request.parts if part.role == "system"]


def test_a_call_takes_its_options_from_an_object() -> None:
    found = linked({"app.ts": CLIENT + f"const SYSTEM = `{PIRATE}`;\n" + send("SYSTEM")})

    (request,) = explicit(found)
    assert (request.model, request.output_cap, request.text) == ("gpt-5-mini", 99, "full")
    assert sent(request) == [("system", "SYSTEM")]
    assert (prompt(found, "app.ts::SYSTEM").language, prompt(found, "app.ts::SYSTEM").format) == (
        "typescript",
        "javascript-string",
    )


@pytest.mark.parametrize(
    ("given", "taken"),
    [
        ("export const P = `{}`;", 'import { P } from "./p";'),
        ("export const P = `{}`;", 'import { P } from "./p.js";'),
        ("export const Q = `{}`;", 'import { Q as P } from "./p";'),
        ("const Q = `{}`; export { Q as P };", 'import { P } from "./p";'),
        ("export default `{}`;", 'import P from "./p";'),
        ("const Q = `{}`; export default Q;", 'import P from "./p";'),
        ("export const P = `{}`;", 'import * as all from "./p"; const P = all.P;'),
        ("exports.P = `{}`;", 'const { P } = require("./p");'),
        ("module.exports = { P: `{}` };", 'const { P } = require("./p");'),
        ("const P = `{}`; module.exports = { P };", 'const P = require("./p").P;'),
        ("module.exports = `{}`;", 'import P from "./p";'),
        ("export const all = { P: `{}` } as const;", 'import { all } from "./p"; const P = all.P;'),
        ("export const all = { P: `{}` };", 'import { all } from "./p"; const { P } = all;'),
        ("export const all = {}; all.P = `{}`;", 'import { all } from "./p"; const P = all["P"];'),
        ("export enum All { P = `{}` }", 'import { All } from "./p"; const P = All.P;'),
        ("export class All { static P = `{}`; }", 'import { All } from "./p"; const P = All.P;'),
        ("export namespace All { export const P = `{}`; }", 'import { All } from "./p"; const P = All.P;'),
        ("export function f() { return `{}`; }", 'import { f } from "./p"; const P = f();'),
        ("export const f = () => `{}`;", 'import { f } from "./p"; const P = f();'),
        ("export const f = async () => { return `{}`; };", 'import { f } from "./p"; const P = await f();'),
        ("export const all = { f: () => `{}` };", 'import { all } from "./p"; const P = all.f();'),
        ("export const all = { f() { return `{}`; } };", 'import { all } from "./p"; const P = all.f();'),
        ("export default () => `{}`;", 'import f from "./p"; const P = f();'),
        ("export default function make() { return `{}`; }", 'import f from "./p"; const P = f();'),
        ("exports.f = function () { return `{}`; };", 'const m = require("./p"); const P = (0, m.f)();'),
    ],
)
def test_names_of_other_modules(given: str, taken: str) -> None:
    files = {"p.ts": given.replace("{}", PIRATE, 1), "app.ts": CLIENT + taken + "\n" + send("P")}
    if "{} }" in given or "= {};" in given:
        files["p.ts"] = given.replace("`{}`", f"`{PIRATE}`")

    assert system(files) == [PIRATE]


@pytest.mark.parametrize(
    ("name", "more"),
    [
        ("@/lib/p", {}),
        ("~/lib/p", {}),
        ("src/lib/p", {}),
        ("$lib/p", {}),
        ("lib/p", {"tsconfig.json": '{"compilerOptions": {"baseUrl": "./src"}}'}),
        ("#p", {"package.json": '{"name": "x", "imports": {"#p": "./src/lib/p.ts"}}'}),
        (
            "@x/*".replace("*", "p"),
            {"tsconfig.json": '{"compilerOptions": {"paths": {"@x/*": ["./src/lib/*"]}}} // x'},
        ),
        (
            "@x/p",
            {
                "src/tsconfig.json": '{"extends": "../config/base"}',
                "config/base/tsconfig.json": '{"extends": "../tsconfig.paths.json"}',
                "config/tsconfig.paths.json": '{"compilerOptions": {"paths": {"@x/*": ["../src/lib/*"]}}}',
            },
        ),
        ("me", {"package.json": '{"name": "me", "main": "src/lib/p.ts"}'}),
        ("me/lib/p", {"package.json": '{"name": "me"}'}),
        (
            "me/texts",
            {"package.json": '{"name": "me", "exports": {"./texts": {"import": "./src/lib/p.ts"}}}'},
        ),
        ("./lib/index", {"src/lib/index.ts": 'export * from "./p";'}),
        ("./lib", {"src/lib/index.ts": 'export { P } from "./p";'}),
    ],
)
def test_modules_by_alias_and_folder(name: str, more: dict[str, str]) -> None:
    files = {
        "src/lib/p.ts": f"export const P = `{PIRATE}`;",
        "src/app.ts": f'{CLIENT}import {{ P }} from "{name}";\n{send("P")}',
    }

    assert system(files | more) == [PIRATE]


@pytest.mark.parametrize(
    ("file", "imported"),
    [
        ("system.md", 'import P from "./system.md?raw";'),
        ("system.txt", 'import fs from "fs"; const P = fs.readFileSync("src/system.txt", "utf8").trim();'),
        (
            "system.txt",
            'import { readFileSync } from "node:fs"; import path from "node:path";\n'
            'const P = readFileSync(path.join(__dirname, "system.txt"), "utf-8");',
        ),
        (
            "system.txt",
            'import * as fs from "fs/promises";\n'
            'const P = await fs.readFile(new URL("./system.txt", import.meta.url), "utf-8");',
        ),
    ],
)
def test_texts_of_files(file: str, imported: str) -> None:
    found = linked({f"src/{file}": PIRATE, "src/app.ts": CLIENT + imported + "\n" + send("P")})

    (request,) = explicit(found)
    assert [part.prompt for part in request.parts] == [f"src/{file}"]


def test_functions_put_their_arguments_in_place() -> None:
    code = """
    const ask = ({ role, tone = "Be brief and kind." }) => `You talk like a ${role}. ${tone}`;
    """

    assert system({"app.js": CLIENT + code + send('ask({ role: "pirate of the sea" })')}) == [
        "You talk like a {role}. <Be brief and kind.|{tone}>"
    ]


def test_wrappers_are_followed_through_objects_of_options() -> None:
    files = {
        "llm.ts": CLIENT
        + "export async function ask(options: Options) {\n"
        + "  return client.chat.completions.create({ model: options.model, messages: options.messages });\n}\n",
        "app.ts": 'import { ask } from "./llm";\n'
        + f'await ask({{ model: "gpt-5", messages: [{{ role: "user", content: `{PIRATE}` }}] }});\n',
    }

    (request,) = explicit(linked(files))

    assert (request.model, [part.role for part in request.parts]) == (
        "gpt-5",
        ["user"],
    )


def test_fields_of_classes() -> None:
    code = f"""
    class Agent {{
      private readonly system = `{PIRATE}`;
      constructor(private readonly client: OpenAI) {{}}
      get prompt() {{ return this.system; }}
      async run() {{
        await this.client.chat.completions.create({{ messages: [{{ role: "system", content: this.prompt }}] }});
      }}
    }}
    """

    assert system({"app.ts": 'import OpenAI from "openai";\n' + code}) == [PIRATE]


def test_a_list_that_is_filled_and_joined() -> None:
    code = """
    const lines = ["You are a pirate of the sea."];
    lines.push("Answer all questions in rhymes.");
    """

    texts = system({"app.js": CLIENT + code + send('lines.join("\\n")')})

    assert texts == ["You are a pirate of the sea.\nAnswer all questions in rhymes."]


def test_messages_pushed_to_a_list() -> None:
    code = f"""
    const messages = [{{ role: "system", content: `{PIRATE}` }}];
    messages.push({{ role: "user", content: `Tell me about ${{topic}} now.` }});
    await client.chat.completions.create({{ messages: [...messages, ...history] }});
    """

    (request,) = explicit(linked({"app.ts": CLIENT + code}))

    assert [part.role for part in request.parts] == ["system", "user"]
    assert request.text == "partial"


def test_a_text_that_only_puts_others_together_sends_those() -> None:
    code = f"""
    const ROLE = `{PIRATE}`;
    const TASK = "Answer the question of the user.";
    const system = () => `${{ROLE}}\\n\\n${{TASK}}`;
    """

    (request,) = explicit(linked({"app.ts": CLIENT + code + send("system()")}))

    assert sent(request) == [("system", "ROLE"), ("system", "TASK")]


@pytest.mark.parametrize(
    "code",
    [
        'throw new Error("The prompt must not be empty here.");',
        'const promptPlaceholder = "Type your message to us here";',
        'const PROMPT_TOOLTIP_TEXT = "This is what we send for you";',
        'z.string().min(1, "The prompt must not be empty here.");',
        'describe("the prompt of the whole app", () => { it("is never empty at all", () => {}); });',
        'expect(prompt).toContain("You are a pirate of the sea.");',
        't("prompt.hint", { prompt: "Type your message to us here" });',
    ],
)
def test_what_people_read_is_no_prompt(code: str) -> None:
    assert ids(linked({"app.ts": CLIENT + code + "\n" + send("outside")})) == []


STEPS = [
    'let x = "You speak like"; x += " a pirate would."; return x;',
    'let x = short ? "You speak like" : "You always speak like"; if (long) { x += " a pirate would."; } return x;',
    'let x = "You speak like a pirate."; if (long) { x = `Mind the manners. ${x}`; } return x;',
    'const lines = ["You speak like a pirate.", "Mind the manners."]; if (long) lines.push("Rhyme too."); '
    'return lines.join("\\n");',
    'const lines = ["You speak like a pirate."]; names.forEach((name) => { lines.push(`Greet ${name} politely.`); }); '
    'return lines.join("\\n");',
    'const role = "You speak like a pirate."; const rules = `Mind the manners.`; return `${role}\\n\\n${rules}`;',
]


@pytest.mark.parametrize("body", STEPS)
def test_what_is_put_together_in_a_function_is_one_prompt(body: str) -> None:
    found = linked(
        {
            "app.ts": CLIENT
            + f"function systemPrompt(short, long, names) {{ {body} }}\n"
            + send("systemPrompt()")
        }
    )

    (only,) = found.prompts
    assert "pirate" in shown(only)


def test_pieces_with_uses_of_their_own_stay_prompts_of_their_own() -> None:
    body = (
        'const role = "You speak like a pirate."; const rules = `Mind the manners always.`; use(role, rules); '
        "return `${role}\\n\\n${rules}`;"
    )
    found = linked({"app.ts": CLIENT + f"function systemPrompt() {{ {body} }}\n" + send("systemPrompt()")})

    assert sorted(shown(each) for each in found.prompts if each.kind != "message") == []
    assert len(found.prompts) == 2


TABLE = (
    'const MOODS = [{ name: "glum", advice: "Answer in short sentences only." }, '
    '{ name: "merry", advice: "Answer with a joke at the end." }];\n'
)


@pytest.mark.parametrize(
    "text",
    [
        'MOODS.map((mood) => `- ${mood.name}: ${mood.advice}`).join("\\n")',
        'MOODS.map(({ name, advice }) => `- ${name}: ${advice}`).join("\\n")',
        'MOODS.filter((mood) => mood.name !== "glum").map((mood) => line(mood)).join("\\n")',
        'MOODS.map((mood) => { const advice = mood.advice; return `- ${advice}`; }).join("\\n")',
    ],
)
def test_a_table_made_into_text_is_one_prompt(text: str) -> None:
    line = "function line(mood) { return `- ${mood.advice}`; }\n"
    found = linked({"app.ts": CLIENT + TABLE + line + send(f"`Your mood is one of these:\\n${{{text}}}`")})

    (table,) = (each for each in found.prompts if each.inlined)
    assert "short sentences" in shown(table)
    assert "joke at the end" in shown(table)


@pytest.mark.parametrize(
    "loop",
    [
        "for (const mood of MOODS) { lines.push(mood.advice); }",
        "for (const { advice } of MOODS) { lines.push(advice); }",
        "for (const [, mood] of Object.entries(MOODS)) { lines.push(mood.advice); }",
        "MOODS.forEach((mood) => { lines.push(mood.advice); });",
        "Object.values(MOODS).forEach((mood) => { lines.push(mood.advice); });",
    ],
)
def test_items_of_a_list_are_followed_through_loops(loop: str) -> None:
    body = f"const lines = []; {loop} return lines.join();"
    found = linked({"app.ts": CLIENT + TABLE + f"function f() {{ {body} }}\n" + send("f()")})

    assert any("short sentences" in shown(each) and each.confidence == "high" for each in found.prompts)


@pytest.mark.parametrize(
    "code",
    [
        "function ask(c) { const T = `{}`; if (c) { const T = `none`; log(T); } {send} }",
        "function ask(c) { const T = `{}`; for (const each of c) { let T = `none`; log(T); } {send} }",
        "const T = `{}`; function ask(c) { if (c) { const { T } = c; log(T); } {send} }",
        "function ask(c) { if (c) { const T = `{}`; {send} } else { const T = `none`; log(T); } }",
        "function ask(c) { if (c) { const T = `none`; log(T); } { const T = `{}`; {send} } }",
    ],
)
def test_a_name_of_a_block_is_none_outside_of_it(code: str) -> None:
    code = code.replace("{send}", send("T"))

    assert system({"app.ts": CLIENT + code.replace("{}", PIRATE)}) == [PIRATE]


def test_a_parameter_is_itself_again_behind_a_block() -> None:
    inner = "function ask(T, c) { if (c) { const T = `none`; log(T); } {send} }"
    code = f"{CLIENT}{inner.replace('{send}', send('T'))}\nask(`{PIRATE}`);"

    assert system({"app.ts": code}) == [PIRATE]


BASES = {
    "abstract class": (
        "abstract class Model<C> {\n  abstract ask(input: Input): Promise<string>;\n}\n",
        "extends Model<Config>",
    ),
    "interface": ("interface Model {\n  ask(input: Input): Promise<string>;\n}\n", "implements Model"),
}


@pytest.mark.parametrize("base", BASES)
def test_what_implements_a_method_is_called_through_its_base(base: str) -> None:
    declared, heritage = BASES[base]
    wrapper = (
        'import OpenAI from "openai";\nimport Model from "./model";\n'
        f"class OpenAIModel {heritage} {{\n  client = new OpenAI();\n"
        "  async ask(input: Input) {\n"
        '    return this.client.chat.completions.create({ model: "gpt-5", messages: input.messages });\n  }\n}\n'
    )
    other = f'import Model from "./model";\nclass Silent {heritage} {{\n  async ask(input: Input) {{ return ""; }}\n}}\n'
    caller = (
        "export async function run(input: { model: Model }) {\n"
        f'  return await input.model.ask({{ messages: [{{ role: "system", content: "{PIRATE}" }}] }});\n}}\n'
    )
    files = {
        "model.ts": f"export default {declared}",
        "openai.ts": wrapper,
        "silent.ts": other,
        "run.ts": caller,
    }
    assert system(files) == [PIRATE]


def test_a_call_with_type_arguments_may_be_awaited() -> None:
    code = CLIENT + (
        "const answer = await client.chat.completions.create<Answer>"
        f'({{ model: "gpt-5", messages: [{{ role: "system", content: "{PIRATE}" }}] }});\n'
    )
    assert system({"app.ts": code}) == [PIRATE]


def test_messages_that_a_function_converts_are_those_that_it_gets() -> None:
    wrapper = CLIENT + (
        "function toOpenAIMessages(messages: Message[]) {\n"
        "  return messages.map((each) => {\n"
        '    if (each.role === "tool") {\n'
        '      return { role: "tool", tool_call_id: each.id, content: each.content };\n    }\n'
        "    return each;\n  });\n}\n"
        "export async function ask(messages: Message[]) {\n"
        '  return client.chat.completions.create({ model: "gpt-5", messages: toOpenAIMessages(messages) });\n}\n'
    )
    caller = f'import {{ ask }} from "./llm";\nask([{{ role: "system", content: "{PIRATE}" }}]);\n'
    assert system({"llm.ts": wrapper, "a.ts": caller}) == [PIRATE]


def test_a_callback_within_a_wrapper_sends_what_the_wrapper_gets() -> None:
    wrapper = CLIENT + (
        "export async function ask(messages: Message[]) {\n"
        "  return retry(async () => {\n"
        '    return await client.chat.completions.create({ model: "gpt-5", messages });\n  });\n}\n'
    )
    caller = f'import {{ ask }} from "./llm";\nask([{{ role: "system", content: "{PIRATE}" }}]);\n'
    assert system({"llm.ts": wrapper, "a.ts": caller}) == [PIRATE]


@pytest.mark.parametrize(
    ("steps", "text"),
    [
        (
            'let prompt = "You are a pirate."; if (rhymes) { prompt += " Answer in rhymes."; } hand(prompt);',
            "You are a pirate.< Answer in rhymes.|>",
        ),
        (
            'let prompt = "You are a pirate."; if (rhymes) { prompt += " Answer in rhymes."; hand(prompt); return; }',
            "You are a pirate. Answer in rhymes.",
        ),
    ],
)
def test_a_step_that_is_not_always_made_is_an_alternative_even_if_no_call_is_known(
    steps: str, text: str
) -> None:
    found = linked({"app.ts": f"function ask(rhymes, hand) {{ {steps} }}\n"})

    assert shown(prompt(found, "app.ts::ask.prompt")) == text
