"""Calls in Rust, one or more for each SDK, as its own documentation writes them."""

from __future__ import annotations

from sdk_examples.example import ASKED, RULES, SYSTEM, Example, Sends

ASK = "Describe the map of {city}."
EXAMPLES: dict[str, Example] = {
    "async-openai chat": Example(
        "src/a.rs",
        f"""
        use async_openai::{{types::chat::{{
            ChatCompletionRequestSystemMessage, ChatCompletionRequestUserMessage, CreateChatCompletionRequestArgs,
        }}, Client}};
        async fn ask(city: &str) -> Result<(), Box<dyn Error>> {{
            let client = Client::new();
            let request = CreateChatCompletionRequestArgs::default()
                .max_tokens(512u32)
                .model("gpt-5-mini")
                .messages([
                    ChatCompletionRequestSystemMessage::from("{SYSTEM}").into(),
                    ChatCompletionRequestUserMessage::from(format!("Describe the map of {{city}}.")).into(),
                ])
                .build()?;
            let response = client.chat().create(request).await?;
        }}
        """,
        Sends("async-openai", "chat.create", (("system", SYSTEM), ("user", ASK)), "gpt-5-mini", 512),
    ),
    "async-openai chat with a query and built messages": Example(
        "src/a.rs",
        f"""
        use async_openai::{{types::{{ChatCompletionRequestSystemMessageArgs, CreateChatCompletionRequestArgs}}, Client}};
        async fn ask() -> Result<(), Box<dyn Error>> {{
            let client = Client::with_config(config);
            let request = CreateChatCompletionRequestArgs::default()
                .model("gpt-5-mini")
                .messages(vec![
                    ChatCompletionRequestSystemMessageArgs::default().content("{SYSTEM}").build()?.into(),
                ])
                .build()?;
            let response = client.chat().query(&vec![("limit", 10)])?.create(request).await?;
        }}
        """,
        Sends("async-openai", "chat.query.create", (("system", SYSTEM),), "gpt-5-mini"),
    ),
    "async-openai responses": Example(
        "src/a.rs",
        f"""
        use async_openai::{{types::responses::CreateResponseArgs, Client}};
        async fn ask() -> Result<(), Box<dyn Error>> {{
            let request = CreateResponseArgs::default()
                .max_output_tokens(512u32).model("gpt-4.1").instructions("{SYSTEM}").input("{ASKED}").build()?;
            let response = Client::new().responses().create(request).await?;
        }}
        """,
        Sends("async-openai", "responses.create", (("system", SYSTEM), ("user", ASKED)), "gpt-4.1", 512),
    ),
    "rig": Example(
        "src/a.rs",
        f"""
        use rig::prelude::*;
        use rig::providers::openai;
        async fn ask() -> Result<(), anyhow::Error> {{
            let client = openai::Client::from_env()?;
            let agent = client.agent("gpt-5-mini").preamble("{SYSTEM}").max_tokens(300).build();
            let response = agent.prompt("{ASKED}").await?;
        }}
        """,
        Sends("rig", "build", (("system", SYSTEM), ("user", ASKED)), "gpt-5-mini", 300),
    ),
    "genai": Example(
        "src/a.rs",
        f"""
        use genai::chat::{{ChatMessage, ChatRequest}};
        use genai::Client;
        async fn ask() -> Result<(), Box<dyn Error>> {{
            let client = Client::default();
            let chat_req = ChatRequest::new(vec![
                ChatMessage::system("{SYSTEM}"),
                ChatMessage::user("{ASKED}"),
            ]);
            let chat_res = client.exec_chat("gpt-5.4-mini", chat_req, None).await?;
        }}
        """,
        Sends("rust-genai", "exec_chat", (("system", SYSTEM), ("user", ASKED)), "gpt-5.4-mini"),
    ),
    "swiftide": Example(
        "src/a.rs",
        f"""
        use swiftide::agents::{{Agent, SystemPrompt}};
        use swiftide::integrations::openai::OpenAI;
        async fn ask() -> Result<()> {{
            let openai = OpenAI::builder().default_prompt_model("gpt-4o").build()?;
            let mut agent = Agent::builder()
                .llm(&openai)
                .system_prompt(SystemPrompt::builder().role("{SYSTEM}").guidelines(["{RULES}"]).build()?)
                .build()?;
            agent.query("{ASKED}").await?;
            Ok(())
        }}
        """,
        Sends("swiftide", "Agent", (("system", SYSTEM), ("system", RULES), ("user", ASKED)), "gpt-4o"),
    ),
}
