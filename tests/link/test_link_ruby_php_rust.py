"""Ruby, PHP and Rust linked: constants of other files, methods, loaded files and markers, as those languages find them."""

from __future__ import annotations

import pytest
from linked_trees import explicit, linked, shown

PIRATE = "You are a pirate who answers in rhymes."
FOR = "You are a pirate who answers {name}."


def ruby(content: str) -> str:
    """A call in Ruby that sends an expression as the system message."""
    messages = f'[{{ role: "system", content: {content} }}]'
    return f'OpenAI::Client.new.chat(parameters: {{ model: "gpt-4o", messages: {messages} }})\n'


def php(content: str) -> str:
    """A call in PHP that sends an expression as the system message."""
    messages = f"[['role' => 'system', 'content' => {content}]]"
    return f"OpenAI::client($key)->chat()->create(['model' => 'gpt-4o', 'messages' => {messages}]);\n"


def rust(content: str) -> str:
    """A function in Rust that sends an expression as the system message."""
    return (
        "use async_openai::Client;\nuse async_openai::types::*;\n"
        "async fn ask(name: &str) {\n"
        '    let request = CreateChatCompletionRequestArgs::default().model("gpt-4o").messages([\n'
        f"        ChatCompletionRequestSystemMessage::from({content}).into(),\n"
        "    ]).build()?;\n"
        "    Client::new().chat().create(request).await?;\n"
        "}\n"
    )


def sent(files: dict[str, str]) -> list[str]:
    """The texts that the only call of a tree sends."""
    found = linked(files)
    texts = {prompt.id: shown(prompt.segments) for prompt in found.prompts}
    (request,) = explicit(found)
    return [texts[part.prompt] for part in request.parts]


@pytest.mark.parametrize(
    ("other", "content"),
    [
        (f'PIRATE = "{PIRATE}"\n', "PIRATE"),
        (f'module Prompts\n  PIRATE = "{PIRATE}".freeze\nend\n', "Prompts::PIRATE"),
        (f'module App::Prompts\n  PIRATE = "{PIRATE}"\nend\n', "App::Prompts::PIRATE"),
        (f'class Prompts\n  ALL = {{ pirate: "{PIRATE}" }}.freeze\nend\n', "Prompts::ALL[:pirate]"),
        (f'class Prompts\n  def self.pirate\n    "{PIRATE}"\n  end\nend\n', "Prompts.pirate"),
        (f'class Prompts\n  def self.pirate = "{PIRATE}"\nend\n', "Prompts.pirate()"),
        (f"class Prompts\n  PIRATE = <<~TEXT.strip\n    {PIRATE}\n  TEXT\nend\n", "Prompts::PIRATE"),
        (
            'class Prompts\n  PIRATE = "You are a pirate " \\\n    "who answers in rhymes."\nend\n',
            "Prompts::PIRATE",
        ),
        (f'class Prompts\n  PIRATE = ["{PIRATE}"].join("\\n")\nend\n', "Prompts::PIRATE"),
    ],
)
def test_ruby_finds_texts_of_other_files(other: str, content: str) -> None:
    assert sent({"app/prompts.rb": other, "app/ask.rb": ruby(content)}) == [PIRATE]


@pytest.mark.parametrize(
    ("template", "content", "hole"),
    [
        ("%{name}", "PIRATE % { name: name }", "name"),
        ("%<name>s", "format(PIRATE, name: name)", "name"),
        ("%s", "PIRATE % name", "0"),
        ("%{name}", "Prompts::PIRATE % values", "name"),
    ],
)
def test_ruby_fills_a_template(template: str, content: str, hole: str) -> None:
    bound = f'PIRATE = "You are a pirate who answers {template}."\n'
    bound = f"module Prompts\n{bound}end\n" if "::" in content else bound

    assert sent({"ask.rb": bound + ruby(content)}) == [f"You are a pirate who answers {{{hole}}}."]


@pytest.mark.parametrize(
    ("other", "content"),
    [
        (f"class Prompts {{ const PIRATE = '{PIRATE}'; }}\n", "Prompts::PIRATE"),
        (f"class Prompts {{ public static string $pirate = '{PIRATE}'; }}\n", "Prompts::$pirate"),
        (f"class Prompts {{ static function pirate() {{ return '{PIRATE}'; }} }}\n", "Prompts::pirate()"),
        (f"enum Prompts: string {{ case Pirate = '{PIRATE}'; }}\n", "Prompts::Pirate->value"),
        (f"class Prompts {{ const ALL = ['pirate' => '{PIRATE}']; }}\n", "Prompts::ALL['pirate']"),
        (f"class Prompts {{ const PIRATE = <<<TEXT\n  {PIRATE}\n  TEXT;\n}}\n", "Prompts::PIRATE"),
    ],
)
def test_php_finds_texts_of_other_files(other: str, content: str) -> None:
    head = "<?php\nnamespace App;\n"
    files = {"src/Prompts.php": head + other, "src/Ask.php": f"{head}use OpenAI;\n{php(content)}"}

    assert sent(files) == [PIRATE]


@pytest.mark.parametrize(
    ("other", "taken", "content"),
    [
        (f'pub const PIRATE: &str = "{PIRATE}";\n', "use crate::prompts::PIRATE;\n", "PIRATE"),
        (f'pub static PIRATE: &str = r#"{PIRATE}"#;\n', "mod prompts;\n", "prompts::PIRATE"),
        (f'pub const PIRATE: &str = "{PIRATE}";\n', "", "crate::prompts::PIRATE"),
        (
            f'pub fn pirate() -> String {{ "{PIRATE}".to_string() }}\n',
            "use crate::prompts;\n",
            "prompts::pirate()",
        ),
        (
            f'pub struct All;\nimpl All {{ pub const PIRATE: &str = "{PIRATE}"; }}\n',
            "use crate::prompts::All;\n",
            "All::PIRATE",
        ),
        (
            'pub const PIRATE: &str = concat!("You are a pirate ", "who answers in rhymes.");\n',
            "use crate::prompts::*;\n",
            "PIRATE",
        ),
        (
            'pub const PIRATE: &str = "You are a pirate \\\n    who answers in rhymes.";\n',
            "use crate::prompts::{PIRATE as TEXT};\n",
            "TEXT",
        ),
    ],
)
def test_rust_finds_texts_of_other_files(other: str, taken: str, content: str) -> None:
    assert sent({"src/prompts.rs": other, "src/main.rs": taken + rust(content)}) == [PIRATE]


@pytest.mark.parametrize(
    "content",
    [
        'format!("You are a pirate who answers {name}.")',
        'format!("You are a pirate who answers {}.", name)',
        'format!("You are a pirate who answers {who}.", who = name)',
        'formatdoc!("You are a pirate who answers {name}.")',
        '"You are a pirate who answers NAME.".replace("NAME", name)',
    ],
)
def test_rust_fills_holes(content: str) -> None:
    assert sent({"src/ask.rs": rust(content)}) == [FOR]


@pytest.mark.parametrize(
    ("path", "code", "text"),
    [
        ("src/ask.rs", rust('include_str!("../prompts/pirate.txt")'), "prompts/pirate.txt"),
        ("src/ask.php", "<?php\n" + php("file_get_contents(__DIR__ . '/prompts/pirate.txt')"), "src/prompts/pirate.txt"),
    ],
)  # fmt: skip
def test_a_file_that_is_loaded_is_what_is_sent(path: str, code: str, text: str) -> None:
    assert sent({path: code, text: PIRATE}) == [PIRATE]


def test_objects_in_macros_of_rust_are_read() -> None:
    body = (
        'let body = json!({"model": "gpt-4o", "messages": [\n'
        f'  {{"role": "system", "content": "{PIRATE}"}},\n'
        '  {"role": "user", "content": format!("Tell me of {}.", ship.name())},\n'
        "]});\n"
    )
    code = (
        f'async fn ask(ship: &Ship) {{ {body} client.post("https://api.openai.com/v1/chat/completions"); }}\n'
    )

    found = linked({"src/ask.rs": code})

    assert [(each.role, shown(each.segments)) for each in found.prompts] == [
        ("system", PIRATE),
        ("user", "Tell me of {ship.name()}."),
    ]


@pytest.mark.parametrize(
    ("path", "code"),
    [
        ("a.rb", '# {}\nGREETING = "Welcome to the ship of rhymes."\n'),
        ("a.php", "<?php\n// {}\nconst GREETING = 'Welcome to the ship of rhymes.';\n"),
        ("src/a.rs", '// {}\nconst GREETING: &str = "Welcome to the ship of rhymes.";\n'),
    ],
)
def test_a_marker_makes_a_prompt(path: str, code: str) -> None:
    found = linked({path: code.replace("{}", "scrimp: prompt name=greeting model=gpt-5-mini")})

    assert [shown(each.segments) for each in found.prompts] == ["Welcome to the ship of rhymes."]
    assert [each.model for each in found.requests] == ["gpt-5-mini"]


@pytest.mark.parametrize(
    ("path", "code"),
    [
        ("a.rb", "# scrimp: not-a-prompt\n" + "SYSTEM_PROMPT = 'You are a pirate who answers in rhymes.'\n"),
        ("a.php", "<?php\n# scrimp: not-a-prompt\nconst SYSTEM_PROMPT = 'You are a pirate who answers.';\n"),
        (
            "src/a.rs",
            '/* scrimp: not-a-prompt */\nconst SYSTEM_PROMPT: &str = "You are a pirate who answers.";\n',
        ),
    ],
)
def test_a_marker_makes_none(path: str, code: str) -> None:
    assert linked({path: code}).prompts == ()


@pytest.mark.parametrize(
    ("path", "code"),
    [
        ("src/a.rs", f'use rig::x;\nfn f() {{ let all = vec![llm::Message::system("{PIRATE}")]; }}\n'),
        ("a.rb", f'x = OpenAI::Client.new\nall = [ChatMessage.from_system("{PIRATE}")]\n'),
        ("a.php", f"<?php\nuse OpenAI\\Client;\n$all = [ChatMessage::forSystem('{PIRATE}')];\n"),
    ],
)
def test_a_function_that_makes_a_message_tells_its_role(path: str, code: str) -> None:
    assert [(each.role, shown(each.segments)) for each in linked({path: code}).prompts] == [
        ("system", PIRATE)
    ]


def test_a_message_that_a_chat_shows_to_people_is_none() -> None:
    code = 'use rig::x;\nfn f() { app.show(ChatMessage::new_system("The branch has no changes to be shown.")); }\n'

    assert linked({"src/a.rs": code}).prompts == ()
