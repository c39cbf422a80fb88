"""Cache markers of requests, after the documentation of the SDKs: what asks, and what stands before it."""

from __future__ import annotations

import pytest
from linked_trees import explicit, linked

from scrimp.model.prompts import CacheMarker

SYSTEM = "You are a careful librarian of old maps."
RULES = "Name the year of each map and who drew it."
ASK = "Describe the map of Prague in two sentences."
TOOL = "Looks up a map in the catalogue of the library by its city."

EXAMPLES: dict[str, tuple[str, str, list[CacheMarker]]] = {
    "anthropic blocks": (
        "a.py",
        f'''
        from anthropic import Anthropic
        Anthropic().messages.create(
            model="claude-sonnet-4-6", max_tokens=9,
            tools=[
                {{"name": "find", "description": "{TOOL}", "input_schema": {{}}, "cache_control": {{"type": "ephemeral"}}}}
            ],
            system=[
                {{"type": "text", "text": "{SYSTEM}"}},
                {{"type": "text", "text": "{RULES}", "cache_control": {{"type": "ephemeral", "ttl": "1h"}}}},
            ],
            messages=[{{"role": "user", "content": [{{"type": "text", "text": "{ASK}"}}]}}],
        )
        ''',
        [CacheMarker("cache_control", 1), CacheMarker("cache_control", 3, "1h")],
    ),
    "anthropic at the top": (
        "a.py",
        f'''
        from anthropic import Anthropic
        Anthropic().messages.create(
            model="claude-sonnet-4-6", max_tokens=9, cache_control={{"type": "ephemeral"}}, system="{SYSTEM}",
            messages=[{{"role": "user", "content": "{ASK}"}}],
        )
        ''',
        [CacheMarker("cache_control", 2)],
    ),
    "bedrock": (
        "a.py",
        f'''
        import boto3
        boto3.client("bedrock-runtime").converse(
            modelId="anthropic.claude-haiku-4-5-20251001-v1:0",
            system=[{{"text": "{SYSTEM}"}}, {{"cachePoint": {{"type": "default", "ttl": "5m"}}}}],
            messages=[{{"role": "user", "content": [{{"text": "{ASK}"}}]}}],
            toolConfig={{"tools": [
                {{"toolSpec": {{"name": "find", "description": "{TOOL}", "inputSchema": {{"json": {{}}}}}}}},
                {{"cachePoint": {{"type": "default"}}}},
            ]}},
        )
        ''',
        [CacheMarker("cachePoint", 1), CacheMarker("cachePoint", 2, "5m")],
    ),
    "openai key": (
        "a.py",
        f'''
        from openai import OpenAI
        OpenAI().responses.create(
            model="gpt-5", instructions="{SYSTEM}", input="{ASK}", prompt_cache_key="maps", prompt_cache_retention="24h"
        )
        ''',
        [CacheMarker("prompt_cache_key", None), CacheMarker("prompt_cache_retention", None, "24h")],
    ),
    "openai breakpoint": (
        "a.py",
        f'''
        from openai import OpenAI
        OpenAI().chat.completions.create(
            model="gpt-5.6",
            messages=[
                {{"role": "developer", "content": [
                    {{"type": "text", "text": "{SYSTEM}", "prompt_cache_breakpoint": {{"mode": "explicit"}}}}
                ]}},
                {{"role": "user", "content": "{ASK}"}},
            ],
            prompt_cache_options={{"mode": "explicit", "ttl": "30m"}},
        )
        ''',
        [
            CacheMarker("prompt_cache_breakpoint", 1),
            CacheMarker("prompt_cache_options", None, "30m", "explicit"),
        ],
    ),
    "google-genai": (
        "a.py",
        f'''
        from google import genai
        from google.genai import types
        genai.Client().models.generate_content(
            model="gemini-2.5-flash", contents="{ASK}",
            config=types.GenerateContentConfig(cached_content="cachedContents/maps"),
        )
        ''',
        [CacheMarker("cached_content", None)],
    ),
    "langchain block": (
        "a.py",
        f'''
        from langchain_anthropic import ChatAnthropic
        from langchain_core.messages import HumanMessage, SystemMessage
        llm = ChatAnthropic(model="claude-sonnet-4-6")
        llm.invoke([
            SystemMessage(content=[{{"type": "text", "text": "{SYSTEM}", "cache_control": {{"type": "ephemeral"}}}}]),
            HumanMessage("{ASK}"),
        ])
        ''',
        [CacheMarker("cache_control", 1)],
    ),
    "langchain call": (
        "a.py",
        f'''
        from langchain_anthropic import ChatAnthropic
        llm = ChatAnthropic(model="claude-sonnet-4-6")
        llm.invoke([("system", "{SYSTEM}"), ("human", "{ASK}")], cache_control={{"type": "ephemeral", "ttl": "1h"}})
        ''',
        [CacheMarker("cache_control", 2, "1h")],
    ),
    "litellm": (
        "a.py",
        f'''
        from litellm import completion
        completion(
            model="anthropic/claude-sonnet-4-6",
            messages=[
                {{"role": "system", "content": [
                    {{"type": "text", "text": "{SYSTEM}", "cache_control": {{"type": "ephemeral"}}}}
                ]}},
                {{"role": "user", "content": "{ASK}"}},
            ],
        )
        ''',
        [CacheMarker("cache_control", 1)],
    ),
    "litellm injection": (
        "a.py",
        f'''
        from litellm import completion
        completion(
            model="anthropic/claude-sonnet-4-6", messages=[{{"role": "user", "content": "{ASK}"}}],
            cache_control_injection_points=[{{"location": "message", "role": "system"}}],
        )
        ''',
        [CacheMarker("cache_control_injection_points", None)],
    ),
    "vercel ai": (
        "a.ts",
        f'''
        import {{ generateText }} from "ai";
        import {{ anthropic }} from "@ai-sdk/anthropic";
        await generateText({{
          model: anthropic("claude-sonnet-4-6"),
          messages: [
            {{
              role: "system", content: "{SYSTEM}",
              providerOptions: {{ anthropic: {{ cacheControl: {{ type: "ephemeral" }} }} }},
            }},
            {{ role: "user", content: "{ASK}" }},
          ],
        }});
        ''',
        [CacheMarker("cacheControl", 1)],
    ),
    "anthropic in Go": (
        "a.go",
        f'''
        package maps
        import "github.com/anthropics/anthropic-sdk-go"
        func Ask(ctx context.Context) error {{
            client := anthropic.NewClient()
            _, err := client.Messages.New(ctx, anthropic.MessageNewParams{{
                Model: "claude-sonnet-4-6", MaxTokens: 1024,
                System: []anthropic.TextBlockParam{{{{
                    Text: "{SYSTEM}", CacheControl: anthropic.NewCacheControlEphemeralParam(),
                }}}},
                Messages: []anthropic.MessageParam{{anthropic.NewUserMessage(anthropic.NewTextBlock("{ASK}"))}},
            }})
            return err
        }}
        ''',
        [CacheMarker("cache_control", 1)],
    ),
    "agno": (
        "a.py",
        f'''
        from agno.agent import Agent
        from agno.models.anthropic import Claude
        agent = Agent(model=Claude(id="claude-sonnet-4-6", cache_system_prompt=True), instructions="{SYSTEM}")
        ''',
        [CacheMarker("cache_system_prompt", None)],
    ),
    "pydantic-ai": (
        "a.py",
        f'''
        from pydantic_ai import Agent
        from pydantic_ai.models.anthropic import AnthropicModelSettings
        agent = Agent(
            "anthropic:claude-sonnet-4-6", instructions="{SYSTEM}",
            model_settings=AnthropicModelSettings(anthropic_cache_instructions="1h", anthropic_cache_messages=False),
        )
        ''',
        [CacheMarker("anthropic_cache_instructions", None, "1h")],
    ),
}


@pytest.mark.parametrize("name", EXAMPLES)
def test_a_call_says_what_it_caches(name: str) -> None:
    path, code, expected = EXAMPLES[name]
    (request,) = explicit(linked({path: code}))
    assert list(request.cache_markers) == expected


def test_a_breakpoint_behind_text_from_outside_covers_what_is_known_before_it() -> None:
    code = f'''
        from anthropic import Anthropic
        def ask(system, question):
            return Anthropic().messages.create(
                model="claude-sonnet-4-6", max_tokens=9,
                system=[{{"type": "text", "text": system, "cache_control": {{"type": "ephemeral"}}}}],
                messages=[
                    {{"role": "user", "content": "{ASK}"}},
                    {{"role": "user", "content": [
                        {{"type": "text", "text": question, "cache_control": {{"type": "ephemeral"}}}}
                    ]}},
                ],
            )
        '''
    (request,) = explicit(linked({"a.py": code}))
    assert request.cache_markers == (CacheMarker("cache_control", 0), CacheMarker("cache_control", 1))


def test_a_call_that_asks_for_no_cache_has_no_marker() -> None:
    code = f'''
        from anthropic import Anthropic
        Anthropic().messages.create(
            model="claude-sonnet-4-6", max_tokens=9, cache_control=None, messages=[{{"role": "user", "content": "{ASK}"}}]
        )
        '''
    (request,) = explicit(linked({"a.py": code}))
    assert request.cache_markers == ()
