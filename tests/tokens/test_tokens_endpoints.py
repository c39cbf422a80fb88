"""Asking providers for their counts: what is sent, and what their failures become."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

import pytest
from counting_server import FRAMING, Counting, counting_server

from scrimp.model.errors import UserError
from scrimp.tokens.endpoints import PROVIDERS, Endpoint

KEY = "sk-very-secret"
BASES = {"openai": "/v1", "anthropic": "", "google": ""}


@dataclass
class Asking:
    """An endpoint on the server, which notes how long it would have waited."""

    server: Counting
    provider: str
    waited: list[float] = field(default_factory=list)

    @property
    def environment(self) -> dict[str, str]:
        provider = PROVIDERS[self.provider]
        return {provider.keys[0]: KEY, provider.base: self.server.url + BASES[self.provider]}

    def count(self, model: str = "a-model", text: str = "one two three") -> int:
        return Endpoint(PROVIDERS[self.provider], self.environment, self.waited.append).count(model, text)

    def refused(self) -> UserError:
        with pytest.raises(UserError) as error:
            self.count()
        assert KEY not in str(error.value) + error.value.hint
        assert KEY[:9] not in error.value.message
        return error.value


@pytest.fixture
def server() -> Iterator[Counting]:
    with counting_server() as counting:
        yield counting


@pytest.fixture(params=sorted(PROVIDERS))
def asking(request: pytest.FixtureRequest, server: Counting) -> Asking:
    return Asking(server, request.param)


@pytest.mark.parametrize(
    ("provider", "path", "headers", "body"),
    [
        (
            "openai",
            "/v1/responses/input_tokens",
            {"authorization": f"Bearer {KEY}"},
            {"model": "gpt-6-sol", "input": "one two three"},
        ),
        (
            "anthropic",
            "/v1/messages/count_tokens",
            {"x-api-key": KEY, "anthropic-version": "2023-06-01"},
            {"model": "gpt-6-sol", "messages": [{"role": "user", "content": "one two three"}]},
        ),
        (
            "google",
            "/v1beta/models/gpt-6-sol:countTokens",
            {"x-goog-api-key": KEY},
            {"contents": [{"role": "user", "parts": [{"text": "one two three"}]}]},
        ),
    ],
)
def test_each_provider_is_asked_as_its_documentation_says(
    server: Counting, provider: str, path: str, headers: Mapping[str, str], body: object
) -> None:
    assert Asking(server, provider).count("gpt-6-sol") == FRAMING + 6
    (asked,) = server.asked
    assert (asked.path, asked.body) == (path, body)
    assert headers.items() <= asked.headers.items()
    assert asked.headers["content-type"] == "application/json"


def test_a_wrong_key_is_an_error_that_doesnt_say_it(asking: Asking) -> None:
    content = f'{{"error": {{"message": "Incorrect API key provided: {KEY}"}}}}'.encode()
    asking.server.failures = [(401, {}, content)]
    error = asking.refused()
    assert error.message == f"{asking.provider} answered 401"
    assert PROVIDERS[asking.provider].keys[0] in error.hint
    assert len(asking.server.asked) == 1


def test_a_busy_provider_is_asked_again_when_it_says(asking: Asking) -> None:
    asking.server.failures = [(429, {"retry-after": "3"}, b""), (429, {"retry-after": "1.5"}, b"")]
    assert asking.count() == FRAMING + 6
    assert asking.waited == [3, 1.5]


@pytest.mark.parametrize("status", [500, 503, 529])
def test_a_failing_provider_is_asked_again_a_little_later_each_time(asking: Asking, status: int) -> None:
    asking.server.failures = [(status, {}, b"oops")] * 3
    assert asking.count() == FRAMING + 6
    assert asking.waited == [1, 2, 4]


@pytest.mark.parametrize("status", [429, 500])
def test_a_provider_that_stays_busy_is_given_up(asking: Asking, status: int) -> None:
    asking.server.failures = [(status, {}, b"")] * 9
    assert asking.refused().message == f"{asking.provider} answered {status}"
    assert len(asking.server.asked) == 4


def test_a_long_wait_is_somebody_elses_decision(asking: Asking) -> None:
    asking.server.failures = [(429, {"retry-after": "3600"}, b"")]
    assert asking.refused().message == f"{asking.provider} asks to wait 3600 seconds"
    assert asking.waited == []


@pytest.mark.parametrize("asked", ["soon", "-5", "nan", "1e9", "Wed, 21 Oct 2026 07:28:00 GMT"])
def test_a_wait_that_cant_be_read_is_ours_to_choose(server: Counting, asked: str) -> None:
    server.failures = [(429, {"retry-after": asked}, b"")]
    asking = Asking(server, "openai")
    assert asking.count() == FRAMING + 6
    assert asking.waited == [1]


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"<html>",
        b"[1]",
        b"null",
        b"{}",
        b'{"input_tokens": "9", "totalTokens": "9"}',
        b'{"input_tokens": true, "totalTokens": true}',
        b'{"input_tokens": -9, "totalTokens": 0}',
        b'{"input_tokens": 1e30, "totalTokens": 1000000000000}',
        b"\xff\xfe",
    ],
)
def test_an_answer_without_a_count_is_an_error(asking: Asking, content: bytes) -> None:
    asking.server.failures = [(200, {}, content)]
    assert asking.refused().message == f"{asking.provider} answered without a count"


@pytest.mark.parametrize("status", [301, 302, 307, 308])
def test_a_redirect_is_not_followed(asking: Asking, status: int) -> None:
    with counting_server() as elsewhere:
        asking.server.failures = [(status, {"location": elsewhere.url + "/v1/responses/input_tokens"}, b"")]
        assert asking.refused().message == f"{asking.provider} redirects elsewhere ({status})"
        assert elsewhere.asked == []


@pytest.mark.parametrize("status", [400, 404])
def test_a_model_that_the_provider_doesnt_know_is_named(asking: Asking, status: int) -> None:
    asking.server.failures = [(status, {}, b"{}")]
    assert asking.refused().hint == "is a-model one of its models?"


def test_a_provider_that_isnt_there_is_an_error() -> None:
    with counting_server() as gone:
        pass
    asking = Asking(gone, "anthropic")
    assert asking.refused().message == "anthropic can't be reached"
    assert asking.waited == [1, 2, 4]


@pytest.mark.parametrize(
    "base", ["http://example.org/v1", "ftp://127.0.0.1", "example.org", "http://127.0.0.1.example.org"]
)
def test_a_key_is_not_sent_in_the_clear(base: str) -> None:
    environment = {"OPENAI_API_KEY": KEY, "OPENAI_BASE_URL": base}
    with pytest.raises(UserError, match="doesn't keep a key secret"):
        Endpoint(PROVIDERS["openai"], environment).count("gpt-6-sol", "one")


def test_a_key_that_is_missing_is_an_error_that_says_where_it_is_looked_for() -> None:
    with pytest.raises(UserError) as error:
        PROVIDERS["google"].key({"GEMINI_API_KEY": ""})
    assert error.value.hint == "set GEMINI_API_KEY or GOOGLE_API_KEY in the environment"
    assert PROVIDERS["google"].key({"GOOGLE_API_KEY": " k \n"}) == "k"


def test_a_models_name_cant_leave_its_place_in_the_address() -> None:
    url = PROVIDERS["google"].url("../../x?y#z", {})
    assert url == "https://generativelanguage.googleapis.com/v1beta/models/..%2F..%2Fx%3Fy%23z:countTokens"
