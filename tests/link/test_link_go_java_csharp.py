"""Go, Java and C# linked: one example an SDK after its own documentation, and names across files."""

from __future__ import annotations

import pytest
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
