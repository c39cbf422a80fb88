"""Reading a price list by its address, from a server on this machine."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from scrimp.model.errors import UserError
from scrimp.prices import fetch


class Answers(BaseHTTPRequestHandler):
    """Answers as the path says."""

    def do_GET(self) -> None:
        kind = self.path.strip("/")
        if kind in ("here", "elsewhere", "loop", "file"):
            self.send_response(302)
            targets = {
                "here": "/list", "elsewhere": "https://example.org/list", "loop": "/loop", "file": "file:///etc/hosts"
            }  # fmt: skip
            self.send_header("Location", targets[kind])
            self.end_headers()
            return
        self.send_response(200 if kind in ("list", "large") else 404)
        self.end_headers()
        self.wfile.write(b"x" * (100 if kind == "large" else 10))

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002
        """Says nothing."""


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    with ThreadingHTTPServer(("127.0.0.1", 0), Answers) as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.01,))
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()
        thread.join()


def test_a_list_is_read_through_redirects_within_its_host(address: str) -> None:
    assert fetch.content(f"{address}/list") == b"x" * 10
    assert fetch.content(f"{address}/here") == b"x" * 10


@pytest.mark.parametrize(
    ("path", "message"),
    [
        ("elsewhere", "sends us to https://example.org/list, which is elsewhere"),
        ("file", "."),
        ("loop", "the server answers 302"),
        ("missing", "the server answers 404"),
    ],
)
def test_what_is_elsewhere_or_nowhere_is_refused(address: str, path: str, message: str) -> None:
    with pytest.raises(UserError, match=message):
        fetch.content(f"{address}/{path}")


def test_too_much_is_refused(address: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(fetch, "LARGEST", 50)
    with pytest.raises(UserError, match="so no price list"):
        fetch.content(f"{address}/large")
    (tmp_path / "large").write_bytes(b"x" * 51)
    with pytest.raises(UserError, match="so no price list"):
        fetch.content(str(tmp_path / "large"))


@pytest.mark.parametrize(
    "place", ["http://example.org/prices.json", "ftp://localhost/x", "file:///etc/hosts"]
)
def test_only_https_is_believed(place: str) -> None:
    with pytest.raises(UserError, match="only read over https"):
        fetch.content(place)


def test_nobody_listening_is_an_error() -> None:
    with pytest.raises(UserError, match="refused"):
        fetch.content("http://127.0.0.1:1/")


def test_a_file_that_isnt_there_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="No such file"):
        fetch.content(str(tmp_path / "none.json"))
