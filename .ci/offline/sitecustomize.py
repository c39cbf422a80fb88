"""Cuts off the network of every Python process that finds this folder on ``PYTHONPATH``.

For machines that don't allow network namespaces. Connecting to, sending to and looking up another host raise;
sockets of the file system and pairs of sockets go on working.
"""

from __future__ import annotations

import socket
import sys

LOOK_UPS = {"socket.getaddrinfo", "socket.gethostbyname", "socket.gethostbyaddr", "socket.getnameinfo"}
TRANSFERS = {"socket.connect", "socket.sendto", "socket.sendmsg"}
LOCAL = getattr(socket, "AF_UNIX", None)


def refuse(event: str, arguments: tuple[object, ...]) -> None:
    """An audit hook: raises ``OSError`` where a process would reach for the network."""
    if event in LOOK_UPS:
        raise OSError(f"{event}: the network is cut off")
    if event in TRANSFERS and isinstance(arguments[0], socket.socket) and arguments[0].family != LOCAL:
        raise OSError(f"{event}: the network is cut off")


sys.addaudithook(refuse)
