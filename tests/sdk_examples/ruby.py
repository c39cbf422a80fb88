"""Calls in Ruby, one or more for each SDK, as its own documentation writes them."""

from __future__ import annotations

from sdk_examples.example import ASKED, SYSTEM, Example, Sends

ASK = "Describe the map of {city}."
EXAMPLES: dict[str, Example] = {
    "ruby-openai chat": Example(
        "a.rb",
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
    "ruby-openai responses by an unknown client": Example(
        "a.rb",
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
    "openai chat": Example(
        "a.rb",
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
    "openai responses": Example(
        "a.rb",
        f"""
        openai = OpenAI::Client.new
        openai.responses.stream(instructions: "{SYSTEM}", input: "{ASKED}", model: "gpt-5.2", max_output_tokens: 9)
        """,
        Sends("openai-ruby", "responses.stream", (("system", SYSTEM), ("user", ASKED)), "gpt-5.2", 9),
    ),
    "anthropic": Example(
        "a.rb",
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
    "ruby_llm": Example(
        "a.rb",
        f"""
        chat = RubyLLM.chat(model: "gpt-5-mini")
        chat.with_instructions "{SYSTEM}"
        chat.ask "{ASKED}"
        """,
        Sends("ruby-llm", "chat", (("system", SYSTEM), ("user", ASKED)), "gpt-5-mini"),
    ),
    "ruby_llm in one chain": Example(
        "a.rb",
        f"""
        RubyLLM.chat.with_temperature(0.2).with_instructions("{SYSTEM}").ask("{ASKED}")
        """,
        Sends("ruby-llm", "chat", (("system", SYSTEM), ("user", ASKED))),
    ),
    "ruby_llm agent": Example(
        "a.rb",
        f"""
        class MapAgent < RubyLLM::Agent
          model "gpt-5-nano"
          instructions "{SYSTEM}"
        end
        """,
        Sends("ruby-llm", "Agent", (("system", SYSTEM),)),
    ),
    "langchainrb chat": Example(
        "a.rb",
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
    "langchainrb assistant": Example(
        "a.rb",
        f"""
        llm = Langchain::LLM::OpenAI.new(api_key: ENV["KEY"])
        assistant = Langchain::Assistant.new(llm: llm, instructions: "{SYSTEM}")
        assistant.add_message_and_run!(content: "{ASKED}")
        """,
        Sends("langchainrb", "Assistant", (("system", SYSTEM), ("user", ASKED))),
    ),
}
