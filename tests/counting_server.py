"""A server on the loopback address that counts as the providers' documentation says, or fails as a test asks it to."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

FRAMING = 7
"""Tokens that the server adds to each request."""


@dataclass(frozen=True)
class Asked:
    """A request that came in."""

    path: str
    headers: Mapping[str, str]
    body: Any

    @property
    def text(self) -> str:
        """The text to be counted, in the body of any provider."""
        if "input" in self.body:
            return str(self.body["input"])
        if "messages" in self.body:
            return str(self.body["messages"][0]["content"])
        return str(self.body["contents"][0]["parts"][0]["text"])


@dataclass
class Counting:
    """What the server was asked, and what it answers: failures first, then twice a text's words and its framing."""

    url: str
    asked: list[Asked] = field(default_factory=list)
    failures: list[tuple[int, Mapping[str, str], bytes]] = field(default_factory=list)

    def answer(self, asked: Asked) -> tuple[int, Mapping[str, str], bytes]:
        self.asked.append(asked)
        if self.failures:
            return self.failures.pop(0)
        words = len(asked.text.split())
        tokens = FRAMING + (1 if words == 1 else 2 * words)
        if asked.path.endswith(":countTokens"):
            return 200, {}, json.dumps({"totalTokens": tokens}).encode()
        kind = {"object": "response.input_tokens"} if "input" in asked.body else {}
        return 200, {}, json.dumps({**kind, "input_tokens": tokens}).encode()


@contextmanager
def counting_server() -> Iterator[Counting]:
    """The server, as long as it is needed."""

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            raw = self.rfile.read(int(self.headers["content-length"]))
            headers = {name.lower(): value for name, value in self.headers.items()}
            status, more, content = counting.answer(Asked(self.path, headers, json.loads(raw)))
            self.send_response(status)
            for name, value in {**more, "content-length": str(len(content))}.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(content)

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    counting = Counting(f"http://127.0.0.1:{server.server_port}")
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield counting
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
