"""Servers on the loopback address, each a function from a request to an answer."""

from __future__ import annotations

import http.client
import json
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qsl, urlsplit


@dataclass(frozen=True)
class Request:
    """A request as it came in; names of headers are in small letters."""

    method: str
    target: str
    headers: Mapping[str, str]
    content: bytes = b""

    @property
    def path(self) -> str:
        return urlsplit(self.target).path

    @property
    def query(self) -> dict[str, str]:
        return dict(parse_qsl(urlsplit(self.target).query, keep_blank_values=True))

    @property
    def body(self) -> Any:
        return json.loads(self.content)


@dataclass(frozen=True)
class Answer:
    """What is answered; ``value`` is sent as JSON. Without a status, none is: the connection is just closed."""

    status: int
    value: Any = None
    headers: Mapping[str, str] = field(default_factory=dict)
    content: bytes | None = None

    @property
    def sent(self) -> bytes:
        return json.dumps(self.value).encode() if self.content is None else self.content


Serve = Callable[[Request], Answer]


@contextmanager
def served(serve: Serve) -> Iterator[str]:
    """The address of a server, as long as it is needed."""

    class Handler(BaseHTTPRequestHandler):
        def answer(self) -> None:
            content = self.rfile.read(int(self.headers.get("content-length") or 0))
            headers = {name.lower(): value for name, value in self.headers.items()}
            answer = serve(Request(self.command, self.path, headers, content))
            if not answer.status:
                self.close_connection = True
                return
            self.send_response(answer.status)
            defaults = {
                "content-type": "application/json; charset=utf-8",
                "content-length": str(len(answer.sent)),
            }
            for name, value in {**defaults, **answer.headers}.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(answer.sent)

        do_GET = do_POST = do_PATCH = do_PUT = answer  # noqa: N815 - so the base class calls them

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def forwarded(request: Request, upstream: str) -> Answer:
    """What another server answers to a request."""
    parts = urlsplit(upstream)
    connection = http.client.HTTPConnection(parts.hostname or "", parts.port or 80, timeout=10)
    try:
        kept = {name: value for name, value in request.headers.items() if name != "connection"}
        connection.request(request.method, request.target, request.content or None, kept)
        response = connection.getresponse()
        content = response.read()
        headers = {name.lower(): value for name, value in response.getheaders()}
    except http.client.RemoteDisconnected:
        return Answer(0)
    finally:
        connection.close()
    dropped = ("date", "server", "connection", "transfer-encoding")
    return Answer(
        response.status,
        None,
        {name: value for name, value in headers.items() if name not in dropped},
        content,
    )
