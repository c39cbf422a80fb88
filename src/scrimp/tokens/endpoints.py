"""Asks providers how many tokens a text has, at the endpoints that they count with. It sends the text to them.

Only ``scrimp calibrate`` uses this. What the endpoints are asked and answer is from their documentation, all read
2026-11-24: developers.openai.com/api/reference, responses/input_tokens (``count``);
platform.claude.com/docs/en/api/messages/count_tokens; ai.google.dev/api/tokens (``models.countTokens``).
"""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any
from urllib.parse import quote, urlsplit

from msgspec import Struct, field

from scrimp.model.errors import UserError

if TYPE_CHECKING:
    import httpx

ATTEMPTS = 4
"""How often a text is sent before a busy or failing provider is given up."""
LONGEST_WAIT = 60.0
"""Seconds that a provider may ask to wait; more is somebody's decision to make."""
TIMEOUT = 30.0
"""Seconds for one answer."""
MOST_TOKENS = 10**8
"""A larger count is no answer to a text that was sent."""
LOOPBACK = frozenset(("localhost", "127.0.0.1", "::1"))
BUSY = 429
_SECONDS = re.compile(r"\d{1,9}(?:\.\d+)?")


class Provider(Struct, frozen=True):
    """An endpoint that counts. ``keys`` and ``base`` are environment variables, as the provider's own SDK reads them.

    ``field`` is where the answer has the number.
    """

    name: str
    keys: tuple[str, ...]
    base: str
    address: str
    path: Callable[[str], str]
    headers: Callable[[str], Mapping[str, str]]
    body: Callable[[str, str], Mapping[str, Any]]
    field: str

    def key(self, environment: Mapping[str, str]) -> str:
        """The key in the environment. Raises ``UserError`` if there is none."""
        found = next((environment[name].strip() for name in self.keys if environment.get(name)), "")
        if not found:
            raise UserError(f"no key for {self.name}", f"set {' or '.join(self.keys)} in the environment")
        return found

    def url(self, model: str, environment: Mapping[str, str]) -> str:
        """Where a text is sent. Raises ``UserError`` for an address that would show the key to others."""
        base = (environment.get(self.base) or self.address).rstrip("/")
        parts = urlsplit(base)
        if parts.scheme != "https" and not (parts.scheme == "http" and parts.hostname in LOOPBACK):
            raise UserError(
                f"{self.base}: {parts.scheme or 'no scheme'} doesn't keep a key secret",
                "use an https address",
            )
        return base + self.path(quote(model, safe=".-_"))


PROVIDERS: Mapping[str, Provider] = {
    each.name: each
    for each in (
        Provider(
            "openai",
            ("OPENAI_API_KEY",),
            "OPENAI_BASE_URL",
            "https://api.openai.com/v1",
            lambda _model: "/responses/input_tokens",
            lambda key: {"Authorization": f"Bearer {key}"},
            lambda model, text: {"model": model, "input": text},
            "input_tokens",
        ),
        Provider(
            "anthropic",
            ("ANTHROPIC_API_KEY",),
            "ANTHROPIC_BASE_URL",
            "https://api.anthropic.com",
            lambda _model: "/v1/messages/count_tokens",
            lambda key: {"x-api-key": key, "anthropic-version": "2023-06-01"},
            lambda model, text: {"model": model, "messages": [{"role": "user", "content": text}]},
            "input_tokens",
        ),
        Provider(
            "google",
            ("GEMINI_API_KEY", "GOOGLE_API_KEY"),
            "GOOGLE_GEMINI_BASE_URL",
            "https://generativelanguage.googleapis.com",
            lambda model: f"/v1beta/models/{model}:countTokens",
            lambda key: {"x-goog-api-key": key},
            lambda _model, text: {"contents": [{"role": "user", "parts": [{"text": text}]}]},
            "totalTokens",
        ),
    )
}
"""The providers whose endpoints are known, by name."""


class Endpoint(Struct, frozen=True):
    """A provider, asked with somebody's key. ``wait`` is how long waiting is done."""

    provider: Provider
    environment: Mapping[str, str]
    wait: Callable[[float], None] = field(default=time.sleep)

    def count(self, model: str, text: str) -> int:
        """The tokens of a request with the text as its only message, framing included.

        Raises ``UserError`` if the provider refuses, redirects, stays busy or answers something else. No error says the
        key, or what the provider says of it.
        """
        answer = self._asked(model, text)
        try:
            number = answer.json().get(self.provider.field)
        except (ValueError, AttributeError):
            number = None
        if isinstance(number, bool) or not isinstance(number, int) or not 0 < number <= MOST_TOKENS:
            raise self._failed("answered without a count", "try again, or look at the provider's status page")
        return number

    def _asked(self, model: str, text: str) -> httpx.Response:
        """The first answer that is one; busy and failing providers are asked again, a little later each time."""
        answer = self._sent(model, text)
        for attempt in range(ATTEMPTS - 1):
            if answer is not None and answer.status_code < 500 and answer.status_code != BUSY:
                break
            self.wait(self._pause(answer, attempt))
            answer = self._sent(model, text)
        if answer is None or not answer.is_success:
            raise self._refused(answer, model)
        return answer

    def _sent(self, model: str, text: str) -> httpx.Response | None:
        """One answer; ``None`` if none came."""
        try:
            import httpx  # noqa: PLC0415 - of an extra, and slow to import
        except ImportError as error:
            raise UserError("the extra network is not installed", "install scrimp[network]") from error

        try:
            return httpx.post(
                self.provider.url(model, self.environment),
                headers=self.provider.headers(self.provider.key(self.environment)),
                json=self.provider.body(model, text),
                timeout=TIMEOUT,
                follow_redirects=False,
            )
        except httpx.HTTPError:
            return None

    def _pause(self, answer: httpx.Response | None, attempt: int) -> float:
        """Seconds to wait: what the provider asks for, else twice as long each time."""
        asked = "" if answer is None else answer.headers.get("retry-after", "")
        seconds = float(asked) if _SECONDS.fullmatch(asked) else float(2**attempt)
        if seconds > LONGEST_WAIT:
            hint = "try again then, or with fewer texts"
            raise self._failed(f"asks to wait {seconds:.0f} seconds", hint)
        return seconds

    def _refused(self, answer: httpx.Response | None, model: str) -> UserError:
        if answer is None:
            return self._failed("can't be reached", "check the connection")
        if answer.is_redirect:
            hint = "keys and texts are only sent to the address given"
            return self._failed(f"redirects elsewhere ({answer.status_code})", hint)
        keys = " or ".join(self.provider.keys)
        hints = {
            400: f"is {model} one of its models?",
            401: f"check {keys}",
            403: f"check what {keys} may do",
            404: f"is {model} one of its models?",
            BUSY: "try again later, or with fewer texts",
        }
        hint = hints.get(answer.status_code, "look at the provider's status page")
        return self._failed(f"answered {answer.status_code}", hint)

    def _failed(self, what: str, hint: str) -> UserError:
        return UserError(f"{self.provider.name} {what}", hint)
