"""What a call sends, and what makes a request at all."""

from __future__ import annotations

import json

import pytest
from linked_repository import explicit, implicit, linked, linked_module, prompt, sent, shown

CHAT = """
import openai

client = openai.OpenAI()

def ask(question, history):
    return client.chat.completions.create(
        {arguments}
    )
"""


def test_a_call_tells_model_roles_cap_and_tools() -> None:
    found = linked_module(
        """
        from openai import OpenAI

        def summarise(text):
            client = OpenAI()
            response = client.chat.completions.create(
                model="gpt-5-mini",
                max_completion_tokens=800,
                tools=[{"type": "function", "function": {"name": "look"}}, SEARCH],
                messages=[
                    {"role": "system", "content": "You sum up texts about birds."},
                    {"role": "user", "content": f"Sum this up: {text}"},
                ],
            )
            return response.choices[0].message.content
        """
    )

    (request,) = found.requests
    assert (request.id, request.path, request.line) == ("app.py::summarise#1", "app.py", 5)
    assert (request.sdk, request.function) == ("openai", "chat.completions.create")
    assert (request.model, request.model_source) == ("gpt-5-mini", "call")
    assert (request.output_cap, request.tools, request.messages) == (800, 2, 2)
    assert (request.implicit, request.text, request.repeats) == (False, "full", "once")
    assert sent(request) == [
        ("system", "summarise.messages.content#system"),
        ("user", "summarise.messages.content#user"),
    ]


WEATHER = {
    "type": "function",
    "function": {
        "name": "weather",
        "description": "",
        "parameters": {
            "type": "object",
            "properties": {
                "place": {"type": "string", "description": ""},
                "description": {"type": "string"},
                "days": {"type": "integer", "enum": [1, 7]},
            },
        },
    },
}


@pytest.mark.parametrize(
    ("choice", "forced"),
    [
        ("", False),
        ('tool_choice="auto",', False),
        ('tool_choice="none",', False),
        ('tool_choice="required",', True),
        ('tool_choice={"type": "function", "function": {"name": "weather"}},', True),
        ('tool_choice={"type": "auto"},', False),
        ("tool_choice=choice,", False),
    ],
)
def test_tools_that_are_written_out_are_known_without_their_descriptions(choice: str, forced: bool) -> None:
    found = linked_module(
        f"""
        from openai import OpenAI

        PLACE = {{"type": "string", "description": "A town, and its country if there are several."}}
        WEATHER = {{
            "type": "function",
            "function": {{
                "name": "weather",
                "description": "Tell the weather of a place in the coming days.",
                "parameters": {{
                    "type": "object",
                    "properties": {{
                        "place": PLACE,
                        "description": {{"type": "string"}},
                        "days": {{"type": "integer", "enum": [1, 7]}},
                    }},
                }},
            }},
        }}

        def ask(question, choice):
            return OpenAI().chat.completions.create(
                model="gpt-5-mini",
                tools=[WEATHER, search],
                {choice}
                messages=[{{"role": "user", "content": "Will it rain in the mountains?"}}],
            )
        """
    )
    (request,) = [each for each in found.requests if not each.implicit]
    assert request.tools == 2
    assert [json.loads(each) for each in request.tool_schemas] == [WEATHER]
    assert request.tool_forced is forced


@pytest.mark.parametrize(
    ("arguments", "text", "is_open"),
    [
        ('messages=[{"role": "user", "content": "Tell me about a bird."}]', "full", False),
        ('messages=[{"role": "system", "content": "You know all birds."}, *history]', "partial", True),
        ('messages=[{"role": "system", "content": "You know all birds."}] + history', "partial", True),
        (
            'messages=[{"role": "system", "content": "You know all birds."}, {"role": "user", "content": question}]',
            "partial",
            True,
        ),
        ("messages=history", "passthrough", True),
        ("model='gpt-5'", "unknown", False),
    ],
)
def test_a_request_says_how_much_of_it_is_known(arguments: str, text: str, is_open: bool) -> None:
    (request,) = linked_module(CHAT.format(arguments=arguments)).requests

    assert (request.text, request.open_parts > 0) == (text, is_open)


def test_a_request_whose_text_is_not_known_is_unresolved() -> None:
    found = linked_module(CHAT.format(arguments="messages=history"))

    assert [(each.path, each.line, each.what) for each in found.unresolved] == [
        ("app.py", 6, "openai.chat.completions.create")
    ]


@pytest.mark.parametrize(
    "messages",
    [
        """
        messages = [{"role": "system", "content": SYSTEM}]
        messages.append({"role": "user", "content": ASK})
        """,
        """
        messages = [{"role": "system", "content": SYSTEM}]
        messages += [{"role": "user", "content": ASK}]
        """,
        """
        messages = []
        messages.extend([{"role": "system", "content": SYSTEM}, {"role": "user", "content": ASK}])
        """,
        """
        system = {"role": "system", "content": SYSTEM}
        messages = [system, dict(role="user", content=ASK)]
        """,
        """
        messages = build(SYSTEM, ASK)
        """,
        """
        messages = [{"role": "system", "content": [{"type": "text", "text": SYSTEM}]}, {"role": "user", "content": ASK}]
        """,
    ],
)
def test_messages_put_together_elsewhere_are_followed(messages: str) -> None:
    found = linked_module(
        f"""
        import openai
        SYSTEM = "You know all about birds."
        ASK = "Tell me about any bird."

        def build(system, user):
            return [{{"role": "system", "content": system}}, {{"role": "user", "content": user}}]

        def run():
            client = openai.OpenAI()
            {messages.strip().replace("        ", "            ")}
            client.chat.completions.create(messages=messages)
        """
    )

    (request,) = found.requests
    assert sent(request) == [("system", "SYSTEM"), ("user", "ASK")]


@pytest.mark.parametrize(
    ("model", "name"),
    [
        ('model="gpt-5"', "gpt-5"),
        ("model=MODEL", "gpt-5-mini"),
        ('model=os.getenv("MODEL", "gpt-5-nano")', "gpt-5-nano"),
        ('**{"model": "gpt-5"}', "gpt-5"),
        ('model=chosen or "gpt-5"', "gpt-5"),
        ("model=chosen", ""),
        ("temperature=0", ""),
    ],
)
def test_the_model_is_followed_to_where_it_is_written(model: str, name: str) -> None:
    found = linked_module(
        f"""
        import os
        import openai
        MODEL = "gpt-5-mini"

        def ask(chosen):
            openai.OpenAI().responses.create({model}, input="Tell me about a bird.")
        """
    )

    (request,) = found.requests
    assert (request.model, request.model_source) == (name, "call" if name else "")


@pytest.mark.parametrize(
    "client",
    [
        "self.client",
        "get_client()",
        "Bot.shared",
        "client",
    ],
)
def test_a_client_is_known_however_it_is_reached(client: str) -> None:
    found = linked_module(
        f"""
        import anthropic

        def get_client():
            return anthropic.Anthropic(api_key="none")

        class Bot:
            shared = anthropic.AsyncAnthropic()

            def __init__(self):
                self.client = anthropic.Anthropic()

            async def ask(self, client: anthropic.Anthropic):
                return await {client}.messages.create(
                    model="claude-sonnet-5",
                    max_tokens=1024,
                    system="You know all about birds.",
                    messages=[{{"role": "user", "content": "Tell me about any bird."}}],
                )
        """
    )

    (request,) = explicit(found)
    assert (request.sdk, request.function, request.output_cap) == ("anthropic", "messages.create", 1024)
    assert sent(request) == [("system", "Bot.ask.system"), ("user", "Bot.ask.messages.content")]


@pytest.mark.parametrize(
    "code",
    [
        "db.create(model='users', prompt='You know all about birds.')",
        "client.beta.threads.messages.create(thread_id='1', role='user', content='You know all about birds.')",
        "User.objects.create(messages=[{'text': 'You know all about birds.'}])",
        "stripe.messages.create(system='You know all about birds.')",
        "twilio.rest.Client().messages.create(body='You know all about birds.', to='1')",
        "logger.invoke('You know all about birds.')",
        "print('You know all about birds.')",
        "completion(messages=[{'text': 'You know all about birds.'}])",
    ],
)
def test_a_call_that_only_looks_like_one_is_no_request(code: str) -> None:
    found = linked_module(
        f"""
        import openai, stripe, twilio.rest
        client = openai.OpenAI()

        def completion(messages):
            return messages

        def run(db, logger):
            {code}
        """
    )

    assert explicit(found) == []


def test_a_call_in_a_loop_repeats() -> None:
    (request,) = linked_module(
        """
        import openai

        def run(names):
            for name in names:
                openai.OpenAI().responses.create(input=f"Tell me about {name}.")
        """
    ).requests

    assert request.repeats == "loop"


def test_templates_of_langchain_reach_a_model() -> None:
    found = linked_module(
        """
        from langchain_core.prompts import ChatPromptTemplate, PromptTemplate
        from langchain_openai import ChatOpenAI

        chat = ChatPromptTemplate.from_messages(
            [("system", "You know all about {kind}."), ("human", "{question}"), ("ai", "Let me think about it.")]
        )
        plain = PromptTemplate(template="Tell me about {kind}, please.", input_variables=["kind"])
        """
    )

    told = [(each.role, shown(each), each.template, each.confidence) for each in found.prompts]
    assert ("system", "You know all about {kind}.", "format", "high") in told
    assert ("assistant", "Let me think about it.", "format", "high") in told
    assert ("user", "Tell me about {kind}, please.", "format", "high") in told
    assert [variable.name for variable in found.prompts[0].variables] == ["kind"]


# --- wrappers ---------------------------------------------------------------------------------------

WRAPPER = """
import litellm

def complete(prompt, model="gpt-5-mini", system="You know all about birds."):
    return litellm.completion(
        model=model,
        max_tokens=500,
        messages=[{"role": "system", "content": system}, {"role": "user", "content": prompt}],
    )
"""


def test_a_function_that_passes_its_parameter_on_is_a_wrapper() -> None:
    found = linked(
        {
            "llm.py": WRAPPER,
            "birds.py": """
            from llm import complete

            def tell(bird):
                return complete(f"Tell me about {bird}, please.", model="gpt-5")
            """,
            "trees.py": """
            import llm

            def tell():
                return llm.complete(prompt="Tell me about trees.", system="You know all about trees.")
            """,
        }
    )

    birds, trees = explicit(found)
    assert (birds.id, birds.model, birds.output_cap, birds.text) == ("birds.py::tell#1", "gpt-5", 500, "full")
    assert sent(birds) == [("system", "complete.system"), ("user", "tell")]
    assert (trees.id, trees.model) == ("trees.py::tell#1", "gpt-5-mini")
    assert sent(trees) == [("system", "tell.system"), ("user", "tell.prompt")]


def test_a_wrapper_of_a_wrapper_is_followed() -> None:
    found = linked(
        {
            "llm.py": """
            import openai

            class Model:
                def __init__(self):
                    self.client = openai.OpenAI()

                def send(self, messages):
                    return self.client.chat.completions.create(model="gpt-5", messages=messages)

                def ask(self, text):
                    return self.send([{"role": "user", "content": text}])
            """,
            "app.py": """
            from llm import Model

            QUESTION = "Tell me about any bird."

            def run():
                model = Model()
                return model.ask(QUESTION)

            def again():
                return Model().ask(text=f"{QUESTION} And be very brief.")
            """,
        }
    )

    told = {request.id: (request.model, sent(request)) for request in explicit(found)}
    assert told == {
        "app.py::run#1": ("gpt-5", [("user", "QUESTION")]),
        "app.py::again#1": ("gpt-5", [("user", "again.text")]),
    }


def test_a_wrapper_with_one_caller_is_that_caller() -> None:
    found = linked_module(
        """
        import openai

        def send(text):
            return openai.OpenAI().responses.create(model="gpt-5", input=text)

        def run():
            send("Tell me about any bird.")
        """
    )

    (request,) = found.requests
    assert (request.id, sent(request)) == ("app.py::send#1", [("user", "run")])


def test_a_wrapper_that_nobody_calls_passes_text_through() -> None:
    (request,) = explicit(linked({"llm.py": WRAPPER}))

    assert (request.id, request.text) == ("llm.py::complete#1", "partial")


def test_functions_that_call_each_other_end() -> None:
    found = linked_module(
        """
        import openai

        def one(text):
            openai.OpenAI().responses.create(input=text)
            two(text)

        def two(text):
            one(text)

        one("Tell me about any bird.")
        """
    )

    assert [sent(request) for request in explicit(found)] == [[], [("user", "app.py")]]


# --- implicit requests ------------------------------------------------------------------------------


def test_what_no_call_carries_makes_an_implicit_request() -> None:
    found = linked_module(
        """
        import openai
        SYSTEM_PROMPT = "You know all about birds."
        USER_PROMPT = "Tell me about {bird}, please."
        """
    )

    requests = implicit(found)
    assert [sent(request) for request in requests] == [
        [("system", "SYSTEM_PROMPT")],
        [("user", "USER_PROMPT")],
    ]
    assert all(request.text == "full" and request.sdk == "" for request in requests)


def test_system_and_user_of_one_list_of_messages_are_one_implicit_request() -> None:
    found = linked_module(
        """
        import openai

        def messages(bird):
            return [
                {"role": "system", "content": "You know all about birds."},
                {"role": "user", "content": f"Tell me about {bird}, please."},
            ]
        """
    )

    (request,) = found.requests
    assert request.implicit
    assert [role for role, _ in sent(request)] == ["system", "user"]
    assert request.messages == 2


def test_system_and_user_of_one_template_are_one_implicit_request() -> None:
    found = linked_module(
        """
        from langchain_core.prompts import ChatPromptTemplate
        chat = ChatPromptTemplate.from_messages(
            [("system", "You know all about birds."), ("human", "Tell me about {bird}, please.")]
        )
        """
    )

    (request,) = found.requests
    assert request.implicit
    assert [role for role, _ in sent(request)] == ["system", "user"]


def test_what_a_call_carries_makes_no_implicit_request() -> None:
    found = linked_module(
        """
        import openai
        SYSTEM_PROMPT = "You know all about birds."
        openai.OpenAI().responses.create(instructions=SYSTEM_PROMPT, input="Tell me about any bird.")
        """
    )

    assert implicit(found) == []
    assert prompt(found, "SYSTEM_PROMPT").confidence == "high"


def test_an_object_of_ones_own_with_the_form_of_google_genai() -> None:
    code = """
    const response = await this.generator.generateContent({
      model: "gemini-2.5-flash",
      contents: [{ role: "user", parts: [{ text: `Describe the picture of ${name} in detail.` }] }],
      config: { systemInstruction: "You look at pictures and say what is on them.", maxOutputTokens: 300 },
    }, promptId);
    """
    (request,) = explicit(linked({"app.ts": code}))

    assert (request.sdk, request.model, request.output_cap) == ("google-genai", "gemini-2.5-flash", 300)
    assert [part.role for part in request.parts] == ["system", "user"]
