"""Model calls without an SDK: by the address, or by what the body is like."""

from __future__ import annotations

import pytest
from linked_trees import Sends, sends

SYSTEM = "You are a careful librarian of old maps."
ASK = "Describe the map of {city} in two sentences."
BODY = f'''{{"model": "gpt-5-mini", "max_tokens": 90, "messages": [
    {{"role": "system", "content": "{SYSTEM}"}}, {{"role": "user", "content": f"{ASK}"}}]}}'''
BODY_JS = f'''{{ model: "gpt-5-mini", max_tokens: 90, messages: [
  {{ role: "system", content: "{SYSTEM}" }}, {{ role: "user", content: `{ASK.replace("{", "${")}` }}] }}'''
PARTS = (("system", SYSTEM), ("user", ASK))


@pytest.mark.parametrize(
    "statements",
    [
        "return requests.post(URL, json=body)",
        "return requests.post(URL, headers={}, data=json.dumps(body), timeout=60)",
        'return requests.request("POST", URL, json=body)',
        "with requests.Session() as session:\n        return session.post(URL, json=body)",
        "return httpx.post(URL, content=json.dumps(body).encode())",
        'return httpx.Client(base_url="https://api.example.com").post("/v1/chat/completions", json=body)',
        "return self.http.post(URL, json=body)",
        "return retry(requests.post, URL, json=body)",
        "return urllib.request.urlopen(urllib.request.Request(URL, data=json.dumps(body).encode()))",
    ],
)
def test_a_body_is_read_wherever_the_client_takes_it(statements: str) -> None:
    code = f"""
import json, httpx, requests, urllib.request
URL = "https://models.example.com/v1/ask"
def ask(self, city):
    body = {BODY}
    {statements}
"""
    (found,) = sends({"a.py": code})
    assert (found.sdk, found.parts, found.model, found.output_cap) == ("http", PARTS, "gpt-5-mini", 90)


def test_an_asynchronous_session_is_a_client_too() -> None:
    code = f"""
import aiohttp
async def ask(city):
    async with aiohttp.ClientSession() as session:
        async with session.post("https://models.example.com/v1/ask", json={BODY}) as response:
            return await response.json()
"""
    assert sends({"a.py": code}) == [Sends("http", "post", PARTS, "gpt-5-mini", 90)]


@pytest.mark.parametrize(
    ("statement", "function"),
    [
        ('fetch(URL, { method: "POST", body: JSON.stringify(body) })', "fetch"),
        ("fetch(URL, options)", "fetch"),
        ("axios.post(URL, body, { headers: {} })", "post"),
        ("axios.post(URL, " + BODY_JS + ")", "post"),
        ('axios({ url: URL, method: "post", data: body })', "axios"),
        ("ky.post(URL, { json: body }).json()", "post"),
        ('client.post("/v1/chat/completions", body)', "post"),
        ("got(URL, { json: body })", "got"),
    ],
)
def test_a_body_is_read_in_javascript(statement: str, function: str) -> None:
    code = f"""
import axios from "axios";
import ky from "ky";
import got from "got";
const URL = "https://models.example.com/v1/ask";
const client = axios.create({{ baseURL: "https://models.example.com" }});
export async function ask(city: string) {{
  const body = {BODY_JS};
  const options = {{ method: "POST", body: JSON.stringify(body) }};
  return {statement};
}}
"""
    (found,) = sends({"a.ts": code})
    assert (found.sdk, found.parts, found.model, found.output_cap) == ("http", PARTS, "gpt-5-mini", 90)


@pytest.mark.parametrize(
    "address",
    [
        "https://api.openai.com/v1/chat/completions",
        "https://api.openai.com/v1/responses",
        "https://api.anthropic.com/v1/messages",
        "https://generativelanguage.googleapis.com/v1beta/models/gemini-2.5-flash:generateContent",
        "http://localhost:11434/api/chat",
        "{base}/chat/completions",
    ],
)
def test_an_address_of_models_tells_even_if_the_body_comes_from_outside(address: str) -> None:
    code = f'''
import requests
def ask(base, body):
    return requests.post(f"{address}", json=body)
'''
    assert [(each.sdk, each.function) for each in sends({"a.py": code})] == [("http", "post")]


GEMINI = """
import requests
URL = "https://generativelanguage.googleapis.com/v1beta/models/gemini-2.5-flash:generateContent"
requests.post(URL, json={
    "system_instruction": {"parts": [{"text": "You are a careful librarian of old maps."}]},
    "contents": [{"role": "user", "parts": [{"text": "Describe the map of Prague."}]}],
    "generationConfig": {"maxOutputTokens": 70},
})
"""


def test_a_body_of_another_provider_is_read_by_its_own_names() -> None:
    assert sends({"a.py": GEMINI}) == [
        Sends("http", "post", (("system", SYSTEM), ("user", "Describe the map of Prague.")), "", 70)
    ]


def test_a_body_that_a_wrapper_is_given_is_followed_to_its_callers() -> None:
    code = f"""
import httpx
class Librarian:
    async def _post(self, payload):
        async with httpx.AsyncClient() as client:
            return await client.post(f"{{self.base}}/v1/chat/completions", json=payload)
    async def ask(self, city):
        payload = {BODY}
        return await self._post(payload)
"""
    assert sends({"a.py": code}) == [Sends("http", "post", PARTS, "gpt-5-mini", 90)]


@pytest.mark.parametrize(
    "statement",
    [
        "requests.post(url or URL, body)",
        "requests.post(URL, json=body or {})",
        "requests.post(URL, **options)",
        'requests.post(URL, json={"model": "text-embedding-3-small", "input": "Maps of Prague and of Brno."})',
        'requests.post("https://api.openai.com/v1/embeddings", json={"model": m, "input": t, "tools": []})',
        'requests.post("https://api.openai.com/v1/images/generations", json={"model": m, "prompt": p, "max_tokens": 1})',
        'requests.post(URL, json={"messages": [{"to": "+49123", "text": "Your parcel is on its way."}]})',
        'requests.get("https://example.com/v1/maps", params={"prompt": "consent"})',
        'requests.post(URL, data={"prompt": "Your parcel is on its way."})',
        'client.post("/v1/chat/completions", json={"model": m, "messages": [{"role": "user", "content": "Hi there."}]})',
        'TestClient(app).post("/ask", json={"model": m, "messages": [{"role": "user", "content": "Hi there."}]})',
    ],
)
def test_other_traffic_is_no_model_call(statement: str) -> None:
    code = f"""
import requests
from fastapi.testclient import TestClient
URL = "https://example.com/v1/things"
def send(client, app, m, t, p, url, body, **options):
    return {statement}
"""
    assert sends({"a.py": code}) == []


def test_a_page_that_asks_its_own_server_sends_nothing_to_a_model() -> None:
    code = """
    export const ask = (messages) =>
      fetch("/api/chat", { method: "POST", body: JSON.stringify({ model: "small", messages }) });
    """
    assert sends({"a.ts": code}) == []


def test_a_body_that_may_be_the_json_of_itself_is_read_once() -> None:
    code = """
    import json, requests
    def call(body, n):
        while n:
            if n > 2:
                body = json.dumps(body)
            requests.post("https://api.openai.com/v1/chat/completions", data=body)
    """

    assert len(sends({"a.py": code})) == 1
