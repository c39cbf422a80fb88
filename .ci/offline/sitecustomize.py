"""Cuts off the network of every Python process that finds this folder on ``PYTHONPATH``.

For machines that don't allow network namespaces. Connecting to, sending to and looking up another host raise;
the loopback, sockets of the file system and pairs of sockets go on working.
"""

from __future__ import annotations

import socket
import sys

LOOK_UPS = {"socket.getaddrinfo", "socket.gethostbyname", "socket.gethostbyaddr", "socket.getnameinfo"}
TRANSFERS = {"socket.connect", "socket.sendto", "socket.sendmsg"}
LOCAL = getattr(socket, "AF_UNIX", None)
LOOPBACK = (None, "", "127.0.0.1", "::1", "localhost")


def refuse(event: str, arguments: tuple[object, ...]) -> None:
    """An audit hook: raises ``OSError`` where a process would reach for the network."""
    if event in LOOK_UPS and _host(arguments[0]) not in LOOPBACK:
        raise OSError(f"{event}: the network is cut off")
    outward = isinstance(arguments[0], socket.socket) and arguments[0].family != LOCAL
    if event in TRANSFERS and outward and _host(arguments[1]) not in LOOPBACK:
        raise OSError(f"{event}: the network is cut off")


def _host(address: object) -> object:
    """The host of an address as sockets take it, or of a name that is looked up."""
    host = address[0] if isinstance(address, tuple) and address else address
    return host.decode("ascii", "replace") if isinstance(host, bytes) else host


sys.addaudithook(refuse)
