"""Calls in C#, one or more for each SDK, as its own documentation writes them."""

from __future__ import annotations

from sdk_examples.example import ASK, BOTH, SYSTEM, Example, Sends

EXAMPLES: dict[str, Example] = {
    "openai-dotnet": Example(
        "src/Maps.cs",
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
    "openai-dotnet list": Example(
        "src/Maps.cs",
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
    "extensions-ai": Example(
        "src/Maps.cs",
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
    "extensions-ai text": Example(
        "src/Maps.cs",
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
    "semantic-kernel prompt": Example(
        "src/Maps.cs",
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
    "semantic-kernel history": Example(
        "src/Maps.cs",
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
    "semantic-kernel agent": Example(
        "src/Maps.cs",
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
