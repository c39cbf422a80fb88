"""Calls in Java, one or more for each SDK, as its own documentation writes them."""

from __future__ import annotations

from sdk_examples.example import ASK, BOTH, SYSTEM, Example, Sends

ASK_JAVA = '"Describe the map of " + city + " in two sentences."'
EXAMPLES: dict[str, Example] = {
    "langchain4j chat": Example(
        "src/Maps.java",
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
    "langchain4j request": Example(
        "src/Maps.java",
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
    "spring-ai": Example(
        "src/Maps.java",
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
    "spring-ai with parameters": Example(
        "src/Maps.java",
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
    "openai-java chat": Example(
        "src/Maps.java",
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
    "openai-java responses": Example(
        "src/Maps.java",
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
