"""Reads a price list from a file or, if it is asked for by its address, from the network."""

from __future__ import annotations

import ssl
import urllib.error
import urllib.request
from http.client import HTTPMessage
from pathlib import Path
from typing import IO
from urllib.parse import urlsplit

from scrimp import __version__
from scrimp.model.errors import UserError

LARGEST = 32 * 1024 * 1024
"""Bytes of the largest list that is read: LiteLLM's table of 2026-11-12 has 3.2 MB."""

PATIENCE = 30
"""Seconds without an answer after which an address is given up."""

LOOPBACK = frozenset({"localhost", "127.0.0.1", "::1"})


def content(place: str) -> bytes:
    """The bytes of a file or of an https address. Raises ``UserError`` for what can't or mustn't be read."""
    return _download(place) if "://" in place else _file(place)


def _file(place: str) -> bytes:
    try:
        with Path(place).open("rb") as stream:
            return _limited(stream, place)
    except OSError as error:
        raise UserError(f"{place}: {error.strerror}", "check the path given to --refresh") from error


def _download(place: str) -> bytes:
    _check(place)
    request = urllib.request.Request(place, headers={"User-Agent": f"scrimp/{__version__}"})  # noqa: S310
    handlers: list[urllib.request.BaseHandler] = [_SameHost()]
    if urlsplit(place).hostname in LOOPBACK:
        handlers.append(urllib.request.ProxyHandler({}))
    try:
        with urllib.request.build_opener(*handlers).open(request, timeout=PATIENCE) as answer:
            return _limited(answer, place)
    except urllib.error.HTTPError as error:
        raise UserError(
            f"{place}: the server answers {error.code} {error.reason}", "check the address"
        ) from error
    except (urllib.error.URLError, ssl.SSLError, TimeoutError, OSError) as error:
        reason = getattr(error, "reason", error)
        raise UserError(
            f"{place}: {reason}", "check the address, or download the file and name that"
        ) from error


def _check(place: str) -> None:
    """Only https is believed; a server on this machine may do without."""
    parts = urlsplit(place)
    if parts.scheme == "https" or (parts.scheme == "http" and parts.hostname in LOOPBACK):
        return
    raise UserError(f"{place}: prices are only read over https", "use an https address, or name a file")


def _limited(stream: IO[bytes], place: str) -> bytes:
    found = stream.read(LARGEST + 1)
    if len(found) > LARGEST:
        raise UserError(f"{place}: larger than {LARGEST // 2**20} MB, so no price list", "check what it is")
    return found


class _SameHost(urllib.request.HTTPRedirectHandler):
    """Follows a redirect only to the same host: another one's list isn't the one that was asked for."""

    max_redirections = 5

    def redirect_request(
        self,
        req: urllib.request.Request,
        fp: IO[bytes],
        code: int,
        msg: str,
        headers: HTTPMessage,
        newurl: str,
    ) -> urllib.request.Request | None:
        """The next request. Raises ``UserError`` if it would go elsewhere."""
        here, there = urlsplit(req.full_url), urlsplit(newurl)
        if (here.hostname, here.port, here.scheme) != (there.hostname, there.port, there.scheme):
            raise UserError(
                f"{req.full_url}: the server sends us to {newurl}, which is elsewhere",
                "name that address if you trust it",
            )
        return super().redirect_request(req, fp, code, msg, headers, newurl)
