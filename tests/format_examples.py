"""One file of each format, written after the format's own documentation, and what it must be read as.

A row is a message: its key, role, fixed text, variables, model and output cap.
"""

from __future__ import annotations

import json
from typing import Any, NamedTuple

from readers_examples import fixed, variables

from scrimp.model.facts import Facts

Row = tuple[str, str, str, list[str], str, int]


class Example(NamedTuple):
    """A file and the messages in it."""

    path: str
    text: str
    rows: list[Row]


def rows(facts: Facts) -> list[Row]:
    """What a file was read as."""
    return [
        (
            entry.key,
            entry.role,
            fixed(entry.expression),
            variables(entry.expression),
            entry.model,
            entry.output_cap,
        )
        for entry in facts.entries
        if entry.certainty == "format"
    ]


def _json(value: Any) -> str:
    return json.dumps(value, indent=1)


GITHUB_MODELS = Example(
    "prompts/summary.prompt.yml",
    """name: Text Summarizer
description: Summarizes input text concisely
model: openai/gpt-4o-mini
modelParameters:
  temperature: 0.5
  max_tokens: 300
messages:
  - role: system
    content: You are a text summarizer. Your only job is to summarize text given to you.
  - role: user
    content: |
      Summarize the given text, beginning with "Summary -":
      <text>
      {{input}}
      </text>
testData:
  - input: The quick brown fox jumped over the lazy dog.
    expected: Summary - A fox jumped over a dog.
evaluators:
  - name: Output should start with 'Summary -'
    string:
      startsWith: 'Summary -'
""",
    [
        (
            "messages[0].content",
            "system",
            "You are a text summarizer. Your only job is to summarize text given to you.",
            [],
            "openai/gpt-4o-mini",
            300,
        ),
        (
            "messages[1].content",
            "user",
            'Summarize the given text, beginning with "Summary -":\n<text>\n\n</text>\n',
            ["input"],
            "openai/gpt-4o-mini",
            300,
        ),
    ],
)

DOTPROMPT = Example(
    "prompts/greet.formal.prompt",
    """# Copyright of somebody
# who has a licence

---
model: googleai/gemini-2.5-flash
config:
  temperature: 0.7
  maxOutputTokens: 400
input:
  schema:
    name: string
    style?: string
  default:
    style: a formal tone
---

{{role "system"}}
Answer in {{style}}. {{! not sent }}
{{#each rules}}
- {{this}}
{{/each}}
{{role "user"}}
Hello, I'm {{name}}. {{media url=photo}}
{{>closing}}
""",
    [
        (
            "messages[0]",
            "system",
            "Answer in a formal tone. \n- \n",
            ["style", "this"],
            "googleai/gemini-2.5-flash",
            400,
        ),
        ("messages[1]", "user", "Hello, I'm . \n", ["name", "media"], "googleai/gemini-2.5-flash", 400),
    ],
)

DOTPROMPT_PARTIAL = Example(
    "prompts/_closing.prompt",
    "Thank you for your patience, {{name}}.\n",
    [("messages[0]", "unknown", "Thank you for your patience, .\n", ["name"], "", 0)],
)

PROMPTY_1 = Example(
    "agents/editor.prompty",
    """---
name: Editor
description: Reviews an article
authors:
  - Somebody
model:
  api: chat
  configuration:
    type: azure_openai
    azure_deployment: gpt-4
    api_version: 2024-08-01-preview
  parameters:
    max_tokens: 1200
    temperature: 0.2
inputs:
  article:
    type: string
    default: " "
sample:
  article: a sample that is never sent
---
system:
# Editor
You review articles.

{% for turn in history %}
{{turn.role}}:
{{turn.content}}
{% endfor %}

# user:
{{article}}
""",
    [
        (
            "messages[0]",
            "system",
            "# Editor\nYou review articles.\n\n\n:\n\n\n\n",
            ["turn.role", "turn.content"],
            "gpt-4",
            1200,
        ),
        ("messages[1]", "user", "", ["article"], "gpt-4", 1200),
    ],
)

PROMPTY_2 = Example(
    "basic.prompty",
    """---
name: basic
model:
  id: ${env:MODEL:gpt-4o}
  provider: openai
  apiType: chat
  options:
    maxOutputTokens: 1000
inputs:
  - name: firstName
    kind: string
    default: Jane
  - name: question
    kind: string
template: mustache
---
You help people.

user[nonce=abc]:
I'm {{firstName}}. {{#polite}}Please.{{/polite}} {{question}}

Assistant:
Gladly.
""",
    [
        ("messages[0]", "system", "You help people.\n\n", [], "gpt-4o", 1000),
        ("messages[1]", "user", "I'm Jane. Please. \n\n", ["firstName", "question"], "gpt-4o", 1000),
        ("messages[2]", "assistant", "Gladly.\n", [], "gpt-4o", 1000),
    ],
)

PROMPTY_SHORT = Example(
    "short.prompty",
    "---\nmodel: gpt-4o-mini\ninputs:\n  tone: friendly\n---\nAnswer in a {{tone}} way.\n",
    [("messages[0]", "system", "Answer in a friendly way.", ["tone"], "gpt-4o-mini", 0)],
)

SEMANTIC_KERNEL = Example(
    "plugins/Writer/Story/skprompt.txt",
    """<message role="system">You write stories about {{$topic}}. It is {{time.Today}}.</message>
<message role="user">{{$input}}{{"!"}} Write in {{lang.name $code}}.</message>
""",
    [
        ("messages[0]", "system", "You write stories about . It is .", ["topic", "time.Today"], "", 0),
        ("messages[1]", "user", "! Write in .", ["input", "lang.name"], "", 0),
    ],
)

SEMANTIC_KERNEL_YAML = Example(
    "Resources/GenerateStory.yaml",
    """name: GenerateStory
template: |
  Tell a story about {{$topic}} that is {{$length}} sentences long.
template_format: semantic-kernel
description: A function that generates a story about a topic.
input_variables:
  - name: topic
    description: The topic of the story.
    is_required: true
execution_settings:
  service1:
    model_id: gpt-4
    max_tokens: 500
  default:
    temperature: 0.5
""",
    [
        (
            "template",
            "user",
            "Tell a story about  that is  sentences long.\n",
            ["topic", "length"],
            "gpt-4",
            500,
        )
    ],
)

SEMANTIC_KERNEL_HANDLEBARS = Example(
    "Resources/Chat.yaml",
    """name: ContosoChat
template_format: handlebars
template: |
  <message role="system">
  You serve {{customer.firstName}}.
  </message>
  {{#each history}}
  <message role="{{role}}">{{content}}</message>
  {{/each}}
""",
    [
        ("template#0", "system", "You serve .\n", ["customer.firstName"], "", 0),
        ("template#1", "unknown", "", ["content"], "", 0),
    ],
)

SEMANTIC_KERNEL_LIQUID = Example(
    "Resources/Liquid.yaml",
    """template_format: liquid
template: |
  {% if customer %}You serve {{customer.name}}.{% elsif guest %}You serve a guest.{% endif %}
  {% unless short %}Explain each step.{% endunless %}
  {% assign tone = "friendly" %}{% comment %}not sent{% endcomment %}Be {{tone}}.
  {% for item in items %}{{item}}{% endfor %}
""",
    [
        (
            "template",
            "user",
            "You serve .You serve a guest.\nExplain each step.\nBe friendly.\n",
            ["customer.name", "tone", "item"],
            "",
            0,
        )
    ],
)

LANGCHAIN = Example(
    "chains/qa.yaml",
    """_type: prompt
input_variables: [context, question]
template_format: f-string
template: |
  Use the context to answer: {context}
  Question: {question}
  Answer as {{"answer": ...}}
""",
    [
        (
            "template",
            "user",
            'Use the context to answer: \nQuestion: \nAnswer as {"answer": ...}\n',
            ["context", "question"],
            "",
            0,
        )
    ],
)

LANGCHAIN_FEW_SHOT = Example(
    "few_shot.json",
    _json(
        {
            "_type": "few_shot",
            "input_variables": ["adjective"],
            "prefix": "Write antonyms for the following words.",
            "example_prompt": {
                "_type": "prompt",
                "input_variables": ["input", "output"],
                "template": "Input: {input}\nOutput: {output}",
            },
            "examples": "examples.json",
            "suffix": "Input: {adjective}\nOutput:",
        }
    ),
    [
        ("prefix", "user", "Write antonyms for the following words.", [], "", 0),
        ("example_prompt.template", "user", "Input: \nOutput: ", ["input", "output"], "", 0),
        ("suffix", "user", "Input: \nOutput:", ["adjective"], "", 0),
    ],
)


def _constructor(name: str, **kwargs: Any) -> dict[str, Any]:
    return {"lc": 1, "type": "constructor", "id": ["langchain", "prompts", "chat", name], "kwargs": kwargs}


LANGCHAIN_OBJECT = Example(
    "hub/agent.json",
    _json(
        _constructor(
            "ChatPromptTemplate",
            input_variables=["input"],
            messages=[
                _constructor(
                    "SystemMessagePromptTemplate",
                    prompt=_constructor(
                        "PromptTemplate",
                        input_variables=["tools"],
                        template="You have {{ tools }}.",
                        template_format="jinja2",
                    ),
                ),
                _constructor(
                    "HumanMessagePromptTemplate",
                    prompt=_constructor(
                        "PromptTemplate", template="Do {input} now.", template_format="f-string"
                    ),
                ),
                _constructor("AIMessage", content="I will do {it} now."),
            ],
        )
    ),
    [
        ("kwargs.messages[0].kwargs.prompt.kwargs.template", "system", "You have .", ["tools"], "", 0),
        ("kwargs.messages[1].kwargs.prompt.kwargs.template", "user", "Do  now.", ["input"], "", 0),
        ("kwargs.messages[2].kwargs.content", "assistant", "I will do {it} now.", [], "", 0),
    ],
)

PROMPTFOO = Example(
    "evals/promptfooconfig.yaml",
    """description: An evaluation
prompts:
  - 'Translate the following text to French: {{text}}'
  - file://prompts/customer_service.txt
  - file://generate_prompt.py:create
  - id: file://prompts/chat.json
    label: chat
  - |-
    {% if premium %}Priority support: {% endif %}Answer the question: {{issue | trim}}
providers:
  - id: openai:chat:gpt-4o-mini
    config:
      max_tokens: 128
tests:
  - vars:
      text: a sample value that is not sent by itself
""",
    [
        (
            "prompts[0]",
            "user",
            "Translate the following text to French: ",
            ["text"],
            "openai:gpt-4o-mini",
            128,
        ),
        ("prompts[1]", "user", "", [], "openai:gpt-4o-mini", 128),
        ("prompts[3].id", "user", "", [], "openai:gpt-4o-mini", 128),
        (
            "prompts[4]",
            "user",
            "Priority support: Answer the question: ",
            ["issue"],
            "openai:gpt-4o-mini",
            128,
        ),
    ],
)

PROMPT_FLOW = Example(
    "flows/chat/flow.dag.yaml",
    """inputs:
  question:
    type: string
nodes:
- name: chat
  type: llm
  source:
    type: code
    path: chat.jinja2
  inputs:
    deployment_name: gpt-4o
    max_tokens: "256"
    question: ${inputs.question}
  connection: open_ai_connection
  api: chat
- name: parse
  type: python
  source:
    type: code
    path: parse.py
""",
    [("nodes[0].source.path", "unknown", "", [], "gpt-4o", 256)],
)

RASA = Example(
    "config.yml",
    """recipe: default.v1
pipeline:
- name: SingleStepLLMCommandGenerator
  prompt_template: prompts/command-generator.jinja2
  llm:
    model: gpt-4-0613
    max_tokens: 64
policies:
- name: EnterpriseSearchPolicy
  prompt: prompts/search.jinja2
""",
    [
        ("pipeline[0].prompt_template", "unknown", "", [], "gpt-4-0613", 64),
        ("policies[0].prompt", "unknown", "", [], "", 0),
    ],
)

AUTOGEN = Example(
    "team.json",
    _json(
        {
            "provider": "autogen_agentchat.teams.SelectorGroupChat",
            "component_type": "team",
            "version": 1,
            "description": "A team with people's words about it that no model is sent.",
            "config": {
                "participants": [
                    {
                        "provider": "autogen_agentchat.agents.AssistantAgent",
                        "component_type": "agent",
                        "description": "An agent that helps.",
                        "config": {
                            "name": "assistant",
                            "model_client": {
                                "provider": "autogen_ext.models.openai.OpenAIChatCompletionClient",
                                "component_type": "model",
                                "config": {"model": "gpt-4o-mini", "max_tokens": 700},
                            },
                            "tools": [
                                {
                                    "provider": "autogen_core.tools.FunctionTool",
                                    "component_type": "tool",
                                    "config": {
                                        "name": "calculator",
                                        "description": "Calculates with two numbers",
                                        "source_code": "def calculator(): ...",
                                    },
                                }
                            ],
                            "system_message": "You are a helpful assistant. Solve {tasks} with care.",
                        },
                    },
                ],
                "selector_prompt": "Choose one of {roles} to speak next.",
            },
        }
    ),
    [
        (
            "config.participants[0].config.tools[0].config.description",
            "tool",
            "Calculates with two numbers",
            [],
            "gpt-4o-mini",
            700,
        ),
        (
            "config.participants[0].config.system_message",
            "system",
            "You are a helpful assistant. Solve {tasks} with care.",
            [],
            "gpt-4o-mini",
            700,
        ),
        ("config.selector_prompt", "system", "Choose one of  to speak next.", ["roles"], "", 0),
    ],
)

DIFY = Example(
    "dsl/translate.yml",
    """app:
  description: Words about the application that no model is sent
  mode: workflow
  name: translate
kind: app
version: 0.1.5
workflow:
  graph:
    nodes:
    - data:
        type: llm
        title: LLM
        model:
          name: gpt-4o
          provider: openai
          completion_params:
            temperature: 0.7
            max_tokens: 900
        prompt_template:
        - role: system
          text: Translate into {{#start.language#}} with care.
        - role: user
          text: '{{#sys.query#}} please'
        - role: assistant
          edition_type: jinja2
          text: not this
          jinja2_text: '{% if a %}Gladly.{% endif %}'
    - data:
        type: answer
        answer: Text for people, with {{#llm.text#}} in it
    - data:
        type: parameter-extractor
        instruction: Find the city in the text.
        model:
          name: gpt-4o-mini
        parameters:
        - name: city
          description: Name of the city
""",
    [
        (
            "workflow.graph.nodes[0].data.prompt_template[0].text",
            "system",
            "Translate into  with care.",
            ["start.language"],
            "gpt-4o",
            900,
        ),
        (
            "workflow.graph.nodes[0].data.prompt_template[1].text",
            "user",
            " please",
            ["sys.query"],
            "gpt-4o",
            900,
        ),
        (
            "workflow.graph.nodes[0].data.prompt_template[2].jinja2_text",
            "assistant",
            "Gladly.",
            [],
            "gpt-4o",
            900,
        ),
        (
            "workflow.graph.nodes[2].data.instruction",
            "system",
            "Find the city in the text.",
            [],
            "gpt-4o-mini",
            0,
        ),
        (
            "workflow.graph.nodes[2].data.parameters[0].description",
            "tool",
            "Name of the city",
            [],
            "gpt-4o-mini",
            0,
        ),
    ],
)

DIFY_CHAT = Example(
    "dsl/chat.yml",
    """app:
  mode: chat
  name: chat
model_config:
  model:
    name: gpt-4
    completion_params:
      max_tokens: 512
  opening_statement: Hello, what can I do for you today?
  pre_prompt: You help {{name}} with everything about tea.
""",
    [
        (
            "model_config.pre_prompt",
            "system",
            "You help  with everything about tea.",
            ["name"],
            "gpt-4",
            512,
        )
    ],
)

FLOWISE = Example(
    "flows/agents.json",
    _json(
        {
            "description": "Words for people",
            "nodes": [
                {
                    "id": "llmAgentflow_0",
                    "data": {
                        "name": "llmAgentflow",
                        "category": "Agent Flows",
                        "inputParams": [
                            {
                                "name": "llmMessages",
                                "description": "A hint that tells people what to write here",
                            }
                        ],
                        "inputs": {
                            "llmModelConfig": {"modelName": "gpt-4o-mini", "maxTokens": "300"},
                            "llmMessages": [
                                {"role": "system", "content": "You are an expert on {{ topic }}."}
                            ],
                            "llmUserMessage": "Given the results, write a report.",
                            "note": "A note that is for people and for nobody else",
                        },
                    },
                },
                {
                    "id": "promptTemplate_0",
                    "data": {
                        "name": "promptTemplate",
                        "category": "Prompts",
                        "inputParams": [],
                        "inputs": {
                            "template": "Name a company that makes {product}.",
                            "prompt": "{{promptTemplate_0.data.instance}}",
                        },
                    },
                },
            ],
            "edges": [],
        }
    ),
    [
        (
            "nodes[0].data.inputs.llmMessages[0].content",
            "system",
            "You are an expert on .",
            ["topic"],
            "gpt-4o-mini",
            300,
        ),
        (
            "nodes[0].data.inputs.llmUserMessage",
            "user",
            "Given the results, write a report.",
            [],
            "gpt-4o-mini",
            300,
        ),
        ("nodes[1].data.inputs.template", "user", "Name a company that makes .", ["product"], "", 0),
    ],
)

N8N = Example(
    "workflows/agent.json",
    _json(
        {
            "name": "Agent",
            "nodes": [
                {
                    "name": "AI Agent",
                    "type": "@n8n/n8n-nodes-langchain.agent",
                    "parameters": {
                        "promptType": "define",
                        "text": "=Answer the question: {{ $json.chatInput }}",
                        "options": {"systemMessage": "You are a helpful {{ not }} assistant"},
                    },
                },
                {
                    "name": "OpenAI",
                    "type": "@n8n/n8n-nodes-langchain.openAi",
                    "parameters": {
                        "modelId": {"__rl": True, "value": "gpt-4o-mini", "mode": "list"},
                        "messages": {
                            "values": [{"content": "=Classify {{ $json.text }} now", "role": "system"}]
                        },
                        "options": {"maxTokens": 64},
                    },
                },
                {
                    "name": "Sticky Note",
                    "type": "n8n-nodes-base.stickyNote",
                    "parameters": {"content": "A note that is for people and for nobody else"},
                },
                {
                    "name": "Telegram",
                    "type": "n8n-nodes-base.telegram",
                    "parameters": {"text": "A message that a person is sent by the workflow"},
                },
            ],
            "connections": {"AI Agent": {"main": [[{"node": "OpenAI", "type": "main", "index": 0}]]}},
        }
    ),
    [
        ("nodes[0].parameters.text", "user", "Answer the question: ", ["$json.chatInput"], "", 0),
        (
            "nodes[0].parameters.options.systemMessage",
            "system",
            "You are a helpful {{ not }} assistant",
            [],
            "",
            0,
        ),
        (
            "nodes[1].parameters.messages.values[0].content",
            "system",
            "Classify  now",
            ["$json.text"],
            "gpt-4o-mini",
            64,
        ),
    ],
)

_RAGFLOW_PARAMS = {
    "llm_id": "gpt-4o@OpenAI",
    "max_tokens": 256,
    "sys_prompt": "You are a concierge. Use {Retrieval:Late@formalized_content}.",
    "prompts": [{"role": "user", "content": "The user query is {sys.query}"}],
}
RAGFLOW = Example(
    "agent/templates/concierge.json",
    _json(
        {
            "description": {"en": "Words for people about the template"},
            "dsl": {
                "components": {
                    "Agent:Blue": {"obj": {"component_name": "Agent", "params": _RAGFLOW_PARAMS}},
                },
                "graph": {
                    "nodes": [{"data": {"form": _RAGFLOW_PARAMS, "label": "Agent"}, "id": "Agent:Blue"}]
                },
            },
        }
    ),
    [
        (
            "dsl.components.Agent:Blue.obj.params.sys_prompt",
            "system",
            "You are a concierge. Use .",
            ["Retrieval:Late@formalized_content"],
            "gpt-4o",
            0,
        ),
        (
            "dsl.components.Agent:Blue.obj.params.prompts[0].content",
            "user",
            "The user query is ",
            ["sys.query"],
            "gpt-4o",
            0,
        ),
    ],
)

BAML = Example(
    "baml_src/resume.baml",
    """// A comment that is not "sent"
client<llm> Small {
  provider openai
  options {
    model "gpt-4o-mini"
    max_tokens 800
    api_key env.OPENAI_API_KEY
  }
}

enum Level {
  Junior @description("Up to two years")
  Senior @alias("old hand")
}

class Education {
  school string
  degree string @description(#"
    The degree, in full
  "#)
}

class Resume {
  name string
  education Education[] @description("In the order of the text")
  level Level
  @@description("What the candidate wrote")
}

template_string Context(resume: string) #"
  This is it: {{ resume }}
"#

function ExtractResume(resume: string, client: string) -> Resume | map<string, string> {
  client Small
  prompt #"
    Read the resume.
      Indented.

    {{ ctx.output_format }}

    {{ _.role("user") }}
    {{ Context(resume) }}
  "#
}

function Sum(text: string) -> string {
  client "openai/gpt-4o"
  prompt ##"Sum up "#{{ text }}" in a line."##
}

test Resume {
  functions [ExtractResume]
  args { resume #"You are a test that is never sent"# }
}
""",
    [
        ("Level.Junior.description", "tool", "Up to two years", [], "", 0),
        ("Education.degree.description", "tool", "The degree, in full", [], "", 0),
        ("Resume.education.description", "tool", "In the order of the text", [], "", 0),
        ("Resume.description", "tool", "What the candidate wrote", [], "", 0),
        ("Context", "user", "This is it: ", ["resume"], "", 0),
        (
            "ExtractResume#0",
            "system",
            "Read the resume.\n  Indented.\n\n\n\n",
            ["ctx.output_format"],
            "gpt-4o-mini",
            800,
        ),
        ("ExtractResume#1", "user", "", [], "gpt-4o-mini", 800),
        ("Sum", "user", 'Sum up "#" in a line.', ["text"], "openai/gpt-4o", 0),
    ],
)

POML = Example(
    "prompts/explain.poml",
    """<!-- not sent -->
<poml>
  <meta minVersion="0.5.0" />
  <runtime model="gpt-5" max-output-tokens="1000" />
  <let name="tone">A friendly tone</let>
  <role>You are a teacher
    who explains #lt;figures#gt; to {{audience}}.</role>
  <task>Explain <b>this</b> figure.
    <list>
      <item for="rule in rules" if="rule.on">{{rule.text}} holds</item>
    </list>
  </task>
  <hint caption="Background"><document src="notes.txt"/></hint>
  <example>
    <input>What is that?</input>
    <output>A cat.</output>
  </example>
  <human-msg>Look at <img src="cat.jpg" alt="a cat"/> please.</human-msg>
  <code>
x = 1

y = 2
</code>
  <tool-definition name="search" description="Search the web for pages">{}</tool-definition>
</poml>
""",
    [
        (
            "messages[0]",
            "system",
            "# Role\n\nYou are a teacher who explains <figures> to .\n\n# Task\n\nExplain this figure."
            "\n\n-  holds\n\n# Background\n\n\n\nx = 1\n\ny = 2",
            ["audience", "rule.text"],
            "gpt-5",
            1000,
        ),
        ("messages[1]", "user", "What is that?", [], "gpt-5", 1000),
        ("messages[2]", "assistant", "A cat.", [], "gpt-5", 1000),
        ("messages[3]", "user", "Look at  please.", ["cat.jpg"], "gpt-5", 1000),
        ("tools.search", "tool", "Search the web for pages", [], "", 0),
    ],
)

EXAMPLES = {
    name.lower(): example for name, example in list(globals().items()) if isinstance(example, Example)
}
