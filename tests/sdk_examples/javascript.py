"""Calls in TypeScript, one or more for each SDK, as its own documentation writes them."""

from __future__ import annotations

from sdk_examples.example import ASK, ASKED, RULES, SYSTEM, Example, Sends

ASK_JS = ASK.replace("{", "${")
EXAMPLES: dict[str, Example] = {
    "openai chat in TypeScript": Example(
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
    "vscode": Example(
        "a.ts",
        f'''
        import * as vscode from "vscode";
        export async function ask(city: string, token: vscode.CancellationToken) {{
          const [model] = await vscode.lm.selectChatModels({{ vendor: "copilot", family: "gpt-4o" }});
          const messages = [
            vscode.LanguageModelChatMessage.User("{SYSTEM}"),
            vscode.LanguageModelChatMessage.User(`{ASK_JS}`),
          ];
          return model.sendRequest(messages, {{}}, token);
        }}
        ''',
        Sends("vscode", "sendRequest", (("user", SYSTEM), ("user", ASK)), "gpt-4o"),
    ),
    "vscode in a chat participant": Example(
        "a.ts",
        f'''
        import {{ ChatRequest, LanguageModelChatMessage }} from "vscode";
        export const handler = async (request: ChatRequest, city: string) => {{
          client.sendRequest("textDocument/hover", {{ text: "{SYSTEM}" }});
          return request.model.sendRequest([LanguageModelChatMessage.User(`{ASK_JS}`)], {{}});
        }};
        ''',
        Sends("vscode", "sendRequest", (("user", ASK),)),
    ),
    "anthropic in TypeScript": Example(
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
    "google-genai in TypeScript": Example(
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
    "bedrock in TypeScript": Example(
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
    "vercel ai": Example(
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
    "mastra": Example(
        "a.ts",
        f'''
        import {{ openai }} from "@ai-sdk/openai";
        import {{ Agent }} from "@mastra/core/agent";
        export const maps = new Agent({{ name: "maps", instructions: "{SYSTEM}", model: openai("gpt-4o-mini") }});
        ''',
        Sends("mastra", "Agent", (("system", SYSTEM),), "gpt-4o-mini"),
    ),
    "genkit": Example(
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
    "langchain in TypeScript": Example(
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
    "openai agents in TypeScript": Example(
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
    "huggingface in TypeScript": Example(
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
    "cohere in TypeScript": Example(
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
    "ollama in TypeScript": Example(
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
    "mistral in TypeScript": Example(
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
    "vercel ai agent": Example(
        "a.ts",
        f'''
        import {{ ToolLoopAgent, tool }} from "ai";
        import {{ openai }} from "@ai-sdk/openai";
        const agent = new ToolLoopAgent({{
          model: openai("gpt-4o"), instructions: "{SYSTEM}",
          tools: {{ find: tool({{ description: "{RULES}", inputSchema: schema }}) }},
        }});
        await agent.generate({{ prompt: "{ASKED}" }});
        ''',
        Sends(
            "vercel-ai",
            "ToolLoopAgent",
            (
                ("tool", RULES),
                ("system", SYSTEM),
                ("user", ASKED),
            ),
            "gpt-4o",
            tools=1,
        ),
    ),
    "mastra generate": Example(
        "a.ts",
        f'''
        import {{ Agent }} from "@mastra/core/agent";
        const agent = new Agent({{ name: "maps", instructions: "{SYSTEM}", model: "openai/gpt-4o-mini" }});
        await agent.generate("{ASKED}");
        ''',
        Sends(
            "mastra",
            "Agent",
            (
                ("system", SYSTEM),
                ("user", ASKED),
            ),
            "openai/gpt-4o-mini",
        ),
    ),
    "genkit prompt": Example(
        "a.ts",
        f'''
        import {{ genkit }} from "genkit";
        import {{ googleAI }} from "@genkit-ai/google-genai";
        const ai = genkit({{ plugins: [googleAI()] }});
        export const describe = ai.definePrompt({{
          name: "describe", model: googleAI.model("gemini-2.5-flash"), system: "{SYSTEM}",
          prompt: "Describe the map of {{{{city}}}} in two sentences.", config: {{ maxOutputTokens: 50 }},
        }});
        ''',
        Sends(
            "genkit",
            "definePrompt",
            (
                ("system", SYSTEM),
                ("user", ASK),
            ),
            "gemini-2.5-flash",
            50,
        ),
    ),
    "langchain agent": Example(
        "a.ts",
        f'''
        import {{ createAgent }} from "langchain";
        const agent = createAgent({{ model: "openai:gpt-5", tools: [], systemPrompt: "{SYSTEM}" }});
        ''',
        Sends("langchain", "createAgent", (("system", SYSTEM),), "openai:gpt-5"),
    ),
    "groq": Example(
        "a.ts",
        f'''
        import Groq from "groq-sdk";
        const groq = new Groq();
        await groq.chat.completions.create({{ model: "llama-3.3-70b-versatile", messages: [{{ role: "user", content: "{ASKED}" }}], max_completion_tokens: 20 }});
        ''',
        Sends("groq", "chat.completions.create", (("user", ASKED),), "llama-3.3-70b-versatile", 20),
    ),
    "openai responses": Example(
        "a.ts",
        f'''
        import OpenAI from "openai";
        const client = new OpenAI();
        await client.responses.create({{ model: "gpt-5", instructions: "{SYSTEM}", input: "{ASKED}", max_output_tokens: 20 }});
        ''',
        Sends(
            "openai",
            "responses.create",
            (
                ("system", SYSTEM),
                ("user", ASKED),
            ),
            "gpt-5",
            20,
        ),
    ),
}
