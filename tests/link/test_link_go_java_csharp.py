"""Go, Java and C# linked: one example an SDK after its own documentation, and names across files."""

from __future__ import annotations

import pytest
from linked_repository import explicit, linked, prompt
from linked_repository import shown as text_of
from linked_trees import Sends, sends

SYSTEM = "You are a careful librarian of old maps."
ASK = "Describe the map of {city} in two sentences."
PIRATE = "You are a pirate who answers in rhymes."
BOTH = (("system", SYSTEM), ("user", ASK))
ASK_GO = 'fmt.Sprintf("Describe the map of %s in two sentences.", city)'
ASK_JAVA = '"Describe the map of " + city + " in two sentences."'

GO: dict[str, tuple[str, Sends]] = {
    "go-openai": (
        f"""
        package maps

        import (
            "context"
            "fmt"

            openai "github.com/sashabaranov/go-openai"
        )

        func Ask(client *openai.Client, city string) (string, error) {{
            resp, err := client.CreateChatCompletion(context.Background(), openai.ChatCompletionRequest{{
                Model:     "gpt-4o-mini",
                MaxTokens: 300,
                Messages: []openai.ChatCompletionMessage{{
                    {{Role: openai.ChatMessageRoleSystem, Content: "{SYSTEM}"}},
                    {{Role: openai.ChatMessageRoleUser, Content: {ASK_GO}}},
                }},
            }})
            return resp.Choices[0].Message.Content, err
        }}
        """,
        Sends("go-openai", "CreateChatCompletion", BOTH, "gpt-4o-mini", 300),
    ),
    "openai-go chat": (
        f"""
        package maps

        import "github.com/openai/openai-go/v3"

        func Ask(ctx context.Context, city string) (string, error) {{
            client := openai.NewClient()
            completion, err := client.Chat.Completions.New(ctx, openai.ChatCompletionNewParams{{
                Messages: []openai.ChatCompletionMessageParamUnion{{
                    openai.SystemMessage("{SYSTEM}"),
                    openai.UserMessage({ASK_GO}),
                }},
                Model:               "gpt-5-mini",
                MaxCompletionTokens: openai.Int(300),
            }})
            return completion.Choices[0].Message.Content, err
        }}
        """,
        Sends("openai-go", "Chat.Completions.New", BOTH, "gpt-5-mini", 300),
    ),
    "openai-go responses": (
        f"""
        package maps

        import (
            "github.com/openai/openai-go/v3"
            "github.com/openai/openai-go/v3/responses"
        )

        func Ask(ctx context.Context, city string) error {{
            client := openai.NewClient()
            _, err := client.Responses.New(ctx, responses.ResponseNewParams{{
                Instructions:    openai.String("{SYSTEM}"),
                Input:           responses.ResponseNewParamsInputUnion{{OfString: openai.String({ASK_GO})}},
                Model:           "gpt-5",
                MaxOutputTokens: openai.Int(200),
            }})
            return err
        }}
        """,
        Sends("openai-go", "Responses.New", BOTH, "gpt-5", 200),
    ),
    "anthropic-go": (
        f"""
        package maps

        import "github.com/anthropics/anthropic-sdk-go"

        func Ask(ctx context.Context, city string) error {{
            client := anthropic.NewClient()
            _, err := client.Messages.New(ctx, anthropic.MessageNewParams{{
                Model:     "claude-sonnet-4-6",
                MaxTokens: 1024,
                System:    []anthropic.TextBlockParam{{{{Text: "{SYSTEM}"}}}},
                Messages: []anthropic.MessageParam{{
                    anthropic.NewUserMessage(anthropic.NewTextBlock({ASK_GO})),
                }},
            }})
            return err
        }}
        """,
        Sends("anthropic-go", "Messages.New", BOTH, "claude-sonnet-4-6", 1024),
    ),
    "langchaingo": (
        f"""
        package maps

        import (
            "github.com/tmc/langchaingo/llms"
            "github.com/tmc/langchaingo/llms/openai"
        )

        func Ask(ctx context.Context, city string) error {{
            llm, err := openai.New(openai.WithModel("gpt-4o"))
            _, err = llm.GenerateContent(ctx, []llms.MessageContent{{
                llms.TextParts(llms.ChatMessageTypeSystem, "{SYSTEM}"),
                llms.TextParts(llms.ChatMessageTypeHuman, {ASK_GO}),
            }}, llms.WithMaxTokens(99))
            return err
        }}
        """,
        Sends("langchaingo", "GenerateContent", BOTH, "gpt-4o", 99),
    ),
    "google genai in Go": (
        f"""
        package maps

        import "google.golang.org/genai"

        func Ask(ctx context.Context, city string) error {{
            client, err := genai.NewClient(ctx, nil)
            _, err = client.Models.GenerateContent(ctx, "gemini-2.5-flash", genai.Text({ASK_GO}),
                &genai.GenerateContentConfig{{
                    SystemInstruction: genai.NewContentFromText("{SYSTEM}", genai.RoleUser),
                    MaxOutputTokens:   400,
                }},
            )
            return err
        }}
        """,
        Sends("genai-go", "Models.GenerateContent", BOTH, "gemini-2.5-flash", 400),
    ),
}
JAVA: dict[str, tuple[str, Sends]] = {
    "langchain4j chat": (
        f"""
        package maps;

        import dev.langchain4j.data.message.SystemMessage;
        import dev.langchain4j.data.message.UserMessage;
        import dev.langchain4j.model.openai.OpenAiChatModel;

        class Maps {{
            ChatResponse ask(String city) {{
                OpenAiChatModel model = OpenAiChatModel.builder().modelName("gpt-4o-mini").maxTokens(99).build();
                return model.chat(SystemMessage.from("{SYSTEM}"), UserMessage.from({ASK_JAVA}));
            }}
        }}
        """,
        Sends("langchain4j", "chat", BOTH, "gpt-4o-mini", 99),
    ),
    "langchain4j request": (
        f"""
        package maps;

        import dev.langchain4j.data.message.SystemMessage;
        import dev.langchain4j.data.message.UserMessage;
        import dev.langchain4j.model.chat.ChatModel;
        import dev.langchain4j.model.chat.request.ChatRequest;

        class Maps {{
            private final ChatModel model;

            ChatResponse ask(String city) {{
                ChatRequest request = ChatRequest.builder()
                    .messages(SystemMessage.from("{SYSTEM}"), UserMessage.from({ASK_JAVA}))
                    .modelName("gpt-4o")
                    .maxOutputTokens(77)
                    .build();
                return model.chat(request);
            }}
        }}
        """,
        Sends("langchain4j", "chat", BOTH, "gpt-4o", 77),
    ),
    "spring-ai": (
        f"""
        package maps;

        import org.springframework.ai.chat.client.ChatClient;

        class Maps {{
            private final ChatClient chatClient;

            Maps(ChatClient.Builder builder) {{
                this.chatClient = builder.build();
            }}

            String ask(String city) {{
                return chatClient.prompt().system("{SYSTEM}").user({ASK_JAVA}).call().content();
            }}
        }}
        """,
        Sends("spring-ai", "call", BOTH),
    ),
    "spring-ai with parameters": (
        f"""
        package maps;

        import org.springframework.ai.chat.client.ChatClient;

        class Maps {{
            String ask(ChatModel model, String city) {{
                ChatClient chatClient = ChatClient.builder(model).defaultSystem("{SYSTEM}").build();
                return chatClient.prompt()
                    .user(u -> u.text("{ASK}").param("city", city))
                    .options(OpenAiChatOptions.builder().model("gpt-4o").maxTokens(55).build())
                    .call()
                    .content();
            }}
        }}
        """,
        Sends("spring-ai", "call", BOTH, "gpt-4o", 55),
    ),
    "openai-java chat": (
        f"""
        package maps;

        import com.openai.client.OpenAIClient;
        import com.openai.client.okhttp.OpenAIOkHttpClient;
        import com.openai.models.ChatModel;
        import com.openai.models.chat.completions.ChatCompletionCreateParams;

        class Maps {{
            ChatCompletion ask(String city) {{
                OpenAIClient client = OpenAIOkHttpClient.fromEnv();
                ChatCompletionCreateParams params = ChatCompletionCreateParams.builder()
                    .addSystemMessage("{SYSTEM}")
                    .addUserMessage({ASK_JAVA})
                    .model("gpt-5-mini")
                    .maxCompletionTokens(300)
                    .build();
                return client.chat().completions().create(params);
            }}
        }}
        """,
        Sends("openai-java", "chat.completions.create", BOTH, "gpt-5-mini", 300),
    ),
    "openai-java responses": (
        f"""
        package maps;

        import com.openai.client.OpenAIClient;
        import com.openai.client.okhttp.OpenAIOkHttpClient;
        import com.openai.models.responses.ResponseCreateParams;

        class Maps {{
            Response ask(String city) {{
                OpenAIClient client = OpenAIOkHttpClient.fromEnv();
                return client.responses().create(ResponseCreateParams.builder()
                    .instructions("{SYSTEM}").input({ASK_JAVA}).model("gpt-5").maxOutputTokens(200L).build());
            }}
        }}
        """,
        Sends("openai-java", "responses.create", BOTH, "gpt-5", 200),
    ),
}
CSHARP: dict[str, tuple[str, Sends]] = {
    "openai-dotnet": (
        f"""
        using OpenAI.Chat;

        class Maps
        {{
            string Ask(string city)
            {{
                ChatClient client = new(model: "gpt-4o-mini", apiKey: key);
                ChatCompletion completion = client.CompleteChat(
                    [new SystemChatMessage("{SYSTEM}"), new UserChatMessage($"{ASK}")],
                    new ChatCompletionOptions {{ MaxOutputTokenCount = 300 }});
                return completion.Content[0].Text;
            }}
        }}
        """,
        Sends("openai-dotnet", "CompleteChat", BOTH, "gpt-4o-mini", 300),
    ),
    "openai-dotnet list": (
        f"""
        using OpenAI.Chat;

        class Maps
        {{
            async Task<string> Ask(string city)
            {{
                var client = new ChatClient("gpt-4o", key);
                var messages = new List<ChatMessage> {{ new SystemChatMessage("{SYSTEM}") }};
                messages.Add(ChatMessage.CreateUserMessage($"{ASK}"));
                ChatCompletion completion = await client.CompleteChatAsync(messages);
                return completion.Content[0].Text;
            }}
        }}
        """,
        Sends("openai-dotnet", "CompleteChatAsync", BOTH, "gpt-4o"),
    ),
    "extensions-ai": (
        f"""
        using Microsoft.Extensions.AI;

        class Maps(IChatClient client)
        {{
            async Task<string> Ask(string city)
            {{
                ChatResponse response = await client.GetResponseAsync(
                    [new(ChatRole.System, "{SYSTEM}"), new ChatMessage(ChatRole.User, $"{ASK}")],
                    new ChatOptions {{ ModelId = "gpt-4o", MaxOutputTokens = 88 }});
                return response.Text;
            }}
        }}
        """,
        Sends("extensions-ai", "GetResponseAsync", BOTH, "gpt-4o", 88),
    ),
    "extensions-ai text": (
        f"""
        using Microsoft.Extensions.AI;

        class Maps(IChatClient client)
        {{
            async Task<string> Ask(string city) =>
                (await client.GetResponseAsync($"{ASK}", new() {{ Instructions = "{SYSTEM}" }})).Text;
        }}
        """,
        Sends("extensions-ai", "GetResponseAsync", BOTH),
    ),
    "semantic-kernel prompt": (
        """
        using Microsoft.SemanticKernel;

        class Maps(Kernel kernel)
        {
            async Task<string> Ask(string city) =>
                await kernel.InvokePromptAsync<string>(
                    "Describe the map of {{$city}} in two sentences.", new() { ["city"] = city });
        }
        """,
        Sends("semantic-kernel-dotnet", "InvokePromptAsync", (("user", ASK),)),
    ),
    "semantic-kernel history": (
        f"""
        using Microsoft.SemanticKernel.ChatCompletion;

        class Maps
        {{
            async Task<string> Ask(IChatCompletionService chat, string city)
            {{
                var history = new ChatHistory("{SYSTEM}");
                history.AddUserMessage($"{ASK}");
                var result = await chat.GetChatMessageContentAsync(
                    history, new OpenAIPromptExecutionSettings {{ MaxTokens = 66 }}, kernel);
                return result.Content;
            }}
        }}
        """,
        Sends("semantic-kernel-dotnet", "GetChatMessageContentAsync", BOTH, "", 66),
    ),
    "semantic-kernel agent": (
        f"""
        using Microsoft.SemanticKernel.Agents;

        class Maps
        {{
            ChatCompletionAgent agent = new() {{ Name = "maps", Instructions = "{SYSTEM}", Kernel = kernel }};
        }}
        """,
        Sends("semantic-kernel-dotnet", "ChatCompletionAgent", (("system", SYSTEM),)),
    ),
}
EXAMPLES = {
    **{name: ("maps/a.go", *each) for name, each in GO.items()},
    **{name: ("src/Maps.java", *each) for name, each in JAVA.items()},
    **{name: ("src/Maps.cs", *each) for name, each in CSHARP.items()},
}


@pytest.mark.parametrize("name", EXAMPLES)
def test_a_call_is_read_as_its_sdk_documents_it(name: str) -> None:
    path, code, expected = EXAMPLES[name]
    assert sends({path: code}) == [expected]


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

    sent = {
        (part.role, text_of(prompt(found, part.prompt)).replace("\n", ""))
        for request in found.requests
        for part in request.parts
    }
    assert sent == set(BOTH)
    assert len(found.requests) == (2 if texts else 1)


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

    assert {(each.kind, text_of(each)) for each in found.prompts} == {
        ("tool", "Returns the weather of a city for tomorrow"),
        ("tool", "The city that is asked about"),
    }
    assert len(found.prompts) == 4


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
