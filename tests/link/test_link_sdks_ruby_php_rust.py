"""One example an SDK of Ruby, PHP and Rust, after its own documentation: texts, roles, model and output cap."""

from __future__ import annotations

import pytest
from linked_trees import Sends, sends

SYSTEM = "You are a careful librarian of old maps."
ASK = "Describe the map of {city}."
ASKED = "Describe the map of Prague."

RUBY: dict[str, tuple[str, Sends]] = {
    "ruby-openai chat": (
        f"""
        client = OpenAI::Client.new(access_token: ENV["KEY"])
        def ask(city)
          client.chat(
            parameters: {{
              model: "gpt-4o", max_tokens: 300,
              messages: [
                {{ role: "system", content: "{SYSTEM}" }},
                {{ "role" => "user", "content" => "Describe the map of #{{city}}." }}
              ]
            }}
          )
        end
        """,
        Sends("ruby-openai", "chat", (("system", SYSTEM), ("user", ASK)), "gpt-4o", 300),
    ),
    "ruby-openai responses by an unknown client": (
        f"""
        class Maps::Describer
          def describe
            client.responses.create(parameters: {{ model: "gpt-4o", instructions: instructions, input: question }})
          end

          private

          attr_reader :client

          def question = "{ASKED}"

          def instructions
            <<~TEXT.strip
              {SYSTEM}
            TEXT
          end
        end
        """,
        Sends("ruby-openai", "responses.create", (("system", SYSTEM), ("user", ASKED)), "gpt-4o"),
    ),
    "openai chat": (
        f"""
        require "openai"
        openai = OpenAI::Client.new(api_key: ENV["OPENAI_API_KEY"])
        openai.chat.completions.create(
          messages: [{{role: :system, content: "{SYSTEM}"}}, {{role: "user", content: "{ASKED}"}}],
          model: :"gpt-5.2", max_completion_tokens: 300
        )
        """,
        Sends(
            "openai-ruby", "chat.completions.create", (("system", SYSTEM), ("user", ASKED)), "gpt-5.2", 300
        ),
    ),
    "openai responses": (
        f"""
        openai = OpenAI::Client.new
        openai.responses.stream(instructions: "{SYSTEM}", input: "{ASKED}", model: "gpt-5.2", max_output_tokens: 9)
        """,
        Sends("openai-ruby", "responses.stream", (("system", SYSTEM), ("user", ASKED)), "gpt-5.2", 9),
    ),
    "anthropic": (
        f"""
        anthropic = Anthropic::Client.new(api_key: ENV["ANTHROPIC_API_KEY"])
        anthropic.messages.create(
          max_tokens: 1024, system: "{SYSTEM}",
          messages: [{{role: "user", content: "{ASKED}"}}], model: "claude-opus-4-6"
        )
        """,
        Sends(
            "anthropic-ruby",
            "messages.create",
            (("system", SYSTEM), ("user", ASKED)),
            "claude-opus-4-6",
            1024,
        ),
    ),
    "ruby_llm": (
        f"""
        chat = RubyLLM.chat(model: "gpt-5-mini")
        chat.with_instructions "{SYSTEM}"
        chat.ask "{ASKED}"
        """,
        Sends("ruby-llm", "chat", (("system", SYSTEM), ("user", ASKED)), "gpt-5-mini"),
    ),
    "ruby_llm in one chain": (
        f"""
        RubyLLM.chat.with_temperature(0.2).with_instructions("{SYSTEM}").ask("{ASKED}")
        """,
        Sends("ruby-llm", "chat", (("system", SYSTEM), ("user", ASKED))),
    ),
    "ruby_llm agent": (
        f"""
        class MapAgent < RubyLLM::Agent
          model "gpt-5-nano"
          instructions "{SYSTEM}"
        end
        """,
        Sends("ruby-llm", "Agent", (("system", SYSTEM),)),
    ),
    "langchainrb chat": (
        f"""
        llm = Langchain::LLM::OpenAI.new(api_key: ENV["KEY"], default_options: {{ chat_model: "gpt-4o" }})
        prompt = Langchain::Prompt::PromptTemplate.new(template: "{ASK}", input_variables: ["city"])
        messages = [
          {{ role: "system", content: "{SYSTEM}" }},
          {{ role: "user", content: prompt.format(city: city) }}
        ]
        llm.chat(messages: messages, max_tokens: 99)
        """,
        Sends("langchainrb", "chat", (("system", SYSTEM), ("user", ASK)), "gpt-4o", 99),
    ),
    "langchainrb assistant": (
        f"""
        llm = Langchain::LLM::OpenAI.new(api_key: ENV["KEY"])
        assistant = Langchain::Assistant.new(llm: llm, instructions: "{SYSTEM}")
        assistant.add_message_and_run!(content: "{ASKED}")
        """,
        Sends("langchainrb", "Assistant", (("system", SYSTEM), ("user", ASKED))),
    ),
}

PHP: dict[str, tuple[str, Sends]] = {
    "openai chat": (
        f"""
        $client = OpenAI::client($key);
        $response = $client->chat()->create([
            'model' => 'gpt-4o', 'max_tokens' => 300,
            'messages' => [
                ['role' => 'system', 'content' => '{SYSTEM}'],
                ['role' => 'user', 'content' => "Describe the map of {{$city}}."],
            ],
        ]);
        """,
        Sends(
            "openai-php",
            "chat.create",
            (("system", SYSTEM), ("user", "Describe the map of {$city}.")),
            "gpt-4o",
            300,
        ),
    ),
    "openai responses of Laravel": (
        f"""
        use OpenAI\\Laravel\\Facades\\OpenAI;
        $result = OpenAI::responses()->create([
            'model' => 'gpt-5', 'instructions' => '{SYSTEM}', 'input' => '{ASKED}', 'max_output_tokens' => 150,
        ]);
        """,
        Sends("openai-php", "responses.create", (("system", SYSTEM), ("user", ASKED)), "gpt-5", 150),
    ),
    "prism": (
        f"""
        use Prism\\Prism\\Facades\\Prism;
        use Prism\\Prism\\Enums\\Provider;
        $response = Prism::text()
            ->using(Provider::Anthropic, 'claude-sonnet-4-6')
            ->withSystemPrompt('{SYSTEM}')
            ->withPrompt('{ASKED}')
            ->withMaxTokens(300)
            ->asText();
        """,
        Sends("prism", "asText", (("system", SYSTEM), ("user", ASKED)), "claude-sonnet-4-6", 300),
    ),
    "prism messages": (
        f"""
        use Prism\\Prism\\Prism;
        use Prism\\Prism\\ValueObjects\\Messages\\UserMessage;
        use Prism\\Prism\\ValueObjects\\Messages\\AssistantMessage;
        $response = Prism::text()
            ->using('anthropic', 'claude-sonnet-4-6')
            ->withMessages([new UserMessage('{ASKED}'), new AssistantMessage('It is a map of old streets.')])
            ->asText();
        """,
        Sends(
            "prism",
            "asText",
            (("user", ASKED), ("assistant", "It is a map of old streets.")),
            "claude-sonnet-4-6",
        ),
    ),
    "neuron": (
        f"""
        namespace App\\Neuron;
        use NeuronAI\\Agent\\Agent;
        use NeuronAI\\Agent\\SystemPrompt;
        class MapAgent extends Agent
        {{
            protected function instructions(): string
            {{
                return (string) new SystemPrompt(background: ["{SYSTEM}"], output: ["Write two sentences."]);
            }}
        }}
        """,
        Sends("neuron-ai", "Agent", (("system", SYSTEM), ("system", "Write two sentences."))),
    ),
    "llphant": (
        f"""
        use LLPhant\\Chat\\OpenAIChat;
        $chat = new OpenAIChat();
        $response = $chat->generateText('{ASKED}');
        """,
        Sends("llphant", "generateText", (("user", ASKED),)),
    ),
    "symfony": (
        f"""
        use Symfony\\AI\\Platform\\Message\\Message;
        use Symfony\\AI\\Platform\\Message\\MessageBag;
        $messages = new MessageBag(Message::forSystem('{SYSTEM}'), Message::ofUser('{ASKED}'));
        $result = $platform->invoke('gpt-4o-mini', $messages, ['max_output_tokens' => 500]);
        """,
        Sends("symfony-ai", "invoke", (("system", SYSTEM), ("user", ASKED)), "gpt-4o-mini", 500),
    ),
}

RUST: dict[str, tuple[str, Sends]] = {
    "async-openai chat": (
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
    "async-openai chat with a query and built messages": (
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
    "async-openai responses": (
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
    "rig": (
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
    "genai": (
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
}


@pytest.mark.parametrize("name", RUBY)
def test_a_call_in_ruby_is_read_as_its_sdk_documents_it(name: str) -> None:
    code, expected = RUBY[name]
    assert sends({"a.rb": code}) == [expected]


@pytest.mark.parametrize("name", PHP)
def test_a_call_in_php_is_read_as_its_sdk_documents_it(name: str) -> None:
    code, expected = PHP[name]
    assert sends({"a.php": "<?php\n" + code}) == [expected]


@pytest.mark.parametrize("name", RUST)
def test_a_call_in_rust_is_read_as_its_sdk_documents_it(name: str) -> None:
    code, expected = RUST[name]
    assert sends({"src/a.rs": code}) == [expected]


def test_an_sdk_of_one_language_is_not_found_in_another() -> None:
    found = sends(
        {
            "a.py": f'from openai import OpenAI\ndef ask(self):\n    self.api.responses.create(input="{ASKED}")\n'
        }
    )

    assert [each.sdk for each in found] == ["openai"]
