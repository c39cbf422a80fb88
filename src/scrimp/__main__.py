"""``python -m scrimp``."""

import sys

if not sys.flags.safe_path:
    # Python puts the current folder first, and a scanned tree must not be able to bring modules of its own.
    del sys.path[0]

from scrimp.cli import start

start()
