"""Which expressions are one text, and what becomes of what isn't text at all."""

from __future__ import annotations

import pytest
from readers_examples import assert_written, fixed, read

from scrimp.link.transforms import segments_of
from scrimp.model.algebra import Expression, Join, Loop, Transform
from scrimp.model.facts import Facts, Site


def sites(text: str, path: str = "a.ts") -> list[Site]:
    """The sites of more than two words, in the order of the text."""
    facts = read(path, text)
    assert facts.faults == ()
    for each in facts.sites:
        assert_written(each.expression, text)
    return sorted((each for each in facts.sites if each.words > 2), key=lambda each: each.start)


def written(text: str, path: str = "a.ts") -> list[str]:
    """The sources of the sites of more than two words."""
    return [text[each.start : each.end] for each in sites(text, path)]


@pytest.mark.parametrize(
    "expression",
    [
        '"You are " + role + " and you are kind."',
        'role + ": you are kind to people."',
        '(tone ?? "You are kind to people.") + (strict ? " Be strict." : "")',
        "`You are a pirate.`.trim()",
        '"Hello there, NAME.".replace("NAME", name)',
        '"You are a pirate.".concat(" ", rules)',
        "dedent`\n  You are a pirate.\n`",
        "dedent(`\n  You are a pirate.\n`)",
        "outdent`You are a pirate.`",
        "stripIndent`You are a pirate.`",
        '["You are a pirate.", rules].join("\\n")',
        '["You are a pirate.", rules && "Rules:"].filter(Boolean).join("\\n")',
        '[...(a ? ["You are a pirate."] : [])].join("\\n")',
        "items.map((item) => `- the item ${item} is here`).join('\\n')",
        "items.map((item) => { return `- the item ${item} is here`; }).join('\\n')",
        "prompt`You are a pirate, ${name}.`",
        "String(`You are a pirate.`)",
    ],
)
def test_one_text(expression: str) -> None:
    assert written(f"const PROMPT = {expression};") == [expression]


@pytest.mark.parametrize(
    "wrapped",
    [
        "(`You are a pirate.`)",
        "`You are a pirate.` as const",
        "`You are a pirate.` satisfies string",
        "<string>`You are a pirate.`",
        "`You are a pirate.`!",
        "Object.freeze(`You are a pirate.`)",
        "a ? `You are a pirate.` : b",
        "a && `You are a pirate.`",
        "a ?? `You are a pirate.`",
        "{ text: `You are a pirate.` }",
        "[`You are a pirate.`]",
    ],
)
def test_what_stands_around_a_text_is_no_part_of_it(wrapped: str) -> None:
    assert written(f"const PROMPT = {wrapped};") == ["`You are a pirate.`"]


@pytest.mark.parametrize(
    "expression",
    [
        "css`color: red and nothing else;`",
        "styled.div`color: red and nothing else;`",
        "styled(Button)`color: red and nothing else;`",
        "gql`query all of the things`",
        "sql`select all from the things`",
        "html`<p>some text for people</p>`",
        "/a regular expression of words/",
        "1 + 2",
    ],
)
def test_no_text_for_models(expression: str) -> None:
    assert written(f"const PROMPT = {expression};") == []


def test_markup_is_no_text() -> None:
    text = """
    export function Page() {
      const onClick = () => ask("You are a pirate.");
      return <div title="some words for people"><p>You are a visitor of this page.</p></div>;
    }
    """

    assert written(text, "a.tsx") == ['"You are a pirate."']


def test_console_and_loggers_say_nothing_to_models() -> None:
    said = "('one two three four');"
    text = f"console.log{said} logger.info{said} this.logger.warn{said}"

    assert written(text) == []


def test_a_joined_list_is_the_join_of_its_separator() -> None:
    (site,) = sites('const PROMPT = ["one two three four", x].join("; ");')

    assert isinstance(site.expression, Transform)
    assert site.expression.operation == "join"
    assert fixed(site.expression.of) == "; "


def test_a_map_is_a_loop() -> None:
    (site,) = sites("const PROMPT = items.map((item) => `- one two ${item} three`).join('');")

    assert isinstance(site.expression, Transform)
    loop = site.expression.arguments[0].value
    assert isinstance(loop, Loop)
    assert loop.over == "items"
    assert isinstance(loop.body, Join)


def test_dedent_takes_off_indentation_and_the_empty_ends() -> None:
    (site,) = sites("const PROMPT = dedent`\n    one two\n    three four\n  `;")

    operations: list[str] = []
    expression: Expression = site.expression
    while isinstance(expression, Transform):
        operations.append(expression.operation)
        expression = expression.of
    assert operations == ["strip", "dedent"]
    assert segments_of(expression, "a.ts")


@pytest.mark.parametrize(
    ("path", "text"),
    [
        (
            "a.vue",
            "<template><p>some words for people</p></template>\n"
            "<script setup lang='ts'>\nconst P: string = `{}`;\n</script>",
        ),
        ("a.svelte", "<script>const P = `{}`;</script>\n<p>some words for people</p>"),
        (
            "a.vue",
            "<script>\nexport default {{ name: 'x' }}\n</script>\n<script setup>\nconst P = `{}`;\n</script>",
        ),
        ("a.astro", "---\nconst P = `{}`;\n---\n<p>some words for people</p>"),
    ],
)
def test_scripts_of_components_keep_their_place_in_the_file(path: str, text: str) -> None:
    source = text.replace("{{", "{").replace("}}", "}").replace("`{}`", "`You are a pirate.`")

    assert written(source, path) == ["`You are a pirate.`"]


def facts(text: str) -> Facts:
    return read("a.js", text)


def test_a_minified_bundle_is_left_alone() -> None:
    line = "function a(b){return b+'one two three four'};" * 200

    assert facts(line) == facts("")


@pytest.mark.parametrize(
    "text",
    [
        "const PROMPT = `" + "You are a very kind pirate. " * 400 + "`;",
        "function a(b){return b};" * 300 + "c.systemPrompt='You are a pirate.';",
    ],
)
def test_a_long_line_with_a_prompt_is_read(text: str) -> None:
    assert facts(text).sites
