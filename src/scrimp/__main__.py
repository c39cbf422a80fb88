"""``python -m scrimp``."""

from scrimp.cli import run

run()
