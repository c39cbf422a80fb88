"""Calls in Python, one or more for each SDK, as its own documentation writes them."""

from __future__ import annotations

from sdk_examples.example import ASK, ASKED, BOTH, RULES, SYSTEM, Example, Sends

from scrimp.model.prompts import CacheMarker

FOUND = ("tool", "Looks up the map of a city in the catalogue.")

EXAMPLES: dict[str, Example] = {
    "openai chat": Example(
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
    "azure-ai-inference": Example(
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
    "huggingface": Example(
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
    "openai responses": Example(
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
    "openai assistants": Example(
        "a.py",
        f'''
        from openai import OpenAI
        client = OpenAI()
        assistant = client.beta.assistants.create(
            name="Maps", instructions="{SYSTEM}", model="gpt-4o", tools=[{{"type": "file_search"}}]
        )
        client.beta.threads.messages.create(thread_id="t", role="user", content="a message that is only stored")
        ''',
        Sends("openai", "beta.assistants.create", (("system", SYSTEM),), "gpt-4o", tools=1),
    ),
    "openai agents": Example(
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
    "anthropic": Example(
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
        Sends(
            "anthropic",
            "messages.create",
            (("system", SYSTEM), ("user", ASK)),
            "claude-sonnet-4-6",
            1024,
            caches=(CacheMarker("cache_control", 1),),
        ),
    ),
    "anthropic batch": Example(
        "a.py",
        f'''
        import anthropic
        from anthropic.types.message_create_params import MessageCreateParamsNonStreaming
        from anthropic.types.messages.batch_create_params import Request
        client = anthropic.Anthropic()
        def ask(cities):
            return client.messages.batches.create(requests=[
                Request(custom_id=city, params=MessageCreateParamsNonStreaming(
                    model="claude-sonnet-4-6", max_tokens=1024, system="{SYSTEM}",
                    messages=[{{"role": "user", "content": f"{ASK}"}}],
                ))
                for city in cities
            ])
        ''',
        Sends(
            "anthropic",
            "messages.batches.create",
            (("system", SYSTEM), ("user", ASK)),
            "claude-sonnet-4-6",
            1024,
        ),
    ),
    "openai batch": Example(
        "a.py",
        f'''
        import json
        def line(city):
            return json.dumps({{
                "custom_id": city, "method": "POST", "url": "/v1/chat/completions",
                "body": {{
                    "model": "gpt-4o", "max_tokens": 300,
                    "messages": [
                        {{"role": "system", "content": "{SYSTEM}"}}, {{"role": "user", "content": f"{ASK}"}},
                    ],
                }},
            }})
        ''',
        Sends("openai-batch", "dumps", (("system", SYSTEM), ("user", ASK)), "gpt-4o", 300),
    ),
    "google-genai batch": Example(
        "a.py",
        f'''
        from google import genai
        client = genai.Client()
        def ask(city):
            return client.batches.create(
                model="gemini-2.5-flash", src=[{{"contents": [{{"role": "user", "parts": [{{"text": f"{ASK}"}}]}}]}}],
            )
        ''',
        Sends("google-genai", "batches.create", (("user", ASK),), "gemini-2.5-flash"),
    ),
    "google-genai": Example(
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
    "google-generativeai": Example(
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
    "bedrock converse": Example(
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
            caches=(CacheMarker("cachePoint", 1),),
        ),
    ),
    "bedrock invoke_model": Example(
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
    "mistral": Example(
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
    "cohere": Example(
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
    "groq": Example(
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
    "ollama chat": Example(
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
    "ollama generate": Example(
        "a.py",
        f'''
        from ollama import Client
        client = Client(host="http://localhost:11434")
        def ask(city):
            return client.generate("llama3.2", f"{ASK}", system="{SYSTEM}", options={{"num_predict": 32}})
        ''',
        Sends("ollama", "generate", (("system", SYSTEM), ("user", ASK)), "llama3.2", 32),
    ),
    "litellm": Example(
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
    "langchain messages": Example(
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
    "langchain chain": Example(
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
    "langchain agent": Example(
        "a.py",
        f'''
        from langchain.agents import create_agent
        agent = create_agent(model="openai:gpt-5", tools=[], system_prompt="{SYSTEM}")
        ''',
        Sends("langchain", "create_agent", (("system", SYSTEM),), "openai:gpt-5"),
    ),
    "langgraph": Example(
        "a.py",
        f'''
        from langchain_anthropic import ChatAnthropic
        from langgraph.prebuilt import create_react_agent
        model = ChatAnthropic(model="claude-sonnet-4-6", max_tokens=700)
        graph = create_react_agent(model, tools=[], prompt="{SYSTEM}")
        ''',
        Sends("langgraph", "create_react_agent", (("system", SYSTEM),), "claude-sonnet-4-6", 700),
    ),
    "llamaindex": Example(
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
    "llamaindex agent": Example(
        "a.py",
        f'''
        from llama_index.core.agent.workflow import FunctionAgent
        from llama_index.llms.openai import OpenAI
        agent = FunctionAgent(tools=[], llm=OpenAI(model="gpt-4o-mini"), system_prompt="{SYSTEM}")
        ''',
        Sends("llamaindex", "FunctionAgent", (("system", SYSTEM),), "gpt-4o-mini"),
    ),
    "haystack": Example(
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
    "haystack generator": Example(
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
    "dspy": Example(
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
    "pydantic-ai": Example(
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
    "instructor": Example(
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
    "mirascope": Example(
        "a.py",
        f'''
        from mirascope import llm
        @llm.call("openai/gpt-5-mini")
        def ask(city: str):
            return [llm.messages.system("{SYSTEM}"), llm.messages.user(f"{ASK}")]
        ''',
        Sends("mirascope", "call", (("system", SYSTEM), ("user", ASK)), "openai/gpt-5-mini"),
    ),
    "marvin": Example(
        "a.py",
        '''
        import marvin
        @marvin.fn
        def describe(city: str) -> str:
            """Describe the old map of the city in two sentences."""
        ''',
        Sends("marvin", "fn", (("user", "Describe the old map of the city in two sentences."),)),
    ),
    "semantic-kernel": Example(
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
    "autogen": Example(
        "a.py",
        f'''
        from autogen_agentchat.agents import AssistantAgent
        from autogen_ext.models.openai import OpenAIChatCompletionClient
        model_client = OpenAIChatCompletionClient(model="gpt-4.1", max_tokens=33)
        agent = AssistantAgent(name="maps", model_client=model_client, system_message="{SYSTEM}")
        ''',
        Sends("autogen", "AssistantAgent", (("system", SYSTEM),), "gpt-4.1", 33),
    ),
    "crewai": Example(
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
    "agno": Example(
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
    "google adk": Example(
        "a.py",
        f'''
        from google.adk.agents import Agent
        from google.genai import types
        def find(city: str) -> str:
            """Looks up the map of a city in the catalogue."""
        agent = Agent(
            name="librarian", model="gemini-2.5-flash", description="{RULES}", instruction="{SYSTEM}", tools=[find],
            generate_content_config=types.GenerateContentConfig(max_output_tokens=300),
        )
        ''',
        Sends(
            "google-adk",
            "Agent",
            (FOUND, ("system", SYSTEM), ("system", RULES)),
            "gemini-2.5-flash",
            300,
            tools=1,
        ),
    ),
    "strands": Example(
        "a.py",
        f'''
        from strands import Agent
        from strands.models import BedrockModel
        agent = Agent(model=BedrockModel(model_id="us.amazon.nova-pro-v1:0", max_tokens=120), system_prompt="{SYSTEM}")
        agent("{ASKED}")
        ''',
        Sends("strands", "Agent", (("system", SYSTEM), ("user", ASKED)), "us.amazon.nova-pro-v1:0", 120),
    ),
    "claude agent sdk": Example(
        "a.py",
        f'''
        from claude_agent_sdk import ClaudeAgentOptions, query
        options = ClaudeAgentOptions(model="claude-sonnet-5", system_prompt="{SYSTEM}")
        async def ask(city):
            async for message in query(prompt=f"{ASK}", options=options):
                yield message
        ''',
        Sends("claude-agent-sdk", "query", BOTH, "claude-sonnet-5"),
    ),
    "smolagents": Example(
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
    "http": Example(
        "a.py",
        f'''
        import requests
        def ask(city):
            return requests.post(
                "https://api.openai.com/v1/chat/completions",
                json={{
                    "model": "gpt-5-mini", "max_tokens": 90,
                    "messages": [{{"role": "system", "content": "{SYSTEM}"}}, {{"role": "user", "content": f"{ASK}"}}],
                }},
            )
        ''',
        Sends("http", "post", BOTH, "gpt-5-mini", 90),
    ),
    "openai threads": Example(
        "a.py",
        f'''
        from openai import OpenAI
        client = OpenAI()
        client.beta.threads.runs.create_and_poll(
            thread_id="t", assistant_id="a", model="gpt-4o", instructions="{SYSTEM}", max_completion_tokens=70,
            additional_messages=[{{"role": "user", "content": "{ASKED}"}}],
        )
        ''',
        Sends(
            "openai",
            "beta.threads.runs.create_and_poll",
            (
                ("system", SYSTEM),
                ("user", ASKED),
            ),
            "gpt-4o",
            70,
        ),
    ),
    "openai typed messages": Example(
        "a.py",
        f'''
        from openai import OpenAI
        from openai.types.chat import ChatCompletionSystemMessageParam, ChatCompletionUserMessageParam
        OpenAI().chat.completions.create(
            model="gpt-5", tools=[{{"type": "function", "function": {{"name": "find", "description": "{RULES}"}}}}],
            messages=[
                ChatCompletionSystemMessageParam(role="system", content="{SYSTEM}"),
                ChatCompletionUserMessageParam(role="user", content="{ASKED}"),
            ],
        )
        ''',
        Sends(
            "openai",
            "chat.completions.create",
            (
                ("tool", RULES),
                ("system", SYSTEM),
                ("user", ASKED),
            ),
            "gpt-5",
            tools=1,
        ),
    ),
    "google-genai chat": Example(
        "a.py",
        f'''
        from google import genai
        from google.genai import types
        client = genai.Client()
        chat = client.chats.create(
            model="gemini-2.5-flash",
            config=types.GenerateContentConfig(system_instruction="{SYSTEM}", max_output_tokens=50),
            history=[types.ModelContent(parts=[types.Part(text="{RULES}")])],
        )
        chat.send_message("{ASKED}")
        ''',
        Sends(
            "google-genai",
            "chats.create",
            (
                ("system", SYSTEM),
                ("assistant", RULES),
                ("user", ASKED),
            ),
            "gemini-2.5-flash",
            50,
        ),
    ),
    "google-genai contents": Example(
        "a.py",
        f'''
        from google import genai
        from google.genai import types
        genai.Client().models.generate_content(
            model="gemini-2.5-flash",
            contents=[types.Content(role="user", parts=[types.Part.from_text(text="{ASKED}")])],
            config={{"system_instruction": types.Content(parts=[types.Part(text="{SYSTEM}")]), "max_output_tokens": 50}},
        )
        ''',
        Sends(
            "google-genai",
            "models.generate_content",
            (
                ("system", SYSTEM),
                ("user", ASKED),
            ),
            "gemini-2.5-flash",
            50,
        ),
    ),
    "litellm responses": Example(
        "a.py",
        f'''
        import litellm
        litellm.responses(model="openai/gpt-5", instructions="{SYSTEM}", input="{ASKED}", max_output_tokens=40)
        ''',
        Sends(
            "litellm",
            "responses",
            (
                ("system", SYSTEM),
                ("user", ASKED),
            ),
            "openai/gpt-5",
            40,
        ),
    ),
    "langchain templates": Example(
        "a.py",
        f'''
        from langchain_core.prompts import ChatPromptTemplate, HumanMessagePromptTemplate, PromptTemplate, SystemMessagePromptTemplate
        from langchain_openai import ChatOpenAI
        prompt = ChatPromptTemplate.from_messages([
            SystemMessagePromptTemplate(prompt=PromptTemplate(template="{SYSTEM}", input_variables=[])),
            HumanMessagePromptTemplate.from_template("{ASK}"),
        ])
        chain = prompt | ChatOpenAI(model="gpt-4o-mini")
        chain.invoke({{"city": "Prague"}})
        ''',
        Sends(
            "langchain",
            "invoke",
            (
                ("system", SYSTEM),
                ("user", ASK),
            ),
            "gpt-4o-mini",
        ),
    ),
    "llamaindex blocks": Example(
        "a.py",
        f'''
        from llama_index.core.llms import CachePoint, CacheControl, ChatMessage, TextBlock
        from llama_index.llms.anthropic import Anthropic
        llm = Anthropic(model="claude-sonnet-4-6", max_tokens=70)
        llm.chat([
            ChatMessage(role="system", content=[TextBlock(text="{SYSTEM}"), CachePoint(cache_control=CacheControl(type="ephemeral"))]),
            ChatMessage(role="user", content="{ASKED}"),
        ])
        ''',
        Sends(
            "llamaindex",
            "chat",
            (
                ("system", SYSTEM),
                ("user", ASKED),
            ),
            "claude-sonnet-4-6",
            70,
            caches=(CacheMarker("cache_control", 1),),
        ),
    ),
    "llamaindex predict": Example(
        "a.py",
        f'''
        from llama_index.core import PromptTemplate
        from llama_index.llms.openai import OpenAI
        llm = OpenAI(model="gpt-4o-mini")
        llm.predict(PromptTemplate("{ASK}"), city="Prague")
        ''',
        Sends("llamaindex", "predict", (("user", ASK),), "gpt-4o-mini"),
    ),
    "dspy signature in a call": Example(
        "a.py",
        f'''
        import dspy
        dspy.configure(lm=dspy.LM("openai/gpt-4o-mini", max_tokens=80))
        qa = dspy.Predict(dspy.Signature("city -> text", "{SYSTEM}"))
        qa(city="Prague")
        ''',
        Sends(
            "dspy",
            "__call__",
            (
                ("system", "city -> text"),
                ("system", SYSTEM),
            ),
        ),
    ),
    "pydantic-ai run": Example(
        "a.py",
        f'''
        from pydantic_ai import Agent
        from pydantic_ai.models.openai import OpenAIChatModel
        def find(city: str) -> str:
            """Looks up the map of a city in the catalogue."""
            return city
        agent = Agent(OpenAIChatModel("gpt-5-mini"), system_prompt="{SYSTEM}", tools=[find])
        agent.run_sync("{ASKED}")
        ''',
        Sends(
            "pydantic-ai",
            "Agent",
            (
                FOUND,
                ("system", SYSTEM),
                ("user", ASKED),
            ),
            "gpt-5-mini",
            tools=1,
        ),
    ),
    "semantic-kernel prompt": Example(
        "a.py",
        """
        from semantic_kernel import Kernel
        from semantic_kernel.functions import KernelArguments
        kernel = Kernel()
        async def ask(city):
            return await kernel.invoke_prompt("Describe the map of {{$city}} in two sentences.", arguments=KernelArguments(city=city))
        """,
        Sends("semantic-kernel", "invoke_prompt", (("user", ASK),)),
    ),
    "semantic-kernel history": Example(
        "a.py",
        f'''
        from semantic_kernel.connectors.ai.open_ai import OpenAIChatCompletion, OpenAIChatPromptExecutionSettings
        from semantic_kernel.contents import ChatHistory
        service = OpenAIChatCompletion(ai_model_id="gpt-4o")
        async def ask():
            history = ChatHistory(system_message="{SYSTEM}")
            history.add_user_message("{ASKED}")
            return await service.get_chat_message_content(history, OpenAIChatPromptExecutionSettings(max_tokens=60))
        ''',
        Sends(
            "semantic-kernel",
            "get_chat_message_content",
            (
                ("system", SYSTEM),
                ("user", ASKED),
            ),
            "gpt-4o",
            60,
        ),
    ),
    "autogen client": Example(
        "a.py",
        f'''
        from autogen_core.models import SystemMessage, UserMessage
        from autogen_ext.models.openai import OpenAIChatCompletionClient
        client = OpenAIChatCompletionClient(model="gpt-4o")
        async def ask():
            return await client.create([SystemMessage(content="{SYSTEM}"), UserMessage(content="{ASKED}", source="user")])
        ''',
        Sends(
            "autogen",
            "create",
            (
                ("system", SYSTEM),
                ("user", ASKED),
            ),
            "gpt-4o",
        ),
    ),
    "autogen task": Example(
        "a.py",
        f'''
        from autogen_agentchat.agents import AssistantAgent
        from autogen_ext.models.openai import OpenAIChatCompletionClient
        client = OpenAIChatCompletionClient(model="gpt-4o")
        agent = AssistantAgent("maps", model_client=client, system_message="{SYSTEM}")
        async def ask():
            return await agent.run(task="{ASKED}")
        ''',
        Sends("autogen", "AssistantAgent", (("system", SYSTEM), ("user", ASKED)), "gpt-4o"),
    ),
    "autogen team": Example(
        "a.py",
        f'''
        from autogen_agentchat.agents import AssistantAgent
        from autogen_agentchat.teams import RoundRobinGroupChat
        from autogen_ext.models.openai import OpenAIChatCompletionClient
        client = OpenAIChatCompletionClient(model="gpt-4o")
        team = RoundRobinGroupChat([AssistantAgent("maps", model_client=client)], max_turns=3)
        async def ask():
            async for message in team.run_stream(task="{ASKED}"):
                print(message)
        ''',
        Sends("autogen", "RoundRobinGroupChat", (("user", ASKED),), "gpt-4o"),
    ),
    "ag2 chat": Example(
        "a.py",
        f'''
        from autogen import AssistantAgent, UserProxyAgent
        config = {{"config_list": [{{"model": "gpt-4o-mini", "api_key": KEY}}]}}
        helper = AssistantAgent("helper", system_message="{SYSTEM}", llm_config=config)
        proxy = UserProxyAgent("proxy", code_execution_config=False)
        proxy.initiate_chat(helper, message="{ASKED}")
        ''',
        Sends("autogen", "AssistantAgent", (("system", SYSTEM), ("user", ASKED)), "gpt-4o-mini"),
    ),
    "ag2 group chat": Example(
        "a.py",
        f'''
        from autogen import ConversableAgent
        from autogen.agentchat import initiate_group_chat
        from autogen.agentchat.group.patterns import AutoPattern
        clerk = ConversableAgent("clerk", system_message="{SYSTEM}", llm_config={{"model": "gpt-4o-mini"}})
        pattern = AutoPattern(initial_agent=clerk, agents=[clerk])
        initiate_group_chat(pattern=pattern, messages="{ASKED}", max_rounds=5)
        ''',
        Sends("autogen", "ConversableAgent", (("system", SYSTEM), ("user", ASKED)), "gpt-4o-mini"),
    ),
    "ag2 swarm": Example(
        "a.py",
        f'''
        from autogen import ConversableAgent, initiate_swarm_chat
        clerk = ConversableAgent("clerk", system_message="{SYSTEM}", llm_config={{"model": "gpt-4o-mini"}})
        initiate_swarm_chat(initial_agent=clerk, agents=[clerk], messages="{ASKED}")
        ''',
        Sends("autogen", "ConversableAgent", (("system", SYSTEM), ("user", ASKED)), "gpt-4o-mini"),
    ),
    "crewai task": Example(
        "a.py",
        f'''
        from crewai import Agent, Task
        agent = Agent(role="Librarian of old and rare maps", goal="{RULES}", backstory="{SYSTEM}", llm="openai/gpt-4o")
        task = Task(description="{ASKED}", expected_output="Two sentences that all can understand", agent=agent)
        ''',
        Sends(
            "crewai",
            "Agent",
            (
                ("system", "Librarian of old and rare maps"),
                ("system", RULES),
                ("system", SYSTEM),
                ("user", ASKED),
                ("user", "Two sentences that all can understand"),
            ),
            "openai/gpt-4o",
        ),
    ),
    "agno run": Example(
        "a.py",
        f'''
        from agno.agent import Agent
        from agno.models.openai import OpenAIChat
        agent = Agent(model=OpenAIChat(id="gpt-5-mini"), instructions="{SYSTEM}", tools=[find])
        agent.print_response("{ASKED}")
        ''',
        Sends(
            "agno",
            "Agent",
            (
                ("system", SYSTEM),
                ("user", ASKED),
            ),
            "gpt-5-mini",
            tools=1,
        ),
    ),
    "smolagents model": Example(
        "a.py",
        f'''
        from smolagents import LiteLLMModel
        from smolagents.models import ChatMessage, MessageRole
        model = LiteLLMModel(model_id="gpt-4o")
        model.generate([ChatMessage(role=MessageRole.SYSTEM, content=[{{"type": "text", "text": "{SYSTEM}"}}])])
        ''',
        Sends("smolagents", "generate", (("system", SYSTEM),), "gpt-4o"),
    ),
    "mistral agents": Example(
        "a.py",
        f'''
        from mistralai import Mistral
        Mistral().agents.complete(agent_id="ag_1", messages=[{{"role": "user", "content": "{ASKED}"}}], max_tokens=30)
        ''',
        Sends("mistral", "agents.complete", (("user", ASKED),), "", 30),
    ),
    "mistral typed messages": Example(
        "a.py",
        f'''
        from mistralai import Mistral, SystemMessage, UserMessage
        Mistral().chat.complete(model="mistral-large-latest", messages=[SystemMessage(content="{SYSTEM}"), UserMessage(content="{ASKED}")])
        ''',
        Sends(
            "mistral",
            "chat.complete",
            (
                ("system", SYSTEM),
                ("user", ASKED),
            ),
            "mistral-large-latest",
        ),
    ),
    "ollama typed messages": Example(
        "a.py",
        f'''
        from ollama import Client, Message
        Client().chat(model="llama3.2", messages=[Message(role="system", content="{SYSTEM}"), Message(role="user", content="{ASKED}")])
        ''',
        Sends(
            "ollama",
            "chat",
            (
                ("system", SYSTEM),
                ("user", ASKED),
            ),
            "llama3.2",
        ),
    ),
    "cohere typed messages": Example(
        "a.py",
        f'''
        from cohere import ClientV2, SystemChatMessageV2, UserChatMessageV2
        ClientV2().chat(model="command-a-03-2025", messages=[SystemChatMessageV2(content="{SYSTEM}"), UserChatMessageV2(content="{ASKED}")])
        ''',
        Sends(
            "cohere",
            "chat",
            (
                ("system", SYSTEM),
                ("user", ASKED),
            ),
            "command-a-03-2025",
        ),
    ),
    "mirascope model": Example(
        "a.py",
        f'''
        from mirascope import llm
        model = llm.Model("openai/gpt-5-mini", max_tokens=30)
        model.call("{ASKED}")
        ''',
        Sends("mirascope", "call", (("user", ASKED),), "openai/gpt-5-mini", 30),
    ),
    "instructor messages": Example(
        "a.py",
        f'''
        import instructor
        client = instructor.from_provider("anthropic/claude-haiku-4-5")
        client.create(response_model=Map, messages=[{{"role": "user", "content": "{ASKED}"}}], max_tokens=30)
        ''',
        Sends("instructor", "create", (("user", ASKED),), "anthropic/claude-haiku-4-5", 30),
    ),
    "langgraph tools": Example(
        "a.py",
        f'''
        from langgraph.prebuilt import create_react_agent
        def find(city: str) -> str:
            """Looks up the map of a city in the catalogue."""
        create_react_agent("openai:gpt-4o", [find], prompt="{SYSTEM}")
        ''',
        Sends("langgraph", "create_react_agent", (FOUND, ("system", SYSTEM)), "openai:gpt-4o", tools=1),
    ),
    "groq tools": Example(
        "a.py",
        f'''
        from groq import Groq
        Groq().chat.completions.create(model="llama-3.3-70b-versatile", messages=[{{"role": "user", "content": "{ASKED}"}}], tools=[{{"type": "function", "function": {{"name": "find", "description": "{RULES}"}}}}])
        ''',
        Sends(
            "groq",
            "chat.completions.create",
            (
                ("tool", RULES),
                ("user", ASKED),
            ),
            "llama-3.3-70b-versatile",
            tools=1,
        ),
    ),
}
