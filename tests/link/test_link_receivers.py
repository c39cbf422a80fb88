"""Which calls are model calls, by what is known of the object whose method they call."""

from __future__ import annotations

import pytest
from linked_trees import sends

TEXT = "Name the three longest rivers of the country."


def found(code: str) -> list[tuple[str, str, tuple[tuple[str, str], ...]]]:
    """SDK, function and parts of the model calls in a file, where ``TEXT`` stands for itself."""
    return [(each.sdk, each.function, each.parts) for each in sends({"a.py": code.replace("TEXT", TEXT)})]


def test_a_package_that_may_be_missing_is_still_that_package() -> None:
    code = """
    try:
        import litellm
    except ImportError:
        litellm = None
    def ask():
        return litellm.completion(model="m", messages=[{"role": "user", "content": "TEXT"}])
    """
    assert found(code) == [("litellm", "completion", (("user", TEXT),))]


MADE_BY_SUBCLASS = """
class Base:
    def __init__(self, client=None):
        self.client = client or self.create_client()
    def create_client(self):
        raise NotImplementedError
class House(Base):
    def create_client(self):
        from huggingface_hub import InferenceClient
        return InferenceClient("meta-llama/Llama-3.3-70B-Instruct")
    def ask(self):
        for part in self.retry(self.client.chat_completion, messages=[{"role": "user", "content": "TEXT"}]):
            yield part
class Other(Base):
    def create_client(self):
        return Shop()
    def ask(self):
        return self.client.chat_completion([{"role": "user", "content": "This one goes to a shop of its own."}])
"""


def test_a_client_is_the_one_that_the_derived_class_makes() -> None:
    assert found(MADE_BY_SUBCLASS) == [("huggingface", "chat_completion", (("user", TEXT),))]


@pytest.mark.parametrize(
    "client",
    [
        'boto3.client("bedrock-runtime")',
        'boto3.client(region_name="eu-west-1", service_name="bedrock-runtime")',
        'boto3.session.Session(profile_name="p").client("bedrock-runtime")',
        'stack.enter_context(boto3.Session().client("bedrock-runtime"))',
    ],
)
def test_a_client_of_one_service_is_known_by_its_name(client: str) -> None:
    code = f"""
    import boto3
    from contextlib import ExitStack
    stack = ExitStack()
    client = {client}
    client.converse(**given)
    """
    assert found(code) == [("bedrock", "converse", ())]
    assert found(code.replace("bedrock-runtime", "s3")) == []


def test_the_response_as_it_came_is_asked_for_by_the_same_call() -> None:
    code = """
    from openai import OpenAI
    client = OpenAI()
    def ask(model):
        client.with_options(timeout=5).beta.chat.completions.with_raw_response.parse(
            model=model, messages=[{"role": "user", "content": "TEXT"}]
        )
    """
    assert found(code) == [("openai", "chat.completions.parse", (("user", TEXT),))]


def test_a_client_of_an_unknown_package_is_believed_if_the_call_is_like_no_other() -> None:
    code = """
    from portkey_ai import Portkey
    client = Portkey(api_key=KEY)
    client.chat.completions.create(model="m", messages=[{"role": "user", "content": "TEXT"}])
    client.messages.create(body="Your parcel is on its way to you.", to="+491234", from_="+494321")
    client.completions.create(name="Your parcel is on its way to you.")
    """
    assert found(code) == [("openai", "chat.completions.create", (("user", TEXT),))]


def test_a_client_that_is_known_goes_before_one_that_the_call_only_looks_like() -> None:
    code = """
    from groq import Groq
    client = Groq()
    client.chat.completions.create(model="m", messages=[{"role": "user", "content": "TEXT"}])
    """
    assert found(code) == [("groq", "chat.completions.create", (("user", TEXT),))]


def test_a_method_that_nothing_in_the_tree_defines_is_that_of_the_base_outside() -> None:
    code = """
    from langchain_openai import ChatOpenAI
    class Careful(ChatOpenAI):
        def ask(self):
            return self.invoke("TEXT")
    class Shop(Basket):
        def ask(self):
            return self.invoke("This is what the shop is asked for by its customers.")
    """
    assert found(code) == [("langchain", "invoke", (("user", TEXT),))]


def test_a_method_that_many_objects_have_is_none_of_an_sdk_that_the_file_imports() -> None:
    code = """
        import { Mistral } from "@mistralai/mistralai";
        import { Runtime } from "./runtime";
        const instance = new Runtime({ apiKey: "k" });
        await instance.chat({ messages: [{ content: "Tell me of the old maps of Prague", role: "user" }], model: "m" });
        """
    assert sends({"a.ts": code}) == []
