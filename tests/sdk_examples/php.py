"""Calls in PHP, one or more for each SDK, as its own documentation writes them."""

from __future__ import annotations

from sdk_examples.example import ASKED, SYSTEM, Example, Sends

ASK = "Describe the map of {city}."
EXAMPLES: dict[str, Example] = {
    "openai chat": Example(
        "a.php",
        f"""<?php
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
    "openai responses of Laravel": Example(
        "a.php",
        f"""<?php
        use OpenAI\\Laravel\\Facades\\OpenAI;
        $result = OpenAI::responses()->create([
            'model' => 'gpt-5', 'instructions' => '{SYSTEM}', 'input' => '{ASKED}', 'max_output_tokens' => 150,
        ]);
        """,
        Sends("openai-php", "responses.create", (("system", SYSTEM), ("user", ASKED)), "gpt-5", 150),
    ),
    "prism": Example(
        "a.php",
        f"""<?php
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
    "prism messages": Example(
        "a.php",
        f"""<?php
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
    "neuron": Example(
        "a.php",
        f"""<?php
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
    "llphant": Example(
        "a.php",
        f"""<?php
        use LLPhant\\Chat\\OpenAIChat;
        $chat = new OpenAIChat();
        $response = $chat->generateText('{ASKED}');
        """,
        Sends("llphant", "generateText", (("user", ASKED),)),
    ),
    "symfony": Example(
        "a.php",
        f"""<?php
        use Symfony\\AI\\Platform\\Message\\Message;
        use Symfony\\AI\\Platform\\Message\\MessageBag;
        $messages = new MessageBag(Message::forSystem('{SYSTEM}'), Message::ofUser('{ASKED}'));
        $result = $platform->invoke('gpt-4o-mini', $messages, ['max_output_tokens' => 500]);
        """,
        Sends("symfony-ai", "invoke", (("system", SYSTEM), ("user", ASKED)), "gpt-4o-mini", 500),
    ),
}
