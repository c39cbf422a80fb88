"""Runs a command after switching on the loopback of its network namespace, which servers within tests listen on."""

import fcntl
import os
import socket
import struct
import sys

SET_FLAGS = 0x8914  # SIOCSIFFLAGS and IFF_UP of linux/sockios.h and linux/if.h
UP = 0x1

with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as control:
    fcntl.ioctl(control, SET_FLAGS, struct.pack("16sH14x", b"lo", UP))
os.execvp(sys.argv[1], sys.argv[1:])  # noqa: S606  the command line's own command
