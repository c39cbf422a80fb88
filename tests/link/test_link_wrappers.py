"""Calls of SDKs through functions of the repository, through names that are passed on, and what is no call."""

from __future__ import annotations

import pytest
from linked_trees import Sends, explicit, linked, sends

from scrimp.link.calls.sending import MOST_CALLERS

CLIENT = "from openai import OpenAI\nclient = OpenAI()\n"


def openai(*parts: tuple[str, str], model: str = "gpt-5", cap: int = 0) -> Sends:
    return Sends("openai", "chat.completions.create", parts, model, cap)


def test_a_wrapper_s_callers_say_what_is_sent() -> None:
    found = sends(
        {
            "llm.py": CLIENT
            + "def ask(messages, model='gpt-5'):\n"
            + "    return client.chat.completions.create(model=model, messages=messages)\n",
            "a.py": "from llm import ask\n"
            "def one():\n    return ask([{'role': 'user', 'content': 'Name three rivers of old Europe.'}])\n"
            "def two():\n    return ask([{'role': 'user', 'content': 'Name three lakes of old Europe.'}], 'gpt-5-x')\n",
        }
    )
    assert found == [
        openai(("user", "Name three rivers of old Europe.")),
        openai(("user", "Name three lakes of old Europe."), model="gpt-5-x"),
    ]


ADDING = CLIENT + (
    "def ask(messages):\n    return client.chat.completions.create(model='gpt-5', messages=messages)\n"
    "def chat(history):\n"
    "    messages = [{'role': 'system', 'content': 'You answer questions about rivers only.'}]\n"
    "    messages.extend(history)\n"
    "    return ask(messages)\n"
    "def one(request):\n    return chat(request.messages)\n"
)


def test_callers_that_add_no_text_are_no_calls_of_their_own() -> None:
    other = "def two(socket):\n    return chat(socket.receive())\n"
    assert sends({"a.py": ADDING + other}) == [openai(("system", "You answer questions about rivers only."))]


def test_callers_that_add_text_are_calls_of_their_own() -> None:
    other = "def two():\n    return chat([{'role': 'user', 'content': 'Name three rivers of old Europe.'}])\n"
    found = sends({"a.py": ADDING + other})
    system = ("system", "You answer questions about rivers only.")
    assert [each.parts for each in found] == [
        (system,),
        (system, ("user", "Name three rivers of old Europe.")),
    ]


def test_arguments_are_followed_through_several_hops_of_stars() -> None:
    found = sends(
        {
            "llm.py": CLIENT
            + "def inner(**kwargs):\n    return client.chat.completions.create(model='gpt-5', **kwargs)\n"
            + "def outer(*args, **kwargs):\n    return inner(*args, **kwargs)\n",
            "a.py": "from llm import outer\n"
            "def one():\n    return outer(messages=[{'role': 'user', 'content': 'Name three rivers of old Europe.'}])\n"
            "def two():\n    return outer(messages=[{'role': 'user', 'content': 'Name three lakes of old Europe.'}])\n",
        }
    )
    assert [each.parts for each in found] == [
        (("user", "Name three rivers of old Europe."),),
        (("user", "Name three lakes of old Europe."),),
    ]


def test_a_constructor_s_text_is_sent_by_the_object_s_methods() -> None:
    code = CLIENT + (
        "class Helper:\n"
        "    def __init__(self, system):\n        self.system = system\n"
        "    def run(self, question):\n"
        "        messages = [{'role': 'system', 'content': self.system}, {'role': 'user', 'content': question}]\n"
        "        return client.chat.completions.create(model='gpt-5', messages=messages)\n"
        "helper = Helper('You answer questions about rivers only.')\n"
    )
    assert sends({"a.py": code}) == [openai(("system", "You answer questions about rivers only."))]


@pytest.mark.parametrize(
    "call",
    [
        "retry(client.chat.completions.create, model='gpt-5', messages=messages)",
        "asyncio.to_thread(client.chat.completions.create, model='gpt-5', messages=messages)",
        "functools.partial(client.chat.completions.create, model='gpt-5', messages=messages)()",
        "with_retry(client.chat.completions.create)(model='gpt-5', messages=messages)",
        "threading.Thread(target=client.chat.completions.create, kwargs={'model': 'gpt-5', 'messages': messages})",
        "client.chat.completions.create(**{'model': 'gpt-5', 'messages': messages})",
    ],
)
def test_a_call_that_is_handed_on_counts(call: str) -> None:
    code = CLIENT + (
        "def ask():\n    messages = [{'role': 'user', 'content': 'Name three rivers of old Europe.'}]\n"
        f"    return {call}\n"
    )
    assert sends({"a.py": code}) == [openai(("user", "Name three rivers of old Europe."))]


def test_arguments_built_before_the_call_count() -> None:
    code = CLIENT + (
        "def ask(stream, history):\n"
        "    params = {'model': 'gpt-5'}\n"
        "    params['messages'] = [{'role': 'system', 'content': 'You know all rivers of Europe.'}, *history]\n"
        "    if stream:\n        params['stream'] = True\n"
        "    params.update({'max_tokens': 70})\n"
        "    return client.chat.completions.create(**params)\n"
    )
    assert sends({"a.py": code}) == [openai(("system", "You know all rivers of Europe."), cap=70)]


def test_lists_that_are_added_are_one_list() -> None:
    code = CLIENT + (
        "SYSTEM = [{'role': 'system', 'content': 'You know all rivers of Europe.'}]\n"
        "def ask(history):\n"
        "    return client.chat.completions.create(model='gpt-5', messages=SYSTEM + history)\n"
    )
    assert sends({"a.py": code}) == [openai(("system", "You know all rivers of Europe."))]


def test_a_model_made_by_a_factory_is_known() -> None:
    code = (
        "from langchain_openai import ChatOpenAI\n"
        "def make():\n    return ChatOpenAI(model='gpt-5-mini', max_tokens=50)\n"
        "def ask():\n    return make().bind_tools([]).invoke('Name three rivers of old Europe.')\n"
    )
    assert sends({"a.py": code}) == [
        Sends("langchain", "invoke", (("user", "Name three rivers of old Europe."),), "gpt-5-mini", 50)
    ]


def test_an_agent_s_subclass_hands_its_text_to_its_base() -> None:
    code = (
        "from autogen_agentchat.agents import AssistantAgent\n"
        "class Rivers(AssistantAgent):\n"
        "    def __init__(self, model_client):\n"
        "        super().__init__('rivers', model_client, system_message='You know all rivers of Europe.')\n"
    )
    assert [each.parts for each in sends({"a.py": code})] == [(("system", "You know all rivers of Europe."),)]


@pytest.mark.parametrize(
    "code",
    [
        "db.create(model='x', messages=['a row of an ordinary table'])",
        "client.beta.threads.messages.create(thread_id='t', role='user', content='a message that is only stored')",
        "from twilio.rest import Client\nclient = Client()\n"
        "client.messages.create(body='your code is one two three', to='1', from_='2')",
        "import anthropic\nfrom twilio.rest import Client\nsms = Client()\n"
        "sms.messages.create(body='your code is one two three', to='1', from_='2')",
        "import requests\nrequests.get('https://example.org', params={'prompt': 'a word with many letters'})",
        "import subprocess\nsubprocess.run('echo a command of several words', shell=True)",
        "from celery import Task\nTask(description='a task that a worker runs', expected_output='none at all')",
        "from pulumi import Agent\nAgent(role='a role with many rights', goal='to build', backstory='made by hand')",
        "from langchain.tools import tool\ntool.invoke({'input': 'a value that only a tool gets'})",
        "from crewai import Agent\nAgent(config=settings)",
    ],
)
def test_what_sends_nothing_to_a_model_is_no_call(code: str) -> None:
    assert explicit(linked({"a.py": code + "\n"})) == []


def test_lists_of_parameters_are_added_up_for_whoever_brings_them() -> None:
    code = CLIENT + (
        "def ask(system, memory):\n"
        "    messages = system + memory.messages()\n"
        "    return client.chat.completions.create(model='gpt-5', messages=messages)\n"
        "def one(memory):\n"
        "    return ask([{'role': 'system', 'content': 'Name three rivers of old Europe.'}], memory)\n"
        "def two(memory):\n"
        "    return ask([{'role': 'system', 'content': 'Name three lakes of old Europe.'}], memory)\n"
    )
    assert sends({"a.py": code}) == [
        openai(("system", "Name three rivers of old Europe.")),
        openai(("system", "Name three lakes of old Europe.")),
    ]


def test_texts_are_added_up_by_their_names() -> None:
    code = CLIENT + (
        "ROLE = 'You name rivers of old Europe.'\n"
        "TASK = 'Answer in one line of plain text.'\n"
        "def ask(question):\n"
        "    return client.responses.create(model='gpt-5', input=ROLE + question + TASK)\n"
    )
    assert [each.parts for each in sends({"a.py": code})] == [
        (("user", "You name rivers of old Europe."), ("user", "Answer in one line of plain text."))
    ]


def test_a_lambda_is_what_it_gives() -> None:
    code = CLIENT + (
        "class Helper:\n"
        "    def __init__(self, system):\n        self.system = system\n"
        "    def run(self):\n"
        "        messages = [{'role': 'system', 'content': self.system}]\n"
        "        return client.chat.completions.create(model='gpt-5', messages=messages)\n"
        "class Team:\n"
        "    def __init__(self, system='You answer questions about rivers only.'):\n        self.system = system\n"
        "    def factory(self):\n        return lambda: Helper(self.system)\n"
    )
    assert sends({"a.py": code}) == [openai(("system", "You answer questions about rivers only."))]


def test_a_lambda_that_is_called_gives_its_text() -> None:
    code = CLIENT + (
        "prompt = lambda place: f'Name three rivers of {place}, one a line.'\n"
        "def ask(place):\n"
        "    return client.responses.create(model='gpt-5', input=prompt(place))\n"
    )
    assert [each.parts for each in sends({"a.py": code})] == [
        (("user", "Name three rivers of {place}, one a line."),)
    ]


def test_callers_beyond_those_that_are_followed_are_said_to_be_unseen() -> None:
    asks = "".join(
        f"def f{n}():\n    return ask([{{'role': 'user', 'content': 'Name {n} rivers of old Europe.'}}])\n"
        for n in range(MOST_CALLERS + 1)
    )
    wrapper = (
        "def ask(messages):\n    return client.chat.completions.create(model='gpt-5', messages=messages)\n"
    )
    found = linked({"a.py": CLIENT + wrapper + asks})

    assert len(explicit(found)) == MOST_CALLERS + 1  # the call itself stands for the others
    assert [(each.line, each.reason) for each in found.unresolved] == [
        (4, "only the first 200 calls of the function around it were followed")
    ]


def test_ways_over_callers_of_callers_beyond_those_that_are_followed_are_said_to_be_unseen() -> None:
    wrapper = (
        "def ask(messages):\n    return client.chat.completions.create(model='gpt-5', messages=messages)\n"
    )
    passing = "".join(f"def pass{n}(messages):\n    return ask(messages)\n" for n in range(15))
    asks = "".join(
        f"def f{n}_{m}():\n    pass{n}([{{'role': 'user', 'content': 'Name {n} lakes and {m} rivers.'}}])\n"
        for n in range(15)
        for m in range(15)
    )
    found = linked({"a.py": CLIENT + wrapper + passing + asks})

    assert [(each.line, each.reason) for each in found.unresolved] == [
        (4, "only the first 200 calls of the function around it were followed")
    ]


BASE = "class BaseModel:\n    def ask(self, messages):\n        raise NotImplementedError\n"
DERIVED = (
    "from base import BaseModel\n"
    + CLIENT
    + (
        "class OpenAIModel(BaseModel):\n"
        "    def ask(self, messages):\n"
        "        return client.chat.completions.create(model='gpt-5', messages=messages)\n"
    )
)
RIVERS = "[{'role': 'user', 'content': 'Name three rivers of old Europe.'}]"


@pytest.mark.parametrize(
    "receiver",
    [
        "def go(llm: BaseModel):\n    llm.ask({})\n",
        "def go(llm):\n    llm.ask({})\n",
        "BaseModel().ask({})\n",
    ],
)
def test_a_call_of_a_base_class_s_method_runs_what_overrides_it(receiver: str) -> None:
    used = "from base import BaseModel\n" + receiver.format(RIVERS)
    assert sends({"base.py": BASE, "derived.py": DERIVED, "use.py": used}) == [
        openai(("user", "Name three rivers of old Europe."))
    ]


@pytest.mark.parametrize(("receiver", "is_sent"), [("chat_model", True), ("session", False)])
def test_a_common_method_of_something_unknown_is_the_tree_s_if_its_name_is_akin(
    receiver: str, is_sent: bool
) -> None:
    used = f"def go({receiver}):\n    {receiver}.run({RIVERS})\n"
    common = {"base.py": BASE.replace("ask", "run"), "derived.py": DERIVED.replace("ask", "run")}
    found = [each.parts for each in sends(common | {"use.py": used})]
    assert found == ([(("user", "Name three rivers of old Europe."),)] if is_sent else [()])


def test_methods_of_classes_that_share_no_base_are_not_mixed_up() -> None:
    other = "class Road:\n    def ask(self, way):\n        return way\n"
    used = f"def go(llm):\n    llm.ask({RIVERS})\n"
    found = sends({"base.py": BASE, "derived.py": DERIVED, "road.py": other, "use.py": used})
    assert [each.parts for each in found] == [()]


def test_calls_of_several_sdks_behind_one_method_are_all_reported() -> None:
    other = (
        "from base import BaseModel\nimport anthropic\nclient = anthropic.Anthropic()\n"
        "class AnthropicModel(BaseModel):\n"
        "    def ask(self, messages):\n"
        "        return client.messages.create(model='claude-sonnet-4-5', max_tokens=9, messages=messages)\n"
    )
    used = f"def one(llm):\n    llm.ask({RIVERS})\ndef two(llm):\n    llm.ask({RIVERS.replace('rivers', 'lakes')})\n"
    found = linked({"base.py": BASE, "derived.py": DERIVED, "other.py": other, "use.py": used})
    assert sorted((each.sdk, each.path, each.line, len(each.parts)) for each in found.requests) == [
        ("anthropic", "other.py", 6, 0),
        ("openai", "use.py", 2, 1),
        ("openai", "use.py", 4, 1),
    ]


@pytest.mark.parametrize(
    "fallback",
    ["if not system:\n        system = 'You name rivers.'", "system = system or 'You name rivers.'"],
)
def test_a_parameter_with_a_fallback_is_what_the_callers_give_or_the_fallback(fallback: str) -> None:
    code = CLIENT + (
        f"def ask(system=None):\n    {fallback}\n"
        "    return client.responses.create(model='gpt-5', instructions=system)\n"
        "ask('You name the lakes of old Europe.')\n"
        "ask('You name the seas of old Europe.')\n"
    )
    assert [each.parts for each in sends({"a.py": code})] == [
        (("system", "You name the lakes of old Europe."), ("system", "You name rivers.")),
        (("system", "You name the seas of old Europe."), ("system", "You name rivers.")),
    ]


def test_what_is_appended_to_one_of_two_lists_belongs_to_either() -> None:
    code = CLIENT + (
        "def ask(strict, question):\n"
        "    if strict:\n        messages = [{'role': 'system', 'content': 'You name rivers only.'}]\n"
        "    else:\n        messages = []\n"
        "    messages.append({'role': 'user', 'content': f'Name three of {question}.'})\n"
        "    return client.chat.completions.create(model='gpt-5', messages=messages)\n"
    )
    assert [each.parts for each in sends({"a.py": code})] == [
        (("system", "You name rivers only."), ("user", "Name three of {question}."))
    ]


@pytest.mark.parametrize(
    ("path", "code"),
    [
        (
            "a.py",
            "from litellm import completion as complete\n"
            "complete(model='gpt-5', messages=[{'role': 'user', 'content': 'Name three rivers of old Europe.'}])\n",
        ),
        (
            "a.ts",
            'import { generateText as _generateText } from "ai";\nimport { openai } from "@ai-sdk/openai";\n'
            '_generateText({ model: openai("gpt-5"), prompt: "Name three rivers of old Europe." });\n',
        ),
    ],
)
def test_a_function_of_an_sdk_may_go_by_another_name(path: str, code: str) -> None:
    (found,) = sends({path: code})
    assert (found.parts, found.model) == ((("user", "Name three rivers of old Europe."),), "gpt-5")


def test_a_wrapper_may_go_by_another_name() -> None:
    wrapper = CLIENT + (
        "def ask(question):\n"
        "    client.chat.completions.create(model='gpt-5', messages=[{'role': 'user', 'content': question}])\n"
    )
    caller = "from llm import ask as _ask\n_ask('Name three rivers of old Europe.')\n"
    assert sends({"llm.py": wrapper, "a.py": caller}) == [
        openai(("user", "Name three rivers of old Europe."))
    ]


@pytest.mark.parametrize(
    ("converter", "converted"),
    [
        (
            "def convert_messages(given):\n"
            "    return [{'role': each.role, 'content': each.content} for each in given]\n",
            "convert_messages(messages)",
        ),
        (
            "def as_dicts(messages):\n    return [each.model_dump() for each in messages]\n",
            "as_dicts(messages)",
        ),
        (
            "def as_dicts(messages):\n"
            "    result = []\n    for each in messages:\n        result.append(each.model_dump())\n    return result\n",
            "[*as_dicts(messages)]",
        ),
    ],
)
def test_messages_that_a_function_converts_are_those_that_it_gets(converter: str, converted: str) -> None:
    wrapper = CLIENT + (
        f"{converter}"
        "def ask(messages):\n"
        f"    client.chat.completions.create(model='gpt-5', messages={converted})\n"
    )
    caller = "from llm import ask\nask([{'role': 'user', 'content': 'Name three rivers of old Europe.'}])\n"
    assert sends({"llm.py": wrapper, "a.py": caller}) == [
        openai(("user", "Name three rivers of old Europe."))
    ]


def test_what_a_function_answers_to_messages_is_not_what_it_got() -> None:
    code = CLIENT + (
        "def ask(prompt):\n"
        "    answer = client.chat.completions.create(model='gpt-5', messages=[{'role': 'user', 'content': prompt}])\n"
        "    return answer.choices[0].message.content\n"
        "answer = ask('Name three rivers of old Europe.')\n"
        "client.chat.completions.create(model='gpt-5', messages=[{'role': 'user', 'content': answer}])\n"
    )
    assert [each.parts for each in sends({"a.py": code})] == [
        (("user", "Name three rivers of old Europe."),),
        (),
    ]


@pytest.mark.parametrize(
    "wrapper",
    [
        "def ask(messages):\n"
        "    def attempt():\n"
        "        return client.chat.completions.create(model='gpt-5', messages=messages)\n"
        "    return attempt()\n",
        "def ask(messages):\n"
        "    return retry(lambda: client.chat.completions.create(model='gpt-5', messages=messages))\n",
    ],
)
def test_a_function_within_a_wrapper_sends_what_the_wrapper_gets(wrapper: str) -> None:
    caller = "from llm import ask\nask([{'role': 'user', 'content': 'Name three rivers of old Europe.'}])\n"
    assert sends({"llm.py": CLIENT + wrapper, "a.py": caller}) == [
        openai(("user", "Name three rivers of old Europe."))
    ]


@pytest.mark.parametrize(
    "unpacked", ["*first(x)", "*Table.first(x)", "*first(x)[:1]", "*FIRST", "*[FIRST[0]]"]
)
def test_a_list_unpacks_what_stands_behind_a_star(unpacked: str) -> None:
    code = CLIENT + (
        "FIRST = [{'role': 'system', 'content': 'You know all the rivers of Europe.'}]\n"
        "def first(x):\n    return [{'role': 'system', 'content': 'You know all the rivers of Europe.'}]\n"
        "class Table:\n    @staticmethod\n    def first(x):\n        return first(x)\n"
        f"messages = [{unpacked}, {{'role': 'user', 'content': 'Name three of them, please.'}}]\n"
        "client.chat.completions.create(model='gpt-5', messages=messages)\n"
    )
    assert sends({"a.py": code}) == [
        openai(("system", "You know all the rivers of Europe."), ("user", "Name three of them, please."))
    ]


def test_of_methods_of_one_name_the_one_is_run_whose_class_the_receiver_is_named_like() -> None:
    code = CLIENT + (
        "class LLM:\n    def invoke(self, messages):\n        raise NotImplementedError\n"
        "class OwnLLM(LLM):\n"
        "    def invoke(self, messages):\n"
        "        return client.chat.completions.create(model='gpt-5', messages=messages)\n"
        "class Tool:\n    def invoke(self, arguments):\n        return arguments\n"
        "def ask(settings):\n"
        "    settings.llm.invoke([{'role': 'user', 'content': 'Name three rivers of old Europe.'}])\n"
        "    settings.tool.invoke([{'role': 'user', 'content': 'Name three lakes of old Europe.'}])\n"
    )
    assert sends({"a.py": code}) == [openai(("user", "Name three rivers of old Europe."))]


def test_a_field_of_a_message_is_what_the_message_was_made_with() -> None:
    wrapper = CLIENT + (
        "def ask(message):\n"
        "    plain = [{'role': message.role, 'content': message.content}]\n"
        "    client.chat.completions.create(model='gpt-5', messages=plain)\n"
    )
    caller = (
        "from langchain_core.messages import ChatMessage\nfrom llm import ask\n"
        "ask(ChatMessage(role='system', content='You know all the rivers of Europe.'))\n"
    )
    assert sends({"llm.py": wrapper, "a.py": caller}) == [
        openai(("system", "You know all the rivers of Europe."))
    ]


@pytest.mark.parametrize(
    ("path", "code"),
    [
        (
            "a.py",
            "from langchain_openai import ChatOpenAI\nfrom langchain_core.prompts import ChatPromptTemplate\n"
            "prompt = ChatPromptTemplate.from_messages([('system', '{rules}'), ('human', '{input}')])\n"
            "RULES = 'Answer in one short sentence and name the river.'\n"
            "(prompt | ChatOpenAI(model='gpt-5')).invoke({'rules': RULES, 'input': input()})\n",
        ),
        (
            "a.ts",
            'import { ChatOpenAI } from "@langchain/openai";\n'
            'import { ChatPromptTemplate } from "@langchain/core/prompts";\n'
            'const prompt = ChatPromptTemplate.fromMessages([["system", "{rules}"], ["human", "{input}"]]);\n'
            'const RULES = "Answer in one short sentence and name the river.";\n'
            'const chain = prompt.pipe(new ChatOpenAI({ model: "gpt-5" }));\n'
            "export const ask = (text: string) => chain.invoke({ rules: RULES, input: text });\n",
        ),
    ],
)
def test_a_chain_sends_what_it_is_given_for_the_holes_of_its_templates(path: str, code: str) -> None:
    (found,) = sends({path: code})
    assert ("system", "Answer in one short sentence and name the river.") in found.parts
