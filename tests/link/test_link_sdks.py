"""One example an SDK, after its own documentation: what its call sends, in which roles, to which model, how long."""

from __future__ import annotations

import pytest
from linked_trees import Sends, sends

SYSTEM = "You are a careful librarian of old maps."
ASK = "Describe the map of {city} in two sentences."

EXAMPLES: dict[str, tuple[str, str, Sends]] = {
    "openai chat": (
        "a.py",
        f'''
        from openai import OpenAI
        client = OpenAI()
        def ask(city):
            return client.chat.completions.create(
                model="gpt-5-mini", max_completion_tokens=300,
                messages=[{{"role": "developer", "content": "{SYSTEM}"}}, {{"role": "user", "content": f"{ASK}"}}],
            )
        ''',
        Sends("openai", "chat.completions.create", (("developer", SYSTEM), ("user", ASK)), "gpt-5-mini", 300),
    ),
    "azure-ai-inference": (
        "a.py",
        f'''
        from azure.ai.inference import ChatCompletionsClient
        from azure.ai.inference.models import SystemMessage, UserMessage
        client = ChatCompletionsClient(endpoint=E, credential=K, model="mistral-small-2503")
        def ask(city):
            return client.complete(
                messages=[SystemMessage("{SYSTEM}"), UserMessage(content=f"{ASK}")], max_tokens=120
            )
        ''',
        Sends(
            "azure-ai-inference",
            "complete",
            (("system", SYSTEM), ("user", ASK)),
            "mistral-small-2503",
            120,
        ),
    ),
    "huggingface": (
        "a.py",
        f'''
        from huggingface_hub import InferenceClient
        client = InferenceClient("meta-llama/Meta-Llama-3-8B-Instruct")
        def ask(city):
            messages = [{{"role": "system", "content": "{SYSTEM}"}}, {{"role": "user", "content": f"{ASK}"}}]
            return client.chat_completion(messages, max_tokens=100)
        ''',
        Sends(
            "huggingface",
            "chat_completion",
            (("system", SYSTEM), ("user", ASK)),
            "meta-llama/Meta-Llama-3-8B-Instruct",
            100,
        ),
    ),
    "openai responses": (
        "a.py",
        f'''
        from openai import AsyncOpenAI
        async def ask(city):
            client = AsyncOpenAI()
            return await client.responses.create(
                model="gpt-5", instructions="{SYSTEM}", input=f"{ASK}", max_output_tokens=200
            )
        ''',
        Sends("openai", "responses.create", (("system", SYSTEM), ("user", ASK)), "gpt-5", 200),
    ),
    "openai assistants": (
        "a.py",
        f'''
        from openai import OpenAI
        client = OpenAI()
        assistant = client.beta.assistants.create(
            name="Maps", instructions="{SYSTEM}", model="gpt-4o", tools=[{{"type": "file_search"}}]
        )
        client.beta.threads.messages.create(thread_id="t", role="user", content="a message that is only stored")
        ''',
        Sends("openai", "beta.assistants.create", (("system", SYSTEM),), "gpt-4o"),
    ),
    "openai agents": (
        "a.py",
        f'''
        from agents import Agent, ModelSettings, Runner
        agent = Agent(
            name="Maps", instructions="{SYSTEM}", model="gpt-5-mini", model_settings=ModelSettings(max_tokens=250)
        )
        result = Runner.run_sync(agent, "Describe the map of Prague in two sentences.")
        ''',
        Sends(
            "openai-agents",
            "Agent",
            (("system", SYSTEM), ("user", "Describe the map of Prague in two sentences.")),
            "gpt-5-mini",
            250,
        ),
    ),
    "anthropic": (
        "a.py",
        f'''
        import anthropic
        client = anthropic.Anthropic()
        def ask(city):
            return client.messages.create(
                model="claude-sonnet-4-6", max_tokens=1024,
                system=[{{"type": "text", "text": "{SYSTEM}", "cache_control": {{"type": "ephemeral"}}}}],
                messages=[{{"role": "user", "content": [{{"type": "text", "text": f"{ASK}"}}]}}],
            )
        ''',
        Sends("anthropic", "messages.create", (("system", SYSTEM), ("user", ASK)), "claude-sonnet-4-6", 1024),
    ),
    "google-genai": (
        "a.py",
        f'''
        from google import genai
        from google.genai import types
        client = genai.Client()
        def ask(city):
            return client.models.generate_content(
                model="gemini-2.5-flash", contents=f"{ASK}",
                config=types.GenerateContentConfig(system_instruction="{SYSTEM}", max_output_tokens=400),
            )
        ''',
        Sends(
            "google-genai",
            "models.generate_content",
            (("system", SYSTEM), ("user", ASK)),
            "gemini-2.5-flash",
            400,
        ),
    ),
    "google-generativeai": (
        "a.py",
        f'''
        import google.generativeai as genai
        model = genai.GenerativeModel("gemini-1.5-flash", system_instruction="{SYSTEM}")
        def ask(city):
            return model.generate_content(
                f"{ASK}", generation_config=genai.types.GenerationConfig(max_output_tokens=90)
            )
        ''',
        Sends(
            "google-generativeai",
            "generate_content",
            (("system", SYSTEM), ("user", ASK)),
            "gemini-1.5-flash",
            90,
        ),
    ),
    "bedrock converse": (
        "a.py",
        f'''
        import boto3
        client = boto3.client("bedrock-runtime", region_name="us-east-1")
        def ask(city):
            return client.converse(
                modelId="anthropic.claude-3-haiku-20240307-v1:0",
                system=[{{"text": "{SYSTEM}"}}, {{"cachePoint": {{"type": "default"}}}}],
                messages=[{{"role": "user", "content": [{{"text": f"{ASK}"}}]}}],
                inferenceConfig={{"maxTokens": 512, "temperature": 0.5}},
            )
        ''',
        Sends(
            "bedrock",
            "converse",
            (("system", SYSTEM), ("user", ASK)),
            "anthropic.claude-3-haiku-20240307-v1:0",
            512,
        ),
    ),
    "bedrock invoke_model": (
        "a.py",
        f'''
        import json
        import boto3
        client = boto3.client("bedrock-runtime")
        def ask(city):
            body = json.dumps({{
                "anthropic_version": "bedrock-2023-05-31", "max_tokens": 512, "system": "{SYSTEM}",
                "messages": [{{"role": "user", "content": f"{ASK}"}}],
            }})
            return client.invoke_model(modelId="anthropic.claude-3-haiku-20240307-v1:0", body=body)
        ''',
        Sends(
            "bedrock",
            "invoke_model",
            (("system", SYSTEM), ("user", ASK)),
            "anthropic.claude-3-haiku-20240307-v1:0",
            512,
        ),
    ),
    "mistral": (
        "a.py",
        f'''
        from mistralai import Mistral
        client = Mistral(api_key="k")
        def ask(city):
            return client.chat.complete(
                model="mistral-large-latest", max_tokens=64,
                messages=[{{"role": "system", "content": "{SYSTEM}"}}, {{"role": "user", "content": f"{ASK}"}}],
            )
        ''',
        Sends("mistral", "chat.complete", (("system", SYSTEM), ("user", ASK)), "mistral-large-latest", 64),
    ),
    "cohere": (
        "a.py",
        f'''
        import cohere
        co = cohere.ClientV2()
        def ask(city):
            return co.chat(
                model="command-a-03-2025", max_tokens=77,
                messages=[{{"role": "system", "content": "{SYSTEM}"}}, {{"role": "user", "content": f"{ASK}"}}],
            )
        ''',
        Sends("cohere", "chat", (("system", SYSTEM), ("user", ASK)), "command-a-03-2025", 77),
    ),
    "groq": (
        "a.py",
        f'''
        from groq import Groq
        def ask(city):
            return Groq().chat.completions.create(
                model="llama-3.3-70b-versatile", max_completion_tokens=120,
                messages=[{{"role": "system", "content": "{SYSTEM}"}}, {{"role": "user", "content": f"{ASK}"}}],
            )
        ''',
        Sends(
            "groq",
            "chat.completions.create",
            (("system", SYSTEM), ("user", ASK)),
            "llama-3.3-70b-versatile",
            120,
        ),
    ),
    "ollama chat": (
        "a.py",
        f'''
        import ollama
        def ask(city):
            return ollama.chat(
                model="llama3.2", options={{"num_predict": 128}},
                messages=[{{"role": "system", "content": "{SYSTEM}"}}, {{"role": "user", "content": f"{ASK}"}}],
            )
        ''',
        Sends("ollama", "chat", (("system", SYSTEM), ("user", ASK)), "llama3.2", 128),
    ),
    "ollama generate": (
        "a.py",
        f'''
        from ollama import Client
        client = Client(host="http://localhost:11434")
        def ask(city):
            return client.generate("llama3.2", f"{ASK}", system="{SYSTEM}", options={{"num_predict": 32}})
        ''',
        Sends("ollama", "generate", (("system", SYSTEM), ("user", ASK)), "llama3.2", 32),
    ),
    "litellm": (
        "a.py",
        f'''
        from litellm import completion
        def ask(city):
            messages = [{{"role": "system", "content": "{SYSTEM}"}}]
            messages.append({{"role": "user", "content": f"{ASK}"}})
            return completion("anthropic/claude-sonnet-4-6", messages, max_tokens=55)
        ''',
        Sends(
            "litellm", "completion", (("system", SYSTEM), ("user", ASK)), "anthropic/claude-sonnet-4-6", 55
        ),
    ),
    "langchain messages": (
        "a.py",
        f'''
        from langchain_openai import ChatOpenAI
        from langchain_core.messages import HumanMessage, SystemMessage
        llm = ChatOpenAI(model="gpt-4o-mini", max_tokens=150)
        def ask(city):
            return llm.invoke([SystemMessage(content="{SYSTEM}"), HumanMessage(f"{ASK}")])
        ''',
        Sends("langchain", "invoke", (("system", SYSTEM), ("user", ASK)), "gpt-4o-mini", 150),
    ),
    "langchain chain": (
        "a.py",
        f'''
        from langchain.chat_models import init_chat_model
        from langchain_core.output_parsers import StrOutputParser
        from langchain_core.prompts import ChatPromptTemplate
        prompt = ChatPromptTemplate.from_messages([("system", "{SYSTEM}"), ("human", "{ASK}")])
        chain = prompt | init_chat_model("gpt-4o-mini", max_tokens=99) | StrOutputParser()
        def ask(city):
            return chain.invoke({{"city": city}})
        ''',
        Sends("langchain", "invoke", (("system", SYSTEM), ("user", ASK)), "gpt-4o-mini", 99),
    ),
    "langchain agent": (
        "a.py",
        f'''
        from langchain.agents import create_agent
        agent = create_agent(model="openai:gpt-5", tools=[], system_prompt="{SYSTEM}")
        ''',
        Sends("langchain", "create_agent", (("system", SYSTEM),), "openai:gpt-5"),
    ),
    "langgraph": (
        "a.py",
        f'''
        from langchain_anthropic import ChatAnthropic
        from langgraph.prebuilt import create_react_agent
        model = ChatAnthropic(model="claude-sonnet-4-6", max_tokens=700)
        graph = create_react_agent(model, tools=[], prompt="{SYSTEM}")
        ''',
        Sends("langgraph", "create_react_agent", (("system", SYSTEM),), "claude-sonnet-4-6", 700),
    ),
    "llamaindex": (
        "a.py",
        f'''
        from llama_index.core.llms import ChatMessage, MessageRole
        from llama_index.llms.openai import OpenAI
        llm = OpenAI(model="gpt-4o-mini", max_tokens=70)
        def ask(city):
            return llm.chat([ChatMessage(role="system", content="{SYSTEM}"),
                             ChatMessage(role=MessageRole.USER, content=f"{ASK}")])
        ''',
        Sends("llamaindex", "chat", (("system", SYSTEM), ("user", ASK)), "gpt-4o-mini", 70),
    ),
    "llamaindex agent": (
        "a.py",
        f'''
        from llama_index.core.agent.workflow import FunctionAgent
        from llama_index.llms.openai import OpenAI
        agent = FunctionAgent(tools=[], llm=OpenAI(model="gpt-4o-mini"), system_prompt="{SYSTEM}")
        ''',
        Sends("llamaindex", "FunctionAgent", (("system", SYSTEM),), "gpt-4o-mini"),
    ),
    "haystack": (
        "a.py",
        f'''
        from haystack.components.agents import Agent
        from haystack.components.generators.chat import OpenAIChatGenerator
        agent = Agent(
            chat_generator=OpenAIChatGenerator(model="gpt-4o-mini", generation_kwargs={{"max_completion_tokens": 44}}),
            system_prompt="{SYSTEM}",
        )
        ''',
        Sends("haystack", "Agent", (("system", SYSTEM),), "gpt-4o-mini", 44),
    ),
    "haystack generator": (
        "a.py",
        f'''
        from haystack.dataclasses import ChatMessage
        from haystack.components.generators.chat import OpenAIChatGenerator
        generator = OpenAIChatGenerator(model="gpt-4o-mini")
        def ask(city):
            return generator.run([ChatMessage.from_system("{SYSTEM}"), ChatMessage.from_user(f"{ASK}")])
        ''',
        Sends("haystack", "run", (("system", SYSTEM), ("user", ASK)), "gpt-4o-mini"),
    ),
    "dspy": (
        "a.py",
        '''
        import dspy
        class Describe(dspy.Signature):
            """Describe an old map in two sentences."""
            city: str = dspy.InputField(desc="the city that the map shows")
            text: str = dspy.OutputField(desc="two plain sentences, no more")
        class Maps(dspy.Module):
            def __init__(self):
                super().__init__()
                self.describe = dspy.ChainOfThought(Describe)
            def forward(self, city):
                return self.describe(city=city)
        ''',
        Sends(
            "dspy",
            "__call__",
            (
                ("system", "Describe an old map in two sentences."),
                ("system", "the city that the map shows"),
                ("system", "two plain sentences, no more"),
            ),
        ),
    ),
    "pydantic-ai": (
        "a.py",
        f'''
        from pydantic_ai import Agent, RunContext
        agent = Agent("openai:gpt-5-mini", instructions="{SYSTEM}", model_settings={{"max_tokens": 60}})
        @agent.system_prompt
        def where(ctx: RunContext[str]) -> str:
            return f"The reader stands in the city of {{ctx.deps}} right now."
        ''',
        Sends(
            "pydantic-ai",
            "Agent",
            (("system", SYSTEM), ("system", "The reader stands in the city of {ctx.deps} right now.")),
            "openai:gpt-5-mini",
            60,
        ),
    ),
    "instructor": (
        "a.py",
        f'''
        import instructor
        from pydantic import BaseModel
        class Map(BaseModel):
            city: str
        client = instructor.from_provider("openai/gpt-5-nano")
        def ask(city):
            return client.chat.completions.create(
                response_model=Map, max_tokens=40,
                messages=[{{"role": "system", "content": "{SYSTEM}"}}, {{"role": "user", "content": f"{ASK}"}}],
            )
        ''',
        Sends(
            "instructor",
            "chat.completions.create",
            (("system", SYSTEM), ("user", ASK)),
            "openai/gpt-5-nano",
            40,
        ),
    ),
    "mirascope": (
        "a.py",
        f'''
        from mirascope import llm
        @llm.call("openai/gpt-5-mini")
        def ask(city: str):
            return [llm.messages.system("{SYSTEM}"), llm.messages.user(f"{ASK}")]
        ''',
        Sends("mirascope", "call", (("system", SYSTEM), ("user", ASK)), "openai/gpt-5-mini"),
    ),
    "marvin": (
        "a.py",
        '''
        import marvin
        @marvin.fn
        def describe(city: str) -> str:
            """Describe the old map of the city in two sentences."""
        ''',
        Sends("marvin", "fn", (("user", "Describe the old map of the city in two sentences."),)),
    ),
    "semantic-kernel": (
        "a.py",
        f'''
        from semantic_kernel.agents import ChatCompletionAgent
        from semantic_kernel.connectors.ai.open_ai import OpenAIChatCompletion
        agent = ChatCompletionAgent(
            service=OpenAIChatCompletion(ai_model_id="gpt-4o"), name="Maps", instructions="{SYSTEM}"
        )
        ''',
        Sends("semantic-kernel", "ChatCompletionAgent", (("system", SYSTEM),), "gpt-4o"),
    ),
    "autogen": (
        "a.py",
        f'''
        from autogen_agentchat.agents import AssistantAgent
        from autogen_ext.models.openai import OpenAIChatCompletionClient
        model_client = OpenAIChatCompletionClient(model="gpt-4.1", max_tokens=33)
        agent = AssistantAgent(name="maps", model_client=model_client, system_message="{SYSTEM}")
        ''',
        Sends("autogen", "AssistantAgent", (("system", SYSTEM),), "gpt-4.1", 33),
    ),
    "crewai": (
        "a.py",
        f'''
        from crewai import LLM, Agent
        agent = Agent(
            role="Librarian of old and rare maps", goal="Describe maps so that all can see them", backstory="{SYSTEM}",
            llm=LLM(model="openai/gpt-4o", max_tokens=88),
        )
        ''',
        Sends(
            "crewai",
            "Agent",
            (
                ("system", "Librarian of old and rare maps"),
                ("system", "Describe maps so that all can see them"),
                ("system", SYSTEM),
            ),
            "openai/gpt-4o",
            88,
        ),
    ),
    "agno": (
        "a.py",
        f'''
        from agno.agent import Agent
        from agno.models.anthropic import Claude
        agent = Agent(
            model=Claude(id="claude-sonnet-4-6", max_tokens=321), description="{SYSTEM}",
            instructions=["Always name the year of the map.", "Never guess who drew the map."],
        )
        ''',
        Sends(
            "agno",
            "Agent",
            (
                ("system", SYSTEM),
                ("system", "Always name the year of the map."),
                ("system", "Never guess who drew the map."),
            ),
            "claude-sonnet-4-6",
            321,
        ),
    ),
    "smolagents": (
        "a.py",
        f'''
        from smolagents import CodeAgent, InferenceClientModel
        model = InferenceClientModel(model_id="Qwen/Qwen3-Next-80B-A3B-Thinking", max_tokens=500)
        agent = CodeAgent(tools=[], model=model, instructions="{SYSTEM}")
        agent.run("Describe the map of Prague in two sentences.")
        ''',
        Sends(
            "smolagents",
            "CodeAgent",
            (("system", SYSTEM), ("user", "Describe the map of Prague in two sentences.")),
            "Qwen/Qwen3-Next-80B-A3B-Thinking",
            500,
        ),
    ),
}

ASK_JS = ASK.replace("{", "${")
SCRIPTS: dict[str, tuple[str, str, Sends]] = {
    "openai chat in TypeScript": (
        "a.ts",
        f'''
        import OpenAI from "openai";
        const client = new OpenAI();
        export async function ask(city: string) {{
          return client.chat.completions.create({{
            model: "gpt-5-mini",
            max_completion_tokens: 300,
            messages: [{{ role: "system", content: "{SYSTEM}" }}, {{ role: "user", content: `{ASK_JS}` }}],
          }});
        }}
        ''',
        Sends("openai", "chat.completions.create", (("system", SYSTEM), ("user", ASK)), "gpt-5-mini", 300),
    ),
    "anthropic in TypeScript": (
        "a.ts",
        f'''
        import Anthropic from "@anthropic-ai/sdk";
        const client = new Anthropic();
        export const ask = async (city: string) =>
          client.messages.create({{
            model: "claude-sonnet-4-6", max_tokens: 1024, system: "{SYSTEM}",
            messages: [{{ role: "user", content: `{ASK_JS}` }}],
          }});
        ''',
        Sends("anthropic", "messages.create", (("system", SYSTEM), ("user", ASK)), "claude-sonnet-4-6", 1024),
    ),
    "google-genai in TypeScript": (
        "a.ts",
        f'''
        import {{ GoogleGenAI }} from "@google/genai";
        const ai = new GoogleGenAI({{ apiKey: "k" }});
        export async function ask(city: string) {{
          return ai.models.generateContent({{
            model: "gemini-2.5-flash",
            contents: `{ASK_JS}`,
            config: {{ systemInstruction: "{SYSTEM}", maxOutputTokens: 400 }},
          }});
        }}
        ''',
        Sends(
            "google-genai",
            "models.generateContent",
            (("system", SYSTEM), ("user", ASK)),
            "gemini-2.5-flash",
            400,
        ),
    ),
    "bedrock in TypeScript": (
        "a.ts",
        f'''
        import {{ BedrockRuntimeClient, ConverseCommand }} from "@aws-sdk/client-bedrock-runtime";
        const client = new BedrockRuntimeClient({{ region: "us-east-1" }});
        export async function ask(city: string) {{
          return client.send(new ConverseCommand({{
            modelId: "amazon.nova-lite-v1:0",
            system: [{{ text: "{SYSTEM}" }}],
            messages: [{{ role: "user", content: [{{ text: `{ASK_JS}` }}] }}],
            inferenceConfig: {{ maxTokens: 512 }},
          }}));
        }}
        ''',
        Sends(
            "bedrock", "ConverseCommand", (("system", SYSTEM), ("user", ASK)), "amazon.nova-lite-v1:0", 512
        ),
    ),
    "vercel ai": (
        "a.ts",
        f'''
        import {{ generateText }} from "ai";
        import {{ openai }} from "@ai-sdk/openai";
        export async function ask(city: string) {{
          const {{ text }} = await generateText({{
            model: openai("gpt-4o"), system: "{SYSTEM}", prompt: `{ASK_JS}`, maxOutputTokens: 512,
          }});
          return text;
        }}
        ''',
        Sends("vercel-ai", "generateText", (("system", SYSTEM), ("user", ASK)), "gpt-4o", 512),
    ),
    "mastra": (
        "a.ts",
        f'''
        import {{ openai }} from "@ai-sdk/openai";
        import {{ Agent }} from "@mastra/core/agent";
        export const maps = new Agent({{ name: "maps", instructions: "{SYSTEM}", model: openai("gpt-4o-mini") }});
        ''',
        Sends("mastra", "Agent", (("system", SYSTEM),), "gpt-4o-mini"),
    ),
    "genkit": (
        "a.ts",
        f'''
        import {{ genkit }} from "genkit";
        import {{ googleAI }} from "@genkit-ai/google-genai";
        const ai = genkit({{ plugins: [googleAI()] }});
        export async function ask(city: string) {{
          return ai.generate({{
            model: googleAI.model("gemini-2.5-flash"), system: "{SYSTEM}", prompt: `{ASK_JS}`,
            config: {{ maxOutputTokens: 400 }},
          }});
        }}
        ''',
        Sends("genkit", "generate", (("system", SYSTEM), ("user", ASK)), "gemini-2.5-flash", 400),
    ),
    "langchain in TypeScript": (
        "a.ts",
        f'''
        import {{ ChatOpenAI }} from "@langchain/openai";
        import {{ ChatPromptTemplate }} from "@langchain/core/prompts";
        const prompt = ChatPromptTemplate.fromMessages([["system", "{SYSTEM}"], ["human", "{ASK}"]]);
        const chain = prompt.pipe(new ChatOpenAI({{ model: "gpt-4o-mini", maxTokens: 99 }}));
        export async function ask(city: string) {{
          return chain.invoke({{ city }});
        }}
        ''',
        Sends("langchain", "invoke", (("system", SYSTEM), ("user", ASK)), "gpt-4o-mini", 99),
    ),
    "openai agents in TypeScript": (
        "a.ts",
        f'''
        import {{ Agent, run }} from "@openai/agents";
        const agent = new Agent({{
          name: "Maps", instructions: "{SYSTEM}", model: "gpt-5-mini", modelSettings: {{ maxTokens: 250 }},
        }});
        await run(agent, "Describe the map of Prague in two sentences.");
        ''',
        Sends(
            "openai-agents",
            "Agent",
            (("system", SYSTEM), ("user", "Describe the map of Prague in two sentences.")),
            "gpt-5-mini",
            250,
        ),
    ),
    "huggingface in TypeScript": (
        "a.ts",
        f'''
        import {{ InferenceClient }} from "@huggingface/inference";
        const client = new InferenceClient("t");
        export const ask = (city: string) =>
          client.chatCompletion({{
            model: "meta-llama/Llama-3.1-8B-Instruct", max_tokens: 88,
            messages: [{{ role: "system", content: "{SYSTEM}" }}, {{ role: "user", content: `{ASK_JS}` }}],
          }});
        ''',
        Sends(
            "huggingface-js",
            "chatCompletion",
            (("system", SYSTEM), ("user", ASK)),
            "meta-llama/Llama-3.1-8B-Instruct",
            88,
        ),
    ),
    "cohere in TypeScript": (
        "a.ts",
        f'''
        import {{ CohereClientV2 }} from "cohere-ai";
        const cohere = new CohereClientV2({{ token: "t" }});
        export const ask = (city: string) =>
          cohere.chat({{
            model: "command-a-03-2025", maxTokens: 77,
            messages: [{{ role: "system", content: "{SYSTEM}" }}, {{ role: "user", content: `{ASK_JS}` }}],
          }});
        ''',
        Sends("cohere", "chat", (("system", SYSTEM), ("user", ASK)), "command-a-03-2025", 77),
    ),
    "ollama in TypeScript": (
        "a.ts",
        f'''
        import ollama from "ollama";
        export const ask = (city: string) =>
          ollama.chat({{
            model: "llama3.2", options: {{ num_predict: 128 }},
            messages: [{{ role: "system", content: "{SYSTEM}" }}, {{ role: "user", content: `{ASK_JS}` }}],
          }});
        ''',
        Sends("ollama", "chat", (("system", SYSTEM), ("user", ASK)), "llama3.2", 128),
    ),
    "mistral in TypeScript": (
        "a.ts",
        f'''
        import {{ Mistral }} from "@mistralai/mistralai";
        const client = new Mistral({{ apiKey: "k" }});
        export const ask = (city: string) =>
          client.chat.complete({{
            model: "mistral-large-latest", maxTokens: 64,
            messages: [{{ role: "system", content: "{SYSTEM}" }}, {{ role: "user", content: `{ASK_JS}` }}],
          }});
        ''',
        Sends("mistral", "chat.complete", (("system", SYSTEM), ("user", ASK)), "mistral-large-latest", 64),
    ),
}


@pytest.mark.parametrize("name", [*EXAMPLES, *SCRIPTS])
def test_a_call_is_read_as_its_sdk_documents_it(name: str) -> None:
    path, code, expected = (EXAMPLES | SCRIPTS)[name]
    assert sends({path: code}) == [expected]
