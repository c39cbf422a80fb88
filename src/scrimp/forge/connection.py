"""A connection to a code host's API: bounded in time, patient with a busy host, and careful with the token.

The token is sent to the host it is for and to no other, over https or on this machine. It is in no error; what the host
says is quoted, without it. Only ``scrimp comment --post`` uses this.

What a busy host is and how long it wants to be left alone is from GitHub's documentation
(docs.github.com/en/rest/using-the-rest-api, "Rate limits", read 2026-11): 429, or 403 with ``retry-after`` or
with ``x-ratelimit-remaining: 0`` and ``x-ratelimit-reset``; GitLab answers 429 with ``retry-after``.
"""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any, TypeVar
from urllib.parse import urljoin, urlsplit

import msgspec
from msgspec import Struct

from scrimp import __version__
from scrimp.model.errors import UserError

if TYPE_CHECKING:
    import httpx

ATTEMPTS = 4
"""How often a busy or failing host is asked before it is given up."""
LONGEST_WAIT = 60.0
"""Seconds that a host may ask to wait; more is somebody's decision to make."""
TIMEOUT = 30.0
"""Seconds without an answer after which it is taken for none."""
REDIRECTS = 3
"""How often a host may send us elsewhere on itself, as GitHub does where a repository was renamed."""
LARGEST = 32 * 1024 * 1024
"""Bytes of the largest answer: a page of 100 comments of 65,536 characters may have 26 MB."""
MOST_PAGES = 100
"""Pages that are searched: a pull request of GitHub has 2,500 comments at most."""
BUSY, FORBIDDEN = 429, 403
LOOPBACK = frozenset(("localhost", "127.0.0.1", "::1"))
_SECONDS = re.compile(r"\d{1,10}(?:\.\d{1,9})?")
_SAID = 300
"""Characters of what a host says that are quoted."""

Decoded = TypeVar("Decoded")


class RefusedError(UserError):
    """The host refuses; ``status`` is its HTTP status."""

    def __init__(self, status: int, message: str, hint: str) -> None:
        super().__init__(message, hint)
        self.status = status


class GoneError(UserError):
    """What was to be changed is no longer there."""


class UncertainError(UserError):
    """It isn't known whether the host did what it was asked to."""


class _Said(msgspec.Struct, frozen=True):
    """What hosts say of an error; GitLab may say it as anything."""

    message: Any = ""


@dataclass(frozen=True)
class Connection:
    """A host's API at ``base``, asked with ``headers``. ``hints`` say what to do about a status; ``wait`` waits."""

    name: str
    base: str
    token: str = field(repr=False)
    headers: Mapping[str, str] = field(repr=False)
    hints: Mapping[int, str] = field(default_factory=dict)
    wait: Callable[[float], None] = time.sleep

    def __post_init__(self) -> None:
        parts = urlsplit(self.base)
        if parts.scheme != "https" and not (parts.scheme == "http" and parts.hostname in LOOPBACK):
            raise UserError(
                f"{self.base}: {parts.scheme or 'no scheme'} doesn't keep a token secret",
                "use an https address",
            )

    def get(self, path: str, kind: type[Decoded], params: Mapping[str, str] | None = None) -> Decoded:
        """What a path holds. Raises ``UserError``."""
        return self._decoded(self._asked("GET", path, params, None, repeat=True), kind)

    def pages(self, path: str, kind: type[Decoded]) -> Iterator[Decoded]:
        """What a path holds, page by page of 100 items, as long as a ``Link`` header says that there is another.

        Where that leads isn't followed: behind a proxy it may be another host, which must not get the token.
        """
        for page in range(1, MOST_PAGES + 1):
            answer = self._asked("GET", path, {"per_page": "100", "page": str(page)}, None, repeat=True)
            yield self._decoded(answer, kind)
            if not answer.continues:
                return

    def send(
        self, method: str, path: str, body: Mapping[str, Any], kind: type[Decoded], *, repeat: bool
    ) -> Decoded:
        """What the host answers to a body. Raises ``UserError``.

        Unless it may be sent again (``repeat``), a request that may have been carried out raises ``UncertainError``.
        """
        return self._decoded(self._asked(method, path, None, body, repeat=repeat), kind)

    def _asked(
        self, method: str, path: str, params: Mapping[str, str] | None, body: Any, *, repeat: bool
    ) -> _Answer:
        """The first answer that is one; a busy host is asked again when it says so, a failing one a little later."""
        url = f"{self.base.rstrip('/')}{path}"
        for attempt in range(ATTEMPTS):
            last = attempt == ATTEMPTS - 1
            answer = self._sent(method, url, params, body)
            if answer is None or answer.status >= 500:
                if not repeat:
                    raise UncertainError(
                        self._failure(answer), "look whether the comment is there, and try again"
                    )
                if last:
                    raise UserError(self._failure(answer), f"look at the status page of {self.name}")
                self.wait(2.0**attempt)
                continue
            pause = answer.pause(attempt)
            if pause is None or pause > LONGEST_WAIT or last:
                return self._accepted(answer)
            self.wait(pause)
        raise AssertionError("the last attempt returns or raises")

    def _sent(self, method: str, url: str, params: Mapping[str, str] | None, body: Any) -> _Answer | None:
        """One answer, redirects on the same host followed; ``None`` if none came."""
        client = self._client  # which says so if the extra is missing
        import httpx  # noqa: PLC0415 - of an extra, and slow to import

        headers = {**self.headers, "User-Agent": f"scrimp/{__version__}"}
        for _ in range(REDIRECTS + 1):
            try:
                with client.stream(method, url, params=params, json=body, headers=headers) as response:
                    answer = _Answer.read(response)
            except httpx.HTTPError:
                return None
            if not answer.location:
                return answer
            url, params = self._within(answer, answer.location), None
        raise UserError(f"{self.name} redirects in a circle", "check the address of its API")

    @cached_property
    def _client(self) -> httpx.Client:
        """What sends requests; it takes longer to make than a request does, and keeps no connection open."""
        try:
            import httpx  # noqa: PLC0415
        except ImportError as error:
            raise UserError("the extra github is not installed", "install scrimp[github]") from error

        is_here = urlsplit(self.base).hostname in LOOPBACK  # where no proxy of the environment leads
        limits = httpx.Limits(max_keepalive_connections=0)
        return httpx.Client(timeout=TIMEOUT, follow_redirects=False, trust_env=not is_here, limits=limits)

    def _within(self, answer: _Answer, target: str) -> str:
        """An address that the host names. Raises ``UserError`` if it is on another one: the token stays here."""
        url = urljoin(answer.url, target)
        here, there = urlsplit(self.base), urlsplit(url)
        if (here.scheme, here.hostname, here.port) != (there.scheme, there.hostname, there.port):
            raise UserError(
                f"{self.name} sends us to {there.scheme}://{there.hostname}, which is elsewhere",
                "the token is only sent to the address given; check that",
            )
        return url

    def _accepted(self, answer: _Answer) -> _Answer:
        """The answer, if the host does what it was asked to. Raises ``RefusedError``."""
        if 200 <= answer.status < 300:
            return answer
        try:
            said = str(msgspec.json.decode(answer.content, type=_Said).message)
        except (msgspec.MsgspecError, UnicodeDecodeError):
            said = ""
        quoted = said.replace(self.token, "…")[:_SAID]
        message = f"{self._failure(answer)}{f': {quoted}' if quoted else ''}"
        raise RefusedError(answer.status, message, self.hints.get(answer.status, ""))

    def _decoded(self, answer: _Answer, kind: type[Decoded]) -> Decoded:
        try:
            return msgspec.json.decode(answer.content, type=kind)
        except (msgspec.MsgspecError, UnicodeDecodeError) as error:
            hint = "check the address of its API"
            raise UserError(f"{self.name} answers something else than its API does", hint) from error

    def _failure(self, answer: _Answer | None) -> str:
        if answer is None:
            return f"{self.name} can't be reached, or doesn't answer in {TIMEOUT:.0f} seconds"
        return f"{self.name} answers {answer.status}"


class _Answer(Struct, frozen=True):
    """An answer as it came in; ``location`` is where it redirects to; ``continues``: on another page."""

    status: int
    url: str
    headers: Mapping[str, str]
    content: bytes
    location: str
    continues: bool

    @classmethod
    def read(cls, response: httpx.Response) -> _Answer:
        """The whole answer. Raises ``UserError`` if it is larger than any that we ask for."""
        content = bytearray()
        for part in response.iter_bytes():
            content += part
            if len(content) > LARGEST:
                hint = "check the address of its API"
                raise UserError(f"{response.url.host} answers more than {LARGEST // 2**20} MB", hint)
        location = response.headers["location"] if response.has_redirect_location else ""
        url, headers = str(response.url), response.headers
        return cls(response.status_code, url, headers, bytes(content), location, "next" in response.links)

    def pause(self, attempt: int) -> float | None:
        """Seconds that a busy host wants to be left alone for; ``None`` for all other answers."""
        asked = self.headers.get("retry-after", "")
        is_spent = self.headers.get("x-ratelimit-remaining") == "0"
        if self.status != BUSY and not (self.status == FORBIDDEN and (asked or is_spent)):
            return None
        if _SECONDS.fullmatch(asked):
            return float(asked)
        reset = self.headers.get("x-ratelimit-reset", "")
        if is_spent and _SECONDS.fullmatch(reset):
            return max(float(reset) - time.time(), 1.0)
        return 2.0**attempt
