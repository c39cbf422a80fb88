"""Go, Java and C# linked: names across files."""

from __future__ import annotations

import pytest
from linked_repository import explicit, linked, prompt
from linked_repository import shown as text_of

SYSTEM = "You are a careful librarian of old maps."
ASK = "Describe the map of {city} in two sentences."
PIRATE = "You are a pirate who answers in rhymes."
BOTH = (("system", SYSTEM), ("user", ASK))

GO_CALL = """
    package app

    import (
        openai "github.com/sashabaranov/go-openai"
        %s
    )

    func ask(c *openai.Client, ctx context.Context) {
        %s
        c.CreateChatCompletion(ctx, openai.ChatCompletionRequest{Model: "gpt-4o", Messages: []openai.ChatCompletionMessage{
            {Role: "system", Content: %s},
        }})
    }
    """
JAVA_CALL = """
    package app;
    import dev.langchain4j.model.chat.ChatModel;
    import dev.langchain4j.data.message.SystemMessage;
    %s
    class App {
        ChatModel model;
        void ask() {
            %s
            model.chat(SystemMessage.from(%s));
        }
    }
    """
CSHARP_CALL = """
    using OpenAI.Chat;
    %s
    namespace App;
    class App
    {
        void Ask(ChatClient client)
        {
            %s
            client.CompleteChat(new SystemChatMessage(%s));
        }
    }
    """


@pytest.mark.parametrize(
    ("call", "before", "statement", "taken", "path", "given"),
    [
        (GO_CALL, "", "", "pirate", "app/p.go", "package app\nconst pirate = `{}`\n"),
        (GO_CALL, "", "", "pirate()", "app/p.go", "package app\nfunc pirate() string { return `{}` }\n"),
        (
            GO_CALL,
            '"x.dev/m/prompts"',
            "",
            "prompts.Pirate",
            "prompts/p.go",
            "package prompts\nvar Pirate = `{}`\n",
        ),
        (
            GO_CALL,
            'p "x.dev/m/prompts"',
            "",
            "p.Pirate()",
            "prompts/p.go",
            "package prompts\nfunc Pirate() string { return `{}` }\n",
        ),
        (GO_CALL, "", "", "strings.TrimSpace(pirate)", "app/p.go", "package app\nvar pirate = `\n{}\n`\n"),
        (
            GO_CALL,
            "",
            "",
            'prompts["pirate"]',
            "app/p.go",
            'package app\nvar prompts = map[string]string{"pirate": `{}`}\n',
        ),
        (GO_CALL, "", "", "set.Pirate", "app/p.go", "package app\nvar set = Set{Pirate: `{}`}\n"),
        (
            GO_CALL,
            "",
            "var b strings.Builder\n        b.WriteString(pirate)",
            "b.String()",
            "app/p.go",
            "package app\nconst pirate = `{}`\n",
        ),
        (
            JAVA_CALL,
            "",
            "",
            "Prompts.PIRATE",
            "app/Prompts.java",
            'package app;\nclass Prompts { static final String PIRATE = "{}"; }\n',
        ),
        (
            JAVA_CALL,
            "import texts.Prompts;",
            "",
            "Prompts.PIRATE",
            "texts/Prompts.java",
            'package texts;\npublic class Prompts { public static final String PIRATE = "{}"; }\n',
        ),
        (
            JAVA_CALL,
            "import static texts.Prompts.PIRATE;",
            "",
            "PIRATE",
            "texts/Prompts.java",
            'package texts;\npublic interface Prompts { String PIRATE = "{}"; }\n',
        ),
        (
            JAVA_CALL,
            "import texts.Prompts;",
            "",
            "Prompts.pirate()",
            "texts/Prompts.java",
            'package texts;\nclass Prompts { static String pirate() { return "{}"; } }\n',
        ),
        (
            JAVA_CALL,
            "",
            "StringBuilder b = new StringBuilder();\n            b.append(Prompts.PIRATE);",
            "b.toString()",
            "app/Prompts.java",
            'package app;\nclass Prompts { static final String PIRATE = """\n    {}"""; }\n',
        ),
        (
            CSHARP_CALL,
            "",
            "",
            "Prompts.Pirate",
            "Prompts.cs",
            'namespace App;\nstatic class Prompts { public const string Pirate = "{}"; }\n',
        ),
        (
            CSHARP_CALL,
            "using Texts;",
            "",
            "Prompts.Pirate",
            "Texts/Prompts.cs",
            'namespace Texts;\nstatic class Prompts { public static readonly string Pirate = @"{}"; }\n',
        ),
        (
            CSHARP_CALL,
            "using Texts;",
            "",
            "Prompts.Pirate",
            "Texts/Prompts.cs",
            'namespace Texts { static class Prompts { public static string Pirate => "{}"; } }\n',
        ),
        (
            CSHARP_CALL,
            "using Texts;",
            "",
            "Prompts.Pirate()",
            "Texts/Prompts.cs",
            'namespace Texts;\nstatic class Prompts { public static string Pirate() { return """\n    {}\n    """; } }\n',
        ),
        (
            CSHARP_CALL,
            "",
            "var b = new StringBuilder();\n            b.Append(Prompts.Pirate);",
            "b.ToString()",
            "Prompts.cs",
            'namespace App;\nstatic class Prompts { public const string Pirate = "{}"; }\n',
        ),
    ],
)
def test_texts_of_other_files(
    call: str, before: str, statement: str, taken: str, path: str, given: str
) -> None:
    suffix = path.rpartition(".")[2]
    root = {"go.mod": "module x.dev/m\n"} if suffix == "go" else {}
    files = {
        **root,
        path: given.replace("{}", PIRATE),
        f"app/App.{suffix}": call % (before, statement, taken),
    }
    found = linked({name: text for name, text in files.items() if name != "go.mod"})

    (request,) = explicit(found)
    assert [(part.role, text_of(prompt(found, part.prompt)).strip()) for part in request.parts] == [
        ("system", PIRATE)
    ]


def test_embedded_files_are_sent() -> None:
    code = GO_CALL % ("", "", "pirate")
    text = code + "\n    //go:embed prompts/pirate.md\n    var pirate string\n"

    found = linked({"app/a.go": text, "app/prompts/pirate.md": PIRATE})

    (request,) = explicit(found)
    assert [(part.role, text_of(prompt(found, part.prompt))) for part in request.parts] == [
        ("system", PIRATE)
    ]


SERVICE = """
    package app;
    import dev.langchain4j.service.SystemMessage;
    import dev.langchain4j.service.UserMessage;
    interface Maps {
        @SystemMessage(%s)
        @UserMessage("Describe the map of {{city}} in two sentences.")
        String describe(@V("city") String city);
    }
    """


@pytest.mark.parametrize(
    ("written", "texts"),
    [
        (f'"{SYSTEM}"', {}),
        (f'{{"{SYSTEM[:16]}", "{SYSTEM[16:]}"}}', {}),
        ('fromResource = "prompts/maps.txt"', {"src/main/resources/prompts/maps.txt": SYSTEM}),
        ('fromResource = "/prompts/maps.txt"', {"src/main/resources/prompts/maps.txt": SYSTEM}),
    ],
)
def test_annotations_of_one_method_are_sent_together(written: str, texts: dict[str, str]) -> None:
    found = linked({"src/main/java/app/Maps.java": SERVICE % written, **texts})

    (request,) = found.requests
    sent = [(part.role, text_of(prompt(found, part.prompt)).replace("\n", "")) for part in request.parts]
    assert tuple(sent) == BOTH


def test_descriptions_of_tools_are_tool_text() -> None:
    java = """
    package app;
    import dev.langchain4j.agent.tool.Tool;
    class Tools {
        @Tool("Returns the weather of a city for tomorrow")
        String weather(@P("The city that is asked about") String city) { return ""; }
    }
    """
    csharp = """
    using System.ComponentModel;
    class Tools
    {
        [KernelFunction, Description("Returns the weather of a city for tomorrow")]
        public string Weather([Description("The city that is asked about")] string city) => "";
    }
    """
    found = linked({"src/Tools.java": java, "src/Tools.cs": csharp})

    told = "[Returns the weather of a city for tomorrow][The city that is asked about]"
    assert [(each.kind, text_of(each)) for each in found.prompts] == [("tool", told), ("tool", told)]


@pytest.mark.parametrize(
    ("path", "text"),
    [
        (
            "a.go",
            'package a\n\n// scrimp: prompt name=pirate\nvar x = "Sing a song of the sea"\n\n// scrimp: not-a-prompt\nconst Prompt = "You are a helpful assistant of pirates."\n',
        ),
        (
            "A.java",
            'class A {\n  // scrimp: prompt name=pirate\n  String x = "Sing a song of the sea";\n\n  // scrimp: not-a-prompt\n  String prompt = "You are a helpful assistant of pirates.";\n}\n',
        ),
        (
            "A.cs",
            'class A {\n  // scrimp: prompt name=pirate\n  string x = "Sing a song of the sea";\n\n  // scrimp: not-a-prompt\n  string prompt = "You are a helpful assistant of pirates.";\n}\n',
        ),
    ],
)
def test_markers_say_what_is_a_prompt_and_what_is_none(path: str, text: str) -> None:
    found = linked({path: text})

    assert [(each.name, text_of(each)) for each in found.prompts] == [("pirate", "Sing a song of the sea")]
